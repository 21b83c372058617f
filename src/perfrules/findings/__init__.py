"""Stage 4, second half: rules × subjects → verdicts, findings with their evidence, and the ledger that loses nothing.

In: a submission with its indicators, compiled rules, parameter values. Out: merged findings and the ledger.
"""

from perfrules.findings.check import Outcomes, check_submission
from perfrules.findings.status import open_required, status

__all__ = ["Outcomes", "check_submission", "open_required", "status"]
