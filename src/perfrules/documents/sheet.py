"""A table as cells: of a workbook, of a .csv file, or one that stands in a text."""

from __future__ import annotations

import re

from attrs import field, frozen

from perfrules.documents.cells import Shown
from perfrules.documents.folding import fold
from perfrules.location import Location


@frozen
class Cell:
    """A cell's text and place.

    `printed` are the words as they stand at the place, where the text is folded from them. `is_indented` marks one that is
    set in from the left, by blanks or by its format: a part of what stands above it. A cell that may hold a figure and cannot
    be read has no text, and `why` is the reason: `formula`, one saved without its result; `cell_error`, an error like #REF!;
    `number_format`, one that does not show its number, or shows it `places` decimal places smaller than it is kept; `struck`,
    one that is struck through.
    """

    text: str
    location: Location
    printed: str = ""
    is_indented: bool = False
    why: str = ""
    places: int = 0

    @property
    def address(self) -> str:
        """The place in the file's own notation: `监控表!F6`."""
        return self.location.address

    @property
    def quote(self) -> str:
        """The words exactly as they stand there."""
        return self.printed or self.text


ERRORS = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
"""What a spreadsheet program writes where a formula fails."""
_FEW = re.compile(r"[\w.%+\-/]*", re.ASCII)
"""A text without a character that folding changes."""


def cell_of(printed: str, location: Location, *, is_indented: bool = False) -> Cell:
    """The cell with these words: its text has full-width digits and marks folded, as a narrative's has."""
    words = printed.strip()
    if words in ERRORS:
        return Cell("", location, printed=words, why="cell_error")
    text = words if _FEW.fullmatch(words) else fold(words)
    is_indented |= bool(words) and printed[:1].isspace()
    return Cell(text, location, printed="" if text == words else words, is_indented=is_indented)


def shown_cell(shown: Shown, location: Location, *, is_indented: bool = False) -> Cell:
    """The cell that shows this; a number shown smaller than it is kept, or not surely shown, has only its printed words."""
    if shown.is_sure and not shown.places:
        return cell_of(shown.text, location, is_indented=is_indented)
    return Cell(
        "", location, printed=shown.text, is_indented=is_indented, why="number_format", places=shown.places
    )


def struck_cell(shown: Shown, location: Location) -> Cell:
    """The cell that shows this struck through: empty, and a reason where figures were in it."""
    has_figures = any(each.isnumeric() for each in shown.text)
    return Cell("", location, printed=shown.text, why="struck") if has_figures else Cell("", location)


@frozen
class Sheet:
    """A table's rows of cells, all of one length. A merged area has its text in every one of its cells.

    `is_hidden` tells a sheet that whoever opens the file does not see, and `hidden` the rows and columns (`5:5`, `C:C`) that
    nobody sees; they are read as any other. `lines` are the lines of the text on which the rows stand, of a table in a text.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    is_hidden: bool = False
    hidden: tuple[str, ...] = ()
    lines: tuple[int, ...] = field(default=(), repr=False)


def letters(column: int) -> str:
    """The letters of a column counted from 0: A, B … Z, AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
