"""Aggregates over tables that may be partial, rows whose membership or value may be unknown."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, frozen

from perfrules.language.folding import folded
from perfrules.language.functions.numbers import greatest, smallest
from perfrules.language.kinds import PLAIN
from perfrules.language.scope import Meaning
from perfrules.language.steps import fact_read
from perfrules.language.syntax import Aggregate
from perfrules.language.values import computed
from perfrules.model.interval import Interval
from perfrules.model.subject import Completeness, Field, Subject
from perfrules.model.subject_types import label_of
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Reason, Unknown, Value, lacking
from perfrules.model.unit import Kind, Unit, base_unit

COUNTED = Unit(Kind.COUNT, "")
_NAME = Field("name", label_of("name"), Kind.TEXT)


@frozen
class Row:
    """A row with the trace of its membership (None without `where`) and of the body (None for a plain count)."""

    subject: Subject
    where: Trace | None
    body: Trace | None

    @property
    def member(self) -> Value:
        """True, False or Unknown: whether the row is among those aggregated."""
        return True if self.where is None else self.where.value


def aggregated(
    text: str,
    node: Aggregate,
    rows: Sequence[Row],
    owner: Subject,
    table: Meaning,
    nonnegative: bool,
    kind: Kind,
) -> Trace:
    """The aggregate's value over the rows of a table that may be members; the table is to blame where it is partial."""
    whole = owner.table(table.table).completeness is Completeness.COMPLETE
    lack = Lack(Reason.INCOMPLETE, owner.id, table.table)
    match node.operator:
        case "count":
            value = _distinct(rows, whole, lack) if node.distinct else _count(rows, whole)
        case "sum":
            value = _sum(rows, whole, lack, nonnegative, kind)
        case "all" | "any":
            value = _every(rows, whole, lack, any_of=node.operator == "any")
        case _:
            value = _extreme(rows, whole, lack, node.operator)
    parts = tuple(_evidence(row) for row in rows)
    by_rounding = isinstance(value, bool) and any(part.by_rounding for part in parts)
    open_rows = lacking(*(row.member for row in rows)).lacks
    lacks = open_rows if whole else (lack, *open_rows)
    return Trace(text, value, node.operator, parts, by_rounding=by_rounding, lacks=lacks)


def row_named(text: str, name: Trace, owner: Subject | None, table: Meaning, asked: Subject) -> Trace:
    """Whether a table has a row of that name, white space and full-width forms aside."""
    if not isinstance(name.value, str):
        return Trace(text, name.value, "has_row", (name,))
    if owner is None:
        lack = Lack(Reason.MISSING, "/".join((asked.id, *table.members)), table.table)
        return Trace(text, Unknown((lack,)), "has_row", (name,))
    found = owner.table(table.table)
    names = [fact_read(row.name, row, _NAME) for row in found.rows]
    same = tuple(
        each for each in names if isinstance(each.value, str) and _plain(each.value) == _plain(name.value)
    )
    lacks = lacking(*(each.value for each in names)).lacks
    if found.completeness is not Completeness.COMPLETE:
        lacks = (Lack(Reason.INCOMPLETE, owner.id, table.table), *lacks)
    value = True if same else Unknown(lacks) if lacks else False
    return Trace(text, value, "has_row", (name, *same))


def _plain(name: str) -> str:
    return "".join(folded(name).split())


def _evidence(row: Row) -> Trace:
    """What a row contributes: its body, or for a plain count its name, which is not known to count where that is open."""
    if row.body is not None:
        return row.body
    value = row.subject.name if row.member is True else row.member
    return Trace(row.subject.name, value, fact=row.subject.facts.get("name"))


def _count(inside: Sequence[Row], whole: bool) -> Value:
    sure = sum(row.member is True for row in inside)
    return _number(Fraction(sure), Fraction(len(inside)) if whole else None, COUNTED)


def _distinct(inside: Sequence[Row], whole: bool, lack: Lack) -> Value:
    values = [row.body.value for row in inside if row.body is not None]
    unknown = [value for value in (*values, *(row.member for row in inside)) if isinstance(value, Unknown)]
    if unknown:
        return lacking(*unknown)
    vague = [value for value in values if isinstance(value, Number) and not value.interval.is_point]
    if vague:  # two numbers that are each 20余 may be one or two
        return Unknown((evolve(lack, reason=Reason.APPROXIMATE),))
    different = len({_identity(value) for value in values})
    return _number(Fraction(different), Fraction(different) if whole else None, COUNTED)


def _identity(value: Value) -> object:
    """What makes two values one: the amount, with the measure word for counts; 1万元 and 10000元 are one."""
    if not isinstance(value, Number):
        return value
    kind = Kind.NUMBER if value.unit.kind in PLAIN else value.unit.kind
    return value.interval, kind, value.unit.name if kind is Kind.COUNT else ""


def _sum(inside: Sequence[Row], whole: bool, lack: Lack, nonnegative: bool, kind: Kind) -> Value:
    unknown = [each for row in inside for each in _unknowns(row)]
    if unknown:
        return lacking(*unknown)
    total: Number | None = None
    for row in inside:
        assert row.body is not None
        added = row.body.value if total is None else computed("+", total, row.body.value)
        if not isinstance(added, Number):
            return Unknown((evolve(lack, reason=added if isinstance(added, Reason) else Reason.UNIT),))
        total = added
    if total is None:
        zero = Interval.point(Fraction(0))
        total = Number(zero, zero, base_unit(Kind.NUMBER if kind is Kind.MEASURE else kind))
    if whole:
        return total
    return _from(total) if nonnegative else Unknown((lack,))


def _from(least: Number) -> Number:
    def open_ended(interval: Interval) -> Interval:
        return Interval(interval.low, None, interval.low_closed, False)

    return Number(open_ended(least.interval), open_ended(least.slack), least.unit)


def _every(inside: Sequence[Row], whole: bool, lack: Lack, *, any_of: bool) -> Value:
    """`all` is false for one false row, `any` true for one true row; the rest must be known to say more."""
    for row in inside:
        if row.member is True and row.body is not None and row.body.value is any_of:
            return any_of
    unknown = [
        each for row in inside if row.body and row.body.value is not (not any_of) for each in _unknowns(row)
    ]
    if unknown:
        return lacking(*unknown)
    return (not any_of) if whole else Unknown((lack,))


def _extreme(inside: Sequence[Row], whole: bool, lack: Lack, operator: str) -> Value:
    unknown = [each for row in inside for each in _unknowns(row)]
    if unknown:
        return lacking(*unknown)
    if not inside or not whole:
        return Unknown((lack if not whole else evolve(lack, reason=Reason.MISSING),))
    numbers = [row.body.value for row in inside if row.body and isinstance(row.body.value, Number)]
    if len(numbers) < len(inside):  # a target's value may be a text or a date
        return Unknown((evolve(lack, reason=Reason.UNIT),))
    chosen = smallest(*numbers) if operator == "min" else greatest(*numbers)
    return Unknown((evolve(lack, reason=chosen),)) if isinstance(chosen, Reason) else chosen


def _unknowns(row: Row) -> list[Unknown]:
    values = (row.member, row.body and row.body.value)
    return [value for value in values if isinstance(value, Unknown)]


def _number(low: Fraction, high: Fraction | None, unit: Unit) -> Number:
    interval = Interval(low, high, True, high is not None)
    return Number(interval, interval, unit)
