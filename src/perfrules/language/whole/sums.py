"""Numbers made small: what is written out is computed, and what changes nothing falls away."""

from __future__ import annotations

from perfrules.language.whole.nodes import (
    Int,
    Magnitude,
    Opposite,
    Product,
    Sum,
    Whole,
)
from perfrules.language.whole.ranges import range_of


def plus(*parts: Int) -> Int:
    """The sum, its written numbers added up."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Sum) else (part,))]
    written = sum(part.value for part in flat if isinstance(part, Whole))
    rest: list[Int] = [part for part in flat if not isinstance(part, Whole)]
    if written or not rest:
        rest.append(Whole(written))
    return rest[0] if len(rest) == 1 else Sum(tuple(rest))


def opposite(number: Int) -> Int:
    """The number with its sign turned."""
    match number:
        case Whole(value):
            return Whole(-value)
        case Opposite(operand):
            return operand
        case _:
            return Opposite(number)


def minus(left: Int, right: Int) -> Int:
    """The difference."""
    return plus(left, opposite(right))


def times(left: Int, right: Int) -> Int:
    """The product; zero times what may be unknown stays."""
    match left, right:
        case (Whole(a), Whole(b)):
            return Whole(a * b)
        case (Whole(1), other) | (other, Whole(1)):
            return other
        case (Whole(a), Product(Whole(b), other)) | (Product(Whole(b), other), Whole(a)):
            return Product(Whole(a * b), other)
        case (other, Whole() as factor):
            return Product(factor, other)
        case _:
            return Product(left, right)


def magnitude(number: Int) -> Int:
    """The distance from zero."""
    low = range_of(number)[0]
    if isinstance(number, Whole):
        return Whole(abs(number.value))
    return number if low is not None and low >= 0 else Magnitude(number)
