"""JSON of a layout → rows for the compiled functions: doubles where no digit can be lost, else whole numbers.

Every number counts as written. One with more decimals than its field has, or that is no number, is an error with its
place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Annotated, Any

from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.language.to_doubles import MOST_ROWS
from perfrules.language.whole import Days, Figures, Frame, Texts
from perfrules.language.whole.nodes import Read
from perfrules.model.subject import Field, SubjectType
from perfrules.model.unit import Kind
from perfrules.screening.exactly import attribute
from perfrules.screening.frames import ColumnType, Held, Laying
from perfrules.screening.layout import TYPES, ColumnUse, Layout
from perfrules.screening.questions import positions

LONGEST = 15
"""Digits of a decimal that a double keeps whatever they are."""
_RUNS = bytes.maketrans(b"123456789E", b"000000000e")
_TOO_LONG = b"0" * (LONGEST + 1)
LARGEST = 1e15
"""Numbers beyond take the exact road."""
MOST_DECIMALS = 4
"""Decimals of a number, where the layout says nothing of them."""
MOST_DIGITS = 30
"""Digits before the point, far beyond any budget."""


def read_record(
    text: str | bytes, layout: Layout, scales: Mapping[Read, int], rounded: frozenset[Read]
) -> dict[str, object]:
    """A submission with its figures as numbers of steps: whole ones, or fractions where they are finer; raises ReadError.

    A printed rate (`rounded`) stands for all that rounds to it at its own decimals, and cannot have more.
    """
    try:
        read = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        message = Bilingual(f"不是合法的 JSON: {error}", f"not JSON: {error}")
        raise ReadError(Fault("submission.not_json", message)) from None
    return _whole(read, layout, scales, rounded, 0, "")


def _refuse(word: str) -> object:
    raise ValueError(f"{word} is no number")


@frozen
class Shape:
    """What the numbers of a layout look like in JSON: steps of so many decimals, all but printed rates alike."""

    decimals: int

    @classmethod
    def of(cls, layout: Layout, types: Mapping[str, SubjectType]) -> Shape:
        """The shape in which every exact figure has the decimals of the finest."""
        columns = _columns(layout, types, None, quick=False)
        return cls(max(each.decimals for table in columns.values() for each in table.values()))

    def frame(self, layout: Layout, types: Mapping[str, SubjectType], *, quick: bool) -> Frame:
        """The frame of departments; the quick one is for figures that are not below zero, as a decoder makes sure."""
        laying = Laying(layout, types, _columns(layout, types, self.decimals, quick=quick))
        frame = laying.department()
        if laying.faults:
            raise ReadError(laying.faults)
        return frame

    @staticmethod
    def is_short(text: bytes) -> bool:
        """Whether no number in a text has more digits than a double keeps; long codes in texts count too."""
        runs = text.translate(_RUNS, b".")
        return _TOO_LONG not in runs and (b"-" not in runs or b"0e-" not in runs)

    @staticmethod
    def scales(frame: Frame) -> dict[Read, int]:
        """How many steps a number of each column is worth."""
        return {each.read: int(each.unit.scale / each.step) for each in _figures(frame)}

    @staticmethod
    def rounded(frame: Frame) -> frozenset[Read]:
        """The columns of printed rates, whose decimals say what they stand for."""
        return frozenset(each.read for each in _figures(frame) if each.rounded)


def _figures(frame: Frame) -> Iterator[Figures]:
    for path in positions((frame,)):
        for cell in path[-1].cells.values():
            if isinstance(cell, Figures):
                yield cell


def _columns(
    layout: Layout, types: Mapping[str, SubjectType], finest: int | None, *, quick: bool
) -> dict[str, dict[str, ColumnType]]:
    """The columns that a layout names, as JSON holds them: numbers, texts, days."""
    found: dict[str, dict[str, ColumnType]] = {}
    for level, type_ in zip(layout.levels, TYPES, strict=False):
        columns = found.setdefault(level.table, {})
        parts = [(types[type_], level.own), *((types["line"], use) for use in level.lines.values())]
        for subject_type, part in parts:
            fields = {each.name: each for each in subject_type.fields}
            for name, use in part.fields.items():
                column = _column(fields[name], use, finest)
                is_signed = fields[name].kind is Kind.MONEY and not fields[name].nonnegative
                low = 0 if quick and not is_signed else None
                columns[use.column] = evolve(column, low=low)
            for claim in part.claims:
                decimals = 2 if claim.printed.decimals is None else claim.printed.decimals
                columns[claim.printed.column] = ColumnType(Held.DECIMAL, decimals, 0 if quick else None)
    for depth, name in enumerate(("projects", "targets")):
        told = layout.complete.get(name)
        if isinstance(told, str) and depth < len(layout.levels):
            found[layout.levels[depth].table][told] = ColumnType(Held.TRUTH)
    return found


def _column(field_: Field, use: ColumnUse, finest: int | None) -> ColumnType:
    held = {Kind.TEXT: Held.TEXT, Kind.DATE: Held.DATE}.get(field_.kind)
    if held is not None:
        return ColumnType(held)
    own = MOST_DECIMALS if use.decimals is None else use.decimals
    return ColumnType(Held.DECIMAL, own if finest is None or use.rounded else finest)


def _whole(
    read: object,
    layout: Layout,
    figures: Mapping[Read, int],
    rounded: frozenset[Read],
    depth: int,
    place: str,
) -> dict[str, object]:
    """A row with its figures in whole numbers and its rows below; raises ReadError with the place of what is wrong."""
    if not isinstance(read, dict):
        raise _fault(place or "$", "此处应为对象", "expected an object here")
    found = dict(read)
    for name, value in read.items():
        scale = figures.get((depth, name))
        if scale is None or value is None:
            continue
        if not isinstance(value, Decimal):
            raise _fault(f"{place}{name}", "此处应为数", "expected a number here")
        steps = value * scale if abs(value.adjusted()) < MOST_DIGITS else value
        if abs(steps) >= 10**MOST_DIGITS or len(value.as_tuple().digits) > MOST_DIGITS:
            raise _fault(f"{place}{name}", f"“{value}”过长", f'"{value}" is too long')
        if steps == steps.to_integral_value():
            found[name] = int(steps)
        elif (depth, name) in rounded:
            zh, en = f"“{value}”的小数位数多于此栏", f'"{value}" has more decimals than this field'
            raise _fault(f"{place}{name}", zh, en)
        else:
            found[name] = Fraction(steps)
    if depth + 1 < len(layout.levels):
        below = layout.levels[depth + 1].table
        rows = found.get(below) or []
        if not isinstance(rows, list):
            raise _fault(f"{place}{below}", "此处应为列表", "expected a list here")
        found[below] = [
            _whole(each, layout, figures, rounded, depth + 1, f"{place}{below}[{number}].")
            for number, each in enumerate(rows)
        ]
    return found


def _fault(place: str, zh: str, en: str) -> ReadError:
    return ReadError(Fault("submission.value", Bilingual(f"{place}: {zh}", f"{place}: {en}")))


class _Row(SimpleNamespace):
    """A row whose missing columns are None."""

    def __getattr__(self, name: str) -> None:
        return None


def row_of(record: Mapping[str, object], layout: Layout, depth: int = 0) -> _Row:
    """A record as the compiled functions read it, each column an attribute."""
    below = layout.levels[depth + 1].table if depth + 1 < len(layout.levels) else None
    return _Row(
        **{
            attribute(name): [row_of(each, layout, depth + 1) for each in value] if name == below else value  # type: ignore[attr-defined]
            for name, value in record.items()
        }
    )


def decoder(layout: Layout, frame: Frame) -> Callable[[bytes], object]:
    """A decoder of JSON into rows of doubles; raises ImportError without msgspec."""
    import msgspec

    cells: dict[tuple[int, str], object] = {}
    for path in positions((frame,)):
        for cell in path[-1].cells.values():
            if isinstance(cell, Figures):
                bounds = msgspec.Meta(ge=cell.low if cell.low is not None else -LARGEST, le=LARGEST)
                cells[cell.read] = Annotated[float, bounds] | None
            elif isinstance(cell, Texts):
                cells[cell.read] = str | None
            elif isinstance(cell, Days):
                cells[cell.read] = date | None
        for table in path[-1].tables.values():
            if not isinstance(table.complete, bool):
                cells[table.complete] = bool | None
    below: type | None = None
    for depth in reversed(range(len(layout.levels))):
        mine = {name: kind for (level, name), kind in cells.items() if level == depth}
        fields: list[Any] = [(attribute(name), kind, None) for name, kind in mine.items()]
        names = {attribute(name): name for name in mine}
        if below is not None:
            rows = Annotated[list[below], msgspec.Meta(max_length=MOST_ROWS)]  # type: ignore[valid-type]
            table_name = layout.levels[depth + 1].table
            names[attribute(table_name)] = table_name
            fields.append((attribute(table_name), rows, msgspec.field(default_factory=list)))
        below = msgspec.defstruct(f"Row{depth}", fields, gc=False, rename=names)
    return msgspec.json.Decoder(below).decode
