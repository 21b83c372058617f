"""One of several amounts or texts: `if`, `or else`, `min`, `max`; and amounts brought to steps: `round`, `floor`, `ceiling`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from attrs import evolve

from perfrules.language import values
from perfrules.language.whole.amounts import (
    OF_ROW,
    Amount,
    BeyondError,
    Slack,
    alike,
    by_row,
    common,
    known_where,
    pointed,
)
from perfrules.language.whole.making import both, compare, decided, either, known, negated, stated
from perfrules.language.whole.nodes import (
    FALSE,
    ONE,
    TRUE,
    TWO,
    ZERO,
    Cases,
    Int,
    NoText,
    Quotient,
    Text,
    TextCases,
    TextColumn,
    Truth,
    Whole,
    Words,
)
from perfrules.language.whole.ranges import range_of
from perfrules.language.whole.sums import opposite, plus, times
from perfrules.model.unit import Kind

Lowered = Amount | Text | Truth
MOST_DECIMALS = 18


def chosen(test: Truth, then: Lowered, otherwise: Lowered) -> Lowered:
    """The first where a condition is true, the second where it is false; unknown where the condition is."""
    match then, otherwise:
        case Amount(), Amount():
            return _amount(test, then, otherwise)
        case (Amount(), _) | (_, Amount()):
            raise BeyondError("在数与文字之间选取", "a choice between a number and a text")
    if is_text(then) and is_text(otherwise):
        return TextCases(test, then, otherwise)  # type: ignore[arg-type]
    return _truth(test, then, otherwise)  # type: ignore[arg-type]


def fallback(first: Lowered, second: Lowered) -> Lowered:
    """The first, or the second where it is unknown."""
    test = is_known(first)
    if test == TRUE:
        return first
    if second == FALSE and not isinstance(first, Amount):
        return stated(first, True)  # type: ignore[arg-type]
    if second == TRUE and not isinstance(first, Amount):
        return negated(stated(first, False))  # type: ignore[arg-type]
    return second if test == FALSE else chosen(test, first, second)


def is_known(value: Lowered) -> Truth:
    """Whether a value is known; never unknown itself."""
    if isinstance(value, Amount):
        return value.is_known
    return known(value) if is_text(value) else negated(stated(value, None))  # type: ignore[arg-type]


def is_text(value: Lowered | None) -> bool:
    """Whether a value is a text."""
    return isinstance(value, Words | TextColumn | NoText | TextCases)


def _amount(test: Truth, then: Amount, otherwise: Amount) -> Amount:
    if otherwise.is_known == FALSE:
        return known_where(stated(test, True), then)
    if then.is_known == FALSE:
        return known_where(stated(test, False), otherwise)
    if then.unit.kind is not otherwise.unit.kind or (
        then.unit.kind is Kind.COUNT and then.unit.name != otherwise.unit.name
    ):
        raise BeyondError("两种单位之间选取", "a choice between two units")
    a, b = common(then, otherwise)
    low = Cases(test, a.low, b.low)
    high = low if a.low == a.high and b.low == b.high else Cases(test, a.high, b.high)
    slack = None
    if a.slack or b.slack:
        x, y = a.ends, b.ends
        slack = Slack(
            Cases(test, x.low, y.low),
            Cases(test, x.high, y.high),
            _truth(test, x.low_closed, y.low_closed),
            _truth(test, x.high_closed, y.high_closed),
        )
    return evolve(
        a,
        low=low,
        high=high,
        under=a.under if a.under == b.under else Cases(test, a.under, b.under),
        endless=_surely(test, a.endless, b.endless),
        slack=slack,
        tracked=a.tracked and b.tracked,
    )


def _truth(test: Truth, then: Truth, otherwise: Truth) -> Truth:
    if then == otherwise and then in (TRUE, FALSE) and stated(test, None) == FALSE:
        return then
    return decided(_surely(test, then, otherwise), _surely(test, negated(then), negated(otherwise)))


def _surely(test: Truth, then: Truth, otherwise: Truth) -> Truth:
    return either(
        both(stated(test, True), stated(then, True)), both(stated(test, False), stated(otherwise, True))
    )


def extreme(amounts: Sequence[Amount], *, is_least: bool) -> Amount:
    """The least or the greatest; unknown where one is, and where units do not meet. Raises BeyondError for spans."""
    units = {each.unit for each in amounts}
    if OF_ROW in units:
        raise by_row()
    if not all(values.together(one, other) for one in units for other in units):
        return known_where(FALSE, amounts[0])
    found = pointed(amounts[0])
    for other in amounts[1:]:
        a, b = alike(found, pointed(other))
        low = Cases(compare("<=" if is_least else ">=", a.low, b.low), a.low, b.low)
        found = evolve(a, low=low, high=low, tracked=a.tracked and b.tracked)
    return found


def rounded(amount: Amount, places: int) -> Amount:
    """Half away from zero, at decimals of the base unit."""
    if not -MOST_DECIMALS <= places <= MOST_DECIMALS:
        raise BeyondError("小数位数过多", "too many decimals")
    return _stepped(amount, Fraction(10) ** -places, _near, _near)


def floored(amount: Amount) -> Amount:
    """The greatest whole number of base units not above."""
    return _stepped(amount, Fraction(1), _down, _up)


def ceiled(amount: Amount) -> Amount:
    """The least whole number of base units not below."""
    return _stepped(amount, Fraction(1), _up, _down)


Step = Callable[[Int, Int], Int]
"""The quotient of two numbers, brought to a whole one; of the first at least zero and the second above."""


def _stepped(amount: Amount, step: Fraction, from_zero_up: Step, below_zero: Step) -> Amount:
    amount = pointed(amount)
    if amount.unit == OF_ROW:
        raise by_row()
    ratio = amount.step / step
    top, under = times(Whole(ratio.numerator), amount.low), times(Whole(ratio.denominator), amount.under)
    if under == ONE:
        return evolve(amount, low=top, high=top, under=ONE, step=step)
    found = from_zero_up(top, under)
    least = range_of(top)[0]
    if least is None or least < 0:
        turned = opposite(below_zero(opposite(top), under))
        found = Cases(compare("<", top, ZERO), turned, found)
    return evolve(amount, low=found, high=found, under=ONE, step=step)


def _near(top: Int, under: Int) -> Int:
    return Quotient(plus(times(TWO, top), under), times(TWO, under))


def _down(top: Int, under: Int) -> Int:
    return Quotient(top, under)


def _up(top: Int, under: Int) -> Int:
    return Quotient(plus(top, under, Whole(-1)), under)


__all__ = ["Lowered", "ceiled", "chosen", "extreme", "fallback", "floored", "is_known", "is_text", "rounded"]
