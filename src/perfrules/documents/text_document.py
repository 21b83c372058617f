"""A document in words opened: its text as decoded, its paragraphs and tables, and true places for everything cut from them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from hashlib import sha256
from itertools import pairwise

from attrs import field, frozen

from perfrules.bilingual import Bilingual
from perfrules.documents.flow import Paragraph, line_starts
from perfrules.documents.sheet import Sheet
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

MOST_CHARACTERS = 500_000
MOST_PARAGRAPHS = 20_000
LONGEST_PARAGRAPH = 30_000
"""Some five hundred pages: no department writes more, and nothing longer is read for seconds."""


@frozen
class LeftOut:
    """Words of a file that are none of its text, and why: `hidden`, `struck`, `rotated` or `equation`; `page` where it has pages."""

    why: str
    words: str
    page: int | None = None


@frozen
class TextDocument:
    """A decoded file. `text` keeps its line ends; `paragraphs` are its lines with soft breaks closed up.

    `pages` are the numbers of the lines on which its pages begin, empty where it has none; `pictures` the numbers of the
    pages that hold no text; `tables` the tables that stand in it, whose rows are paragraphs too; `left_out` words of the
    file that are none of its text.
    """

    path: str
    sha256: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    starts: tuple[int, ...] = field(repr=False)
    pages: tuple[int, ...] = field(default=(), repr=False)
    pictures: tuple[int, ...] = ()
    tables: tuple[Sheet, ...] = field(default=(), repr=False)
    left_out: tuple[LeftOut, ...] = ()

    def at(self, start: int, end: int) -> Location:
        """The place of a range of code points; its address is the source line it starts on, on its page if it has pages."""
        line = bisect_right(self.starts, start)
        column = start - self.starts[line - 1] + 1
        if not self.pages:
            return Location(self.path, f"¶{line}", (start, end), line, column)
        page = bisect_right(self.pages, line)
        return Location(self.path, f"p{page} l{line - self.pages[page - 1] + 1}", (start, end))

    def lines_of(self, where: Location) -> tuple[Location, ...]:
        """The place of each line of a stretch, the first from where it begins and the last to where it ends."""
        assert where.span is not None
        start, end = where.span
        edges = [start, *(each for each in self.starts if start < each < end), end]
        return tuple(self.at(*each) for each in pairwise(edges))

    def place(self, paragraph: Paragraph, start: int, end: int) -> Location:
        """The place of a part of a paragraph."""
        return self.at(*paragraph.span(start, end))

    def cut(self, where: Location) -> str:
        """The words at a place, exactly as they stand in the file."""
        assert where.span is not None
        return self.text[where.span[0] : where.span[1]]


def document_of(
    path: str, data: bytes, text: str, parted: Callable[[str], tuple[Paragraph, ...]]
) -> TextDocument:
    """The document with this text; raises ReadError where it is too long for a report, before it is looked at more closely."""
    if len(text) > MOST_CHARACTERS or any(len(line) > LONGEST_PARAGRAPH for line in text.split("\n")):
        raise too_long(path)
    found = parted(text)
    if len(found) > MOST_PARAGRAPHS or any(len(each.text) > LONGEST_PARAGRAPH for each in found):
        raise too_long(path)
    return TextDocument(path, sha256(data).hexdigest(), text, found, line_starts(text))


def too_long(path: str) -> ReadError:
    """The fault of a text that is longer than any report."""
    message = Bilingual("文字过长, 不像一份报告, 未读取", "the text is too long for a report, and not read")
    hint = Bilingual(
        f"按部门拆成几个文件; 一份最多 {MOST_CHARACTERS // 10_000} 万字, 一段最多 {LONGEST_PARAGRAPH // 10_000} 万字",
        f"make a file of it for each department, of {MOST_CHARACTERS:,} characters at most, and {LONGEST_PARAGRAPH:,} in a paragraph",
    )
    return ReadError(Fault("read.too_large", message, Location(path), hint))
