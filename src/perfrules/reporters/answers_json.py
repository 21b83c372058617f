"""The eval contract: what an expression comes to on each subject, as JSON. Numbers are strings, exact."""

from __future__ import annotations

import json

from perfrules.bilingual import Language
from perfrules.language import calculation
from perfrules.model.answer import Answer, Asked, Asking
from perfrules.model.trace import Trace
from perfrules.model.truth import Number, Unknown
from perfrules.reporters.facts_json import Json
from perfrules.reporters.findings_json import head_json, inputs_json
from perfrules.reporters.values_json import evidence_json, reasons_json, subject_json, value_json


def answers_json(asking: Asking, language: Language) -> str:
    """The contract of `perfrules eval --format json`; the same submissions give the same bytes."""
    contract = {
        **head_json(asking.tool, asking.ruleset),
        "expression": asking.expression,
        "canonical": asking.canonical,
        "for": list(asking.types),
        "reports": [_report(each, language) for each in asking.submissions],
    }
    return json.dumps(contract, ensure_ascii=False, indent=2) + "\n"


def _report(asked: Asked, language: Language) -> Json:
    submission = asked.submission
    return {
        **inputs_json(submission.documents, asked.as_of, submission.period),
        "department": submission.department.name or None,
        "answers": [_answer(each, language) for each in asked.answers],
    }


def _answer(answer: Answer, language: Language) -> Json:
    trace = answer.trace
    value = value_json(trace.value, language)
    if isinstance(trace.value, bool):
        value["value"] = trace.value
    lacks = trace.value.lacks if isinstance(trace.value, Unknown) else trace.lacks
    return {
        "subject": subject_json(answer.subject),
        "kind": _kind(trace),
        **value,
        "calculation": calculation(trace, language),
        "by_rounding": trace.by_rounding,
        "reasons": reasons_json(lacks),
        "facts": [{**evidence_json(each), "state": each.state.value} for each in trace.distinct_facts()],
    }


def _kind(trace: Trace) -> str | None:
    match trace.value:
        case bool():
            return "truth"
        case Unknown():
            return None
        case Number():
            return trace.value.unit.kind.value
        case str():
            return "text"
        case _:
            return "date"
