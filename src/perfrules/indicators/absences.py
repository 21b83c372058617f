"""What the absence of a type's field means, where the type says so and no part of the submission mentions the field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from perfrules.indicators.compute import type_of
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import computed_quantity
from perfrules.model.subject import Field, Subject, Table
from perfrules.model.submission import Submission
from perfrules.model.truth import Number
from perfrules.plugins.ready import ReadyType


def with_absences(submission: Submission, ready: Mapping[str, ReadyType]) -> Submission:
    """The submission with assumed facts on its typed projects.

    A field is assumed only where no project states it and the documents' text has neither its label nor an alias.
    """
    department = submission.department
    table = department.table("projects")
    said = "".join(submission.text.split())
    rows = tuple(_assumed(row, table.rows, ready, said) for row in table.rows)
    tables = {**department.tables, "projects": Table(rows, table.completeness)} if rows else department.tables
    return evolve(submission, department=evolve(department, tables=tables))


def _assumed(project: Subject, rows: Sequence[Subject], ready: Mapping[str, ReadyType], said: str) -> Subject:
    kind = type_of(project, ready)
    for field, value in kind.absences if kind else ():
        if not any(field.name in row.facts for row in rows) and not _mentioned(field, said):
            project = evolve(project, facts={**project.facts, field.name: _fact(field, value)})
    return project


def _mentioned(field: Field, said: str) -> bool:
    return any(word in said for word in (field.label.zh, *field.aliases))


def _fact(field: Field, value: Number) -> Fact:
    quantity = computed_quantity(value.interval, value.slack, value.unit)
    return Fact(field.name, quantity, State.ASSUMED, formula=f"{field.name} = {field.absence}")
