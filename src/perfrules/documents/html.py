"""A page of HTML opened: its paragraphs and table rows as lines; scripts, styles and what is hidden are none."""

from __future__ import annotations

from html.parser import HTMLParser

from attrs import define, evolve, field

from perfrules.documents.decoding import decode
from perfrules.documents.flow import separate
from perfrules.documents.hidden_html import Hiding
from perfrules.documents.sheet_scan import MOST_CELLS
from perfrules.documents.text_document import LeftOut, TextDocument, document_of, too_long
from perfrules.documents.text_tables import Grid, Place, with_tables

BLOCKS = {"p", "div", "br", "li", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "body"}  # fmt: skip
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
"""Elements that have no end."""
CLOSED_BY = {"p": {*BLOCKS, "td", "th"} - {"br", "body"}, "li": {"li"}, "td": {"td", "th", "tr"}, "th": {"td", "th", "tr"}, "tr": {"tr"}}  # fmt: skip
"""Elements whose end may be left out: the next of these ends them."""
NOT_TEXT = {"script", "style", "head", "title"}
LONGEST = 8_000_000
"""Characters of a page at most: pages that office programs write are mostly marks."""
WIDEST = 100
"""Columns that one cell takes, or rows, at most."""


def html_document(path: str, data: bytes) -> TextDocument:
    """The document in a page of HTML, in UTF-8 or GB18030; raises ReadError where the bytes are no text, or too long."""
    source = decode(data, path)
    if len(source) > LONGEST:
        raise too_long(path)
    page = _Page()
    try:
        page.feed(source)
        page.close()
    except _TooWideError:
        raise too_long(path) from None
    text = "".join(f"{line}\n" for line in "".join(page.pieces).split("\n"))
    document = evolve(document_of(path, data, text, separate), left_out=tuple(page.left_out))
    return with_tables(document, [each.grid for each in page.tables if each.lines])


class _TooWideError(Exception):
    """The tables of a page have more cells than are read."""


@define
class _Table:
    """A table while it is read: the lines of its rows, where merged cells have their text, and what goes on from above."""

    lines: list[int] = field(factory=list)
    merged: dict[Place, Place] = field(factory=dict)
    column: int = 0
    marks: int = 0
    below: dict[int, tuple[Place, int]] = field(factory=dict)
    later: dict[int, tuple[Place, int]] = field(factory=dict)

    @property
    def grid(self) -> Grid:
        """The table's rows and merged cells."""
        return Grid(tuple(self.lines), self.merged)

    def skip(self) -> str:
        """Goes over the columns from here on that cells above take; the marks up to the cell that comes next."""
        while self.column in self.below:
            origin, rows = self.below.pop(self.column)
            self.merged[len(self.lines) - 1, self.column] = origin
            if rows > 1:
                self.later[self.column] = (origin, rows - 1)
            self.column += 1
        return self.marks_to(self.column)

    def marks_to(self, column: int) -> str:
        """The marks between cells that are not written yet, up to a column."""
        missing = max(0, column - self.marks)
        self.marks += missing
        return "|" * missing

    def ends_row(self) -> str:
        """The marks behind the last cell of a row; none where one cell takes the whole of it."""
        row = len(self.lines) - 1
        origins = {self.merged.get((row, column), (row, column)) for column in range(self.column)}
        return "" if len(origins) < 2 else self.marks_to(self.column - 1)

    def cell(self, width: int, height: int) -> None:
        """Notes a cell that takes so many columns and rows."""
        origin = (len(self.lines) - 1, self.column)
        for column in range(self.column, self.column + width):
            if column != self.column:
                self.merged[origin[0], column] = origin
            if height > 1:
                self.later[column] = (origin, height - 1)
        self.column += width

    def row(self, line: int) -> None:
        """Begins a row on this line of the text."""
        rest = {at: (origin, rows - 1) for at, (origin, rows) in self.below.items() if rows > 1}
        self.below, self.later = {**rest, **self.later}, {}
        self.lines.append(line)
        self.column = self.marks = 0


class _Page(HTMLParser):
    """Gathers the text of a page; blanks and line ends of its source are one blank, as a browser shows them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.tables: list[_Table] = []
        self.cells = 0
        self.left_out: list[LeftOut] = []
        self.line = 1
        self._hiding = Hiding()
        self._open: list[tuple[str, str]] = []
        self._inside: list[_Table] = []
        self._is_in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins: a line of its own, a row or a cell, or something that is not shown."""
        while self._open and tag in CLOSED_BY.get(self._open[-1][0], ()):
            self._close()
        why = self._why or self._hiding.why(tag, attrs)
        if tag not in VOID:
            self._open.append((tag, why))
        if why and not (tag in ("td", "th") and self._keeps_its_place(attrs)):
            return
        if tag == "table":
            self._inside.append(_Table())
            self.tables.append(self._inside[-1])
            self._is_in_cell = False
            self._new_line()
        elif tag == "tr" and self._inside:
            self._new_line()
            self._inside[-1].row(self.line)
            self._is_in_cell = False
        elif tag in ("td", "th") and self._inside and self._inside[-1].lines:
            self._begin_cell(dict(attrs))
        elif tag in BLOCKS and not self._is_in_cell:
            self._new_line()

    def _begin_cell(self, attrs: dict[str, str | None]) -> None:
        table = self._inside[-1]
        before = table.column
        self.pieces.append(table.skip())
        table.cell(_span(attrs.get("colspan")), _span(attrs.get("rowspan")))
        self._is_in_cell = True
        self.cells += table.column - before
        if self.cells > MOST_CELLS:
            raise _TooWideError

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and those inside it that were left open."""
        if tag not in [name for name, _ in self._open[-200:]]:
            return
        was_left_out = bool(self._why)
        while self._close() != tag:
            pass
        if was_left_out:
            return
        if tag == "table" and self._inside:
            self._inside.pop()
            self._is_in_cell = bool(self._inside)
            self._new_line()
        elif tag == "tr" or (tag in BLOCKS and not self._is_in_cell):
            self._is_in_cell = False
            self._new_line()

    def handle_data(self, data: str) -> None:
        """Words: they are shown, or told as left out."""
        joined = " ".join(data.split())
        if self._open and self._open[-1][0] == "style":
            self._hiding.learn(data)
        elif not self._why:
            self.pieces.append(joined.replace("|", "¦") if self._is_in_cell else joined)
        elif joined and not {name for name, _ in self._open} & NOT_TEXT:
            self.left_out.append(LeftOut(self._why, joined))

    @property
    def _why(self) -> str:
        """Why words are left out here; empty where they are none."""
        return self._open[-1][1] if self._open else ""

    def _keeps_its_place(self, attrs: list[tuple[str, str | None]]) -> bool:
        """Whether a cell that is left out stands in its row nevertheless: struck through, or only invisible."""
        is_there = self._why == "struck" or "visibility" in (dict(attrs).get("style") or "")
        return len(self._open) > 1 and not self._open[-2][1] and is_there

    def _close(self) -> str:
        tag, why = self._open.pop()
        if tag == "tr" and not why and self._inside and self._inside[-1].lines:
            self.pieces.append(self._inside[-1].ends_row())
        return tag

    def _new_line(self) -> None:
        self.pieces.append("\n")
        self.line += 1


def _span(said: str | None) -> int:
    return max(1, min(int(said), WIDEST)) if said and said.isdecimal() and len(said) < 9 else 1
