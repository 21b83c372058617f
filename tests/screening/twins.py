"""One rule asked of every row of a dataset by the definition and by each of its fast twins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace

import duckdb
from attrs import frozen

from perfrules.language import Checked, Context, to_python
from perfrules.language.to_sql import sql_text
from perfrules.language.whole import BeyondError, Days, Figures, Frame, Inline, Path, Rows, Texts, lowered
from perfrules.language.whole.nodes import TRUE
from perfrules.model.subject import Subject
from perfrules.model.trace import Trace
from perfrules.model.truth import Unknown
from perfrules.screening.asked import UNKNOWN, VIOLATED, Question, Relation
from perfrules.screening.exactly import CloseError
from perfrules.screening.functions import Asked, doubles, integers
from perfrules.screening.queries import findings_query
from perfrules.screening.questions import asked_at, positions
from perfrules.screening.subjects import Record, subject

RELATIONS = (
    Relation("departments", "id"),
    Relation("projects", "id", "department_id"),
    Relation("targets", "id", "project_id"),
)
Open = frozenset[tuple[tuple[int, ...], int]]
"""Which subjects are violated or unknown: the numbers of the rows down to each, and the outcome."""


@frozen
class Rule:
    """A checked condition, and the guard under which it is asked, at one place of a frame."""

    path: Path
    condition: Checked
    guard: Checked | None = None
    parameters: Mapping[str, Trace] = {}

    def question(self) -> Question:
        """The rule in whole numbers; raises BeyondError."""
        values = {name: _plain(trace) for name, trace in self.parameters.items()}
        guard = TRUE if self.guard is None else lowered(self.guard, self.path, values)
        return asked_at(self.path, "R", guard, lowered(self.condition, self.path, values))


def _plain(trace: Trace) -> object:
    return tuple(part.value for part in trace.parts) if trace.operator == "list" else trace.value


def by_definition(rule: Rule, records: Sequence[Record]) -> Open:
    """What the definition says of every subject at the rule's place."""
    condition = to_python(rule.condition)
    guard = to_python(rule.guard) if rule.guard else None
    found = []
    for number, record in enumerate(records):
        whole = subject(rule.path[0], record)
        for rows, path in _subjects(rule.path[1:], (whole,), record, (number,)):
            context = Context(path, rule.parameters)
            applies = guard(context).value if guard else True
            holds = condition(context).value if applies is True else True
            if isinstance(applies, Unknown) or isinstance(holds, Unknown):
                found.append((rows, UNKNOWN))
            elif holds is False:
                found.append((rows, VIOLATED))
    return frozenset(found)


def _subjects(
    frames: Path, path: tuple[Subject, ...], record: Record, rows: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], tuple[Subject, ...]]]:
    """The subjects that stand where a path of frames leads, each with the numbers of its rows."""
    if not frames:
        yield rows, path
        return
    frame, above = frames[0], path[-1]
    if frame.type == "line":
        yield from _subjects(frames[1:], (*path, above.members[frame.label]), record, rows)
    elif frame.type == "claim":
        for each in above.table("claims").rows:
            if each.id.endswith(frame.label):
                yield from _subjects(frames[1:], (*path, each), record, rows)
    else:
        name = ("projects", "targets")[frame.depth - 1]
        below = record[name]
        assert isinstance(below, Sequence)
        for number, (each, inner) in enumerate(zip(above.table(name).rows, below, strict=True)):
            yield from _subjects(frames[1:], (*path, each), inner, (*rows, number))


def as_object(record: Record, scales: Mapping[str, int] | None = None) -> SimpleNamespace:
    """A record as the row that generated code takes; with scales, its figures as doubles."""
    found = {}
    for name, value in record.items():
        if isinstance(value, list):
            found[name] = [as_object(each, scales) for each in value]
        else:
            found[name] = value / scales[name] if scales and name in scales and value is not None else value
    return SimpleNamespace(**found)


def by_function(asked: Asked, rows: Sequence[SimpleNamespace]) -> Open:
    """What a generated function says of rows."""
    found = []
    for number, row in enumerate(rows):
        places = {id(project): (number, index) for index, project in enumerate(row.projects)}
        for index, project in enumerate(row.projects):
            places |= {id(target): (number, index, at) for at, target in enumerate(project.targets)}
        for _, outcome, *inner in asked(row):
            found.append((places[id(inner[0])] if inner else (number,), outcome))
    assert len(found) == len(set(found))
    return frozenset(found)


