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
    """A decoded file. `text` keeps its line ends; `paragraphs` are its lines with soft breaks closed up."""

    path: str
    sha256: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    starts: tuple[int, ...] = field(repr=False)

    def at(self, start: int, end: int) -> Location:
        """The place of a range of code points; its address is the number of the source line it starts on."""
        line = bisect_right(self.starts, start)
        column = start - self.starts[line - 1] + 1
        return Location(self.path, f"¶{line}", (start, end), line, column)

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
