"""What a bundle says held against the same computed again: every difference, with what it is about."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from perfrules.bundles.written import digest_of, reports_of
from perfrules.model.verification import Difference, Part

Json = Mapping[str, object]
_OF_REPORT = ("findings", "ledger")
EMPTY = ""
"""What stands for the files of a report that has none."""


def differences(stated: Json, again: Json, *, unlike: frozenset[str] = frozenset()) -> Iterator[Difference]:
    """Everything but the inputs and notes; of the results only reports without one of the `unlike` inputs, whose files are others."""
    if stated.get("digest") != digest_of(stated):
        yield Difference(Part.FILE, "digest", _short(stated.get("digest")), _short(digest_of(stated)))
    for key in ("bundle", "language"):
        if stated.get(key) != again.get(key):
            yield Difference(Part.FILE, key, _short(stated.get(key)), _short(again.get(key)))
    before, after = (_dict(each.get("results")) for each in (stated, again))
    parts = {
        "ruleset": (Part.RULESET, _ruleset(stated, again)),
        "plugins": (Part.PLUGIN, _plugins(stated, again)),
        "parameters": (Part.PARAMETER, _parameters(stated, again)),
        "decisions": (Part.DECISION, _decisions(stated, again)),
        "results": (Part.RESULT, _results(before, after, unlike)),
    }
    for key, (part, told) in parts.items():
        found = list(told)
        yield from found
        if (
            not found and not unlike and stated.get(key) != again.get(key)
        ):  # of another shape, or in another order
            yield Difference(part, key, _short(stated.get(key)), _short(again.get(key)))


def notes(stated: Json, again: Json) -> Iterator[Difference]:
    """What is otherwise and changes nothing by itself: versions of the program and of the libraries that read."""
    before, after = (_dict(each.get("tool")) for each in (stated, again))
    if before != after:
        yield Difference(
            Part.PROGRAM, "perfrules", _short(before.get("version")), _short(after.get("version"))
        )
    yield from _by_name(Part.PROGRAM, _named(stated.get("libraries")), _named(again.get("libraries")))


def _ruleset(stated: Json, again: Json) -> Iterator[Difference]:
    before, after = (_dict(each.get("ruleset")) for each in (stated, again))
    for key in (each for each in dict.fromkeys((*before, *after)) if each != "files"):
        if before.get(key) != after.get(key):
            yield Difference(Part.RULESET, key, _short(before.get(key)), _short(after.get(key)))
    texts = [
        {str(each.get("path")): each for each in _rows(ruleset.get("files"))} for ruleset in (before, after)
    ]
    if before.get("folder") == after.get("folder"):
        yield from _by_name(Part.RULESET, *texts)


def _plugins(stated: Json, again: Json) -> Iterator[Difference]:
    yield from _by_name(Part.PLUGIN, _named(stated.get("plugins")), _named(again.get("plugins")))
    if stated.get("left_out") != again.get("left_out"):
        yield Difference(
            Part.PLUGIN, "left_out", _short(stated.get("left_out")), _short(again.get("left_out"))
        )


def _parameters(stated: Json, again: Json) -> Iterator[Difference]:
    """By parameter, once for all submissions where it changed alike, of submissions that are in both."""
    before, after = (_in_force(each.get("parameters")) for each in (stated, again))
    told: dict[Difference, list[str]] = {}
    both = {who for who, _ in before} & {who for who, _ in after}
    for who, name in dict.fromkeys((*before, *after)):
        was, became = before.get((who, name)), after.get((who, name))
        if who in both and was != became:
            told.setdefault(Difference(Part.PARAMETER, name, _told(was), _told(became)), []).append(who)
    several = len({who for who, _ in (*before, *after)}) > 1
    for each, owners in told.items():
        named = f"{each.what} ({'; '.join(owners)})" if several else each.what
        yield Difference(Part.PARAMETER, _short(named), each.before, each.after)


def _in_force(sets: object) -> dict[tuple[str, str], object]:
    """What each parameter is for each submission."""
    found: dict[tuple[str, str], object] = {}
    for each in _rows(sets):
        of = each.get("of")
        for at, who in enumerate(of if isinstance(of, list) else [of]):
            for value in _rows(each.get("values")):
                key = (f"{who}", str(value.get("name")))
                found[key if key not in found else (f"{who} {at}", key[1])] = value
    return found


def _decisions(stated: Json, again: Json) -> Iterator[Difference]:
    for key in ("as_of", "review_date"):
        if stated.get(key) != again.get(key):
            yield Difference(Part.DECISION, key, _short(stated.get(key)), _short(again.get(key)))
    yield from _by_name(Part.DECISION, _decided(stated.get("decisions")), _decided(again.get("decisions")))


def _decided(decisions: object) -> dict[str, object]:
    """Each file by what it is, its place among those, and its name."""
    return {
        f"{key} {at + 1}: {each.get('name')}": each
        for key, rows in _dict(decisions).items()
        for at, each in enumerate(_rows(rows))
    }


def _results(stated: Json, again: Json, unlike: frozenset[str]) -> Iterator[Difference]:
    before, after = (_by_inputs(each) for each in (stated, again))
    affected = {name for key in before if set(key) & unlike for name in key} | unlike
    for key in dict.fromkeys((*before, *after)):
        if set(key) & affected:
            continue
        one, other = before.get(key), after.get(key)
        is_empty = key[:1] == (EMPTY,)
        if (one is None or other is None) and not (unlike and is_empty):
            yield Difference(Part.RESULT, "; ".join(filter(None, key)), _there(one), _there(other))
        elif one is None or other is None:
            continue
        else:
            yield from _report(one, other)
    if not unlike:
        yield from _whole(stated, again)


def _whole(stated: Json, again: Json) -> Iterator[Difference]:
    """What results say of all reports together: sums, files not read, the order of the reports."""
    orders = ([_paths(each) for each in reports_of(results)] for results in (stated, again))
    if next(orders) != next(orders):
        yield Difference(Part.RESULT, "reports")
    single = reports_of(stated) == [stated]
    for name in dict.fromkeys((*stated, *again)):
        if name != "reports" and stated.get(name) != again.get(name) and not (single and name != "not_read"):
            yield Difference(Part.RESULT, name, _short(stated.get(name)), _short(again.get(name)))


def _by_inputs(results: Json) -> dict[tuple[str, ...], Json]:
    """Reports by their files; those of folders of which nothing was read by their name."""
    reports = [each for each in reports_of(results) if isinstance(each, Mapping)]
    return {tuple(_paths(each)) or (EMPTY, _who(each)): each for each in reports}


def _paths(report: Json) -> list[str]:
    return [str(each.get("path")) for each in _rows(report.get("inputs"))]


def _report(one: Json, other: Json) -> Iterator[Difference]:
    """One submission's: findings and verdicts one by one, all else by its key."""
    who = _who(one)
    yield from _one_by_one(Part.FINDING, who, _findings(one), _findings(other))
    yield from _one_by_one(Part.VERDICT, who, _verdicts(one), _verdicts(other))
    for key in (each for each in dict.fromkeys((*one, *other)) if each != "not_read"):
        in_order = key in _OF_REPORT and (_findings(one), _verdicts(one)) != (
            _findings(other),
            _verdicts(other),
        )
        if one.get(key) != other.get(key) and not in_order:
            yield Difference(
                Part.RESULT, f"{who} {key}".strip(), _short(one.get(key)), _short(other.get(key))
            )


