"""A workbook written part by part into its archive: rows go through, only the texts they share are kept.

Our own writing of OOXML (decision 48): digits go into the file as they are, never through a binary float, and every byte
is ours, so that the same tables give the same file.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import chain, islice
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from perfrules.bilingual import Language
from perfrules.reporters.rows.cells import Cell, Figure, Marked, Row, Table
from perfrules.reporters.xlsx import parts
from perfrules.reporters.xlsx.styles import HEADING, MARKS, QUOTED, TEXT, WHOLE, of_number, styles_xml
from perfrules.reporters.xlsx.text import allowed, escaped, fitting, holds, lines, looks_like_formula

BATCH = 2000
"""Rows that are written at a time."""
LINE, HIGHEST = 14, 409
"""The points of a line, and of the highest row that there can be."""


def _height(lines: int) -> str:
    return f'ht="{min(lines * LINE, HIGHEST)}" customHeight="1"'


class Book:
    """Takes tables one after another; `closed` gives the file. `mended` and `cut` tell cells that do not hold all of their text."""

    def __init__(self, language: Language, rows: int) -> None:
        self.mended: list[str] = []
        self.cut: list[str] = []
        self._language: Language = language
        self._rows = rows
        self._sheets: list[parts.Sheet] = []
        self._texts: dict[str, int] = {}
        self._uses = 0
        self._heights: dict[tuple[str, int], int] = {}
        self._kept = BytesIO()
        self._archive = ZipFile(self._kept, "w", ZIP_DEFLATED)
        self._part("_rels/.rels", parts.ROOT)
        self._part("docProps/app.xml", parts.APP)
        self._part("docProps/core.xml", parts.CORE)
        self._part("xl/styles.xml", styles_xml(language))

    def add(self, table: Table) -> None:
        """Writes a table as one sheet, or several where it has more rows than a sheet can hold."""
        rows, said = table.rows(), table.title.said(self._language)
        first = list(islice(rows, 1))
        number = 1
        while first or number == 1:
            name = said if number == 1 else f"{said} ({number})"
            self._sheet(name, table, islice(chain(first, rows), self._rows - 1))
            first = list(islice(rows, 1))
            number += 1

    def closed(self) -> bytes:
        """The whole file; nothing can be added then."""
        self._part("xl/sharedStrings.xml", parts.strings(self._texts, self._uses))
        self._part("xl/workbook.xml", parts.workbook(self._sheets))
        self._part("xl/_rels/workbook.xml.rels", parts.relations(len(self._sheets)))
        self._part("[Content_Types].xml", parts.content_types(len(self._sheets)))
        self._archive.close()
        return self._kept.getvalue()

    def _sheet(self, name: str, table: Table, rows: Iterator[Row]) -> None:
        widths = [each.width for each in table.columns]
        letters = [parts.letter(place) for place in range(len(widths))]
        number = 1
        with self._open(f"xl/worksheets/sheet{len(self._sheets) + 1}.xml") as part:
            part.write(parts.sheet_head(widths, is_first=not self._sheets).encode())
            part.write(self._headings(table, letters).encode())
            while batch := list(islice(rows, BATCH)):
                for at, row in enumerate(batch, number + 1):
                    part.write(self._row(name, at, row, letters, widths).encode())
                number += len(batch)
            part.write(parts.sheet_end(letters[-1], number).encode())
        on_paper = letters[(table.on_paper or len(letters)) - 1]
        self._sheets.append(parts.Sheet(name, letters[-1], on_paper, number))

    def _headings(self, table: Table, letters: list[str]) -> str:
        said = [each.title.said(self._language) for each in table.columns]
        high = max(lines(text, each.width) for text, each in zip(said, table.columns, strict=True))
        cells = "".join(
            f'<c r="{letter}1" s="{HEADING}" t="s"><v>{self._text(text)}</v></c>'
            for letter, text in zip(letters, said, strict=True)
        )
        return f'<row r="1" {_height(high)}>{cells}</row>'

    def _row(self, sheet: str, number: int, row: Row, letters: list[str], widths: list[int]) -> str:
        """A row as high as its longest text needs: not every program measures that when it opens a file."""
        cells = "".join(
            self._cell(cell, f"{letter}{number}", sheet) for cell, letter in zip(row, letters, strict=True)
        )
        high = max(self._lines(cell, width) for cell, width in zip(row, widths, strict=True))
        return f'<row r="{number}" {_height(high)}>{cells}</row>'

    def _lines(self, cell: Cell, width: int) -> int:
        text = cell.text if isinstance(cell, Marked) else cell
        if not isinstance(text, str) or len(text) * 2 < width:
            return 1
        key = (text, width)
        if key not in self._heights:
            self._heights[key] = lines(text, width)
        return self._heights[key]

    def _cell(self, cell: Cell, place: str, sheet: str) -> str:
        match cell:
            case "":
                return ""
            case int():
                return f'<c r="{place}" s="{WHOLE}"><v>{cell}</v></c>'
            case Figure(digits) if holds(digits):
                return f'<c r="{place}" s="{of_number(digits)}"><v>{digits}</v></c>'
            case Figure(digits):
                return self._words(digits, TEXT, place, sheet)
            case Marked(text, mark):
                return self._words(text, MARKS[mark], place, sheet)
            case str():
                return self._words(cell, QUOTED if looks_like_formula(cell) else TEXT, place, sheet)

    def _words(self, text: str, style: int, place: str, sheet: str) -> str:
        """A cell of text: of the kind `s`, which no program takes for a formula."""
        plain = allowed(text)
        if plain != text:
            self.mended.append(f"{sheet}!{place}")
        kept = fitting(plain)
        if kept != plain:
            self.cut.append(f"{sheet}!{place}")
        return f'<c r="{place}" s="{style}" t="s"><v>{self._text(kept)}</v></c>'

    def _text(self, text: str) -> int:
        self._uses += 1
        return self._texts.setdefault(escaped(text), len(self._texts))

    def _part(self, name: str, xml: str) -> None:
        with self._open(name) as part:
            part.write(parts.DECLARATION.encode())
            part.write(xml.encode())

    def _open(self, name: str) -> IO[bytes]:
        return self._archive.open(parts.entry(name), "w")
