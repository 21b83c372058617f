"""Claims get the money they speak of: after everything derived is there, the owner's facts of numerator and base."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from perfrules.model.fact import Fact
from perfrules.model.subject import Subject, Table
from perfrules.model.submission import Submission
from perfrules.model.truth import Lack, Reason

BASE_FIELDS = {"budget": "adjusted_budget"}
"""The field a bare 预算 means first; rules may accept the initial budget besides."""


def with_claims_linked(submission: Submission) -> Submission:
    """The submission with `numerator` and `named_base` on every claim whose owner has them."""
    department = submission.department
    members = {name: _linked(member) for name, member in department.members.items()}
    table = department.table("projects")
    tables = dict(department.tables)
    if table.rows:
        tables["projects"] = Table(tuple(_linked(row) for row in table.rows), table.completeness)
    return evolve(submission, department=evolve(department, members=members, tables=tables))


def _linked(owner: Subject) -> Subject:
    table = owner.table("claims")
    if not table.rows:
        return owner
    rows = tuple(_claim(owner, row) for row in table.rows)
    return evolve(owner, tables={**owner.tables, "claims": Table(rows, table.completeness)})


def _claim(owner: Subject, claim: Subject) -> Subject:
    facts, lacks = dict(claim.facts), dict(claim.lacks)
    for field, named_by in (("numerator", "numerator_name"), ("named_base", "base_name")):
        name = _text(claim.facts, named_by)
        source = BASE_FIELDS.get(name, name)
        if source in owner.facts:
            facts[field] = owner.facts[source]
        elif source:
            lacks[field] = owner.lacks.get(source, (Lack(Reason.MISSING, owner.id, source),))
    return evolve(claim, facts=facts, lacks=lacks)


def _text(facts: Mapping[str, Fact], field: str) -> str:
    fact = facts.get(field)
    return fact.value if fact is not None and isinstance(fact.value, str) else ""
