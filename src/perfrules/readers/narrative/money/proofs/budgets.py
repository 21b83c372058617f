"""What projects call their 预算 is the one of the two with whose sum it agrees, that their own figures show, or that they began with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import evolve

from perfrules.readers.narrative.money.proofs.values import (
    CHANGES,
    accepted,
    changed_by,
    exact,
    is_ratio,
    only,
    values,
)
from perfrules.readers.narrative.readings import BARE, PROJECT, PROJECT_PREFIX, MoneyReading, Readings

_BEFORE, _AFTER = "initial_budget", "adjusted_budget"


def with_budgets(readings: Readings, *, is_complete: bool) -> Readings:
    """The readings with what the projects' 预算 is shown to be: by the sum of all, by the project's own sums, or because no change of it is told.

    `is_complete` tells that all projects are listed.
    """
    budgets = [each for each in readings.proposals if each.fact.field in BARE]
    told: dict[str, set[Fraction | None]] = {}
    for each in budgets:
        told.setdefault(each.owner, set()).add(exact(each))
    one = {owner: next(iter(values)) for owner, values in told.items() if len(values) == 1}
    fields = _by_all(readings, one) if len(one) == len(told) else {}
    fields = fields or _by_their_own(readings, budgets, one, is_complete=is_complete)
    proved = tuple(
        evolve(each, fact=evolve(each.fact, field=fields[each.owner]))
        for each in budgets
        if each.owner in fields
    )
    return accepted(readings, proved)


def _by_all(readings: Readings, bare: dict[str, Fraction | None]) -> dict[str, str]:
    """The field of each 预算, where all projects' budgets add up to that of project spending, before adjustment or after it; else nothing."""
    printed = {
        each.owner
        for each in readings.money
        if each.owner.startswith(PROJECT_PREFIX) and each.fact.field in (_BEFORE, _AFTER)
    }
    if not bare or None in bare.values():
        return {}
    whole = only(values(readings, PROJECT, _BEFORE))
    parts = [_before(readings, owner, bare) for owner in {*printed, *bare}]
    if whole is not None and None not in parts and sum(each or 0 for each in parts) == whole:
        return dict.fromkeys(bare, _BEFORE)
    whole = only(values(readings, PROJECT, _AFTER))
    parts = [_after(readings, owner, bare) for owner in {*printed, *bare, *_changed(readings)}]
    if whole is not None and None not in parts and sum(each or 0 for each in parts) == whole:
        changed = set(_changed(readings))
        return {owner: _BEFORE if owner in changed else _AFTER for owner in bare}
    return {}


def _before(readings: Readings, owner: str, bare: dict[str, Fraction | None]) -> Fraction | None:
    """The budget of a project at the start of the year, if what it calls 预算 is that; None where it is not known, or has several values."""
    return only(values(readings, owner, _BEFORE) | ({bare[owner]} if owner in bare else set()))


def _after(readings: Readings, owner: str, bare: dict[str, Fraction | None]) -> Fraction | None:
    """The budget of a project after its changes, if what it calls 预算 is the one before them."""
    if printed := values(readings, owner, _AFTER):
        return only(printed) if owner not in bare else None
    start = values(readings, owner, _BEFORE) | ({bare[owner]} if owner in bare else set())
    parts = [only(start or {Fraction(0)}), changed_by(readings, owner)]
    return None if None in parts else Fraction(sum(each or 0 for each in parts))


def _changed(readings: Readings) -> Iterable[str]:
    return (
        each.owner
        for each in readings.money
        if each.owner.startswith(PROJECT_PREFIX) and each.fact.field in CHANGES and exact(each) != 0
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
    department has one. So it is where a change told elsewhere may be its, and a printed rate is on this budget. Not where all projects are listed and the sum is another than that of project spending.
    """
    fields = {owner: field for owner in bare if (field := _by_one(readings, owner, bare))}
    alone = {
        each.owner
        for each in budgets
        if each.owner in bare
        and each.owner not in fields
        and (each.fact.field == BARE[0] or (each.fact.field == BARE[1] and _is_reckoned_on(readings, each)))
        and not any(values(readings, each.owner, field) - {0} for field in (_BEFORE, _AFTER, *CHANGES))
    }
    whole = only(values(readings, PROJECT, _BEFORE))
    others = {each.owner for each in readings.money if each.owner.startswith(PROJECT_PREFIX) and each.fact.field == _BEFORE}  # fmt: skip
    parts = [_before(readings, owner, bare) for owner in {*others, *alone}]
    is_apart = is_complete and whole is not None and sum(each or 0 for each in parts) != whole
    return fields if is_apart else {**fields, **dict.fromkeys(alone, _BEFORE)}


def _is_reckoned_on(readings: Readings, one: MoneyReading) -> bool:
    """Whether a rate printed of the project is on what it calls 预算."""
    value = exact(one)
    return value is not None and any(
        is_ratio(each, part, value)
        for each in readings.claims
        if each.owner == one.owner and each.base == "budget"
        for part in [only(values(readings, one.owner, each.numerator))]
        if part is not None
    )


def _by_one(readings: Readings, owner: str, bare: dict[str, Fraction | None]) -> str:
    """The field of one project's 预算 that its other figures show; empty where they show none."""
    after, before = (only(values(readings, owner, field)) for field in (_AFTER, _BEFORE))
    if (value := bare[owner]) is None:
        return ""
    if value in (before, after) and before != after:
        return _BEFORE if value == before else _AFTER
    if after is None or before is not None or not (changes := changed_by(readings, owner)):
        return ""
    return _BEFORE if value + changes == after else ""
