"""A filter in front of whole numbers: the same tests over doubles, which decide only where rounding cannot have a say.

A comparison of two sides holds for sure where they are farther apart than `EPSILON` of all that was added up in them;
nearer than that the whole numbers are looked at, for that one comparison. A double read from a decimal of at most 15
digits tells which decimal that was, so nothing is lost by having passed through one. What the filter cannot say
raises `BeyondError`; then there is none, and whole numbers are computed from the start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import gcd

from attrs import evolve, frozen

from perfrules.language.to_integers import Printer
from perfrules.language.whole.amounts import BeyondError
from perfrules.language.whole.nodes import (
    Aggregates,
    Column,
    Compare,
    Day,
    DayPart,
    Different,
    Int,
    Magnitude,
    NotZero,
    Opposite,
    Product,
    Read,
    Sum,
    Tally,
    Total,
    Where,
    Whole,
)
from perfrules.language.whole.ranges import range_of

EPSILON = 1e-12
"""Over 4,000 times the rounding of one operation on doubles: enough for sums of as many numbers as `MOST_ROWS`."""
MOST_ROWS = 2_000


@frozen
class Monomial:
    """A whole factor times doubles, each worth a power of ten of steps; `signed` where it may be below zero."""

    factor: int
    atoms: tuple[str, ...]
    signed: bool = False


@frozen
class Atom:
    """A double in the generated code: its name, and by what it is multiplied to give whole steps."""

    name: str
    scale: int


@frozen
class Side:
    """One side of a comparison as a sum of terms, each a factor and the doubles it multiplies."""

    terms: tuple[tuple[float, str], ...]
    absolute: bool = False
    is_sure: bool = True

    def __str__(self) -> str:
        return self.times(1)

    def times(self, factor: float) -> str:
        """The side as Python text, multiplied by a factor."""
        written = [_term(each * factor, atoms) for each, atoms in self.terms]
        text = " + ".join(written) or "0"
        return f"abs({text})" if self.absolute else f"({text})" if len(written) > 1 else text

    @property
    def bound(self) -> str:
        """What was added up in it, without signs."""
        return " + ".join(f"abs({_term(each, atoms)})" for each, atoms in self.terms) or "0"


Exact = Callable[[Compare], str]
"""Gives the call that makes a comparison in whole numbers."""


class Filter(Printer):
    """Prints tests over doubles. `scales` tells how many steps a double of a column is worth."""

    def __init__(
        self,
        column: Callable[[Read], str],
        aggregated: Callable[[Aggregates], str],
        scales: Mapping[Read, int],
        exact: Exact,
        totals: Callable[[Total], Atom | None],
    ) -> None:
        super().__init__(column, aggregated)
        self.scales, self.exact, self.totals, self.count = scales, exact, totals, 0

    def comparison(self, operator: str, left: Int, right: Int) -> str:
        """One comparison of two known numbers: decided by doubles, or where they are close by the whole numbers."""
        if all(map(self.is_counted, (left, right))):
            return f"{self.number(left)} {operator} {self.number(right)}"
        plain = self.plain(left, right)
        if plain is not None:
            return f"{plain[0]} {operator} {plain[1]}"
        exact = self.exact(Compare(operator, left, right))
        a, b = self.sides(left, right)
        if not a.is_sure or not b.is_sure:
            return self.by_gap(operator, a, b, exact)
        low, high = b.times(1 - EPSILON), b.times(1 + EPSILON)
        match operator:
            case "<" | "<=":
                return f"({a} <= {high} and ({a} < {low} or {exact}))"
            case ">" | ">=":
                return f"({a} >= {low} and ({a} > {high} or {exact}))"
            case "==":
                return f"({low} <= {a} <= {high} and {exact})"
            case _:
                return f"(not {low} <= {a} <= {high} or {exact})"

    def by_gap(self, operator: str, a: Side, b: Side, exact: str) -> str:
        """A comparison with what may be below zero: by the gap between the sides, and what rounding can do to it."""
        self.count += 1
        gap, most = f"d{self.count}", f"e{self.count}"
        first = f"({gap} := {a} - {b})"
        last = f"({most} := ({a.bound} + {b.bound}) * {EPSILON!r})"
        match operator:
            case "<" | "<=":
                return f"({first} <= {last} and ({gap} < -{most} or {exact}))"
            case ">" | ">=":
                return f"({first} >= -{last} and ({gap} > {most} or {exact}))"
            case "==":
                return f"(abs{first} <= {last} and {exact})"
            case _:
                return f"(abs{first} > {last} or {exact})"

    def plain(self, left: Int, right: Int) -> tuple[str, str] | None:
        """Two columns, or a column and zero, that doubles compare as their decimals do; or two tallies."""
        a, b = _bare(left), _bare(right)
        match a, b:
            case Column(), Column() if self.scales[a.read] == self.scales[b.read]:
                return self.column(a.read), self.column(b.read)
            case Column(), Whole(0):
                return self.column(a.read), "0"
            case Whole(0), Column():
                return "0", self.column(b.read)
        return None

    def plain_number(self, number: Int) -> str:
        """A number that is a column, in doubles; raises BeyondError for what is computed."""
        bare = _bare(number)
        if isinstance(bare, Column):
            return self.column(bare.read)
        raise BeyondError("不是一栏", "no column alone")

    def is_counted(self, node: Int) -> bool:
        """Whether a number is counted or added up in whole numbers, not in doubles."""
        match node:
            case Whole() | Tally() | Day() | DayPart() | Different():
                return True
            case Total():
                return self.totals(node) is None
            case Product(left, right):
                return self.is_counted(left) and self.is_counted(right)
            case Sum(parts):
                return all(map(self.is_counted, parts))
            case NotZero(operand) | Opposite(operand) | Magnitude(operand) | Where(_, operand):
                return self.is_counted(operand)
            case _:
                return False

    def is_not_zero(self, number: Int) -> str:
        """A test that a column is not zero, which doubles tell; raises BeyondError for what is computed."""
        return f"{self.plain_number(number)} != 0"

    def sides(self, left: Int, right: Int) -> tuple[Side, Side]:
        """Both sides, divided by the factor of the first term: a number alone is then a double alone."""
        a, b = _bare(left), _bare(right)
        if isinstance(a, Magnitude) or isinstance(b, Magnitude):
            inner = [each.operand if isinstance(each, Magnitude) else each for each in (a, b)]
            terms = [self.monomials(each) for each in inner]
            factor = _factor(terms[0] or terms[1])
            first, second = (_side(each, factor) for each in terms)
            return (
                evolve(first, absolute=isinstance(a, Magnitude), is_sure=False),
                evolve(second, absolute=isinstance(b, Magnitude), is_sure=False),
            )
        both = self.monomials(a) + [evolve(each, factor=-each.factor) for each in self.monomials(b)]
        if any(each.signed for each in both):
            return evolve(_side(both, _factor(both)), is_sure=False), Side(())
        above = [each for each in both if each.factor > 0]
        under = [evolve(each, factor=-each.factor) for each in both if each.factor < 0]
        factor = _factor(above or under)
        return _side(above, factor), _side(under, factor)

    def monomials(self, node: Int) -> list[Monomial]:
        """A number as a sum of products of doubles, in steps."""
        match node:
            case Magnitude(operand):
                inner = self.monomials(operand)
                if len(inner) != 1:
                    raise BeyondError("和的绝对值", "the distance of a sum from zero inside a product")
                atoms = tuple(f"abs({each})" for each in inner[0].atoms)
                return [Monomial(abs(inner[0].factor), atoms)]
            case Whole(value):
                return [Monomial(value, ())] if value else []
            case Column():
                low = range_of(node)[0]
                scale = self.scales[node.read]
                return [Monomial(scale, (self.column(node.read),), low is None or low < 0)]
            case Where(_, value) if isinstance(value, Column):
                return [Monomial(self.scales[value.read], (self.column(value.read),))]
            case NotZero(operand) | Where(_, operand):
                return self.monomials(operand)
            case Sum(parts):
                return [each for part in parts for each in self.monomials(part)]
            case Opposite(operand):
                return [evolve(each, factor=-each.factor) for each in self.monomials(operand)]
            case Product(left, right):
                return [
                    Monomial(a.factor * b.factor, a.atoms + b.atoms, a.signed or b.signed)
                    for a in self.monomials(left)
                    for b in self.monomials(right)
                ]
            case Tally():
                return [Monomial(1, (self.aggregated(node),))]
            case Total():
                atom = self.totals(node)
                if atom is None:
                    raise BeyondError("整数之和与小数相比", "a whole sum beside doubles")
                return [Monomial(atom.scale, (atom.name,))]
            case _:
                raise BeyondError(f"{type(node).__name__}", f"{type(node).__name__} in doubles")

    def summand(self, total: Total) -> Atom:
        """What a total adds up for each row, as a double, and what it is worth; nothing below zero."""
        terms = self.monomials(total.body)
        if any(each.signed or each.factor < 0 for each in terms) or not terms:
            raise BeyondError("可能为负的数之和", "a sum of what may be negative")
        common = gcd(*(each.factor for each in terms))
        return Atom(str(_side(terms, common)), common)


def _bare(number: Int) -> Int:
    """A number without the conditions under which it is known."""
    while isinstance(number, NotZero | Where):
        number = number.operand if isinstance(number, NotZero) else number.value
    return number


def _factor(terms: list[Monomial]) -> int:
    return abs(terms[0].factor) if terms else 1


def _side(terms: list[Monomial], factor: int) -> Side:
    return Side(tuple((each.factor / factor, " * ".join(each.atoms)) for each in terms))


def _term(factor: float, atoms: str) -> str:
    if not atoms:
        return repr(float(factor))
    return atoms if factor == 1 else f"-{atoms}" if factor == -1 else f"{float(factor)!r} * {atoms}"


__all__ = ["EPSILON", "MOST_ROWS", "Atom", "Filter"]
