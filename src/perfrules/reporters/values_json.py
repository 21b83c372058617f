"""Values, subjects, evidence and reasons as every JSON output writes them. Numbers are strings, exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from perfrules.bilingual import Language
from perfrules.language import shown
from perfrules.model.fact import Fact
from perfrules.model.finding import SubjectName
from perfrules.model.subject_types import label_of
from perfrules.model.truth import Lack, Number, Value
from perfrules.model.unit import Kind
from perfrules.reporters.facts_json import Json, decimal_or_fraction, place


def subject_json(name: SubjectName) -> Json:
    """A subject as the contracts name it."""
    return {"type": name.type, "id": name.id, "name": name.name, "parent": name.parent}


def value_json(value: Value, language: Language) -> Json:
    """A value in its printed unit: exact, and as shown. A ratio is exact as a ratio: 46.30% is 0.4630 rounded."""
    if isinstance(value, str):  # a word, or a field by its name
        return {"value": value, "unit": "", "shown": label_of(value).said(language)}
    if isinstance(value, date):
        return {"value": value.isoformat(), "unit": "", "shown": value.isoformat()}
    if not isinstance(value, Number):
        return {"value": None, "unit": "", "shown": shown(value, language)}
    exact, unit = value.interval.exact, value.unit
    ratio = unit.kind is Kind.RATIO
    scaled = None if exact is None else decimal_or_fraction(exact if ratio else exact / unit.scale)
    return {"value": scaled, "unit": "" if ratio else unit.name, "shown": shown(value, language)}


def evidence_json(fact: Fact) -> Mapping[str, object]:
    """The printed words of a fact and where they stand."""
    return {**(place(fact.location) or {}), "field": fact.field, "quote": fact.quote}


def reasons_json(lacks: Sequence[Lack]) -> list[Json]:
    """What keeps a value from being known."""
    return [{"reason": each.reason.value, "subject": each.subject, "field": each.field} for each in lacks]
