"""A printed or computed quantity: what is known of its value, and what its printed digits allow it to be."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction

from attrs import frozen

from perfrules.model.interval import Interval
from perfrules.model.unit import Kind, Unit


class Qualifier(Enum):
    """How a number is qualified by the words around it."""

    EXACT = "exact"
    ABOUT = "about"
    """约, 左右: no width is invented, so nothing can be decided on it."""
    AT_LEAST = "at_least"
    """余, 多: from the number up to one unit of its last non-zero digit; 以上: without upper end."""
    AT_MOST = "at_most"
    """近, 不足: below the number."""


@frozen
class Quantity:
    """What is known of a number, in base units.

    `interval` holds the values it may have (a point for an exact number; None for 约 and 左右). `slack` holds the
    values the printed digits allow: half a unit of the last printed digit on either side; it always contains
    `interval`. `words` is the quantity as printed (`20余期`), `digits` the bare number (`20`); both are empty for
    computed values. `unit` is the one printed, `factor` the multiplier printed with the digits (1万余份: 10000).
    """

    interval: Interval | None
    slack: Interval | None
    unit: Unit
    qualifier: Qualifier = Qualifier.EXACT
    digits: str = ""
    words: str = ""
    factor: int = 1

    @property
    def exact(self) -> Fraction | None:
        """The value in base units where it is a single number."""
        return None if self.interval is None else self.interval.exact


def printed_quantity(
    digits: str,
    unit: Unit,
    qualifier: Qualifier = Qualifier.EXACT,
    *,
    words: str = "",
    open_ended: bool = False,
    factor: int = 1,
) -> Quantity:
    """The quantity that digits such as `29.5342` or `-30` stand for in a unit.

    `factor` is a multiplier printed with the digits (`1万余份`: digits 1, factor 10000). `open_ended` tells 以上
    (no upper end) from 余 and 多 (up to one unit of the last non-zero digit). Raises ValueError where the digits are
    no decimal number.

    >>> from perfrules.model.unit import MONEY_UNITS
    >>> printed_quantity("7.5", MONEY_UNITS["万元"]).exact
    Fraction(75000, 1)
    """
    number = _decimal(digits)
    scale = unit.scale * factor
    value = Fraction(number) * scale
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    interval = _known(value, number, exponent, scale, qualifier, open_ended)
    slack = interval
    if qualifier is Qualifier.EXACT:
        slack = rounding(value, Fraction(10) ** exponent * scale, unit.kind, has_decimals=exponent < 0)
    return Quantity(interval, slack, unit, qualifier, digits, words or digits + unit.name, factor)


def computed_quantity(interval: Interval, slack: Interval, unit: Unit) -> Quantity:
    """A quantity that no document prints: derived by a formula, or assumed."""
    return Quantity(interval, slack, unit)


def rounding(value: Fraction, place: Fraction, kind: Kind, *, has_decimals: bool) -> Interval:
    """The values that print as `value` when rounded half away from zero at `place`, both in base units.

    Exact, so a point: whole counts, numbers without a unit, money down to the fen, and a zero without decimals.
    """
    whole_thing = kind in (Kind.COUNT, Kind.NUMBER, Kind.DAYS, Kind.MONTHS) and not has_decimals
    to_the_fen = kind is Kind.MONEY and place <= Fraction(1, 100)
    if whole_thing or to_the_fen or (value == 0 and not has_decimals):
        return Interval.point(value)
    half = place / 2
    if value == 0:
        return Interval(-half, half, False, False)
    return Interval(value - half, value + half, value > 0, value < 0)


def _decimal(digits: str) -> Decimal:
    if not digits.lstrip("+-").replace(".", "", 1).isdecimal():
        raise ValueError(f"not a decimal number: {digits!r}")
    return Decimal(digits)


def _known(
    value: Fraction, number: Decimal, exponent: int, scale: Fraction, qualifier: Qualifier, open_ended: bool
) -> Interval | None:
    if value < 0:  # -20余 is a fall of twenty and more
        mirrored = _known(-value, -number, exponent, scale, qualifier, open_ended)
        return None if mirrored is None else -mirrored
    match qualifier:
        case Qualifier.EXACT:
            return Interval.point(value)
        case Qualifier.ABOUT:
            return None
        case Qualifier.AT_MOST:
            return Interval(None, value, False, False)
        case Qualifier.AT_LEAST if open_ended:
            return Interval(value, None, True, False)
        case Qualifier.AT_LEAST:
            return Interval(value, value + _last_place(number, exponent) * scale, True, False)


def _last_place(number: Decimal, exponent: int) -> Fraction:
    """One unit of the last non-zero digit: 20 -> 10, 1.5 -> 0.1, 300 -> 100."""
    digits = number.as_tuple().digits
    trailing = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return Fraction(10) ** (exponent + (trailing if any(digits) else 0))
