"""Every rule asked of every subject of its types: the ledger first, then the findings that remain after merging."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from perfrules.findings.deciders import deciders
from perfrules.findings.doubts import doubted_by, with_doubts
from perfrules.findings.explain import explain
from perfrules.findings.judge import Judged, judge
from perfrules.findings.merge import merged
from perfrules.findings.origins import origins
from perfrules.findings.waiver_findings import finding_of
from perfrules.findings.waivers import Review, reviewed, verdicts_on
from perfrules.language import Context
from perfrules.model.finding import Finding, Ledger, Outcome, Verdict
from perfrules.model.names import abouts
from perfrules.model.report import Decider, Origin
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.rules import CompiledRule, CompiledRuleset


@frozen
class Outcomes:
    """What checking one submission comes to."""

    findings: tuple[Finding, ...]
    ledger: Ledger
    origins: tuple[Origin, ...] = ()
    deciders: tuple[Decider, ...] = ()


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
    judged = _judged(submission, ruleset, parameters, as_of)
    known = abouts(submission.department)
    waivers = reviewed(judged, review, known)
    waived = {(each.waiver.rule, each.waiver.subject): each.waiver for each in waivers if each.holds}
    verdicts, raised = [], []
    for each in judged:
        verdict = each.verdict
        if waiver := waived.get((verdict.rule, verdict.subject.id)):
            verdict = evolve(verdict, outcome=Outcome.WAIVED, waiver=waiver)
        elif verdict.outcome is Outcome.VIOLATION:
            raised.append(explain(each.compiled, each.context, verdict, known[verdict.subject.id]))
        verdicts.append(verdict)
    on_waivers = [(each, verdict) for each in waivers for verdict in verdicts_on(each)]
    findings = [
        finding_of(each, verdict, submission.department.name)
        for each, verdict in on_waivers
        if verdict.outcome is Outcome.VIOLATION
    ]
    whole = tuple(sorted((*merged(raised), *findings), key=lambda finding: finding.severity.rank))
    ledger = Ledger((*verdicts, *(verdict for _, verdict in on_waivers)))
    return Outcomes(whole, ledger, origins(whole, judged), deciders(submission, judged))


def raised(
    submission: Submission, ruleset: CompiledRuleset, parameters: Mapping[str, Trace], as_of: date | None
) -> Iterator[Finding]:
    """A finding for every violation, none folded into another, before any waiver."""
    known = abouts(submission.department)
    for each in _judged(submission, ruleset, parameters, as_of):
        if each.verdict.outcome is Outcome.VIOLATION:
            yield explain(each.compiled, each.context, each.verdict, known[each.verdict.subject.id]).finding


def verdicts(
    submission: Submission, ruleset: CompiledRuleset, parameters: Mapping[str, Trace], as_of: date | None
) -> tuple[Verdict, ...]:
    """The ledger alone: every rule asked of every subject of its types, before any waiver."""
    return tuple(each.verdict for each in _judged(submission, ruleset, parameters, as_of))


def _judged(
    submission: Submission, ruleset: CompiledRuleset, parameters: Mapping[str, Trace], as_of: date | None
) -> list[Judged]:
    """Every rule asked of every subject of its types, in the order of the ruleset.

    Those that declare `doubts` are asked first, and the others of what they leave undoubted.
    """
    unset = frozenset(each.parameter.name for each in ruleset.parameters) - parameters.keys()

    def ask(of: Submission, rules: Sequence[CompiledRule]) -> dict[str, list[Judged]]:
        paths = list(of.walk())
        asked = {
            types: [path for path in paths if path[-1].type in types]
            for types in {r.rule.for_types for r in rules}
        }
        return {
            each.rule.id: [
                Judged(each, context, judge(each, context, as_of, unset))
                for context in (Context(path, parameters) for path in asked[each.rule.for_types])
            ]
            for each in rules
        }

    first = ask(submission, [each for each in ruleset.rules if each.rule.doubts])
    doubted = [fact for judged in first.values() for each in judged for fact in doubted_by(each)]
    rest = [each for each in ruleset.rules if not each.rule.doubts]
    done = first | ask(with_doubts(submission, doubted), rest)
    return [each for compiled in ruleset.rules for each in done[compiled.rule.id]]
