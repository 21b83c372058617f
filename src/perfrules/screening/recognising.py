"""The type of a project in SQL: the one it states, else the one whose words its name has."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from sqlglot import exp

from perfrules.indicators.recognise import GENERAL
from perfrules.model.project_type import ProjectType


def type_expression(
    project_types: Mapping[str, ProjectType], name: str, stated: str | None
) -> exp.Expression:
    """The type of a row by the column of its name and, if there is one, of its type; NULL where two types claim it."""
    found: exp.Expression = exp.Literal.string(GENERAL)
    by_priority = sorted(project_types.values(), key=lambda each: each.priority)
    for _, kinds in groupby(by_priority, key=lambda each: each.priority):
        claims = [(each.id, _claims(each, name)) for each in kinds if each.words]
        if claims:
            found = _of_priority(claims, found)
    return exp.Coalesce(this=exp.column(stated, quoted=True), expressions=[found]) if stated else found


def _of_priority(claims: list[tuple[str, exp.Condition]], otherwise: exp.Expression) -> exp.Expression:
    """The one type of a priority that claims the name; NULL where several do, `otherwise` where none does."""
    ifs = []
    for index, (id, claim) in enumerate(claims):
        others = [each.copy() for place, (_, each) in enumerate(claims) if place != index]
        alone = exp.and_(claim.copy(), exp.not_(exp.or_(*others))) if others else claim.copy()
        ifs.append(exp.If(this=alone, true=exp.Literal.string(id)))
    anyone = exp.or_(*(each.copy() for _, each in claims))
    ifs.append(exp.If(this=anyone, true=exp.null()))
    return exp.Case(ifs=ifs, default=otherwise)


def _claims(kind: ProjectType, name: str) -> exp.Condition:
    words = exp.or_(*(_has(name, each) for each in kind.words))
    if not kind.not_words:
        return words
    return exp.and_(words, exp.not_(exp.or_(*(_has(name, each) for each in kind.not_words))))


def _has(name: str, word: str) -> exp.Expression:
    text = exp.Coalesce(this=exp.column(name, quoted=True), expressions=[exp.Literal.string("")])
    return exp.Contains(this=text, expression=exp.Literal.string(word))
