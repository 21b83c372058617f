"""Whole-number nodes → the source of Python functions: whole numbers in, which questions are violated or unknown out.

Truth has two sides here, surely true and surely false; what is neither is unknown. Each side is one Python expression in
which a value is only computed behind the test that it is known. Aggregates over child rows are computed once, in one loop
for each table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
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
    Read,
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
    WhollyNode,
    Words,
)
from perfrules.language.whole.ranges import below, walk

Given = frozenset[str]
"""Tests that hold already where an expression stands."""
EPOCH = date(1970, 1, 1)
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


_TEXT_TESTS = {
    "==": "{a} == {b}",
    "has": "{b} in {a}",
    "starts with": "{a}.startswith({b})",
    "ends with": "{a}.endswith({b})",
    "is_blank": f"{{a}}.strip() in {(*sorted(BLANK),)!r}",
}


class Printer:
    """Prints truths and numbers as Python expressions.

    `column` names what a column is read from, None where it holds nothing; `aggregated` what an aggregate was computed
    into.
    """

    def __init__(self, column: Callable[[Read], str], aggregated: Callable[[Aggregates], str]) -> None:
        self.column, self.aggregated = column, aggregated

    def surely(self, node: Truth, value: bool, given: Given = frozenset()) -> str:
        """An expression that is true where the condition is surely `value`; `given` tests hold already."""
        return _all(self.tests(node, value, given))

    def tests(self, node: Truth, value: bool, given: Given = frozenset()) -> list[str]:
        """The tests that all hold where the condition is surely `value`."""
        match node:
            case Always(found):
                return [] if found is value else ["False"]
            case Not(operand):
                return self.tests(operand, not value, given)
            case Both(parts) | Either(parts):
                if isinstance(node, Both) is value:
                    return self._all_of(parts, value, given)
                return [f"({' or '.join(self.surely(part, value, given) for part in parts)})"]
            case Compare():
                return self._compared(node, value, given)
            case TextCompare():
                return self._of_texts(node, value, given)
            case Is(operand) if node.value is None:
                known = f"({self.surely(operand, True)} or {self.surely(operand, False)})"
                return [f"not {known}" if value else known]
            case Is(operand):
                sure = f"({self.surely(operand, node.value is True, given)})"
                return [sure if value else f"not {sure}"]
            case Known(operand):
                guards = self.guards(operand, given)
                return guards if value else [f"not ({_all(guards)})"]
            case Flag(read):
                return [f"{self.column(read)} is {value}"]
            case Decided(yes, no):
                if value:
                    return self.tests(yes, True, given)
                return [f"not ({self.surely(yes, True)})", f"({self.surely(no, True)})"]
            case AnyRow():
                name = self.aggregated(node)
                return [name if value else f"not {name}"]
            case _:
                assert_never(node)

    def _all_of(self, parts: Sequence[Truth], value: bool, given: Given) -> list[str]:
        found: list[str] = []
        for part in parts:
            for test in self.tests(part, value, given):
                if test not in given:
                    found.append(test)
                    given = given | {test}
        return found

    def _compared(self, node: Compare, value: bool, given: Given) -> list[str]:
        guards = [*self.guards(node.left, given), *self.guards(node.right, given)]
        operator = node.operator if value else _OPPOSITE[node.operator]
        return [*dict.fromkeys(guards), self.comparison(operator, node.left, node.right)]

    def comparison(self, operator: str, left: Int, right: Int) -> str:
        """One comparison of two known numbers."""
        return f"{self.number(left)} {operator} {self.number(right)}"

    def _of_texts(self, node: TextCompare, value: bool, given: Given) -> list[str]:
        guards = [*self.guards(node.left, given), *self.guards(node.right, given)]
        test = _TEXT_TESTS[node.operator].format(a=self.text(node.left), b=self.text(node.right))
        return [*dict.fromkeys(guards), test if value else f"not {test}"]

    def text(self, node: Text) -> str:
        """The text, where it is known."""
        match node:
            case Words(value):
                return repr(value)
            case TextColumn(read):
                return self.column(read)
            case NoText():
                return "None"
            case TextCases(test, then, otherwise):
                return f"({self.text(then)} if {self.surely(test, True)} else {self.text(otherwise)})"
            case _:
                assert_never(node)

    def guards(self, node: Int | Text, given: Given = frozenset()) -> list[str]:
        """The tests that tell that a value is known."""
        return [each for each in dict.fromkeys(self._guards(node, given)) if each not in given]

    def _guards(self, node: Int | Text, given: Given) -> Iterator[str]:
        match node:
            case TextColumn(read) | Day(read) | DayPart(read):
                yield f"{self.column(read)} is not None"
            case Column(read):
                if not node.is_known:
                    yield f"{self.column(read)} is not None"
            case NoText():
                yield "False"
            case NotZero(operand):
                yield from self._guards(operand, given)
                yield self.is_not_zero(operand)
            case Where(test, value):
                yield from self.tests(test, True, given)
                yield from self._guards(value, given)
            case Cases(test) | TextCases(test):
                if may_be_unknown(node):
                    first = _all([*self.tests(test, True), *self._guards(node.then, frozenset())])
                    second = _all([*self.tests(test, False), *self._guards(node.otherwise, frozenset())])
                    yield f"({first} or {second})"
            case Utmost():
                yield f"{self.aggregated(node)} is not None"
            case Tally() | Total() | Different():
                return
            case _:
                for each in below(node):
                    yield from self._guards(each, given)  # type: ignore[arg-type]

    def is_not_zero(self, number: Int) -> str:
        """A test that a known number is not zero."""
        return f"{self.number(number)} != 0"

    def number(self, node: Int) -> str:
        """The number, where it is known."""
        match node:
            case Whole(value):
                return str(value) if value >= 0 else f"({value})"
            case Column(read):
                return self.column(read)
            case Day(read):
                return f"({self.column(read)}.toordinal() - {EPOCH.toordinal()})"
            case DayPart(read, part):
                return f"{self.column(read)}.{part}"
            case Sum(parts):
                return f"({self.number(parts[0])}{''.join(map(self._addend, parts[1:]))})"
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
            case Tally() | Total() | Utmost() | Different():
                return self.aggregated(node)
            case _:
                assert_never(node)

    def _addend(self, part: Int) -> str:
        match part:
            case Opposite(operand):
                return f" - {self.number(operand)}"
            case Whole(value) if value < 0:
                return f" - {-value}"
            case _:
                return f" + {self.number(part)}"


def _all(tests: Sequence[str]) -> str:
    return " and ".join(tests) or "True"


def columns_of(nodes: Sequence[WhollyNode]) -> list[Read]:
    """The columns that nodes read, each once."""
    found = (
        each.read
        for node in nodes
        for each in walk(node)
        if isinstance(each, Column | TextColumn | Flag | Day | DayPart)
    )
    return list(dict.fromkeys(found))
