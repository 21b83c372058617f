"""One rule asked of one subject: exactly one outcome, with what kept it undetermined or which guard ruled it out."""

from __future__ import annotations

from datetime import date

from attrs import evolve, frozen

from perfrules.language import Context
from perfrules.model.finding import Outcome, SubjectName, Verdict
from perfrules.model.rule import Rule
from perfrules.model.truth import Lack, Reason, Unknown
from perfrules.rules import CompiledRule

RULESET = "ruleset"
"""The subject of a lack that is about a parameter; its field is the name with the `$`."""
NO_DATE = Lack(Reason.MISSING, "department", "period_to")


@frozen
class Judged:
    """A rule's verdict, with what it was asked in."""

    compiled: CompiledRule
    context: Context
    verdict: Verdict


def judge(
    compiled: CompiledRule, context: Context, as_of: date | None, unset: frozenset[str] = frozenset()
) -> Verdict:
    """The verdict of a rule on the last subject of the context's path; `unset` parameters rule out what needs them."""
    rule, name = compiled.rule, SubjectName.of(context.path)
    dated = rule.since is not None or rule.until is not None
    if dated and as_of is None:
        return Verdict(rule.id, name, Outcome.UNDETERMINED, (NO_DATE,))
    if dated and not in_force(rule, as_of):
        return Verdict(rule.id, name, Outcome.NOT_APPLICABLE, guard="since/until")
    needed = sorted(compiled.parameters & unset)
    if needed:  # a table by month whose first month has not come
        return Verdict(rule.id, name, Outcome.NOT_APPLICABLE, guard=f"${needed[0]}")
    verdict = _guarded(compiled, context, name) or _decided(compiled, context, name)
    return _ruled_out(verdict, unset)


def _ruled_out(verdict: Verdict, unset: frozenset[str]) -> Verdict:
    """The verdict; not applicable where it is open for want of an unset parameter that a derived fact stands on."""
    guards = [lack.field for lack in verdict.lacks if lack.subject == RULESET and lack.field[1:] in unset]
    return evolve(verdict, outcome=Outcome.NOT_APPLICABLE, lacks=(), guard=guards[0]) if guards else verdict


def in_force(rule: Rule, as_of: date | None) -> bool:
    """Whether the date lies in the rule's time, both ends included; an absent end is open."""
    if as_of is None:
        return True
    return (rule.since is None or rule.since <= as_of) and (rule.until is None or as_of <= rule.until)


def _guarded(compiled: CompiledRule, context: Context, name: SubjectName) -> Verdict | None:
    if compiled.when is None or compiled.rule.when is None:
        return None
    trace = compiled.when(context)
    if isinstance(trace.value, Unknown):
        return Verdict(compiled.rule.id, name, Outcome.UNDETERMINED, trace.value.lacks, trace=trace)
    if trace.value is not True:
        return Verdict(
            compiled.rule.id, name, Outcome.NOT_APPLICABLE, guard=compiled.rule.when.text, trace=trace
        )
    return None


def _decided(compiled: CompiledRule, context: Context, name: SubjectName) -> Verdict:
    trace = compiled.condition(context)
    if isinstance(trace.value, Unknown):
        return Verdict(compiled.rule.id, name, Outcome.UNDETERMINED, trace.value.lacks, trace=trace)
    outcome = Outcome.PASS if trace.value is True else Outcome.VIOLATION
    verdict = Verdict(compiled.rule.id, name, outcome, trace=trace, by_rounding=trace.by_rounding)
    return _levelled(verdict, compiled, context) if compiled.bands else verdict


def _levelled(verdict: Verdict, compiled: CompiledRule, context: Context) -> Verdict:
    """The verdict with its level; a violation that may lie in either of two levels is undetermined."""
    tests = [(each.band, each.test(context).value) for each in compiled.bands]
    level = next((band.level for band, value in tests if value is True), "")
    if verdict.outcome is Outcome.VIOLATION and not level:
        lacks = [lack for _, value in tests if isinstance(value, Unknown) for lack in value.lacks]
        return evolve(verdict, outcome=Outcome.UNDETERMINED, lacks=tuple(dict.fromkeys(lacks)))
    return evolve(verdict, level=level)
