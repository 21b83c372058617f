"""Aggregates over the rows of a table, and over rows that stand in the row above itself."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from perfrules.language.whole.amounts import (
    OF_ROW,
    Amount,
    BeyondError,
    Slack,
    added,
    by_row,
    known_where,
    pointed,
)
from perfrules.language.whole.cells import COUNTED
from perfrules.language.whole.choosing import Lowered, is_known, is_text
from perfrules.language.whole.frames import Rows
from perfrules.language.whole.making import any_row, both, decided, either, may_be_unknown, negated, stated
from perfrules.language.whole.nodes import (
    ONE,
    TRUE,
    ZERO,
    Always,
    Cases,
    Different,
    Flag,
    Int,
    Read,
    Tally,
    Total,
    Truth,
    Utmost,
)
from perfrules.language.whole.sums import plus
from perfrules.model.unit import NUMBER, Kind, Unit, base_unit


@frozen
class Asked:
    """What is asked of rows: `count`, `sum`, `min`, `max`, `all`, `any`, or `count distinct`; and of which kind it is.

    `complete` tells whether all rows are there; never unknown.
    """

    operator: str
    kind: Kind
    is_nonnegative: bool
    complete: Truth


@frozen
class Member:
    """Whether a row is among those asked, and what is asked of it; nothing where they are only counted."""

    test: Truth
    body: Lowered | None


def completeness(complete: bool | Read) -> Truth:
    """Whether a table is complete: it is where its column says so, not where that is empty."""
    return Always(complete) if isinstance(complete, bool) else stated(Flag(complete), True)


def over_table(asked: Asked, rows: Rows, member: Member) -> Lowered:
    """An aggregate over the rows of a table: what is unknown in it is told by a test of its own."""
    match asked.operator:
        case "count":
            return _counted(asked, rows, member)
        case "count distinct":
            return _different(asked, rows, member)
        case "all" | "any":
            return _every(asked, rows, member)
        case "sum":
            return _total(asked, rows, member)
        case _:
            return _utmost(asked, rows, member)


def _maybe(member: Member) -> Truth:
    """Whether a row may be a member."""
    return stated(stated(member.test, False), False)


def _counted(asked: Asked, rows: Rows, member: Member) -> Amount:
    low = Tally(rows.table, stated(member.test, True))
    high = Tally(rows.table, _maybe(member)) if may_be_unknown(member.test) else low
    return Amount(low, high, COUNTED, endless=negated(asked.complete))


def _every(asked: Asked, rows: Rows, member: Member) -> Truth:
    """One row decides; else all must be known, and all there."""
    test = _deciding(asked, member)
    hit, open_row = any_row(rows.table, stated(test, True)), any_row(rows.table, stated(test, None))
    found = decided(hit, both(asked.complete, negated(open_row)))
    return found if asked.operator == "any" else negated(found)


def _deciding(asked: Asked, member: Member) -> Truth:
    """What a row must have to decide alone: to be a member for which `any` holds, or `all` does not."""
    body = member.body
    assert body is not None
    assert not isinstance(body, Amount)
    return both(member.test, body if asked.operator == "any" else negated(body))  # type: ignore[arg-type]


def _all_known(rows: Rows, member: Member, body: Lowered) -> Truth:
    """Whether it is known of every row if it is a member, and the number or text of those that may be."""
    unknown = either(stated(member.test, None), negated(is_known(body)))
    return negated(any_row(rows.table, both(_maybe(member), unknown)))


def _number(asked: Asked, member: Member) -> Amount:
    """The number asked of a row; raises BeyondError where it is none, a span, a ratio of two columns, or of a unit that an empty table does not have."""
    body = member.body
    if isinstance(body, Amount) and body.unit == OF_ROW:
        raise by_row()
    if not isinstance(body, Amount) or body.unit.kind is Kind.DATE:
        raise BeyondError(f"{asked.operator} 的不是数", f"{asked.operator} of what is no number")
    if body.unit == OF_ROW:
        raise by_row()
    if not body.is_point or body.under != ONE:
        raise BeyondError(f"{asked.operator} 的是比率或范围", f"{asked.operator} of ratios or spans")
    return body


def _total(asked: Asked, rows: Rows, member: Member) -> Amount:
    body = _number(asked, member)
    _same_unit(body.unit, asked.kind)
    test = stated(member.test, True)

    def total(number: Int) -> Int:
        return Total(rows.table, test, number, rows.most)

    low, slack = total(body.low), None
    if body.slack:
        ends = (
            negated(any_row(rows.table, both(test, negated(each))))
            for each in (body.slack.low_closed, body.slack.high_closed)
        )
        slack = Slack(total(body.slack.low), total(body.slack.high), *ends)
    found = known_where(_all_known(rows, member, body), evolve(body, low=low, high=low, slack=slack))
    return _of_table(found, asked)


def _same_unit(unit: Unit, kind: Kind) -> None:
    """Raises BeyondError where the sum over rows is of another unit than the sum of none."""
    of_none = _unit_of_none(kind)
    if unit.kind is not of_none.kind or (unit.kind is Kind.COUNT and unit.name):
        raise BeyondError("空表之和单位不同", "a sum whose unit is another where there are no rows")


def _unit_of_none(kind: Kind) -> Unit:
    return base_unit(NUMBER.kind if kind is Kind.MEASURE else kind)


def _utmost(asked: Asked, rows: Rows, member: Member) -> Amount:
    body = pointed(_number(asked, member))
    number = Utmost(rows.table, stated(member.test, True), body.low, asked.operator == "min")
    found = evolve(body, low=number, high=number)
    return known_where(both(_all_known(rows, member, body), asked.complete), found)


def _different(asked: Asked, rows: Rows, member: Member) -> Amount:
    body, test = member.body, stated(member.test, True)
    assert body is not None
    if isinstance(body, Amount):
        if body.unit == OF_ROW:
            raise by_row()
        if not body.is_point or body.under != ONE:
            raise BeyondError("比率或范围有几种", "how many different ratios or spans")
        number: Int = Different(rows.table, test, body.low)
    elif is_text(body):
        number = Different(rows.table, test, body)  # type: ignore[arg-type]
    else:
        raise BeyondError("条件有几种", "how many different conditions")
    found = Amount(number, number, COUNTED, endless=negated(asked.complete))
    return known_where(_all_known(rows, member, body), found)


def _of_table(total: Amount, asked: Asked) -> Amount:
    """A sum over a table that may be partial: with an open end where nothing in it is below zero, else unknown."""
    if asked.is_nonnegative:
        return evolve(total, endless=negated(asked.complete))
    return known_where(asked.complete, total)


def over_inline(asked: Asked, members: Sequence[Member]) -> Lowered:
    """An aggregate over rows that are written out one by one."""
    tests = [each.test for each in members]
    match asked.operator:
        case "count":
            low = plus(ZERO, *(Cases(stated(each, True), ONE, ZERO) for each in tests))
            high = plus(ZERO, *(Cases(stated(each, False), ZERO, ONE) for each in tests))
            same = not any(map(may_be_unknown, tests))
            return Amount(low, low if same else high, COUNTED, endless=negated(asked.complete))
        case "all" | "any":
            hit = either(*(_deciding(asked, each) for each in members))
            found = decided(stated(hit, True), both(asked.complete, stated(hit, False)))
            return found if asked.operator == "any" else negated(found)
        case "sum" if all(each == TRUE for each in tests):
            total = Amount(ZERO, ZERO, _unit_of_none(asked.kind))
            for each in members:
                body = _number(asked, each)
                _same_unit(body.unit, asked.kind)
                total = added(total, body, total.unit)
            return _of_table(total, asked)
        case operator:
            raise BeyondError(f"行内表的 {operator}", f"{operator} over rows in a row")


__all__ = ["Asked", "Member", "completeness", "over_inline", "over_table"]
