"""What a bundle says held against the same computed again: every difference, with what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from attrs import evolve

from perfrules.bundles.details import details, said
from perfrules.bundles.results import results
from perfrules.bundles.rows import Json, dict_of, rows_of
from perfrules.bundles.written import digest_of
from perfrules.model.verification import Difference, Part


def differences(stated: Json, again: Json, *, unlike: frozenset[str] = frozenset()) -> Iterator[Difference]:
    """Everything but the inputs and notes; of the results only reports without one of the `unlike` inputs, whose files are others."""
    if stated.get("digest") != digest_of(stated):
        yield Difference(Part.FILE, "digest", said(stated.get("digest")), digest_of(stated))
    for key in ("bundle", "language"):
        yield from _value(Part.FILE, key, stated, again)
    parts = {
        "ruleset": (Part.RULESET, _ruleset(stated, again)),
        "plugins": (Part.PLUGIN, _plugins(stated, again)),
        "parameters": (Part.PARAMETER, _parameters(stated, again)),
        "decisions": (Part.DECISION, _decisions(stated, again)),
        "results": (Part.RESULT, results(stated, again, unlike)),
    }
    for key, (part, told) in parts.items():
        found = list(told)
        yield from found
        if not found and not unlike and stated.get(key) != again.get(key):  # of another shape or order
            yield Difference(part, key, details=tuple(details(stated.get(key), again.get(key))))


def notes(stated: Json, again: Json) -> Iterator[Difference]:
    """What is otherwise and changes nothing by itself: versions of the program and of the libraries that read in both runs."""
    before, after = (dict_of(each.get("tool")) for each in (stated, again))
    if before != after:
        yield Difference(Part.PROGRAM, "perfrules", said(before.get("version")), said(after.get("version")))
    one, other = (_named(each.get("libraries")) for each in (stated, again))
    both = [name for name in one if name in other]
    yield from _by_name(Part.PROGRAM, *({name: each[name] for name in both} for each in (one, other)))


def _value(part: Part, key: str, stated: Json, again: Json) -> Iterator[Difference]:
    if stated.get(key) != again.get(key):
        yield Difference(part, key, said(stated.get(key)), said(again.get(key)))


def _ruleset(stated: Json, again: Json) -> Iterator[Difference]:
    before, after = (dict_of(each.get("ruleset")) for each in (stated, again))
    for key in (each for each in dict.fromkeys((*before, *after)) if each != "files"):
        yield from _value(Part.RULESET, key, before, after)
    if before.get("id") == after.get("id"):
        yield from _by_name(Part.RULESET, _files(before), _files(after))


def _files(ruleset: Json) -> dict[str, object]:
    """The files of a ruleset by their place in its folder, whatever that is called; those of its parents by their own."""
    own = f"{ruleset.get('folder')}/"
    return {
        str(each.get("path")).removeprefix(own): each.get("text") for each in rows_of(ruleset.get("files"))
    }


def _plugins(stated: Json, again: Json) -> Iterator[Difference]:
    yield from _by_name(Part.PLUGIN, _named(stated.get("plugins")), _named(again.get("plugins")))
    yield from _value(Part.PLUGIN, "left_out", stated, again)


def _parameters(stated: Json, again: Json) -> Iterator[Difference]:
    """By parameter, once for all submissions where it changed alike, of submissions that are in both."""
    before, after = (_in_force(each.get("parameters")) for each in (stated, again))
    told: dict[Difference, list[str]] = {}
    both = {who for who, _ in before} & {who for who, _ in after}
    for who, name in dict.fromkeys((*before, *after)):
        was, became = before.get((who, name)), after.get((who, name))
        if who in both and was != became:
            told.setdefault(_one(Part.PARAMETER, name, was, became), []).append(who)
    for each, owners in told.items():
        yield evolve(each, of=tuple(owners))


def _in_force(sets: object) -> dict[tuple[str, str], object]:
    """What each parameter is for each submission."""
    found: dict[tuple[str, str], object] = {}
    for each in rows_of(sets):
        of = each.get("of")
        for at, who in enumerate(of if isinstance(of, list) else [of]):
            for value in rows_of(each.get("values")):
                key = (f"{who}", str(value.get("name")))
                found[key if key not in found else (f"{who} {at}", key[1])] = value
    return found


def _decisions(stated: Json, again: Json) -> Iterator[Difference]:
    for key in ("as_of", "review_date"):
        yield from _value(Part.DECISION, key, stated, again)
    yield from _by_name(Part.DECISION, _decided(stated.get("decisions")), _decided(again.get("decisions")))


def _decided(decisions: object) -> dict[str, object]:
    """Each file by what it is, its place among those, and its name."""
    return {
        f"{key} {at + 1}: {each.get('name')}": each
        for key, rows in dict_of(decisions).items()
        for at, each in enumerate(rows_of(rows))
    }


def _by_name(part: Part, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield _one(part, name, before.get(name), after.get(name))


def _one(part: Part, name: str, before: object, after: object) -> Difference:
    """A thing by what people know it by; in what it differs, where both are there."""
    both = before is not None and after is not None
    return Difference(
        part, name, _known(before), _known(after), tuple(details(before, after)) if both else ()
    )


def _known(value: object) -> str:
    """A parameter by its expression, a text by its digest, a plugin, library or file by version and digest."""
    if isinstance(value, str):
        return sha256(value.encode("utf-8", "replace")).hexdigest()[:12]
    if not isinstance(value, Mapping):
        return said(value)
    if "expression" in value:
        return f"{value.get('shown')} = {said(value['expression'])} ({said(value.get('since'))} {said(value.get('source'))})"
    found = [str(value[key])[:12] for key in ("version", "sha256") if value.get(key)]
    return " ".join(found) or said(value)


def _named(rows: object) -> dict[str, object]:
    return {
        str(each.get("name")): {key: value for key, value in each.items() if key != "name"}
        for each in rows_of(rows)
    }
