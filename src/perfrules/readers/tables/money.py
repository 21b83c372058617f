"""The figures of one row of a table, by the columns they stand in: amounts with their unit, and rates with their base."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import evolve

from perfrules.documents.folding import fold
from perfrules.documents.sheet import Cell
from perfrules.model.unit import MONEY_UNITS
from perfrules.readers.tables.columns import SCORES, Column, is_money
from perfrules.readers.tables.header import NUMBER
from perfrules.readers.tables.headings import NETTED
from perfrules.readers.tables.meanings import RATES
from perfrules.readers.tables.taken import Taken, is_figure
from perfrules.readers.values import MAX_DIGITS

_OWN_UNIT = re.compile(
    rf"(?:人民币|RMB|CNY|[￥¥])?\s*({NUMBER.pattern})\s*((?:[千百]?万|[千亿])?(?:元|块)|[万亿]|)(?:人民币|整|正|钱)?",
    re.I,
)
_IS_YUAN = re.compile("人民币|RMB|CNY|[￥¥]", re.I)
_RATE = re.compile(r"-?\d+(?:\.\d+)?%?")


def money_of(
    row: Sequence[Cell], columns: Sequence[Column], pointer: str, taken: Taken, *, scored: bool = False
) -> dict[str, Any]:
    """What a row says of its owner, in the submission format; a figure that cannot be told is left.

    `scored` says that weights and scores of the rate of execution are read too.
    """
    found: dict[str, Any] = {}
    rates: list[tuple[Column, Cell]] = []
    ways: list[tuple[Column, Cell]] = []
    for column in columns:
        cell = column.cell(row)
        if cell is None:
            taken.leave(column.cells(row))
        elif not is_figure(cell):
            continue
        elif column.field in NETTED:
            ways.append((column, cell))
        elif (
            column.field in RATES and _RATE.fullmatch(cell.text) and (cell.text.endswith("%") or column.unit)
        ):
            rates.append((column, cell))
        elif is_money(column.field) and (amount := _amount(cell, column)):
            taken.put(f"{pointer}/{column.field}", cell)
            found[column.field] = amount
        elif column.field in SCORES and scored and is_positive(cell):
            found[column.field] = taken.put(f"{pointer}/{column.field}", cell)
        else:
            taken.leave([cell], "not_budget" if column.field in SCORES else _why(column))
    found |= _net(ways, pointer, taken)
    claims = _claims(rates, columns, found, pointer, taken)
    return found | ({"claims": claims} if claims else {})


def _net(ways: Sequence[tuple[Column, Cell]], pointer: str, taken: Taken) -> dict[str, str]:
    """The adjustment that was raised in one column and cut in another; where it cannot be told both are left."""
    amounts = {column.field: amount for column, cell in ways if (amount := _amount(cell, column))}
    units = {amount.lstrip("0123456789.,") for amount in amounts.values()}
    if not ways or len(amounts) != len(ways) or len(units) != 1:
        taken.leave((cell for _, cell in ways), "ambiguous")
        return {}
    (unit,) = units
    numbers = {field: amount.removesuffix(unit).replace(",", "") for field, amount in amounts.items()}
    net = sum((NETTED[field] * Decimal(number) for field, number in numbers.items()), Decimal(0))
    (_, first), *others = ways
    taken.put(f"{pointer}/adjustment", first)
    taken.netted[first.location] = f"{numbers.get('raised', '0')} - {numbers.get('cut', '0')}"
    taken.leave((cell for _, cell in others), "netted")
    return {"adjustment": f"{net}{unit}"}


def _claims(
    rates: Sequence[tuple[Column, Cell]],
    columns: Sequence[Column],
    found: Mapping[str, Any],
    pointer: str,
    taken: Taken,
) -> list[dict[str, str]]:
    """The rates of a row, each of money that has a column with a unit; the others are left."""
    claims: list[dict[str, str]] = []
    divided = {each.field for each in columns if each.unit or each.field in found}
    for column, cell in rates:
        if column.base is None or RATES[column.field] not in divided:
            taken.leave([cell], "unpaired")
            continue
        printed = taken.put(f"{pointer}/claims/{len(claims)}/printed", cell).rstrip("%") + "%"
        claims.append({"printed": printed, "numerator": RATES[column.field], "base": column.base})
    return claims


def is_amount_of(field: str, cell: Cell) -> bool:
    """Whether a cell holds a bare number that the field can have."""
    return is_positive(cell) or (field == "adjustment" and is_amount(cell.text))


def is_positive(cell: Cell) -> bool:
    """Whether a cell holds a bare number that is not negative."""
    return is_amount(cell.text) and not cell.text.startswith("-")


def _amount(cell: Cell, column: Column) -> str | None:
    """The amount in a cell with its unit, its own or the heading's; None where it cannot be told."""
    shown = as_read(cell, column.unit)
    if shown is not cell and shown.text.endswith("元"):
        column = evolve(column, unit=None)  # what is shown says its unit, and agrees with what is kept
    if column.unit and is_amount_of(column.field, shown):
        return shown.text + column.unit
    return _with_own_unit(shown, column)


def as_read(cell: Cell, unit: str | None) -> Cell:
    """The cell with its text, where it shows its number smaller than it is kept and its unit is smaller by just that.

    3270000 shown as 327.0000 is 327 of a heading's 万元, and 327.0万 says so itself.
    """
    if not cell.places:
        return cell
    found = _OWN_UNIT.fullmatch(fold(cell.printed))
    own = _named_unit(found) if found else None
    shown = own if own and unit in (None, "元", own) else unit if found and not own else None
    is_sure = shown in MONEY_UNITS and MONEY_UNITS[shown].scale == 10**cell.places
    return evolve(cell, text=f"{found[1]}{own or ''}", why="", places=0) if found and is_sure else cell


def _with_own_unit(cell: Cell, column: Column) -> str | None:
    """The amount of a cell that prints its unit itself; None where the heading prints another."""
    found = _OWN_UNIT.fullmatch(cell.text)
    unit = _named_unit(found) if found else None
    if found is None or unit is None or found[2].endswith(("万", "亿")) or column.unit not in (None, unit):
        return None  # 5万 below 万元 is one or the other
    is_signed = found[1].startswith("-") and column.field != "adjustment"
    return None if is_signed or len(found[1]) > MAX_DIGITS else found[1] + unit


def _named_unit(found: re.Match[str]) -> str | None:
    """The unit that a cell prints: 块 is 元, 万 is 万元, and a mark of the currency alone is 元."""
    words = found[2].replace("块", "元")
    if not words:
        return "元" if _IS_YUAN.match(found[0]) else None
    return words if words.endswith("元") else f"{words}元"


def is_amount(text: str) -> bool:
    """Whether a text is a bare number."""
    return len(text) <= MAX_DIGITS and bool(NUMBER.fullmatch(text))


def _why(column: Column) -> str:
    """Why a figure was not read."""
    if not column.field or column.why == "no_unit":
        return column.why
    return "ambiguous"


def twice(names: Sequence[str]) -> set[str]:
    """The names that stand more than once."""
    return {name for name, number in Counter(names).items() if number > 1}
