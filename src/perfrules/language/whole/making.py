"""Nodes made small: numbers written out are computed, what is always true or false falls away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import eq, ge, gt, le, lt, ne

from perfrules.language.whole.nodes import (
    FALSE,
    TRUE,
    UNKNOWN,
    ZERO,
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
    Text,
    TextCases,
    TextColumn,
    TextCompare,
    Total,
    Truth,
    Utmost,
    Where,
    Whole,
    Words,
)
from perfrules.language.whole.ranges import below, range_of

_COMPARED = {"<": lt, "<=": le, "==": eq, "!=": ne, ">": gt, ">=": ge}


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


def not_zero(number: Int) -> Int:
    """The number, unknown where it is zero."""
    low, high = range_of(number)
    sure = (low is not None and low > 0) or (high is not None and high < 0)
    return number if sure else NotZero(number)


def where(test: Truth, number: Int) -> Int:
    """The number where a condition holds."""
    return number if test == TRUE else Where(test, number)


def compare(operator: str, left: Int, right: Int) -> Truth:
    """A comparison, decided where both sides are written out."""
    if isinstance(left, Whole) and isinstance(right, Whole):
        return Always(_COMPARED[operator](left.value, right.value))
    return Compare(operator, left, right)


def both(*parts: Truth) -> Truth:
    """Kleene's and."""
    kept = _kept(parts, Both, TRUE)
    return FALSE if FALSE in kept else _one(kept, Both, TRUE)


def either(*parts: Truth) -> Truth:
    """Kleene's or."""
    kept = _kept(parts, Either, FALSE)
    return TRUE if TRUE in kept else _one(kept, Either, FALSE)


def _kept(parts: Iterable[Truth], kind: type[Both] | type[Either], neutral: Always) -> list[Truth]:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    return [part for part in dict.fromkeys(flat) if part != neutral]


def _one(parts: list[Truth], kind: type[Both] | type[Either], neutral: Always) -> Truth:
    return neutral if not parts else parts[0] if len(parts) == 1 else kind(tuple(parts))


def negated(truth: Truth) -> Truth:
    """Kleene's not."""
    match truth:
        case Always(None):
            return UNKNOWN
        case Always(value):
            return Always(not value)
        case Not(operand):
            return operand
        case _:
            return Not(truth)


def stated(truth: Truth, value: bool | None) -> Truth:
    """Whether a condition is true, false or unknown."""
    match truth:
        case Always(found):
            return Always(found is value)
        case Not(operand):
            return stated(operand, None if value is None else not value)
        case Decided(yes, no):
            sure, against = stated(yes, True), stated(no, True)
            if value is True:
                return sure
            return both(negated(sure), against if value is False else negated(against))
        case _ if value is None and not may_be_unknown(truth):
            return FALSE
        case Compare(_, left, right) | TextCompare(_, left, right) if value is None:
            return negated(both(known(left), known(right)))
        case Both(parts) if value is None:
            return _open(parts, True)
        case Either(parts) if value is None:
            return _open(parts, False)
        case _ if value is True and not may_be_unknown(truth):
            return truth
        case _ if value is False and not may_be_unknown(truth):
            return negated(truth)
        case _:
            return Is(truth, value)


def _open(parts: tuple[Truth, ...], passing: bool) -> Truth:
    """Whether an `and` (an `or`, where parts pass by being false) is unknown: no part decides, and one is unknown."""
    given: frozenset[Truth] = frozenset()
    sure, unsure = [], []
    for part in parts:
        if may_be_unknown(part, given):
            unsure.append(part)
        else:
            sure.append(stated(part, passing))
            given = given | {*_follows(part if passing else negated(part))}
    if len(unsure) == 1:
        return both(*sure, stated(unsure[0], None))
    undecided = (negated(stated(part, not passing)) for part in unsure)
    return both(*sure, *undecided, either(*(stated(part, None) for part in unsure)))


