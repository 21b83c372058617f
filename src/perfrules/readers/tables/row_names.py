"""What each row of a table is of: a project, a line of the department, the total, or a part of what stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum

from attrs import frozen

from perfrules.documents.sheet import Cell
from perfrules.location import Location
from perfrules.readers.tables.columns import Column
from perfrules.readers.tables.header import NUMBER, Header, Rows, is_source
from perfrules.readers.tables.headings import COUNTED, PARTS_OF_BASIC, TABLE_ENDS, names_rows
from perfrules.readers.tables.money import is_amount
from perfrules.readers.tables.taken import Taken, bare, is_figure

TOTALS = re.compile(
    "(?:合计|总计|共计|总额|(?:年度)?(?:资金总额|总额|预算总额|部门整体支出|部门支出|整体支出)|(?:本年|项目)?支出合计|项目合计|资金合计)(?:[（(][^）)]*[）)])?"
)
"""What the row of a sum is called."""
SUBTOTAL = re.compile(".*(?:小计|合计|总计)|[—\\-/…]+|无|略")
LINES = {"基本支出": "basic", "项目支出": "project"}
_PART = re.compile("^(?:其中|[（(]?[一二三四五六七八九十]+[)）、]|[（(]\\d+[)）]|[-—·①-⑳])")
_LEVELS = tuple(
    re.compile(each)
    for each in (r"[一二三四五六七八九十]{1,3}[、.]?", r"[（(][一二三四五六七八九十]{1,3}[）)]", r"\d{1,3}[、.]?", r"\d{1,3}[.-]\d{1,3}", r"[（(]\d{1,3}[）)]|[①-⑳]")
)  # fmt: skip
"""How rows are numbered, the wider classes first."""
_DIGITS = 3
"""The level of plain digits: a row numbered so is a project, and what is numbered below it are its parts."""
_PREFIX = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、．](?!\d))"
)
_UNIT_NAME = re.compile(r"[\u4e00-\u9fff]{1,30}(?:局|委员会|委|办公室|办|政府|镇|乡|街道|中心|学校|中学|小学|医院|法院|检察院|联合会|馆|站|所|校)")  # fmt: skip


class Of(Enum):
    """What a row is of, by how it stands in its table."""

    OWN = "own"
    TOTAL = "total"
    SOURCE = "source"
    PART = "part"


@frozen
class Row:
    """A row of a table below its headings: what it is called, the cell that says so, and what it is of."""

    name: str
    named: Cell
    cells: Sequence[Cell]
    of: Of
    has_figures: bool


def named_place(header: Header) -> int | None:
    """The column of names: of projects before others, and the one farthest right of those merged."""
    from perfrules.readers.tables.headings import NAMES_OF_PROJECTS

    words = [each[-1] if each else "" for each in header.words]
    for fits in (lambda text: text == "项目名称", NAMES_OF_PROJECTS.fullmatch, names_rows):
        found = next((place for place, text in enumerate(words) if fits(text)), None)
        if found is not None:
            return found
    return None


def rows_of(rows: Rows, header: Header, end: int, columns: Sequence[Column], taken: Taken) -> Iterator[Row]:
    """The rows below the headings; figures in rows without a name, and in those below the notes, are left."""
    number = next(
        (at for at, words in enumerate(header.words) if words and COUNTED.fullmatch(words[-1])), None
    )
    told = list(_named_rows(rows[header.end : end], header, number, columns, taken))
    levels = [_level(cells, named, number) for cells, named in told]
    parts = _parts(levels)
    loose = set(_above_nameless(rows[header.end : end], header, number, columns))
    numbered = sum(1 for cells, _ in told if number is not None and cells[number].text)
    set_in = _set_in([named for _, named in told])
    above = Of.OWN
    for at, (cells, named) in enumerate(told):
        name = bare(named).strip("：:")
        unnumbered = number is not None and not cells[number].text
        of = _of(name, named, above, unnumbered)
        of = set_in[at] if of is Of.OWN else of
        above = of if of is Of.SOURCE or name.startswith("其中") or (above is of is Of.PART) else Of.OWN
        if of is Of.OWN:
            name = _PREFIX.sub("", name.removeprefix("其中").lstrip("：:"))
            is_loose = (unnumbered and numbered > 1) or named.location in loose
            if name not in LINES and (is_loose or parts[at]):
                of = Of.PART
        figures = (cell for column in columns for cell in column.cells(cells))
        yield Row(name, named, cells, of, any(map(is_figure, figures)))


def _set_in(named: Sequence[Cell]) -> list[Of]:
    """What rows are by being set in below others: sources of a project, or parts of a sum that nobody can tell from projects."""
    found = [Of.OWN] * len(named)
    if all(cell.is_indented for cell in named):
        return found
    parent = -1
    for at, cell in enumerate(named):
        if not cell.is_indented:
            parent = at
        elif is_source(bare(cell)):
            found[at] = Of.SOURCE
        else:
            found[at] = Of.PART
            if parent >= 0 and not bare(named[parent]).startswith("其中"):
                found[parent] = Of.PART
    return found


def _named_rows(
    rows: Rows, header: Header, number: int | None, columns: Sequence[Column], taken: Taken
) -> Iterator[tuple[Sequence[Cell], Cell]]:
    """The rows with a name, up to the notes, each with the cell that names it."""
    place = named_place(header)
    first = min(column.places[0] for column in columns)
    has_ended = False
    for cells in rows:
        figures = [cell for column in columns for cell in column.cells(cells)]
        has_ended |= any(TABLE_ENDS.match(cell.text) for cell in cells[:2])
        named = _named(cells, place, first, number)
        if named is not None and any(cell.location == named.location for cell in figures):
            continue  # words that are merged over the whole row
        if has_ended:
            taken.leave(cell for cell in figures if is_amount(cell.text))
        elif named is None:
            taken.leave(figures)
        else:
            yield cells, named


def _above_nameless(
    rows: Rows, header: Header, number: int | None, columns: Sequence[Column]
) -> Iterator[Location]:
    """The names of rows that have rows without a name below them, each of another source: they are of one source as well.

    A row that says 小计 or 合计 beside its name is of the whole.
    """
    place = named_place(header)
    first = min(column.places[0] for column in columns)
    last: tuple[Sequence[Cell], Cell] | None = None
    for cells in rows:
        if any(TABLE_ENDS.match(cell.text) for cell in cells[:2]):
            return
        named = _named(cells, place, first, number)
        words = [bare(cell) for cell in cells[:first] if cell.text and not is_amount(cell.text)]
        if named is not None:
            last = (cells, named)
        elif last is not None and words and any(is_figure(cell) for cell in cells[first:]):
            beside = [bare(cell) for cell in last[0][:first] if cell.text and cell is not last[1]]
            if not any(SUBTOTAL.fullmatch(each) or TOTALS.fullmatch(each) for each in beside):
                yield last[1].location


def _level(cells: Sequence[Cell], named: Cell, number: int | None) -> int:
    """How deep a row is by its number, in a column of its own or before its name; 0 where it has none."""
    prefix = _PREFIX.match(bare(named))
    text = bare(cells[number]) if number is not None else prefix[0] if prefix else ""
    return next((at for at, each in enumerate(_LEVELS, 1) if each.fullmatch(text)), 0)


def _parts(levels: Sequence[int]) -> list[bool]:
    """Of each row, whether it is the sum of those numbered below it, or one of the parts of a project."""
    below = [0] * len(levels)
    following = 0
    for at in range(len(levels) - 1, -1, -1):
        below[at] = following
        following = levels[at] or following
    found, has_project = [], False
    for own, lower in zip(levels, below, strict=True):
        found.append(bool(own) and (lower > own or (own > _DIGITS and has_project)))
        has_project |= own == _DIGITS
    return found


def _of(name: str, named: Cell, above: Of, unnumbered: bool) -> Of:
    """What a row is of; `above` what the parts are that it may be one of, `unnumbered` that it has no number of its own."""
    rest = _PREFIX.sub("", name.removeprefix("其中").lstrip("：:"))
    if TOTALS.fullmatch(name):
        return Of.TOTAL
    if rest in LINES:
        return Of.OWN
    if PARTS_OF_BASIC.fullmatch(rest):
        return Of.SOURCE
    if name.startswith("其中"):
        return Of.SOURCE if not rest or is_source(rest) else Of.PART
    if above is not Of.OWN and (named.is_indented or unnumbered or is_source(name)):
        return above
    return Of.PART if SUBTOTAL.fullmatch(name) or _PART.match(name) else Of.OWN


def _named(cells: Sequence[Cell], place: int | None, first: int, number: int | None) -> Cell | None:
    """The cell that names a row: the one in the column of names; else the nearest words left of the figures."""
    if place is not None and cells[place].text and not NUMBER.fullmatch(cells[place].text):
        return cells[place]
    if place is None:
        left = [cell for cell in cells[:first] if cell.text and not is_amount(cell.text)]
        return left[-1] if left else None
    spare = cells[number] if number is not None else next((cell for cell in cells[:first] if cell.text), None)
    return spare if spare is not None and TOTALS.fullmatch(bare(spare)) else None


def are_units(rows: Sequence[Row]) -> bool:
    """Whether the rows are of departments: names of units, whatever the heading over them says."""
    names = [row.name for row in rows if row.of is Of.OWN and row.has_figures]
    return len(names) > 1 and all(map(_UNIT_NAME.fullmatch, names))
