"""The light of a report: green is only what was decided, and decided well."""

from __future__ import annotations

from collections.abc import Mapping

from perfrules.findings.check import Outcomes
from perfrules.model.finding import Outcome, Verdict
from perfrules.model.report import Status
from perfrules.model.rule import Rule
from perfrules.model.submission import Submission
from perfrules.model.waiver import WAIVER


def open_required(outcomes: Outcomes, rules: Mapping[str, Rule]) -> tuple[Verdict, ...]:
    """The verdicts that keep a report from being green: undetermined where their rule must be decided."""
    return tuple(
        verdict
        for verdict in outcomes.ledger.verdicts
        if verdict.outcome is Outcome.UNDETERMINED
        and verdict.subject.type != WAIVER
        and verdict.subject.type in rules[verdict.rule].required
    )


def status(outcomes: Outcomes, open_verdicts: tuple[Verdict, ...], submission: Submission) -> Status:
    """Findings before grey before green: grey where a required rule or a figure that may matter is left open.

    A submission on which no rule passed or was waived is grey too: nothing was decided, so nothing can be said.
    """
    totals = outcomes.ledger.totals()
    if outcomes.findings or totals[Outcome.VIOLATION]:
        return Status.FINDINGS
    decided = any(
        each.outcome in (Outcome.PASS, Outcome.WAIVED) and each.subject.type != WAIVER
        for each in outcomes.ledger.verdicts
    )
    if open_verdicts or not decided or any(unread.open for unread in submission.unread):
        return Status.GREY
    return Status.GREEN