def _one_by_one(
    part: Part, who: str, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[Difference]:
    for each in _by_name(part, before, after):
        yield Difference(part, f"{who} {each.what}".strip(), each.before, each.after)


def _who(report: Json) -> str:
    return str(_dict(report.get("summary")).get("department") or "; ".join(_paths(report)))


def _findings(report: Json) -> dict[str, object]:
    return {
        f"{each.get('rule')} {_dict(each.get('subject')).get('id')}": each
        for each in _rows(report.get("findings"))
    }


def _verdicts(report: Json) -> dict[str, object]:
    return {f"{each.get('rule')} {each.get('subject')}": each for each in _rows(report.get("ledger"))}


def _by_name(part: Part, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            was, became = (_told(each.get(name)) for each in (before, after))
            yield Difference(part, name, was, became)


def _told(value: object) -> str:
    """What people know something by: a finding by its message, a verdict by its outcome, a plugin or file by its digest."""
    if not isinstance(value, Mapping):
        return _short(value)
    for key in ("message", "outcome"):
        if key in value:
            return _short(value[key])
    if "expression" in value:
        return _short(
            f"{value.get('shown')} = {value['expression']} ({value.get('since')} {value.get('source')})"
        )
    if isinstance(value.get("text"), str):
        return sha256(str(value["text"]).encode("utf-8", "replace")).hexdigest()[:12]
    known = [str(value[key]) for key in ("version", "sha256") if value.get(key)]
    return " ".join(each[:12] for each in known) or _short(value)


def _named(rows: object) -> dict[str, object]:
    return {
        str(each.get("name")): {key: said for key, said in each.items() if key != "name"}
        for each in _rows(rows)
    }


def _rows(value: object) -> Sequence[Json]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _dict(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def _there(report: Json | None) -> str:
    return "" if report is None else _who(report)


def _short(value: object) -> str:
    if value is None:
        return ""
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return said if len(said) <= 80 else f"{said[:77]}..."
