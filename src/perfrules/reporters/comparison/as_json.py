"""A comparison as JSON: the same two sides give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from perfrules.model.comparison import (
    Alone,
    Change,
    Comparison,
    Condition,
    Development,
    Figure,
    Known,
    Pair,
    Place,
)
from perfrules.reporters.facts_json import Json


def comparison_json(found: Comparison, tool: str) -> str:
    """The whole of it; messages and titles are in the language of the result they come from."""
    told: Json = {
        "tool": {"name": "perfrules", "version": tool},
        "compared": {"old": found.old, "new": found.new},
        "conditions": _conditions(found.conditions),
        "summary": {"pairs": len(found.pairs), **_counts(found.counts)},
        "pairs": [_pair(each) for each in found.pairs],
        "only_old": [_alone(each) for each in found.only_old],
        "only_new": [_alone(each) for each in found.only_new],
        "not_read": {"old": list(found.not_read_old), "new": list(found.not_read_new)},
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _counts(counts: Mapping[Change, int]) -> Json:
    return {each.value: counts.get(each, 0) for each in Change}


def _conditions(conditions: Sequence[Condition]) -> list[Json]:
    return [{"name": each.name, "before": each.before, "after": each.after} for each in conditions]


def _period(period: tuple[date | None, date | None]) -> Json:
    start, end = period
    return {"from": start and start.isoformat(), "to": end and end.isoformat()}


def _pair(pair: Pair) -> Json:
    return {
        "department": pair.department or None,
        "period": _period(pair.period),
        "same": pair.same.value,
        "conditions": _conditions(pair.conditions),
        "summary": _counts(pair.counts),
        "findings": [_development(each) for each in pair.developments],
    }


def _development(each: Development) -> Json:
    return {
        "change": each.change.value,
        "altered": [name.value for name in each.altered],
        "why": list(each.why),
        "before": each.before and _known(each.before),
        "after": each.after and _known(each.after),
        "figures": [_figure(figure) for figure in each.figures],
    }


def _figure(each: Figure) -> Json:
    before, after = each.before and _place(each.before), each.after and _place(each.after)
    return {"label": each.label, "changed": each.is_changed, "before": before, "after": after}


def _place(each: Place) -> Json:
    return {"source": each.source, "address": each.address, "quote": each.quote}


def _known(known: Known) -> Json:
    return {
        "rule": known.rule,
        "title": known.title,
        "severity": known.severity.value,
        "subject": known.subject,
        "message": known.message,
        "places": [_place(each) for each in known.places],
        "fingerprint": known.fingerprint,
        "under": known.under or None,
    }


def _alone(each: Alone) -> Json:
    return {"department": each.department or None, "period": _period(each.period), "files": list(each.files)}
