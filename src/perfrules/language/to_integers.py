"""Whole-number nodes → the source of Python functions: whole numbers in, which questions are violated or unknown out.

Truth has two sides here, surely true and surely false; what is neither is unknown. Each side is one Python expression in
which a value is only computed behind the test that it is known. Aggregates over child rows are computed once, in one loop
for each table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import assert_never

from perfrules.language.values import BLANK
from perfrules.language.whole.making import may_be_unknown
from perfrules.language.whole.nodes import (
    Aggregates,
    Always,
    AnyRow,
    Both,
    Cases,
    Column,
    Compare,
    Day,
    Decided,
    Either,
    Fallback,
    Flag,
    Int,
    Is,
    Known,
    Magnitude,
    Not,
    NotZero,
    Opposite,
    Product,
    Quotient,
    Read,
    Sum,
    Tally,
    Text,
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
from perfrules.language.whole.ranges import walk

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


class Printer:
    """Prints truths and numbers as Python expressions; `column` names what a column is read from."""

    def __init__(self, column: Callable[[Read], str], aggregated: Callable[[Aggregates], str]) -> None:
        self.column, self.aggregated = column, aggregated

    def surely(self, node: Truth, value: bool, given: frozenset[str] = frozenset()) -> str:
        """An expression that is true where the condition is surely `value`; `given` tests hold already."""
        return self.joined(self.tests(node, value, given), " and ") or "True"

    def joined(self, tests: Sequence[str], word: str) -> str:
        return word.join(tests)

    def tests(self, node: Truth, value: bool, given: frozenset[str]) -> list[str]:
        """The tests that all hold where the condition is surely `value`."""
        match node:
            case Always(found):
                return [] if found is value else ["False"]
            case Not(operand):
                return self.tests(operand, not value, given)
            case Both(parts) | Either(parts):
                if isinstance(node, Both) is value:
                    return self.all_of(parts, value, given)
                return [self.any_of(parts, value, given)]
            case Compare():
                return self.compared(node, value, given)
            case TextCompare(operator, left, right):
                return self.of_texts(operator, left, right, value, given)
            case Is(operand, wanted):
                if wanted is None:
                    open_ = f"not ({self.surely(operand, True)} or {self.surely(operand, False)})"
                    return [open_] if value else [open_[4:]]
                sure = self.surely(operand, wanted, given)
                return [f"({sure})"] if value else [f"not ({sure})"]
            case Known(operand):
                guards = self.guards(operand, given)
                return guards if value else [f"not ({' and '.join(guards) or 'True'})"]
            case Flag(read):
                return [f"{self.column(read)} is {value}"]
            case Decided(yes, no):
                if value:
                    return self.tests(yes, True, given)
                return [f"not ({self.surely(yes, True)})", f"({self.surely(no, True)})"]
            case AnyRow():
                name = self.aggregated(node)
                return [name] if value else [f"not {name}"]
            case _:
                assert_never(node)

    def all_of(self, parts: Sequence[Truth], value: bool, given: frozenset[str]) -> list[str]:
        found: list[str] = []
        for part in parts:
            for test in self.tests(part, value, given):
                if test not in given:
                    found.append(test)
                    given = given | {test}
        return found

    def any_of(self, parts: Sequence[Truth], value: bool, given: frozenset[str]) -> str:
        return f"({' or '.join(self.surely(part, value, given) for part in parts)})"

    def compared(self, node: Compare, value: bool, given: frozenset[str]) -> list[str]:
        guards = [*self.guards(node.left, given), *self.guards(node.right, given)]
        operator = node.operator if value else _OPPOSITE[node.operator]
        return [*dict.fromkeys(guards), self.comparison(operator, node.left, node.right)]

    def comparison(self, operator: str, left: Int, right: Int) -> str:
        """One comparison of two known numbers."""
        return f"{self.number(left)} {operator} {self.number(right)}"

    def of_texts(
        self, operator: str, left: Text, right: Text, value: bool, given: frozenset[str]
    ) -> list[str]:
        guards = [*self.guards(left, given), *self.guards(right, given)]
        a, b = self.text(left), self.text(right)
        test = {
            "==": f"{a} == {b}",
            "is_blank": f"{a}.strip() in {(*sorted(BLANK),)!r}",
            "has": f"{b} in {a}",
            "starts with": f"{a}.startswith({b})",
            "ends with": f"{a}.endswith({b})",
        }[operator]
        return [*guards, test if value else f"not {test}"]

    def text(self, node: Text) -> str:
        return repr(node.value) if isinstance(node, Words) else self.column(node.read)

    def guards(self, node: Int | Text, given: frozenset[str]) -> list[str]:
        """The tests that tell that a value is known."""
        return [each for each in dict.fromkeys(self._guards(node, given)) if each not in given]

    def _guards(self, node: Int | Text, given: frozenset[str]) -> Iterator[str]:
        match node:
            case Words() | Whole() | Tally() | Total():
                return
            case TextColumn(read) | Day(read):
                yield f"{self.column(read)} is not None"
            case Column():
                if not node.is_known:
                    yield f"{self.column(node.read)} is not None"
            case NotZero(operand):
                yield from self._guards(operand, given)
                yield self.is_not_zero(operand)
            case Where(test, value):
                yield from self.tests(test, True, given)
                yield from self._guards(value, given)
            case Cases(test, then, otherwise):
                if may_be_unknown(node):
                    first = " and ".join([self.surely(test, True), *self._guards(then, given)])
                    second = " and ".join([self.surely(test, False), *self._guards(otherwise, given)])
                    yield f"({first} or {second})"
            case Fallback(first_, second_):
                if may_be_unknown(node):
                    one = " and ".join(self._guards(first_, given)) or "True"
                    two = " and ".join(self._guards(second_, given)) or "True"
                    yield f"({one} or {two})"
            case Sum(parts):
                for part in parts:
                    yield from self._guards(part, given)
            case Product(left, right) | Quotient(left, right):
                yield from self._guards(left, given)
                yield from self._guards(right, given)
            case Opposite(operand) | Magnitude(operand):
                yield from self._guards(operand, given)
            case Utmost():
                yield f"{self.aggregated(node)} is not None"
            case _:
                assert_never(node)

    def is_not_zero(self, number: Int) -> str:
        return f"{self.number(number)} != 0"

    def number(self, node: Int) -> str:
        """The number, where it is known."""
        match node:
            case Whole(value):
                return str(value) if value >= 0 else f"({value})"
            case Column():
                return self.column(node.read)
            case Day(read):
                return self.column(read)
            case Sum(parts):
                return f"({' + '.join(map(self.number, parts)).replace('+ -', '- ')})"
            case Product(left, right):
                return f"{self.number(left)} * {self.number(right)}"
            case Quotient(left, right):
                return f"({self.number(left)} // ({self.number(right)}))"
            case Opposite(operand):
                return f"-{self.number(operand)}"
            case Magnitude(operand):
                return f"abs({self.number(operand)})"
            case NotZero(operand):
                return self.number(operand)
            case Where(_, value_):
                return self.number(value_)
            case Cases(test, then, otherwise):
                return f"({self.number(then)} if {self.surely(test, True)} else {self.number(otherwise)})"
            case Fallback(first, second):
                guards = " and ".join(self._guards(first, frozenset())) or "True"
                return f"({self.number(first)} if {guards} else {self.number(second)})"
            case Tally() | Total() | Utmost():
                return self.aggregated(node)
            case _:
                assert_never(node)


def columns_of(nodes: Sequence[WhollyNode]) -> list[Read]:
    """The columns that nodes read, each once."""
    found = (
        each.read
        for node in nodes
        for each in walk(node)
        if isinstance(each, Column | TextColumn | Flag | Day) and each.read[1]
    )
    return list(dict.fromkeys(found))
