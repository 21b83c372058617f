"""A text file opened: its text as decoded, its paragraphs, and true places for everything cut from them."""

from __future__ import annotations

from bisect import bisect_right
from hashlib import sha256

from attrs import field, frozen

from perfrules.documents.decoding import decode
from perfrules.documents.flow import Paragraph, line_starts, paragraphs
from perfrules.location import Location


@frozen
class TextDocument:
    """A decoded file. `text` keeps its line ends; `paragraphs` are its lines with soft breaks closed up.

    `pages` are the numbers of the lines on which its pages begin, empty where it has none; `pictures` the numbers of the
    pages that hold no text.
    """

    path: str
    sha256: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    starts: tuple[int, ...] = field(repr=False)
    pages: tuple[int, ...] = field(default=(), repr=False)
    pictures: tuple[int, ...] = ()

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


def text_document(path: str, data: bytes) -> TextDocument:
    """The document in a text file's bytes; raises ReadError where they are no text."""
    text = decode(data, path)
    return TextDocument(path, sha256(data).hexdigest(), text, paragraphs(text), line_starts(text))
