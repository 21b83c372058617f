"""Questions over related rows → Python functions: in whole numbers, and in doubles that ask those where it is close.

A function takes the row of a department, with its projects and their targets in it, and gives what is open there: pairs of
question and outcome for the department, triples with the row for what is asked of projects and targets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from keyword import iskeyword
from typing import assert_never

from attrs import define, field

from perfrules.language.to_doubles import Atom, Filter
from perfrules.language.to_integers import Printer, columns_of
from perfrules.language.whole.nodes import (
    FALSE,
    TRUE,
    Aggregates,
    AnyRow,
    Column,
    Compare,
    Different,
    Int,
    Read,
    Tally,
    Text,
    Total,
    Utmost,
    Where,
    Whole,
    WhollyNode,
)
from perfrules.language.whole.ranges import below, walk
from perfrules.screening.asked import UNKNOWN, VIOLATED, Question, Relation

Found = list[tuple[int, int] | tuple[int, int, object]]
Asked = Callable[[object], Found]
Numbered = Sequence[tuple[int, Question]]
"""Questions with their numbers."""


def attribute(name: str) -> str:
    """The attribute of a row that holds a column or table of that name: a name that Python can have, whatever it is."""
    return name if name.isidentifier() and not iskeyword(name) else f"c_{name.encode().hex()}"


class CloseError(Exception):
    """A comparison too close for doubles, of numbers that only the whole road computes."""


class Wholes(dict[float, int]):
    """The whole number of steps that a double stands for, each computed once; forgets all when it grows long.

    Raises CloseError for a double that no decimal of so few places is read as.
    """

    def __init__(self, scale: int) -> None:
        self.scale = scale

    def __missing__(self, number: float) -> int:
        whole = round(number * self.scale)
        if whole / self.scale != number or abs(whole) >= 10**15:
            raise CloseError
        if len(self) >= 100_000:
            self.clear()
        self[number] = whole
        return whole


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


@define
class _Lines:
    lines: list[str] = field(factory=list)

    def add(self, indent: int, *lines: str) -> None:
        self.lines += [f"{'    ' * indent}{line}" for line in lines]


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
        body = _Lines()
        self.table(body, 0, 1, self.questions)
        lines = ["def asked(t0):", "    found = []", *body.lines, "    return found", ""]
        namespace: dict[str, object] = {}
        if self.exact is not None:
            lines, namespace = [*self.exact.lines, *lines], self.exact.namespace
        text = "\n".join(lines)
        exec(compile(text, "<rules as whole numbers>", "exec"), namespace)
        return namespace["asked"], text  # type: ignore[return-value]

    def table(self, out: _Lines, depth: int, indent: int, questions: Numbered) -> None:
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
        self, out: _Lines, depth: int, indent: int, aggregates: Sequence[Aggregates], questions: Numbered
    ) -> None:
        """The rows of a table: what is asked of each, and what is gathered over all."""
        for each in aggregates:
            out.add(indent, f"{self.variables[each]} = {_STARTS[type(each)]}")
        inner = _Lines()
        self.table(inner, depth, indent + 1, questions)
        for each in aggregates:
            self.aggregate(inner, each, indent + 1)
        if inner.lines:
            out.add(indent, f"for t{depth} in t{depth - 1}.{attribute(self.relations[depth].name)}:")
            out.lines += inner.lines

    def aggregate(self, out: _Lines, node: Aggregates, indent: int) -> None:
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

    def ask(self, out: _Lines, depth: int, indent: int, questions: Numbered) -> None:
        """What is open of a row; violated where that is sure, whatever else may be unknown."""
        row = f", t{depth}" if depth else ""
        for number, each in questions:
            word = "if"
            for truth, outcome in ((each.violated, VIOLATED), (each.unknown, UNKNOWN)):
                if truth != FALSE:
                    test = self.printer.surely(truth, True)
                    out.add(indent, f"{word} {test}:", f"    found.append(({number}, {outcome}{row}))")
                    word = "elif"


class Exact:
    """The comparisons that doubles leave open, each as a function over whole numbers; sums over rows are added up anew."""

    def __init__(
        self,
        columns: Mapping[Read, str],
        variables: Mapping[Aggregates, str],
        depths: Mapping[str, int],
        scales: Mapping[Read, int],
    ) -> None:
        self.columns, self.variables, self.depths, self.scales = columns, variables, depths, scales
        self.namespace: dict[str, object] = {"close": _close}
        self.calls: dict[Compare, str] = {}
        self.out = _Lines()

    @property
    def lines(self) -> list[str]:
        """The functions."""
        return self.out.lines

    def call(self, node: Compare) -> str:
        """The call by which a comparison is made in whole numbers; CloseError where it needs more than sums of columns."""
        if node not in self.calls:
            outside = [*_outside(node.left), *_outside(node.right)]
            aggregates = [each for each in outside if isinstance(each, Aggregates)]
            sums = {each: only_column(each) for each in aggregates if isinstance(each, Total)}
            tallies = [each for each in aggregates if isinstance(each, Tally)]
            plain = all(each.test == TRUE and column for each, column in sums.items())
            is_simple = plain and len(sums) + len(tallies) == len(dict.fromkeys(aggregates))
            self.calls[node] = self.written(node, sums, tallies) if is_simple else "close()"
        return self.calls[node]

    def written(self, node: Compare, sums: Mapping[Total, Column | None], tallies: Sequence[Tally]) -> str:
        """Writes the function, and gives the call."""
        name, out = f"w{len(self.calls)}", self.out
        sides = [*_outside(node.left), *_outside(node.right)]
        reads = columns_of([each for each in sides if isinstance(each, Column)])
        rows = dict.fromkeys(f"t{self.depths[each.table] - 1}" for each in sums)
        arguments = ", ".join(
            [*(self.columns[read] for read in reads), *(self.variables[each] for each in tallies), *rows]
        )
        out.add(0, f"def {name}({arguments}):")
        for read in reads:
            out.add(1, f"{self.columns[read]} = {self.wholes(read)}[{self.columns[read]}]")
        for total, column in sums.items():
            assert column is not None
            out.add(1, f"{self.variables[total]} = {self.summed(total, column)}")
        printer = Printer(self.columns.__getitem__, self.variables.__getitem__)
        out.add(1, f"return {printer.comparison(node.operator, node.left, node.right)}")
        return f"{name}({arguments})"

    def summed(self, total: Total, column: Column) -> str:
        """The sum of a column over the rows in which it is known."""
        held = f"r.{attribute(column.read[1])}"
        known = Printer(lambda _: held, self.variables.__getitem__).guards(total.body)
        kept = f" if {' and '.join(known)}" if known else ""
        return f"sum([{self.wholes(column.read)}[{held}] for r in t{self.depths[total.table] - 1}.{attribute(total.table)}{kept}])"

    def wholes(self, read: Read) -> str:
        """What gives the whole number of a double of a column."""
        name = f"W{self.scales[read]}"
        self.namespace.setdefault(name, Wholes(self.scales[read]))
        return name


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


def only_column(total: Total) -> Column | None:
    """The one column that a total adds up, where it is one."""
    columns = [each for each in walk(total.body) if isinstance(each, Column)]
    bare = total.body.value if isinstance(total.body, Where) else total.body
    return bare if isinstance(bare, Column) and all(each.read == bare.read for each in columns) else None


def _close() -> bool:
    raise CloseError


def _outside(node: WhollyNode) -> list[WhollyNode]:
    """A node and all below it, not what aggregates ask of their own rows."""
    if isinstance(node, Aggregates):
        return [node]
    return [node, *(inner for each in below(node) for inner in _outside(each))]
