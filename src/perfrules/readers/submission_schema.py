"""A JSON Schema of submissions, made from the types of subjects and what the reader takes; editors and other programs check by it.

What it takes the reader may still refuse, because a schema knows no units, dates that do not exist or names that stand twice;
what it refuses the reader refuses too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perfrules.model.subject import Field, SubjectType
from perfrules.model.unit import MONEY_UNITS, Kind
from perfrules.readers.narrative.assemble import LINE_NAMES
from perfrules.readers.structured import FORMATS, KEYS, SECTIONS, TEXT_TABLES
from perfrules.readers.structured_fields import BASES, NUMERATORS, statable

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_TEXT: Schema = {"type": "string", "pattern": r"\S"}
_LIKE = {
    Kind.MONEY: "29.5342万元",
    Kind.RATIO: "69.86%",
    Kind.COUNT: "20余次",
    Kind.NUMBER: "12.5",
    Kind.DAYS: "10天",
    Kind.MONTHS: "6个月",
    Kind.MEASURE: "≥95%",
}


def submission_schema(types: Mapping[str, SubjectType]) -> Schema:
    """The schema (draft 2020-12) of a submission with these types: core's, and those that plugins extend."""
    tables = {name: _rows(_row(types[name.removesuffix("s")])) for name in TEXT_TABLES}
    properties: Schema = {
        "perfrules": {"enum": list(FORMATS)},
        "department": _TEXT,
        "period": _object({"from": _prints(_DAY), "to": _prints(_DAY)}),
        "filed_on": _prints(_DAY),
        "unit": {"enum": list(MONEY_UNITS)},
        "staffing": _object({"posts": _figure(Kind.COUNT), "staff": _figure(Kind.COUNT)}),
        "sections": _object(dict.fromkeys(SECTIONS, _TEXT)),
        "lines": _object(dict.fromkeys(LINE_NAMES, _line(types["line"]))),
        "projects": _rows(_project(types)),
        "counts": _rows(_count(types)),
        "department_targets": _rows(_row(types["department_target"])),
        "problem_projects": _object(
            {
                "claimed": _figure(Kind.COUNT),
                "named": {"type": "array", "items": _TEXT},
                "complete": _complete(),
            }
        ),
        **tables,
        "mentions": {"type": "array", "items": _TEXT},
        "left_open": {"type": "array", "items": _TEXT},
    }
    assert set(properties) == set(KEYS), "the schema has the keys that the reader takes"
    return {"$schema": DRAFT, "title": "perfrules submission/1", **_object(properties)}


def _object(properties: Schema, required: tuple[str, ...] = ()) -> Schema:
    """An object with these keys and no others; a key may stand there with nothing, as if it did not."""
    nullable = {name: {"anyOf": [each, {"type": "null"}]} for name, each in properties.items()}
    made: Schema = {"type": "object", "properties": nullable, "additionalProperties": False}
    return made | ({"required": list(required)} if required else {})


def _rows(row: Schema) -> Schema:
    """A list of rows, or an object that says whether the list is complete."""
    listed: Schema = {"type": "array", "items": row}
    return {"anyOf": [listed, _object({"complete": _complete(), "rows": listed})]}


def _complete() -> Schema:
    return {"enum": [True, False, "true", "false"]}


def _prints(one: Schema) -> Schema:
    """A value, or the list of its prints in several places."""
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def _figure(kind: Kind) -> Schema:
    return {"type": ["string", "number"], "examples": [_LIKE[kind]]}


def _value(field: Field) -> Schema:
    match field.kind:
        case Kind.TEXT:
            one = _TEXT
        case Kind.DATE:
            one = _DAY
        case Kind.MEASURE:
            one = {**_figure(field.kind), "type": ["string", "number", "boolean"]}
        case _:
            one = _figure(field.kind)
    return {**_prints(one), "title": field.label.zh}


def _fields(subject_type: SubjectType, also_not: tuple[str, ...] = ()) -> Schema:
    return {name: _value(field) for name, field in statable(subject_type, also_not).items()}


def _row(subject_type: SubjectType) -> Schema:
    return _object(_fields(subject_type))


def _claims() -> Schema:
    printed: Schema = {"type": "string", "pattern": "[%‰％]\\s*$", "examples": ["69.86%"]}
    row = {
        "printed": _prints(printed),
        "numerator": {"enum": list(NUMERATORS)},
        "base": {"enum": list(BASES)},
    }
    return {"type": "array", "items": _object(row, ("printed", "numerator"))}


def _line(line: SubjectType) -> Schema:
    return _object({**_fields(line, ("name",)), "claims": _claims()})


def _project(types: Mapping[str, SubjectType]) -> Schema:
    inner = {
        "claims": _claims(),
        "counts": _rows(_count(types)),
        "targets": _rows(_row(types["target"])),
        "sources": _rows(_row(types["source"])),
    }
    return _object({**_fields(types["project"]), **inner}, ("name",))


def _count(types: Mapping[str, SubjectType]) -> Schema:
    row = {
        "what": _TEXT,
        "value": _figure(Kind.COUNT),
        "change": _prints(_figure(Kind.RATIO)),
        "prior": _figure(Kind.COUNT),
        "parts": _rows(_row(types["part"])),
    }
    return _object(row, ("what", "value"))
