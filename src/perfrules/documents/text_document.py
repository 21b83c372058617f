"""A document in words opened: its text as decoded, its paragraphs and tables, and true places for everything cut from them."""

from __future__ import annotations

from bisect import bisect_right

from attrs import field, frozen

from perfrules.documents.flow import Paragraph
from perfrules.documents.sheet import Sheet
from perfrules.location import Location


@frozen
class TextDocument:
    """A decoded file. `text` keeps its line ends; `paragraphs` are its lines with soft breaks closed up.

    `pages` are the numbers of the lines on which its pages begin, empty where it has none; `pictures` the numbers of the
    pages that hold no text; `tables` the tables that stand in it, whose rows are paragraphs too.
    """

    path: str
    sha256: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    starts: tuple[int, ...] = field(repr=False)
    pages: tuple[int, ...] = field(default=(), repr=False)
    pictures: tuple[int, ...] = ()
    tables: tuple[Sheet, ...] = field(default=(), repr=False)

    def at(self, start: int, end: int) -> Location:
        """The place of a range of code points; its address is the source line it starts on, on its page if it has pages."""
        line = bisect_right(self.starts, start)
        column = start - self.starts[line - 1] + 1
        if not self.pages:
            return Location(self.path, f"¶{line}", (start, end), line, column)
        page = bisect_right(self.pages, line)
        return Location(self.path, f"p{page} l{line - self.pages[page - 1] + 1}", (start, end))

    def place(self, paragraph: Paragraph, start: int, end: int) -> Location:
        """The place of a part of a paragraph."""
        return self.at(*paragraph.span(start, end))

    def cut(self, where: Location) -> str:
        """The words at a place, exactly as they stand in the file."""
        assert where.span is not None
        return self.text[where.span[0] : where.span[1]]
