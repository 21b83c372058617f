"""A .csv file opened as a sheet: its cells are addressed as a spreadsheet program shows them.

Commas part the cells, or semicolons or tabs where they plainly do: programs export all three.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from perfrules.bilingual import Bilingual
from perfrules.documents.decoding import decode
from perfrules.documents.sheet import Cell, Sheet, cell_of, letters
from perfrules.documents.sheet_scan import MOST_CELLS
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_LOOKED_AT = 200
"""Lines by which the mark between cells is told."""
_MOSTLY = 0.8


def csv_sheet(path: str, data: bytes) -> Sheet:
    """The one sheet of a .csv file in UTF-8, UTF-16 with its mark, or GB18030; raises ReadError for one that is too large."""
    text = decode(data, path)
    rows: list[tuple[Cell, ...]] = []
    width = 0
    try:
        for number, row in enumerate(csv.reader(_lines(text), delimiter=_separator(text)), 1):
            width = max(width, len(row))
            if width * number > MOST_CELLS:
                raise _too_large(path)
            rows.append(
                tuple(
                    cell_of(value, Location(path, f"{letters(at)}{number}")) for at, value in enumerate(row)
                )
            )
    except csv.Error:
        message = Bilingual("不是可以读取的 CSV 文件", "this is no CSV file that can be read")
        hint = Bilingual("用 WPS 或 Excel 打开后另存为 .xlsx", "open it in WPS or Excel and save it as .xlsx")
        raise ReadError(Fault("read.broken", message, Location(path), hint)) from None
    full = (
        (*row, *(Cell("", Location(path, f"{letters(at)}{number}")) for at in range(len(row), width)))
        for number, row in enumerate(rows, 1)
    )
    return Sheet("", tuple(full))


def _lines(text: str) -> Iterator[str]:
    return (found.group() for found in _LINE.finditer(text))


def _separator(text: str) -> str:
    """What parts the cells: semicolons or tabs where they part most lines evenly and commas do not."""
    lines = [line for line in islice(_lines(text), _LOOKED_AT) if line.strip()]
    if _parts(lines, ","):
        return ","
    others = [mark for mark in ";\t；" if _parts(lines, mark)]
    return others[0] if len(others) == 1 else ","


def _parts(lines: Sequence[str], mark: str) -> bool:
    """Whether a mark parts most of the lines that have it into as many cells; titles above a table have none."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark))
    except csv.Error:
        return False
    widths.pop(1, None)
    return bool(widths) and max(widths.values()) >= max(2, _MOSTLY * widths.total())


def _too_large(path: str) -> ReadError:
    message = Bilingual(
        f"表格超过 {MOST_CELLS // 10_000} 万个单元格, 未读取",
        f"the table has more than {MOST_CELLS:,} cells, and is not read",
    )
    hint = Bilingual(
        "删去空行空列, 或按部门拆成几个文件",
        "take out empty rows and columns, or make a file for each department",
    )
    return ReadError(Fault("read.too_large", message, Location(path), hint))
