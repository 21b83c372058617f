"""The arithmetic of values: intervals and slack side by side, comparisons that know when they do not know."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from perfrules.language.kinds import PLAIN, kind_of
from perfrules.model.interval import Interval
from perfrules.model.truth import Number, Reason, Truth, Unknown, Value
from perfrules.model.unit import DAY, NUMBER, RATIO, Kind, Unit

Fails = Reason
"""An operation that cannot be carried out gives the reason instead of a value."""


def negative(value: Value) -> Number | Fails:
    """The value with its sign turned; a target's value may be a text or a date, which have none."""
    if not isinstance(value, Number):
        return Reason.UNIT
    return Number(-value.interval, -value.slack, value.unit)


def computed(operator: str, left: Value, right: Value) -> Number | Fails:
    """`left operator right`, or the reason why it has no value: a divisor that may be zero, units that do not meet."""
    if isinstance(left, date) and isinstance(right, date) and operator == "-":
        days = Interval.point(Fraction((left - right).days))
        return Number(days, days, DAY)
    if not (isinstance(left, Number) and isinstance(right, Number)):
        return Reason.UNIT
    unit = _unit(operator, left.unit, right.unit)
    if unit is None:
        return Reason.UNIT
    match operator:
        case "+":
            return Number(left.interval + right.interval, left.slack + right.slack, unit)
        case "-":
            return Number(left.interval - right.interval, left.slack - right.slack, unit)
        case "*":
            return Number(left.interval * right.interval, left.slack * right.slack, unit)
        case _:
            return _quotient(left, right, unit)


def _quotient(left: Number, right: Number, unit: Unit) -> Number | Fails:
    try:
        interval = left.interval / right.interval
    except ZeroDivisionError:
        return Reason.ZERO_DIVISOR
    try:
        slack = left.slack / right.slack
    except ZeroDivisionError:  # the printed digits of the divisor allow a zero
        slack = Interval(None, None, False, False)
    return Number(interval, slack, unit)


def _unit(operator: str, left: Unit, right: Unit) -> Unit | None:
    """The unit of a result; None where two counts of different things, or two kinds, meet in a sum."""
    if operator in "+-":
        return _unit_of_sum(left, right)
    if left.kind in PLAIN and right.kind in PLAIN:
        return NUMBER if left.kind is right.kind is Kind.NUMBER else RATIO
    if operator == "/" and left.kind is right.kind:
        return RATIO if together(left, right) else None
    money = left if left.kind is Kind.MONEY or right.kind in PLAIN else right
    return money if Kind.MONEY in (left.kind, right.kind) or right.kind in PLAIN or operator == "*" else None


def _unit_of_sum(left: Unit, right: Unit) -> Unit | None:
    if left.kind in PLAIN and right.kind in PLAIN:
        return left if left.kind is right.kind else RATIO
    if not together(left, right):
        return None
    counts = [each for each in (left, right) if each.kind is Kind.COUNT]
    return next((each for each in counts if each.name), counts[0] if counts else left)


def together(left: Unit, right: Unit) -> bool:
    """Whether two quantities can be added or compared: one kind, and for counts of things one measure word."""
    if left.kind in PLAIN and right.kind in PLAIN:
        return True
    if {left.kind, right.kind} == {Kind.COUNT, Kind.NUMBER}:
        return True
    if left.kind is not right.kind:
        return False
    return left.kind is not Kind.COUNT or not left.name or not right.name or left.name == right.name


def compared(operator: str, left: Value, right: Value) -> Truth | Fails:
    """Whether a comparison holds; the reason where it cannot be told."""
    if isinstance(left, Number) and isinstance(right, Number):
        if not together(left.unit, right.unit):
            return Reason.UNIT
        decided = _ordered(operator, left.interval, right.interval)
        return Reason.APPROXIMATE if decided is None else decided
    return _plain(operator, left, right)


def _plain(operator: str, left: Value, right: Value) -> bool | Fails:
    if type(left) is not type(right):
        return Reason.UNIT
    if operator in ("==", "!="):
        return (left == right) is (operator == "==")
    if not (isinstance(left, date) and isinstance(right, date)):
        return Reason.UNIT
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator]


def _ordered(operator: str, left: Interval, right: Interval) -> bool | None:
    """The answer if it is the same for every pair of numbers, else None."""
    match operator:
        case "<":
            return True if left.is_below(right) else False if right.is_at_most(left) else None
        case "<=":
            return True if left.is_at_most(right) else False if right.is_below(left) else None
        case ">":
            return _ordered("<", right, left)
        case ">=":
            return _ordered("<=", right, left)
        case _:
            equal = _equal(left, right)
            return equal if operator == "==" or equal is None else not equal


def _equal(left: Interval, right: Interval) -> bool | None:
    if not left.meets(right):
        return False
    return True if left.is_point and right.is_point else None


def alike(left: Number, right: Number) -> tuple[Truth | Fails, bool]:
    """`left ≈ right`: whether the printed digits allow equality, and whether it holds only because they do.

    With an operand that is not a single number it is false where even the slack keeps them apart, else unknown.
    """
    if not together(left.unit, right.unit):
        return Reason.UNIT, False
    if not left.slack.meets(right.slack):
        return False, False
    if not (left.interval.is_point and right.interval.is_point):
        return Reason.APPROXIMATE, False
    return True, left.interval.exact != right.interval.exact


def fits(value: Value, kind: Kind) -> bool:
    """Whether a value can stand where one of that kind is expected; a measure may be anything."""
    if kind is Kind.MEASURE or isinstance(value, Unknown):
        return True
    if not isinstance(value, Number):
        return kind is kind_of(value)
    plain = value.unit.kind in PLAIN and kind in PLAIN
    return plain or value.unit.kind is kind or {value.unit.kind, kind} == {Kind.COUNT, Kind.NUMBER}
