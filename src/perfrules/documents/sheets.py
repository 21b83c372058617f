"""Tables of every kind opened as sheets of cells: .xlsx, the old .xls and .et, and .csv."""

from __future__ import annotations

from io import StringIO
from typing import Any

from perfrules.bilingual import Bilingual
from perfrules.documents.cells import as_shown
from perfrules.documents.csv_sheet import csv_sheet
from perfrules.documents.kinds import kind_of
from perfrules.documents.sheet import Cell, Sheet, letters, shown_cell, struck_cell
from perfrules.documents.sheet_scan import MOST_CELLS, MOST_ROWS
from perfrules.documents.workbook import workbook_sheets
from perfrules.errors import Fault, ReadError
from perfrules.location import Location


def sheets_of(path: str, data: bytes) -> tuple[Sheet, ...]:
    """The sheets of a file of tables, by its content; raises ReadError where it is none, or too large."""
    match kind_of(path, data):
        case "xls":
            found = old_workbook_sheets(path, data)
        case "csv":
            found = (csv_sheet(path, data),)
        case _:
            found = workbook_sheets(path, data)
    if sum(len(sheet.rows) for sheet in found) > MOST_ROWS:
        message = Bilingual(
            f"表格超过 {MOST_ROWS} 行, 不像一个部门的表, 未读取",
            f"the tables have more than {MOST_ROWS:,} rows, too many for a department, and are not read",
        )
        hint = Bilingual("按部门拆成几个文件", "make a file of it for each department")
        raise ReadError(Fault("read.too_large", message, Location(path), hint))
    return found


def old_workbook_sheets(path: str, data: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook in the format before .xlsx; formulas have the results saved with them."""
    import xlrd  # type: ignore[import-untyped]

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=StringIO())
        if sum(sheet.nrows * sheet.ncols for sheet in book.sheets()) > MOST_CELLS:
            raise _fault(path, "too_large", "表格过大, 未读取", "the tables are too large, and not read")
        return tuple(_old_sheet(path, book, sheet) for sheet in book.sheets())
    except ReadError:
        raise
    except Exception as error:  # noqa: BLE001 - xlrd raises whatever a broken record makes it raise
        if "encrypted" in str(error):
            raise _fault(
                path, "encrypted", "文件已加密, 未读取", "the file is encrypted, and not read"
            ) from None
        raise _fault(path, "broken", "不是可以打开的 .xls 文件", "this is no .xls file that opens") from None


def _old_sheet(path: str, book: Any, sheet: Any) -> Sheet:
    merged = {
        (row, column): (top, left)
        for top, bottom, left, right in sheet.merged_cells
        for row in range(top, min(bottom, sheet.nrows))
        for column in range(left, min(right, sheet.ncols))
    }
    rows = []
    for row in range(sheet.nrows):
        places = (merged.get((row, column), (row, column)) for column in range(sheet.ncols))
        rows.append(tuple(_old_cell(path, book, sheet, *place) for place in places))
    hidden = [f"{row + 1}:{row + 1}" for row, each in sorted(sheet.rowinfo_map.items()) if each.hidden]
    hidden += [
        f"{letters(column)}:{letters(column)}"
        for column, each in sorted(sheet.colinfo_map.items())
        if each.hidden and column < sheet.ncols
    ]
    return Sheet(sheet.name, tuple(rows), is_hidden=bool(sheet.visibility), hidden=tuple(hidden))


def _old_cell(path: str, book: Any, sheet: Any, row: int, column: int) -> Cell:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_NUMBER, XL_CELL_TEXT
    from xlrd.biffh import error_text_from_code  # type: ignore[import-untyped]
    from xlrd.xldate import xldate_as_datetime  # type: ignore[import-untyped]

    if row < sheet.nrows and column < sheet.ncols and not sheet.cell_type(row, column):
        return Cell("", Location(path))  # most cells of a sheet that is wide or long
    where = Location(path, f"{sheet.name}!{letters(column)}{row + 1}")
    if row >= sheet.nrows or column >= sheet.ncols:  # a merged area may reach beyond what is filled
        return Cell("", where)
    cell = sheet.cell(row, column)
    style = book.xf_list[cell.xf_index]
    form = book.format_map[style.format_key].format_str
    value: object = None
    if cell.ctype in (XL_CELL_TEXT, XL_CELL_NUMBER):
        value = cell.value
    elif cell.ctype == XL_CELL_DATE:
        value = xldate_as_datetime(cell.value, book.datemode)
    elif cell.ctype == XL_CELL_BOOLEAN:
        value = bool(cell.value)
    elif cell.ctype == XL_CELL_ERROR:
        value = error_text_from_code.get(cell.value, "#N/A")
    is_indented = style.alignment.indent_level > 0 or str(value or "")[:1].isspace()
    if book.font_list[style.font_index].struck_out:
        return struck_cell(as_shown(value, form), where)
    return shown_cell(as_shown(value, form), where, is_indented=is_indented)


def _fault(path: str, code: str, zh: str, en: str) -> ReadError:
    hint = Bilingual("用 WPS 或 Excel 打开后另存为 .xlsx", "open it in WPS or Excel and save it as .xlsx")
    return ReadError(Fault(f"read.{code}", Bilingual(zh, en), Location(path), hint))
