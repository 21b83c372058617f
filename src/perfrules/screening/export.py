"""Submissions → a dataset: rows of the standard tables where rows can say all of a submission, else the submission whole.

A department goes into the tables only if what is read of its rows is the same again: every figure with what its digits allow,
every state, every table. All others stand in a file beside them as they were read, and the definition is asked about them.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from perfrules import indicators
from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.language.whole import Cell, Days, Figures, Frame, Given, Inline, Rows, Texts
from perfrules.location import Location
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Completeness, Field, Subject
from perfrules.model.submission import Submission
from perfrules.model.unit import Kind
from perfrules.plugins import Catalog
from perfrules.screening.database import connect, named, quoted
from perfrules.screening.frames import Columns, ColumnType, Held, Laying
from perfrules.screening.layout import LINES, TYPES, Layout, standard
from perfrules.screening.subjects import Record, subject
from perfrules.screening.submissions import KEPT, kept_from, line_of

if TYPE_CHECKING:
    import duckdb

DECIMALS = {Kind.MONEY: 2, Kind.RATIO: 6}
"""Decimals of the columns: money to the fen; a printed rate has two, every other number four."""
_OTHERWISE = 4
_WIDTH = 18
_BATCH = 10_000
Row = dict[str, object]


@frozen
class Exported:
    """How many departments are rows, and how many stand whole beside the tables, by the first reason for it."""

    rows: int
    whole: int
    whys: Mapping[Bilingual, int] = field(factory=dict)


class NotRowsError(Exception):
    """Something of a submission that rows do not say."""

    def __init__(self, zh: str, en: str) -> None:
        self.said = Bilingual(zh, en)
        super().__init__(en)


def export(submissions: Sequence[Submission], catalog: Catalog, target: Path) -> Exported:
    """Writes the submissions as a dataset into a folder that is not there yet, or empty; raises ReadError."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        message = Bilingual("已经存在, 没有写入任何内容", "is there already; nothing was written")
        hint = Bilingual("换一个文件夹", "choose another folder")
        raise ReadError(Fault("output.exists", message, Location(target.as_posix()), hint))
    tried = [_tried(str(number), each, catalog) for number, each in enumerate(submissions, 1)]
    lines = Counter(each.lines for each in tried if isinstance(each, _AsRows)).most_common(1)
    kept = lines[0][0] if lines else ()
    whys: Counter[Bilingual] = Counter()
    records, whole = [], []
    for number, (each, submission) in enumerate(zip(tried, submissions, strict=True), 1):
        if isinstance(each, _AsRows) and each.lines == kept:
            records.append(each.record)
            continue
        other = Bilingual("所列支出类别与多数部门不同", "lines other than those of most departments")
        whys[other if isinstance(each, _AsRows) else each] += 1
        whole.append(_line(str(number), submission))
    try:
        target.mkdir(parents=True, exist_ok=True)
        try:
            _write(records, _layout(catalog, kept), catalog, target)
            if whole:
                (target / KEPT).write_text("".join(whole), encoding="utf-8", newline="\n")
        except BaseException:
            shutil.rmtree(target)
            raise
    except OSError as error:
        message = Bilingual(f"无法写入: {error.strerror}", f"cannot be written: {error.strerror}")
        raise ReadError(Fault("output.cannot_write", message, Location(target.as_posix()))) from None
    return Exported(len(records), len(whole), dict(whys.most_common()))


@frozen
class _AsRows:
    """A submission as a record of rows, and the lines it has."""

    record: Record
    lines: tuple[str, ...]


def _tried(key: str, submission: Submission, catalog: Catalog) -> _AsRows | Bilingual:
    """The submission as rows; why not, where rows would say less."""
    typed = indicators.with_types(submission, catalog.project_types)
    whole = indicators.with_absences(typed, catalog.ready).department
    lines = tuple(name for name in LINES if name in whole.members)
    layout = evolve(_layout(catalog, lines), period=submission.period)
    frame = Laying(layout, catalog.types, _columns(layout, catalog)).department()
    try:
        record = _record(frame, whole, key, layout)
        again = indicators.with_types(Submission(subject(frame, record)), catalog.project_types).department
        _same(whole, again)
    except NotRowsError as error:
        return error.said
    return _AsRows(record, lines)


