"""Stage 4, second half: rules × subjects → verdicts, findings with their evidence, and the ledger that loses nothing.

In: a submission with its indicators, compiled rules, parameter values. Out: merged findings and the ledger.
"""

from perfrules.findings.check import Outcomes, check_submission, raised, verdicts
from perfrules.findings.names import rule_names
from perfrules.findings.replies import standings, with_replies
from perfrules.findings.status import open_required, status
from perfrules.findings.waivers import Review

__all__ = [
    "Outcomes",
    "Review",
    "check_submission",
    "open_required",
    "raised",
    "rule_names",
    "standings",
    "status",
    "verdicts",
    "with_replies",
]
