"""What the words alone leave open and the printed sums prove.

Money added for a purpose is the whole adjustment; what projects call their 预算 is the one of the two with whose sum it agrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import evolve

from perfrules.model.quantity import Quantity
from perfrules.readers.narrative.readings import PROJECT, PROJECT_PREFIX, TOTAL, MoneyReading, Readings

_BEFORE, _AFTER = ("initial_budget", "carried_over"), "adjusted_budget"
_CHANGES = ("carried_over", "adjustment")
_BARE = ("initial_budget", "budget")
"""The field of a project's 预算 that is proposed: the first where no change of it is told, the other where it may be either."""


def with_proved(readings: Readings, *, is_complete: bool = False) -> Readings:
    """The readings with the proposals that printed sums prove.

    `is_complete` tells that all projects are listed.
    """
    budgets = [each for each in readings.proposals if each.fact.field in _BARE]
    added = tuple(each for each in readings.proposals if each.fact.field == "adjustment")
    return _with_addition(_with_budgets(evolve(readings, proposals=added), budgets, is_complete=is_complete))


def _with_budgets(readings: Readings, budgets: Sequence[MoneyReading], *, is_complete: bool) -> Readings:
    """The readings with what the projects' 预算 is shown to be: by the sum of all, by the project's own sums, or because no change of it is told."""
    told: dict[str, set[Fraction | None]] = {}
    for each in budgets:
        told.setdefault(each.owner, set()).add(_exact(each))
    one = {owner: next(iter(values)) for owner, values in told.items() if len(values) == 1}
    fields = _by_all(readings, one) if len(one) == len(told) else {}
    fields = fields or _by_their_own(readings, budgets, one, is_complete=is_complete)
    proved = tuple(
        evolve(each, fact=evolve(each.fact, field=fields[each.owner]))
        for each in budgets
        if each.owner in fields
    )
    places = {each.fact.location for each in proved}
    left = tuple(each for each in readings.unread if each.location not in places)
    return evolve(readings, money=(*readings.money, *proved), unread=left)


def _by_all(readings: Readings, bare: dict[str, Fraction | None]) -> dict[str, str]:
    """The field of each 预算, where all projects' budgets add up to that of project spending, before adjustment or after it; else nothing."""
    printed = {
        each.owner
        for each in readings.money
        if each.owner.startswith(PROJECT_PREFIX) and each.fact.field in (_BEFORE[0], _AFTER)
    }
    if not bare or None in bare.values():
        return {}
    whole = _only(_values(readings, PROJECT, _BEFORE[0]))
    parts = [_before(readings, owner, bare) for owner in {*printed, *bare}]
    if whole is not None and None not in parts and sum(each or 0 for each in parts) == whole:
        return dict.fromkeys(bare, _BEFORE[0])
    whole = _only(_values(readings, PROJECT, _AFTER))
    parts = [_after(readings, owner, bare) for owner in {*printed, *bare, *_changed(readings)}]
    if whole is not None and None not in parts and sum(each or 0 for each in parts) == whole:
        changed = set(_changed(readings))
        return {owner: _BEFORE[0] if owner in changed else _AFTER for owner in bare}
    return {}


def _before(readings: Readings, owner: str, bare: dict[str, Fraction | None]) -> Fraction | None:
    """The budget of a project at the start of the year, if what it calls 预算 is that; None where it is not known, or has several values."""
    values = _values(readings, owner, _BEFORE[0]) | ({bare[owner]} if owner in bare else set())
    return _only(values)


def _after(readings: Readings, owner: str, bare: dict[str, Fraction | None]) -> Fraction | None:
    """The budget of a project after its changes, if what it calls 预算 is the one before them."""
    if printed := _values(readings, owner, _AFTER):
        return _only(printed) if owner not in bare else None
    start = _values(readings, owner, _BEFORE[0]) | ({bare[owner]} if owner in bare else set())
    parts = [_only(start or {Fraction(0)}), *(_change(readings, owner, field) for field in _CHANGES)]
    return None if None in parts else Fraction(sum(each or 0 for each in parts))


def _change(readings: Readings, owner: str, field: str) -> Fraction | None:
    """What is printed of a change, nothing where none is; None where it has several values or only about one."""
    return _only(_values(readings, owner, field) or {Fraction(0)})


def _changed(readings: Readings) -> Iterable[str]:
    return (
        each.owner
        for each in readings.money
        if each.owner.startswith(PROJECT_PREFIX) and each.fact.field in _CHANGES and _exact(each) != 0
    )


def _by_their_own(
    readings: Readings,
    budgets: Sequence[MoneyReading],
    bare: dict[str, Fraction | None],
    *,
    is_complete: bool,
) -> dict[str, str]:
    """The field of each 预算 by what else is told of its project.

    It is the one after adjustment where it is printed as that too, the one before where changes lead from it to that,
    and the one before where the report tells no other budget and no change of it: its change stays unknown where the
    department has one. Not where all projects are listed and the sum is another than that of project spending.
    """
    fields = {owner: field for owner in bare if (field := _by_one(readings, owner, bare))}
    alone = {
        each.owner
        for each in budgets
        if each.owner in bare
        and each.owner not in fields
        and each.fact.field == _BARE[0]
        and not any(_values(readings, each.owner, field) - {0} for field in (*_BEFORE, _AFTER, "adjustment"))
    }
    whole = _only(_values(readings, PROJECT, _BEFORE[0]))
    others = {each.owner for each in readings.money if each.owner.startswith(PROJECT_PREFIX) and each.fact.field == _BEFORE[0]}  # fmt: skip
    parts = [_before(readings, owner, bare) for owner in {*others, *alone}]
    is_apart = is_complete and whole is not None and sum(each or 0 for each in parts) != whole
    return fields if is_apart else {**fields, **dict.fromkeys(alone, _BEFORE[0])}


def _by_one(readings: Readings, owner: str, bare: dict[str, Fraction | None]) -> str:
    """The field of one project's 预算 that its other figures show; empty where they show none."""
    after, before = (_only(_values(readings, owner, field)) for field in (_AFTER, _BEFORE[0]))
    if (value := bare[owner]) is None:
        return ""
    if value in (before, after) and before != after:
        return _BEFORE[0] if value == before else _AFTER
    changes = [_change(readings, owner, field) for field in _CHANGES]
    if after is None or before is not None or None in changes or not any(changes):
        return ""
    return _BEFORE[0] if value + sum(each or 0 for each in changes) == after else ""


def _values(readings: Readings, owner: str, field: str) -> set[Fraction | None]:
    return {_exact(each) for each in readings.money if each.owner == owner and each.fact.field == field}


def _only(values: set[Fraction | None]) -> Fraction | None:
    """The one value that there is; None where there are none, several or only about one."""
    return next(iter(values)) if len(values) == 1 else None


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
