"""Rows of related tables → the subjects that the definition is asked of: what screens must agree with, and explains them.

A record is a department's row as a mapping, its figures whole numbers of steps, its projects in it as a list under the name
of their table, and their targets in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from perfrules.language.whole import ByType, Cell, Days, Figures, Frame, Given, Inline, Rows, Texts
from perfrules.location import Location
from perfrules.model.fact import Fact, State
from perfrules.model.interval import Interval
from perfrules.model.quantity import Quantity, printed_quantity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.truth import Number

Record = Mapping[str, object]
Path = Mapping[int, Record]
"""The rows down to the one in question, by depth."""


def subject(frame: Frame, record: Record, place: str = "") -> Subject:
    """The department of a record with all that stands below it; its facts are printed, exactly or as their digits say."""
    return _subject(frame, {frame.depth: record}, "department", place)


def _subject(frame: Frame, path: Path, name: str, place: str) -> Subject:
    facts = {}
    for field, cell in frame.cells.items():
        fact = _fact(field, cell, path, place)
        if fact is not None:
            facts[field] = fact
    members = {key: _subject(member, path, f"{name}/{key}", place) for key, member in frame.members.items()}
    tables = {key: _table(table, path, name, place) for key, table in frame.tables.items()}
    own = facts["name"].value if "name" in facts else ""
    return Subject(frame.type, name, own if isinstance(own, str) else "", facts, tables, members)


def _table(table: Rows | Inline, path: Path, name: str, place: str) -> Table:
    if isinstance(table, Inline):
        rows = tuple(
            _subject(frame, path, f"{name}/{frame.label or f'{frame.type}/{number}'}", place)
            for number, frame in enumerate(table.frames, 1)
            if frame.present is None or path[frame.present[0]].get(frame.present[1]) is not None
        )
        return Table(rows, _completeness(table.complete, path))
    records = path[table.frame.depth - 1].get(table.table, ())
    assert isinstance(records, Sequence)
    rows = tuple(
        _subject(table.frame, {**path, table.frame.depth: record}, f"{name}/{table.table}/{number}", place)
        for number, record in enumerate(records, 1)
    )
    return Table(rows, _completeness(table.complete, path))


def _completeness(complete: bool | tuple[int, str], path: Path) -> Completeness:
    if not isinstance(complete, bool):
        complete = path[complete[0]].get(complete[1]) is True
    return Completeness.COMPLETE if complete else Completeness.UNKNOWN


def _fact(field: str, cell: Cell, path: Path, place: str) -> Fact | None:
    """The fact of a cell; None where its column holds nothing in this row."""
    if isinstance(cell, ByType):
        return None
    if isinstance(cell, Given):
        return Fact(field, _quantity(cell.value) if isinstance(cell.value, Number) else cell.value)
    found = path[cell.read[0]].get(cell.read[1])
    if found is None:
        return None
    where = Location(place, cell.read[1]) if place else None
    match cell:
        case Texts():
            return Fact(field, str(found), location=where, quote=str(found))
        case Days():
            assert isinstance(found, date)
            return Fact(field, found, location=where, quote=found.isoformat())
        case Figures():
            assert isinstance(found, int)
            state = State.DERIVED if cell.is_derived else State.PRINTED
            value = _figure(found, cell)
            return Fact(field, value, state, where, value.words)


def _quantity(number: Number) -> Quantity:
    return Quantity(number.interval, number.slack, number.unit)


def _figure(steps: int, cell: Figures) -> Quantity:
    """The figure as its column would print it: with all decimals of its steps, and the slack of these where it is rounded."""
    places = _places(cell.step / cell.unit.scale)
    if places is None:
        point = Interval.point(steps * cell.step)
        return Quantity(point, point, cell.unit)
    printed = printed_quantity(f"{Decimal(steps).scaleb(-places):f}", cell.unit)
    if cell.rounded:
        return printed
    point = Interval.point(steps * cell.step)
    return Quantity(point, point, cell.unit, digits=printed.digits, words=printed.words)


def _places(step: Fraction) -> int | None:
    """How many decimals a step of so much of a unit needs; None where it is no power of ten."""
    for places in range(40):
        if step == Fraction(1, 10**places):
            return places
    return None