def by_integers(rule: Rule, records: Sequence[Record]) -> Open:
    """What generated code over whole numbers says."""
    asked, _ = integers([rule.question()], RELATIONS)
    return by_function(asked, [as_object(each) for each in records])


def figures(frame: Frame) -> dict[str, Figures]:
    """The columns of figures by name; here every column has a name of its own."""
    return {
        cell.read[1]: cell
        for path in positions((frame,))
        for cell in path[-1].cells.values()
        if isinstance(cell, Figures)
    }


def by_doubles(rule: Rule, records: Sequence[Record]) -> Open:
    """What the filter in doubles says; raises CloseError where it passes on, BeyondError where there is none."""
    cells = figures(rule.path[0])
    scales = {name: int(cell.unit.scale / cell.step) for name, cell in cells.items()}
    rounded = frozenset(cell.read for cell in cells.values() if cell.rounded)
    asked, _ = doubles(
        [rule.question()], RELATIONS, {cells[name].read: scale for name, scale in scales.items()}, rounded
    )
    return by_function(asked, [as_object(each, scales) for each in records])


class Database:
    """DuckDB with the tables of a frame, filled anew for each dataset."""

    def __init__(self) -> None:
        self.connection = duckdb.connect(config={"threads": 1})

    def filled(self, frame: Frame, records: Sequence[Record]) -> None:
        """The tables as a dataset has them: bounded columns of 64 bits, others of 128."""
        self.tables = _columns(frame)
        for relation, columns in zip(RELATIONS, self.tables, strict=True):
            keys = f"id BIGINT, {relation.parent} BIGINT" if relation.parent else "id BIGINT"
            listed = "".join(f', "{name}" {kind}' for name, kind in columns.items())
            self.connection.execute(f"CREATE OR REPLACE TABLE {relation.name} ({keys}{listed})")
        self.rows: tuple[list[tuple[int, ...]], ...] = ([], [], [])
        self.inserted(0, [((number,), record) for number, record in enumerate(records)])

    def inserted(self, depth: int, rows: Sequence[tuple[tuple[int, ...], Record]]) -> None:
        """The rows of one table and of those below; keys are the numbers of the rows."""
        if depth == len(RELATIONS) or not rows:
            return
        keys = {place: number for number, place in enumerate(self.rows[depth - 1])} if depth else {}
        values = []
        for number, (place, record) in enumerate(rows):
            self.rows[depth].append(place)
            parent = [keys[place[:-1]]] if depth else []
            values.append((number, *parent, *(record[name] for name in self.tables[depth])))
        marks = ", ".join("?" * len(values[0]))
        self.connection.executemany(f"INSERT INTO {RELATIONS[depth].name} VALUES ({marks})", values)
        if depth + 1 < len(RELATIONS):
            name = RELATIONS[depth + 1].name
            below = [
                ((*place, number), inner)
                for place, record in rows
                for number, inner in enumerate(record[name])  # type: ignore[arg-type, var-annotated]
            ]
            self.inserted(depth + 1, below)

    def asked(self, rule: Rule) -> Open:
        """What SQL says of the tables' rows."""
        question = rule.question()
        text = sql_text(findings_query([question], RELATIONS), "duckdb")
        found = self.connection.execute(f"SELECT k{question.depth}, outcome FROM ({text})").fetchall()
        assert len(found) == len(set(found))
        return frozenset((self.rows[question.depth][key], outcome) for key, outcome in found)


def _columns(frame: Frame) -> tuple[dict[str, str], ...]:
    tables: tuple[dict[str, str], ...] = ({}, {}, {})
    for path in positions((frame,)):
        for cell in path[-1].cells.values():
            if isinstance(cell, Figures):
                wide = cell.high is None or cell.high >= 2**63
                tables[cell.read[0]][cell.read[1]] = "HUGEINT" if wide else "BIGINT"
            elif isinstance(cell, Texts):
                tables[cell.read[0]][cell.read[1]] = "VARCHAR"
            elif isinstance(cell, Days):
                tables[cell.read[0]][cell.read[1]] = "DATE"
        for table in path[-1].tables.values():
            if isinstance(table, Rows | Inline) and not isinstance(table.complete, bool):
                tables[table.complete[0]][table.complete[1]] = "BOOLEAN"
    return tables


__all__ = [
    "RELATIONS",
    "BeyondError",
    "CloseError",
    "Database",
    "Open",
    "Rule",
    "as_object",
    "by_definition",
    "by_doubles",
    "by_function",
    "by_integers",
    "figures",
]
