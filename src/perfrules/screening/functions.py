"""Questions over related rows → Python functions: in whole numbers, and in doubles that ask those where it is close.

A function takes the row of a department, with its projects and their targets in it, and gives what is open there: pairs of
question and outcome for the department, triples with the row for what is asked of projects and targets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from keyword import iskeyword

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
    Read,
    Tally,
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


class _Function:
    def __init__(
        self,
        questions: Sequence[Question],
        relations: Sequence[Relation],
        scales: Mapping[Read, int] | None,
        rounded: frozenset[Read] = frozenset(),
    ) -> None:
        self.questions, self.relations, self.scales, self.rounded = questions, relations, scales, rounded
        self.depths = {relation.name: depth for depth, relation in enumerate(relations)}
        self.names: dict[Aggregates, str] = {}
        self.atoms: dict[Aggregates, Atom | None] = {}
        self.whole = self.compared_whole()
        self.exacts: dict[Compare, str] = {}
        self.exact_lines = _Lines()
        self.namespace: dict[str, object] = {"CloseError": CloseError}
        self.columns = {
            read: f"c{read[0]}_{index}"
            for index, read in enumerate(columns_of([t for q in questions for t in (q.violated, q.unknown)]))
        }
        for each in questions:
            for truth in (each.violated, each.unknown):
                for node in walk(truth):
                    if isinstance(node, Aggregates):
                        self.names.setdefault(node, f"x{len(self.names)}")
        if scales is None:
            self.printer = Printer(self.columns.__getitem__, self.names.__getitem__)
        else:
            self.printer = Filter(
                self.columns.__getitem__, self.names.__getitem__, scales, self.exact, self.atoms.__getitem__
            )

    def made(self) -> tuple[Asked, str]:
        body = _Lines()
        self.table(body, 0, 1)
        head = ["def asked(t0):", "    found = []"]
        text = "\n".join([*self.exact_lines.lines, *head, *body.lines, "    return found", ""])
        exec(compile(text, "<rules as whole numbers>", "exec"), self.namespace)  # noqa: S102: our own text, from checked nodes
        return self.namespace["asked"], text  # type: ignore[return-value]

    def table(self, out: _Lines, depth: int, indent: int) -> None:
        """What is done with one row: its columns, its children's aggregates, its questions."""
        for (level, column), name in self.columns.items():
            if level == depth:
                out.add(indent, f"{name} = t{depth}.{attribute(column)}")
                if (level, column) in self.rounded:
                    out.add(indent, f"if {name} is not None:", f"    {self.wholes((level, column))}[{name}]")
        child = depth + 1
        if child < len(self.relations):
            mine = [each for each in self.names if self.depths[each.table] == child]
            asked = any(each.depth >= child for each in self.questions)
            late = any(
                self.depths[node.table] <= each.depth
                for each in self.questions
                for truth in (each.violated, each.unknown)
                for node in walk(truth)
                if isinstance(node, Aggregates)
            )
            if mine or asked:
                self.loop(out, child, indent, mine, asked=asked and not late)
            if asked and late:
                self.loop(out, child, indent, [], asked=True)
        self.ask(out, depth, indent)

    def loop(
        self, out: _Lines, depth: int, indent: int, aggregates: Sequence[Aggregates], *, asked: bool
    ) -> None:
        starts = {Tally: "0", Total: "0", AnyRow: "False", Utmost: "None"}
        for each in aggregates:
            out.add(indent, f"{self.names[each]} = {starts[type(each)]}")
        inner = _Lines()
        if asked:
            self.table(inner, depth, indent + 1)
        else:
            self.without_questions(inner, depth, indent + 1)
        for each in aggregates:
            self.aggregate(inner, each, indent + 1)
        out.add(indent, f"for t{depth} in t{depth - 1}.{attribute(self.relations[depth].name)}:")
        out.lines += inner.lines or ["    " * (indent + 1) + "pass"]

    def without_questions(self, out: _Lines, depth: int, indent: int) -> None:
        kept, self.questions = self.questions, [each for each in self.questions if each.depth < depth]
        self.table(out, depth, indent)
        self.questions = kept

    def aggregate(self, out: _Lines, node: Aggregates, indent: int) -> None:
        name = self.names[node]
        test = self.printer.tests(node.test, True, frozenset())
        match node:
            case Tally():
                step = f"{name} += 1"
            case AnyRow():
                test, step = [f"not {name}", *test], f"{name} = True"
            case Total():
                test += [each for each in self.printer.guards(node.body, frozenset(test))]
                if isinstance(self.printer, Filter):
                    step = self.added(node)
                else:
                    step = f"{name} += {self.printer.number(node.body)}"
            case Utmost():
                test += [each for each in self.printer.guards(node.body, frozenset(test))]
                value = self.printer.number(node.body)
                sign = "<" if node.is_least else ">"
                test.append(f"({name} is None or {value} {sign} {name})")
                step = f"{name} = {value}"
        if test:
            out.add(indent, f"if {' and '.join(test)}:", f"    {step}")
        else:
            out.add(indent, step)

    def compared_whole(self) -> frozenset[Total]:
        """The totals of one column that are only compared with whole numbers, and for equality: near it by their nature."""
        compared = [
            (node, side)
            for each in self.questions
            for truth in (each.violated, each.unknown)
            for node in walk(truth)
            if isinstance(node, Compare)
            for side in _totals(node)
        ]
        alike = {
            total
            for node, total in compared
            if node.operator in ("==", "!=") and isinstance(node.right, Whole)
        }
        other = {
            total
            for node, total in compared
            if node.operator not in ("==", "!=") or not isinstance(node.right, Whole)
        }
        return frozenset(total for total in alike - other if _only_column(total))

    def added(self, node: Total) -> str:
        """What a row adds to a total."""
        assert isinstance(self.printer, Filter)
        name = self.names[node]
        if node in self.whole:
            column = _only_column(node)
            assert column is not None
            self.atoms[node] = None
            return f"{name} += {self.wholes(column.read)}[{self.columns[column.read]}]"
        atom = self.printer.summand(node)
        self.atoms[node] = Atom(name, atom.scale)
        return f"{name} += {atom.name}"

    def ask(self, out: _Lines, depth: int, indent: int) -> None:
        row = f", t{depth}" if depth else ""
        for index, each in enumerate(self.questions):
            if each.depth != depth:
                continue
            word = "if"
            for truth, outcome in ((each.violated, VIOLATED), (each.unknown, UNKNOWN)):
                if truth != FALSE:
                    test = self.printer.surely(truth, True)
                    out.add(indent, f"{word} {test}:", f"    found.append(({index}, {outcome}{row}))")
                    word = "elif"

    def exact(self, node: Compare) -> str:
        """The call by which a comparison is made in whole numbers; sums over rows are added up anew."""
        if node not in self.exacts:
            self.exacts[node] = self.exact_call(node)
        return self.exacts[node]

    def exact_call(self, node: Compare) -> str:
        assert self.scales is not None
        name = f"w{len(self.exacts)}"
        reads = columns_of(
            [each for side in (node.left, node.right) for each in _outside(side) if isinstance(each, Column)]
        )
        totals = _totals(node)
        tallies = [
            each for side in (node.left, node.right) for each in _outside(side) if isinstance(each, Tally)
        ]
        if not all(each.test == TRUE and _only_column(each) for each in totals):
            self.namespace["close"] = _close
            return "close()"
        arguments = [self.columns[read] for read in reads] + [self.names[each] for each in tallies]
        owners = dict.fromkeys(f"t{self.depths[each.table] - 1}" for each in totals)
        out = self.exact_lines
        out.add(0, f"def {name}({', '.join([*arguments, *owners])}):")
        for read in reads:
            out.add(1, f"{self.columns[read]} = {self.wholes(read)}[{self.columns[read]}]")
        for each in totals:
            column = _only_column(each)
            assert column is not None
            row = f"r.{attribute(column.read[1])}"
            known = Printer(lambda _, row=row: row, self.names.__getitem__).guards(each.body, frozenset())
            rows = f"for r in t{self.depths[each.table] - 1}.{attribute(each.table)}"
            kept = f" if {' and '.join(known)}" if known else ""
            out.add(1, f"{self.names[each]} = sum([{self.wholes(column.read)}[{row}] {rows}{kept}])")
        printer = Printer(self.columns.__getitem__, self.names.__getitem__)
        out.add(1, f"return {printer.comparison(node.operator, node.left, node.right)}")
        return f"{name}({', '.join([*arguments, *owners])})"

    def wholes(self, read: Read) -> str:
        assert self.scales is not None
        scale = self.scales[read]
        self.namespace.setdefault(f"W{scale}", Wholes(scale))
        return f"W{scale}"


def _totals(node: Compare) -> list[Total]:
    return [each for side in (node.left, node.right) for each in _outside(side) if isinstance(each, Total)]


def _only_column(total: Total) -> Column | None:
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
