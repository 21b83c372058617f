"""What the words alone leave open and the printed sums prove.

Money added for a purpose is the whole adjustment; what projects call their 预算 is the one of the two with whose sum it agrees.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from perfrules.model.quantity import Quantity
from perfrules.readers.narrative.readings import PROJECT, PROJECT_PREFIX, TOTAL, MoneyReading, Readings

_BEFORE, _AFTER = ("initial_budget", "carried_over"), "adjusted_budget"


def with_proved(readings: Readings) -> Readings:
    """The readings with the proposals that printed sums prove."""
    budgets = [each for each in readings.proposals if each.fact.field == "initial_budget"]
    added = tuple(each for each in readings.proposals if each.fact.field == "adjustment")
    return _with_addition(_with_budgets(evolve(readings, proposals=added), budgets))


def _with_budgets(readings: Readings, budgets: Sequence[MoneyReading]) -> Readings:
    """The budgets of all projects add up to that of project spending, at the start of the year or after adjustment: then they are it."""
    owners = {each.owner: each for each in budgets}
    for field in (_BEFORE[0], _AFTER):
        whole = _values(readings, PROJECT, field)
        others = {each.owner for each in readings.money if each.owner.startswith(PROJECT_PREFIX) and each.fact.field == field}  # fmt: skip
        parts = [_values(readings, owner, field) for owner in others - set(owners)]
        parts += [{_exact(each)} for each in owners.values()]
        if (
            len(owners) != len(budgets)
            or len(whole) != 1
            or any(len(each) != 1 or None in each for each in parts)
        ):
            continue
        if budgets and sum(each.pop() or 0 for each in parts) == next(iter(whole)):
            proved = tuple(evolve(each, fact=evolve(each.fact, field=field)) for each in budgets)
            places = {each.fact.location for each in budgets}
            left = tuple(each for each in readings.unread if each.location not in places)
            return evolve(readings, money=(*readings.money, *proved), unread=left)
    return readings


def _values(readings: Readings, owner: str, field: str) -> set[Fraction | None]:
    return {_exact(each) for each in readings.money if each.owner == owner and each.fact.field == field}


def _exact(reading: MoneyReading) -> Fraction | None:
    value = reading.fact.value
    return value.exact if isinstance(value, Quantity) else None


def _with_addition(readings: Readings) -> Readings:
    """追加防汛经费85万元 is the adjustment where no other is printed and 85 is what lies between the budgets printed.

    The budget adjusted must be printed exactly, and the one before it; a carry-over that is not printed counts as none.
    """
    printed: dict[str, set[Quantity]] = {}
    for each in readings.money:
        if each.owner == TOTAL and isinstance(each.fact.value, Quantity):
            printed.setdefault(each.fact.field, set()).add(each.fact.value)
    exact = {field: {each.exact for each in found} for field, found in printed.items()}
    needed = ("initial_budget", _AFTER)
    if len(readings.proposals) != 1 or "adjustment" in printed or not all(len(exact.get(field, ())) == 1 for field in needed):  # fmt: skip
        return readings
    (proposal,) = readings.proposals
    sums = [next(iter(exact.get(field, {0}))) for field in (_AFTER, *_BEFORE)]
    value = proposal.fact.value
    if None in sums or not isinstance(value, Quantity) or value.exact is None:
        return readings
    after, *before = (each or 0 for each in sums)
    if len(exact.get("carried_over", {0})) > 1 or after - sum(before) != value.exact:
        return readings
    left = tuple(each for each in readings.unread if each.location != proposal.fact.location)
    return evolve(readings, money=(*readings.money, proposal), unread=left, proposals=())
