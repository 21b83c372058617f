"""The projects of a report as JSON: type, expected progress, indicators with value, calculation and target."""

from __future__ import annotations

from collections.abc import Sequence

from perfrules.bilingual import Language
from perfrules.language import calculation
from perfrules.model.project_report import IndicatorResult, ProjectReport, TargetComparison
from perfrules.model.truth import Unknown, Value
from perfrules.reporters.facts_json import Json
from perfrules.reporters.values_json import reasons_json, subject_json, value_json


def projects_json(projects: Sequence[ProjectReport], language: Language) -> list[Json]:
    """Every project in the order of the documents; numbers are strings, exact."""
    return [_project(each, language) for each in projects]


def _project(project: ProjectReport, language: Language) -> Json:
    return {
        "subject": subject_json(project.subject),
        "type": project.type or None,
        "label": project.label.said(language) or None,
        "claimed_by": [each.said(language) for each in project.claimed_by],
        "expected_progress": {
            **value_json(project.progress.value, language),
            "reasons": _reasons(project.progress.value),
        },
        "asks": [{"field": each.field, "label": each.label.said(language)} for each in project.asks],
        "indicators": [_indicator(each, language) for each in project.indicators],
    }


def _indicator(result: IndicatorResult, language: Language) -> Json:
    value = result.trace.value
    return {
        "name": result.indicator.name,
        "title": result.indicator.title.said(language),
        "direction": result.indicator.direction.value,
        **value_json(value, language),
        "calculation": None if isinstance(value, Unknown) else calculation(result.trace, language),
        "reasons": _reasons(value),
        "target": result.target and _target(result.target, language),
        "locations": [
            {"field": fact.field, "quote": fact.quote} for fact in result.trace.facts() if fact.quote
        ],
    }


def _target(target: TargetComparison, language: Language) -> Json:
    return {
        "name": target.name,
        "operator": target.operator,
        "planned": value_json(target.planned.value, language),
        "met": None if isinstance(target.met, Unknown) else target.met,
    }


def _reasons(value: Value) -> list[Json]:
    return reasons_json(value.lacks) if isinstance(value, Unknown) else []