def _line(key: str, submission: Submission) -> str:
    """A line that is read as the same submission again: there is no other way out."""
    line = line_of(key, submission)
    assert kept_from(line, key).submission == evolve(submission, corrections=())
    return line


def _layout(catalog: Catalog, lines: Sequence[str]) -> Layout:
    """The standard layout with these lines only."""
    found = standard(catalog.types)
    top = evolve(found.levels[0], lines={name: found.levels[0].lines[name] for name in lines})
    return evolve(found, levels=(top, *found.levels[1:]))


def _columns(layout: Layout, catalog: Catalog) -> dict[str, Columns]:
    """The columns that exported tables may have."""
    found: dict[str, Columns] = {}
    for level, type_ in zip(layout.levels, TYPES, strict=True):
        columns: dict[str, ColumnType] = {}
        parts = [(catalog.types[type_], level.own)]
        parts += [(catalog.types["line"], use) for use in level.lines.values()]
        for subject_type, part in parts:
            fields = {each.name: each for each in subject_type.fields}
            columns |= {use.column: _column(fields[name]) for name, use in part.fields.items()}
            columns |= {each.printed.column: ColumnType(Held.DECIMAL, 2) for each in part.claims}
        found[level.table] = columns
    for above, told in zip(layout.levels, layout.complete.values(), strict=False):
        assert isinstance(told, str)
        found[above.table] = {**found[above.table], told: ColumnType(Held.TRUTH)}
    return found


def _column(each: Field) -> ColumnType:
    held = {Kind.TEXT: Held.TEXT, Kind.DATE: Held.DATE}.get(each.kind)
    return ColumnType(held) if held else ColumnType(Held.DECIMAL, DECIMALS.get(each.kind, _OTHERWISE))


def _record(frame: Frame, whole: Subject, key: str, layout: Layout) -> Row:
    """A subject as its row, with the rows below it; raises NotRowsError for what has no column."""
    level = layout.levels[frame.depth]
    row: Row = {level.key: key, **_cells(frame, whole)}
    for name, line in frame.members.items():
        row |= _cells(line, whole.members[name])
    below = next(((name, table) for name, table in frame.tables.items() if isinstance(table, Rows)), None)
    if below is not None:
        name, table = below
        found = whole.table(name)
        inner = layout.levels[frame.depth + 1]
        row[table.table] = [
            {**_record(table.frame, each, f"{key}/{number}", layout), inner.parent: key}
            for number, each in enumerate(found.rows, 1)
        ]
        assert not isinstance(table.complete, bool)
        row[table.complete[1]] = found.completeness is Completeness.COMPLETE
    return row


def _cells(frame: Frame, whole: Subject) -> Row:
    row: Row = {}
    for name, fact in whole.facts.items():
        cell = frame.cells.get(name)
        if cell is None and name not in ("month", "year"):
            raise NotRowsError(f"没有 {name} 一栏", f"no column for {name}")
        if isinstance(cell, Figures | Texts | Days):
            row[cell.read[1]] = _held(cell, fact)
    claims = frame.tables.get("claims")
    frames = claims.frames if isinstance(claims, Inline) else ()
    for claim in whole.table("claims").rows:
        named_by = tuple(_text(claim, name) for name in ("numerator_name", "base_name"))
        own = next((each for each in frames if _names(each) == named_by), None)
        if own is None or own.present is None or own.present[1] in row or "printed" not in claim.facts:
            raise NotRowsError("没有这种占比的栏", "no column for such a rate")
        row[own.present[1]] = _held(own.cells["printed"], claim.facts["printed"])
    return row


def _names(claim: Frame) -> tuple[object, ...]:
    cells = [claim.cells[name] for name in ("numerator_name", "base_name")]
    return tuple(each.value for each in cells if isinstance(each, Given))


def _text(whole: Subject, name: str) -> object:
    fact = whole.facts.get(name)
    return fact.value if fact is not None else None


def _held(cell: Cell, fact: Fact) -> object:
    """The value of a fact as its column holds it: figures as whole numbers of steps."""
    match cell, fact.value:
        case Figures(step=step), Quantity(exact=exact) if exact is not None:
            steps = exact / step
            if steps.denominator == 1 and abs(steps) < 10**_WIDTH:
                return int(steps)
            raise NotRowsError(
                f"{fact.field} 的小数位数多于其栏", f"{fact.field} has more decimals than its column"
            )
        case Texts(), str(text):
            return text
        case Days(), date() as day:
            return day
        case _:
            raise NotRowsError(f"{fact.field} 不是一个确定的值", f"{fact.field} is no exact value")


