"""The exact values that are printed of an owner's field, and how proposals become readings."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from perfrules.model.quantity import Quantity
from perfrules.readers.narrative.readings import ClaimReading, MoneyReading, Readings

CHANGES = ("carried_over", "adjustment")
"""What lies between the budget at the start of the year and the one after adjustment."""


def exact(reading: MoneyReading) -> Fraction | None:
    """The amount; None where it is printed only about."""
    value = reading.fact.value
    return value.exact if isinstance(value, Quantity) else None


def values(readings: Readings, owner: str, field: str) -> set[Fraction | None]:
    """All that is printed of a field."""
    return {exact(each) for each in readings.money if each.owner == owner and each.fact.field == field}


def only(found: set[Fraction | None]) -> Fraction | None:
    """The one value that there is; None where there are none, several or only about one."""
    return next(iter(found)) if len(found) == 1 else None


def changed_by(readings: Readings, owner: str) -> Fraction | None:
    """What is printed of an owner's changes, nothing where none is; None where one has several values or only about one."""
    parts = [only(values(readings, owner, field) or {Fraction(0)}) for field in CHANGES]
    return None if None in parts else Fraction(sum(each or 0 for each in parts))


def is_ratio(claim: ClaimReading, part: Fraction, whole: Fraction) -> bool:
    """Whether a printed ratio is that of two amounts, as far as its digits go."""
    printed = claim.fact.value
    if not isinstance(printed, Quantity) or printed.slack is None or whole == 0:
        return False
    return part / whole in printed.slack


def accepted(readings: Readings, proved: Sequence[MoneyReading]) -> Readings:
    """The readings with these proposals among them, and no more among what is unread."""
    places = {each.fact.location for each in proved}
    return evolve(
        readings,
        money=(*readings.money, *proved),
        unread=tuple(each for each in readings.unread if each.location not in places),
        proposals=tuple(each for each in readings.proposals if each.fact.location not in places),
    )
