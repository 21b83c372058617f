"""Upkeep is paid on the day its contract names, and is up for no longer than was due."""

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
from perfrules_it_maintenance import IT_MAINTENANCE

NAME = "政务网运维费"
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
    assert CATALOG.project_types["it_maintenance"] is IT_MAINTENANCE


@pytest.mark.parametrize("name", ["政务网运维费", "云服务租赁费", "专线费", "信息平台维护费"])
def test_its_words_recognise_it(name: str) -> None:
    assert recognised(name, CATALOG.project_types.values()) == ("it_maintenance",)


@pytest.mark.parametrize("name", ["绿化维护", "道路维护", "队伍建设经费", "污水处理设施运维", "公务用车运维"])
def test_other_projects_are_not_taken(name: str) -> None:
    assert "it_maintenance" not in recognised(name, CATALOG.project_types.values())


def test_it_keeps_the_contract() -> None:
    assert breaches("it_maintenance") == ()


@pytest.mark.parametrize(
    ("paid_on", "spent", "expected"),
    [
        ("2022-07-01", "0元", Outcome.PASS),  # not yet due
        ("2022-06-30", "0元", Outcome.VIOLATION),
        ("2022-06-30", "6万元", Outcome.PASS),  # 60% of what is due
        ("2022-01-05", "10万元", Outcome.PASS),  # paid early
    ],
)
def test_the_whole_is_due_on_the_day_of_payment(paid_on: str, spent: str, expected: Outcome) -> None:
    assert verdict(report(adjusted_budget="10万元", spent=spent, payment_date=paid_on)).outcome is expected


def test_without_the_day_of_payment_it_is_asked_for() -> None:
    found = report(adjusted_budget="10万元", spent="0元")
    assert verdict(found).outcome is Outcome.UNDETERMINED
    assert [lack.field for lack in verdict(found).lacks] == ["payment_date"]
    assert [each.field for each in found.projects[0].asks] == ["payment_terms", "payment_date"]


def test_availability_by_hand_and_beside_its_target() -> None:
    targets = [{"name": "系统可用率", "operator": "≥", "planned": "99%"}]
    found = report(up_hours="4300小时", due_hours="4344小时", targets=targets)
    assert exact(found, "availability") == Fraction(1075, 1086)  # 98.99%
    (told,) = (each for each in found.projects[0].indicators if each.indicator.name == "availability")
    assert told.target is not None
    assert told.target.met is False
