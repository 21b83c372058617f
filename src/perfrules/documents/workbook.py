"""An .xlsx file opened: its sheets as cells with their text as shown and their address; formulas as they were saved."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from attrs import define, field

from perfrules.bilingual import Bilingual
from perfrules.documents.archive import parts_of, within_limits
from perfrules.documents.cells import as_shown
from perfrules.documents.sheet import Cell, Sheet, cell_of, letters, shown_cell, struck_cell
from perfrules.documents.sheet_scan import MOST_CELLS, unsaved_formulas
from perfrules.documents.xml import root_of
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

_NO_FORMULA = re.compile(r"=\s*[\d,.]+\s*[^\d\s+\-*/^&<>=(),.:!$'\"]*")
"""`=8个`: what people type for an equal target, and an office program takes for a formula."""
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
Place = tuple[int, int]
"""Row and column of a cell, counted from 1."""


def workbook_sheets(path: str, data: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook, hidden ones too; raises ReadError where the bytes are none, or too large."""
    parts = parts_of(data, path, (_BOOK, _RELATIONS))
    within_limits(data, path)
    unsaved = unsaved_formulas(path, data)
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), data_only=True, keep_links=False, rich_text=True)
    except Exception:  # noqa: BLE001 - openpyxl raises whatever a broken part makes it raise
        message = Bilingual("不是可以打开的 .xlsx 文件", "this is no .xlsx file that opens")
        hint = Bilingual("用 WPS 或 Excel 打开后另存一份", "open it in WPS or Excel and save it again")
        raise ReadError(Fault("read.broken", message, Location(path), hint)) from None
    where = dict(_part_of_sheets(path, parts))
    opened = [_Opened(path, each, unsaved.get(where.get(each.title, ""), {})) for each in book.worksheets]
    if sum(each.last * each.width for each in opened) > MOST_CELLS:
        message = Bilingual("表格过大, 未读取", "the tables are too large, and not read")
        hint = Bilingual("删去空行空列后另存", "take out empty rows and columns, and save it")
        raise ReadError(Fault("read.too_large", message, Location(path), hint))
    return tuple(each.read() for each in opened)


def _part_of_sheets(path: str, parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Each sheet's name, and the part of the archive that holds it."""
    if _BOOK not in parts or _RELATIONS not in parts:
        return
    targets = {each.get("Id"): each.get("Target", "") for each in root_of(parts[_RELATIONS], path)}
    for element in root_of(parts[_BOOK], path).iter():
        if element.tag.endswith("}sheet"):
            named = next((value for key, value in element.items() if key.endswith("}id")), "")
            target = targets.get(named) or ""
            yield element.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


@define
class _Opened:
    """A sheet as it was opened, with the formulas that have no result; `last` and `width` reach to the last cell that holds something."""

    path: str
    sheet: Any
    unsaved: Mapping[Place, str]
    formats: dict[tuple[int, ...], tuple[str, bool, bool]] = field(factory=dict)
    filled: dict[Place, Any] = field(init=False)
    last: int = field(init=False)
    width: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        cells = self.sheet._cells.items()
        self.filled = {place: cell for place, cell in cells if cell.value is not None}
        places = [*self.filled, *self.unsaved]
        self.last = max((row for row, _ in places), default=0)
        self.width = max((column for _, column in places), default=0)

    def read(self) -> Sheet:
        """The sheet's cells as text."""
        found = {place: self.cell(place) for place in {**self.filled, **self.unsaved}}
        for area in self.sheet.merged_cells.ranges:
            first = found.get((area.min_row, area.min_col))
            for row in range(area.min_row, min(area.max_row, self.last) + 1):
                for column in range(area.min_col, min(area.max_col, self.width) + 1):
                    found[row, column] = first or self.empty((area.min_row, area.min_col))
        across = range(1, self.width + 1)
        rows = tuple(
            tuple(found.get((row, column)) or self.empty((row, column)) for column in across)
            for row in range(1, self.last + 1)
        )
        is_hidden = self.sheet.sheet_state != "visible"
        return Sheet(self.sheet.title, rows, is_hidden=is_hidden, hidden=_hidden(self.sheet))

    def where(self, place: Place) -> Location:
        """Where a cell stands."""
        return Location(self.path, f"{self.sheet.title}!{letters(place[1] - 1)}{place[0]}")

    def empty(self, place: Place) -> Cell:
        """A cell without anything in it."""
        return Cell("", self.where(place))

    def cell(self, place: Place) -> Cell:
        """A cell that holds something."""
        where = self.where(place)
        cell = self.filled.get(place)
        if cell is None:
            typed = f"={self.unsaved[place]}".strip()
            return Cell(typed, where) if _NO_FORMULA.fullmatch(typed) else Cell("", where, why="formula")
        number_format, is_indented, is_struck = self.style(cell)
        value = _kept(cell.value)
        is_indented |= isinstance(value, str) and value[:1].isspace()
        if is_struck or value is None:
            return struck_cell(as_shown(str(cell.value) if value is None else value, number_format), where)
        if isinstance(value, str) and number_format == "General":
            return cell_of(value, where, is_indented=is_indented)
        return shown_cell(as_shown(value, number_format), where, is_indented=is_indented)

    def style(self, cell: Any) -> tuple[str, bool, bool]:
        """The number format of a cell, whether it is set in, and whether it is struck through; each style is asked once."""
        if not cell.has_style:
            return "General", False, False
        key = tuple(cell._style)
        if key not in self.formats:
            is_struck = bool(cell.font.strike)
            self.formats[key] = (cell.number_format, bool(cell.alignment.indent), is_struck)
        return self.formats[key]


def _kept(value: Any) -> Any:
    """What a cell says: of words in several formats those that are not struck through; None where all of them are."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    if not isinstance(value, CellRichText):
        return value
    kept = [str(each) for each in value if not (isinstance(each, TextBlock) and each.font.strike)]
    return "".join(kept) if kept else None


def _hidden(sheet: Any) -> tuple[str, ...]:
    """The rows and columns of a sheet that are hidden; columns that are hidden together are one range."""
    from openpyxl.utils import get_column_letter

    rows = [f"{row}:{row}" for row, each in sheet.row_dimensions.items() if each.hidden]
    columns = [(each.min, each.max) for each in sheet.column_dimensions.values() if each.hidden]
    return (*rows, *(f"{get_column_letter(first)}:{get_column_letter(last)}" for first, last in columns))
