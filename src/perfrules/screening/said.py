"""Which questions SQL of a dialect says."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.language.to_sql import sql_text
from perfrules.language.whole import BeyondError
from perfrules.screening.asked import Relation
from perfrules.screening.queries import findings_query
from perfrules.screening.questions import Beyond, Questions


def said_in(found: Questions, relations: Sequence[Relation], dialect: str) -> Questions:
    """The questions that SQL of a dialect says; a rule of which it cannot say one is left to the definition wherever it is asked."""
    unsaid: dict[str, Bilingual] = {}
    for each in found.asked:
        try:
            sql_text(findings_query([each], relations), dialect)
        except BeyondError as error:
            unsaid.setdefault(each.rule, error.said)
    kept = [
        (each, path) for each, path in zip(found.asked, found.paths, strict=True) if each.rule not in unsaid
    ]
    beyond = [
        Beyond(each.rule, each.subject, path, unsaid[each.rule])
        for each, path in zip(found.asked, found.paths, strict=True)
        if each.rule in unsaid
    ]
    return evolve(
        found,
        asked=tuple(each for each, _ in kept),
        paths=tuple(path for _, path in kept),
        beyond=(*found.beyond, *beyond),
    )
