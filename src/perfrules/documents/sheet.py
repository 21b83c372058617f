"""A table as cells: of a workbook, of a .csv file, or one that stands in a text."""

from __future__ import annotations

from attrs import field, frozen

from perfrules.documents.folding import fold
from perfrules.location import Location


@frozen
class Cell:
    """A cell's text and place; `is_unsaved` marks a formula whose result was not saved with it.

    `printed` are the words as they stand at the place, where the text is folded from them. `is_indented` marks one that is
    set in from the left, by blanks or by its format: a part of what stands above it.
    """

    text: str
    location: Location
    is_unsaved: bool = False
    printed: str = ""
    is_indented: bool = False

    @property
    def address(self) -> str:
        """The place in the file's own notation: `监控表!F6`."""
        return self.location.address

    @property
    def quote(self) -> str:
        """The words exactly as they stand there."""
        return self.printed or self.text


def cell_of(printed: str, location: Location, *, is_indented: bool = False) -> Cell:
    """The cell with these words: its text has full-width digits and marks folded, as a narrative's has."""
    words = printed.strip()
    text = fold(words)
    is_indented |= bool(words) and printed[:1].isspace()
    return Cell(text, location, printed="" if text == words else words, is_indented=is_indented)


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
