"""The pieces that both contracts are made of: places, figures, subjects, reasons, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from perfrules.model.truth import Reason

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": "string"}
NAME: Schema = {"type": "string", "minLength": 1}
WHOLE: Schema = {"type": "integer", "minimum": 0}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
NUMBER: Schema = {
    "type": "string",
    "pattern": r"^[+-]?\d+(\.\d+|/\d+)?$",
    "description": "exact: a decimal where one ends, else p/q",
}


def thing(must: Mapping[str, Schema], may: Mapping[str, Schema] | None = None) -> Schema:
    """An object that has all of the first keys, some of the second, and no others."""
    both = {**must, **(may or {})}
    return {"type": "object", "properties": both, "required": list(must), "additionalProperties": False}


def listed(item: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": item}


def one_of(words: Iterable[str] | type[Enum]) -> Schema:
    """One of some words, or of the values of an enumeration."""
    values = [each.value for each in words] if isinstance(words, type) else list(words)
    return {"enum": values}


def or_null(schema: Schema) -> Schema:
    """What may also be null."""
    return {"anyOf": [schema, {"type": "null"}]}


def ref(name: str) -> Schema:
    """A piece by its name."""
    return {"$ref": f"#/$defs/{name}"}


_SPAN: Schema = {
    "type": "array",
    "items": WHOLE,
    "minItems": 2,
    "maxItems": 2,
    "description": "[start, end) in code points of the decoded text",
}
_PLACE: Mapping[str, Schema] = {"source": NAME, "address": TEXT, "span": or_null(_SPAN)}
_VALUE: Mapping[str, Schema] = {"value": or_null(TEXT), "unit": TEXT, "shown": TEXT}
PIECES: Mapping[str, Schema] = {
    "location": thing(_PLACE),
    "evidence": thing({"field": NAME, "quote": TEXT}, _PLACE),
    "printed": thing({"subject": NAME, "label": NAME, "field": NAME, "quote": TEXT}, _PLACE),
    "value": thing(_VALUE),
    "subject": thing({"type": NAME, "id": NAME, "name": TEXT, "parent": TEXT}),
    "lack": thing({"reason": one_of(Reason), "subject": TEXT, "field": TEXT}),
    "period": thing({"from": or_null(DAY), "to": or_null(DAY)}),
    "correction": thing(
        {
            "location": ref("location"),
            "quote": TEXT,
            "read_as": or_null(TEXT),
            "owner": or_null(TEXT),
            "item": NAME,
            "by": NAME,
            "on": DAY,
            "why": TEXT,
        },
        {"moved_from": NAME},
    ),
    "unread": thing({"location": ref("location"), "quote": TEXT, "why": NAME, "open": {"type": "boolean"}}),
}
"""The pieces by name; a schema has those it needs under `$defs`."""


def value_and(must: Mapping[str, Schema], may: Mapping[str, Schema] | None = None) -> Schema:
    """A value with further keys beside it."""
    return thing({**_VALUE, **must}, may)


def whole(title: str, schema: Schema, pieces: Mapping[str, Schema]) -> Schema:
    """A schema that stands for itself, with the pieces it refers to."""
    known = {**PIECES, **pieces}
    used: dict[str, Schema] = {}
    waiting = [schema]
    while waiting:
        for name in _referred(waiting.pop()):
            if name not in used:
                used[name] = known[name]
                waiting.append(known[name])
    return {"$schema": DRAFT, "title": title, **schema, "$defs": dict(sorted(used.items()))}


def _referred(schema: object) -> list[str]:
    """The names of the pieces that a schema refers to."""
    if isinstance(schema, list):
        return [name for each in schema for name in _referred(each)]
    if not isinstance(schema, dict):
        return []
    own = schema.get("$ref")
    found = [own.rpartition("/")[2]] if isinstance(own, str) else []
    return found + [name for each in schema.values() for name in _referred(each)]
