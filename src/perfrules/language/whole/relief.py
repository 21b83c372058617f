"""Conditions without what other parts of them make sure of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from perfrules.language.whole.making import (
    _excludes_zero,
    _follows,
    any_row,
    both,
    compare,
    decided,
    either,
    may_be_unknown,
    negated,
    stated,
)
from perfrules.language.whole.nodes import (
    TRUE,
    AnyRow,
    Both,
    Compare,
    Decided,
    Either,
    Int,
    Is,
    Known,
    Magnitude,
    Not,
    NotZero,
    Opposite,
    Product,
    Sum,
    Tally,
    Total,
    Truth,
    Where,
)
from perfrules.language.whole.sums import magnitude, opposite, plus, times


def relieved(node: Truth, given: frozenset[Truth] = frozenset()) -> Truth:
    """The condition without what other parts of it make sure of: behind `x > 0` no divisor x is zero.

    It is as true as the one given; where that is false it may be false or unknown, where unknown, unknown or false
    """
    match node:
        case Both(parts):
            return both(*_relieved_parts(parts, given, lambda part: part))
        case Either(parts):
            return either(*_relieved_parts(parts, given, negated))
        case Not(operand):
            return negated(relieved(operand, given))
        case Is(operand, value):
            return stated(relieved(operand, given), value)
        case Compare(operator, left, right):
            return compare(operator, _relieved_number(left, given), _relieved_number(right, given))
        case Decided(yes, no):
            return decided(relieved(yes, given), relieved(no, given))
        case Known(operand) if node in given:
            return TRUE
        case AnyRow(table, test):
            return any_row(table, relieved(test))
        case _:
            return node


def _relieved_parts(
    parts: tuple[Truth, ...], given: frozenset[Truth], taken: Callable[[Truth], Truth]
) -> Iterator[Truth]:
    for part in parts:
        yield relieved(part, given)
        if not may_be_unknown(part, given):
            given = given | {*_follows(taken(part))}


def _relieved_number(number: Int, given: frozenset[Truth]) -> Int:
    match number:
        case NotZero(operand):
            inner = _relieved_number(operand, given)
            return (
                inner if not may_be_unknown(NotZero(inner), given) or _safe(inner, given) else NotZero(inner)
            )
        case Product(left, right):
            return times(_relieved_number(left, given), _relieved_number(right, given))
        case Sum(parts):
            return plus(*(_relieved_number(part, given) for part in parts))
        case Opposite(operand):
            return opposite(_relieved_number(operand, given))
        case Magnitude(operand):
            return magnitude(_relieved_number(operand, given))
        case Where(test, value):
            return Where(relieved(test, given), _relieved_number(value, given))
        case Tally(table, test):
            return Tally(table, relieved(test))
        case Total(table, test, body, most):
            return Total(table, relieved(test), _relieved_number(body, frozenset()), most)
        case _:
            return number


def _safe(number: Int, given: frozenset[Truth]) -> bool:
    return any(_excludes_zero(each, number) for each in given)
