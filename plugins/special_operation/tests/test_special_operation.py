"""What an office does itself is spent evenly; what its text counts becomes indicators, ranges where it says 余."""

from __future__ import annotations

from fractions import Fraction

import pytest

from perfrules import pipeline
from perfrules.indicators.recognise import recognised
from perfrules.model.finding import Outcome
from perfrules.model.interval import Interval
from perfrules.model.report import Report
from perfrules.model.truth import Number, Unknown, Value
from perfrules.plugins import catalog
from perfrules.readers import submission_from
from perfrules.testing.contract import breaches
from perfrules_special_operation import SPECIAL_OPERATION

NAME = "网信工作专项经费"
CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG)


def report(to: str = "2022-06-30", **facts: object) -> Report:
    given = {"period": {"from": "2022-01-01", "to": to}, "projects": [{"name": NAME, **facts}]}
    return pipeline.check(submission_from(given, "given", CATALOG.types), CORE, CATALOG)


def outcome(found: Report, rule: str) -> Outcome:
    return next(
        each.outcome for each in found.ledger.verdicts if each.rule == rule and each.subject.name == NAME
    )


def values(found: Report) -> dict[str, Value]:
    (told,) = found.projects
    assert told.type == "special_operation"
    return {each.indicator.name: each.trace.value for each in told.indicators}


def interval(value: Value) -> Interval:
    assert isinstance(value, Number)
    return value.interval


def test_it_is_loaded_by_its_entry_point() -> None:
    assert CATALOG.project_types["special_operation"] is SPECIAL_OPERATION


@pytest.mark.parametrize("name", [NAME, "普法经费", "监督检查工作经费", "档案业务费", "禁毒专项经费"])
def test_its_words_recognise_it(name: str) -> None:
    assert recognised(name, [SPECIAL_OPERATION]) == ("special_operation",)


@pytest.mark.parametrize("name", ["道路养护", "办公设备购置", "舆情处置经费", "专项债券利息"])
def test_other_projects_are_not_taken(name: str) -> None:
    assert "special_operation" not in recognised(name, CATALOG.project_types.values())


def test_any_other_type_is_stronger() -> None:
    others = [each for each in CATALOG.project_types.values() if each.words and each is not SPECIAL_OPERATION]
    assert all(each.priority > SPECIAL_OPERATION.priority for each in others)
    assert recognised("法律顾问工作经费", CATALOG.project_types.values()) == ("contracted_service",)


@pytest.mark.parametrize(
    ("to", "spent", "expected"),
    [
        ("2022-06-30", "3万元", Outcome.PASS),  # 60% of half the year: 30% of 10万元
        ("2022-06-30", "2.9999万元", Outcome.VIOLATION),
        ("2022-10-31", "5万元", Outcome.PASS),  # 60% of ten months: 50%
        ("2022-10-31", "4.9999万元", Outcome.VIOLATION),
    ],
)
def test_money_is_expected_evenly_over_the_year(to: str, spent: str, expected: Outcome) -> None:
    assert outcome(report(to, adjusted_budget="10万元", spent=spent), "EXE101") is expected


def test_what_the_text_counts_becomes_indicators() -> None:
    rows = [
        {"what": "网信课堂视频", "value": "10期"},
        {"what": "相关宣传报道", "value": "20余期"},
        {"what": "发放各类宣传材料", "value": "1万余份"},
        {"what": "覆盖人群", "value": "9余万人次"},
    ]
    found = values(report(counts={"complete": True, "rows": rows}))
    assert interval(found["issues_published"]) == Interval(Fraction(30), Fraction(40), True, False)
    assert interval(found["copies_handed_out"]) == Interval(Fraction(10000), Fraction(20000), True, False)
    assert interval(found["attendances_reached"]) == Interval(Fraction(90000), Fraction(100000), True, False)
    assert isinstance(found["reach_rate"], Unknown)


def test_counts_that_may_not_be_all_are_a_lower_end() -> None:
    found = values(report(counts=[{"what": "网信课堂视频", "value": "10期"}]))
    assert interval(found["issues_published"]) == Interval(Fraction(10), None, True, False)


def test_cost_per_piece_and_coverage_by_hand() -> None:
    found = values(
        report(spent="1.5万元", pieces_made="6000份", people_reached="900人", planned_reach="1000人")
    )
    assert interval(found["cost_per_piece"]).exact == Fraction(5, 2)
    assert interval(found["reach_rate"]).exact == Fraction(9, 10)


def test_a_target_of_issues_is_compared_with_the_issues_counted() -> None:
    target = {"name": "网信课堂期数", "operator": "≥", "planned": "12期"}
    rows = [{"what": "网信课堂视频", "value": "10期"}]
    (told,) = report(targets=[target], counts={"complete": True, "rows": rows}).projects
    compared = next(each.target for each in told.indicators if each.indicator.name == "issues_published")
    assert compared is not None
    assert compared.met is False


def test_more_handed_out_than_made_is_noticed() -> None:
    counts = {"complete": True, "rows": [{"what": "手册", "value": "1万余份"}]}
    assert outcome(report(pieces_made="9000份", counts=counts), "SPO101") is Outcome.VIOLATION
    assert outcome(report(pieces_made="12000份", counts=counts), "SPO101") is Outcome.UNDETERMINED


def test_it_keeps_the_contract() -> None:
    assert breaches("special_operation") == ()
