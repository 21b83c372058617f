"""A workbook of text written so that the same content gives the same bytes, and no cell is a formula."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from attrs import frozen

from perfrules.documents.timeless import timeless

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LINE, _HIGHEST = 17, 24
"""Points of a line, and lines of a row; a program takes 409 points. Fonts for Chinese that stand in need more than 15."""
_MOST = 32_000
"""Characters of a cell; a program takes 32,767."""


@frozen
class Column:
    """A column: its heading, how wide it is, what may be chosen in it, whether people fill it in, whether they see it."""

    name: str
    width: int
    choices: tuple[str, ...] = ()
    is_entered: bool = False
    is_hidden: bool = False


@frozen
class Page:
    """A sheet of a workbook: its name, columns and rows; `is_locked` leaves only what is entered open to change.

    `above` are lines over the heading, `frozen_columns` how many columns stay in sight.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    is_locked: bool = False
    above: tuple[str, ...] = ()
    frozen_columns: int = 1

    @property
    def column_names(self) -> tuple[str, ...]:
        """The headings."""
        return tuple(each.name for each in self.columns)


def workbook(pages: Sequence[Page], help_lines: Sequence[str] = ()) -> bytes:
    """The bytes of a workbook with these sheets, and one of help where there are lines of it."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        _fill(book.create_sheet(page.name), page)
    if help_lines:
        told = book.create_sheet("说明")
        told.column_dimensions["A"].width = 110
        for number, line in enumerate(help_lines, 1):
            _write(told, number, 1, line)
    book.properties.creator = "perfrules"
    kept = BytesIO()
    book.save(kept)
    return timeless(kept.getvalue())


def _fill(sheet: Worksheet, page: Page) -> None:
    first = len(page.above) + 1
    for number, line in enumerate(page.above, 1):
        _write(sheet, number, 1, line)
    for at, column in enumerate(page.columns, 1):
        _write(sheet, first, at, column.name)
    for number, row in enumerate(page.rows, first + 1):
        for at, text in enumerate(row, 1):
            _write(sheet, number, at, text)
    for number, row in enumerate((page.column_names, *page.rows), first):
        sheet.row_dimensions[number].height = _LINE * _lines(row, page.columns)
    _dress(sheet, page, first, first + len(page.rows))
    _choices(sheet, page, first, first + len(page.rows))


def _lines(row: Sequence[str], columns: Sequence[Column]) -> int:
    """How many lines the cells of a row need at most: not all programs fit the height of rows by themselves."""
    shown = [(text, column.width) for text, column in zip(row, columns, strict=True) if not column.is_hidden]
    return min(
        _HIGHEST,
        max(
            sum(-(-max(1, _wide(line)) // max(1, width - 2)) for line in text.split("\n"))
            for text, width in shown
        ),
    )


def _wide(text: str) -> int:
    """The columns of figures that a text takes: a Chinese character takes two."""
    return sum(2 if ord(each) > 0x2E80 or each in "“”…" else 1 for each in text)


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """A cell of text, whatever the text begins with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell: Any = sheet.cell(row, column)
    cell.number_format = "@"
    if said := ILLEGAL_CHARACTERS_RE.sub("", text)[:_MOST]:
        cell.value = said
        cell.data_type = "s"
        cell.quotePrefix = said[0] in "=+-@"


def _dress(sheet: Worksheet, page: Page, head: int, last: int) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    grey, yellow = PatternFill("solid", fgColor="E7E6E6"), PatternFill("solid", fgColor="FFF8DC")
    thin = Side(style="thin", color="BFBFBF")
    for number in range(1, head):
        sheet.cell(number, 1).font = Font(bold=number == 1, size=14 if number == 1 else 11)
    for at, column in enumerate(page.columns, 1):
        told = sheet.column_dimensions[get_column_letter(at)]
        told.width, told.hidden = column.width, column.is_hidden
        for number in range(head, last + 1):
            cell = sheet.cell(number, at)
            cell.alignment = Alignment(wrap_text=True, vertical="center" if number == head else "top")
            cell.border = Border(thin, thin, thin, thin)
            if number == head:
                cell.font, cell.fill = Font(bold=True), grey
            elif column.is_entered:
                cell.fill, cell.protection = yellow, Protection(locked=False)
    shown = max(at for at, column in enumerate(page.columns, 1) if not column.is_hidden)
    sheet.freeze_panes = f"{get_column_letter(page.frozen_columns + 1)}{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(shown)}{last}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if page.is_locked:
        sheet.protection.sheet = True
        for right in ("formatColumns", "formatRows", "autoFilter", "sort"):
            setattr(sheet.protection, right, False)  # False: not forbidden


def _choices(sheet: Worksheet, page: Page, head: int, last: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for at, column in enumerate(page.columns, 1):
        if column.choices and last > head:
            listed = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            listed.error, listed.showErrorMessage = "、".join(column.choices), True
            listed.add(f"{get_column_letter(at)}{head + 1}:{get_column_letter(at)}{last}")
            sheet.add_data_validation(listed)
