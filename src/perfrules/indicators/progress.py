"""How far spending should be: the spending curve of each project's type, and the even pace for lines."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from perfrules.indicators.compute import type_of, with_value
from perfrules.language import Context
from perfrules.model.subject import Subject, Table
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Reason, Unknown
from perfrules.model.unit import RATIO
from perfrules.plugins.ready import PACE, ReadyType

FIELD = "expected_progress"


def with_expected_progress(
    submission: Submission, ready: Mapping[str, ReadyType], parameters: Mapping[str, Trace]
) -> Submission:
    """The submission with `expected_progress` (a ratio of the adjusted budget) on every line and project.

    `parameters` has the ruleset's `$pace`, unless it has none or it is unset. Where the curve needs a fact that is
    missing or in doubt, the field stays unknown and the subject's `lacks` names that fact.
    """
    department = submission.department
    members = {name: _evenly(line, parameters) for name, line in department.members.items()}
    table = department.table("projects")
    rows = tuple(_project(row, department, ready, parameters) for row in table.rows)
    tables = {**department.tables, "projects": Table(rows, table.completeness)} if rows else department.tables
    return evolve(submission, department=evolve(department, members=members, tables=tables))


def _project(
    project: Subject, department: Subject, ready: Mapping[str, ReadyType], parameters: Mapping[str, Trace]
) -> Subject:
    kind = type_of(project, ready)
    if kind is None:
        fact = project.facts.get("type")
        reason = (fact and fact.doubt) or Reason.MISSING
        lacks = project.lacks.get("type") or (Lack(reason, project.id, "type"),)
        return with_value(project, FIELD, Trace(FIELD, Unknown(lacks)), RATIO)
    trace = kind.progress(Context((department, project), parameters))
    return with_value(project, FIELD, trace, RATIO)


def _evenly(line: Subject, parameters: Mapping[str, Trace]) -> Subject:
    pace = parameters.get(PACE)
    unset = Trace(f"${PACE}", Unknown((Lack(Reason.MISSING, "ruleset", f"${PACE}"),)))
    return with_value(line, FIELD, pace or unset, RATIO)
