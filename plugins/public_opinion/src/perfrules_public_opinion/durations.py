"""How long something took, as reports write it: 2小时, 90分钟, 1小时30分, 2小时以内."""

from __future__ import annotations

import re
from fractions import Fraction

from perfrules.language.values import point
from perfrules.model.interval import Interval
from perfrules.model.quantity import printed_quantity
from perfrules.model.truth import Number, Reason, Value
from perfrules.model.unit import NUMBER, Kind, Unit

_DIGITS = r"[0-9]{1,6}(?:\.[0-9]{1,4})?"
_WRITTEN = (
    r"(?P<about>约|大约)?(?P<most>不超过|≤|<=)?"
    rf"(?:(?P<hours>{_DIGITS})个?小时)?(?:(?P<minutes>{_DIGITS})分钟?)?"
    r"(?P<roughly>左右)?(?P<within>以内|之内|内)?"
)
_HOUR = Unit(Kind.NUMBER, "", Fraction(60))


def in_minutes(written: str) -> Value | Reason:
    """A length of time in minutes: 2小时 is 120, 1小时30分 is 90, 1.5小时 is 90 with the slack of its digits.

    不超过 and 以内 give all lengths up to the one named; 约 and 左右 leave it `approximate`. What is no length of time in
    hours and minutes is refused as `unit`.
    """
    found = re.fullmatch(_WRITTEN, "".join(written.split()))
    if found is None or not (found["hours"] or found["minutes"]):
        return Reason.UNIT
    if found["about"] or found["roughly"]:
        return Reason.APPROXIMATE
    hours, minutes = _printed(found["hours"], _HOUR), _printed(found["minutes"], NUMBER)
    interval, slack = hours.interval + minutes.interval, hours.slack + minutes.slack
    if found["most"] or found["within"]:
        interval, slack = _up_to(interval), _up_to(slack)
    return Number(interval, slack, NUMBER)


def _printed(digits: str | None, unit: Unit) -> Number:
    """The figure with what its digits allow; nothing where it is not written."""
    if digits is None:
        return point(Fraction(0), NUMBER)
    quantity = printed_quantity(digits, unit)
    assert quantity.interval is not None
    assert quantity.slack is not None
    return Number(quantity.interval, quantity.slack, NUMBER)


def _up_to(lengths: Interval) -> Interval:
    """From nothing to the longest of them."""
    return Interval(Fraction(0), lengths.high, True, lengths.high_closed)