def _same(one: Subject, other: Subject) -> None:
    """Raises NotRowsError where two subjects differ in anything that a rule may ask about."""
    for name in dict.fromkeys((*one.facts, *other.facts)):
        a, b = one.facts.get(name), other.facts.get(name)
        if a is None or b is None or _said(a) != _said(b):
            zh, en = (
                f"{name} 有约数、舍入或推算, 或未填列",
                f"{name} is approximate, rounded, derived, or not there",
            )
            raise NotRowsError(zh, en)
    if one.members.keys() != other.members.keys():
        raise NotRowsError("支出类别不同", "other lines")
    for name, member in one.members.items():
        _same(member, other.members[name])
    for name in dict.fromkeys((*one.tables, *other.tables)):
        mine, theirs = one.table(name), other.table(name)
        complete = [each.completeness is Completeness.COMPLETE for each in (mine, theirs)]
        if len(mine.rows) != len(theirs.rows) or complete[0] != complete[1]:
            raise NotRowsError(f"有表 {name}", f"a table {name}")
        for a_row, b_row in zip(mine.rows, theirs.rows, strict=True):
            _same(a_row, b_row)


_COMPUTED = ("month", "year", "line", "name", "type", "numerator_name", "base_name")
"""Fields of which no rule asks whether they are printed."""


def _said(fact: Fact) -> tuple[object, ...]:
    """What a rule may ask of a fact: its value with what its digits allow, and its state."""
    is_printed = fact.field in _COMPUTED or fact.state is State.PRINTED
    state = (is_printed, fact.doubt, len(fact.witnesses) if fact.state is not State.PRINTED else 0)
    if not isinstance(fact.value, Quantity):
        return (fact.value, *state)
    unit = fact.value.unit
    measured = unit.kind if unit.kind in (Kind.MONEY, Kind.RATIO) else unit
    return (fact.value.interval, fact.value.slack, measured, *state)


def _write(records: Sequence[Record], layout: Layout, catalog: Catalog, target: Path) -> None:
    """The three tables, with the columns that hold something."""
    database = connect()
    columns = _columns(layout, catalog)
    rows = list(records)
    for depth, level in enumerate(layout.levels):
        keys = [level.key, *([level.parent] if level.parent else [])]
        filled = [name for name in columns[level.table] if any(row.get(name) is not None for row in rows)]
        kinds = dict.fromkeys(keys, "VARCHAR") | {name: _kind(columns[level.table][name]) for name in filled}
        if rows or depth == 0:
            _table(database, level.table, kinds, rows, columns[level.table], target)
        below = layout.levels[depth + 1].table if depth + 1 < len(layout.levels) else ""
        rows = [each for row in rows for each in _list(row.get(below))]


def _list(found: object) -> Sequence[Record]:
    return found if isinstance(found, list) else []


def _kind(column: ColumnType) -> str:
    match column.held:
        case Held.TEXT:
            return "VARCHAR"
        case Held.DATE:
            return "DATE"
        case Held.TRUTH:
            return "BOOLEAN"
        case _:
            return f"DECIMAL({_WIDTH},{column.decimals})"


def _table(
    database: duckdb.DuckDBPyConnection,
    table: str,
    kinds: Mapping[str, str],
    rows: Sequence[Record],
    columns: Columns,
    target: Path,
) -> None:
    defined = ", ".join(f"{named(name)} {kind}" for name, kind in kinds.items())
    database.execute(f"CREATE TABLE {named(table)} ({defined})")
    selected = ", ".join(f"unnest(?)::{kind}" for kind in kinds.values())
    for start in range(0, len(rows), _BATCH):
        part = rows[start : start + _BATCH]
        values = [[_printed(row.get(name), columns.get(name)) for row in part] for name in kinds]
        database.execute(f"INSERT INTO {named(table)} SELECT {selected}", values)
    path = quoted(str(target / f"{table}.parquet"))
    database.execute(f"COPY {named(table)} TO {path} (FORMAT parquet)")


def _printed(value: object, column: ColumnType | None) -> str | None:
    """A value as the text that is cast to its column."""
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        assert column is not None
        return f"{Decimal(value).scaleb(-column.decimals):f}"
    return value.isoformat() if isinstance(value, date) else str(value)
