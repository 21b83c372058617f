"""A layout over the columns that are there → the frames that rules are lowered over, and which columns nobody uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction

from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault
from perfrules.language.whole import Cell, Days, Figures, Frame, Given, Inline, Rows, Texts
from perfrules.model.interval import Interval
from perfrules.model.subject import Field, SubjectType
from perfrules.model.truth import Number
from perfrules.model.unit import NUMBER, PERCENT, RATIO, Kind, Unit, base_unit
from perfrules.readers.link import BASE_FIELDS
from perfrules.readers.narrative.assemble import LINE_NAMES
from perfrules.screening.layout import TYPES, ColumnUse, Layout, Level, LineUse, Uses


class Held(Enum):
    """What a column holds."""

    WHOLE = "whole"
    DECIMAL = "decimal"
    DOUBLE = "double"
    TEXT = "text"
    DATE = "date"
    TRUTH = "truth"
    OTHER = "other"


@frozen
class ColumnType:
    """What is known of a column: what it holds, with how many decimals, between which whole numbers, and if always."""

    held: Held
    decimals: int = 0
    low: int | None = None
    high: int | None = None
    is_known: bool = False


Columns = Mapping[str, ColumnType]
"""The columns of a table by name."""


class Laying:
    """Lays a layout over tables; gathers faults, and the columns used."""

    def __init__(
        self, layout: Layout, types: Mapping[str, SubjectType], tables: Mapping[str, Columns]
    ) -> None:
        self.layout, self.types, self.tables = layout, types, tables
        self.faults: list[Fault] = []
        self.used: dict[str, set[str]] = {name: set() for name in tables}

    def department(self) -> Frame:
        """The frame of departments, with all below it."""
        return self.frame(0)

    def frame(self, depth: int) -> Frame:
        """The frame of a table, with all below it."""
        level, type_ = self.layout.levels[depth], self.types[TYPES[depth]]
        self.used.setdefault(level.table, set()).update({level.key, level.parent})
        own = self.with_units(self.cells(level.own.fields, type_, level, depth), type_)
        members = {}
        for name, use in level.lines.items():
            line = self.types["line"]
            found = self.cells(use.fields, line, level, depth)
            if found:
                cells = {"name": Given(LINE_NAMES[name]), "line": Given(name), **found}
                members[name] = self.line(name, cells, use, level, depth)
        tables: dict[str, Rows | Inline] = {}
        if claims := self.claims(own, level.own, level, depth):
            tables["claims"] = claims
        if depth + 1 < len(self.layout.levels):
            below = self.layout.levels[depth + 1]
            if below.table in self.tables:
                name = ("projects", "targets")[depth]
                tables[name] = Rows(below.table, self.frame(depth + 1), self.complete(name, level, depth))
        if depth == 0:
            own |= self.of_period()
        if depth == 1:
            own["line"] = Given("project")
        return Frame(type_.id, depth, own, members, tables)

    def line(self, name: str, cells: Mapping[str, Cell], use: LineUse, level: Level, depth: int) -> Frame:
        """The frame of a line in a row."""
        claims = self.claims(cells, use, level, depth)
        return Frame("line", depth, cells, {}, {"claims": claims} if claims else {}, name)

    def of_period(self) -> dict[str, Cell]:
        """The period of the layout, and the month and year of its end."""
        start, end = self.layout.period
        found: dict[str, Cell] = {"period_from": Given(start)} if start else {}
        if end:
            for name, value in (("month", end.month), ("year", end.year)):
                point = Interval.point(Fraction(value))
                found[name] = Given(Number(point, point, NUMBER))
            found["period_to"] = Given(end)
        return found

    def complete(self, name: str, level: Level, depth: int) -> bool | tuple[int, str]:
        """Whether all rows below are there, or the column that tells."""
        told = self.layout.complete.get(name, True)
        if isinstance(told, bool):
            return told
        self.used[level.table].add(told)
        column = self.tables[level.table].get(told)
        return (
            (depth, told) if column is not None and column.held is Held.TRUTH else not self.layout.is_standard
        )

    def with_units(self, cells: dict[str, Cell], type_: SubjectType) -> dict[str, Cell]:
        """The cells of which measures are in the unit that their row names, where a column names it."""
        unit = cells.get("unit")
        measures = {each.name for each in type_.fields if each.kind is Kind.MEASURE}
        if not isinstance(unit, Texts):
            return cells
        return {
            name: evolve(cell, unit_from=unit.read)
            if isinstance(cell, Figures) and name in measures
            else cell
            for name, cell in cells.items()
        }

    def cells(self, uses: Uses, type_: SubjectType, level: Level, depth: int) -> dict[str, Cell]:
        """The columns that are there, by the fields they give."""
        fields = {each.name: each for each in type_.fields}
        found: dict[str, Cell] = {}
        for name, use in uses.items():
            cell = self.cell(use, fields[name], level, depth)
            if cell is not None:
                found[name] = cell
        return found

    def cell(self, use: ColumnUse, field: Field, level: Level, depth: int) -> Cell | None:
        """The column as a cell; None where it is not there, with a fault where a written layout names it."""
        column = self.tables.get(level.table, {}).get(use.column)
        if column is None:
            if not self.layout.is_standard:
                self.fault(level, use.column, "没有这一栏", "there is no such column")
            return None
        self.used[level.table].add(use.column)
        read = (depth, use.column)
        match column.held:
            case Held.TEXT if field.kind in (Kind.TEXT, Kind.MEASURE):
                return Texts(read)
            case Held.DATE if field.kind is Kind.DATE:
                return Days(read)
            case Held.WHOLE | Held.DECIMAL if field.kind not in (Kind.TEXT, Kind.DATE, Kind.TRUTH):
                return self.figures(use, field, column, read)
            case Held.DOUBLE:
                zh = "此栏是二进制小数, 存不下确切的数; 请导出为 DECIMAL 或整数"
                en = "a column of binary fractions holds no exact figures; export it as DECIMAL or whole numbers"
                self.fault(level, use.column, zh, en)
            case _:
                held, kind = column.held.value, field.kind.value
                self.fault(
                    level,
                    use.column,
                    f"此栏是 {held}, {field.name} 应为 {kind}",
                    f"a column of {held}, {field.name} is {kind}",
                )
        return None

    def figures(self, use: ColumnUse, field: Field, column: ColumnType, read: tuple[int, str]) -> Figures:
        """A column of numbers, with the worth of its last digit."""
        unit = use.unit or self.unit_of(field)
        decimals = use.decimals if use.decimals is not None and column.held is Held.WHOLE else column.decimals
        step = unit.scale / 10**decimals
        rounded = use.rounded if use.rounded is not None else field.name == "printed"
        return Figures(read, unit, Fraction(step), rounded, column.low, column.high, column.is_known)

    def unit_of(self, field: Field) -> Unit:
        """The unit of a column that tells none."""
        match field.kind:
            case Kind.MONEY:
                return self.layout.unit
            case Kind.RATIO:
                return PERCENT if field.name == "printed" else RATIO
            case Kind.MEASURE:
                return base_unit(Kind.COUNT)
            case _:
                return base_unit(field.kind)

    def claims(self, cells: Mapping[str, Cell], use: LineUse, level: Level, depth: int) -> Inline | None:
        """The claims of a row: each with its figures beside it, so that none needs a table of its own."""
        fields = {each.name: each for each in self.types["claim"].fields}
        frames = []
        twice = {name for name, often in Counter(each.numerator for each in use.claims).items() if often > 1}
        for claim in use.claims:
            printed = self.cell(claim.printed, fields["printed"], level, depth)
            if not isinstance(printed, Figures):
                continue
            given = {
                "printed": printed,
                "numerator": cells.get(claim.numerator),
                "named_base": cells.get(BASE_FIELDS.get(claim.base, claim.base)),
                "numerator_name": Given(claim.numerator),
                "base_name": Given(claim.base),
            }
            held = {name: cell for name, cell in given.items() if cell is not None}
            base = f"_of_{claim.base}" if claim.numerator in twice else ""
            label = f"claims/{claim.numerator}{base}"
            frames.append(Frame("claim", depth, held, label=label, present=printed.read))
        return Inline(tuple(frames)) if frames else None

    def fault(self, level: Level, column: str, zh: str, en: str) -> None:
        """Notes a fault of a column."""
        place = f"{level.table}.{column}"
        self.faults.append(Fault("dataset.column", Bilingual(f"{place}: {zh}", f"{place}: {en}")))

    def unused(self) -> dict[str, list[str]]:
        """The columns that no field is read from, by table."""
        return {
            name: sorted(set(columns) - self.used.get(name, set()))
            for name, columns in self.tables.items()
            if set(columns) - self.used.get(name, set())
        }
