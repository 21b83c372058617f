"""The range of a whole-number expression: between which numbers it must lie, from those its columns can hold.

None is an end without bound. The width of what has to be computed on the way decides which type of a database can hold it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from perfrules.language.whole.nodes import (
    Aggregates,
    Always,
    AnyRow,
    Both,
    Cases,
    Column,
    Compare,
    Day,
    DayPart,
    Decided,
    Different,
    Either,
    Flag,
    Int,
    Is,
    Known,
    Magnitude,
    Not,
    NoText,
    NotZero,
    Opposite,
    Product,
    Quotient,
    Sum,
    Tally,
    TextCases,
    TextColumn,
    TextCompare,
    Total,
    Truth,
    Utmost,
    Where,
    Whole,
    WhollyNode,
    Words,
)

Range = tuple[int | None, int | None]
MOST_ROWS = 10**12
"""More rows than any table has."""
LATEST_DAY, LATEST_YEAR = 3_000_000, 9999
"""Days from 1970 to beyond the year 9999, and back to before the year 1."""
LONGEST = 128
"""Bits of the longest number in a column without bounds."""


def range_of(node: Int) -> Range:
    """The numbers between which a known value lies, both ends included."""
    match node:
        case Whole(value):
            return value, value
        case Column():
            return node.low, node.high
        case Day():
            return -LATEST_DAY, LATEST_DAY
        case DayPart():
            return 1, LATEST_YEAR
        case Sum(parts):
            lows, highs = zip(*map(range_of, parts), strict=True)
            return _all(lows, sum), _all(highs, sum)
        case Product(left, right):
            return _product(range_of(left), range_of(right))
        case Quotient(left, right):
            high, least = range_of(left)[1], range_of(right)[0] or 1
            return 0, None if high is None else high // max(least, 1)
        case Opposite(operand):
            low, high = range_of(operand)
            return None if high is None else -high, None if low is None else -low
        case Magnitude(operand):
            low, high = range_of(operand)
            ends = None if low is None or high is None else max(abs(low), abs(high))
            if low is not None and low >= 0:
                return low, high
            return (-high if high is not None and high < 0 else 0), ends
        case NotZero(operand):
            low, high = range_of(operand)
            return (1 if low == 0 else low), (-1 if high == 0 else high)
        case Where(test, value):
            return _under(test, value)
        case Cases(_, then, otherwise):
            lows, highs = zip(range_of(then), range_of(otherwise), strict=True)
            return _all(lows, min), _all(highs, max)
        case Tally() | Different():
            return 0, MOST_ROWS
        case Total(_, _, body, given):
            most = given or MOST_ROWS
            low, high = range_of(body)
            return (
                0 if low is not None and low >= 0 else _times(low, most),
                0 if high is not None and high <= 0 else _times(high, most),
            )
        case Utmost(_, _, body, _):
            return range_of(body)
        case _:
            assert_never(node)


def _under(test: Truth, value: Int) -> Range:
    """The range of a value where a condition holds; `value >= 0` is one that tells of it."""
    low, high = range_of(value)
    if test == Compare(">=", value, Whole(0)) and (low is None or low < 0):
        low = 0
    return low, high


def _times(end: int | None, most: int) -> int | None:
    return None if end is None else end * most


def _all(ends: Iterable[int | None], of: object) -> int | None:
    found = list(ends)
    if None in found:
        return None
    return of(found)  # type: ignore[operator,no-any-return]


def _product(left: Range, right: Range) -> Range:
    if None not in left and None not in right:
        corners = [a * b for a in left for b in right]  # type: ignore[operator]
        return min(corners), max(corners)
    if all(low is not None and low >= 0 for low, _ in (left, right)):
        return left[0] * right[0], None  # type: ignore[operator]
    return None, None


def below(node: WhollyNode) -> tuple[WhollyNode, ...]:
    """The nodes directly below a node, those asked of rows included."""
    match node:
        case Whole() | Column() | Day() | DayPart() | Words() | TextColumn() | NoText() | Always() | Flag():
            return ()
        case Sum(parts) | Both(parts) | Either(parts):
            return parts
        case Product(left, right) | Quotient(left, right):
            return (left, right)
        case Compare(_, left, right):
            return (left, right)
        case TextCompare(_, first, second):
            return (first, second)
        case Opposite(operand) | Magnitude(operand) | NotZero(operand):
            return (operand,)
        case Not(truth) | Is(truth, _):
            return (truth,)
        case Known(known):
            return (known,)
        case Where(test, value):
            return (test, value)
        case Cases(test, then, otherwise):
            return (test, then, otherwise)
        case TextCases(test, one, other):
            return (test, one, other)
        case Decided(yes, no):
            return (yes, no)
        case Tally(_, test) | AnyRow(_, test):
            return (test,)
        case Total(_, test, body, _) | Utmost(_, test, body, _):
            return (test, body)
        case Different(_, test, each):
            return (test, each)
        case _:
            assert_never(node)


def walk(node: WhollyNode) -> Iterator[WhollyNode]:
    """A node and all below it."""
    yield node
    for each in below(node):
        yield from walk(each)


def widest(node: Int) -> int | None:
    """The greatest magnitude that computing a number passes through; None where a column has no bounds.

    What an aggregate computes row by row is not part of it, and neither are conditions inside.
    """
    ends = [*range_of(node), *(widest(each) for each in numbers_in(node))]
    return None if None in ends else max(abs(end) for end in ends)  # type: ignore[arg-type]


def numbers_in(node: Int) -> tuple[Int, ...]:
    """The numbers that a number is computed from, row by row; none in an aggregate."""
    if isinstance(node, Aggregates):
        return ()
    return tuple(each for each in below(node) if isinstance(each, Int))


def bits(node: Int) -> int:
    """How many bits a number may take, at most."""
    match node:
        case Product(left, right):
            return bits(left) + bits(right)
        case Sum(parts):
            return max(map(bits, parts)) + len(parts).bit_length()
        case Total(_, _, body, _):
            return bits(body) + MOST_ROWS.bit_length()
        case Utmost(_, _, body, _):
            return bits(body)
        case _ if inner := numbers_in(node):
            return max(map(bits, inner))
        case _:
            ends = [LONGEST if end is None else end.bit_length() for end in range_of(node)]
            return max(ends)
