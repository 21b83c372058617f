"""Every rule asked of every subject of its types: the ledger first, then the findings that remain after merging."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import frozen

from perfrules.findings.explain import Raised, explain
from perfrules.findings.judge import judge
from perfrules.findings.merge import merged
from perfrules.language import Context
from perfrules.model.finding import Finding, Ledger, Outcome
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.rules import CompiledRuleset


@frozen
class Outcomes:
    """What checking one submission comes to."""

    findings: tuple[Finding, ...]
    ledger: Ledger


def check_submission(
    submission: Submission, ruleset: CompiledRuleset, parameters: Mapping[str, Trace], as_of: date | None
) -> Outcomes:
    """The findings and the ledger; the ledger has one verdict for each rule and each subject of its types."""
    paths = list(submission.walk())
    asked = {
        types: [path for path in paths if path[-1].type in types]
        for types in dict.fromkeys(compiled.rule.for_types for compiled in ruleset.rules)
    }
    unset = frozenset(each.parameter.name for each in ruleset.parameters) - parameters.keys()
    verdicts, raised = [], list[Raised]()
    for compiled in ruleset.rules:
        for path in asked[compiled.rule.for_types]:
            context = Context(path, parameters)
            verdict = judge(compiled, context, as_of, unset)
            verdicts.append(verdict)
            if verdict.outcome is Outcome.VIOLATION:
                raised.append(explain(compiled, context, verdict))
    return Outcomes(merged(raised), Ledger(tuple(verdicts)))
