"""Where a table has its headings, one row of them or several, and the words that stand over each column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from perfrules.documents.sheet import Cell
from perfrules.location import Location
from perfrules.readers.tables.headings import (
    FUNDS,
    MONEY,
    MONEY_WORDS,
    NETTED,
    SOURCE,
    WHOLE,
    field_of,
    names_rows,
)
from perfrules.readers.tables.taken import bare

NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
"""A bare number, with thousands separators or without."""
_MOST = 3
"""Rows of headings that a table has at most."""
_MARK = re.compile(r"(?:[（(]?(?:[A-Za-z]|\d{1,2})[）)]?)(?:[=＝][\w+\-*/÷×（）()%]+)?|栏次|列次|行次|—|-")
Rows = Sequence[Sequence[Cell]]


@frozen
class Header:
    """The rows of headings, from `first` up to before `end`, and for each column the words over it from the top."""

    first: int
    end: int
    words: tuple[tuple[str, ...], ...]
    marks: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All words over each column."""
        return tuple("".join(each) for each in self.words)


def headers(rows: Rows) -> Iterator[Header]:
    """The headings of money on a sheet, from the top; a table has one set of them."""
    at = 0
    while at < len(rows):
        if is_money_header(rows[at]):
            header = _header(rows, at)
            yield header
            at = header.end
        else:
            at += 1


def is_money_header(row: Sequence[Cell]) -> bool:
    """Whether a row holds headings of money, of a table with a row each or of a form."""
    if any(NUMBER.fullmatch(cell.text.rstrip("%")) for cell in row):
        return False
    texts = list({cell.location: bare(cell) for cell in row if cell.text}.values())
    fields = {field_of(text, FUNDS) for text in texts}
    money = fields & {*MONEY, *NETTED}
    return len(money) > 1 or bool(money and ("rate" in fields or any(map(names_rows, texts))))


def _header(rows: Rows, at: int) -> Header:
    first = at - 1 if at and _is_above(rows[at - 1], rows[at]) else at
    end = at + 1
    while end < len(rows) and end - first < _MOST and _is_below(rows[first:end], rows[end]):
        end += 1
    words = tuple(_over(rows[first:end], place) for place in range(len(rows[at])))
    marks: tuple[str, ...] = ("",) * len(words)
    if end < len(rows) and _is_marks(rows[end]):
        marks, end = tuple(bare(cell) for cell in rows[end]), end + 1
    return Header(first, end, words, marks)


def _is_above(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether a row names what the rows are of, and only groups of the headings below it."""
    named = [place for place, cell in enumerate(row) if names_rows(bare(cell))]
    return any(not below[place].text or bare(below[place]) == bare(row[place]) for place in named)


def _is_below(above: Rows, row: Sequence[Cell]) -> bool:
    """Whether a row divides the headings above it: two of its cells at least are headings there, or parts of one group."""
    if any(NUMBER.fullmatch(cell.text.rstrip("%")) or cell.why for cell in row):
        return False
    found: set[Location] = set()
    grouped: set[Location] = set()
    others: set[Location] = set()
    for place, cell in enumerate(row):
        upper = _over(above, place) or _gap(above, place)
        if not cell.text or not upper or cell.location == above[-1][place].location:
            continue
        own = field_of(bare(cell), FUNDS)
        divided = field_of(upper[-1], FUNDS) and (WHOLE.fullmatch(bare(cell)) or is_source(bare(cell)))
        if own or divided:
            found.add(cell.location)
        (grouped if _is_group(above[-1], place) else others).add(cell.location)
    return len(found) > 1 or (len(grouped | found) > 1 and not others)


def _is_group(row: Sequence[Cell], place: int) -> bool:
    """Whether a heading of money is merged over this column and another."""
    beside = [row[each] for each in (place - 1, place + 1) if 0 <= each < len(row)]
    cell = row[place]
    is_wide = any(cell.text and each.location == cell.location for each in beside)
    return is_wide and bool(MONEY_WORDS.search(bare(cell))) and not names_rows(bare(cell))


def is_source(words: str) -> bool:
    """Whether words name a source of money, or a part of a sum."""
    return words.startswith("其中") or bool(SOURCE.fullmatch(words))


def _is_marks(row: Sequence[Cell]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3=2/1, or A, B, C=B/A."""
    texts = [bare(cell) for cell in row if cell.text]
    if len(texts) < 3 or not all(map(_MARK.fullmatch, texts)):
        return False
    named = [each.partition("=")[0].strip("（）()") for each in texts if each[0] not in "栏列行—-"]
    digits = [int(each) for each in named if each.isdecimal()]
    return len(named) > 2 and (not digits or (digits == list(range(digits[0], digits[0] + len(digits))) and digits[0] <= 1))  # fmt: skip


def _over(rows: Rows, place: int) -> tuple[str, ...]:
    """The words over a column from the top, a merged cell once; of cells left empty beside a group, the group's."""
    found: list[str] = []
    last = None
    for at, row in enumerate(rows):
        cell = row[place]
        if cell.text and cell.location != last:
            if not found and at:
                found += _gap(rows[:at], place)
            if not found or found[-1] != bare(cell):
                found.append(bare(cell))
            last = cell.location
    return tuple(found)


def _gap(rows: Rows, place: int) -> tuple[str, ...]:
    """The group of a column whose own heading is empty: the nearest left of it."""
    row = rows[-1]
    left = next((row[each] for each in range(place, -1, -1) if row[each].text), None)
    return (bare(left),) if left is not None else ()
