"""What columns, and what is written out, come to: amounts, texts, truths."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import evolve

from perfrules.language import values
from perfrules.language.whole.amounts import OF_ROW, Amount, BeyondError, by_row, printed, written
from perfrules.language.whole.choosing import Lowered
from perfrules.language.whole.frames import ByType, Cell, Days, Figures, Given, Texts
from perfrules.language.whole.making import compare, either, known, where
from perfrules.language.whole.nodes import (
    FALSE,
    TRUE,
    ZERO,
    Always,
    Cases,
    Column,
    Day,
    Int,
    NoText,
    TextColumn,
    Truth,
    Whole,
    Words,
)
from perfrules.model.interval import Interval
from perfrules.model.subject import Field
from perfrules.model.truth import Number, Unknown, Value
from perfrules.model.unit import Kind, Unit, base_unit

EPOCH = date(1970, 1, 1)
DATE = Unit(Kind.DATE, "")
COUNTED = Unit(Kind.COUNT, "")
_ZERO = Interval.point(Fraction(0))


def of_cell(cell: Figures | Texts | Days | Given, field: Field) -> Lowered:
    """What a column gives for a field; unknown where it holds nothing, another kind, or what is below zero and may not be."""
    match cell:
        case Given(value):
            return of_value(value) if values.fits(value, field.kind) else nothing(field.kind)
        case Texts(read):
            return TextColumn(read) if values.fits("", field.kind) else nothing(field.kind)
        case Days(read):
            day = Day(read)
            return Amount(day, day, DATE) if values.fits(EPOCH, field.kind) else nothing(field.kind)
        case Figures():
            if not values.fits(Number(_ZERO, _ZERO, cell.unit), field.kind):
                return nothing(field.kind)
            number: Int = Column(cell.read, cell.low, cell.high, cell.is_known)
            if field.nonnegative and (cell.low is None or cell.low < 0):
                number = where(compare(">=", number, ZERO), number)
            return _figure(number, cell) if cell.unit_from is None else _of_row(number, cell)


def presence(cell: Cell | None) -> Truth:
    """Whether a cell holds anything printed in a row, of whatever kind."""
    match cell:
        case None | ByType():
            return FALSE
        case Given():
            return TRUE
        case Figures():
            return known(Column(cell.read, is_known=cell.is_known))
        case Texts():
            return known(TextColumn(cell.read))
        case Days():
            return known(Day(cell.read))


def nothing(kind: Kind) -> Lowered:
    """A field that no column gives: unknown."""
    return NoText() if kind is Kind.TEXT else nothing_of(kind)


def nothing_of(kind: Kind) -> Amount:
    """A number or date that is unknown whatever the row."""
    number = where(FALSE, ZERO)
    return Amount(number, number, DATE if kind is Kind.DATE else base_unit(kind))


def of_value(value: Value | None) -> Lowered:
    """What is written in a ruleset; raises BeyondError where it has no value, or is no exact number."""
    match value:
        case bool():
            return Always(value)
        case str():
            return Words(value)
        case date():
            day = Whole((value - EPOCH).days)
            return Amount(day, day, DATE)
        case Number():
            return written(value)
        case Unknown() | None:
            raise BeyondError("参数未知", "a parameter that is unknown")


def _of_row(number: Int, cell: Figures) -> Amount:
    if cell.rounded:
        raise by_row()
    return Amount(number, number, OF_ROW, cell.step)


def _figure(number: Int, cell: Figures) -> Amount:
    """A figure with the slack of its digits, where it is printed and not exact by its unit."""
    decimals = cell.step < cell.unit.scale
    whole_thing = cell.unit.kind in (Kind.COUNT, Kind.NUMBER, Kind.DAYS, Kind.MONTHS) and not decimals
    to_the_fen = cell.unit.kind is Kind.MONEY and cell.step <= Fraction(1, 100)
    if not cell.rounded or whole_thing or to_the_fen:
        return Amount(number, number, cell.unit, cell.step)
    amount = printed(number, cell.unit, cell.step)
    if decimals or amount.slack is None:
        return amount
    is_zero, slack = compare("==", number, ZERO), amount.slack  # a zero without decimals is exact
    return evolve(
        amount,
        slack=evolve(
            slack,
            low=Cases(is_zero, ZERO, slack.low),
            high=Cases(is_zero, ZERO, slack.high),
            low_closed=either(is_zero, slack.low_closed),
            high_closed=either(is_zero, slack.high_closed),
        ),
    )


__all__ = ["COUNTED", "DATE", "nothing", "nothing_of", "of_cell", "of_value", "presence"]
