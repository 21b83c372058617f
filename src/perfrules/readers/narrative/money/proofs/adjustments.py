"""Money added or cut for a purpose is the adjustment of its owner where it is what lies between the budgets printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from perfrules.model.fact import State
from perfrules.model.quantity import Quantity, printed_quantity
from perfrules.model.submission import Unread
from perfrules.readers.narrative.money.proofs.values import (
    accepted,
    changed_by,
    exact,
    is_ratio,
    only,
    values,
)
from perfrules.readers.narrative.readings import (
    BASIC,
    LINES,
    PROJECT,
    PROJECT_PREFIX,
    TOTAL,
    MoneyReading,
    Readings,
)

_OTHER_LINE = {BASIC: PROJECT, PROJECT: BASIC}


def with_adjustments(readings: Readings) -> Readings:
    """The readings with the proposed adjustments that the budgets before and after them prove, or a rate on them."""
    proposed = [each for each in readings.proposals if each.fact.field == "adjustment"]
    for owner in dict.fromkeys(each.owner for each in proposed if each.owner.startswith(PROJECT_PREFIX)):
        own = [each for each in proposed if each.owner == owner]
        if len(own) == 1 and _is_of_project(readings, own[0]):
            readings = accepted(readings, own)
    return _of_the_whole(readings, [each for each in proposed if each.owner in LINES])


def _is_of_project(readings: Readings, one: MoneyReading) -> bool:
    """320 + 45.8 is the 365.8 printed as adjusted, or 137.45 spent is the 91.63 % printed of 120 + 30."""
    owner, value = one.owner, exact(one)
    before, carried = only(values(readings, owner, "initial_budget")), changed_by(readings, owner)
    if value is None or before is None or carried is None or values(readings, owner, "adjustment"):
        return False
    after = before + carried + value
    if printed := values(readings, owner, "adjusted_budget"):
        return only(printed) == after
    spent = only(values(readings, owner, "spent"))
    return spent is not None and any(
        each.owner == owner and each.numerator == "spent" and each.base in ("budget", "adjusted_budget")
        and is_ratio(each, spent, after) and not is_ratio(each, spent, before)
        for each in readings.claims
    )  # fmt: skip


def _of_the_whole(readings: Readings, proposed: list[MoneyReading]) -> Readings:
    """追加防汛经费85万元 is the adjustment where no other is printed and 85 is what lies between the budgets printed.

    The budget adjusted must be printed exactly, and the one before it; a carry-over that is not printed counts as none.
    So it is where a part of one line and the adjustment of the other come to it, or an addition and a cut.
    """
    after, before = (only(values(readings, TOTAL, field)) for field in ("adjusted_budget", "initial_budget"))
    carried = only(values(readings, TOTAL, "carried_over") or {Fraction(0)})
    if after is None or before is None or carried is None or values(readings, TOTAL, "adjustment"):
        return readings
    between, places = after - before - carried, {each.fact.location for each in readings.money}
    whole = [each for each in proposed if each.owner == TOTAL]
    whole = [each for each in whole if each.fact.location not in places] or whole
    parts = [each for each in proposed if each.owner != TOTAL]
    if len(whole) == 1 and exact(whole[0]) == between:
        return accepted(readings, whole)
    if len(whole) + len(parts) == 2 and whole and (net := _net([*whole, *parts], between)):
        return _with_net(readings, [*whole, *parts], net)
    if len(parts) == 1 and not whole and not values(readings, parts[0].owner, "adjustment"):
        other = only(values(readings, _OTHER_LINE[parts[0].owner], "adjustment") or {Fraction(0)})
        value = exact(parts[0])
        if other is not None and value is not None and other + value == between:
            return accepted(readings, parts)
    return readings


def _net(moves: list[MoneyReading], between: Fraction) -> MoneyReading | None:
    """追加214.60万元，调减37.65万元: what both come to, derived; None where that is not what lies between the budgets."""
    first, second = (exact(each) for each in moves)
    one, other = (each.fact.value for each in moves)
    if first is None or second is None or first * second >= 0 or first + second != between:
        return None
    if not isinstance(one, Quantity) or not isinstance(other, Quantity):
        return None
    whole = between / one.unit.scale
    net = printed_quantity(str(Decimal(whole.numerator) / whole.denominator), one.unit)
    formula = f"{one.digits}{one.unit.name} + {other.digits}{other.unit.name}".replace("+ -", "- ")
    return evolve(moves[0], fact=evolve(moves[0].fact, value=net, state=State.DERIVED, formula=formula))


def _with_net(readings: Readings, moves: list[MoneyReading], net: MoneyReading) -> Readings:
    """The readings with the net of two moves, of which the second is told as part of it, or read as that of its line."""
    second = moves[1]
    if second.owner != TOTAL:
        return accepted(readings, [net, second])
    readings = accepted(readings, [net])
    unread = tuple(
        Unread(each.location, each.quote, "netted", False) if each.location == second.fact.location else each
        for each in readings.unread
    )
    return evolve(readings, unread=unread)
