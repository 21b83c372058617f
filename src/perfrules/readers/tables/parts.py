"""A sheet as the tables that stand on it: forms of projects, each from its name on, or tables one under another."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from attrs import evolve

from perfrules.documents.sheet import Cell, Sheet
from perfrules.readers.tables.beside import turned
from perfrules.readers.tables.form import form_on
from perfrules.readers.tables.header import Header, Rows, headers
from perfrules.readers.tables.headings import UNITS, is_targets
from perfrules.readers.tables.labels import labels_of
from perfrules.readers.tables.listed import listed_on
from perfrules.readers.tables.taken import Part, bare


def parts_on(sheet: Sheet) -> list[Part]:
    """What the tables of a sheet say, each by itself, from the top."""
    forms = [form for section in _sections(sheet) if (form := form_on(section)) is not None]
    if forms:
        return forms
    upright = turned(sheet)
    blocks = _blocks(sheet if upright is None else upright)
    return [evolve(part, sheet=sheet) for block in blocks if (part := listed_on(block)) is not None]


def _sections(sheet: Sheet) -> Iterator[Sheet]:
    """A sheet cut before the titles above each name of a project; the first keeps what stands above it."""
    rows = sheet.rows
    over = {at for header in headers(rows) for at in range(header.first, header.end)}
    named = [
        at for at, row in enumerate(rows) if at not in over and not is_targets(row) and _names_project(row)
    ]
    cuts = [0, *(_titles_from(rows, at) for at in named[1:]), len(rows)]
    for first, last in itertools.pairwise(cuts):
        yield evolve(sheet, rows=rows[first:last])


def _names_project(row: Sequence[Cell]) -> bool:
    return "项目名称" in labels_of((row,), ())


def _titles_from(rows: Rows, at: int) -> int:
    """The first of the rows of titles that stand right above this one."""
    while at and _is_title(rows[at - 1]):
        at -= 1
    return at


def _is_title(row: Sequence[Cell]) -> bool:
    """Whether a row has nothing but one or two cells of words."""
    cells = list({cell.location: cell for cell in row if cell.text or cell.why}.values())
    return 0 < len(cells) <= 2 and not any(cell.why or (cell.text[0].isdigit() and len(cell.text) < 12) for cell in cells)  # fmt: skip


def _blocks(sheet: Sheet) -> Iterator[Sheet]:
    """The tables of a sheet, each with its own titles below those of the whole sheet."""
    rows = sheet.rows
    found = list(headers(rows))
    for header, following in zip(found, [*found[1:], None], strict=False):
        end = _titles_from(rows, following.first) if following else len(rows)
        if header is found[0]:
            yield evolve(sheet, rows=rows[:end])
            continue
        own = rows[_titles_from(rows, header.first) : header.first]
        yield evolve(sheet, rows=(*_shared(rows, found[0], own), *own, *rows[header.first : end]))


def _shared(rows: Rows, first: Header, own: Rows) -> Iterator[tuple[Cell, ...]]:
    """The titles of the whole sheet above a table that is not the first; without their unit where it prints its own."""
    has_unit = any(UNITS.search(bare(cell)) for row in own for cell in row)
    for row in rows[: first.first]:
        yield tuple(evolve(cell, text="") if has_unit and UNITS.search(bare(cell)) else cell for cell in row)
