"""What is not printed and would decide most: figures in the order in which filling them in makes rules decidable.

In: the submission and all that was judged. Out: deciders, each with the verdicts that it decides once those before it
are there. What a figure cannot decide (a table that is not complete, an amount with 约) is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from perfrules.findings.judge import RULESET, Judged
from perfrules.model.finding import Outcome, SubjectName
from perfrules.model.report import Decider, Wanted
from perfrules.model.submission import Submission
from perfrules.model.truth import Lack, Reason, Unknown


@frozen
class Open:
    """An undetermined verdict that figures would decide, and whether the report is grey for it."""

    rule: str
    subject: str
    needs: tuple[Lack, ...]
    is_required: bool


def deciders(submission: Submission, judged: Sequence[Judged]) -> tuple[Decider, ...]:
    """The figures to fill in, those that decide most for each figure first; of equals, those of required rules."""
    names = {path[-1].id: SubjectName.of(path) for path in submission.walk()}
    left = [undecided for each in judged if (undecided := _open(each)) is not None]
    found, known = list[Decider](), set[Lack]()
    while left:
        needed = _next(left, known)
        decided = [each for each in left if set(each.needs) <= known | set(needed)]
        first, *besides = (_wanted(each, names) for each in needed)
        pairs = tuple((each.rule, each.subject) for each in decided)
        found.append(Decider(first.subject, first.field, pairs, first.label, tuple(besides)))
        known |= set(needed)
        left = [each for each in left if each not in decided]
    return tuple(found)


def _open(judged: Judged) -> Open | None:
    """The verdict with all that it lacks, of guard and condition; None where it is decided, or figures alone do not."""
    verdict = judged.verdict
    if verdict.outcome is not Outcome.UNDETERMINED:
        return None
    needs = tuple(dict.fromkeys((*verdict.lacks, *_beyond_guard(judged))))
    fillable = all(each.reason is Reason.MISSING and each.subject != RULESET for each in needs)
    required = verdict.subject.type in judged.compiled.rule.required
    return Open(verdict.rule, verdict.subject.id, needs, required) if needs and fillable else None


def _beyond_guard(judged: Judged) -> tuple[Lack, ...]:
    """What the condition itself lacks, where the verdict may tell only what the guard does."""
    value = judged.compiled.condition(judged.context).value if judged.compiled.when else None
    return value.lacks if isinstance(value, Unknown) else ()


def _next(left: Sequence[Open], known: set[Lack]) -> tuple[Lack, ...]:
    """The figures of one verdict that decide most verdicts for each figure."""
    choices = dict.fromkeys(tuple(lack for lack in each.needs if lack not in known) for each in left)
    return max(choices, key=lambda needed: _worth(needed, left, known))


def _worth(needed: tuple[Lack, ...], left: Sequence[Open], known: set[Lack]) -> tuple[Fraction, int, int]:
    there = known | set(needed)
    decided = [each for each in left if there.issuperset(each.needs)]
    return Fraction(len(decided), len(needed)), sum(each.is_required for each in decided), len(decided)


def _wanted(lack: Lack, names: Mapping[str, SubjectName]) -> Wanted:
    return Wanted(names.get(lack.subject) or _absent(lack.subject), lack.field, lack.label)


def _absent(path: str) -> SubjectName:
    """The name of a subject that is not in the submission: a line of the department."""
    parent, _, name = path.rpartition("/")
    return SubjectName("line", path, "", parent) if name and parent else SubjectName("department", path, "")
