"""Questions over related rows → Python functions: in whole numbers, and in doubles that ask those where it is close.

A function takes the row of a department, with its projects and their targets in it, and gives what is open there: pairs of
question and outcome for the department, triples with the row for what is asked of projects and targets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

from perfrules.language.to_doubles import Atom, Filter
from perfrules.language.to_integers import Printer, columns_of
from perfrules.language.whole.nodes import (
    FALSE,
    Aggregates,
    AnyRow,
    Compare,
    Different,
    Int,
    Read,
    Tally,
    Text,
    Total,
    Utmost,
    Whole,
)
from perfrules.language.whole.ranges import walk
from perfrules.screening.asked import UNKNOWN, VIOLATED, Question, Relation
from perfrules.screening.exactly import Exact, Lines, _outside, attribute, only_column

Found = list[tuple[int, int] | tuple[int, int, object]]
Asked = Callable[[object], Found]
Numbered = Sequence[tuple[int, Question]]
"""Questions with their numbers."""


def integers(questions: Sequence[Question], relations: Sequence[Relation]) -> tuple[Asked, str]:
    """The function over rows whose figures are whole numbers (None where unknown), and its source."""
    return _Function(questions, relations, None).made()


def doubles(
    questions: Sequence[Question],
    relations: Sequence[Relation],
    scales: Mapping[Read, int],
    rounded: frozenset[Read] = frozenset(),
) -> tuple[Asked, str]:
    """The same over rows whose figures are doubles; raises CloseError while it runs, BeyondError where it cannot be made.

    `rounded` are columns of printed figures: one of more decimals than it may have is too close as well.
    """
    return _Function(questions, relations, scales, rounded).made()


_STARTS = {Tally: "0", Total: "0", AnyRow: "False", Utmost: "None", Different: "set()"}


class _Function:
    """One function while it is written; in doubles where there are `scales`."""

    def __init__(
        self,
        questions: Sequence[Question],
        relations: Sequence[Relation],
        scales: Mapping[Read, int] | None,
        rounded: frozenset[Read] = frozenset(),
    ) -> None:
        self.questions, self.relations, self.rounded = list(enumerate(questions)), relations, rounded
        self.depths = {relation.name: depth for depth, relation in enumerate(relations)}
        truths = [truth for each in questions for truth in (each.violated, each.unknown)]
        nodes = [node for truth in truths for node in walk(truth)]
        aggregates = dict.fromkeys(node for node in nodes if isinstance(node, Aggregates))
        self.columns = {read: f"c{read[0]}_{number}" for number, read in enumerate(columns_of(truths))}
        self.variables = {node: f"x{number}" for number, node in enumerate(aggregates)}
        self.namespace: dict[str, object] = {}
        self.exact = None
        self.printer = Printer(self.columns.__getitem__, self.aggregated)
        if scales is not None:
            self.exact = Exact(self.columns, self.variables, self.depths, scales)
            self.whole = _compared_whole([each for each in nodes if isinstance(each, Compare)])
            self.atoms: dict[Total, Atom | None] = dict.fromkeys(self.whole)
            self.printer = Filter(
                self.columns.__getitem__, self.aggregated, scales, self.exact.call, self.atoms.__getitem__
            )

    def aggregated(self, node: Aggregates) -> str:
        name = self.variables[node]
        return f"len({name})" if isinstance(node, Different) else name

    def made(self) -> tuple[Asked, str]:
        body = Lines()
        self.table(body, 0, 1, self.questions)
        lines = ["def asked(t0):", "    found = []", *body.lines, "    return found", ""]
        namespace: dict[str, object] = {}
        if self.exact is not None:
            lines, namespace = [*self.exact.lines, *lines], self.exact.namespace
        text = "\n".join(lines)
        exec(compile(text, "<rules as whole numbers>", "exec"), namespace)
        return namespace["asked"], text  # type: ignore[return-value]

    def table(self, out: Lines, depth: int, indent: int, questions: Numbered) -> None:
        """What is done with one row: its columns, the aggregates of its children, and the questions asked of it and them.

        Children that are asked about aggregates over their own table are gone through twice.
        """
        for read, name in self.columns.items():
            if read[0] == depth:
                out.add(indent, f"{name} = t{depth}.{attribute(read[1])}")
                if read in self.rounded and self.exact is not None:
                    out.add(indent, f"if {name} is not None:", f"    {self.exact.wholes(read)}[{name}]")
        child = depth + 1
        if child < len(self.relations):
            mine = [each for each in self.variables if self.depths[each.table] == child]
            deeper = [each for each in questions if each[1].depth >= child]
            late = deeper if any(self.looks_around(each) for _, each in deeper) else []
            if mine or deeper:
                self.loop(out, child, indent, mine, [] if late else deeper)
            if late:
                self.loop(out, child, indent, [], late)
        self.ask(out, depth, indent, [each for each in questions if each[1].depth == depth])

    def looks_around(self, question: Question) -> bool:
        """Whether a question is about aggregates over its own table, or one above."""
        nodes = (*walk(question.violated), *walk(question.unknown))
        return any(
            isinstance(each, Aggregates) and self.depths[each.table] <= question.depth for each in nodes
        )

    def loop(
        self, out: Lines, depth: int, indent: int, aggregates: Sequence[Aggregates], questions: Numbered
    ) -> None:
        """The rows of a table: what is asked of each, and what is gathered over all."""
        for each in aggregates:
            out.add(indent, f"{self.variables[each]} = {_STARTS[type(each)]}")
        inner = Lines()
        self.table(inner, depth, indent + 1, questions)
        for each in aggregates:
            self.aggregate(inner, each, indent + 1)
        if inner.lines:
            out.add(indent, f"for t{depth} in t{depth - 1}.{attribute(self.relations[depth].name)}:")
            out.lines += inner.lines

    def aggregate(self, out: Lines, node: Aggregates, indent: int) -> None:
        """What a row adds to an aggregate."""
        name, test = self.variables[node], self.printer.tests(node.test, True)
        if not isinstance(node, Tally | AnyRow):
            test += self.printer.guards(node.body, frozenset(test))
        match node:
            case Tally():
                step = f"{name} += 1"
            case AnyRow():
                test, step = [f"not {name}", *test], f"{name} = True"
            case Total():
                step = f"{name} += {self.added(node)}"
            case Utmost():
                value, sign = self.printer.number(node.body), "<" if node.is_least else ">"
                test.append(f"({name} is None or {value} {sign} {name})")
                step = f"{name} = {value}"
            case Different():
                step = f"{name}.add({self.held(node.body)})"
            case _:
                assert_never(node)
        if test:
            out.add(indent, f"if {' and '.join(test)}:", f"    {step}")
        else:
            out.add(indent, step)

    def added(self, node: Total) -> str:
        """What a row adds to a total."""
        if self.exact is None or not isinstance(self.printer, Filter):
            return self.printer.number(node.body)
        if node in self.whole:
            column = only_column(node)
            assert column is not None
            return f"{self.exact.wholes(column.read)}[{self.columns[column.read]}]"
        atom = self.printer.summand(node)
        self.atoms[node] = Atom(self.variables[node], atom.scale)
        return atom.name

    def held(self, body: Int | Text) -> str:
        """A number or text by which rows differ; doubles differ as their decimals do."""
        if isinstance(body, Text):
            return self.printer.text(body)
        return (
            self.printer.plain_number(body) if isinstance(self.printer, Filter) else self.printer.number(body)
        )

    def ask(self, out: Lines, depth: int, indent: int, questions: Numbered) -> None:
        """What is open of a row; violated where that is sure, whatever else may be unknown."""
        row = f", t{depth}" if depth else ""
        for number, each in questions:
            word = "if"
            for truth, outcome in ((each.violated, VIOLATED), (each.unknown, UNKNOWN)):
                if truth != FALSE:
                    test = self.printer.surely(truth, True)
                    out.add(indent, f"{word} {test}:", f"    found.append(({number}, {outcome}{row}))")
                    word = "elif"


def _compared_whole(compared: Sequence[Compare]) -> frozenset[Total]:
    """The totals of one column that are only compared with whole numbers, and for equality: near it by their nature."""
    alike, other = set[Total](), set[Total]()
    for node in compared:
        near = node.operator in ("==", "!=") and isinstance(node.right, Whole)
        totals = (
            each for side in (node.left, node.right) for each in _outside(side) if isinstance(each, Total)
        )
        (alike if near else other).update(totals)
    return frozenset(total for total in alike - other if only_column(total))
