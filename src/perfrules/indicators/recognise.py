"""What kind of project a project is: recognised by the words of the project types, never guessed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import evolve

from perfrules.model.fact import Fact, State
from perfrules.model.project_type import ProjectType
from perfrules.model.subject import Subject, Table
from perfrules.model.submission import Submission
from perfrules.model.truth import Lack, Reason

GENERAL = "general"


def with_types(submission: Submission, project_types: Mapping[str, ProjectType]) -> Submission:
    """The submission with the fact `type` on each project that does not print one.

    A project that two types of equal priority claim has no type; the rules that need one are undetermined.
    """
    department = submission.department
    table = department.table("projects")
    rows = tuple(_typed(row, project_types.values()) for row in table.rows)
    tables = {**department.tables, "projects": Table(rows, table.completeness)}
    return evolve(submission, department=evolve(department, tables=tables if rows else department.tables))


def recognised(name: str, project_types: Collection[ProjectType]) -> tuple[str, ...]:
    """The ids of the types that claim a name with the highest priority; `general` where none does."""
    claiming = [each for each in project_types if _claims(each, name)]
    top = max((each.priority for each in claiming), default=0)
    return tuple(each.id for each in claiming if each.priority == top) or (GENERAL,)


def _claims(project_type: ProjectType, name: str) -> bool:
    return any(word in name for word in project_type.words) and not any(
        word in name for word in project_type.not_words
    )


def _typed(project: Subject, project_types: Collection[ProjectType]) -> Subject:
    if "type" in project.facts:
        return project
    found = recognised(project.name, project_types)
    if len(found) > 1:
        lack = Lack(Reason.CONFLICTING, project.id, "type")
        return evolve(project, lacks={**project.lacks, "type": (lack,)})
    fact = Fact("type", found[0], State.DERIVED, formula=f"name: {project.name}")
    return evolve(project, facts={**project.facts, "type": fact})
