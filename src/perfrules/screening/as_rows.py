"""A submission as rows of the standard tables; why not, where rows would say less than was read.

A department is rows only if what is read of them is the same again: every figure with what its digits allow, every state,
every table.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import evolve, frozen

from perfrules import indicators
from perfrules.bilingual import Bilingual
from perfrules.language.whole import Cell, Days, Figures, Frame, Given, Inline, Rows, Texts
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Completeness, Field, Subject
from perfrules.model.submission import Submission
from perfrules.model.unit import Kind
from perfrules.plugins import Catalog
from perfrules.screening.frames import Columns, ColumnType, Held, Laying
from perfrules.screening.layout import LINES, TYPES, Layout, standard
from perfrules.screening.subjects import Record, subject

DECIMALS = {Kind.MONEY: 2, Kind.RATIO: 6}
"""Decimals of the columns: money to the fen; a printed rate has two, every other number four."""
_OTHERWISE = 4
WIDTH = 18
"""Digits of a column."""
Row = dict[str, object]


class NotRowsError(Exception):
    """Something of a submission that rows do not say."""

    def __init__(self, zh: str, en: str) -> None:
        self.said = Bilingual(zh, en)
        super().__init__(en)


@frozen
class AsRows:
    """A submission as a record of rows, and the lines it has."""

    record: Record
    lines: tuple[str, ...]


def as_rows(key: str, submission: Submission, catalog: Catalog) -> AsRows | Bilingual:
    """The submission as rows; why not, where rows would say less."""
    typed = indicators.with_types(submission, catalog.project_types)
    whole = indicators.with_absences(typed, catalog.ready).department
    lines = tuple(name for name in LINES if name in whole.members)
    layout = layout_of(catalog, lines)
    columns = columns_of(layout, catalog)
    laid = [
        Laying(each, catalog.types, columns).department()
        for each in (layout, evolve(layout, period=submission.period))  # as it is written, as it is asked
    ]
    try:
        record = _record(laid[0], whole, key, layout)
        again = indicators.with_types(Submission(subject(laid[1], record)), catalog.project_types).department
        _same(whole, again)
    except NotRowsError as error:
        return error.said
    return AsRows(record, lines)


def layout_of(catalog: Catalog, lines: Sequence[str]) -> Layout:
    """The standard layout with these lines only."""
    found = standard(catalog.types)
    top = evolve(found.levels[0], lines={name: found.levels[0].lines[name] for name in lines})
    return evolve(found, levels=(top, *found.levels[1:]))


def columns_of(layout: Layout, catalog: Catalog) -> dict[str, Columns]:
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
            if steps.denominator == 1 and abs(steps) < 10**WIDTH:
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
