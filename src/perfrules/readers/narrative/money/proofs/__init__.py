"""What the words alone leave open and the printed figures prove: proposals become readings, or stay unread."""

from __future__ import annotations

from attrs import evolve

from perfrules.model.submission import Unread
from perfrules.readers.narrative.money.proofs.adjustments import with_adjustments
from perfrules.readers.narrative.money.proofs.budgets import with_budgets
from perfrules.readers.narrative.money.proofs.spending import (
    with_forecast,
    with_lines,
    with_spending,
    with_unspent,
)
from perfrules.readers.narrative.readings import ClaimReading, Readings


def with_proved(readings: Readings, *, is_complete: bool = False) -> Readings:
    """The readings with the proposals that printed figures prove; the ratios of the others are left.

    `is_complete` tells that all projects are listed.
    """
    proposed = {each.fact.location for each in readings.proposals}
    readings = with_lines(with_adjustments(readings))
    readings = with_adjustments(with_budgets(readings, is_complete=is_complete))
    readings = with_forecast(with_unspent(with_spending(readings)))
    open_places = proposed - {each.fact.location for each in readings.money}
    lost = tuple(each for each in readings.claims if each.of in open_places)
    return evolve(
        readings,
        claims=tuple(each for each in readings.claims if each.of not in open_places),
        unread=(*readings.unread, *map(_unpaired, lost)),
        proposals=(),
    )


def _unpaired(claim: ClaimReading) -> Unread:
    assert claim.fact.location is not None, "what is read of a text has its place"
    return Unread(claim.fact.location, claim.fact.quote, "unpaired", True)
