"""Rows of related tables → the subjects that the definition is asked of: what screens must agree with, and explains them.

A record is a department's row as a mapping, its figures whole numbers of steps, its projects in it as a list under the name
of their table, and their targets in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import evolve, frozen

from perfrules.language.whole import ByType, Cell, Days, Figures, Frame, Given, Inline, Rows, Texts
from perfrules.location import Location
from perfrules.model.fact import Fact, State
from perfrules.model.interval import Interval
from perfrules.model.quantity import Quantity, printed_quantity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.truth import Number
from perfrules.readers.link import BASE_FIELDS
from perfrules.readers.values import measure

Record = Mapping[str, object]
Path = Mapping[int, Record]
"""The rows down to the one in question, by depth."""


@frozen
class Place:
    """Where rows stand: the dataset, and for each depth its table with the column of its keys."""

    source: str = ""
    tables: tuple[tuple[str, str], ...] = ()

    def row(self, depth: int, record: Record, otherwise: str) -> str:
        """What a row is called: by its key, as `projects[17]`."""
        if depth < len(self.tables):
            table, key = self.tables[depth]
            if record.get(key) is not None:
                return f"{table}[{record[key]}]"
        return otherwise


def subject(frame: Frame, record: Record, place: Place = Place()) -> Subject:
    """The department of a record with all that stands below it; its facts are printed, exactly or as their digits say.

    Each fact stands in its column of its row: two that are alike are two.
    """
    row = place.row(frame.depth, record, "department")
    return _Rows(place, {frame.depth: record}, {frame.depth: row}).subject(frame, "department")


@frozen
class _Rows:
    """The rows down to the one in question, and what each is called."""

    place: Place
    path: Path
    names: Mapping[int, str]

    def subject(self, frame: Frame, name: str) -> Subject:
        facts = {}
        for field, cell in frame.cells.items():
            fact = _fact(_own_name(frame, field), cell, self)
            if fact is not None:
                facts[field] = fact
        members = {key: self.subject(member, f"{name}/{key}") for key, member in frame.members.items()}
        tables = {key: self.table(table, name) for key, table in frame.tables.items()}
        own = facts["name"].value if "name" in facts else ""
        return Subject(frame.type, name, own if isinstance(own, str) else "", facts, tables, members)

    def table(self, table: Rows | Inline, name: str) -> Table:
        if isinstance(table, Inline):
            rows = tuple(
                self.subject(frame, f"{name}/{frame.label or f'{frame.type}/{number}'}")
                for number, frame in enumerate(table.frames, 1)
                if frame.present is None or self.path[frame.present[0]].get(frame.present[1]) is not None
            )
            return Table(rows, _completeness(table.complete, self.path))
        records = self.path[table.frame.depth - 1].get(table.table) or ()
        assert isinstance(records, Sequence)
        rows = tuple(
            self.below(table.frame.depth, record, f"{name}/{table.table}/{number}").subject(
                table.frame, f"{name}/{table.table}/{number}"
            )
            for number, record in enumerate(records, 1)
        )
        return Table(rows, _completeness(table.complete, self.path))

    def below(self, depth: int, record: Record, name: str) -> _Rows:
        """A row below these."""
        row = self.place.row(depth, record, name)
        return _Rows(self.place, {**self.path, depth: record}, {**self.names, depth: row})

    def where(self, read: tuple[int, str]) -> Location:
        """The place of a figure: its row and column."""
        depth, column = read
        return Location(self.place.source, f"{self.names[depth]}.{column}")


def _own_name(frame: Frame, field: str) -> str:
    """The field of a fact: of a claim's figures, what they are in the row that they are taken from."""
    named = {"numerator": "numerator_name", "named_base": "base_name"}.get(field)
    cell = frame.cells.get(named) if named and frame.type == "claim" else None
    name = str(cell.value) if isinstance(cell, Given) else field
    return BASE_FIELDS.get(name, name)


def _completeness(complete: bool | tuple[int, str], path: Path) -> Completeness:
    if not isinstance(complete, bool):
        complete = path[complete[0]].get(complete[1]) is True
    return Completeness.COMPLETE if complete else Completeness.UNKNOWN


def _fact(field: str, cell: Cell, rows: _Rows) -> Fact | None:
    """The fact of a cell; None where its column holds nothing in this row."""
    if isinstance(cell, ByType):
        return None
    if isinstance(cell, Given):
        return Fact(field, _quantity(cell.value) if isinstance(cell.value, Number) else cell.value)
    found = rows.path[cell.read[0]].get(cell.read[1])
    if found is None:
        return None
    where = rows.where(cell.read)
    match cell:
        case Texts():
            return Fact(field, str(found), location=where, quote=str(found))
        case Days():
            assert isinstance(found, date)
            return Fact(field, found, location=where, quote=found.isoformat())
        case Figures():
            assert isinstance(found, int | Fraction)
            state = State.DERIVED if cell.is_derived else State.PRINTED
            value = _figure(found, cell)
            if cell.unit_from is not None:
                value = _in_unit(value, rows.path[cell.unit_from[0]].get(cell.unit_from[1]))
            return Fact(field, value, state, where, value.words)


def _quantity(number: Number) -> Quantity:
    return Quantity(number.interval, number.slack, number.unit)


def _figure(steps: int | Fraction, cell: Figures) -> Quantity:
    """The figure as its column would print it: with all decimals of its steps, and the slack of these where it is rounded."""
    places = _places(cell.step / cell.unit.scale)
    if places is None or isinstance(steps, Fraction):
        point = Interval.point(steps * cell.step)
        return Quantity(point, point, cell.unit)
    printed = printed_quantity(f"{Decimal(steps).scaleb(-places):f}", cell.unit)
    if cell.rounded:
        return printed
    point = Interval.point(steps * cell.step)
    return Quantity(point, point, cell.unit, digits=printed.digits, words=printed.words)


def _in_unit(value: Quantity, unit: object) -> Quantity:
    """The figure in the unit that its row names, as a target's value beside its unit is read."""
    digits = value.digits.rstrip("0").rstrip(".") if "." in value.digits else value.digits
    found = measure(digits, unit) if isinstance(unit, str) else None
    if found is None or found.exact is None:
        return value
    point = Interval.point(found.exact)
    return evolve(found, interval=point, slack=point)


def _places(step: Fraction) -> int | None:
    """How many decimals a step of so much of a unit needs; None where it is no power of ten."""
    for places in range(40):
        if step == Fraction(1, 10**places):
            return places
    return None
