"""A JSON Schema of rules, rulesets and waivers (`perfrules rules schema`), made from the classes they are read into.

Editors complete and check by it. Every scalar may be text, a number or a truth value: the reader takes all of them as the
text that stands in the file.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from perfrules.model.rule import Band, DatedValue, Example, Expression, Otherwise, Parameter, Rule
from perfrules.model.waiver import Waiver
from perfrules.rules.head_from_yaml import KINDS
from perfrules.rules.inheritance import Head, Setting
from perfrules.rules.key_words import KEY_WORDS
from perfrules.rules.rule_from_yaml import OUTCOMES, TOPICS

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": ["string", "number", "boolean"]}
"""A scalar: `30%`, `90`, `true` are all read as their text."""
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
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
        root: Schema = {"oneOf": [rule, {"type": "array", "items": rule, "minItems": 1}]}
    elif of == "ruleset":
        root = dict(made.reference(Head))
    else:
        listed = {"type": "array", "items": made.reference(Waiver)}
        root = {"type": "object", "properties": {"waivers": listed}, "required": ["waivers"]}
        root["additionalProperties"] = False
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
        made: Schema = {
            "type": "object",
            "description": (made_of.__doc__ or "").split("\n")[0],
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }
        return made | CONDITIONS.get(made_of, {})

    def described(self, key: str, shape: Schema) -> Schema:
        words = KEY_WORDS.get(key)
        filled = self.filled(shape)
        return {**filled, "description": f"{words.zh} / {words.en}"} if words else filled

    def filled(self, shape: Any) -> Any:
        """The shape with classes replaced by references to their definitions."""
        if isinstance(shape, type):
            return self.reference(shape)
        if isinstance(shape, Mapping):
            return {key: self.filled(value) for key, value in shape.items()}
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


_SUSPECT: Schema = {
    "type": "object",
    "properties": {"zh": TEXT, "en": TEXT, "value": TEXT},
    "required": ["zh", "en", "value"],
    "additionalProperties": False,
}
_LISTED = {"type": "array", "items": TEXT}
_MONTHS = {"type": "object", "patternProperties": {"^(0?[1-9]|1[0-2])$": TEXT}, "additionalProperties": False}
_VALUE: Schema = {"anyOf": [TEXT, _LISTED, _MONTHS]}


def _examples(required: tuple[str, ...]) -> Schema:
    listed = {"type": "array", "items": Example}
    by_outcome: Schema = {"type": "object", "properties": dict.fromkeys(OUTCOMES, listed)}
    return by_outcome | {"required": list(required), "additionalProperties": False}


SHAPES: Mapping[tuple[type, str], Schema] = {
    (Rule, "topic"): {"enum": TOPICS},
    (Rule, "suspects"): {"type": "object", "additionalProperties": _SUSPECT},
    (Rule, "examples"): _examples(OUTCOMES[:2]),
    (Otherwise, "topic"): {"enum": TOPICS},
    (Example, "submission"): {"type": "object"},
    (Example, "parameters"): {"type": "object", "additionalProperties": {"anyOf": [TEXT, _LISTED]}},
    (Parameter, "tighter"): {"enum": ["higher", "lower"]},
    (Parameter, "kind"): {"enum": list(KINDS)},
    (DatedValue, "value"): _VALUE,
    (Head, "examples"): {"type": "object", "additionalProperties": _examples(())},
    (Head, "extends"): TEXT,
}
"""Fields whose shape in the file is not that of their type."""
MORE: Mapping[type, Mapping[str, Schema]] = {
    Band: {"from": TEXT, "over": TEXT, "under": TEXT, "up_to": TEXT},
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
    Parameter: {"anyOf": [{"required": ["values"]}, {"required": ["kind"]}]},
    Setting: {"oneOf": [{"required": [key]} for key in ("severity", "value", "values")]},
}
"""What keys stand together."""