def known(value: Int | Text) -> Truth:
    """Whether a number or text is known: whether its columns are, and its divisors not zero."""
    if not may_be_unknown(value):
        return TRUE
    match value:
        case NotZero(operand):
            return both(known(operand), compare("!=", operand, ZERO))
        case DayPart(read):
            return Known(Day(read))
        case Where(test, number):
            return both(stated(test, True), known(number))
        case NoText():
            return FALSE
        case Cases(test, then, otherwise):
            return either(both(stated(test, True), known(then)), both(stated(test, False), known(otherwise)))
        case TextCases(test, one, other):
            return either(both(stated(test, True), known(one)), both(stated(test, False), known(other)))
        case Sum() | Product() | Quotient() | Opposite() | Magnitude():
            return both(*(known(each) for each in below(value)))  # type: ignore[arg-type]
        case _:
            return Known(value)


def decided(yes: Truth, no: Truth) -> Truth:
    """True where `yes` is true, else false where `no` is true, else unknown."""
    if yes == TRUE:
        return TRUE
    if no == TRUE:
        return stated(yes, True)
    if yes in (FALSE, UNKNOWN) and no in (FALSE, UNKNOWN):
        return UNKNOWN
    return Decided(yes, no)


def any_row(table: str, test: Truth) -> Truth:
    """Whether some row has a condition true."""
    return FALSE if test in (FALSE, UNKNOWN) else AnyRow(table, test)


def may_be_unknown(node: Int | Text | Truth, given: frozenset[Truth] = frozenset()) -> bool:
    """Whether a node can be unknown, where conditions that are `given` are true.

    In an `and` every part but one may be taken as true where it is never unknown: else the whole is false; so what
    stands behind `is_known(x)` and `x > 0` knows x and may divide by it.
    """
    match node:
        case Whole() | Words() | Is() | Known() | AnyRow() | Tally() | Total() | Different():
            return False
        case Always(value):
            return value is None
        case Column():
            return not node.is_known and Known(node) not in given
        case TextColumn() | Day() | Utmost():
            return Known(node) not in given
        case DayPart(read):
            return Known(Day(read)) not in given
        case Flag() | Decided() | NoText():
            return True
        case NotZero(operand):
            return may_be_unknown(operand, given) or not any(_excludes_zero(each, operand) for each in given)
        case Where(test, value):
            return test not in given or may_be_unknown(value, given)
        case Both(parts):
            return _parts_may_be_unknown(parts, given, lambda part: part)
        case Either(parts):
            return _parts_may_be_unknown(parts, given, negated)
        case _:
            return any(may_be_unknown(each, given) for each in below(node))


def _parts_may_be_unknown(
    parts: tuple[Truth, ...], given: frozenset[Truth], taken: Callable[[Truth], Truth]
) -> bool:
    """Whether one of the parts can be unknown while none of those before it, which are never unknown, decides."""
    for part in parts:
        if may_be_unknown(part, given):
            return True
        given = given | {*_follows(taken(part))}
    return False


def _follows(truth: Truth) -> Iterator[Truth]:
    """What is true where a condition is: itself, the parts of an `and`, that a column compared is known."""
    yield truth
    match truth:
        case Both(parts):
            for part in parts:
                yield from _follows(part)
        case Is(operand, True):
            yield from _follows(operand)
        case Not(Either(parts)):
            for part in parts:
                yield from _follows(negated(part))
        case Compare(_, left, right):
            yield from (Known(each) for each in (left, right) if isinstance(each, Column))


def _excludes_zero(truth: Truth, number: Int) -> bool:
    match truth:
        case Compare(">" | "!=", left, Whole(0)) | Compare("<" | "!=", Whole(0), left):
            return left == number
        case Not(Compare("==", left, Whole(0))) | Not(Compare("==", Whole(0), left)):
            return left == number
        case _:
            return False


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


__all__ = [
    "any_row",
    "both",
    "compare",
    "decided",
    "either",
    "known",
    "magnitude",
    "may_be_unknown",
    "minus",
    "negated",
    "not_zero",
    "opposite",
    "plus",
    "relieved",
    "stated",
    "times",
    "where",
]
