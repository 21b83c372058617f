"""A bundle as JSON: everything somebody needs, besides the reports themselves, to come to the same results again."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from perfrules import pipeline, readers
from perfrules.bilingual import Language
from perfrules.bundles.files import Input, folder_names
from perfrules.bundles.made_with import libraries_json, parameters_json, plugins_json
from perfrules.model.report import Results
from perfrules.plugins import Catalog
from perfrules.reporters.facts_json import Json
from perfrules.reporters.findings_json import findings_json, head_json
from perfrules.rules import load_replies, load_waivers

FORMAT = "bundle/1"
DECISIONS = ("waivers", "replies", "corrections")
"""Files that people have written about findings or readings, by what they are."""


@frozen
class Making:
    """What results are made with: the ruleset's folder with its files, plugins, days, and the files of people's decisions."""

    paths: tuple[Path, ...]
    inputs: tuple[Input, ...]
    ruleset: Path
    files: Mapping[str, str]
    catalog: Catalog
    as_of: date | None = None
    review_date: date | None = None
    decisions: Mapping[str, tuple[Path, ...]] = {}
    besides: tuple[Path, ...] = ()

    @property
    def decided(self) -> tuple[Path, ...]:
        """The files of people's decisions."""
        return tuple(path for name in DECISIONS for path in self.decisions.get(name, ()))


def made(given: Making, language: Language) -> tuple[Json, pipeline.Run]:
    """The bundle without its digest, and the run it tells of."""
    ruleset = pipeline.prepare(given.ruleset, given.catalog, with_examples=False)
    waivers, replies, corrections = (given.decisions.get(name, ()) for name in DECISIONS)
    to_load = (ruleset, given.catalog.types, given.catalog.functions, given.review_date)
    run = pipeline.check_paths(
        given.paths,
        ruleset,
        given.catalog,
        given.as_of,
        load_waivers(waivers[0], *to_load) if waivers else None,
        [each for path in corrections for each in readers.corrections_from(path)],
        (*given.besides, *given.decided),
        replies=load_replies(replies, *to_load) if replies else None,
    )
    folder = next(iter(given.files)).rpartition("/")[0]
    head = head_json(pipeline.version(), pipeline.named(ruleset.ruleset))
    named = head["ruleset"]
    assert isinstance(named, dict)
    told: Json = {
        "tool": head["tool"],
        "bundle": FORMAT,
        "language": language,
        "as_of": _day(given.as_of),
        "review_date": _day(given.review_date),
        "inputs": [{"path": each.name, "sha256": each.sha256} for each in sorted(given.inputs, key=_by_name)],
        "ruleset": {**named, "folder": folder, "files": _files(given.files)},
        "plugins": plugins_json(given.catalog),
        "left_out": list(given.catalog.left_out),
        "libraries": libraries_json(each.name for each in given.inputs),
        "parameters": parameters_json(run.reports, ruleset, given.as_of, language),
        "decisions": {name: [_content(path) for path in given.decisions.get(name, ())] for name in DECISIONS},
        "results": _results(run.results, given, language),
    }
    return told, run


def sealed(bundle: Json) -> str:
    """The whole text of a bundle, with a digest of all the rest of it at the end."""
    return json.dumps({**bundle, "digest": digest_of(bundle)}, ensure_ascii=False, indent=1) + "\n"


def digest_of(bundle: Mapping[str, object]) -> str:
    """The SHA-256 of everything in a bundle but its digest, however it is set. It is no signature: whoever writes can seal."""
    rest = {key: each for key, each in bundle.items() if key != "digest"}
    said = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _by_name(each: Input) -> str:
    return each.name


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _files(texts: Mapping[str, str]) -> list[Json]:
    return [{"path": path, "text": text} for path, text in texts.items()]


def _content(path: Path) -> Json:
    """A file that people have written, with its name, bytes and digest."""
    data = path.read_bytes()
    return {"name": path.name, "sha256": sha256(data).hexdigest(), "base64": b64encode(data).decode()}


def _results(results: Results, given: Making, language: Language) -> Json:
    """The check contract with the names of a bundle for files; without remarks on locks, which come and go."""
    found = json.loads(findings_json(results, language))
    names = folder_names(given.paths) | {str(each.path): each.name for each in given.inputs}
    names |= {each: path.name for path in given.decided for each in (str(path), path.as_posix())}
    told = _renamed(found, names)
    assert isinstance(told, dict)
    for each in (told, *told.get("reports", ())):
        del each["tool"], each["ruleset"]  # the bundle has them, and another version is no other result
    told.pop("remarks", None)
    return {**told, "not_read": sorted(told.pop("not_read", ()), key=lambda each: str(each["source"]))}


def _renamed(value: object, names: Mapping[str, str]) -> object:
    """The contract with other names for files, wherever one is named."""
    if isinstance(value, list):
        return [_renamed(each, names) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: names.get(each, each)
        if key in ("path", "source") and isinstance(each, str)
        else _renamed(each, names)
        for key, each in value.items()
    }


def reports_of(results: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    """The reports of results, one or several."""
    several = results.get("reports")
    return several if isinstance(several, list) else [results]
