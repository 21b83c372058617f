"""Works are paid late in the year and as they proceed."""

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
from perfrules_infrastructure import INFRASTRUCTURE

NAME = "乡村道路改造工程"
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
    assert CATALOG.project_types["infrastructure"] is INFRASTRUCTURE


@pytest.mark.parametrize("name", ["乡村道路改造工程", "水利设施修缮", "高标准农田项目", "道路升级改造"])
def test_its_words_recognise_it(name: str) -> None:
    assert recognised(name, CATALOG.project_types.values()) == ("infrastructure",)


@pytest.mark.parametrize(
    "name",
    [
        "队伍建设经费",
        "文明城市建设经费",
        "网信工作专项经费",
        "农村公路养护经费",
        "信息化系统升级改造",
        "雪亮工程租赁费",
    ],
)
def test_other_projects_are_not_taken(name: str) -> None:
    assert "infrastructure" not in recognised(name, CATALOG.project_types.values())


def test_it_keeps_the_contract() -> None:
    assert breaches("infrastructure") == ()


@pytest.mark.parametrize(
    ("to", "spent", "expected"),
    [
        ("2022-02-28", "0元", Outcome.PASS),
        ("2022-06-30", "12万元", Outcome.PASS),  # 60% of the 20% expected by June
        ("2022-06-30", "11.9999万元", Outcome.VIOLATION),
        ("2022-09-30", "36万元", Outcome.PASS),
        ("2022-09-30", "35.9999万元", Outcome.VIOLATION),
    ],
)
def test_works_are_expected_to_be_paid_late(to: str, spent: str, expected: Outcome) -> None:
    assert verdict(report(to, adjusted_budget="100万元", spent=spent)).outcome is expected


def test_progress_and_costs_by_hand() -> None:
    found = report(
        physical_progress="60%",
        spent="50万元",
        contract_amount="200万元",
        built="5公里",
        built_planned="8公里",
    )
    assert exact(found, "progress_ahead_of_payment") == Fraction(35, 100)
    assert exact(found, "unit_cost_of_works") == 100_000
    assert exact(found, "built_rate") == Fraction(5, 8)
    assert found.projects[0].asks == ()
