"""What was spent on a purpose is a project's spending where a printed rate is that of it; lines are what the sum leaves for them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

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
    PROJECT,
    PROJECT_PREFIX,
    TOTAL,
    ClaimReading,
    MoneyReading,
    Readings,
)

_FIELDS = ("initial_budget", "adjusted_budget", "appropriated", "spent")
_OTHER_LINE = {BASIC: PROJECT, PROJECT: BASIC}
_ALL_OF_IT = "仅"
"""仅支付设备租赁费6.12万元: no more than that was spent."""


def with_lines(readings: Readings) -> Readings:
    """The readings with the lines told without a field (基本支出648.93万元) whose field the sum and the other line prove."""
    for each in [one for one in readings.proposals if not one.fact.field]:
        fields = [field for field in _FIELDS if _is_rest(readings, each, field)]
        if len(fields) == 1:
            readings = accepted(readings, [evolve(each, fact=evolve(each.fact, field=fields[0]))])
    return readings


def _is_rest(readings: Readings, one: MoneyReading, field: str) -> bool:
    whole, other = (only(values(readings, owner, field)) for owner in (TOTAL, _OTHER_LINE[one.owner]))
    is_told = bool(values(readings, one.owner, field))
    return whole is not None and other is not None and not is_told and whole - other == exact(one)


def with_forecast(readings: Readings) -> Readings:
    """The readings with the one forecast of whom nobody says whose it is, where it lies between what the whole has spent and may spend."""
    proposed = [each for each in readings.proposals if each.fact.field == "forecast"]
    spent, *budgets = (
        only(values(readings, TOTAL, field)) for field in ("spent", "adjusted_budget", "initial_budget")
    )
    limit = next((each for each in budgets if each is not None), None)
    if len(proposed) != 1 or values(readings, TOTAL, "forecast") or spent is None or limit is None:
        return readings
    value = exact(proposed[0])
    return accepted(readings, proposed) if value is not None and spent <= value <= limit else readings


def with_unspent(readings: Readings) -> Readings:
    """The readings with what a project is told to have saved, where that is what its spending leaves of its budget or of what came."""
    for each in [one for one in readings.proposals if one.fact.field == "unspent"]:
        spent, value = only(values(readings, each.owner, "spent")), exact(each)
        had = [only(values(readings, each.owner, field)) for field in _FIELDS[:3]]
        is_rest = spent is not None and value is not None and any(base == spent + value for base in had)
        if is_rest and not values(readings, each.owner, "unspent"):
            readings = accepted(readings, [each])
    return readings


def with_spending(readings: Readings) -> Readings:
    """The readings with the one sum that a project is told to have paid, where a printed rate is that of it, or it is told as all of it."""
    proposed = [
        each
        for each in readings.proposals
        if each.fact.field == "spent" and each.owner.startswith(PROJECT_PREFIX)
    ]
    for owner in dict.fromkeys(each.owner for each in proposed):
        own = [each for each in proposed if each.owner == owner]
        if len(own) == 1 and not values(readings, owner, "spent") and _is_all(readings, own[0]):
            readings = accepted(readings, own)
    return readings


def _is_all(readings: Readings, one: MoneyReading) -> bool:
    value = exact(one)
    rates = [each for each in readings.claims if each.owner == one.owner and each.numerator == "spent"]
    if value is None or not rates:
        return value is not None and _ALL_OF_IT in one.fact.label
    return any(is_ratio(each, value, base) for each in rates for base in _bases(readings, each))


def _bases(readings: Readings, claim: ClaimReading) -> Iterator[Fraction]:
    """The amounts that the base of a rate may be."""
    printed = {
        field: only(values(readings, claim.owner, field))
        for field in ("initial_budget", "adjusted_budget", "appropriated")
    }
    if claim.base in printed and (base := printed[claim.base]) is not None:
        yield base
    changes = changed_by(readings, claim.owner)
    if claim.base in ("budget", "adjusted_budget"):
        yield from (each for field, each in printed.items() if field != "appropriated" and each is not None)
        if printed["initial_budget"] is not None and changes:
            yield printed["initial_budget"] + changes
