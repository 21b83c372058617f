"""A conformance case as a dataset holds it: its subjects as a frame and one record; or why no dataset can."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve

from perfrules.language.whole import Cell, Days, Figures, Frame, Inline, Path, Rows, Texts
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Completeness, Subject

DEPTHS = {"department": 0, "line": 0, "claim": 0, "project": 1, "target": 2}
TABLES = {"projects": "project", "targets": "target"}


class NotHeldError(Exception):
    """What columns of whole numbers do not hold."""


NAMES = ("projects", "targets")


def held(path: Sequence[Subject]) -> tuple[Path, dict[str, object]]:
    """The frames of a path and the record of its department; raises NotHeldError."""
    holder, record = Holder(), dict[str, object]()
    frames, row = [holder.frame(path[:1], [record], "")], record
    for each in path[1:]:
        depth = DEPTHS[each.type]
        if depth > frames[-1].depth:
            name = NAMES[depth - 1]
            if name in row:
                raise NotHeldError(f"a row that is asked beside the table of {name}")
            inner: dict[str, object] = {}
            row[name], row = [inner], inner
        label = "project" if each.type == "line" else each.type
        frames.append(evolve(holder.frame([each], [row], f"{each.type}_"), label=label))
    fill(record, 0)
    found = [frames.pop()]
    while frames:
        found.insert(0, joined(frames.pop(), found[0]))
    return tuple(found), record


def joined(above: Frame, below: Frame) -> Frame:
    """The frame with one of its own below it: a line, a claim in its row, a row of a table."""
    match below.type:
        case "line":
            return evolve(above, members={**above.members, below.label: below})
        case "claim":
            return evolve(above, tables={**above.tables, "claims": Inline((below,))})
        case _:
            name = NAMES[below.depth - 1]
            return evolve(above, tables={**above.tables, name: Rows(name, below, False)})


def fill(record: dict[str, object], depth: int) -> None:
    """Empty lists for the tables that a record has none of."""
    if depth < len(NAMES):
        for each in record.setdefault(NAMES[depth], []):  # type: ignore[attr-defined]
            fill(each, depth + 1)


class Holder:
    """Lays subjects into columns."""

    def frame(self, subjects: Sequence[Subject], records: Sequence[dict[str, object]], prefix: str) -> Frame:
        """The frame of subjects of one type, and their facts put into their records."""
        kind, depth = subjects[0].type, DEPTHS[subjects[0].type]
        names = dict.fromkeys(name for each in subjects for name in each.facts)
        cells = {
            name: self.cell((depth, prefix + name), [each.facts.get(name) for each in subjects], records)
            for name in names
        }
        members = {}
        for name in dict.fromkeys(name for each in subjects for name in each.members):
            inner = [each.members[name] for each in subjects]
            members[name] = evolve(self.frame(inner, records, f"{prefix}{name}_line_"), label=name)
        tables = {}
        for name in dict.fromkeys(name for each in subjects for name in each.tables):
            if name not in TABLES:
                raise NotHeldError(f"the table {name}")
            tables[name] = self.table(name, subjects, records, depth, prefix)
        return Frame(kind, depth, cells, members, tables)

    def table(
        self,
        name: str,
        subjects: Sequence[Subject],
        records: Sequence[dict[str, object]],
        depth: int,
        prefix: str,
    ) -> Rows:
        """The rows below subjects; a column of theirs tells which tables are complete."""
        told = f"{prefix}{name}_complete"
        rows, below = [], []
        for each, record in zip(subjects, records, strict=True):
            table = each.table(name)
            record[told] = table.completeness is Completeness.COMPLETE
            inner = [dict[str, object]() for _ in table.rows]
            record[name] = inner
            rows += table.rows
            below += inner
        kind = TABLES[name]
        frame = self.frame(rows, below, f"{kind}_") if rows else Frame(kind, depth + 1)
        return Rows(name, frame, (depth, told))

    def cell(
        self, read: tuple[int, str], facts: Sequence[Fact | None], records: Sequence[dict[str, object]]
    ) -> Cell:
        """The column of a field, its values put into the records."""
        there = [each for each in facts if each is not None]
        if any(each.state in (State.SUSPECT, State.CONFLICTING) for each in there):
            raise NotHeldError("a figure in doubt")
        values = [each.value for each in there]
        kinds = {type(each) for each in values}
        if len(kinds) > 1:
            raise NotHeldError("rows of different kinds")
        step = self.step(values) if kinds == {Quantity} else None  # type: ignore[arg-type]
        for fact, record in zip(facts, records, strict=True):
            value = fact.value if fact else None
            record[read[1]] = None
            if isinstance(value, Quantity):
                assert value.exact is not None
                assert step
                record[read[1]] = int(value.exact / step)
            elif value is not None:
                record[read[1]] = value
        if step is None:
            return Days(read) if kinds == {date} else Texts(read)
        steps = [record[read[1]] for record in records if record[read[1]] is not None]
        rounded = any(each.slack != each.interval for each in values)  # type: ignore[union-attr]
        is_derived = {each.state for each in there} == {State.DERIVED}
        low, high = min(steps), max(steps)  # type: ignore[type-var]
        return Figures(read, values[0].unit, step, rounded, low, high, is_derived=is_derived)  # type: ignore[union-attr, arg-type]

    def step(self, quantities: Sequence[Quantity]) -> Fraction:
        """The worth of one of the column's last digit."""
        if any(each.exact is None for each in quantities):
            raise NotHeldError("a figure of more than one value: 约, 余, 以上")
        if len({each.unit for each in quantities}) > 1:
            raise NotHeldError("rows of different units")
        places = [len(each.digits.partition(".")[2]) for each in quantities]
        if len(set(places)) > 1 and any(each.slack != each.interval for each in quantities):
            raise NotHeldError("rows printed with different decimals")
        return quantities[0].unit.scale / 10 ** max(places)
