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
