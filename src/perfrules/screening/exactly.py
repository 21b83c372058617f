"""Where doubles are too close: the comparison in whole numbers, and what a double stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from keyword import iskeyword

from attrs import define, field

from perfrules.language.to_integers import Printer, columns_of
from perfrules.language.whole.nodes import (
    TRUE,
    Aggregates,
    Column,
    Compare,
    Read,
    Tally,
    Total,
    Where,
    WhollyNode,
)
from perfrules.language.whole.ranges import below, walk


@define
class Lines:
    """Lines of a function while it is written."""

    lines: list[str] = field(factory=list)

    def add(self, indent: int, *lines: str) -> None:
        """Lines at an indent, in steps of four blanks."""
        self.lines += [f"{'    ' * indent}{line}" for line in lines]


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
        self.out = Lines()

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
