"""Waivers beside the verdicts they speak of: which hold, and three verdicts on each waiver itself.

In: every rule's verdict on every subject, the waivers that name the department, the day of review. Out: the waivers
reviewed; for each, whether it has expired (WVR101), is exceeded (WVR102), is not used (WVR103).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from perfrules.findings.explain import fingerprint
from perfrules.findings.judge import NO_DATE, Judged
from perfrules.model.finding import Outcome, SubjectName, Verdict
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack
from perfrules.model.waiver import EXCEEDED, EXPIRED, UNUSED, WAIVER, Waiver
from perfrules.rules import CompiledWaiver


@frozen
class Review:
    """The waivers that name a department, and the day by which they expire, or what keeps it from being known."""

    waivers: tuple[CompiledWaiver, ...] = ()
    day: date | Lack = NO_DATE


@frozen
class Reviewed:
    """A waiver on the day of review, with the rule's verdict on its subject; None where the rule is not asked of it.

    `bound` is the measure held against the bound, where the rule is violated and the waiver has one. `is_reply` tells one that
    came of an approved reply, which stays on record when its finding is gone.
    """

    waiver: Waiver
    day: date | Lack
    verdict: Verdict | None
    bound: Trace | None
    is_reply: bool = False

    @property
    def name(self) -> SubjectName:
        """The waiver as a subject: `waiver:EXE101 department/project`."""
        return SubjectName(WAIVER, f"{WAIVER}:{self.waiver.name}", self.waiver.name, "department")

    @property
    def is_violated(self) -> bool:
        """Whether the rule is violated on the waiver's subject."""
        return self.verdict is not None and self.verdict.outcome is Outcome.VIOLATION

    @property
    def holds(self) -> bool:
        """Whether it takes the violation away: known to be in time, and within its bound."""
        in_time = isinstance(self.day, date) and self.day <= self.waiver.expires
        return self.is_violated and in_time and (self.bound is None or self.bound.value is True)


def reviewed(
    judged: Sequence[Judged], review: Review, known: Mapping[str, Sequence[str]]
) -> tuple[Reviewed, ...]:
    """Each waiver beside the verdict it speaks of, in the order of the file; `known` is what each subject is known by.

    One that came of a reply finds its subject by fingerprint, for rows may have moved since.
    """
    if not review.waivers:
        return ()
    by_subject = {(each.verdict.rule, each.verdict.subject.id): each for each in judged}
    answered = {each.waiver.rule for each in review.waivers if each.fingerprint}
    by_finding = {
        fingerprint(each.verdict.rule, each.context.path[0].name, known[each.verdict.subject.id]): each
        for each in judged
        if each.verdict.rule in answered
    }
    found: dict[tuple[str, str], Reviewed] = {}
    for each in review.waivers:
        key = (each.waiver.rule, each.waiver.subject)
        about = by_finding.get(each.fingerprint) if each.fingerprint else by_subject.get(key)
        made = _reviewed(each, about, review.day)
        found.setdefault((made.waiver.rule, made.waiver.subject), made)  # the waivers file goes first
    return tuple(found.values())


def _reviewed(compiled: CompiledWaiver, judged: Judged | None, day: date | Lack) -> Reviewed:
    if judged is None:
        return Reviewed(compiled.waiver, day, None, None, bool(compiled.fingerprint))
    is_violated = judged.verdict.outcome is Outcome.VIOLATION
    bound = compiled.bound(judged.context) if is_violated and compiled.bound else None
    here = evolve(compiled.waiver, subject=judged.verdict.subject.id)
    return Reviewed(here, day, judged.verdict, bound, bool(compiled.fingerprint))


def verdicts_on(each: Reviewed) -> tuple[Verdict, Verdict, Verdict]:
    """Expired, exceeded, unused: exactly one outcome each. An expired waiver is neither of the others."""
    return _expired(each), _exceeded(each), _unused(each)


def _expired(each: Reviewed) -> Verdict:
    if each.is_reply and not each.is_violated:
        return Verdict(EXPIRED, each.name, Outcome.NOT_APPLICABLE, guard="violation")
    if isinstance(each.day, Lack):
        return Verdict(EXPIRED, each.name, Outcome.UNDETERMINED, (each.day,))
    in_time = each.day <= each.waiver.expires
    days = (Trace("review_date", each.day), Trace("expires", each.waiver.expires))
    trace = Trace("review_date <= expires", in_time, "<=", days)
    return Verdict(EXPIRED, each.name, Outcome.PASS if in_time else Outcome.VIOLATION, trace=trace)


def _exceeded(each: Reviewed) -> Verdict:
    if each.waiver.bound is None:
        return Verdict(EXCEEDED, each.name, Outcome.NOT_APPLICABLE, guard="bound")
    if not each.is_violated and not _lacks(each):
        return Verdict(EXCEEDED, each.name, Outcome.NOT_APPLICABLE, guard="violation")
    open_or_late = _open_or_late(each, EXCEEDED)
    if open_or_late is not None:
        return open_or_late
    assert each.bound is not None
    outcome = Outcome.PASS if each.bound.value is True else Outcome.VIOLATION
    return Verdict(EXCEEDED, each.name, outcome, trace=each.bound)


def _unused(each: Reviewed) -> Verdict:
    if each.is_reply and not each.is_violated:
        return Verdict(UNUSED, each.name, Outcome.NOT_APPLICABLE, guard="violation")
    outcome = Outcome.PASS if each.is_violated else Outcome.VIOLATION
    return _open_or_late(each, UNUSED) or Verdict(UNUSED, each.name, outcome, trace=_seen(each))


def _open_or_late(each: Reviewed, rule: str) -> Verdict | None:
    """The verdict where the waiver has expired, or where that or the rule's own verdict is not known."""
    if isinstance(each.day, date) and each.day > each.waiver.expires:
        return Verdict(rule, each.name, Outcome.NOT_APPLICABLE, guard="review_date <= expires")
    lacks = (*((each.day,) if isinstance(each.day, Lack) else ()), *_lacks(each))
    return Verdict(rule, each.name, Outcome.UNDETERMINED, tuple(dict.fromkeys(lacks))) if lacks else None


def _lacks(each: Reviewed) -> tuple[Lack, ...]:
    """What keeps the rule's own verdict open."""
    return each.verdict.lacks if each.verdict is not None else ()


def _seen(each: Reviewed) -> Trace:
    """What the rule came to where the waiver looks: its trace, or that the subject is not there."""
    if each.verdict is None:
        return Trace("", False, "has_row", (Trace("", each.waiver.subject),))
    return each.verdict.trace or Trace(each.verdict.guard, False)
