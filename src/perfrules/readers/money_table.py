"""Tables with a row for each project, or for each line of a department, as cells of a sheet; the row's name says whose it is.

A figure is read only below a heading that is known and with a unit that is printed; every other one is told as unread.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from perfrules.documents.sheet import Cell, Sheet
from perfrules.location import Location
from perfrules.model.submission import Unread
from perfrules.readers.form_headings import (
    FUNDS,
    MONEY,
    MONEY_UNIT,
    NAMES_OF_LINES,
    NAMES_OF_PROJECTS,
    OTHER_YEAR,
    TABLE_ENDS,
    UNITS,
    field_of,
)
from perfrules.readers.form_period import period_of
from perfrules.readers.values import MAX_DIGITS

_TOTALS = ("合计", "总计")
_LINES = {"基本支出": "basic", "项目支出": "project"}
_PARTS = re.compile("^(?:其中|小计|[（(]?[一二三四五六七八九十]+[)）、])")
_UNIT_NAME = re.compile(r"^(?:关于)?(?:20\d\d年度?)?([\u4e00-\u9fff]{2,30}?(?:局|委员会|委|办公室|馆|中心|医院|学校|法院|检察院|联合会))(?:20\d\d|部门|项目|整体|预算|上半年|（|$)")  # fmt: skip
_CODES = re.compile("年度$|编码|代码|科目编号")
_SPEAKS_OF_MONEY = re.compile("预算|资金|支出|金额|执行|拨付|经费|结转|万元")
_RATE = re.compile(r"-?\d+(?:\.\d+)?%?")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


Columns = Mapping[int, tuple[str, str | None]]
"""The columns of figures by their place: field, empty where it cannot be told, and unit, None where none is printed."""


class MoneyTable:
    """One sheet that may hold such a table, while it is read."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.places: dict[str, Location] = {}
        self.quotes: dict[str, str] = {}
        self.parts: dict[int, str] = {}
        self.unread: list[Unread] = []

    def mapping(self) -> Mapping[str, Any] | None:
        """What the sheet says in the submission format; None where it holds no such table."""
        at = next((at for at, row in enumerate(self.sheet.rows) if _is_header(row)), None)
        if at is None:
            return None
        headings, first = self._headings(at)
        fields = _columns(headings)
        if not set(fields.values()) & set(MONEY):
            return None
        self.parts = {
            place: "source_row" if "其中" in text else "not_budget"
            for place, text in enumerate(headings)
            if "其中" in text or OTHER_YEAR.search(text)
        }
        columns = {
            place: (
                field,
                self._percent(headings[place], place, first)
                if field == "rate"
                else self._unit(headings[place], at),
            )
            for place, field in fields.items()
        }
        named = next((place for place, text in enumerate(headings) if _names_rows(text)), 0)
        rows = list(self._body(first, named, columns))
        whole = self._head(at, headings, rows)
        if any(_name(row[named]) in _LINES for row in rows):
            whole["lines"] = self._lines(rows, named, columns)
        elif headings and NAMES_OF_PROJECTS.fullmatch(headings[named]):
            whole |= self._projects(rows, named, columns)
        else:
            return None
        return whole

    def _headings(self, at: int) -> tuple[list[str], int]:
        """The words over each column, of one row or of two, and the row where the figures begin."""
        rows = self.sheet.rows
        top = ["".join(cell.text.split()) for cell in rows[at]]
        under = ["".join(cell.text.split()) for cell in rows[at + 1]] if at + 1 < len(rows) else []
        is_heading = any(under) and not any(_NUMBER.fullmatch(text.rstrip("%")) for text in under)
        merged = is_heading and any(a == b or not b or not a for a, b in zip(top, under, strict=False))
        if not merged or not any(field_of(text, FUNDS) for text in under):
            return top, at + 1
        return [_heading(a, b) for a, b in zip(top, under, strict=True)], at + 2

    def _body(self, first: int, named: int, columns: Columns) -> Iterator[tuple[Cell, ...]]:
        """The rows that name what they are of; figures of others, and of those below the notes, are told as unread."""
        has_ended = False
        for row in self.sheet.rows[first:]:
            has_ended |= any(TABLE_ENDS.match(cell.text) for cell in row[:2])
            if has_ended:
                self._leave(row, [place for place in columns if _is_amount(row[place].text)])
            elif row[named].text:
                yield row
            else:
                self._leave(row, columns)

    def _unit(self, heading: str, at: int) -> str | None:
        """The unit of a column: the one in its heading, else the one that stands above the table."""
        own = set(MONEY_UNIT.findall(heading))
        above = {
            found
            for row in self.sheet.rows[: at + 1]
            for cell in row
            for found in UNITS.findall("".join(cell.text.split()))
        }
        found = own or above
        return found.pop() if len(found) == 1 else None

    def _percent(self, heading: str, place: int, first: int) -> str | None:
        """`%` for a column of rates that are in percent: by its heading, or because they can be nothing else."""
        shown = (row[place].text for row in self.sheet.rows[first:])
        found = [Decimal(each.replace(",", "")) for each in shown if _NUMBER.fullmatch(each)]
        is_said = "%" in heading or "％" in heading  # and yet 0.74 below it may be 74 %
        large = [each > 2 for each in found]
        return "%" if found and (all(large) or (is_said and (any(large) or not any(found)))) else None

    def _head(self, at: int, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> dict[str, Any]:
        head: dict[str, Any] = {}
        above = [cell for row in self.sheet.rows[:at] for cell in row if cell.text]
        if period := period_of([*above, *self.sheet.rows[at]], self.places):
            head["period"] = period
        owners = [place for place, text in enumerate(headings) if field_of(text, OWNERS)]
        owners.sort(key=lambda place: "主管" not in headings[place])
        for place in owners[:1]:
            named = {row[place].text: row[place] for row in rows if row[place].text}
            if len(named) > 1:  # of many departments, and the title names who gathered them
                return head
            for name, cell in named.items():
                self.places["/department"] = cell.location
                return {**head, "department": name}
        for cell in above:
            if found := _UNIT_NAME.match(
                "".join(re.sub("^(?:(?:填报|编报|预算)?单位|部门)(?:名称)?[：:]", "", cell.text).split())
            ):
                self.places["/department"] = cell.location
                return {**head, "department": found[1]}
        return head

    def _lines(self, rows: Sequence[Sequence[Cell]], named: int, columns: Columns) -> dict[str, Any]:
        lines: dict[str, Any] = {}
        for row in rows:
            name = _name(row[named])
            line = "total" if name in _TOTALS else _LINES.get(name)
            if line is None or line in lines:
                self._leave(row, columns)
            else:
                lines[line] = self._money(row, columns, f"/lines/{line}")
        return lines

    def _projects(self, rows: Sequence[Sequence[Cell]], named: int, columns: Columns) -> dict[str, Any]:
        """The projects of the rows; they are all there where a total closes them and no row was left out."""
        found: list[dict[str, Any]] = []
        names = [_name(row[named]) for row in rows]
        total: dict[str, Any] = {}
        several = Counter(names)
        is_whole = not self.unread
        for name, row in zip(names, rows, strict=True):
            if name in _TOTALS and not total:
                total = self._money(row, columns, "/lines/project")
            elif several[name] > 1 or _PARTS.match(name) or name in _TOTALS:
                is_whole = False
                self._leave(row, columns)
            else:
                pointer = f"/projects/rows/{len(found)}"
                self.places[f"{pointer}/name"] = row[named].location
                found.append({"name": name, **self._money(row, columns, pointer)})
        lines = {"lines": {"project": total}} if total else {}
        return {
            **lines,
            "projects": {"complete": True, "rows": found} if total and is_whole else {"rows": found},
        }

    def _money(self, row: Sequence[Cell], columns: Columns, pointer: str) -> dict[str, Any]:
        """The figures of a row by field, each with its unit."""
        found: dict[str, Any] = {}
        rates: list[Cell] = []
        for place, (field, unit) in columns.items():
            cell = row[place]
            if not _is_figure(cell):
                continue
            negative = cell.text.startswith("-") and field != "adjustment"
            if field == "rate" and _RATE.fullmatch(cell.text) and (cell.text.endswith("%") or unit == "%"):
                rates.append(cell)
            elif field in MONEY and field not in found and unit and not negative and _is_amount(cell.text):
                found[field] = cell.text + unit
                self.places[f"{pointer}/{field}"] = cell.location
                self.quotes[f"{pointer}/{field}"] = cell.quote
            else:
                why = self.parts.get(place) or _why(field, unit)
                self._leave(row, (place,), why)
        if len(rates) == 1 and "spent" in found:
            base = "adjusted_budget" if "adjusted_budget" in found else "budget"
            self.places[f"{pointer}/claims/0/printed"] = rates[0].location
            self.quotes[f"{pointer}/claims/0/printed"] = rates[0].quote
            printed = rates[0].text.rstrip("%") + "%"
            found["claims"] = [{"printed": printed, "numerator": "spent", "base": base}]
        elif rates:
            self.unread += [Unread(each.location, each.text, "unpaired") for each in rates]
        return found

    def _leave(self, row: Sequence[Cell], columns: Iterable[int], why: str = "ambiguous") -> None:
        """Figures that were seen and not placed."""
        for place in columns:
            if _is_figure(row[place]):
                reason = "formula" if row[place].is_unsaved else why
                where = row[place].location
                self.unread.append(
                    Unread(
                        where, row[place].text or "=", reason, open=reason not in ("source_row", "not_budget")
                    )
                )


OWNERS = (("department", re.compile("^(?:主管部门|实施单位|预算单位|项目单位|部门|单位)(?:名称)?$")),)
"""The headings over the name of the department or unit."""


def _is_header(row: Sequence[Cell]) -> bool:
    texts = ["".join(cell.text.split()) for cell in row]
    fields = {field_of(text, FUNDS) for text in texts} - {None}
    is_bare = not texts[0] and len(fields & set(MONEY)) > 1
    return (any(map(_names_rows, texts)) or is_bare) and bool(fields & set(MONEY))


def _names_rows(heading: str) -> bool:
    return bool(NAMES_OF_PROJECTS.fullmatch(heading) or NAMES_OF_LINES.fullmatch(heading))


def _heading(above: str, below: str) -> str:
    """The words over a column with two rows of headings: the lower one where it names a field by itself."""
    if above == below or (field_of(below, FUNDS) and not OTHER_YEAR.search(above)):
        return below
    return above + below


def _columns(headings: Sequence[str]) -> dict[int, str]:
    """The fields of the columns; one that stands over two columns is told by neither. Other money has a field of no name."""
    found = {place: field for place, text in enumerate(headings) if (field := _field(text)) is not None}
    return {place: field if list(found.values()).count(field) == 1 else "" for place, field in found.items()}


def _field(heading: str) -> str | None:
    if "其中" in heading:  # what one source brings
        return ""
    field = None if OTHER_YEAR.search(heading) else field_of(heading, FUNDS)
    if field in (*MONEY, "rate"):
        return field
    return "" if _SPEAKS_OF_MONEY.search(heading) and not _CODES.search(heading) else None


def _why(field: str, unit: str | None) -> str:
    """Why a figure was not read."""
    if not field:
        return "no_field"
    return "no_unit" if field != "rate" and not unit else "ambiguous"


def _name(cell: Cell) -> str:
    return "".join(cell.text.split())


def _is_amount(text: str) -> bool:
    return len(text) <= MAX_DIGITS and bool(_NUMBER.fullmatch(text))


def _is_figure(cell: Cell) -> bool:
    return cell.is_unsaved or bool(re.search(r"\d", cell.text))
