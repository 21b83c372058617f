"""The schema of the check contract: `perfrules check --format json`, for one submission and for several."""

from __future__ import annotations

from collections.abc import Mapping

from perfrules.model.finding import Outcome
from perfrules.model.project_type import Direction
from perfrules.model.reply import Answer, Opinion, Standing
from perfrules.model.report import Status
from perfrules.model.rule import Severity
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

_LIGHTS = [each.value for each in Status]


def findings_schema() -> Schema:
    """One report, or several below their sums."""
    return whole("perfrules check", {"anyOf": [ref("report"), ref("run")]}, pieces())


def pieces() -> Mapping[str, Schema]:
    """What the contract is made of, by name."""
    return {
        "tool": thing({"name": {"const": "perfrules"}, "version": NAME}),
        "ruleset": thing({"id": NAME, "version": TEXT, "sha256": SHA256}),
        "input": thing({"path": NAME, "sha256": SHA256}),
        "not_read": thing(
            {"code": NAME, "source": or_null(NAME), "address": TEXT, "message": NAME, "hint": or_null(TEXT)}
        ),
        "computed": value_and({"calculation": TEXT}),
        "finding": _finding(),
        "origin": thing({"facts": listed(ref("evidence")), "findings": {**listed(NAME), "minItems": 1}}),
        "decider": _decider(),
        "verdict": _verdict(),
        "project": _project(),
        "reply": thing(_REPLY),
        "indicator": _indicator(),
        "report": _report(),
        "run": _run(),
    }


_REPLY: Mapping[str, Schema] = {
    "answer": one_of(Answer),
    "text": TEXT,
    "opinion": or_null(one_of(Opinion)),
    "reviewer": or_null(NAME),
    "reviewed_on": or_null(DAY),
    "expires": or_null(DAY),
    "bound": or_null(NAME),
    "location": or_null(ref("location")),
}


def _sums() -> Mapping[str, Schema]:
    names = [
        *(f"{each.value}s" for each in Severity),
        *(each.value for each in Outcome),
        "rules_by_subjects",
        "open_required",
        "unread",
        "unread_open",
        "papers_unread",
        "papers_unread_open",
    ]
    return dict.fromkeys(names, WHOLE)


_HEAD: Mapping[str, Schema] = {"tool": ref("tool"), "ruleset": ref("ruleset")}
_WAIVERS: Mapping[str, Schema] = {"waivers": ref("input")}
_FILES: Mapping[str, Schema] = {"not_read": listed(ref("not_read")), "remarks": listed(ref("not_read"))}


def _run() -> Schema:
    counts = dict.fromkeys(("reports", *_LIGHTS), WHOLE)
    must = {
        **_HEAD,
        "as_of": or_null(DAY),
        "status": one_of(_LIGHTS),
        "summary": thing({**counts, **_sums()}),
        "reports": {**listed(ref("report")), "minItems": 2},
    }
    return thing(must, {**_WAIVERS, **_FILES})


def _report() -> Schema:
    must = {
        **_HEAD,
        "plugins": thing({"loaded": listed(NAME), "left_out": listed(NAME)}),
        "inputs": listed(ref("input")),
        "as_of": or_null(DAY),
        "period": ref("period"),
        "status": one_of(_LIGHTS),
        "summary": thing({"department": or_null(NAME), **_sums()}),
        "findings": listed(ref("finding")),
        "origins": listed(ref("origin")),
        "deciders": listed(ref("decider")),
        "ledger": listed(ref("verdict")),
        "subjects": {"type": "object", "additionalProperties": {**listed(TEXT), "minItems": 1}},
        "printed": listed(ref("printed")),
        "content": thing({"words": or_null(SHA256), "figures": or_null(SHA256)}),
        "projects": listed(ref("project")),
        "unread": listed(ref("unread")),
    }
    replied = thing(
        {
            "rule": NAME,
            "subject": NAME,
            "period_end": or_null(DAY),
            "fingerprint": NAME,
            "standing": one_of(Standing),
            **_REPLY,
        }
    )
    may = {
        "review_date": or_null(DAY),
        "corrections": listed(ref("correction")),
        "reply_forms": listed(ref("input")),
        "replies": listed(replied),
    }
    return thing(must, {**_WAIVERS, **may, **_FILES})


def _finding() -> Schema:
    cause = thing({"id": NAME, "label": TEXT, "calculation": TEXT, "locations": listed(ref("evidence"))})
    explanation = thing({"quote": TEXT, "location": or_null(ref("location"))})
    basis = thing({"document": NAME, "number": TEXT, "article": TEXT, "quote": TEXT, "confirmed": {"const": True}})  # fmt: skip
    must = {
        "rule": NAME,
        "plugin": or_null(NAME),
        "topic": NAME,
        "title": NAME,
        "severity": one_of(Severity),
        "subject": ref("subject"),
        "outcome": {"const": Outcome.VIOLATION.value},
        "message": NAME,
        "values": {"type": "object", "additionalProperties": ref("value")},
        "recomputed": or_null(ref("computed")),
        "calculation": TEXT,
        "cause": listed(cause),
        "measure": or_null(ref("computed")),
        "limit": or_null(ref("value")),
        "margin": or_null(ref("value")),
        "explanation": or_null(explanation),
        "also": listed(thing({"rule": NAME, "subject": ref("subject")})),
        "basis": listed(basis),
        "locations": listed(ref("evidence")),
        "fingerprint": NAME,
    }
    return thing(must, {"level": NAME, "reply": ref("reply")})


def _decider() -> Schema:
    wanted = thing({"subject": ref("subject"), "field": NAME, "label": NAME})
    decided = thing({"rule": NAME, "subject": NAME})
    return thing({"fields": {**listed(wanted), "minItems": 1}, "decides": {**listed(decided), "minItems": 1}})


def _verdict() -> Schema:
    guard = thing({"reason": {"const": "guard"}, "guard": TEXT})
    waiver = {
        "reason": {"const": "waiver"},
        "waiver": NAME,
        "because": TEXT,
        "approved_by": NAME,
        "expires": DAY,
        "location": or_null(ref("location")),
    }
    reason: Schema = {"anyOf": [ref("lack"), guard, thing(waiver)]}
    must = {"rule": NAME, "subject": NAME, "outcome": one_of(Outcome), "reasons": listed(reason)}
    return thing(must, {"level": NAME})


def _project() -> Schema:
    must = {
        "subject": ref("subject"),
        "type": or_null(NAME),
        "label": or_null(NAME),
        "claimed_by": listed(NAME),
        "expected_progress": value_and({"reasons": listed(ref("lack"))}),
        "asks": listed(thing({"field": NAME, "label": NAME})),
        "indicators": listed(ref("indicator")),
    }
    return thing(must)


def _indicator() -> Schema:
    target = {
        "name": TEXT,
        "operator": TEXT,
        "planned": ref("value"),
        "met": or_null({"type": "boolean"}),
    }
    must = {
        "name": NAME,
        "title": NAME,
        "direction": one_of(Direction),
        "calculation": or_null(TEXT),
        "reasons": listed(ref("lack")),
        "target": or_null(thing(target)),
        "locations": listed(thing({"field": NAME, "quote": TEXT})),
    }
    return value_and(must)
