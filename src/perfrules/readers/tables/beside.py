"""Tables whose headings stand at the left: turned so that they stand above, and labels with their figures beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from perfrules.documents.sheet import Cell, Sheet
from perfrules.location import Location
from perfrules.readers.tables.header import NUMBER, Header, Rows
from perfrules.readers.tables.headings import FUNDS, MONEY, field_of
from perfrules.readers.tables.row_names import LINES, TOTALS
from perfrules.readers.tables.taken import bare

Cells = tuple[Cell, ...]


def turned(sheet: Sheet) -> Sheet | None:
    """The sheet with a table whose lines stand side by side turned, so that each is a row; None where it has none."""
    rows = sheet.rows
    at = next((at for at, row in enumerate(rows) if _has_lines(row)), None)
    if at is None:
        return None
    left = next(place for place, cell in enumerate(rows[at]) if _is_line(cell))
    end = at + 1
    while end < len(rows) and _label(rows[end][:left]) is not None:
        end += 1
    fields = {field_of(bare(cell), FUNDS) for row in rows[at:end] if (cell := _label(row[:left]))}
    if len(fields & set(MONEY)) < 2:
        return None
    labels = tuple(_label(row[:left]) or _empty(sheet) for row in rows[at:end])
    lines = [tuple(row[place] for row in rows[at:end]) for place in range(left, len(rows[at]))]
    width = max(len(rows[at]), len(labels))
    found = (*rows[:at], labels, *lines, *rows[end:])
    return evolve(sheet, rows=tuple(_filled(row, width, sheet) for row in found))


def _has_lines(row: Sequence[Cell]) -> bool:
    """Whether the lines of a department stand side by side in a row."""
    names = {bare(cell) for cell in row if _is_line(cell)}
    return set(LINES) <= names and not any(NUMBER.fullmatch(cell.text) for cell in row)


def _is_line(cell: Cell) -> bool:
    return bare(cell) in LINES or bool(TOTALS.fullmatch(bare(cell)))


def _label(cells: Sequence[Cell]) -> Cell | None:
    """The words left of the figures: the last that are no number."""
    found = [cell for cell in cells if cell.text and not NUMBER.fullmatch(cell.text)]
    return found[-1] if found and len(found[-1].text) < 30 else None


def _empty(sheet: Sheet) -> Cell:
    return Cell("", Location(sheet.rows[0][0].location.source))


def _filled(row: Cells, width: int, sheet: Sheet) -> Cells:
    return (*row, *[_empty(sheet)] * (width - len(row)))


def pairs(rows: Rows) -> tuple[Rows, Header] | None:
    """The labels of money that have their figure beside them, as one row below its headings; None where there are not two.

    What stands above them comes first, so that a unit is found there.
    """
    found = list(_pairs(rows))
    fields = {field_of(bare(label), FUNDS) for label, _ in found}
    if len(fields & set(MONEY)) < 2:
        return None
    first = next(at for at, row in enumerate(rows) if any(cell is found[0][0] for cell in row))
    labels, values = zip(*found, strict=True)
    words = tuple((bare(each),) for each in labels)
    header = Header(first, first + 1, words, ("",) * len(words))
    return (*rows[:first], labels, values), header


def _pairs(rows: Rows) -> Iterator[tuple[Cell, Cell]]:
    for row in rows:
        cells = list({cell.location: cell for cell in row if cell.text or cell.why}.values())
        kinds = [bool(cell.why) or bool(NUMBER.fullmatch(cell.text.rstrip("%"))) for cell in cells]
        for at in range(len(cells) - 1):
            is_alone = at + 2 == len(cells) or not kinds[at + 2]  # figures side by side are of sources
            if not kinds[at] and kinds[at + 1] and is_alone and _is_label(bare(cells[at])):
                yield cells[at], cells[at + 1]


def _is_label(words: str) -> bool:
    return len(words) < 30 and (field_of(words, FUNDS) is not None or words.startswith("其中") or any(unit in words for unit in ("（万元）", "（元）", "(万元)", "(元)")))  # fmt: skip
