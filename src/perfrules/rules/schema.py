"""A JSON Schema of rules, rulesets and waivers (`perfrules rules schema`), made from the classes they are read into.

Editors complete and check by it. Every scalar may be text, a number or a truth value: the reader takes all of them as the
text that stands in the file.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from perfrules.model.rule import Band, DatedValue, Example, Expression, Otherwise, Parameter, Rule
from perfrules.model.waiver import Waiver
from perfrules.rules.bands import HIGH, LOW
from perfrules.rules.head_from_yaml import KINDS
from perfrules.rules.inheritance import Head, Setting
from perfrules.rules.key_words import KEY_WORDS
from perfrules.rules.rule_from_yaml import OUTCOMES, TOPICS

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": ["string", "number", "boolean"]}
"""A scalar: `30%`, `90`, `true` are all read as their text."""
NAME: Schema = {**TEXT, "pattern": r"\S"}
"""A scalar that cannot be empty."""
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"}
OF_THE_LOADER = ("location", "plugin", "origin", "before")
"""Fields that the reader fills in itself."""
RENAMED: Mapping[type, Mapping[str, str]] = {
    Rule: {
        "condition": "assert",
        "for_types": "for",
        "is_open": "open",
        "is_unwaivable": "unwaivable",
    },
    Parameter: {"is_open": "open"},
    Head: {"is_open": "open", "settings": "set", "withdrawn": "withdraw"},
}
"""Fields whose key in the file has another name."""
NOT_KEYS: Mapping[type, tuple[str, ...]] = {
    Parameter: ("name", "because"),
    Setting: ("name",),
    Example: ("outcome",),
    Band: ("low", "high", "low_closed", "high_closed"),
    DatedValue: ("by_month",),
    Waiver: ("quote",),
}
"""Fields that stand in the file as the key above, or under several keys."""


def schema(of: str = "rule") -> Schema:
    """The schema of a rule file (`rule`), of a `ruleset.yaml` (`ruleset`) or of a waivers file (`waivers`)."""
    made = _Made()
    if of == "rule":
        rule = made.reference(Rule)
        root: Schema = {"oneOf": [rule, {"type": "array", "items": rule}]}
    elif of == "ruleset":
        root = dict(made.reference(Head))
    else:
        root = made.filled(_closed({"waivers": {"type": "array", "items": Waiver}}))
    return {"$schema": DRAFT, "title": f"perfrules {of}", **root, "$defs": made.defs}


class _Made:
    """The definitions made so far, by the name of their class."""

    def __init__(self) -> None:
        self.defs: dict[str, Schema] = {}

    def reference(self, made_of: type) -> Schema:
        if made_of.__name__ not in self.defs:
            self.defs[made_of.__name__] = {}  # it may hold itself
            self.defs[made_of.__name__] = self.object(made_of)
        return {"$ref": f"#/$defs/{made_of.__name__}"}

    def object(self, made_of: type) -> Schema:
        hints = get_type_hints(made_of, vars(__import__(made_of.__module__, fromlist=["*"])))
        renamed = RENAMED.get(made_of, {})
        left_out = (*OF_THE_LOADER, *NOT_KEYS.get(made_of, ()))
        properties: Schema = {}
        required = []
        for each in fields(made_of):
            if each.name in left_out:
                continue
            key = renamed.get(each.name, each.name)
            properties[key] = self.described(key, SHAPES.get((made_of, key)) or self.shape(hints[each.name]))
            if each.default is NOTHING:
                required.append(key)
        properties |= {key: self.described(key, shape) for key, shape in MORE.get(made_of, {}).items()}
        required = [key for key in required if key not in OPTIONAL.get(made_of, ())]
        required += REQUIRED.get(made_of, ())
        return _closed(properties, required) | CONDITIONS.get(made_of, {})

    def described(self, key: str, shape: Schema) -> Schema:
        words = KEY_WORDS.get(key)
        filled = self.filled(shape)
        return {**filled, "description": f"{words.zh} / {words.en}"} if words else filled

    def filled(self, shape: Any) -> Any:
        """The shape with classes replaced by references to their definitions, and its keys described."""
        if isinstance(shape, type):
            return self.reference(shape)
        if isinstance(shape, Mapping):
            keys = {key: self.described(key, value) for key, value in shape.get("properties", {}).items()}
            return {key: keys if key == "properties" else self.filled(value) for key, value in shape.items()}
        return [self.filled(each) for each in shape] if isinstance(shape, list) else shape

    def shape(self, hint: Any) -> Schema:
        """What a field of that type looks like in a file."""
        arguments = [each for each in get_args(hint) if each is not type(None)]
        if get_origin(hint) in (Union, types.UnionType):
            return self.shape(arguments[0])
        if get_origin(hint) is tuple:
            return self.listed(arguments[0])
        if get_origin(hint) is not None:
            return {"type": "object", "additionalProperties": self.shape(arguments[1])}
        if hint in (str, Expression, int, object):
            return TEXT if hint is not object else {}
        if hint is bool:
            return {"enum": [True, False, "true", "false"]}
        if hint is date:
            return DAY
        if isinstance(hint, type) and issubclass(hint, Enum):
            return {"enum": [each.value for each in hint]}
        assert has(hint), hint
        return self.reference(hint)

    def listed(self, hint: Any) -> Schema:
        """A list; of words it may be one word alone."""
        items = self.shape(hint)
        array = {"type": "array", "items": items}
        return {"anyOf": [items, array]} if hint is str else array


def _closed(properties: Schema, required: Iterable[str] | None = None) -> Schema:
    """A mapping with these keys and no other; where it is not said which are required, all are."""
    must = list(properties if required is None else required)
    return {"type": "object", "properties": properties, "required": must, "additionalProperties": False}


_LISTED = {"type": "array", "items": TEXT}
_MONTHS = {"type": "object", "patternProperties": {"^(0?[1-9]|1[0-2])$": TEXT}, "additionalProperties": False}
_VALUE: Schema = {"anyOf": [TEXT, _LISTED, _MONTHS]}
_OUTCOMES: Schema = {key: {"type": "array", "items": Example} for key in OUTCOMES}


SHAPES: Mapping[tuple[type, str], Schema] = {
    (Rule, "topic"): {"enum": TOPICS},
    (Rule, "id"): NAME,
    (Rule, "suspects"): {
        "type": "object",
        "additionalProperties": _closed({"zh": TEXT, "en": TEXT, "value": TEXT}),
    },
    (Rule, "examples"): _closed(_OUTCOMES, OUTCOMES[:2]),
    (Band, "level"): NAME,
    (Otherwise, "topic"): {"enum": TOPICS},
    (Example, "submission"): {"type": "object"},
    (Example, "parameters"): {"type": "object", "additionalProperties": {"anyOf": [TEXT, _LISTED]}},
    (Parameter, "tighter"): {"enum": ["higher", "lower"]},
    (Parameter, "kind"): {"enum": list(KINDS)},
    (DatedValue, "value"): _VALUE,
    (Head, "examples"): {"type": "object", "additionalProperties": _closed(_OUTCOMES, ())},
    (Head, "id"): NAME,
    (Head, "extends"): NAME,
    (Head, "withdraw"): {"type": "object", "additionalProperties": NAME},
    (Setting, "because"): NAME,
    **{(Waiver, key): NAME for key in ("rule", "department", "subject", "reason", "approved_by")},
}
"""Fields whose shape in the file is not that of their type."""
MORE: Mapping[type, Mapping[str, Schema]] = {
    Band: dict.fromkeys((*LOW, *HIGH), TEXT),
    Setting: {"value": _VALUE, "source": TEXT},
}
"""Keys that are no fields of their own."""
OPTIONAL: Mapping[type, tuple[str, ...]] = {
    Rule: ("severity", "assert"),
    Parameter: ("values",),
}
REQUIRED: Mapping[type, tuple[str, ...]] = {Rule: ("examples",)}
CONDITIONS: Mapping[type, Schema] = {
    Rule: {
        "oneOf": [
            {"required": ["assert", "severity"], "not": {"required": ["bands"]}},
            {
                "required": ["bands", "measure"],
                "not": {"anyOf": [{"required": [key]} for key in ("assert", "severity", "limit")]},
            },
        ]
    },
    Band: {"not": {"anyOf": [{"required": list(ends)} for ends in (LOW, HIGH)]}},
    Parameter: {"anyOf": [{"required": ["values"]}, {"required": ["kind"]}]},
    Setting: {"oneOf": [{"required": [key]} for key in ("severity", "value", "values")]},
}
"""What keys stand together."""
