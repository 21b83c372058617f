"""A subsidy is paid evenly from its release on, by persons, standard and months."""

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
from perfrules_subsidy import SUBSIDY

NAME = "高龄补贴资金"
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
    assert CATALOG.project_types["subsidy"] is SUBSIDY


@pytest.mark.parametrize("name", ["高龄补贴资金", "困难群众救助", "低保金", "农业奖补资金"])
def test_its_words_recognise_it(name: str) -> None:
    assert recognised(name, CATALOG.project_types.values()) == ("subsidy",)


@pytest.mark.parametrize("name", ["队伍建设经费", "绿化维护", "办公经费"])
def test_other_projects_are_not_taken(name: str) -> None:
    assert "subsidy" not in recognised(name, CATALOG.project_types.values())


def test_it_keeps_the_contract() -> None:
    assert breaches("subsidy") == ()


@pytest.mark.parametrize(
    ("released_on", "spent", "expected"),
    [
        ("2022-03-15", "2万元", Outcome.PASS),  # 60% of three of nine months
        ("2022-03-15", "1.9999万元", Outcome.VIOLATION),
        ("2022-06-05", "0元", Outcome.PASS),  # released this month
        ("2021-11-01", "3万元", Outcome.PASS),  # last year's money: 60% of half the year
        ("2021-11-01", "2.9999万元", Outcome.VIOLATION),
    ],
)
def test_money_is_expected_from_its_release_on(released_on: str, spent: str, expected: Outcome) -> None:
    assert verdict(report(adjusted_budget="10万元", spent=spent, released_on=released_on)).outcome is expected


def test_without_the_day_of_release_it_is_asked_for() -> None:
    found = report(adjusted_budget="10万元", spent="0元")
    assert verdict(found).outcome is Outcome.UNDETERMINED
    assert [each.field for each in found.projects[0].asks] == ["released_on"]


def test_shares_by_hand() -> None:
    found = report(spent="12万元", persons_paid="200人", persons_entitled="250人", paid_by_bank="9万元")
    assert exact(found, "paid_per_person") == 600
    assert exact(found, "entitled_covered") == Fraction(4, 5)
    assert exact(found, "bank_share") == Fraction(3, 4)
