"""Findings carry their evidence, fold under one cause, and never rest an error on an assumption."""

from __future__ import annotations

from fractions import Fraction
from importlib.metadata import entry_points

from perfrules import pipeline, readers
from perfrules.model.finding import Finding, Outcome
from perfrules.model.report import Report, Status
from perfrules.model.rule import Severity
from perfrules.plugins import catalog

CATALOG = catalog(
    found=[each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
)
CORE = pipeline.prepare("core", CATALOG)
JUNE = {"from": "2022-01-01", "to": "2022-06-30"}


def report(**parts: object) -> Report:
    return pipeline.check(
        readers.submission_from({"period": JUNE, **parts}, "given", CATALOG.types), CORE, CATALOG
    )


def only(found: Report) -> Finding:
    (finding,) = found.findings
    return finding


def outcome(found: Report, rule: str, subject: str) -> Outcome:
    return next(
        each.outcome for each in found.ledger.verdicts if (each.rule, each.subject.id) == (rule, subject)
    )


SLOW = {"adjusted_budget": "13.91万元", "spent": "2.7505万元"}


def test_a_slow_project_line_states_measure_limit_and_margin() -> None:
    finding = only(report(lines={"project": SLOW}))
    assert finding.topic == "slow_progress"
    assert finding.margin is not None
    assert finding.margin.interval.exact == Fraction(14225)  # 0.3 * 139100 - 27505
    for words in ("2.7505万元", "13.91万元", "19.77%", "30%", "1.4225万元", "请说明原因"):
        assert words in finding.message.zh


def test_an_explanation_in_the_text_is_quoted_and_changes_no_outcome() -> None:
    text = "项目推进平稳。主要原因是设备尚未验收，合同款未支付。下一步加快。"
    explained = only(report(lines={"project": SLOW}, sections={"problems": text}))
    assert explained.explanation is not None
    assert explained.explanation.quote == "主要原因是设备尚未验收，合同款未支付。"
    assert "报告已说明" in explained.message.zh
    assert explained.severity is Severity.WARNING


def test_slow_projects_are_named_in_the_finding_on_their_line() -> None:
    rows = [{"name": "设备更新", "adjusted_budget": "10万元", "spent": "1万元"}]
    finding = only(report(lines={"project": SLOW}, projects=rows))
    assert finding.subject.id == "department/project"
    assert [(also.rule, also.subject.id) for also in finding.also] == [("EXE101", "project:设备更新")]


def test_a_slow_project_stands_alone_where_its_line_is_not_slow() -> None:
    rows = [{"name": "设备更新", "adjusted_budget": "10万元", "spent": "1万元"}]
    found = report(lines={"project": {"adjusted_budget": "13.91万元", "spent": "9万元"}}, projects=rows)
    assert [finding.subject.id for finding in found.findings] == ["project:设备更新"]


def test_a_violation_that_hangs_on_an_assumption_is_a_warning_and_names_it() -> None:
    total = {
        "initial_budget": "100万元",
        "adjustment": "0万元",
        "spent": "50万元",
        "claims": [{"printed": "60%", "numerator": "spent", "base": "adjusted_budget"}],
    }
    finding = only(report(lines={"total": total}))
    assert finding.severity is Severity.WARNING
    assert "未见列示上年结转" in finding.message.zh
    assert "carried over" in finding.message.en


def test_every_base_that_gives_the_printed_ratio_is_named() -> None:
    total = {
        "initial_budget": "50万元",
        "carried_over": "0万元",
        "adjustment": "50万元",
        "appropriated": "50万元",
        "spent": "20万元",
        "claims": [{"printed": "40.00%", "numerator": "spent", "base": "adjusted_budget"}],
    }
    finding = only(report(lines={"total": total}))
    assert finding.topic == "wrong_base"
    assert [cause.id for cause in finding.causes] == ["appropriated", "initial_budget"]


def test_nothing_printed_is_not_nothing_spent() -> None:
    found = report(lines={"project": {"adjusted_budget": "13.91万元"}})
    assert found.findings == ()
    assert outcome(found, "EXE101", "department/project") is Outcome.UNDETERMINED
    assert found.status is Status.GREY


def test_a_report_of_which_nothing_is_known_is_grey() -> None:
    assert report().status is Status.GREY


def test_without_a_period_what_depends_on_the_date_is_undetermined_and_says_so() -> None:
    submission = readers.submission_from({"lines": {"project": SLOW}}, "given", CATALOG.types)
    found = pipeline.check(submission, CORE, CATALOG)
    verdict = next(
        each for each in found.ledger.verdicts if each.rule == "EXE101" and each.subject.name == "项目支出"
    )
    assert verdict.outcome is Outcome.UNDETERMINED
    assert {lack.field for lack in verdict.lacks} == {"period_to"}


def test_fingerprints_survive_changes_of_the_figures() -> None:
    first = only(report(lines={"project": SLOW}))
    second = only(report(lines={"project": {**SLOW, "spent": "2.9万元"}}))
    assert first.fingerprint == second.fingerprint
