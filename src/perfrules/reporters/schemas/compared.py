"""The schemas of a bundle (`perfrules bundle`) and of a comparison (`perfrules compare --format json`)."""

from __future__ import annotations

from perfrules.model.comparison import Altered, Change, Same
from perfrules.model.rule import Severity
from perfrules.reporters.schemas.findings import pieces
from perfrules.reporters.schemas.parts import (
    DAY,
    NAME,
    SHA256,
    TEXT,
    WHOLE,
    Schema,
    listed,
    one_of,
    or_null,
    ref,
    thing,
    value_and,
    whole,
)

_TOOL = thing({"name": {"const": "perfrules"}, "version": NAME})


def bundle_schema() -> Schema:
    """Everything but `results`, which are the check contract without tool and ruleset."""
    file = thing({"name": NAME, "sha256": SHA256, "base64": TEXT})
    value = value_and(
        {"name": NAME, "expression": or_null(TEXT), "since": or_null(DAY), "source": or_null(TEXT)}
    )
    ruleset = {
        "id": NAME,
        "version": TEXT,
        "sha256": SHA256,
        "folder": NAME,
        "files": {**listed(thing({"path": NAME, "text": TEXT})), "minItems": 1},
    }
    must = {
        "tool": _TOOL,
        "bundle": {"const": "bundle/1"},
        "language": one_of(["zh", "en"]),
        "as_of": or_null(DAY),
        "review_date": or_null(DAY),
        "inputs": listed(thing({"path": NAME, "sha256": SHA256})),
        "ruleset": thing(ruleset),
        "plugins": listed(thing({"name": NAME, "version": TEXT, "sha256": TEXT})),
        "left_out": listed(NAME),
        "libraries": listed(thing({"name": NAME, "version": TEXT})),
        "parameters": listed(thing({"of": listed(TEXT), "values": listed(value)})),
        "decisions": thing({name: listed(file) for name in ("waivers", "replies", "corrections")}),
        "results": {"anyOf": [ref("report"), ref("run")]},
        "digest": SHA256,
    }
    of_results = pieces()
    bare = {name: _without_head(of_results[name]) for name in ("report", "run")}
    return whole("perfrules bundle", thing(must), {**of_results, **bare})


def _without_head(schema: Schema) -> Schema:
    """A report or a run without tool and ruleset, which the bundle has once."""
    must = [key for key in schema["required"] if key not in ("tool", "ruleset")]
    kept = {key: each for key, each in schema["properties"].items() if key not in ("tool", "ruleset")}
    return {**schema, "required": must, "properties": kept}


def comparison_schema() -> Schema:
    """What became of every finding."""
    place = thing({"source": TEXT, "address": TEXT, "quote": TEXT})
    known = {
        "rule": NAME,
        "title": TEXT,
        "severity": one_of(Severity),
        "subject": TEXT,
        "message": TEXT,
        "places": listed(place),
        "fingerprint": TEXT,
        "under": or_null(NAME),
    }
    figure = {
        "label": NAME,
        "changed": {"type": "boolean"},
        "before": or_null(place),
        "after": or_null(place),
    }
    finding = {
        "change": one_of(Change),
        "altered": listed(one_of(Altered)),
        "why": listed(NAME),
        "before": or_null(ref("known")),
        "after": or_null(ref("known")),
        "figures": listed(thing(figure)),
    }
    summary = dict.fromkeys((each.value for each in Change), WHOLE)
    pair = {
        "department": or_null(NAME),
        "period": ref("period"),
        "same": one_of(Same),
        "conditions": listed(ref("condition")),
        "summary": thing(summary),
        "findings": listed(thing(finding)),
    }
    alone = listed(thing({"department": or_null(NAME), "period": ref("period"), "files": listed(TEXT)}))
    must = {
        "tool": _TOOL,
        "compared": thing({"old": NAME, "new": NAME}),
        "conditions": listed(ref("condition")),
        "summary": thing({"pairs": WHOLE, **summary}),
        "pairs": listed(thing(pair)),
        "only_old": alone,
        "only_new": alone,
        "not_read": thing({"old": listed(TEXT), "new": listed(TEXT)}),
    }
    own = {"known": thing(known), "condition": thing({"name": NAME, "before": TEXT, "after": TEXT})}
    return whole("perfrules compare", thing(must), own)
