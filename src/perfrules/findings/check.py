"""Every rule asked of every subject of its types: the ledger first, then the findings that remain after merging.

Rules that declare `doubts` are asked first, and the others of what they leave undoubted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import frozen

from perfrules.findings.doubts import doubted_by, with_doubts
from perfrules.findings.explain import Raised, explain
from perfrules.findings.judge import judge
from perfrules.findings.merge import merged
from perfrules.language import Context
from perfrules.model.fact import Fact
from perfrules.model.finding import Finding, Ledger, Outcome, Verdict
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.rules import CompiledRule, CompiledRuleset


@frozen
class Outcomes:
    """What checking one submission comes to."""

    findings: tuple[Finding, ...]
    ledger: Ledger


def check_submission(
    submission: Submission, ruleset: CompiledRuleset, parameters: Mapping[str, Trace], as_of: date | None
) -> Outcomes:
    """The findings and the ledger; the ledger has one verdict for each rule and each subject of its types."""
    round_ = _Round(parameters, as_of, frozenset(_names(ruleset)) - parameters.keys())
    asked_first = [compiled for compiled in ruleset.rules if compiled.rule.doubts]
    round_.ask(submission, asked_first)
    round_.ask(
        with_doubts(submission, round_.doubted), [each for each in ruleset.rules if not each.rule.doubts]
    )
    return round_.outcomes(ruleset)


def _names(ruleset: CompiledRuleset) -> list[str]:
    return [each.parameter.name for each in ruleset.parameters]


class _Round:
    """The rules asked so far, with their verdicts by rule, what they raised, and the facts they cast doubt on."""

    def __init__(self, parameters: Mapping[str, Trace], as_of: date | None, unset: frozenset[str]) -> None:
        self.parameters, self.as_of, self.unset = parameters, as_of, unset
        self.verdicts: dict[str, list[Verdict]] = {}
        self.raised: dict[str, list[Raised]] = {}
        self.doubted: list[Fact] = []

    def ask(self, submission: Submission, rules: list[CompiledRule]) -> None:
        paths = list(submission.walk())
        asked = {
            types: [path for path in paths if path[-1].type in types]
            for types in dict.fromkeys(compiled.rule.for_types for compiled in rules)
        }
        for compiled in rules:
            rule = compiled.rule
            verdicts, raised = self.verdicts.setdefault(rule.id, []), self.raised.setdefault(rule.id, [])
            for path in asked[rule.for_types]:
                context = Context(path, self.parameters)
                verdict = judge(compiled, context, self.as_of, self.unset)
                verdicts.append(verdict)
                if verdict.outcome is Outcome.VIOLATION:
                    raised.append(explain(compiled, context, verdict))
                    self.doubted += doubted_by(rule, context)

    def outcomes(self, ruleset: CompiledRuleset) -> Outcomes:
        """Everything in the order of the ruleset."""
        ids = [compiled.rule.id for compiled in ruleset.rules]
        raised = [each for id in ids for each in self.raised[id]]
        return Outcomes(merged(raised), Ledger(tuple(each for id in ids for each in self.verdicts[id])))
