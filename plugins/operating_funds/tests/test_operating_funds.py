"""What keeps an office running is spent evenly, and its parts are no more than the whole."""

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
from perfrules_operating_funds import OPERATING_FUNDS

NAME = "机关公用经费"
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
    return {each.indicator.name: each.trace.value for each in told.indicators}


def test_it_is_loaded_by_its_entry_point() -> None:
    assert CATALOG.project_types["operating_funds"] is OPERATING_FUNDS


@pytest.mark.parametrize(
    "name", [NAME, "机构运转经费", "办公楼物业管理费", "水电取暖费", "办公经费", "日常办公费"]
)
def test_its_words_recognise_it(name: str) -> None:
    assert recognised(name, CATALOG.project_types.values()) == ("operating_funds",)


@pytest.mark.parametrize("name", ["道路养护", "办公设备购置", "办公楼修缮", "网信工作专项经费"])
def test_other_projects_are_not_taken(name: str) -> None:
    assert "operating_funds" not in recognised(name, CATALOG.project_types.values())


@pytest.mark.parametrize(
    ("to", "spent", "expected"),
    [
        ("2022-03-31", "1.5万元", Outcome.PASS),  # 60% of a quarter of 10万元
        ("2022-03-31", "1.4999万元", Outcome.VIOLATION),
        ("2022-06-30", "3万元", Outcome.PASS),
        ("2022-06-30", "2.9999万元", Outcome.VIOLATION),
    ],
)
def test_money_is_expected_evenly_over_the_year(to: str, spent: str, expected: Outcome) -> None:
    assert outcome(report(to, adjusted_budget="10万元", spent=spent), "EXE101") is expected


def test_costs_and_shares_by_hand() -> None:
    found = values(
        report(spent="20万元", persons_served="80人", area_served="5000平方米", utilities_spent="6万元")
    )
    head, metre, utilities = (
        found[each] for each in ("cost_per_head", "cost_per_square_metre", "utilities_share")
    )
    assert isinstance(head, Number)
    assert head.interval.exact == 2500
    assert isinstance(metre, Number)
    assert metre.interval.exact == 40
    assert isinstance(utilities, Number)
    assert utilities.interval.exact == Fraction(3, 10)
    assert isinstance(found["components_share"], Unknown)


def test_80_or_more_persons_give_a_range_of_costs() -> None:
    head = values(report(spent="18万元", persons_served="80余人"))["cost_per_head"]
    assert isinstance(head, Number)
    assert head.interval == Interval(Fraction(2000), Fraction(2250), False, True)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"utilities_spent": "6万元", "property_spent": "6万元"}, Outcome.PASS),
        ({"utilities_spent": "6万元", "property_spent": "7.5万元"}, Outcome.VIOLATION),
        ({"office_spent": "13万元"}, Outcome.VIOLATION),
        ({"office_spent": "13万元", "utilities_spent": "约1万元"}, Outcome.VIOLATION),
        ({}, Outcome.NOT_APPLICABLE),
    ],
)
def test_the_parts_given_are_no_more_than_the_whole(parts: dict[str, str], expected: Outcome) -> None:
    assert outcome(report(spent="12.00万元", **parts), "OPF101") is expected


def test_more_is_told_with_its_figures() -> None:
    (finding,) = report(spent="12.00万元", utilities_spent="6.00万元", property_spent="7.50万元").findings
    assert finding.rule == "OPF101"
    assert "13.5" in finding.message.zh
    assert "1.5" in finding.message.zh


def test_it_keeps_the_contract() -> None:
    assert breaches("operating_funds") == ()
