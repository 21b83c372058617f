"""A .docx file opened: paragraphs and table rows in the order in which they are read, as the author left them.

Tracked insertions are text, deletions are not; content controls, links and text boxes are read where they stand, numbers that
Word makes are written out, notes follow at the end. A table's row is one line with `|` between its cells; a table in a
cell follows its row.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from xml.etree.ElementTree import Element

from perfrules.bilingual import Bilingual
from perfrules.documents.archive import parts_of
from perfrules.documents.flow import line_starts, separate
from perfrules.documents.numbering import Numbering
from perfrules.documents.text_document import TextDocument
from perfrules.documents.xml import root_of
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BODY, NUMBERS = "word/document.xml", "word/numbering.xml"
NOTES = ("word/footnotes.xml", "word/endnotes.xml")
GONE = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr")}
"""What is not text: deletions, field codes, properties."""
PLAIN = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
DEEPEST = 200


def word_document(path: str, data: bytes) -> TextDocument:
    """The document in the bytes of a .docx; raises ReadError where they are none."""
    parts = parts_of(data, path, (BODY, NUMBERS, *NOTES))
    if BODY not in parts:
        message = Bilingual("不是 Word 文档", "this is no Word document")
        hint = Bilingual("用 WPS 或 Word 另存为 .docx", "save it as .docx in WPS or Word")
        raise ReadError(Fault("read.no_document", message, Location(path), hint))
    numbering = Numbering(root_of(parts[NUMBERS], path) if NUMBERS in parts else None)
    lines = list(_Reader(numbering).lines(root_of(parts[BODY], path)))
    for notes in (root_of(parts[name], path) for name in NOTES if name in parts):
        lines += _Reader(numbering).lines(notes)
    text = "\n".join(lines) + "\n"
    return TextDocument(path, sha256(data).hexdigest(), text, separate(text), line_starts(text))


class _Reader:
    """Reads the blocks of one part in order."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering

    def lines(self, element: Element, depth: int = 0) -> Iterator[str]:
        """The lines below an element: a paragraph each, or a row each."""
        for child in element if depth < DEEPEST else ():
            if child.tag == f"{W}p":
                yield from self.paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                yield from self.table(child, depth)
            elif child.tag not in GONE:
                yield from self.lines(child, depth + 1)

    def paragraph(self, paragraph: Element, depth: int) -> Iterator[str]:
        number = self.numbering.of(paragraph)
        yield from (number + "".join(_text(paragraph))).split("\n")
        for box in _boxes(paragraph):
            yield from self.lines(box, depth + 1)

    def table(self, table: Element, depth: int) -> Iterator[str]:
        for row in _below(table, "tr"):
            inner: list[Element] = []
            cells = []
            for cell in _below(row, "tc"):
                cells.append("".join("".join(_text(each)) for each in _below(cell, "p")).replace("\n", ""))
                inner += _below(cell, "tbl")
            yield "|".join(cells) if len(cells) > 1 else "".join(cells)
            for each in inner:
                yield from self.table(each, depth + 1) if depth < DEEPEST else ()


def _below(element: Element, name: str) -> Iterator[Element]:
    """The nearest elements of that name, through content controls and insertions, in order."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag not in GONE and child.tag not in (f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"):
            yield from _below(child, name)


def _text(element: Element) -> Iterator[str]:
    """The text of a paragraph; what stands in its text boxes is none of it."""
    for child in element:
        if child.tag in PLAIN:
            yield PLAIN[child.tag] or child.text or ""
        elif child.tag not in GONE and child.tag not in (FALLBACK, f"{W}txbxContent", f"{W}tbl"):
            yield from _text(child)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The contents of a paragraph's text boxes, each once though it is written for old programs too."""
    for child in paragraph:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in GONE and child.tag != FALLBACK:
            yield from _boxes(child)
