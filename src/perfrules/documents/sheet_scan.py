"""The parts of a workbook looked through before it is opened: how much they hold, and the formulas saved without a result.

Each part is read as a stream and only until it holds too much, so that no file costs more than one that is read.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType
from zipfile import BadZipFile, ZipFile

from attrs import define, field

from perfrules.documents.archive import too_large
from perfrules.documents.xml import doctype

MOST_CELLS = 200_000
"""Cells that a workbook has at most, empty ones with a format of their own and rows counted too."""
MOST_ROWS = 15_000
"""Rows of the tables of a file at most, as far as anything stands in them."""
MOST_STRINGS = 400_000
MOST_TAGS = 1_500_000
MOST_ELEMENTS = 60_000
"""Elements besides cells and strings, of which an object is made each: styles, links, drawings, tables."""
MOST_BYTES = 64 * 1024 * 1024
"""Bytes of a part of XML, unpacked."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_BLOCK = 1 << 16


class _TooMuchError(Exception):
    """A part holds more than is read."""


class _DoctypeError(Exception):
    """A part has a document type."""


def unsaved_formulas(path: str, data: bytes) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """The formulas without a result, by the part that holds their sheet, and by row and column.

    Raises ReadError where the workbook holds more than is read, or a part has a document type.
    """
    count = _Count()
    found: dict[str, Mapping[tuple[int, int], str]] = {}
    try:
        with ZipFile(BytesIO(data)) as archive:
            for entry in archive.infolist():
                part = _Part(count)
                with archive.open(entry) as stream:
                    part.read(stream)
                found[entry.filename] = part.unsaved
    except _TooMuchError:
        raise too_large(path) from None
    except _DoctypeError:
        raise doctype(path) from None
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return {}  # whoever opens it says so
    return found


@define
class _Count:
    """What has been counted of all parts."""

    cells: int = 0
    strings: int = 0
    elements: int = 0
    tags: int = 0

    def add(self, cells: int = 0, strings: int = 0, elements: int = 0) -> None:
        self.tags += 1
        self.cells += cells
        self.strings += strings
        self.elements += elements
        if (
            self.cells > MOST_CELLS
            or self.tags > MOST_TAGS
            or self.strings > MOST_STRINGS
            or self.elements > MOST_ELEMENTS
        ):
            raise _TooMuchError


@define
class _Part:
    """What a part holds, as far as it has been read."""

    count: _Count
    unsaved: dict[tuple[int, int], str] = field(factory=dict)
    root: str = ""
    is_in_cells: bool = False
    size: int = 0
    row: int = 0
    column: int = 0
    formula: list[str] | None = None
    value: list[str] | None = None
    into: list[str] | None = None

    def read(self, stream: Any) -> None:
        """Reads a part; what is no XML is left to whoever opens it."""
        parser = ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = partial(self.first, parser)
        parser.StartDoctypeDeclHandler = _refuse
        try:
            while block := stream.read(_BLOCK):
                parser.Parse(block, False)
                self.size += len(block)
                if self.size > MOST_BYTES:
                    raise _TooMuchError
        except ExpatError:
            return

    def first(self, parser: XMLParserType, name: str, attributes: Mapping[str, str]) -> None:
        """The root tells what the part is; only of a sheet the texts are looked at."""
        self.root = name.rpartition("}")[2]
        parser.StartElementHandler = self.begins
        if self.root == "worksheet":
            parser.EndElementHandler = self.ends
            parser.CharacterDataHandler = self.says
        self.begins(name, attributes)

    def begins(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element of the part: counted, and refused where there are too many."""
        tag = name.rpartition("}")[2]
        if self.root == "worksheet":
            self.begins_in_sheet(tag, attributes)
        elif self.root == "sst":
            self.count.add(strings=tag in ("si", "r"))
        else:
            self.count.add(elements=self.root != "calcChain")

    def begins_in_sheet(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A cell, what stands in it, a row, or what comes after the cells."""
        self.count.add(tag in ("c", "row"), elements=not self.is_in_cells)
        if tag == "c":
            self.column += 1
            if place := attributes.get("r"):
                self.row, self.column = _place(place, self.row, self.column)
            self.formula = self.value = self.into = None
        elif tag == "row":
            self.row, self.column = _number(attributes.get("r", ""), self.row + 1), 0
        elif tag == "f":
            self.formula = self.into = []
        elif tag == "v":
            self.value = self.into = []
        elif tag == "sheetData":
            self.is_in_cells = True
        elif tag in ("mergeCell", "hyperlink"):
            self.count.add(_area(attributes.get("ref", "")))

    def says(self, text: str) -> None:
        """The text of a formula, or of a value."""
        if self.into is not None:
            self.into.append(text)

    def ends(self, name: str) -> None:
        """The end of a cell: it holds a formula without a value, or not."""
        tag = name.rpartition("}")[2]
        if tag in ("f", "v"):
            self.into = None
        elif tag == "sheetData":
            self.is_in_cells = False
        elif tag == "c" and self.formula is not None and not self.value:
            self.unsaved[self.row, self.column] = "".join(self.formula)
            self.formula = None


def _refuse(*_: object) -> None:
    raise _DoctypeError


def _number(digits: str, default: int) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else default


def _place(words: str, row: int, column: int) -> tuple[int, int]:
    """Row and column of an address; where it is none, those counted so far."""
    letters = words.rstrip("0123456789").strip("$")
    return _number(words[len(words.rstrip("0123456789")) :], row), _column(letters, column)


def _column(letters: str, default: int) -> int:
    """The number of a column from its letters, A being 1."""
    number = 0
    for letter in letters.upper()[:4] if letters.isascii() and letters.isalpha() else "":
        number = number * 26 + ord(letter) - 64
    return number or default


def _area(reference: str) -> int:
    """How many cells an area takes: each of them is made when the sheet is opened. One cell is none."""
    first, colon, last = reference.replace("$", "").partition(":")
    if not colon:
        return 0
    (top, left), (bottom, right) = _place(first, 1, 1), _place(last, LAST_ROW, LAST_COLUMN)
    return (abs(bottom - top) + 1) * (abs(right - left) + 1)
