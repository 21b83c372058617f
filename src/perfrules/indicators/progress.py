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

    `pace` is the ruleset's `$pace`; None where it has none. Where the curve needs a fact that is missing, the field
    stays unknown and the subject's `lacks` names that fact.
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
    if fact is None or str(fact.value) not in project_types:
        return _unknown(project, project.lacks.get("type") or (Lack(Reason.MISSING, project.id, "type"),))
    return _along(project, project_types[str(fact.value)], pace, submission)


def _along(subject: Subject, kind: ProjectType, pace: Trace | None, submission: Submission) -> Subject:
    match kind.curve:
        case Linear():
            return _evenly(subject, pace)
        case LumpSum(due_on=name):
            label = next((field.label for field in kind.fields if field.name == name), None)
            return _at_once(subject, name, label, submission.period[1])
        case _:
            assert_never(kind.curve)


def _evenly(subject: Subject, pace: Trace | None) -> Subject:
    if pace is None:
        return _unknown(subject, (Lack(Reason.MISSING, "ruleset", "$pace"),))
    if not isinstance(pace.value, Number):
        return _unknown(subject, pace.value.lacks if isinstance(pace.value, Unknown) else ())
    return _known(subject, pace.value.interval, "$pace")


def _at_once(subject: Subject, field: str, label: Bilingual | None, cut_off: date | None) -> Subject:
    fact = subject.facts.get(field)
    if fact is None or not isinstance(fact.value, date):
        return _unknown(subject, (Lack(Reason.MISSING, subject.id, field, label),))
    if cut_off is None:
        return _unknown(subject, (Lack(Reason.MISSING, "department", "period_to"),))
    due = Fraction(1 if fact.value <= cut_off else 0)
    return _known(subject, Interval.point(due), f"{field} = {fact.value}")


def _known(subject: Subject, progress: Interval, formula: str) -> Subject:
    fact = Fact(FIELD, computed_quantity(progress, progress, RATIO), State.DERIVED, formula=formula)
    return evolve(subject, facts={**subject.facts, FIELD: fact})


def _unknown(subject: Subject, lacks: tuple[Lack, ...]) -> Subject:
    return evolve(subject, lacks={**subject.lacks, FIELD: lacks})
