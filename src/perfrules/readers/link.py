"""Claims get the money they speak of: after everything derived is there, the owner's facts of numerator and base."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import evolve

from perfrules.model.fact import Fact
from perfrules.model.subject import Subject, Table
from perfrules.model.submission import Submission, Unread
from perfrules.model.truth import Lack, Reason

BASE_FIELDS = {"budget": "adjusted_budget"}
"""The field a bare 预算 means first; rules may accept the initial budget besides."""
_RATIO = re.compile(r"[^元万亿\d]*[\d.]+[%％‰]")


def with_claims_linked(submission: Submission) -> Submission:
    """The submission with `numerator` and `named_base` on every claim whose owner has them.

    Where they are missing, an amount that was left open may be the one: the reason says so.
    """
    department = submission.department
    absent = Reason.UNREAD if any(map(may_be_money, submission.unread)) else Reason.MISSING
    members = {name: _linked(member, absent) for name, member in department.members.items()}
    table = department.table("projects")
    tables = dict(department.tables)
    if table.rows:
        tables["projects"] = Table(tuple(_linked(row, absent) for row in table.rows), table.completeness)
    return evolve(submission, department=evolve(department, members=members, tables=tables))


def with_unread(submission: Submission, told: Iterable[Unread]) -> Submission:
    """The submission with more that was not read, and its claims linked with that in mind."""
    return with_claims_linked(evolve(submission, unread=(*submission.unread, *told)))


def may_be_money(unread: Unread) -> bool:
    """Whether what was left open may be, or hold, an amount: anything but a ratio."""
    return unread.open and unread.why != "unpaired" and not _RATIO.fullmatch(unread.quote)


def _linked(owner: Subject, absent: Reason) -> Subject:
    table = owner.table("claims")
    if not table.rows:
        return owner
    rows = tuple(_claim(owner, row, absent) for row in table.rows)
    return evolve(owner, tables={**owner.tables, "claims": Table(rows, table.completeness)})


def _claim(owner: Subject, claim: Subject, absent: Reason) -> Subject:
    facts, lacks = dict(claim.facts), dict(claim.lacks)
    for field, named_by in (("numerator", "numerator_name"), ("named_base", "base_name")):
        name = _text(claim.facts, named_by)
        source = BASE_FIELDS.get(name, name)
        if source in owner.facts:
            facts[field] = owner.facts[source]
        elif source:
            lacks[field] = owner.lacks.get(source, (Lack(absent, owner.id, source),))
    return evolve(claim, facts=facts, lacks=lacks)


def _text(facts: Mapping[str, Fact], field: str) -> str:
    fact = facts.get(field)
    return fact.value if fact is not None and isinstance(fact.value, str) else ""
