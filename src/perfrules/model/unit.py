"""Kinds of value and the units they are printed in; amounts are held in base units (yuan, ratio, things, days)."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import frozen


class Kind(Enum):
    """What a value is a value of; the rule language's unit algebra works on these."""

    MONEY = "money"
    RATIO = "ratio"
    NUMBER = "number"
    COUNT = "count"
    DAYS = "days"
    MONTHS = "months"
    DATE = "date"
    TEXT = "text"
    TRUTH = "truth"
    MEASURE = "measure"
    """Row by row of another kind: the values of performance targets, each with its own unit."""

    __hash__ = object.__hash__  # that of Enum is Python code, and kinds are looked up for every node


@frozen
class Unit:
    """A unit as printed: its kind, its name, and how many base units it is worth.

    For counts the name is the measure word (期, 家, 人次); two counts agree only if their names do.
    """

    kind: Kind
    name: str
    scale: Fraction = Fraction(1)


MONEY_UNITS = {
    name: Unit(Kind.MONEY, name, Fraction(scale))
    for name, scale in {
        "元": 1,
        "千元": 10**3,
        "万元": 10**4,
        "万": 10**4,
        "百万元": 10**6,
        "千万元": 10**7,
        "亿元": 10**8,
        "亿": 10**8,
    }.items()
}
YUAN = MONEY_UNITS["元"]
PERCENT = Unit(Kind.RATIO, "%", Fraction(1, 100))
PER_MILLE = Unit(Kind.RATIO, "‰", Fraction(1, 1000))
RATIO = Unit(Kind.RATIO, "")
NUMBER = Unit(Kind.NUMBER, "")
DAY = Unit(Kind.DAYS, "天")
MONTH = Unit(Kind.MONTHS, "个月")


def base_unit(kind: Kind) -> Unit:
    """The unit in which amounts of this kind are held; for counts and measures one without a name."""
    named = {Kind.MONEY: YUAN, Kind.RATIO: RATIO, Kind.NUMBER: NUMBER, Kind.DAYS: DAY, Kind.MONTHS: MONTH}
    return named.get(kind) or Unit(kind, "")
