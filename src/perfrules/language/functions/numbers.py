"""Functions of numbers: on intervals and on their slack alike; a failure is a Reason."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

from perfrules.language.values import point, together
from perfrules.model.interval import Interval
from perfrules.model.truth import Number, Reason, Value
from perfrules.model.unit import NUMBER

Result = Value | Reason


def absolute(value: Number) -> Result:
    """The distance from zero."""
    return _mapped(value, _magnitude)


def smallest(*values: Number) -> Result:
    """The smallest of several numbers; each end is the smallest of their ends. Unknown where their units differ."""
    return _extreme(values, lowest=True)


def greatest(*values: Number) -> Result:
    """The greatest of several numbers."""
    return _extreme(values, lowest=False)


def rounded(value: Number, digits: Number) -> Result:
    """四舍五入: half away from zero, at that many decimals of the base unit (yuan, ratio); slack is rounded too."""
    return _stepped(value, digits, _half_away)


def rounded_even(value: Number, digits: Number) -> Result:
    """Half to even, at that many decimals of the base unit."""
    return _stepped(value, digits, lambda number: Fraction(round(number)))


def floored(value: Number) -> Result:
    """The greatest whole number not above."""
    return _stepped(value, _ZERO, lambda number: Fraction(floor(number)))


def ceiled(value: Number) -> Result:
    """The smallest whole number not below."""
    return _stepped(value, _ZERO, lambda number: Fraction(ceil(number)))


def whole_base(value: Number, change: Number) -> Result:
    """Whether some whole number from 1 on, changed by `change` within its printed digits, gives `value`.

    7 after -30% comes from 10; 11 after -37% comes from no whole number (17 gives -35.29%, 18 gives -38.89%).
    """
    exact = value.interval.exact
    if exact is None:
        return Reason.APPROXIMATE
    factors = change.slack + Interval.point(Fraction(1))
    if exact <= 0:
        return exact == 0 and Fraction(0) in factors
    if factors.high is not None and factors.high <= 0:
        return False
    least = Fraction(0) if factors.high is None else exact / factors.high
    first = max(1, ceil(least))
    if first == least and not factors.high_closed:
        first += 1
    return exact / first in factors  # greater bases only lead further down


def _half_away(number: Fraction) -> Fraction:
    whole = floor(abs(number) + Fraction(1, 2))
    return Fraction(whole if number >= 0 else -whole)


def _magnitude(interval: Interval) -> Interval:
    if interval.low is not None and interval.low >= 0:
        return interval
    mirrored = -interval
    if interval.high is not None and interval.high <= 0:
        return mirrored
    ends = [(interval.high, interval.high_closed), (mirrored.high, mirrored.high_closed)]
    if any(end is None for end, _ in ends):
        return Interval(Fraction(0), None, True, False)
    high, closed = max((end, closed) for end, closed in ends if end is not None)
    return Interval(Fraction(0), high, True, closed)


def _mapped(value: Number, change: Callable[[Interval], Interval]) -> Number:
    return Number(change(value.interval), change(value.slack), value.unit)


def _extreme(values: tuple[Number, ...], *, lowest: bool) -> Result:
    chosen = values[0]
    units = {value.unit for value in values}
    if not all(together(one, other) for one in units for other in units):
        return Reason.UNIT
    for other in values[1:]:
        interval = _nearer(chosen.interval, other.interval, lowest)
        chosen = Number(interval, _nearer(chosen.slack, other.slack, lowest), chosen.unit)
    return chosen


def _nearer(a: Interval, b: Interval, lowest: bool) -> Interval:
    if lowest:
        return -_nearer(-a, -b, False)
    low, low_closed = a.low, a.low_closed
    if b.low is not None and (low is None or (low, not low_closed) < (b.low, not b.low_closed)):
        low, low_closed = b.low, b.low_closed
    if a.high is None or b.high is None:
        return Interval(low, None, low_closed, False)
    high, high_closed = max((a.high, a.high_closed), (b.high, b.high_closed))
    return Interval(low, high, low_closed, high_closed)


def _stepped(value: Number, digits: Number, step: Callable[[Fraction], Fraction]) -> Result:
    places = digits.interval.exact
    if places is None or places.denominator != 1 or not -18 <= places <= 18:
        return Reason.UNIT
    scale = Fraction(10) ** int(places)

    def change(interval: Interval) -> Interval:
        low = None if interval.low is None else step(interval.low * scale) / scale
        high = None if interval.high is None else step(interval.high * scale) / scale
        return Interval(low, high, low is not None, high is not None)

    return _mapped(value, change)


_ZERO = point(Fraction(0), NUMBER)
