"""The light of a report: green is only what was decided, and decided well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfrules.findings.check import Outcomes
from perfrules.model.finding import Outcome, Verdict
from perfrules.model.report import Status
from perfrules.model.rule import Rule
from perfrules.model.submission import Submission
from perfrules.model.waiver import WAIVER

DECIDED = (Outcome.PASS, Outcome.VIOLATION, Outcome.WAIVED)


def open_required(outcomes: Outcomes, rules: Mapping[str, Rule]) -> tuple[Verdict, ...]:
    """The verdicts that keep a report from being green: undetermined where their rule must be decided."""
    return tuple(each for each in _required(outcomes, rules) if each.outcome is Outcome.UNDETERMINED)


def status(outcomes: Outcomes, rules: Mapping[str, Rule], submission: Submission) -> Status:
    """Grey where a required rule or a figure that may matter is left open and nothing was found, or where most is open.

    A report with findings of which more required verdicts are open than decided is grey for all its findings, and so is one
    on which no rule passed, was waived or violated (decision 44).
    """
    required = list(_required(outcomes, rules))
    still_open = sum(each.outcome is Outcome.UNDETERMINED for each in required)
    decided = sum(each.outcome in DECIDED for each in required)
    if outcomes.findings or outcomes.ledger.totals()[Outcome.VIOLATION]:
        return Status.GREY if still_open > decided else Status.FINDINGS
    if still_open or not _decided_any(outcomes) or any(unread.open for unread in submission.unread):
        return Status.GREY
    return Status.GREEN


def _required(outcomes: Outcomes, rules: Mapping[str, Rule]) -> Iterator[Verdict]:
    for verdict in outcomes.ledger.verdicts:
        if verdict.subject.type != WAIVER and verdict.subject.type in rules[verdict.rule].required:
            yield verdict


def _decided_any(outcomes: Outcomes) -> bool:
    return any(
        each.outcome in (Outcome.PASS, Outcome.WAIVED) and each.subject.type != WAIVER
        for each in outcomes.ledger.verdicts
    )
