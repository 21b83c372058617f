"""Fees by bands (分档累进): each part of an amount at the rate of its band, exact, on ranges as on points."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perfrules.model.interval import Interval
from perfrules.model.truth import Number, Reason, Value
from perfrules.model.unit import RATIO


def graduated_fee(amount: Number, *rates: Number) -> Value | Reason:
    """The fee on an amount, both in first bands: an amount of 25 first bands at 3‰, 2‰, 1‰ comes to 0.036 of one.

    The first band ends at 1, the second at 10, each further one at ten times the one before; the last rate is for all
    that is above. The fee rises with the amount, so that the ends of a range give the ends of the fee, and the slack of
    the printed digits likewise. A rate that is not a single number leaves it `approximate`; one that is not above zero,
    and an amount below zero, is refused as `unit`.

    Source: the usual form of the scales of fees for reviews of cost (差额定率分档累进), of which rates and first band are
    set locally.
    """
    shares = [each.interval.exact for each in rates]
    known = [share for share in shares if share is not None]
    if len(known) < len(shares):
        return Reason.APPROXIMATE
    if min(known) <= 0 or amount.interval.is_negative:
        return Reason.UNIT
    return Number(_along(amount.interval, known), _along(amount.slack, known), RATIO)


def _along(amounts: Interval, rates: Sequence[Fraction]) -> Interval:
    """The fees of all the amounts: the fee rises strictly, so that open ends stay open and closed ones closed."""
    low = None if amounts.low is None else _fee(amounts.low, rates)
    high = None if amounts.high is None else _fee(amounts.high, rates)
    return Interval(low, high, amounts.low_closed, amounts.high_closed)


def _fee(amount: Fraction, rates: Sequence[Fraction]) -> Fraction:
    """The fee on one amount; below zero, where only the slack of a printed zero reaches, the first rate goes on."""
    fee, bottom, top = Fraction(0), Fraction(0), Fraction(1)
    for rate in rates[:-1]:
        if amount <= top:
            return fee + rate * (amount - bottom)
        fee, bottom, top = fee + rate * (top - bottom), top, 10 * top
    return fee + rates[-1] * (amount - bottom)
