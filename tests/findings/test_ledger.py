"""The ledger loses nothing: every rule × subject ends in exactly one outcome, whatever the facts."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from perfrules import pipeline, readers
from perfrules.model.finding import Outcome
from perfrules.model.report import Status
from perfrules.plugins import catalog

CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG)
MONEY = ("initial_budget", "carried_over", "adjusted_budget", "appropriated", "spent")

amounts = st.one_of(
    st.decimals(0, 10**8, places=4).map(lambda value: f"{value}万元"),
    st.sampled_from(["0万元", "0.00元", "约3万元", "20余万元", "1亿元"]),
)
ratios = st.decimals(0, 300, places=2).map(lambda value: f"{value}%")
claims = st.fixed_dictionaries(
    {"printed": ratios, "numerator": st.sampled_from(["spent", "appropriated"])},
    optional={"base": st.sampled_from(["budget", "adjusted_budget", "initial_budget", "appropriated"])},
)
money = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(MONEY, amounts) | {"claims": st.lists(claims, max_size=2)}
)
counts = st.fixed_dictionaries(
    {"what": st.sampled_from(["检查", "培训"]), "value": st.sampled_from(["0次", "7次", "20余次", "300次"])},
    optional={"change": st.sampled_from(["-30%", "0%", "-100%", "12.5%"])},
)
submissions = st.fixed_dictionaries(
    {},
    optional={
        "period": st.sampled_from([{"from": "2022-01-01", "to": "2022-06-30"}, {"to": "2023-09-30"}]),
        "lines": st.fixed_dictionaries({}, optional={"total": money, "basic": money, "project": money}),
        "projects": st.lists(money, max_size=3).map(
            lambda rows: [{"name": f"项目{number}", **row} for number, row in enumerate(rows)]
        ),
        "counts": st.lists(counts, max_size=3),
        "problem_projects": st.fixed_dictionaries(
            {
                "named": st.lists(st.sampled_from(["甲经费", "乙经费"]), unique=True),
                "complete": st.booleans(),
            },
            optional={"claimed": st.integers(0, 3)},
        ),
    },
)


@given(submissions)
def test_every_rule_and_subject_is_in_the_ledger_once(given_submission: dict[str, object]) -> None:
    submission = readers.submission_from(given_submission, "generated", CATALOG.types)
    report = pipeline.check(submission, CORE, CATALOG)
    subjects = Counter(path[-1].type for path in submission.walk())
    expected = sum(subjects[kind] for rule in CORE.ruleset.rules.values() for kind in rule.for_types)
    assert sum(report.ledger.totals().values()) == len(report.ledger.verdicts) == expected
    assert len({(each.rule, each.subject.id) for each in report.ledger.verdicts}) == expected


@given(submissions)
def test_every_violation_is_a_finding_or_named_in_one(given_submission: dict[str, object]) -> None:
    submission = readers.submission_from(given_submission, "generated", CATALOG.types)
    report = pipeline.check(submission, CORE, CATALOG)
    violations = Counter(
        (each.rule, each.subject.id) for each in report.ledger.verdicts if each.outcome is Outcome.VIOLATION
    )
    told = Counter((finding.rule, finding.subject.id) for finding in report.findings)
    told += Counter((also.rule, also.subject.id) for finding in report.findings for also in finding.also)
    assert told == violations


@given(submissions)
def test_undetermined_verdicts_say_what_they_lack(given_submission: dict[str, object]) -> None:
    submission = readers.submission_from(given_submission, "generated", CATALOG.types)
    report = pipeline.check(submission, CORE, CATALOG)
    for verdict in report.ledger.verdicts:
        assert bool(verdict.lacks) == (verdict.outcome is Outcome.UNDETERMINED)
        assert bool(verdict.guard) == (verdict.outcome is Outcome.NOT_APPLICABLE)


@given(submissions)
def test_green_means_decided_and_nothing_found(given_submission: dict[str, object]) -> None:
    submission = readers.submission_from(given_submission, "generated", CATALOG.types)
    report = pipeline.check(submission, CORE, CATALOG)
    if report.status is Status.GREEN:
        assert not report.findings
        assert not report.open_required
        assert report.ledger.totals()[Outcome.PASS] > 0
        assert report.ledger.totals().get(Outcome.VIOLATION, 0) == 0
