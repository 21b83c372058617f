"""What a condition is solved to agrees with asking it again with the other figure."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfrules.findings.origins.solving import EVERY, Solving, Values
from perfrules.findings.origins.troubles import trials
from perfrules.language import Context, Scope, check, to_python
from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.quantity import printed_quantity
from perfrules.model.subject import Subject
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.trace import Trace
from perfrules.model.unit import MONEY_UNITS
from perfrules.testing import FIELDS, conditions

YUAN = MONEY_UNITS["元"]


def fact(name: str, digits: str) -> Fact:
    return Fact(name, printed_quantity(digits, YUAN), location=Location("报告.txt", f"/{name}"), quote=digits)


def asked(condition: str, figures: dict[str, str]) -> Trace:
    facts = {name: fact(name, digits) for name, digits in figures.items()}
    closure = to_python(check(condition, Scope(CORE_TYPES, ("line",), {})))
    return closure(Context((Subject("line", "line", facts=facts),), {}))


def solved(condition: str, name: str, figures: dict[str, str], *, wanted: bool = True) -> Values:
    return Solving(fact(name, figures[name])).values(asked(condition, figures), wanted=wanted)


def holds(value: Fraction, values: Values) -> bool:
    return any(value in interval for interval in values)


def is_every(values: Values) -> bool:
    """Whether nothing is solved: every figure that a report can print, none of which is below 0."""
    return values == EVERY or said(values) == [(Fraction(0), None)]


def said(values: Values) -> list[tuple[Fraction | None, Fraction | None]]:
    return [(each.low, each.high) for each in values]


@given(conditions(), st.data(), st.booleans())
def test_a_value_is_among_the_solved_where_the_condition_comes_out_with_it(
    condition: str, data: st.DataObject, wanted: bool
) -> None:
    figures = {name: str(data.draw(st.integers(1, 400_000), label=name)) for name in FIELDS}
    used = [name for name in FIELDS if name in condition]
    assume(used)
    name = data.draw(st.sampled_from(used))
    values = solved(condition, name, figures, wanted=wanted)
    whole = [int(each) for each in trials([values]) if each >= 1]
    tried = st.sampled_from([near for each in whole or [1] for near in (each, each + 1)]) | st.integers(
        1, 10**6
    )
    value = data.draw(tried)
    outcome = asked(condition, {**figures, name: str(value)}).value
    if outcome is wanted:
        assert holds(Fraction(value), values)
    elif condition.count(name) == 1 and not is_every(values) and "abs" not in condition:
        assert not holds(Fraction(value), values)


@pytest.mark.parametrize(
    ("condition", "name", "expected"),
    [
        # 60 + 40 is 100; printed in whole yuan, each within half of one: 30 is 29 to 31 there
        ("spent ≈ appropriated + unspent", "unspent", [("28.5", "31.5")]),
        ("spent - appropriated >= 50元", "appropriated", [(0, 40)]),
        # 90 is 30% of 300 at the least
        ("spent / forecast >= 30%", "forecast", [(0, 300)]),
        ("spent / forecast >= 30%", "spent", [(60, None)]),
        ("not spent / forecast >= 30%", "spent", [(0, 60)]),
        ("spent * 50% == appropriated", "spent", [(120, 120)]),
        ("spent ≈ appropriated or spent ≈ forecast", "spent", [("59", "61"), ("199", "201")]),
        ("spent > 10元 and spent < 20元", "spent", [(10, 20)]),
        # nothing above zero makes the total smaller than its part
        ("spent ≈ forecast + unspent", "unspent", []),
        ("abs(spent - forecast) <= 10元", "forecast", [(80, 90), (90, 100)]),
        ("spent / spent > 50%", "spent", [(0, None)]),
        ("round(spent, 0) > 200元", "spent", [(0, None)]),
    ],
)
def test_conditions_solved_by_hand(
    condition: str, name: str, expected: list[tuple[int | str, int | str | None]]
) -> None:
    figures = {"spent": "90", "appropriated": "60", "forecast": "200", "unspent": "7"}
    found = said(solved(condition, name, figures))
    assert sorted(found, key=str) == sorted(
        [(Fraction(low), None if high is None else Fraction(high)) for low, high in expected], key=str
    )
