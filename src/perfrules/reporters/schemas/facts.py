"""The schema of the read contract: `perfrules read --format json`."""

from __future__ import annotations

from perfrules.model.fact import State
from perfrules.model.quantity import Qualifier
from perfrules.model.subject import SubjectType
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.unit import MONEY_UNITS
from perfrules.reporters.schemas.parts import (
    NAME,
    NUMBER,
    SHA256,
    TEXT,
    Schema,
    listed,
    one_of,
    or_null,
    ref,
    thing,
    whole,
)

_SUBJECT: Schema = {"type": "string", "pattern": "^(department|project:.*)$"}
_LINES = list(CORE_TYPES["department"].members)
_LINE = or_null(one_of(_LINES))
_DOUBT = one_of([State.SUSPECT.value, State.CONFLICTING.value])
_OWNER: dict[str, Schema] = {"subject": _SUBJECT, "line": _LINE}


def facts_schema() -> Schema:
    """What stands under each key of the contract; fields are open, for plugins add some."""
    lists = {
        "documents": _document(),
        "facts": _fact(),
        "claims": _claim(),
        "counts": _count(),
        "targets": _target(CORE_TYPES["target"], CORE_TYPES["department_target"]),
        "inferred": _inferred(),
        "unread": ref("unread"),
    }
    must = {name: listed(each) for name, each in lists.items()}
    return whole("perfrules read", thing(must, {"corrections": listed(ref("correction"))}), {})


def _document() -> Schema:
    return thing(
        {"path": NAME, "sha256": SHA256, "kind": NAME, "department": or_null(NAME), "period": ref("period")}
    )


def _fact() -> Schema:
    must = {
        **_OWNER,
        "field": NAME,
        "value": NUMBER,
        "unit": one_of(MONEY_UNITS),
        "qualifier": one_of(Qualifier),
        "quote": TEXT,
        "label_quote": TEXT,
        "location": or_null(ref("location")),
    }
    return thing(must, {"state": _DOUBT})


def _claim() -> Schema:
    must = {
        **_OWNER,
        "numerator": NAME,
        "denominator_named": or_null(NAME),
        "printed": NAME,
        "quote": TEXT,
        "location": or_null(ref("location")),
    }
    return thing(must)


def _count() -> Schema:
    must = {
        "subject": _SUBJECT,
        "what": TEXT,
        "value": NUMBER,
        "unit": TEXT,
        "qualifier": one_of(Qualifier),
        "quote": TEXT,
        "location": or_null(ref("location")),
    }
    return thing(must, {"field": NAME, "change": NAME, "change_quote": TEXT, "state": one_of(State)})


def _target(*types: SubjectType) -> Schema:
    """A target has the fields that are printed of it, each as printed."""
    fields = {field.name: TEXT for each in types for field in each.fields}
    return thing({"subject": _SUBJECT, "location": or_null(ref("location"))}, fields)


def _inferred() -> Schema:
    must = {
        **_OWNER,
        "field": NAME,
        "value": or_null(NUMBER),
        "unit": TEXT,
        "state": one_of([State.DERIVED.value, State.ASSUMED.value]),
        "formula": TEXT,
        "location": or_null(ref("location")),
    }
    return thing(must)
