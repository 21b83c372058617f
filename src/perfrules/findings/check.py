"""Every rule asked of every subject of its types: the ledger first, then the findings that remain after merging."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve, frozen

from perfrules.findings.explain import explain
from perfrules.findings.judge import Judged, judge
from perfrules.findings.merge import merged
from perfrules.findings.waiver_findings import finding_of
from perfrules.findings.waivers import Review, reviewed, verdicts_on
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
    submission: Submission,
    ruleset: CompiledRuleset,
    parameters: Mapping[str, Trace],
    as_of: date | None,
    review: Review = Review(),
) -> Outcomes:
    """The findings and the ledger; the ledger has one verdict for each rule and each subject of its types.

    A violation that a waiver takes away is `waived` there and no finding, before findings are folded into each other.
    """
    judged = list(_judged(submission, ruleset, parameters, as_of))
    waivers = reviewed(judged, review)
    waived = {(each.waiver.rule, each.waiver.subject): each.waiver for each in waivers if each.holds}
    verdicts, raised = [], []
    for each in judged:
        verdict = each.verdict
        if waiver := waived.get((verdict.rule, verdict.subject.id)):
            verdict = evolve(verdict, outcome=Outcome.WAIVED, waiver=waiver)
        elif verdict.outcome is Outcome.VIOLATION:
            raised.append(explain(each.compiled, each.context, verdict))
        verdicts.append(verdict)
    on_waivers = [(each, verdict) for each in waivers for verdict in verdicts_on(each)]
    findings = [
        finding_of(each, verdict, submission.department.name)
        for each, verdict in on_waivers
        if verdict.outcome is Outcome.VIOLATION
    ]
    return Outcomes(
        tuple(sorted((*merged(raised), *findings), key=lambda finding: finding.severity.rank)),
        Ledger((*verdicts, *(verdict for _, verdict in on_waivers))),
    )


def _judged(
    submission: Submission, ruleset: CompiledRuleset, parameters: Mapping[str, Trace], as_of: date | None
) -> Iterator[Judged]:
    """Every rule asked of every subject of its types."""
    paths = list(submission.walk())
    asked = {
        types: [path for path in paths if path[-1].type in types]
        for types in dict.fromkeys(compiled.rule.for_types for compiled in ruleset.rules)
    }
    unset = frozenset(each.parameter.name for each in ruleset.parameters) - parameters.keys()
    for compiled in ruleset.rules:
        for path in asked[compiled.rule.for_types]:
            context = Context(path, parameters)
            yield Judged(compiled, context, judge(compiled, context, as_of, unset))
