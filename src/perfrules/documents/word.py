"""A .docx file opened: paragraphs and table rows in the order in which they are read, as the author left them.

Tracked insertions are text, deletions are not; content controls, links and text boxes are read where they stand, numbers that
Word makes are written out; what is hidden or struck through is left out, and an equation where it is more than a row of
characters. Notes follow at the end, and the heads and feet of pages after them. A table's row is one line
with `|` between its cells, a cell that takes several columns followed by empty ones; a table in a cell follows its row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.documents.archive import parts_of
from perfrules.documents.flow import separate
from perfrules.documents.numbering import Numbering
from perfrules.documents.text_document import LeftOut, TextDocument, document_of
from perfrules.documents.text_tables import Grid, Place, with_tables
from perfrules.documents.xml import root_of
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BODY, NUMBERS = "word/document.xml", "word/numbering.xml"
NOTES = ("word/footnotes.xml", "word/endnotes.xml")
EDGES = tuple(f"word/{name}{number}.xml" for name in ("header", "footer") for number in ("", 1, 2, 3))
"""The heads and feet of pages: of the first, of the even ones, of all others."""
GONE = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr")}
"""What is not text: deletions, field codes, properties."""
PLAIN = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
OBJECT = "\ufffc"
"""What stands for an equation in the text."""
_LEFT_OUT = (("vanish", "hidden"), ("strike", "struck"), ("dstrike", "struck"))
"""The properties of runs that are none of the text, and why."""
_HAIR = 100
"""Twentieths of a point below which a column is nothing but edges that do not meet: 1.8 mm."""
WIDEST = 100
"""Columns that one cell takes at most."""


@frozen
class Piece:
    """Words of a line, and the element of the file that holds them from its `offset` on; None for what is only shown."""

    text: str
    element: Element | None = None
    offset: int = 0


@frozen
class Origin:
    """Where a range of a document's text stands in its file: the part, the number of the element there, and from which character on.

    Elements are counted from 0 in the order in which they begin.
    """

    start: int
    end: int
    part: str
    element: int
    offset: int


def word_document(path: str, data: bytes) -> TextDocument:
    """The document in the bytes of a .docx; raises ReadError where they are none."""
    reader, roots = _opened(path, data)
    text = "".join(f"{''.join(piece.text for piece in line)}\n" for line in reader.lines)
    left_out = tuple(each for root in roots.values() for each in _left_out(root))
    document = evolve(document_of(path, data, text, separate), left_out=left_out)
    return with_tables(document, reader.grids, numbered=True)


def origins(path: str, data: bytes) -> tuple[Origin, ...]:
    """Where each part of the text of a .docx stands in the file, in the order of the text; numbers that Word makes stand nowhere."""
    reader, roots = _opened(path, data)
    places = {id(each): (name, at) for name, root in roots.items() for at, each in enumerate(root.iter())}
    found, start = [], 0
    for line in reader.lines:
        for piece in line:
            end = start + len(piece.text)
            if piece.element is not None and piece.text:
                found.append(Origin(start, end, *places[id(piece.element)], piece.offset))
            start = end
        start += 1
    return tuple(found)


def _opened(path: str, data: bytes) -> tuple[_Reader, dict[str, Element]]:
    """The lines of all parts read in order, and the root of each part."""
    parts = parts_of(data, path, (BODY, NUMBERS, *NOTES, *EDGES))
    if BODY not in parts:
        message = Bilingual("不是 Word 文档", "this is no Word document")
        hint = Bilingual("用 WPS 或 Word 另存为 .docx", "save it as .docx in WPS or Word")
        raise ReadError(Fault("read.no_document", message, Location(path), hint))
    reader = _Reader(Numbering(root_of(parts[NUMBERS], path) if NUMBERS in parts else None))
    roots = {name: root_of(parts[name], path) for name in (BODY, *NOTES, *EDGES) if name in parts}
    for root in roots.values():
        reader.read(root)
    return reader, roots


class _Reader:
    """Reads the blocks of the parts in order: a line for each paragraph and each row, and which rows make a table."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.lines: list[list[Piece]] = []
        self.grids: list[Grid] = []

    def read(self, element: Element) -> None:
        """Adds what stands below an element."""
        for child in element:
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child)
            elif child.tag not in GONE:
                self.read(child)

    def paragraph(self, paragraph: Element) -> None:
        self.lines += _lines([Piece(self.numbering.of(paragraph)), *_text(paragraph)])
        for box in _boxes(paragraph):
            self.read(box)

    def table(self, table: Element) -> None:
        place = len(self.grids)
        self.grids.append(Grid((), {}))
        wide = _wide_columns(table)
        lines: list[int] = []
        merged: dict[Place, Place] = {}
        for at, row in enumerate(_below(table, "tr")):
            inner: list[Element] = []
            words, taken = list[list[Piece]](), _skipped(row)
            words += [[] for _ in range(wide(0, taken))]
            for cell in _below(row, "tc"):
                width = wide(taken, taken + _width(cell))
                taken += _width(cell)
                top = (at, len(words))
                if _goes_on_from_above(cell):
                    top = merged.get((at - 1, len(words)), (at - 1, len(words)))
                said = _joined(" ", [text for each in _below(cell, "p") if (text := _in_cell(each))])
                for column in range(len(words), len(words) + width):
                    if (at, column) != top:
                        merged[at, column] = top
                words += [said if top == (at, len(words)) else [], *([] for _ in range(width - 1))]
                inner += _below(cell, "tbl")
            alone = len({merged.get((at, column), (at, column)) for column in range(len(words))}) == 1
            self.lines.append(_joined("" if alone else "|", words))
            lines.append(len(self.lines))
            for each in inner:
                self.table(each)
        self.grids[place] = Grid(tuple(lines), merged)


