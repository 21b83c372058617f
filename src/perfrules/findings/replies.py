"""Replies beside the findings of a report: what is answered and still open, waived by its answer, or found no more."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from perfrules.findings.check import Outcomes
from perfrules.model.finding import Finding
from perfrules.model.reply import Replied, Reply, Standing


def with_replies(findings: Sequence[Finding], replies: Sequence[Reply]) -> tuple[Finding, ...]:
    """The findings, each with the answer that was given to it."""
    given = {each.fingerprint: each for each in replies}
    return tuple(evolve(each, reply=given.get(each.fingerprint)) for each in findings)


def standings(outcomes: Outcomes, replies: Sequence[Reply]) -> tuple[Replied, ...]:
    """Each reply with what has become of its finding; one that was folded into another is still open."""
    waived = {each.waiver.location for each in outcomes.ledger.verdicts if each.waiver is not None}
    found = {each.fingerprint for each in outcomes.findings}
    folded = {(also.rule, also.subject.id) for each in outcomes.findings for also in each.also}

    def standing(reply: Reply) -> Standing:
        if reply.location in waived:
            return Standing.WAIVED
        is_open = reply.fingerprint in found or (reply.rule, reply.subject) in folded
        return Standing.OPEN if is_open else Standing.GONE

    return tuple(Replied(each, standing(each)) for each in replies)
