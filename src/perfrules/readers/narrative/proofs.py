"""What the words alone leave open and the printed sums prove: money added for a purpose is the whole adjustment."""

from __future__ import annotations

from attrs import evolve

from perfrules.model.quantity import Quantity
from perfrules.readers.narrative.readings import TOTAL, Readings

_BEFORE, _AFTER = ("initial_budget", "carried_over"), "adjusted_budget"


def with_proved(readings: Readings) -> Readings:
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
