"""Pasted tables become readings: a header row that names fields, a unit, and rows of lines or of projects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import frozen

from perfrules.documents import Paragraph, TextDocument
from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.quantity import printed_quantity
from perfrules.model.submission import Unread
from perfrules.model.unit import MONEY_UNITS, PERCENT, Unit
from perfrules.readers.narrative.amounts import MAX_DIGITS, masked
from perfrules.readers.narrative.readings import (
    PROJECT,
    PROJECT_PREFIX,
    TOTAL,
    ClaimReading,
    MoneyReading,
    Readings,
)
from perfrules.readers.narrative.window import window

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_RATE = re.compile(r"(-?\d+(?:\.\d+)?)(%?)")
_UNIT = re.compile(r"单位：?(亿元|万元|千元|元)|（(亿元|万元|千元|元)）")
_BRACKETS = re.compile("（[^）]*）")
_TOTALS = ("合计", "总计", "小计", "合　计")
_LINES = {"基本支出": "basic", "项目支出": "project", "合计": "total", "总计": "total"}
_RATES = re.compile("(?:预算)?执行率|支出进度|执行进度")
_SPENT = re.compile("(?:支出数?|执行数?|支付数?)$")


@frozen
class Cell:
    """A cell of a pasted row: its text without blanks and the range of the paragraph it stands in."""

    text: str
    start: int
    end: int


@frozen
class Column:
    """What a column holds: a money field with its unit, or a rate (`claim`) with its base."""

    field: str
    unit: Unit


@frozen
class Pasted:
    """The readings of a table, the names of its project rows in order, and whether a total row closes it."""

    readings: Readings
    names: tuple[Fact, ...] = ()
    has_total: bool = False


def pasted_tables(
    document: TextDocument, paragraphs: Sequence[Paragraph], total_owner: str
) -> Iterator[Pasted]:
    """Every pasted table that has a header; rows without one are told as unread."""
    place = 0
    for is_row, run in groupby(paragraphs, key=lambda each: each.is_row):
        rows = list(run)
        around = "".join(
            each.text
            for each in (*paragraphs[max(0, place - 2) : place], *paragraphs[place + len(rows) :][:1])
        )
        place += len(rows)
        if is_row:
            yield _table(document, rows, around, total_owner)


def cells(paragraph: Paragraph) -> tuple[Cell, ...]:
    """The cells of a row, separated by | or tabs."""
    separator = "|" if "|" in paragraph.text else "\t"
    found, start = [], 0
    for piece in paragraph.text.split(separator):
        inner = piece.strip()
        at = start + piece.find(inner) if inner else start
        found.append(Cell(inner, at, at + len(inner)))
        start += len(piece) + 1
    if separator == "|" and len(found) > 2 and not found[0].text and not found[-1].text:
        return tuple(found[1:-1])
    return tuple(found)


def _table(document: TextDocument, rows: Sequence[Paragraph], around: str, total_owner: str) -> Pasted:
    header = cells(rows[0])
    unit = _unit(around)
    columns = {
        index: column for index, cell in enumerate(header) if index and (column := _column(cell.text, unit))
    }
    body = [(row, cells(row)) for row in rows[1:]]
    body = [(row, found) for row, found in body if not all(set(cell.text) <= set("-:") for cell in found)]
    if not columns or any(len(found) != len(header) for _, found in body):
        return Pasted(
            Readings(unread=tuple(_unread(document, row) for row in rows if re.search(r"\d", row.text)))
        )
    adjusted = any(column.field == "adjusted_budget" for column in columns.values())
    of_lines = any(found[0].text in ("基本支出", "项目支出") for _, found in body)
    if any("项目" in cell.text for cell in header[:1]):  # the sum of projects, whoever's report it is
        total_owner = PROJECT if total_owner == TOTAL else total_owner
    readings, names, has_total = Readings(), list[Fact](), False
    for row, found in body:
        is_total = found[0].text in _TOTALS
        has_total |= is_total
        owner = _LINES.get(found[0].text) if of_lines else (total_owner if is_total else None)
        if owner is None:
            name = _name(document, row, found[0])
            names.append(name)
            owner = PROJECT_PREFIX + str(name.value)
        base = "adjusted_budget" if adjusted else "budget"
        readings += _row(document, row, found, columns, owner, base)
    return Pasted(readings, tuple(names), has_total)


def _unit(words: str) -> Unit | None:
    found = {each[0] or each[1] for each in _UNIT.findall(words)}
    return MONEY_UNITS[found.pop()] if len(found) == 1 else None


def _column(title: str, unit: Unit | None) -> Column | None:
    bare = _BRACKETS.sub("", title)
    if _RATES.fullmatch(bare):
        return Column("claim", PERCENT)
    own = _unit(title) or unit
    said = window(masked(bare), (), (), "财政")
    field = said.field if said.is_clear else ""
    if not field and _SPENT.search(bare):
        field = "spent"
    return Column(field, own) if field and own is not None else None


def _name(document: TextDocument, row: Paragraph, cell: Cell) -> Fact:
    where = document.place(row, cell.start, cell.end)
    return Fact("name", cell.text, location=where, quote=document.cut(where))


def _row(
    document: TextDocument,
    row: Paragraph,
    found: Sequence[Cell],
    columns: dict[int, Column],
    owner: str,
    base: str,
) -> Readings:
    readings = Readings()
    for index, column in columns.items():
        cell = found[index]
        if not cell.text or set(cell.text) <= set("-—/"):
            continue
        where = document.place(row, cell.start, cell.end)
        readings += _cell(cell.text, column, owner, base, where, document.cut(where))
    return readings


def _cell(text: str, column: Column, owner: str, base: str, where: Location, quote: str) -> Readings:
    if column.field == "claim":
        if (rate := _RATE.fullmatch(text)) and len(rate[1]) <= MAX_DIGITS:
            # A bare 0.5 may be 50% or half a percent: only a printed % or a header that says so settles it.
            words = rate[1] + "%"
            fact = Fact(
                "printed", printed_quantity(rate[1], PERCENT, words=words), location=where, quote=quote
            )
            if rate[2] or _is_in_percent(rate[1]):
                return Readings(claims=(ClaimReading(owner, fact, "spent", base),))
        return Readings(unread=(Unread(where, quote, "ambiguous", True),))
    if (
        not _NUMBER.fullmatch(text)
        or len(text) > MAX_DIGITS
        or (text.startswith("-") and column.field != "adjustment")
    ):
        return Readings(unread=(Unread(where, quote, "ambiguous", True),))
    quantity = printed_quantity(text.replace(",", ""), column.unit, words=text + column.unit.name)
    return Readings(money=(MoneyReading(owner, Fact(column.field, quantity, location=where, quote=quote)),))


def _is_in_percent(digits: str) -> bool:
    """Whether a bare rate can only be in percent."""
    return int(digits.lstrip("-").partition(".")[0] or 0) >= 2


def _unread(document: TextDocument, row: Paragraph) -> Unread:
    where = document.place(row, 0, len(row.text))
    return Unread(where, document.cut(where), "no_field", True)
