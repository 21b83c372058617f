"""The arithmetic of values: intervals and slack side by side, comparisons that know when they do not know."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from operator import add, mul, sub, truediv

from perfrules.language.kinds import PLAIN, kind_of
from perfrules.language.words import PERSONS, UNITS
from perfrules.model.interval import Interval
from perfrules.model.truth import Number, Reason, Truth, Unknown, Value
from perfrules.model.unit import DAY, NUMBER, RATIO, Kind, Unit

BLANK = frozenset({"", "无", "暂无", "无偏差", "/", "-", "—"})
MAX_BITS = 8192
"""How long the numerator or the denominator of a result may grow: far beyond any budget, short enough to be quick."""

Fails = Reason
"""An operation that cannot be carried out gives the reason instead of a value."""


def point(value: Fraction, unit: Unit) -> Number:
    """An exact number, in base units of its unit's kind."""
    interval = Interval.point(value)
    return Number(interval, interval, unit)


def ratio(value: Fraction) -> Number:
    """An exact ratio."""
    return point(value, RATIO)


def negative(value: Value) -> Number | Fails:
    """The value with its sign turned; a target's value may be a text or a date, which have none."""
    if not isinstance(value, Number):
        return Reason.UNIT
    return Number(-value.interval, -value.slack, value.unit)


def computed(operator: str, left: Value, right: Value, kind: Kind = Kind.MEASURE) -> Number | Fails:
    """`left operator right`, or the reason why it has no value: a divisor that may be zero, units that do not meet.

    A result that is not of the kind the checker promised (家 divided by 元 in a table of targets) has no value.
    """
    if isinstance(left, date) and isinstance(right, date) and operator == "-":
        return point(Fraction((left - right).days), DAY)
    if not (isinstance(left, Number) and isinstance(right, Number)):
        return Reason.UNIT
    unit = _unit(operator, left.unit, right.unit)
    if unit is None or not _is_kind(unit.kind, kind):
        return Reason.UNIT
    try:
        interval = _OPERATIONS[operator](left.interval, right.interval)
    except ZeroDivisionError:
        return Reason.ZERO_DIVISOR
    try:
        slack = _OPERATIONS[operator](left.slack, right.slack)
    except ZeroDivisionError:  # the printed digits of the divisor allow a zero
        slack = Interval(None, None, False, False)
    return Reason.TOO_LARGE if _is_long(interval) or _is_long(slack) else Number(interval, slack, unit)


_OPERATIONS = {"+": add, "-": sub, "*": mul, "/": truediv}


def _is_long(interval: Interval) -> bool:
    for end in (interval.low,) if interval.low is interval.high else (interval.low, interval.high):
        if end is not None and max(end.numerator.bit_length(), end.denominator.bit_length()) > MAX_BITS:
            return True
    return False


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
    if left.kind is right.kind:
        return left.kind is not Kind.COUNT or not left.name or not right.name or _one_word(left, right)
    return _is_kind(left.kind, right.kind)


def _one_word(left: Unit, right: Unit) -> bool:
    """Whether two counts count the same things: by one measure word, or persons by either of theirs."""
    return left.name == right.name or (left.name in PERSONS and right.name in PERSONS)


def compared(operator: str, left: Value, right: Value) -> bool | Fails:
    """Whether a comparison holds; the reason where it cannot be told."""
    if not (isinstance(left, Number) and isinstance(right, Number)):
        return _plain("==" if operator == "≈" else operator, left, right)
    if not together(left.unit, right.unit):
        return Reason.UNIT
    alike = operator == "≈"
    decided = _alike(left, right) if alike else ordered(operator, left.interval, right.interval)
    return Reason.APPROXIMATE if decided is None else decided


def _plain(operator: str, left: Value, right: Value) -> bool | Fails:
    if type(left) is not type(right):
        return Reason.UNIT
    if operator in ("==", "!="):
        return (left == right) is (operator == "==")
    if not (isinstance(left, date) and isinstance(right, date)):
        return Reason.UNIT
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator]


def ordered(operator: str, left: Interval, right: Interval) -> bool | None:
    """The answer if it is the same for every pair of numbers, else None."""
    match operator:
        case "<":
            return True if left.is_below(right) else False if right.is_at_most(left) else None
        case "<=":
            return True if left.is_at_most(right) else False if right.is_below(left) else None
        case ">":
            return ordered("<", right, left)
        case ">=":
            return ordered("<=", right, left)
        case _:
            equal = _equal(left, right)
            return equal if operator == "==" or equal is None else not equal


def _equal(left: Interval, right: Interval) -> bool | None:
    if not left.meets(right):
        return False
    return True if left.is_point and right.is_point else None


def _alike(left: Number, right: Number) -> bool | None:
    """Whether the printed digits allow equality; open where an operand is not a single number and they might."""
    if not left.slack.meets(right.slack):
        return False
    return True if left.interval.is_point and right.interval.is_point else None


def only_by_rounding(left: Value, right: Value) -> bool:
    """Whether two alike numbers are alike only because their printed digits allow it."""
    return isinstance(left, Number) and isinstance(right, Number) and left.interval != right.interval


def fits(value: Value, kind: Kind) -> bool:
    """Whether a value can stand where one of that kind is expected; a measure may be anything."""
    return isinstance(value, Unknown) or _is_kind(kind_of(value), kind)


def _is_kind(found: Kind, expected: Kind) -> bool:
    """Whether a kind serves as another: ratios and numbers for each other, a number for a count."""
    if expected is Kind.MEASURE or found is expected:
        return True
    if found in PLAIN and expected in PLAIN:
        return True
    return Kind.NUMBER in (found, expected) and Kind.COUNT in (found, expected)


def negation(value: Value) -> Truth | Fails:
    """Kleene's not, of a known truth."""
    return value is False


def tested(operator: str, text: Value, part: Value) -> Truth | Fails:
    """`has`, `starts with`, `ends with` on texts as printed; a target's value may be none."""
    if not (isinstance(text, str) and isinstance(part, str)):
        return Reason.UNIT
    return {"has": part in text, "starts with": text.startswith(part), "ends with": text.endswith(part)}[
        operator
    ]


def is_blank(value: Value) -> Truth | Fails:
    """Whether a text says nothing: 无, 暂无, 无偏差 and the like."""
    return value.strip() in BLANK if isinstance(value, str) else Reason.UNIT


def is_of_kind(kind: Kind, value: Value) -> Truth | Fails:
    """Whether a target's value is of a kind."""
    return not isinstance(value, Unknown) and kind_of(value) is kind


def names_unit_of_kind(kind: Kind, text: Value) -> Truth | Fails:
    """Whether a text names a unit of a kind (家 a count); no answer where it names no unit that is known."""
    unit = UNITS.get(str(text).strip())
    return Reason.UNIT if unit is None else unit.kind is kind
