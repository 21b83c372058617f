"""How far spending should be: the spending curve of each project's type, and the even pace for lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import assert_never

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.model.fact import Fact, State
from perfrules.model.interval import Interval
from perfrules.model.project_type import Linear, LumpSum, ProjectType
from perfrules.model.quantity import computed_quantity
from perfrules.model.subject import Subject, Table
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Reason, Unknown
from perfrules.model.unit import RATIO

FIELD = "expected_progress"


def with_expected_progress(
    submission: Submission, project_types: Mapping[str, ProjectType], pace: Trace | None
) -> Submission:
    """The submission with `expected_progress` (a ratio of the adjusted budget) on every line and project.

    `pace` is the ruleset's `$pace`; None where it has none, or it is unset. Where the curve needs a fact that is missing
    or in doubt, the field stays unknown and the subject's `lacks` names that fact.
    """
    department = submission.department
    members = {name: _evenly(line, pace) for name, line in department.members.items()}
    table = department.table("projects")
    rows = tuple(_project(row, project_types, pace, submission) for row in table.rows)
    tables = {**department.tables, "projects": Table(rows, table.completeness)} if rows else department.tables
    return evolve(submission, department=evolve(department, members=members, tables=tables))


def _project(
    project: Subject, project_types: Mapping[str, ProjectType], pace: Trace | None, submission: Submission
) -> Subject:
    fact = project.facts.get("type")
    if fact is None or fact.doubt or str(fact.value) not in project_types:
        reason = (fact and fact.doubt) or Reason.MISSING
        return _unknown(project, project.lacks.get("type") or (Lack(reason, project.id, "type"),))
    return _along(project, project_types[str(fact.value)], pace, submission)


def _along(subject: Subject, kind: ProjectType, pace: Trace | None, submission: Submission) -> Subject:
    match kind.curve:
        case Linear():
            return _evenly(subject, pace)
        case LumpSum(due_on=name):
            label = next((field.label for field in kind.fields if field.name == name), None)
            return _at_once(subject, name, label, submission)
        case _:
            assert_never(kind.curve)


def _evenly(subject: Subject, pace: Trace | None) -> Subject:
    if pace is None:
        return _unknown(subject, (Lack(Reason.MISSING, "ruleset", "$pace"),))
    if not isinstance(pace.value, Number):
        return _unknown(subject, pace.value.lacks if isinstance(pace.value, Unknown) else ())
    return _known(subject, pace.value.interval, "$pace", pace)


def _at_once(subject: Subject, field: str, label: Bilingual | None, submission: Submission) -> Subject:
    fact, cut_off = subject.facts.get(field), submission.cut_off
    if fact is None or fact.doubt or not isinstance(fact.value, date):
        reason = (fact and fact.doubt) or Reason.MISSING
        return _unknown(subject, (Lack(reason, subject.id, field, label),))
    if isinstance(cut_off, Lack):
        return _unknown(subject, (cut_off,))
    due = Interval.point(Fraction(1 if fact.value <= cut_off else 0))
    last_day = submission.department.facts["period_to"]
    dates = Trace(field, fact.value, fact=fact), Trace("period_to", cut_off, fact=last_day)
    trace = Trace(f"{field} <= period_to", Number(due, due, RATIO), parts=dates)
    return _known(subject, due, f"{field} = {fact.value}", trace)


def _known(subject: Subject, progress: Interval, formula: str, trace: Trace) -> Subject:
    quantity = computed_quantity(progress, progress, RATIO)
    fact = Fact(FIELD, quantity, State.DERIVED, formula=formula, trace=trace)
    return evolve(subject, facts={**subject.facts, FIELD: fact})


def _unknown(subject: Subject, lacks: tuple[Lack, ...]) -> Subject:
    return evolve(subject, lacks={**subject.lacks, FIELD: lacks})
