"""Functions of numbers known in part: each interval that comes out worked by hand, for the value and its slack alike."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from perfrules.language.functions.numbers import (
    absolute,
    ceiled,
    floored,
    greatest,
    rounded,
    rounded_even,
    smallest,
    whole_base,
)
from perfrules.language.values import point
from perfrules.model.interval import Interval
from perfrules.model.truth import Number, Reason
from perfrules.model.unit import NUMBER, RATIO, YUAN, Kind, Unit

HOUSES, PEOPLE = Unit(Kind.COUNT, "家"), Unit(Kind.COUNT, "人")


def interval(text: str) -> Interval:
    """`[2, 3)`, `(-inf, 0]`, or a point."""
    found = re.fullmatch(r"([\[(])(\S+), (\S+)([\])])", text)
    if found is None:
        return Interval.point(Fraction(text))
    low = None if found[2] == "-inf" else Fraction(found[2])
    high = None if found[3] == "inf" else Fraction(found[3])
    return Interval(low, high, found[1] == "[", found[4] == "]")


def number(text: str, unit: Unit = YUAN) -> Number:
    return Number(interval(text), interval(text), unit)


@pytest.mark.parametrize(
    ("given", "size"),
    [
        ("[2, 3)", "[2, 3)"), ("[0, 5)", "[0, 5)"), ("(0, 5]", "(0, 5]"), ("[-5, 0)", "(0, 5]"), ("(-5, 0]", "[0, 5)"),
        ("(-5, -2]", "[2, 5)"), ("(-5, 3]", "[0, 5)"), ("[-5, 5)", "[0, 5]"), ("(-5, 5]", "[0, 5]"), ("(-3, 5)", "[0, 5)"),
        ("(-5, 5)", "[0, 5)"), ("[-5, 1]", "[0, 5]"), ("[-1, 5]", "[0, 5]"), ("(-inf, 3]", "[0, inf)"), ("[-3, inf)", "[0, inf)"), ("(-inf, -2)", "(2, inf)"),
        ("(-inf, 0)", "(0, inf)"), ("(-inf, inf)", "[0, inf)"), ("(3, inf)", "(3, inf)"), ("-2", "2"), ("0", "0"),
    ],
)  # fmt: skip
def test_the_distance_from_zero(given: str, size: str) -> None:
    assert absolute(number(given)) == number(size)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("1", "2", "1", "2"),
        ("[1, 3)", "[2, 3]", "[1, 3)", "[2, 3]"),
        ("(1, 3)", "[1, 2]", "[1, 2]", "(1, 3)"),  # above 1 the greater is, whatever the other
        ("(1, 2)", "[1, 2]", "[1, 2)", "(1, 2]"),
        ("[1, 2)", "[3, 4)", "[1, 2)", "[3, 4)"),
        ("(-inf, 3]", "[1, 2]", "(-inf, 2]", "[1, 3]"),
        ("[1, inf)", "(0, 5)", "(0, 5)", "[1, inf)"),
        ("(-inf, 3)", "(-inf, 4]", "(-inf, 3)", "(-inf, 4]"),
        ("(-inf, inf)", "2", "(-inf, 2]", "[2, inf)"),
        ("[1, inf)", "[2, inf)", "[1, inf)", "[2, inf)"),
    ],
)
def test_the_smallest_and_the_greatest(one: str, other: str, least: str, most: str) -> None:
    for a, b in ((one, other), (other, one)):
        assert smallest(number(a), number(b)) == number(least)
        assert greatest(number(a), number(b)) == number(most)


def test_of_several_the_first_tells_the_unit() -> None:
    percent = number("1", RATIO)
    assert greatest(percent, number("3", NUMBER), number("2", NUMBER)) == number("3", RATIO)
    assert smallest(number("3", NUMBER), percent, number("2", NUMBER)) == number("1", NUMBER)
    assert smallest(number("3", HOUSES), number("2", PEOPLE)) is Reason.UNIT
    assert greatest(number("3", NUMBER), number("3", HOUSES), number("2", PEOPLE)) is Reason.UNIT


@pytest.mark.parametrize(
    ("given", "places", "half_away", "half_even", "down", "up"),
    [
        ("2.5", 0, "3", "2", "2", "3"),
        ("-2.5", 0, "-3", "-2", "-3", "-2"),
        ("-0.5", 0, "-1", "0", "-1", "0"),
        ("0.5", 0, "1", "0", "0", "1"),
        ("0", 0, "0", "0", "0", "0"),
        ("(1.4, 2.5)", 0, "[1, 3]", "[1, 2]", "[1, 2]", "[2, 3]"),
        ("[20, inf)", 0, "[20, inf)", "[20, inf)", "[20, inf)", "[20, inf)"),
        ("(-inf, 2.5]", 0, "(-inf, 3]", "(-inf, 2]", "(-inf, 2]", "(-inf, 3]"),
        ("(-inf, inf)", 0, "(-inf, inf)", "(-inf, inf)", "(-inf, inf)", "(-inf, inf)"),
    ],
)
def test_rounding(given: str, places: int, half_away: str, half_even: str, down: str, up: str) -> None:
    digits = point(Fraction(places), NUMBER)
    assert rounded(number(given), digits) == number(half_away)
    assert rounded_even(number(given), digits) == number(half_even)
    assert floored(number(given)) == number(down)
    assert ceiled(number(given)) == number(up)


@pytest.mark.parametrize(
    ("given", "places", "expected"),
    [
        ("12.345", 2, "12.35"),
        ("12.345", 1, "12.3"),
        ("12345", -2, "12300"),
        ("12355", -1, "12360"),
        ("0.0000000000000000015", 18, "0.000000000000000002"),
        ("1500000000000000000", -18, "2000000000000000000"),
    ],
)
def test_rounding_at_decimals(given: str, places: int, expected: str) -> None:
    assert rounded(number(given), point(Fraction(places), NUMBER)) == number(expected)


@pytest.mark.parametrize("places", ["19", "-19", "1/2", "[0, 1]", "(-inf, inf)"])
def test_at_no_such_decimals_nothing_is_rounded(places: str) -> None:
    assert rounded(number("2"), number(places, NUMBER)) is Reason.UNIT


@pytest.mark.parametrize(
    ("value", "change", "holds"),
    [
        ("7", "[-1/2, inf)", True),  # from 1: seven times as many
        ("7", "[7, inf)", False),  # eight times as many at least, and 7 is only seven times 1
        ("7", "[6, inf)", True),
        ("7", "(6, inf)", False),
        ("10", "0", True),  # from 10
        ("10", "[-0.1, 0)", True),  # from 11: 10 / 11 is 0.909
        ("10", "[-0.05, 0)", False),  # 10 / 11 is below 0.95
        ("10", "[-0.05, 0]", True),
        ("3", "[-2, -1]", False),  # nothing or less is left
        ("3", "[-2, -1)", False),
        ("3", "[-1, -0.9]", True),  # from 30
        ("3", "(-0.95, -0.9)", True),  # from 31
        ("0", "[-2, -1]", True),
        ("0", "[-2, -1)", False),
        ("0", "(-1, 0]", False),
        ("-3", "[-4, -1]", False),  # fewer than none there never are
        ("0.5", "[-0.5, -0.5]", True),
        ("[6, 7]", "0", Reason.APPROXIMATE),
    ],
)
def test_whole_numbers_before_a_change(value: str, change: str, holds: bool | Reason) -> None:
    assert whole_base(number(value, HOUSES), number(change, RATIO)) is holds