def _lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces of a paragraph cut at its line ends."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        at = piece.offset
        for number, text in enumerate(piece.text.split("\n")):
            if number:
                found.append([])
            found[-1].append(Piece(text, piece.element, at))
            at += len(text) + 1
    return found


def _in_cell(paragraph: Element) -> list[Piece]:
    """The pieces of a paragraph of a cell on one line, without the mark that parts cells; none where it is empty."""
    pieces = (piece for line in _lines(_text(paragraph)) for piece in line)
    return [evolve(piece, text=piece.text.replace("|", "¦")) for piece in pieces if piece.text]


def _joined(between: str, words: Sequence[Sequence[Piece]]) -> list[Piece]:
    found: list[Piece] = []
    for number, each in enumerate(words):
        found += [Piece(between)] * (number > 0 and bool(between))
        found += each
    return found


def _wide_columns(table: Element) -> Callable[[int, int], int]:
    """How many columns of a table stand between two of its grid's edges.

    Tables drawn by hand have columns of a hair's width where edges do not quite meet; they are none, unless a cell has
    nothing else.
    """
    said = [each.get(f"{W}w", "") for each in table.findall(f"{W}tblGrid/{W}gridCol")]
    hair = [width.isdecimal() and len(width) < 9 and int(width) < _HAIR for width in said]

    edges = [each for row in _below(table, "tr") for each in _edges(row)]
    if not any(hair) or any(all(hair[start:end]) for start, end in edges):
        return lambda start, end: end - start
    return lambda start, end: end - start - sum(hair[start:end])


def _edges(row: Element) -> list[tuple[int, int]]:
    """Where each cell of a row begins and ends on the grid of its table."""
    found, taken = [], _skipped(row)
    for cell in _below(row, "tc"):
        found.append((taken, taken + _width(cell)))
        taken += _width(cell)
    return found


def _skipped(row: Element) -> int:
    """How many columns of the grid stand before the first cell of a row."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    said = "" if before is None else before.get(f"{W}val", "")
    return min(int(said), WIDEST) if said.isdecimal() and len(said) < 9 else 0


def _width(cell: Element) -> int:
    """How many columns of the grid a cell takes."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    said = "" if span is None else span.get(f"{W}val", "")
    return max(1, min(int(said), WIDEST)) if said.isdecimal() and len(said) < 9 else 1


def _goes_on_from_above(cell: Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _below(element: Element, name: str) -> Iterator[Element]:
    """The nearest elements of that name, through content controls and insertions, in order."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag not in GONE and child.tag not in (f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"):
            yield from _below(child, name)


def _text(element: Element) -> Iterator[Piece]:
    """The text of a paragraph; what stands in its text boxes is none of it."""
    for child in element:
        if child.tag in PLAIN:
            yield Piece(PLAIN[child.tag] or child.text or "", child)
        elif child.tag == f"{M}oMath":
            yield Piece(_characters(child) or OBJECT)
        elif child.tag not in GONE and child.tag not in (FALLBACK, f"{W}txbxContent", f"{W}tbl"):
            yield from _text(child) if not _why_left_out(child) else ()


def _why_left_out(run: Element) -> str:
    """Why a run is none of the text: it is not shown, or struck through; empty where it is."""
    for name, why in _LEFT_OUT if run.tag == f"{W}r" else ():
        mark = run.find(f"{W}rPr/{W}{name}")
        if mark is not None and mark.get(f"{W}val", "true") not in ("0", "false", "off"):
            return why
    return ""


def _characters(equation: Element) -> str:
    """The characters of an equation that is nothing but a row of them; empty for fractions, roots, powers."""
    rows = [child for child in equation if any(each.text for each in child.iter(f"{M}t"))]
    if any(row.tag != f"{M}r" for row in rows):
        return ""
    return "".join(each.text or "" for row in rows for each in row.iter(f"{M}t"))


def _left_out(root: Element) -> Iterator[LeftOut]:
    """The words of a part that are none of its text, those of runs that follow one another together."""
    runs = ((_why_left_out(run), "".join(each.text or "" for each in run.iter(f"{W}t"))) for run in root.iter(f"{W}r"))  # fmt: skip
    for why, same in groupby(runs, key=lambda each: each[0]):
        if why:
            yield LeftOut(why, "".join(words for _, words in same))
    for equation in root.iter(f"{M}oMath"):
        if not _characters(equation):
            yield LeftOut("equation", " ".join(each.text or "" for each in equation.iter(f"{M}t")))


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The contents of a paragraph's text boxes, each once though it is written for old programs too."""
    for child in paragraph:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in GONE and child.tag != FALLBACK:
            yield from _boxes(child)
