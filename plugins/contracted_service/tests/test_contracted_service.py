"""A contract that pays on acceptance is not blamed for spending nothing before it, and is asked for that day."""

from __future__ import annotations

import pytest

from perfrules import pipeline
from perfrules.indicators.recognise import recognised
from perfrules.model.finding import Outcome, Verdict
from perfrules.model.report import Report
from perfrules.model.truth import Number, Unknown
from perfrules.plugins import catalog
from perfrules.readers import submission_from
from perfrules.testing.contract import breaches
from perfrules_contracted_service import CONTRACTED_SERVICE

NAME = "网络安全公司聘请经费"
CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG)


def report(spent: str, **more: str) -> Report:
    project = {"name": NAME, "adjusted_budget": "20万元", "spent": spent, **more}
    given = {"period": {"from": "2022-01-01", "to": "2022-06-30"}, "projects": [project]}
    return pipeline.check(submission_from(given, "given", CATALOG.types), CORE, CATALOG)


def verdict(found: Report) -> Verdict:
    return next(each for each in found.ledger.verdicts if each.rule == "EXE101" and each.subject.name == NAME)


def test_it_is_loaded_by_its_entry_point() -> None:
    assert CATALOG.project_types["contracted_service"] is CONTRACTED_SERVICE


@pytest.mark.parametrize("name", ["网络安全公司聘请经费", "委托审计费", "政府购买服务经费", "法律顾问经费"])
def test_its_words_recognise_it(name: str) -> None:
    assert recognised(name, CATALOG.project_types.values()) == ("contracted_service",)


@pytest.mark.parametrize("name", ["网信工作专项经费", "办公经费", "农村道路改造", "设备购置"])
def test_other_projects_are_not_taken(name: str) -> None:
    assert "contracted_service" not in recognised(name, CATALOG.project_types.values())


def test_without_the_day_of_acceptance_it_is_asked_for_and_not_blamed() -> None:
    found = report("0元")
    assert verdict(found).outcome is Outcome.UNDETERMINED
    assert [lack.field for lack in verdict(found).lacks] == ["acceptance_date"]
    (finding,) = found.findings  # nothing spent is a question for the terms of payment
    assert finding.rule == "EXE104"
    assert "付款条款" in finding.message.zh


@pytest.mark.parametrize(
    ("accepted", "spent", "outcome"),
    [
        ("2022-12-20", "0元", Outcome.PASS),  # not yet due: 0% is asked for
        ("2022-06-30", "20万元", Outcome.PASS),  # due on the last day and paid
        ("2022-06-30", "0元", Outcome.VIOLATION),
        ("2022-06-30", "12万元", Outcome.PASS),  # exactly 60% of what was due
        ("2022-06-30", "11.9999万元", Outcome.VIOLATION),
        ("2022-03-01", "5万元", Outcome.VIOLATION),
    ],
)
def test_what_is_due_is_due_at_once_on_acceptance(accepted: str, spent: str, outcome: Outcome) -> None:
    assert verdict(report(spent, acceptance_date=accepted)).outcome is outcome


def test_the_day_of_acceptance_is_among_the_words_that_a_finding_shows() -> None:
    (finding,) = report("1万元", acceptance_date="2022-06-30").findings
    places = {fact.field: fact.location.address for fact in finding.facts if fact.quote and fact.location}
    assert places["acceptance_date"] == "/projects/0/acceptance_date"


def test_left_out_it_leaves_the_general_type_and_its_even_pace() -> None:
    plain = catalog(without=["contracted_service"])
    project = {"name": NAME, "adjusted_budget": "20万元", "spent": "0元"}
    given = {"period": {"from": "2022-01-01", "to": "2022-06-30"}, "projects": [project]}
    found = pipeline.check(
        submission_from(given, "given", plain.types), pipeline.prepare("core", plain), plain
    )
    assert verdict(found).outcome is Outcome.VIOLATION


def test_places_inspected_are_counted_and_places_warned_are_not() -> None:
    counts = [{"what": "检查党政机关", "value": "16家"}, {"what": "约谈违规网站", "value": "6家"}]
    project = {"name": NAME, "counts": {"complete": True, "rows": counts}}
    given = {"period": {"from": "2022-01-01", "to": "2022-06-30"}, "projects": [project]}
    found = pipeline.check(submission_from(given, "given", CATALOG.types), CORE, CATALOG)
    (told,) = found.projects
    values = {each.indicator.name: each.trace.value for each in told.indicators}
    value = values["places_inspected"]
    assert isinstance(value, Number)
    assert value.interval.exact == 16
    assert isinstance(values["contract_paid"], Unknown)
    assert [each.field for each in told.asks] == ["payment_terms", "acceptance_date"]


def test_it_keeps_the_contract() -> None:
    assert breaches("contracted_service") == ()
