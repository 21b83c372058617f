"""Amounts while they are lowered: a span of whole numbers over one divisor, times a step, with what their digits allow.

The arithmetic mirrors `values` and `interval`, in nodes instead of fractions. What it cannot say raises `BeyondError`:
the definition is asked then.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.language.whole.making import both, compare, either, known, not_zero, where
from perfrules.language.whole.nodes import (
    FALSE,
    ONE,
    TRUE,
    TWO,
    ZERO,
    Cases,
    Int,
    Truth,
    Whole,
)
from perfrules.language.whole.ranges import range_of
from perfrules.language.whole.sums import magnitude, minus, opposite, plus, times
from perfrules.model.truth import Number
from perfrules.model.unit import Kind, Unit

OF_ROW = Unit(Kind.COUNT, "unit of the row")
"""The unit of figures whose row names it: they meet each other in it, and nothing else."""


class BeyondError(Exception):
    """An expression, or a part of it, that whole numbers do not say; `said` tells which."""

    def __init__(self, zh: str, en: str) -> None:
        self.said = Bilingual(zh, en)
        super().__init__(en)


def by_row() -> BeyondError:
    """That nothing can be said of figures whose units differ from row to row."""
    return BeyondError("各行的度量单位不同", "units that differ from row to row")


@frozen
class Slack:
    """What the printed digits allow, in half steps: from `low` to `high`, each end with whether it is reached."""

    low: Int
    high: Int
    low_closed: Truth = TRUE
    high_closed: Truth = TRUE


@frozen
class Amount:
    """A number that lies between two ends, most often the same: `low` and `high` over `under`, times `step`.

    `under` is above zero wherever it is known. `endless` tells when there is no upper end. `slack` is None where it is
    the span itself, and `tracked` False where it is not known.
    """

    low: Int
    high: Int
    unit: Unit
    step: Fraction = Fraction(1)
    under: Int = ONE
    endless: Truth = FALSE
    slack: Slack | None = None
    tracked: bool = True

    @property
    def is_point(self) -> bool:
        """Whether it is one number, or unknown."""
        return self.low == self.high and self.endless == FALSE

    @property
    def is_known(self) -> Truth:
        """Whether it is known: its ends, and that its divisor is not zero."""
        return both(known(self.low), known(self.under))

    @property
    def ends(self) -> Slack:
        """The slack, in half steps."""
        return self.slack or Slack(times(TWO, self.low), times(TWO, self.high))


def written(number: Number) -> Amount:
    """An exact number of the ruleset."""
    value = number.interval.exact
    if value is None or number.slack != number.interval:
        raise BeyondError("参数不是确数", "a parameter that is no exact number")
    return Amount(Whole(value.numerator), Whole(value.numerator), number.unit, Fraction(1, value.denominator))


def scaled(amount: Amount, factor: int) -> Amount:
    """The same amount in steps smaller by a whole factor."""
    if factor == 1:
        return amount
    by = Whole(factor)
    slack = amount.slack and evolve(
        amount.slack, low=times(by, amount.slack.low), high=times(by, amount.slack.high)
    )
    return evolve(
        amount,
        low=times(by, amount.low),
        high=times(by, amount.high),
        step=amount.step / factor,
        slack=slack,
    )


def common(left: Amount, right: Amount) -> tuple[Amount, Amount]:
    """Both in the greatest step that divides both of theirs."""
    step = Fraction(
        gcd(left.step.numerator, right.step.numerator), lcm(left.step.denominator, right.step.denominator)
    )
    return scaled(left, int(left.step / step)), scaled(right, int(right.step / step))


def alike(left: Amount, right: Amount) -> tuple[Amount, Amount]:
    """Both in one step over one divisor."""
    left, right = common(left, right)
    if left.under == right.under:  # which falls away, but not that it may be zero
        return known_where(known(left.under), left), right
    return over(left, right.under), over(right, left.under)


def over(amount: Amount, by: Int) -> Amount:
    """The same amount, above and below multiplied by a number that is above zero."""
    slack = amount.slack and evolve(
        amount.slack, low=times(by, amount.slack.low), high=times(by, amount.slack.high)
    )
    return evolve(
        amount,
        low=times(by, amount.low),
        high=times(by, amount.high),
        under=times(by, amount.under),
        slack=slack,
    )


def added(left: Amount, right: Amount, unit: Unit) -> Amount:
    """The sum."""
    a, b = alike(left, right)
    slack = None
    if a.slack or b.slack:
        x, y = a.ends, b.ends
        slack = Slack(
            plus(x.low, y.low),
            plus(x.high, y.high),
            both(x.low_closed, y.low_closed),
            both(x.high_closed, y.high_closed),
        )
    low = plus(a.low, b.low)
    high = low if a.low == a.high and b.low == b.high else plus(a.high, b.high)
    return Amount(
        low, high, unit, a.step, a.under, either(a.endless, b.endless), slack, a.tracked and b.tracked
    )


def turned(amount: Amount) -> Amount:
    """The amount with its sign turned."""
    if amount.endless != FALSE:
        raise BeyondError("未列全的表之和取负", "the opposite of a sum over a table that is not complete")
    low = opposite(amount.high)
    high = low if amount.low == amount.high else opposite(amount.low)
    slack = amount.slack and Slack(
        opposite(amount.slack.high),
        opposite(amount.slack.low),
        amount.slack.high_closed,
        amount.slack.low_closed,
    )
    return evolve(amount, low=low, high=high, slack=slack)


def multiplied(left: Amount, right: Amount, unit: Unit) -> Amount:
    """The product: of two points, or of a span and a number that is not below zero."""
    if not right.is_point:
        left, right = right, left
    if not right.is_point:
        raise BeyondError("两个范围相乘", "the product of two spans")
    if not left.is_point and not not_below_zero(right.low):
        raise BeyondError("范围乘以可能为负的数", "a span times a number that may be negative")
    low = times(left.low, right.low)
    high = low if left.low == left.high else times(left.high, right.low)
    endless = left.endless
    if endless != FALSE:
        endless = both(endless, compare("!=", right.low, ZERO))
    factor = isinstance(right.low, Whole) and right.slack is None and right.low.value > 0
    slack = over(left, right.low).slack if factor else None
    tracked = left.tracked and right.tracked and (factor or (left.slack is None and right.slack is None))
    if left.slack is None and isinstance(left.low, Whole) and right.slack is not None and left.low.value > 0:
        slack, tracked = over(right, left.low).slack, right.tracked
    return Amount(
        low, high, unit, left.step * right.step, times(left.under, right.under), endless, slack, tracked
    )


def divided(left: Amount, right: Amount, unit: Unit) -> Amount:
    """The quotient, unknown where the divisor is zero; the divisor is one number."""
    if not right.is_point:
        raise BeyondError("除以一个范围", "a span as a divisor")
    divisor = not_zero(right.low)
    above = not_below_zero(right.low)
    if above:
        by = divisor
        top = left
    elif left.is_point:
        by = magnitude(divisor)
        turn = compare("<", right.low, ZERO)
        flipped = Cases(turn, opposite(left.low), left.low)
        top = evolve(left, low=flipped, high=flipped, slack=None, tracked=left.tracked and left.slack is None)
    else:
        raise BeyondError("范围除以可能为负的数", "a span divided by a number that may be negative")
    low = times(top.low, right.under)
    high = low if top.low == top.high else times(top.high, right.under)
    constant = isinstance(right.low, Whole) and right.under == ONE and above
    slack = over(top, right.under).slack if constant else None
    tracked = top.tracked and right.tracked and (constant or (left.slack is None and right.slack is None))
    tracked = tracked and right.slack is None
    return Amount(
        low,
        high,
        unit,
        left.step / right.step,
        times(top.under, by),
        top.endless,
        slack,
        tracked,
    )


def distance(amount: Amount) -> Amount:
    """The distance from zero, of one number."""
    if not amount.is_point:
        raise BeyondError("范围的绝对值", "the distance of a span from zero")
    low = magnitude(amount.low)
    keeps = low == amount.low
    return evolve(
        amount,
        low=low,
        high=low,
        slack=amount.slack if keeps else None,
        tracked=amount.tracked and (keeps or amount.slack is None),
    )


def known_where(test: Truth, amount: Amount) -> Amount:
    """The amount where a condition holds, else unknown."""
    low = where(test, amount.low)
    slack = amount.slack and evolve(
        amount.slack, low=where(test, amount.slack.low), high=where(test, amount.slack.high)
    )
    high = low if amount.low == amount.high else where(test, amount.high)
    return evolve(amount, low=low, high=high, slack=slack)


def pointed(amount: Amount) -> Amount:
    """An amount that is one number, without the slack of its digits, of which no more is known then."""
    if not amount.is_point:
        raise BeyondError("范围", "a span where one number is due")
    return evolve(amount, slack=None, tracked=amount.tracked and amount.slack is None)


def printed(number: Int, unit: Unit, step: Fraction) -> Amount:
    """A figure as its digits print it: what rounds half away from zero to it may have been meant."""
    twice = times(TWO, number)
    low = range_of(number)[0]
    positive = TRUE if low is not None and low > 0 else compare(">", number, ZERO)
    negative = FALSE if low is not None and low >= 0 else compare("<", number, ZERO)
    slack = Slack(minus(twice, ONE), plus(twice, ONE), positive, negative)
    return Amount(number, number, unit, step, slack=slack)


def not_below_zero(number: Int) -> bool:
    """Whether a number can never be below zero."""
    low = range_of(number)[0]
    return low is not None and low >= 0
