"""A document in words as a page shows it: its lines by their numbers, its tables as tables, its figures marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise

from attrs import frozen

from perfrules.documents import TextDocument
from perfrules.documents.sheet import Sheet
from perfrules.reporters.html.markup import Markup, element, joined
from perfrules.reporters.html.originals.grids import rows_markup
from perfrules.reporters.html.originals.ink import Ink
from perfrules.reporters.html.wording import Say


@frozen
class Line:
    """A line of the text that is not blank: its number, where it stands, its page, and the table and row that it is."""

    number: int
    start: int
    end: int
    page: int
    table: int = -1
    row: int = -1


def text_markup(document: TextDocument, ink: Ink, say: Say) -> Markup:
    """The whole text; lines keep the numbers by which findings name them, counted by page where there are pages."""
    pieces: list[Markup] = []
    page = 0
    for (on, table), run in groupby(_lines(document), key=lambda each: (each.page, each.table)):
        if on != page:
            pieces.append(element("p", say(f"第{on}页", f"page {on}"), class_="page"))
            page = on
        lines = list(run)
        if table < 0:
            pieces.append(_listed(lines, document, ink))
        else:
            pieces.append(_rows(document.tables[table], lines, document, ink, say))
    return joined(pieces)


def _lines(document: TextDocument) -> Iterator[Line]:
    rows: Mapping[int, tuple[int, int]] = {
        line: (table, row)
        for table, sheet in enumerate(document.tables)
        for row, line in enumerate(sheet.lines)
    }
    edges = (*document.starts, len(document.text))
    for number, (start, end) in enumerate(pairwise(edges), 1):
        if document.text[start:end].strip():
            page = bisect_right(document.pages, number)
            words = document.text[start:end].rstrip("\r\n")
            yield Line(number, start, start + len(words), page, *rows.get(number, (-1, -1)))


def _listed(lines: list[Line], document: TextDocument, ink: Ink) -> Markup:
    return element("ol", (_line(each, document, ink) for each in lines), class_="lines")


def _line(line: Line, document: TextDocument, ink: Ink) -> Markup:
    first = document.pages[line.page - 1] if line.page else 1
    return element("li", ink.stretch(document.text, line.start, line.end), value=line.number - first + 1)


def _rows(sheet: Sheet, lines: list[Line], document: TextDocument, ink: Ink, say: Say) -> Markup:
    numbers = [each.row for each in lines]
    by_line = not any("!" in cell.address for row in sheet.rows for cell in row)
    labels = {each.row: str(each.number if by_line else each.row + 1) for each in lines}

    def words(row: int, column: int) -> Markup:
        span = sheet.rows[row][column].location.span
        return joined() if span is None else ink.stretch(document.text, *span)

    title = say("文中表格", "A table in the text") if by_line else sheet.name
    return rows_markup(sheet, [numbers], labels, words, title, lettered=not by_line)
