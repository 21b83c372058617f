"""The tables that stand in a text, as sheets of cells: rows of Word and PDF with their merged areas, and typed rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from attrs import evolve, frozen

from perfrules.documents.apart import cells_apart
from perfrules.documents.flow import Paragraph
from perfrules.documents.sheet import ERRORS, Cell, Sheet, letters
from perfrules.documents.text_document import TextDocument
from perfrules.location import Location

WIDEST = 200
"""Columns that typed rows have at most."""
_FIGURE = re.compile(r"[-－+]?[\d,，]+(?:\.\d+)?[%％]?|[—–/-]")
Place = tuple[int, int]
"""Row and column of a cell, counted from 0."""


@frozen
class Grid:
    """A table of a document while it is opened: the line of the text that each row is, and where the text of a merged cell stands."""

    lines: tuple[int, ...]
    merged: Mapping[Place, Place]


def with_tables(
    document: TextDocument, grids: Iterable[Grid] | None = None, *, numbered: bool = False
) -> TextDocument:
    """The document with its tables; without grids, each run of rows in its text is one.

    `numbered` gives cells an address of their own (`表1!C5`), for programs that show no lines.
    """
    rows = {each.line: each for each in document.paragraphs}
    told = _runs(document.paragraphs) if grids is None else grids
    sheets = tuple(_sheet(document, rows, grid, number, numbered) for number, grid in enumerate(told, 1))
    return evolve(document, tables=tuple(each for each in sheets if each.rows))


def _is_even(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether rows have as many cells each, and no more than a table has: else which cell stands below which is a guess.

    Rows between tabs may have lost empty cells at their end, where no figures stand in the other rows: remarks, mostly.
    """
    rows = [[each.text[start:end] for start, end in pieces(each)] for each in paragraphs]
    width = max(map(len, rows))
    short = [each for each in rows if len(each) < width]
    full = [each for each in rows[1:] if len(each) == width]
    if not short:
        return width <= WIDEST
    if (
        width > WIDEST
        or len(rows[0]) < width
        or not full
        or not all("\t" in each.text for each in paragraphs)
    ):
        return False
    figures = [[_FIGURE.fullmatch(each) is not None for each in row] for row in full]
    bears = [any(column) for column in zip(*figures, strict=True)]
    return all(
        not any(bears[len(row) :])
        and all(
            not cell or is_borne == bool(_FIGURE.fullmatch(cell))
            for cell, is_borne in zip(row, bears, strict=False)
        )
        for row in short
    )


def pieces(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Where the cells of a row stand in it, blanks around them left out; separated by |, tabs, or nothing but blanks."""
    if not set("|\t") & set(paragraph.text):
        return cells_apart(paragraph.text)
    separator = "|" if "|" in paragraph.text else "\t"
    found, start = [], 0
    for piece in paragraph.text.split(separator):
        inner = piece.strip()
        at = start + piece.find(inner) if inner else start
        found.append((at, at + len(inner)))
        start += len(piece) + 1
    first, last = found[0], found[-1]
    if (
        separator == "|"
        and len(found) > 2
        and first[0] == first[1]
        and last[0] == last[1]
        and _is_framed(paragraph)
    ):
        return found[1:-1]
    return found


def _is_framed(paragraph: Paragraph) -> bool:
    """Whether a row was typed with a | at both of its ends: | a | b |."""
    return paragraph.text.startswith("| ") or paragraph.text.endswith(" |")


def _runs(paragraphs: Sequence[Paragraph]) -> Iterator[Grid]:
    """The runs of typed rows; lines that only draw a frame are none."""
    for is_row, run in groupby(paragraphs, key=lambda each: each.is_row):
        rows = [each for each in run if not set(each.text) <= set("|-: +\t")] if is_row else []
        if rows and _is_even(rows):
            yield Grid(tuple(each.line for each in rows), {})


def _sheet(
    document: TextDocument, rows: Mapping[int, Paragraph], grid: Grid, number: int, numbered: bool
) -> Sheet:
    found: list[list[Cell]] = []
    for at, line in enumerate(grid.lines):
        row = rows.get(line)
        cut = pieces(row) if row is not None and row.is_row else [(0, len(row.text))] if row else []
        cells = []
        for column, (start, end) in enumerate(cut):
            assert row is not None
            address = f"表{number}!{letters(column)}{at + 1}" if numbered else ""
            cells.append(_cell(document, row, start, end, address))
        found.append(cells)
    width = max(map(len, found), default=0)
    empty = Cell("", Location(document.path))
    full = [[*row, *[empty] * (width - len(row))] for row in found]
    for (at, column), (top, left) in grid.merged.items():
        if at < len(full) and column < width:
            full[at][column] = full[top][left]
    return Sheet(f"表{number}", tuple(map(tuple, full)), lines=grid.lines)


def _cell(document: TextDocument, row: Paragraph, start: int, end: int, address: str) -> Cell:
    if start == end:
        return Cell("", Location(document.path, address))
    where = document.place(row, start, end)
    shown = Location(document.path, address, where.span) if address else where
    words = document.cut(where)
    is_error = words.strip() in ERRORS
    return Cell(
        "" if is_error else row.text[start:end], shown, printed=words, why="cell_error" if is_error else ""
    )
