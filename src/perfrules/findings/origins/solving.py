"""The values of one printed figure with which a condition would come out as wanted, everything else staying as printed.

The steps of a condition's trace are undone from the outside in, exactly: `total ≈ basic + project` is solved for `basic`
as `total - project`, within the printed digits of all three. A figure that stands twice in one comparison, or inside a
function that is not undone here, is not solved: then every value is possible.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from fractions import Fraction

from attrs import frozen

from perfrules.model.fact import Fact, State
from perfrules.model.interval import Interval
from perfrules.model.quantity import Quantity
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.trace import Trace
from perfrules.model.truth import Number

Values = tuple[Interval, ...]
"""All numbers that are in one of the intervals."""
EVERY: Values = (Interval(None, None, False, False),)
NONE: Values = ()
ORDERS = {"<": (True, False), "<=": (True, True), ">": (False, False), ">=": (False, True)}
"""Whether the left side is the smaller one, and whether the two may be equal."""
EQUALITIES = ("≈", "==", "!=")
_PASSED_ON = ("parameter", "or else", "if")
_ZERO = Fraction(0)
_ABOVE, _BELOW = Interval(_ZERO, None, False, False), Interval(None, _ZERO, False, False)
_FROM_ZERO = Interval(_ZERO, None, True, False)
_NEVER_NEGATIVE = frozenset(
    field.name for each in CORE_TYPES.values() for field in each.fields if field.nonnegative
)


def figure_of(fact: Fact) -> Hashable:
    """What makes two facts one printed figure: the place and the words; a fact without a place is only itself."""
    return fact if fact.location is None else (fact.location, fact.quote)


@frozen
class Solving:
    """A figure that is solved for; where `equalities_only`, other comparisons stay as they came out."""

    fact: Fact
    equalities_only: bool = False

    def values(self, trace: Trace, *, wanted: bool = True) -> Values:
        """The values with which the condition would come out as wanted, none below zero where the field has none."""
        found = self._truth(trace, wanted)
        return common(found, (_FROM_ZERO,)) if self.fact.field in _NEVER_NEGATIVE else found

    def _truth(self, trace: Trace, wanted: bool) -> Values:
        if not self._times(trace):
            return EVERY if trace.value is wanted else NONE
        match trace.operator:
            case "and" | "all" | "or" | "any":
                parts = [self._truth(part, wanted) for part in trace.parts]
                together = (trace.operator in ("and", "all")) is wanted
                return _in_all(parts) if together else tuple(each for part in parts for each in part)
            case "not":
                return self._truth(trace.parts[0], not wanted)
            case "or else":
                return self._truth(trace.parts[0], wanted)
            case "if" if not self._times(trace.parts[0]):
                return self._truth(trace.parts[-1], wanted)
            case operator if operator in EQUALITIES:
                return self._equal(trace, wanted is (operator != "!="))
            case operator if self.equalities_only:
                return EVERY if trace.value is wanted else NONE
            case operator if operator in ORDERS:
                return self._ordered(trace, wanted)
            case _:
                return EVERY

    def _equal(self, trace: Trace, wanted: bool) -> Values:
        within_digits = trace.operator == "≈"
        side, other = self._sides(trace)
        if other is None or not isinstance(other.value, Number):
            return EVERY
        goal = other.value.slack if within_digits else other.value.interval
        found = self._undone(side, goal, within_digits)
        return found if wanted or found == EVERY else _others(found)

    def _ordered(self, trace: Trace, wanted: bool) -> Values:
        side, other = self._sides(trace)
        limit = other.value.interval.exact if other is not None and isinstance(other.value, Number) else None
        if limit is None:
            return EVERY
        below, closed = ORDERS[trace.operator]
        below = below is (side is trace.parts[0])
        if not wanted:
            below, closed = not below, not closed
        goal = Interval(None, limit, False, closed) if below else Interval(limit, None, closed, False)
        return self._undone(side, goal, within_digits=False)

    def _sides(self, trace: Trace) -> tuple[Trace, Trace | None]:
        """The side the figure is on, and the other; no other where it stands more than once."""
        left, right = trace.parts
        if self._times(trace) != 1:
            return left, None
        return (left, right) if self._times(left) else (right, left)

    def _times(self, trace: Trace) -> int:
        """How often the figure stands in a step."""
        here = trace.fact is not None and self._is(trace.fact)
        inside = [self._times(each) for each in _inside(trace)]
        return int(here) + (0 if here else sum(inside))

    def _is(self, fact: Fact) -> bool:
        return fact.state is not State.DERIVED and figure_of(fact) == figure_of(self.fact)

    def _undone(self, step: Trace, goal: Interval, within_digits: bool) -> Values:
        """The values of the figure with which a step can come to a number of the goal."""
        if step.fact is not None and self._is(step.fact):
            return (goal - _rounding(self.fact),) if within_digits else (goal,)
        if step.fact is not None and step.fact.trace is not None:
            return self._undone(step.fact.trace, goal, within_digits)
        if step.operator in _PASSED_ON:
            return self._undone(step.parts[-1], goal, within_digits)
        at = next(index for index, part in enumerate(step.parts) if self._times(part))
        others = [_known(part, within_digits) for index, part in enumerate(step.parts) if index != at]
        if None in others:
            return EVERY
        goals = _before(step.operator, at, goal, [each for each in others if each is not None])
        if goals is None:
            return EVERY
        return tuple(value for each in goals for value in self._undone(step.parts[at], each, within_digits))


def common(left: Values, right: Values) -> Values:
    """The numbers in both."""
    return tuple(both for a in left for b in right if (both := a.meet(b)) is not None)


def _in_all(parts: Iterable[Values]) -> Values:
    found = EVERY
    for each in parts:
        found = common(found, each)
    return found


def _others(values: Values) -> Values:
    """All numbers that are in none of the intervals."""
    found = EVERY
    for each in values:
        outside = []
        if each.low is not None:
            outside.append(Interval(None, each.low, False, not each.low_closed))
        if each.high is not None:
            outside.append(Interval(each.high, None, not each.high_closed, False))
        found = common(found, tuple(outside))
    return found


def _inside(trace: Trace) -> Iterator[Trace]:
    if trace.fact is None:
        yield from trace.parts
    elif trace.fact.trace is not None:
        yield trace.fact.trace


def _known(trace: Trace, within_digits: bool) -> Interval | None:
    if not isinstance(trace.value, Number):
        return None
    return trace.value.slack if within_digits else trace.value.interval


def _rounding(fact: Fact) -> Interval:
    """What rounding may have added to the figure as printed: from minus to plus half a unit of its last digit."""
    value = fact.value
    assert isinstance(value, Quantity)
    if value.slack is None or value.exact is None:
        return Interval.point(_ZERO)
    return value.slack - Interval.point(value.exact)


def _before(operator: str, at: int, goal: Interval, others: list[Interval]) -> Values | None:
    """What the part at that place must have been for a step to come to the goal; None where that is not undone here."""
    match operator, at:
        case "+" | "sum", _:
            return (goal - _total(others),)
        case "-", 0:
            return (goal + others[0],) if others else (-goal,)
        case "-", _:
            return (others[0] - goal,)
        case "*", _:
            return EVERY if _ZERO in goal and _ZERO in others[0] else _quotients(goal, others[0])
        case "/", 0:
            return (goal * others[0],)
        case "/", _:
            return EVERY if _ZERO in goal and _ZERO in others[0] else _quotients(others[0], goal)
        case "abs", _:
            above = goal.meet(_FROM_ZERO)
            return NONE if above is None else (above, -above)
        case _:
            return None


def _total(parts: list[Interval]) -> Interval:
    total = Interval.point(_ZERO)
    for each in parts:
        total += each
    return total


def _quotients(dividend: Interval, divisor: Interval) -> Values:
    """Every quotient of a number of the one by a number of the other that is not zero."""
    halves = (divisor.meet(_ABOVE), divisor.meet(_BELOW))
    return tuple(dividend * each.reciprocal() for each in halves if each is not None)
