"""Hostile expressions and texts end at once, in a fault or in unknown; each of these would run for hours if it ran away."""

from __future__ import annotations

from fractions import Fraction

import pytest

from perfrules.errors import ExpressionError
from perfrules.language import Context, Scope, check, to_python
from perfrules.language.values import computed, point
from perfrules.model.fact import Fact
from perfrules.model.interval import Interval
from perfrules.model.quantity import Quantity, printed_quantity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.truth import Number, Reason, Unknown, Value
from perfrules.model.unit import MONEY_UNITS, NUMBER

WAN = MONEY_UNITS["万元"]


def value_of(text: str, asked: str, subject: Subject) -> Value:
    return to_python(check(text, Scope(CORE_TYPES, (asked,), {})))(Context((subject,), {})).value


def line(**facts: Quantity | str) -> Subject:
    return Subject(
        "line", "department/project", "", {name: Fact(name, value) for name, value in facts.items()}
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(" * 10_000, "too_deep"),
        ("(" * 10_000_000, "too_long"),
        ("1" * 10_000_000 + " > spent", "too_long"),
        ("1" * 41 + "元 > spent", "too_many_digits"),
        ("-" * 9_000 + "spent > 0元", "too_deep"),
        ("not " * 2_000 + "true", "too_deep"),
        ("if spent > 1元 then " * 120 + "1元" + " else 2元" * 120 + " > 3元", "too_deep"),
        (" + ".join(["spent"] * 101) + " > 0元", "too_deep"),
        ("a" + ".a" * 4_000, "syntax"),
        ('"' * 9_999, "character"),
        ("#" * 9_999, "syntax"),
        ("spent" * 1_900 + " > 0元", "name_too_long"),
    ],
)
def test_a_hostile_expression_is_refused(text: str, code: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        check(text, Scope(CORE_TYPES, ("line",), {}))
    assert caught.value.faults[0].code == f"expression.{code}"
    assert len(caught.value.said("zh")) < 1_000


def test_a_tower_of_divisions_has_its_value() -> None:
    # 90 quotients of 2元 by 2元 are 1 each
    tower = " / ".join(["1", *["(spent / spent)"] * 90])
    assert value_of(f"{tower} == 1", "line", line(spent=printed_quantity("2", MONEY_UNITS["元"]))) is True


def test_numbers_that_grow_too_long_are_unknown() -> None:
    product = " * ".join(["9" * 40] * 95)  # 3800 digits are 12623 bits
    value = value_of(f"{product} > 1", "line", line())
    assert isinstance(value, Unknown)
    assert {lack.reason for lack in value.lacks} == {Reason.TOO_LARGE}


def test_a_sum_of_thousands_of_quotients_is_unknown_and_one_of_hundreds_is_not() -> None:
    def department(rows: int) -> Subject:
        figures = [(f"{n * 7919 % 99991 + 1}.37", f"{n * 104729 % 99989 + 3}.11") for n in range(rows)]
        projects = tuple(
            Subject(
                "project",
                f"project:{spent}",
                "",
                {
                    "spent": Fact("spent", printed_quantity(spent, WAN)),
                    "forecast": Fact("forecast", printed_quantity(by, WAN)),
                },
            )
            for spent, by in figures
        )
        return Subject(
            "department", "department", tables={"projects": Table(projects, Completeness.COMPLETE)}
        )

    asked = "sum(spent / forecast for projects) > 0%"
    assert value_of(asked, "department", department(200)) is True
    value = value_of(asked, "department", department(2000))
    assert isinstance(value, Unknown)
    assert value.lacks[0].reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "pattern", ["a*" * 99 + "b", ".*" * 98 + "b", "a{0,1000}" * 20 + "b", "[a-z]+" * 30 + "b"]
)
def test_a_pattern_made_to_backtrack_does_not(pattern: str) -> None:
    assert value_of(f'name matches "{pattern}"', "line", line(name="a" * 200_000)) is False
    assert value_of(f'name matches "{pattern}"', "line", line(name="a" * 2_000 + "b")) is True


def test_texts_are_compared_in_time_with_their_length() -> None:
    assert value_of("similar(name, name) == 100%", "line", line(name="甲乙丙" * 70_000)) is True


@pytest.mark.parametrize(
    ("low", "high", "fits"),
    [
        (Fraction(2**8191), Fraction(2**8191), True),  # 8,192 bits
        (Fraction(2**8192), Fraction(2**8192), False),
        (Fraction(0), Fraction(2**8192), False),
        (Fraction(-(2**8192)), Fraction(0), False),
        (Fraction(1, 2**8191), Fraction(1, 2**8191), True),
        (Fraction(1, 2**8192), Fraction(1, 2**8192), False),
        (Fraction(0), Fraction(1, 2**8192), False),
    ],
)
def test_how_long_a_result_may_grow(low: Fraction, high: Fraction, fits: bool) -> None:
    interval = Interval(low, high)
    long, one = Number(interval, interval, NUMBER), point(Fraction(1), NUMBER)
    assert computed("*", long, one) == (long if fits else Reason.TOO_LARGE)
    short_but_for_its_slack = Number(Interval.point(high), interval, NUMBER)
    assert (computed("*", short_but_for_its_slack, one) is Reason.TOO_LARGE) is not fits
