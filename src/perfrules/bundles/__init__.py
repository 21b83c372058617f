"""Results with all that they were made with, in one file (`perfrules bundle`), and the same computed again (`perfrules verify`)."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen

from perfrules import pipeline
from perfrules.bilingual import Bilingual, Language
from perfrules.bundles.differences import differences, notes
from perfrules.bundles.files import Matched, inputs_of, matched
from perfrules.bundles.written import DECISIONS, FORMAT, Making, made, reports_of, sealed
from perfrules.documents.json_parts import Part as JsonPart
from perfrules.documents.json_parts import loaded
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.verification import Difference, Part, Verification
from perfrules.plugins import catalog
from perfrules.reporters.facts_json import Json
from perfrules.rules import shipped_names
from perfrules.rules.copies import put_down, ruleset_files
from perfrules.rules.files import folder_of
from perfrules.rules.replies import form_files

__all__ = ["Asked", "bundle", "verify"]


@frozen
class Asked:
    """What a bundle is asked for, as for a check. `decisions` are files by what they are; those of `replies` may be folders."""

    paths: tuple[Path, ...]
    ruleset: str | None = None
    as_of: date | None = None
    review_date: date | None = None
    decisions: Mapping[str, tuple[Path, ...]] = {}
    without: tuple[str, ...] = ()


def bundle(asked: Asked, language: Language) -> tuple[str, pipeline.Run]:
    """The text of a bundle, and the run it tells of; raises PerfrulesError as a check does."""
    files = ruleset_files(asked.ruleset)
    decisions = {**asked.decisions, "replies": tuple(form_files(asked.decisions.get("replies", ())))}
    besides = tuple(path for paths in decisions.values() for path in paths)
    given = Making(
        paths=asked.paths,
        inputs=inputs_of(asked.paths, besides),
        ruleset=folder_of(asked.ruleset or "core"),
        files=files,
        catalog=catalog(asked.without),
        as_of=asked.as_of,
        review_date=asked.review_date,
        decisions=decisions,
    )
    told, run = made(given, language)
    return sealed(told), run


def verify(file: Path, paths: Sequence[Path], ruleset: str | None = None) -> Verification:
    """What differs when a bundle is computed again from the files at the paths, by its own ruleset or by another.

    Raises ReadError where the file is no bundle, and PerfrulesError where what it holds cannot be computed with.
    """
    stated = loaded(file)
    _is_bundle(stated)
    found = matched(_inputs(stated), inputs_of(paths, (file,)))
    about_inputs = tuple(_about_inputs(found))
    moved = tuple(Difference(Part.INPUT_MOVED, name, name, place) for name, place in found.moved)
    if not found.inputs:
        return Verification(about_inputs, moved, len(_inputs(stated)))
    with TemporaryDirectory() as kept:
        again, language = _again(stated, found, tuple(paths), Path(kept), ruleset)
    whole = stated.value
    assert isinstance(whole, dict)
    unlike = frozenset((*found.missing, *found.changed))
    differing = (*about_inputs, *differences(whole, {**again, "language": language}, unlike=unlike))
    told = (*moved, *notes(whole, again), *(_installed(stated) if ruleset is None else ()))
    results = again["results"]
    assert isinstance(results, dict)
    number = sum(len(list(JsonPart(each, "")["findings"].rows())) for each in reports_of(results))
    return Verification(differing, told, len(_inputs(stated)), number)


def _again(
    stated: JsonPart, found: Matched, paths: tuple[Path, ...], kept: Path, ruleset: str | None
) -> tuple[Json, Language]:
    """The bundle as it comes out now."""
    language: Language = "en" if stated["language"].text() == "en" else "zh"
    files = ruleset_files(ruleset) if ruleset else _texts(stated)
    given = Making(
        paths=paths,
        inputs=found.inputs,
        ruleset=folder_of(ruleset) if ruleset else put_down(files, kept / "ruleset"),
        files=files,
        catalog=catalog(_installed_of([each.text() for each in stated["left_out"].rows()])),
        as_of=stated["as_of"].day(),
        review_date=stated["review_date"].day(),
        decisions=_decisions(stated["decisions"], kept / "decisions"),
        besides=tuple(each.path for each in found.extra),
    )
    told, _ = made(given, language)
    return {**told, "left_out": stated["left_out"].value}, language


def _is_bundle(stated: JsonPart) -> None:
    said = stated["bundle"].text()
    if said != FORMAT:
        message = Bilingual(
            "不是 perfrules bundle 写出的清单", "this is no bundle that perfrules has written"
        )
        newer = Bilingual(
            f"清单格式为 {said}, 本程序只认 {FORMAT}",
            f"it has the format {said}; this program knows {FORMAT}",
        )
        hint = Bilingual("用 perfrules bundle 路径 -o 文件 写出", "perfrules bundle PATH -o FILE writes one")
        known = newer if said.startswith("bundle/") else message
        raise ReadError(Fault("bundle.format", known, Location(stated.source), hint))


def _inputs(stated: JsonPart) -> dict[str, str]:
    return {each["path"].text(): each["sha256"].text() for each in stated["inputs"].rows()}


def _texts(stated: JsonPart) -> dict[str, str]:
    return {each["path"].text(): each["text"].text() for each in stated["ruleset"]["files"].rows()}


def _decisions(stated: JsonPart, folder: Path) -> dict[str, tuple[Path, ...]]:
    """The files of people's decisions, put down under names that lead nowhere else."""
    return {
        key: tuple(_put(each, folder / key / str(at), key) for at, each in enumerate(stated[key].rows()))
        for key in DECISIONS
    }


def _put(file: JsonPart, folder: Path, otherwise: str) -> Path:
    place = folder / (Path(file["name"].text().replace("\\", "/")).name or otherwise)
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        place.write_bytes(b64decode(file["base64"].text(), validate=True))
    except (NotBase64, ValueError, OSError):
        raise file.wrong("base64 文字和文件名", "a text in base64, and the name of a file") from None
    return place


def _installed_of(names: Sequence[str]) -> tuple[str, ...]:
    """Those that are plugins here; one that is not installed is left out as it is."""
    known = {each.name for each in entry_points(group="perfrules")}
    return tuple(each for each in names if each in known)


def _about_inputs(found: Matched) -> list[Difference]:
    return [
        *(Difference(Part.INPUT_MISSING, name) for name in found.missing),
        *(Difference(Part.INPUT_CHANGED, name) for name in found.changed),
        *(Difference(Part.INPUT_EXTRA, each.name) for each in found.extra),
    ]


def _installed(stated: JsonPart) -> list[Difference]:
    """Whether the ruleset of that name that is shipped here has other files by now; what is computed is the bundle's own."""
    folder, texts = stated["ruleset"]["folder"].text(), _texts(stated)
    if folder not in shipped_names() or ruleset_files(folder) == texts:
        return []
    return [Difference(Part.RULESET, folder, stated["ruleset"]["version"].text(), "")]
