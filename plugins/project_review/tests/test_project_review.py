"""Reviews are settled in one sum; fees by bands are exact on points, ranges and printed digits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules import pipeline
from perfrules.indicators.recognise import recognised
from perfrules.language.values import point, ratio
from perfrules.model.finding import Outcome
from perfrules.model.interval import Interval
from perfrules.model.report import Report
from perfrules.model.truth import Number, Reason, Value
from perfrules.model.unit import RATIO, YUAN
from perfrules.plugins import catalog
from perfrules.readers import submission_from
from perfrules.testing.contract import breaches
from perfrules_project_review import PROJECT_REVIEW
from perfrules_project_review.fees import graduated_fee

NAME = "信息化项目初审经费"
CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG)
THREE, TWO, ONE = (ratio(Fraction(each, 1000)) for each in (3, 2, 1))


def report(**facts: object) -> Report:
    period = {"from": "2022-01-01", "to": "2022-06-30"}
    submission = submission_from(
        {"period": period, "projects": [{"name": NAME, **facts}]}, "given", CATALOG.types
    )
    return pipeline.check(submission, CORE, CATALOG)


def outcome(found: Report, rule: str) -> Outcome:
    return next(
        each.outcome for each in found.ledger.verdicts if each.rule == rule and each.subject.name == NAME
    )


def values(found: Report) -> dict[str, Value]:
    (told,) = found.projects
    return {each.indicator.name: each.trace.value for each in told.indicators}


def between(low: int | Fraction, high: int | Fraction, slack: Interval | None = None) -> Number:
    """From low, attained, to high, not attained."""
    found = Interval(Fraction(low), Fraction(high), True, False)
    return Number(found, slack or found, RATIO)


def test_it_is_loaded_by_its_entry_point() -> None:
    assert CATALOG.project_types["project_review"] is PROJECT_REVIEW
    assert CATALOG.functions["分档累进"] is CATALOG.functions["graduated_fee"]


@pytest.mark.parametrize("name", [NAME, "财政投资评审费", "造价咨询服务", "工程结算审核费"])
def test_its_words_recognise_it(name: str) -> None:
    assert recognised(name, CATALOG.project_types.values()) == ("project_review",)


@pytest.mark.parametrize("name", ["道路养护", "办公设备购置", "委托审计费", "网信工作专项经费", "职称评审费"])
def test_other_projects_are_not_taken(name: str) -> None:
    assert "project_review" not in recognised(name, CATALOG.project_types.values())


def test_a_review_by_contract_is_a_review() -> None:
    assert recognised("委托第三方评审经费", CATALOG.project_types.values()) == ("project_review",)


def test_without_the_day_of_settlement_it_is_asked_for_and_not_blamed() -> None:
    found = report(adjusted_budget="20万元", spent="0元")
    assert outcome(found, "EXE101") is Outcome.UNDETERMINED
    (finding,) = found.findings  # nothing spent is a question for the terms of payment
    assert finding.rule == "EXE104"
    (told,) = found.projects
    assert [each.field for each in told.asks] == ["payment_terms", "settlement_date"]


@pytest.mark.parametrize(
    ("settled", "spent", "expected"),
    [
        ("2022-12-25", "0元", Outcome.PASS),
        ("2022-07-01", "0元", Outcome.PASS),  # the day after the cut-off
        ("2022-06-30", "0元", Outcome.VIOLATION),
        ("2022-06-30", "12万元", Outcome.PASS),  # exactly 60% of what was due
        ("2022-06-30", "11.9999万元", Outcome.VIOLATION),
    ],
)
def test_all_is_due_on_the_day_of_settlement(settled: str, spent: str, expected: Outcome) -> None:
    assert (
        outcome(report(adjusted_budget="20万元", spent=spent, settlement_date=settled), "EXE101") is expected
    )


def test_items_reviewed_and_the_fee_by_hand() -> None:
    rows = [{"what": "信息化项目审核及备案", "value": "6个"}, {"what": "属地网站", "value": "263个"}]
    found = values(report(counts={"complete": True, "rows": rows}, amount_sent_in="1000余万元"))
    items, fee = found["items_reviewed"], found["fee_by_bands"]
    assert isinstance(items, Number)
    assert items.interval.exact == 6
    assert isinstance(fee, Number)
    assert fee.interval == Interval(Fraction(21000), Fraction(31000), True, False)


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("0", "0"),
        ("1/2", "3/2000"),
        ("1", "3/1000"),
        ("2", "5/1000"),
        ("10", "21/1000"),
        ("11", "22/1000"),
        ("100", "111/1000"),
        ("1000", "1011/1000"),  # the last rate has no end
    ],
)
def test_each_part_has_the_rate_of_its_band(amount: str, fee: str) -> None:
    assert graduated_fee(ratio(Fraction(amount)), THREE, TWO, ONE) == ratio(Fraction(fee))


def test_one_rate_is_a_flat_fee_and_a_fourth_begins_at_a_hundred() -> None:
    assert graduated_fee(ratio(Fraction(500)), TWO) == ratio(Fraction(1))
    four = graduated_fee(ratio(Fraction(200)), THREE, TWO, ONE, THREE)
    assert four == ratio(Fraction(3 + 18 + 90 + 300, 1000))


def test_the_ends_of_a_range_give_the_ends_of_the_fee() -> None:
    found = graduated_fee(between(5, 20), THREE, TWO, ONE)
    assert found == between(Fraction(11, 1000), Fraction(31, 1000))


def test_the_slack_goes_along_its_own_ends() -> None:
    around = Interval(Fraction(9), Fraction(11), True, False)
    found = graduated_fee(Number(Interval.point(Fraction(10)), around, RATIO), THREE, TWO, ONE)
    assert isinstance(found, Number)
    assert found.interval.exact == Fraction(21, 1000)
    assert found.slack == Interval(Fraction(19, 1000), Fraction(22, 1000), True, False)


def test_a_range_without_end_stays_without_end() -> None:
    above = Interval(Fraction(10), None, True, False)
    found = graduated_fee(Number(above, above, RATIO), THREE, TWO)
    assert isinstance(found, Number)
    assert found.interval == Interval(Fraction(21, 1000), None, True, False)


def test_the_slack_of_a_printed_zero_reaches_below_zero() -> None:
    around = Interval(Fraction(-1, 2), Fraction(1, 2), False, False)
    found = graduated_fee(Number(Interval.point(Fraction(0)), around, RATIO), TWO, ONE)
    assert isinstance(found, Number)
    assert found.slack == Interval(Fraction(-1, 1000), Fraction(1, 1000), False, False)


def test_a_rate_that_is_a_range_leaves_it_approximate() -> None:
    assert graduated_fee(ratio(Fraction(1)), THREE, between(0, 1)) is Reason.APPROXIMATE


@pytest.mark.parametrize("rate", [Fraction(0), Fraction(-1, 1000)])
def test_a_rate_that_is_not_above_zero_is_refused(rate: Fraction) -> None:
    assert graduated_fee(ratio(Fraction(1)), THREE, ratio(rate)) is Reason.UNIT


def test_an_amount_below_zero_is_refused() -> None:
    assert graduated_fee(ratio(Fraction(-1)), THREE) is Reason.UNIT


def test_what_is_no_ratio_is_refused() -> None:
    function = CATALOG.functions["graduated_fee"]
    assert function.applied(point(Fraction(100), YUAN), THREE) is Reason.UNIT
    assert function.applied("送审金额", THREE) is Reason.UNIT
    assert function.applied(ratio(Fraction(1)), point(Fraction(3), YUAN)) is Reason.UNIT


FRACTIONS = st.fractions(min_value=0, max_value=10**4, max_denominator=1000)


@given(FRACTIONS, FRACTIONS, st.lists(st.integers(1, 30), min_size=1, max_size=5))
def test_a_greater_amount_never_costs_less(a: Fraction, b: Fraction, per_mille: list[int]) -> None:
    rates = [ratio(Fraction(each, 1000)) for each in per_mille]
    less, more = (graduated_fee(ratio(each), *rates) for each in sorted((a, b)))
    assert isinstance(less, Number)
    assert isinstance(more, Number)
    assert less.interval == more.interval or less.interval.is_below(more.interval)


@given(FRACTIONS, FRACTIONS, st.integers(0, 100))
def test_every_amount_of_a_range_has_its_fee_in_the_range_of_fees(
    a: Fraction, b: Fraction, part: int
) -> None:
    low, high = min(a, b), max(a, b) + 1
    inside = low + (high - low) * Fraction(part, 101)
    whole, one = (graduated_fee(each, THREE, TWO, ONE) for each in (between(low, high), ratio(inside)))
    assert isinstance(whole, Number)
    assert isinstance(one, Number)
    assert one.interval.exact is not None
    assert one.interval.exact in whole.interval


def test_it_keeps_the_contract() -> None:
    assert breaches("project_review") == ()
