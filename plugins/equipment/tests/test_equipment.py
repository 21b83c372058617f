"""Equipment is paid when it is delivered, by its standard."""

from __future__ import annotations

from fractions import Fraction

import pytest

from perfrules import pipeline
from perfrules.indicators.recognise import recognised
from perfrules.model.finding import Outcome, Verdict
from perfrules.model.report import Report
from perfrules.model.truth import Number
from perfrules.plugins import catalog
from perfrules.readers import submission_from
from perfrules.testing.contract import breaches
from perfrules_equipment import EQUIPMENT

NAME = "办公设备购置"
CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG)


def report(to: str = "2022-06-30", **facts: object) -> Report:
    given = {"period": {"from": "2022-01-01", "to": to}, "projects": [{"name": NAME, **facts}]}
    return pipeline.check(submission_from(given, "given", CATALOG.types), CORE, CATALOG)


def verdict(found: Report, rule: str = "EXE101") -> Verdict:
    return next(each for each in found.ledger.verdicts if each.rule == rule and each.subject.name == NAME)


def exact(found: Report, name: str) -> Fraction | None:
    (project,) = found.projects
    value = next(each.trace.value for each in project.indicators if each.indicator.name == name)
    assert isinstance(value, Number)
    return value.interval.exact


def test_it_is_loaded_by_its_entry_point() -> None:
    assert CATALOG.project_types["equipment"] is EQUIPMENT


@pytest.mark.parametrize("name", ["办公设备购置", "电脑采购费", "公务车辆更新"])
def test_its_words_recognise_it(name: str) -> None:
    assert recognised(name, CATALOG.project_types.values()) == ("equipment",)


@pytest.mark.parametrize("name", ["队伍建设经费", "设备维护费", "绿化维护"])
def test_other_projects_are_not_taken(name: str) -> None:
    assert "equipment" not in recognised(name, CATALOG.project_types.values())


def test_it_keeps_the_contract() -> None:
    assert breaches("equipment") == ()


@pytest.mark.parametrize(
    ("delivered_on", "spent", "expected"),
    [
        ("2022-07-01", "0元", Outcome.PASS),
        ("2022-06-30", "0元", Outcome.VIOLATION),
        ("2022-06-30", "6万元", Outcome.PASS),
    ],
)
def test_the_whole_is_due_on_delivery(delivered_on: str, spent: str, expected: Outcome) -> None:
    assert (
        verdict(report(adjusted_budget="10万元", spent=spent, delivery_date=delivered_on)).outcome is expected
    )


def test_without_the_day_of_delivery_it_is_asked_for() -> None:
    found = report(adjusted_budget="10万元", spent="0元")
    assert verdict(found).outcome is Outcome.UNDETERMINED
    assert [each.field for each in found.projects[0].asks] == ["payment_terms", "delivery_date"]


def test_prices_and_shares_by_hand() -> None:
    found = report(spent="3.6万元", delivered="8台", goods_accepted="7台", goods_in_use="6台")
    assert exact(found, "price_paid") == 4500
    assert exact(found, "goods_accepted_rate") == Fraction(7, 8)
    assert exact(found, "goods_in_use_rate") == Fraction(3, 4)
