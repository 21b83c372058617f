"""Intervals of exact fractions, each end open, closed or infinite: what is known of a number."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen


@frozen
class Interval:
    """All numbers between two ends. None stands for an infinite end, which is never closed.

    >>> Interval.point(Fraction(3)) + Interval(Fraction(20), Fraction(30), True, False)
    Interval(low=Fraction(23, 1), high=Fraction(33, 1), low_closed=True, high_closed=False)
    """

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = True
    high_closed: bool = True

    def __attrs_post_init__(self) -> None:
        if (self.low is None and self.low_closed) or (self.high is None and self.high_closed):
            raise ValueError("an infinite end is never closed")
        if self.low is None or self.high is None:
            return
        if self.low is not self.high and self.low < self.high:
            return
        if self.low != self.high or not (self.low_closed and self.high_closed):
            raise ValueError("an interval holds at least one number")

    @classmethod
    def point(cls, value: Fraction) -> Interval:
        """The interval that holds one number."""
        return cls(value, value)

    @property
    def exact(self) -> Fraction | None:
        """The one number it holds, or None where it holds more."""
        return self.low if self.low == self.high else None

    @property
    def is_point(self) -> bool:
        """Whether it holds exactly one number."""
        return self.low is not None and self.low == self.high

    @property
    def is_negative(self) -> bool:
        """Whether every number it holds is below zero."""
        high = self.high
        return high is not None and (high.numerator < 0 or (high.numerator == 0 and not self.high_closed))

    def __contains__(self, value: Fraction) -> bool:
        above = self.low is None or self.low < value or (self.low == value and self.low_closed)
        below = self.high is None or value < self.high or (self.high == value and self.high_closed)
        return above and below

    def __neg__(self) -> Interval:
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_closed, self.low_closed)

    def __add__(self, other: Interval) -> Interval:
        if points := _points(self, other):
            return Interval.point(points[0] + points[1])
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(
            low, high, self.low_closed and other.low_closed, self.high_closed and other.high_closed
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + (-other)

    def __mul__(self, other: Interval) -> Interval:
        if points := _points(self, other):
            return Interval.point(points[0] * points[1])
        a, b = _positive(self), _positive(other)
        if a is not None and b is not None:  # the common case, without looking at all four corners
            closed = self.low_closed and other.low_closed, self.high_closed and other.high_closed
            return Interval(a[0] * b[0], a[1] * b[1], *closed)
        corners = [_corner(a, b) for a in _ends(self) for b in _ends(other)]
        return _between(min(corners, key=_outward), max(corners, key=_inward))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient; raises ZeroDivisionError where the divisor may be zero."""
        if points := _points(self, other):
            return Interval.point(points[0] / points[1])
        a, b = _positive(self), _positive(other)
        if a is not None and b is not None:
            closed = self.low_closed and other.high_closed, self.high_closed and other.low_closed
            return Interval(a[0] / b[1], a[1] / b[0], *closed)
        return self * other.reciprocal()

    def reciprocal(self) -> Interval:
        """One over each number it holds; raises ZeroDivisionError where zero is among or next to them."""
        if Fraction(0) in self or (self.low is None and self.high is None):
            raise ZeroDivisionError
        high = None if not self.low else 1 / self.low
        low = None if not self.high else 1 / self.high
        if self.low is None:  # (-inf, high): the reciprocals approach zero from below
            high = Fraction(0)
        if self.high is None:  # (low, inf): from above
            low = Fraction(0)
        return Interval(
            low,
            high,
            self.high_closed and low is not None and self.high is not None,
            self.low_closed and high is not None and self.low is not None,
        )

    def is_below(self, other: Interval) -> bool:
        """Whether every number here is smaller than every number there."""
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (
            self.high == other.low and not (self.high_closed and other.low_closed)
        )

    def is_at_most(self, other: Interval) -> bool:
        """Whether no number here is greater than any number there."""
        return self.high is not None and other.low is not None and self.high <= other.low

    def meets(self, other: Interval) -> bool:
        """Whether some number is in both."""
        return not (self.is_below(other) or other.is_below(self))

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds all numbers of both."""
        low = min((_ends(each)[0] for each in (self, other)), key=_outward)
        return _between(low, max((_ends(each)[1] for each in (self, other)), key=_inward))

    def meet(self, other: Interval) -> Interval | None:
        """The numbers in both; None where there are none."""
        if not self.meets(other):
            return None
        low = max((_ends(each)[0] for each in (self, other)), key=_outward)
        return _between(low, min((_ends(each)[1] for each in (self, other)), key=_inward))


End = tuple[tuple[int, Fraction], bool]
"""A comparable end: (-1|0|1 for -inf, finite, +inf; the number) and whether it is attained."""


def _points(a: Interval, b: Interval) -> tuple[Fraction, Fraction] | None:
    """The numbers of two points, each made as one: what is done to them is done once, not at both ends."""
    if a.low is None or b.low is None or a.low is not a.high or b.low is not b.high:
        return None
    return a.low, b.low


def _positive(interval: Interval) -> tuple[Fraction, Fraction] | None:
    """The ends of an interval of numbers above zero, both finite."""
    low, high = interval.low, interval.high
    return None if low is None or high is None or low.numerator <= 0 else (low, high)


def _ends(interval: Interval) -> tuple[End, End]:
    low = (-1, Fraction(0)) if interval.low is None else (0, interval.low)
    high = (1, Fraction(0)) if interval.high is None else (0, interval.high)
    return (low, interval.low_closed), (high, interval.high_closed)


def _corner(a: End, b: End) -> End:
    ((a_infinite, x), a_closed), ((b_infinite, y), b_closed) = a, b
    a_zero, b_zero = not a_infinite and x == 0, not b_infinite and y == 0
    if a_zero or b_zero:  # a zero that is attained stays zero whatever it is multiplied with
        return (0, Fraction(0)), (a_zero and a_closed) or (b_zero and b_closed)
    if a_infinite or b_infinite:
        sign = (a_infinite or (1 if x > 0 else -1)) * (b_infinite or (1 if y > 0 else -1))
        return (sign, Fraction(0)), False
    return (0, x * y), a_closed and b_closed


def _outward(low: End) -> tuple[int, Fraction, bool]:
    """Lower ends in order: a closed one begins before an open one."""
    return (*low[0], not low[1])


def _inward(high: End) -> tuple[int, Fraction, bool]:
    """Upper ends in order: an open one ends before a closed one."""
    return (*high[0], high[1])


def _between(low: End, high: End) -> Interval:
    (low_infinite, low_value), low_closed = low
    (high_infinite, high_value), high_closed = high
    return Interval(
        None if low_infinite else low_value,
        None if high_infinite else high_value,
        low_closed and not low_infinite,
        high_closed and not high_infinite,
    )
