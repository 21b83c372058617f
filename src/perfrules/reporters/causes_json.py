"""The figures that findings hang on, and those whose filling in would decide rules, as the check contract writes them."""

from __future__ import annotations

from perfrules.bilingual import Language
from perfrules.model.report import Decider, Origin, Report, Wanted
from perfrules.model.subject_types import label_of
from perfrules.reporters.facts_json import Json
from perfrules.reporters.values_json import evidence_json, subject_json


def causes_json(report: Report, language: Language) -> Json:
    """`origins` and `deciders` of a report."""
    return {
        "origins": [_origin(each) for each in report.origins],
        "deciders": [_decider(each, language) for each in report.deciders],
    }


def _origin(origin: Origin) -> Json:
    return {
        "facts": [evidence_json(fact) for fact in origin.facts],
        "findings": list(origin.findings),
    }


def _decider(decider: Decider, language: Language) -> Json:
    first = Wanted(decider.subject, decider.field, decider.label)
    return {
        "fields": [_wanted(each, language) for each in (first, *decider.besides)],
        "decides": [{"rule": rule, "subject": subject} for rule, subject in decider.verdicts],
    }


def _wanted(wanted: Wanted, language: Language) -> Json:
    label = wanted.label or label_of(wanted.field)
    return {
        "subject": subject_json(wanted.subject),
        "field": wanted.field,
        "label": label.said(language),
    }
