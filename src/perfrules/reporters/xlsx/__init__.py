"""The workbook for the bureau: a sheet for each table, headings that stay, filters, exact numbers, and nothing that is a formula."""

from __future__ import annotations

from collections.abc import Sequence

from perfrules.bilingual import Bilingual, Language
from perfrules.model.report import Results
from perfrules.reporters.rows import tables
from perfrules.reporters.rows.about import about_table
from perfrules.reporters.xlsx.book import Book
from perfrules.reporters.xlsx.text import MAX_TEXT

__all__ = ["findings_xlsx"]
ROWS = 1_048_576
"""The most rows that a sheet can have, its heading among them."""
CONTROL = Bilingual("删去的控制字符", "Control characters removed")
CUT = Bilingual("截短的单元格", "Cells cut short")
SHOWN = 20


def findings_xlsx(results: Results, language: Language, rows: int = ROWS) -> bytes:
    """The workbook as bytes; the same results give the same bytes. A table of more than `rows` rows goes on in a further sheet."""
    book = Book(language, rows)
    for each in tables(results, language):
        book.add(each)
    book.add(about_table(results, language, _removed(book, language)))
    return book.closed()


def _removed(book: Book, language: Language) -> Sequence[tuple[str, str]]:
    """What the workbook could not hold, and where: told in it."""
    longest = f"{MAX_TEXT}+"
    told = ((CONTROL.said(language), book.mended), (f"{CUT.said(language)} ({longest})", book.cut))
    return [
        (label, f"{len(cells)}: {', '.join(cells[:SHOWN])}{' …' if len(cells) > SHOWN else ''}")
        for label, cells in told
        if cells
    ]
