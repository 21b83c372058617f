"""Printed quantities: their values, and what their printed digits allow."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.model.interval import Interval
from perfrules.model.quantity import Qualifier, printed_quantity
from perfrules.model.unit import MONEY_UNITS, PERCENT, Kind, Unit

WAN, YUAN = MONEY_UNITS["万元"], MONEY_UNITS["元"]
TIMES = Unit(Kind.COUNT, "次")


@pytest.mark.parametrize(
    ("digits", "unit", "low", "high", "closed"),
    [
        ("29.5342", WAN, F("295341.5"), F("295342.5"), (True, False)),
        ("18", WAN, F(175000), F(185000), (True, False)),
        ("-30", WAN, F(-305000), F(-295000), (False, True)),
        ("69.86", PERCENT, F("0.69855"), F("0.69865"), (True, False)),
        ("0.00", WAN, F(-50), F(50), (False, False)),
    ],
)
def test_half_a_unit_of_the_last_digit_is_the_slack(
    digits: str, unit: Unit, low: F, high: F, closed: tuple[bool, bool]
) -> None:
    assert printed_quantity(digits, unit).slack == Interval(low, high, *closed)


@pytest.mark.parametrize(
    ("digits", "unit", "value"),
    [
        ("0", WAN, F(0)),
        ("7", TIMES, F(7)),
        ("1234.56", YUAN, F("1234.56")),
        ("29.534212", WAN, F("295342.12")),
        ("0", PERCENT, F(0)),
    ],
)
def test_some_figures_are_exact_and_have_no_slack(digits: str, unit: Unit, value: F) -> None:
    quantity = printed_quantity(digits, unit)
    assert quantity.interval == quantity.slack == Interval.point(value)


@pytest.mark.parametrize(
    ("digits", "factor", "low", "high"),
    [
        ("20", 1, 20, 30),
        ("1", 10_000, 10_000, 20_000),
        ("9", 10_000, 90_000, 100_000),
        ("1.5", 10_000, 15_000, 16_000),
    ],
)
def test_yu_reaches_up_to_one_unit_of_the_last_digit_that_is_not_zero(
    digits: str, factor: int, low: int, high: int
) -> None:
    quantity = printed_quantity(digits, TIMES, Qualifier.AT_LEAST, factor=factor)
    assert quantity.interval == quantity.slack == Interval(F(low), F(high), True, False)


def test_other_qualifiers() -> None:
    assert printed_quantity("20", TIMES, Qualifier.AT_LEAST, open_ended=True).interval == Interval(
        F(20), None, True, False
    )
    assert printed_quantity("20", TIMES, Qualifier.AT_MOST).interval == Interval(None, F(20), False, False)
    assert printed_quantity("20", TIMES, Qualifier.ABOUT).interval is None


@pytest.mark.parametrize("digits", ["", "1,2", "1.2.3", "abc", "1e5", "٣x", "+-1.2-"])
def test_what_is_no_number_is_refused(digits: str) -> None:
    with pytest.raises(ValueError, match="decimal"):
        printed_quantity(digits, WAN)


bounds = st.fractions(-5, 5, max_denominator=4)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(bounds), draw(bounds)))
    if low == high:
        return Interval.point(low)
    ends = draw(st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()))
    return Interval(
        None if ends[2] else low, None if ends[3] else high, ends[0] and not ends[2], ends[1] and not ends[3]
    )


@st.composite
def members(draw: st.DrawFn) -> tuple[Interval, F]:
    interval = draw(intervals())
    value = draw(
        st.one_of(bounds, st.fractions(-40, 40, max_denominator=8)).filter(lambda each: each in interval)
    )
    return interval, value


@given(members(), members())
def test_every_choice_of_numbers_lies_in_the_result(a: tuple[Interval, F], b: tuple[Interval, F]) -> None:
    (left, x), (right, y) = a, b
    assert x + y in left + right
    assert x - y in left - right
    assert x * y in left * right
    if left.is_below(right):
        assert x < y
    if left.is_at_most(right):
        assert x <= y
    if x == y:
        assert left.meets(right)


@given(members(), members())
def test_every_quotient_lies_in_the_quotient(a: tuple[Interval, F], b: tuple[Interval, F]) -> None:
    (left, x), (right, y) = a, b
    try:
        quotient = left / right
    except ZeroDivisionError:
        return
    assert x / y in quotient


@pytest.mark.parametrize(
    ("left", "right", "product"),
    [
        (Interval(F(0), F(1)), Interval(F(2), F(3), False, False), Interval(F(0), F(3), True, False)),
        (
            Interval(F(0), F(1), False, True),
            Interval(F(1), None, True, False),
            Interval(F(0), None, False, False),
        ),
        (Interval(F(-1), F(1)), Interval(None, None, False, False), Interval(None, None, False, False)),
        (Interval.point(F(0)), Interval(None, None, False, False), Interval.point(F(0))),
        (Interval(F(-2), F(1)), Interval(F(-3), F(1), False, True), Interval(F(-3), F(6), False, False)),
    ],
)
def test_ends_of_products_are_no_wider_than_they_must_be(
    left: Interval, right: Interval, product: Interval
) -> None:
    assert left * right == product


@pytest.mark.parametrize(
    ("low", "high", "low_closed", "high_closed"),
    [(F(2), F(1), True, True), (F(1), F(1), True, False), (None, F(1), True, True)],
)
def test_an_interval_holds_something(low: F | None, high: F, low_closed: bool, high_closed: bool) -> None:
    with pytest.raises(ValueError, match=r"interval|infinite"):
        Interval(low, high, low_closed, high_closed)
