"""The schema and the reader are of one mind: the same keys in every mapping, and what one refuses for its shape, both do.

The files in `whole` have every key of their format.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, Draft202012Validator

from perfrules import pipeline
from perfrules.errors import RulesetError
from perfrules.plugins import catalog
from perfrules.rules import load_waivers
from perfrules.rules.head_from_yaml import identity_from
from perfrules.rules.ruleset_from_yaml import add_rules
from perfrules.rules.schema import schema
from perfrules.rules.yaml_file import Keys, YamlFile

Place = tuple[str | int, ...]
FORMS = ("rule", "ruleset", "waivers")
WHOLE = {of: Path(__file__).parent / "whole" / f"{of}.yaml" for of in FORMS}
PLAIN = {of: yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for of, path in WHOLE.items()}
CHANGES: dict[str, object] = {
    "text": "x",
    "number": 90,
    "truth": True,
    "empty": "",
    "mapping": {"x": "x"},
    "list": [{"x": "x"}],
}
"""What is put in the place of a value."""
CATALOG = catalog(
    found=[each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
)
CORE = pipeline.prepare("core", CATALOG, with_examples=False)
OF_MEANING = ("ruleset.bands", "waivers.", "ruleset.no_such_rule", "expression.")
"""Faults that no schema can tell: what bands and expressions come to, and what is in another file."""
TOLD_LATER = (
    ("parameters", "own_floor", "values"),
    ("parameters", "own_names", "values"),
    ("parameters", "own_ceiling", "kind"),
)
"""A parameter without a value and without a kind is refused when the ruleset is compiled."""
IN_LISTS = (("names",), ("value",))
"""A list may be an expression; what stands in it is looked at when the ruleset is compiled."""


def read(of: str, path: Path) -> set[str]:
    """The codes of the faults that the reader finds in a file."""
    if of == "waivers":
        try:
            load_waivers(path, CORE, CATALOG.types, CATALOG.functions)
        except RulesetError as error:
            return {fault.code for fault in error.faults}
        return set()
    file = YamlFile(path.name, path.read_text(encoding="utf-8"))
    if of == "rule":
        add_rules(file, {})
    else:
        identity_from(file)
    return {fault.code for fault in file.faults}


def plain(of: str) -> Any:
    """A whole file, every scalar text."""
    return deepcopy(PLAIN[of])


def read_whole(of: str, whole: Any, folder: Path) -> set[str]:
    """The codes of the faults that the reader finds, of JSON too, which is YAML."""
    path = folder / "damaged.yaml"
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return read(of, path)


def places(part: Any, here: Place = ()) -> Iterator[Place]:
    """Where everything stands; what is in a submission has its own format."""
    yield here
    if here[-1:] != ("submission",):
        for key, value in part.items() if isinstance(part, dict) else enumerate(part):
            if isinstance(value, dict | list):
                yield from places(value, (*here, key))
            else:
                yield (*here, key)


def at(part: Any, place: Place) -> Any:
    for key in place:
        part = part[key]
    return part


def shapes(root: Any, place: Place) -> list[Any]:
    """The objects, lists and texts that may stand at a place, by the schema."""
    found = list(alternatives(root, root))
    for key in place:
        found = [shape for each in found if (below := step(each, key)) for shape in alternatives(below, root)]
    return found


def alternatives(shape: Any, root: Any) -> Iterator[Any]:
    if "$ref" in shape:
        yield from alternatives(root["$defs"][shape["$ref"].split("/")[-1]], root)
    elif "type" in shape or "enum" in shape:
        yield shape
    else:
        for each in shape.get("oneOf", shape.get("anyOf", ())):
            yield from alternatives(each, root)


def step(shape: Any, key: str | int) -> Any:
    if isinstance(key, int):
        return shape.get("items")
    others = shape.get("additionalProperties") or next(
        iter(shape.get("patternProperties", {}).values()), None
    )
    return shape.get("properties", {}).get(key, others)


def closed(part: Any) -> Iterator[Any]:
    """Every mapping of a schema that takes no other keys than its own."""
    if isinstance(part, dict):
        if part.get("additionalProperties") is False:
            yield part
        for each in part.values():
            yield from closed(each)
    elif isinstance(part, list):
        for each in part:
            yield from closed(each)


def asked(of: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Place, Keys | None]]:
    """Every mapping that the reader reads of a whole file, with the keys it asks for."""
    known: list[tuple[YamlFile, yaml.Node, Keys | None]] = []
    mapping: Callable[..., dict[str, yaml.Node]] = YamlFile.mapping

    def noted(self: YamlFile, node: yaml.Node, keys: Keys | None = None) -> dict[str, yaml.Node]:
        known.append((self, node, keys))
        return mapping(self, node, keys)

    monkeypatch.setattr(YamlFile, "mapping", noted)
    assert read(of, WHOLE[of]) == set()
    assert known[0][0].root is not None
    where = {id(node): place for node, place in placed(known[0][0].root)}
    return ((where[id(node)], keys) for _, node, keys in known)


def placed(node: yaml.Node, here: Place = ()) -> Iterator[tuple[yaml.Node, Place]]:
    yield node, here
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from placed(value, (*here, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from placed(value, (*here, index))


@pytest.mark.parametrize("of", FORMS)
def test_every_mapping_has_the_keys_that_the_reader_asks_for(
    of: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, seen = schema(of), set()
    for place, keys in asked(of, monkeypatch):
        (shape,) = (each for each in shapes(root, place) if each.get("type") == "object")
        seen.add(id(shape))
        assert set(shape.get("properties", ())) == set(keys.all if keys else ()), place
        assert set(shape.get("required", ())) == set(keys.required if keys else ()), place
        assert (shape.get("additionalProperties") is False) == bool(keys or "patternProperties" in shape) or (
            place[-1:] == ("submission",)
        ), place
    assert [shape for shape in closed(root) if id(shape) not in seen] == []


@pytest.mark.parametrize("of", FORMS)
def test_every_key_has_its_meaning_in_both_languages(of: str) -> None:
    for shape in closed(schema(of)):
        for key, value in shape.get("properties", {}).items():
            zh, _, en = value.get("description", "").partition(" / ")
            assert zh, key
            assert en.isascii(), key
            assert en, key


def damaged(of: str) -> Iterator[tuple[Place, str, Any]]:
    """A whole file with one thing changed at a time, its place, and what was done."""
    for place in places(plain(of)):
        for what, value in CHANGES.items() if place else ():
            whole = plain(of)
            at(whole, place[:-1])[place[-1]] = value
            yield place, what, whole
        if place:
            yield place, "removed", without(of, place)
        whole = plain(of)
        if isinstance(at(whole, place), dict) and place[-1:] != ("submission",):
            at(whole, place)["another"] = "x"
            yield place, "added", whole


def without(of: str, place: Place) -> Any:
    whole = plain(of)
    del at(whole, place[:-1])[place[-1]]
    return whole


@pytest.mark.parametrize("of", FORMS)
def test_what_one_refuses_both_refuse(of: str, tmp_path: Path) -> None:
    validator = Draft202012Validator(schema(of))
    verdicts = set()
    for place, what, whole in damaged(of):
        faults = read_whole(of, whole, tmp_path)
        of_shape = {code for code in faults if not code.startswith(OF_MEANING)}
        refused = not validator.is_valid(whole)
        verdicts.add((what, refused))
        assert refused or not of_shape, (place, what, of_shape)
        later = (what == "removed" and place in TOLD_LATER) or what == "list" or place[-2:-1] in IN_LISTS
        assert faults or not refused or later, (place, what)
    assert verdicts >= {("removed", True), ("added", True), ("mapping", True)}


@pytest.mark.parametrize("of", FORMS)
def test_a_key_that_must_be_there_is_missed_by_both(
    of: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    validator = Draft202012Validator(schema(of))
    missed = [(*place, key) for place, keys in asked(of, monkeypatch) if keys for key in keys.required]
    monkeypatch.undo()
    for place in missed:
        whole = without(of, place)
        assert "ruleset.missing_key" in read_whole(of, whole, tmp_path), place
        assert not validator.is_valid(whole), place


@pytest.mark.parametrize("of", FORMS)
def test_editors_that_know_draft_7_only_read_it_alike(of: str) -> None:
    Draft7Validator.check_schema(schema(of))
    validator = Draft7Validator({**schema(of), "$schema": "http://json-schema.org/draft-07/schema#"})
    assert list(validator.iter_errors(plain(of))) == []


@pytest.mark.parametrize("of", FORMS)
def test_the_same_bytes_every_time(of: str) -> None:
    assert json.dumps(schema(of)) == json.dumps(schema(of))
