"""An .xlsx file opened: its sheets as cells with their text as shown and their address; formulas as they were saved."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from perfrules.bilingual import Bilingual
from perfrules.documents.archive import parts_of, within_limits
from perfrules.documents.cells import as_shown
from perfrules.documents.sheet import Cell, Sheet, cell_of
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

MOST_CELLS = 400_000
_NO_FORMULA = re.compile(r"=\s*[\d,.]+\s*[^\d\s+\-*/^&<>=(),.:!$'\"]*")
"""`=8个`: what people type for an equal target, and an office program takes for a formula."""


def workbook_sheets(path: str, data: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook, hidden ones too; raises ReadError where the bytes are none, or too large."""
    parts_of(data, path, ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"))
    within_limits(data, path, "xl/worksheets/", MOST_CELLS)
    from openpyxl import load_workbook

    try:
        values, formulas = (load_workbook(BytesIO(data), data_only=each) for each in (True, False))
    except Exception:  # noqa: BLE001 - openpyxl raises whatever a broken part makes it raise
        message = Bilingual("不是可以打开的 .xlsx 文件", "this is no .xlsx file that opens")
        hint = Bilingual("用 WPS 或 Excel 打开后另存一份", "open it in WPS or Excel and save it again")
        raise ReadError(Fault("read.broken", message, Location(path), hint)) from None
    if sum(sheet.max_row * sheet.max_column for sheet in values.worksheets) > MOST_CELLS:
        message = Bilingual("表格过大, 未读取", "the tables are too large, and not read")
        hint = Bilingual("删去空行空列后另存", "take out empty rows and columns, and save it")
        raise ReadError(Fault("read.too_large", message, Location(path), hint))
    return tuple(_sheet(path, sheet, formulas[sheet.title]) for sheet in values.worksheets)


def _sheet(path: str, sheet: Any, formulas: Any) -> Sheet:
    merged = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    rows, last, width = [], sheet.max_row, sheet.max_column  # each of them looks through all cells
    for row in range(1, last + 1):
        places = (merged.get((row, column), (row, column)) for column in range(1, width + 1))
        rows.append(tuple(_cell(path, sheet, formulas, *place) for place in places))
    return Sheet(sheet.title, tuple(rows), is_hidden=sheet.sheet_state != "visible", hidden=_hidden(sheet))


def _hidden(sheet: Any) -> tuple[str, ...]:
    """The rows and columns of a sheet that are hidden; columns that are hidden together are one range."""
    from openpyxl.utils import get_column_letter

    rows = [f"{row}:{row}" for row, each in sheet.row_dimensions.items() if each.hidden]
    columns = [(each.min, each.max) for each in sheet.column_dimensions.values() if each.hidden]
    return (*rows, *(f"{get_column_letter(first)}:{get_column_letter(last)}" for first, last in columns))


def _cell(path: str, sheet: Any, formulas: Any, row: int, column: int) -> Cell:
    cell, written = sheet.cell(row, column), formulas.cell(row, column)
    where = Location(path, f"{sheet.title}!{cell.coordinate}")
    if cell.value is None and written.data_type == "f":
        typed = str(written.value).strip()
        return Cell(typed, where) if _NO_FORMULA.fullmatch(typed) else Cell("", where, is_unsaved=True)
    is_indented = bool(cell.alignment.indent) or (isinstance(cell.value, str) and cell.value[:1].isspace())
    return cell_of(as_shown(cell.value, cell.number_format), where, is_indented=is_indented)
