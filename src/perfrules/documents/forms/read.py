"""A form that came back: its rows by their headings, every cell as the text that was typed; a formula is its own text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from perfrules.bilingual import Bilingual
from perfrules.documents.archive import parts_of, within_limits
from perfrules.documents.cells import as_kept
from perfrules.documents.sheet import Cell, cell_of
from perfrules.documents.sheet_scan import MOST_CELLS, unsaved_formulas
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

_HEAD = 20
"""Rows in which the heading is looked for."""


def filled_rows(
    path: str, data: bytes, sheet: str, wanted: Sequence[str], told: Fault
) -> tuple[Mapping[str, Cell], ...]:
    """The rows below the heading, each with the columns that are wanted; those in which nothing stands are left out.

    Columns may have been moved. Raises ReadError with the fault that is given where the sheet or a column is not there.
    """
    page = _sheet(path, data, sheet, told)
    head, places = _heading(page, wanted)
    if head is None:
        raise ReadError(told)
    found = []
    for row in range(head + 1, page.max_row + 1):
        cells = {name: _cell(path, page, row, at) for name, at in places.items()}
        if any(each.text for each in cells.values()):
            found.append(cells)
    return tuple(found)


def _sheet(path: str, data: bytes, name: str, told: Fault) -> Any:
    from openpyxl import load_workbook

    if not parts_of(data, path, ("xl/workbook.xml",)):
        raise ReadError(told)
    within_limits(data, path)
    unsaved_formulas(path, data)  # refuses a workbook that holds too much
    try:
        book = load_workbook(BytesIO(data))
        page = book[name] if name in book.sheetnames else None
        if page is not None and page.max_row * page.max_column <= MOST_CELLS:
            return page
    except Exception:  # noqa: BLE001 - openpyxl raises whatever a broken part makes it raise
        message = Bilingual("不是可以打开的 .xlsx 文件", "this is no .xlsx file that opens")
        hint = Bilingual("用 WPS 或 Excel 打开后另存一份", "open it in WPS or Excel and save it again")
        raise ReadError(Fault("read.broken", message, Location(path), hint)) from None
    raise ReadError(told)


def _heading(page: Any, wanted: Sequence[str]) -> tuple[int | None, dict[str, int]]:
    """The row that has all the columns that are wanted, and where each of them is."""
    for row in range(1, min(page.max_row, _HEAD) + 1):
        said = {
            str(page.cell(row, at).value or "").strip(): at
            for at in range(page.max_column, 0, -1)  # of two alike the first
        }
        if all(name in said for name in wanted):
            return row, {name: said[name] for name in wanted}
    return None, {}


def _cell(path: str, page: Any, row: int, column: int) -> Cell:
    cell = page.cell(row, column)
    value = getattr(cell.value, "text", cell.value)  # of a formula over several cells
    text = as_kept(value, cell.number_format if isinstance(value, int | float | date | datetime) else "")
    return cell_of(text, Location(path, f"{page.title}!{cell.coordinate}"))
