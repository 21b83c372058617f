"""Waivers take violations away where they are in time and within their bound, and are asked about where they are not."""

from __future__ import annotations

from collections import Counter
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules import pipeline, readers
from perfrules.model.finding import Finding, Outcome
from perfrules.model.report import Report, Status
from perfrules.model.rule import Severity
from perfrules.plugins import catalog
from perfrules.rules import CompiledRuleset, Waivers, load_waivers

CATALOG = catalog(
    found=[each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
)
CORE = pipeline.prepare("core", CATALOG)
NAME = "安泉县网信办"
JUNE = {"from": "2022-01-01", "to": "2022-06-30"}
SLOW = {
    "adjusted_budget": "13.91万元",
    "spent": "2.7505万元",
}  # 19.77%, below the line of 30% at the end of June
GOOD = {
    "rule": "EXE101",
    "department": NAME,
    "subject": "department/project",
    "bound": ">= 15%",
    "reason": "合同约定验收后一次付清",
    "approved_by": "预算绩效股",
    "approved_on": "2022-07-10",
    "expires": "2022-12-31",
}
ON_LINE = "waiver:EXE101 department/project"
PASS, VIOLATION, OPEN, OUT = (
    Outcome.PASS,
    Outcome.VIOLATION,
    Outcome.UNDETERMINED,
    Outcome.NOT_APPLICABLE,
)


def waivers(
    *given_waivers: dict[str, str], review_date: date | None = None, ruleset: CompiledRuleset = CORE
) -> Waivers:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "w.yaml"
        entries = ["".join(f"\n    {key}: '{text}'" for key, text in each.items()) for each in given_waivers]
        text = "".join(f"\n  -{entry}" for entry in entries) or " []"
        path.write_text(f"waivers:{text}\n", encoding="utf-8")
        return load_waivers(path, ruleset, CATALOG.types, CATALOG.functions, review_date)


def report(
    given_waivers: Waivers | None,
    *,
    as_of: date | None = None,
    ruleset: CompiledRuleset = CORE,
    **parts: object,
) -> Report:
    whole = {"department": NAME, "period": JUNE, "lines": {"project": SLOW}, **parts}
    submission = readers.submission_from(whole, "given", CATALOG.types)
    return pipeline.check(submission, ruleset, CATALOG, as_of, given_waivers)


def ended(found: Report, subject: str = "department/project", rule: str = "EXE101") -> Outcome:
    return next(
        each.outcome for each in found.ledger.verdicts if (each.rule, each.subject.id) == (rule, subject)
    )


def on_waiver(found: Report, subject: str = ON_LINE) -> tuple[Outcome, ...]:
    """How expired, exceeded and unused ended."""
    return tuple(each.outcome for each in found.ledger.verdicts if each.subject.id == subject)


def finding(found: Report, rule: str) -> Finding:
    return next(each for each in found.findings if each.rule == rule)


def rules_of(found: Report) -> list[str]:
    return [each.rule for each in found.findings]


def test_a_good_waiver_takes_the_finding_away_and_is_named_in_the_ledger() -> None:
    assert rules_of(report(None)) == ["EXE101"]
    found = report(waivers(GOOD))
    assert found.findings == ()
    (verdict,) = (each for each in found.ledger.verdicts if each.outcome is Outcome.WAIVED)
    assert (verdict.rule, verdict.subject.id) == ("EXE101", "department/project")
    assert verdict.waiver is not None
    assert (verdict.waiver.reason, verdict.waiver.approved_by) == ("合同约定验收后一次付清", "预算绩效股")
    assert on_waiver(found) == (PASS, PASS, PASS)
    assert sum(found.ledger.totals().values()) == len(found.ledger.verdicts)


def test_a_waiver_of_another_department_changes_nothing() -> None:
    found = report(waivers({**GOOD, "department": "云岭县网信办"}))
    assert found.ledger == report(None).ledger
    assert found.findings == report(None).findings


def test_the_waived_violation_is_gone_before_others_are_folded_into_it() -> None:
    rows = [{"name": "设备更新", "adjusted_budget": "10万元", "spent": "1万元"}]
    (host,) = report(None, projects=rows).findings
    assert [also.subject.id for also in host.also] == ["project:设备更新"]
    (alone,) = report(waivers(GOOD), projects=rows).findings
    assert (alone.rule, alone.subject.id, alone.also) == ("EXE101", "project:设备更新", ())


def test_a_waived_violation_is_not_named_in_the_finding_it_would_be_folded_into() -> None:
    rows = [{"name": "设备更新", "adjusted_budget": "10万元", "spent": "2万元"}]
    (host,) = report(waivers({**GOOD, "subject": "project:设备更新"}), projects=rows).findings
    assert (host.subject.id, host.also) == ("department/project", ())


@pytest.mark.parametrize(("day", "holds"), [("2022-12-31", True), ("2023-01-01", False)])
def test_the_last_day_is_included(day: str, holds: bool) -> None:
    found = report(waivers(GOOD, review_date=date.fromisoformat(day)))
    assert (ended(found) is Outcome.WAIVED) is holds
    assert on_waiver(found) == ((PASS, PASS, PASS) if holds else (VIOLATION, OUT, OUT))


def test_the_review_date_is_that_given_else_that_of_the_rules_else_the_cut_off() -> None:
    late = {**GOOD, "expires": "2022-07-10"}
    assert ended(report(waivers(late))) is Outcome.WAIVED  # the cut-off is 2022-06-30
    assert ended(report(waivers(late), as_of=date(2022, 7, 11))) is VIOLATION
    both = report(waivers(late, review_date=date(2022, 7, 10)), as_of=date(2022, 7, 11))
    assert ended(both) is Outcome.WAIVED
    assert both.waivers is not None
    assert both.waivers.review_date == date(2022, 7, 10)


def test_an_expired_waiver_is_told_and_the_finding_stands() -> None:
    found = report(waivers(GOOD, review_date=date(2023, 1, 1)))
    assert rules_of(found) == ["EXE101", "WVR101"]
    told = finding(found, "WVR101")
    assert (told.topic, told.severity) == ("waiver_expired", Severity.NOTICE)
    for words in (
        *(
            "EXE101",
            "预算绩效股",
            "2022-07-10",
            "合同约定验收后一次付清",
            "2022-12-31",
            "2023-01-01",
            "不低于 15%",
        ),
        *("19.77%", "请办理续期"),
    ):
        assert words in told.message.zh
    for words in (
        "EXE101",
        "预算绩效股",
        "2022-12-31",
        "2023-01-01",
        "at least 15%",
        "19.77%",
        "have it renewed",
    ):
        assert words in told.message.en
    (place,) = told.facts
    assert place.quote == "'EXE101'"
    assert place.location is not None
    assert (place.location.address, place.location.line) == ("¶3", 3)


def test_an_expired_waiver_of_what_is_no_longer_violated_is_to_be_taken_out() -> None:
    fast = {"project": {**SLOW, "spent": "9万元"}}
    found = report(waivers(GOOD, review_date=date(2023, 1, 1)), lines=fast)
    assert rules_of(found) == ["WVR101"]
    assert "请从豁免文件中删去" in finding(found, "WVR101").message.zh
    assert "take it out" in finding(found, "WVR101").message.en
    assert on_waiver(found) == (VIOLATION, OUT, OUT)


def test_what_is_beyond_the_bound_is_no_longer_waived() -> None:
    found = report(waivers({**GOOD, "bound": ">= 20%"}))
    assert ended(found) is VIOLATION
    assert rules_of(found) == ["EXE101", "WVR102"]
    told = finding(found, "WVR102")
    assert (told.topic, told.severity) == ("waiver_exceeded", Severity.WARNING)
    assert "限度 不低于 20%，实际 19.77%" in told.message.zh
    assert "bound at least 20%; measure 19.77%" in told.message.en
    assert told.measure is not None
    assert told.limit is not None
    assert told.facts[0].quote == "'EXE101'"
    assert {fact.field for fact in told.facts[1:]} == {"spent", "adjusted_budget"}
    assert on_waiver(found) == (PASS, VIOLATION, PASS)


def test_a_measure_that_meets_the_bound_exactly_is_waived() -> None:
    tenth = {"project": {"adjusted_budget": "10.00万元", "spent": "1.50万元"}}
    assert ended(report(waivers(GOOD), lines=tenth)) is Outcome.WAIVED
    assert ended(report(waivers({**GOOD, "bound": "> 15%"}), lines=tenth)) is VIOLATION


def test_an_unknown_measure_is_not_waived() -> None:
    some = {"project": {"adjusted_budget": "200万元", "spent": "20余万元"}}  # from 10% to 15%
    found = report(waivers({**GOOD, "bound": ">= 12%"}), lines=some)
    assert ended(found) is VIOLATION
    assert on_waiver(found) == (PASS, VIOLATION, PASS)
    assert "不能确认实际数在限度之内" in finding(found, "WVR102").message.zh
    assert "is not known" in finding(found, "WVR102").message.en


def test_undetermined_is_never_waived_and_whether_the_waiver_is_used_stays_open() -> None:
    about = {"project": {**SLOW, "spent": "约2万元"}}
    found = report(waivers(GOOD), lines=about)
    assert ended(found) is OPEN
    assert on_waiver(found) == (PASS, OPEN, OPEN)
    lacks = [each.lacks for each in found.ledger.verdicts if each.subject.id == ON_LINE]
    assert {lack.field for lack in lacks[1]} == {lack.field for lack in lacks[2]} == {"spent"}
    assert not any(each.subject.type == "waiver" for each in found.open_required)


def test_a_waiver_of_what_is_not_violated_is_unused() -> None:
    found = report(waivers(GOOD), lines={"project": {**SLOW, "spent": "9万元"}})
    assert on_waiver(found) == (PASS, OUT, VIOLATION)
    told = finding(found, "WVR103")
    assert (told.topic, told.severity) == ("waiver_unused", Severity.NOTICE)
    assert "没有不符" in told.message.zh
    assert "is not violated there" in told.message.en
    assert found.status is Status.GREY  # most of what is required is open, whatever was found


@pytest.mark.parametrize("subject", ["project:没有这一项目", "department"])  # not there; not asked of it
def test_a_waiver_on_a_subject_that_the_rule_does_not_meet_is_unused(subject: str) -> None:
    found = report(waivers({**GOOD, "subject": subject}))
    assert on_waiver(found, f"waiver:EXE101 {subject}") == (PASS, OUT, VIOLATION)
    assert "请核对 subject" in finding(found, "WVR103").message.zh
    assert "check its `subject`" in finding(found, "WVR103").message.en
    assert rules_of(found) == ["EXE101", "WVR103"]


def test_without_any_date_a_waiver_is_not_applied_and_its_expiry_is_undetermined() -> None:
    counts = {"problem_projects": {"claimed": 3, "named": ["甲经费"], "complete": True}}  # no dates needed
    waiver = {**GOOD, "rule": "CON103", "subject": "department", "bound": ">= 1"}
    found = report(waivers(waiver), period={}, **counts)
    assert ended(found, "department", "CON103") is VIOLATION
    assert on_waiver(found, "waiver:CON103 department") == (OPEN, OPEN, OPEN)
    (lack,) = next(each.lacks for each in found.ledger.verdicts if each.rule == "WVR101")
    assert (lack.reason.value, lack.field) == ("missing", "period_to")
    dated = report(waivers(waiver, review_date=date(2022, 7, 11)), period={}, **counts)
    assert ended(dated, "department", "CON103") is Outcome.WAIVED


def test_fingerprints_of_waivers_stay_when_figures_change() -> None:
    tight = waivers({**GOOD, "bound": ">= 25%"})
    first = finding(report(tight), "WVR102")
    second = finding(report(tight, lines={"project": {**SLOW, "spent": "2.9万元"}}), "WVR102")
    other = finding(report(waivers({**GOOD, "subject": "department"})), "WVR103")
    assert first.fingerprint == second.fingerprint != other.fingerprint


SMALL = """\
id: SLO101
title: {zh: 慢, en: slow}
topic: slow_progress
severity: warning
for: department
assert: total.spent >= 3万元
message: {zh: 句, en: sentence}
why: {zh: 因, en: because}
examples: {pass: [{submission: {}}], violation: [{submission: {}}]}
"""
SMALL_WAIVER = {key: text for key, text in GOOD.items() if key != "bound"} | {
    "rule": "SLO101",
    "subject": "department",
}


def small(folder: Path, more: str = "") -> CompiledRuleset:
    (folder / "rules").mkdir()
    (folder / "ruleset.yaml").write_text("id: t\nversion: 1\ntitle: {zh: 试, en: test}\n", encoding="utf-8")
    (folder / "rules" / "r.yaml").write_text(SMALL + more, encoding="utf-8")
    return pipeline.prepare(folder, CATALOG)


def test_a_waived_violation_does_not_keep_a_report_from_being_green(tmp_path: Path) -> None:
    ruleset, lines = small(tmp_path), {"total": {"spent": "1万元"}}
    assert report(None, ruleset=ruleset, lines=lines).status is Status.FINDINGS
    found = report(waivers(SMALL_WAIVER, ruleset=ruleset), ruleset=ruleset, lines=lines)
    assert found.status is Status.GREEN
    assert on_waiver(found, "waiver:SLO101 department") == (PASS, OUT, PASS)  # there is no bound to exceed


def test_what_passes_about_a_waiver_does_not_make_a_report_green(tmp_path: Path) -> None:
    ruleset = small(tmp_path, "required: []\n")
    found = report(waivers(SMALL_WAIVER, ruleset=ruleset), ruleset=ruleset, lines={})
    assert on_waiver(found, "waiver:SLO101 department") == (PASS, OUT, OPEN)
    assert found.status is Status.GREY


amounts = st.sampled_from(["0万元", "1万元", "1.5万元", "20余万元", "约3万元", "100万元"])
money = st.fixed_dictionaries(
    {"adjusted_budget": st.sampled_from(["10万元", "200万元"]), "spent": amounts},
    optional={"initial_budget": amounts, "appropriated": st.sampled_from(["10万元", "200万元"])},
)
submissions = st.fixed_dictionaries(
    {
        "department": st.just(NAME),
        "lines": st.fixed_dictionaries({"project": money}, optional={"total": money}),
        "period": st.sampled_from([JUNE, {"to": "2023-09-30"}]),
        "projects": st.lists(money, max_size=3).map(
            lambda rows: [{"name": f"项目{number}", **row} for number, row in enumerate(rows)]
        ),
    },
    optional={
        "problem_projects": st.fixed_dictionaries(
            {"named": st.just(["甲经费"]), "claimed": st.integers(0, 2)}
        ),
    },
)
BOUNDS = {
    "EXE101": [">= 5%", "<= 15%"],
    "EXE106": [">= 5%", "< 40%"],
    "CON103": [">= 1", "> 1"],
}
SUBJECTS = ("department", "department/project", "project:项目0", "project:项目1", "nowhere")
some_waivers = st.dictionaries(
    st.tuples(
        st.sampled_from(sorted(BOUNDS)), st.sampled_from(SUBJECTS), st.sampled_from([NAME, NAME, "云岭县"])
    ),
    st.tuples(st.integers(0, 1), st.sampled_from(["2022-06-29", "2023-12-31", "2030-12-31"])),
    min_size=3,
    max_size=12,
)


def told(found: Report) -> Counter[tuple[str, str]]:
    """Everything findings speak of: themselves, and what is folded into them."""
    also = [(each.rule, each.subject.id) for finding in found.findings for each in finding.also]
    return Counter([(each.rule, each.subject.id) for each in found.findings] + also)


@settings(max_examples=60)
@given(submissions, some_waivers, st.sampled_from([None, date(2022, 12, 31), date(2024, 1, 1)]))
def test_no_violation_is_lost_whatever_is_waived(
    parts: dict[str, object],
    drawn: dict[tuple[str, str, str], tuple[int, str]],
    day: date | None,
) -> None:
    listed = [
        {**GOOD, "rule": rule, "subject": subject, "department": department, "approved_on": "2022-01-01"}
        | {"bound": BOUNDS[rule][which], "expires": expires}
        for (rule, subject, department), (which, expires) in drawn.items()
    ]
    submission = readers.submission_from(parts, "generated", CATALOG.types)
    before = pipeline.check(submission, CORE, CATALOG)
    after = pipeline.check(submission, CORE, CATALOG, None, waivers(*listed, review_date=day))
    mine = sum(each["department"] == NAME for each in listed)
    keys = [(each.rule, each.subject.id) for each in after.ledger.verdicts]
    assert len(keys) == len(set(keys)) == len(before.ledger.verdicts) + 3 * mine

    old, new = (
        {(each.rule, each.subject.id): each.outcome for each in found.ledger.verdicts}
        for found in (before, after)
    )
    waived = {key for key, outcome in new.items() if outcome is Outcome.WAIVED}
    assert {key: VIOLATION if key in waived else new[key] for key in old} == old
    on_waivers = {key for key in new.keys() - old.keys() if new[key] is VIOLATION}
    assert told(after) + Counter(waived) == told(before) + Counter(on_waivers)
    for each in after.ledger.verdicts:
        assert bool(each.lacks) == (each.outcome is OPEN)
        assert bool(each.guard) == (each.outcome is OUT)
        assert (each.waiver is not None) == (each.outcome is Outcome.WAIVED)
