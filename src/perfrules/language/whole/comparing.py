"""Comparisons of amounts, as conditions: each decides where it is so for every number between two ends."""

from __future__ import annotations

from perfrules.language.whole.amounts import Amount, BeyondError, Slack, alike, not_below_zero
from perfrules.language.whole.making import both, compare, decided, either, negated, stated
from perfrules.language.whole.nodes import (
    FALSE,
    ONE,
    TRUE,
    TWO,
    Compare,
    Int,
    Product,
    Truth,
    Whole,
)
from perfrules.language.whole.sums import minus, times


def less(left: Amount, right: Amount, *, or_equal: bool) -> Truth:
    """`<` or `<=`: true or false where it is so for every pair of numbers."""
    a, b = alike(left, right)
    operator = "<=" if or_equal else "<"
    yes = compare(operator, a.high, b.low)
    if a.is_point and b.is_point:
        return yes
    no = compare("<" if or_equal else "<=", b.high, a.low)
    return decided(both(yes, negated(a.endless)), both(no, negated(b.endless)))


def equal(left: Amount, right: Amount) -> Truth:
    """`==`: true only between single numbers, false where none is in both."""
    a, b = alike(left, right)
    if a.is_point and b.is_point:
        return compare("==", a.low, b.low)
    return decided(
        both(_single(a), _single(b), compare("==", a.low, b.low)),
        _apart(a, b, Slack(a.low, a.high), Slack(b.low, b.high)),
    )


def agreeing(left: Amount, right: Amount) -> Truth:
    """`≈`: whether the printed digits allow equality; open where a side is no single number and they might."""
    a, b = alike(left, right)
    if not (a.tracked and b.tracked):
        raise BeyondError("印刷位数经过了乘除", "printed digits that went through a product or quotient")
    if a.is_point and b.is_point and a.slack is None and b.slack is None:
        return compare("==", a.low, b.low)
    apart = _apart(a, b, a.ends, b.ends)
    if a.is_point and b.is_point:
        return negated(apart)
    return decided(both(_single(a), _single(b), negated(apart)), apart)


def _single(amount: Amount) -> Truth:
    """Whether an amount is one number."""
    same = TRUE if amount.low == amount.high else compare("==", amount.low, amount.high)
    return both(negated(amount.endless), same)


def _apart(a: Amount, b: Amount, x: Slack, y: Slack) -> Truth:
    """Whether no number is in both: one lies wholly below the other."""
    return either(
        both(_below(x, y), negated(a.endless)),
        both(_below(y, x), negated(b.endless)),
    )


def _below(x: Slack, y: Slack) -> Truth:
    low_closed = y.low_closed
    match low_closed:  # it is open for a figure of zero only, and lies below zero then, where no other end is
        case Compare(">", figure, Whole(0)) if not_below_zero(x.high) and _is_below_zero(y.low, figure):
            low_closed = TRUE
    touching = both(x.high_closed, low_closed)
    if touching == TRUE:
        return compare("<", x.high, y.low)
    if touching == FALSE:
        return compare("<=", x.high, y.low)
    return either(
        compare("<", x.high, y.low), both(compare("==", x.high, y.low), negated(stated(touching, True)))
    )


def _is_below_zero(number: Int, figure: Int) -> bool:
    """Whether a number is the lower end of what prints as a figure, as often as one likes: below zero where that is zero."""
    match number:
        case Product(left, right):
            return (_is_below_zero(left, figure) and not_below_zero(right)) or (
                _is_below_zero(right, figure) and not_below_zero(left)
            )
        case _:
            return number == minus(times(TWO, figure), ONE)
