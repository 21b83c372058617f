"""What is kept of a ruleset is what its files say, or nothing: no change is missed, and nothing foreign comes back."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from attrs import evolve

from perfrules import pipeline
from perfrules.errors import RulesetError
from perfrules.plugins import catalog
from perfrules.rules import kept, load_ruleset, load_rulesets, shipped_names

HEAD = """
id: small
version: "1"
title: {zh: 小, en: small}
parameters:
  least: {title: {zh: 最低, en: least}, values: [{since: 2010-01-01, value: %s}]}
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PERFRULES_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def small(folder: Path, value: str = "30%") -> Path:
    (folder / "small").mkdir(exist_ok=True)
    (folder / "small" / "ruleset.yaml").write_text(HEAD % value, encoding="utf-8")
    return folder / "small"


def without(ruleset: object) -> object:
    rules = {id: evolve(rule, examples=()) for id, rule in ruleset.rules.items()}  # type: ignore[attr-defined]
    parent = ruleset.parent and without(ruleset.parent)  # type: ignore[attr-defined]
    return evolve(ruleset, rules=rules, examples={}, parent=parent)  # type: ignore[type-var]


@pytest.mark.parametrize("name", shipped_names())
def test_what_is_kept_is_what_the_files_say(name: str, cache: Path) -> None:
    read = load_ruleset(name)
    first = load_ruleset(name, with_examples=False)
    assert list(cache.glob("*.kept"))
    second = load_ruleset(name, with_examples=False)
    assert first == second == without(read)
    assert list(second.rules) == list(read.rules)
    assert second.sha256 == read.sha256


def test_a_check_comes_to_the_same() -> None:
    found = catalog()
    path = Path(__file__).parents[2] / "examples" / "yunling" / "wangxinban.txt"
    runs = [
        pipeline.check_paths([path], pipeline.prepare("core", found, with_examples=each), found)
        for each in (True, False, False)
    ]
    assert runs[0] == runs[1] == runs[2]


def test_rulesets_loaded_together_are_those_loaded_alone() -> None:
    names = shipped_names()
    assert load_rulesets(names) == [load_ruleset(name) for name in names]


def test_a_change_of_a_file_is_seen(tmp_path: Path) -> None:
    for value in ("30%", "31%", "30%"):
        ruleset = load_ruleset(small(tmp_path, value), with_examples=False)
        assert ruleset.parameters["least"].values[0].value.text == value  # type: ignore[union-attr]


def test_what_is_at_fault_is_not_kept(tmp_path: Path, cache: Path) -> None:
    folder = small(tmp_path)
    (folder / "rules").mkdir()
    (folder / "rules" / "X.yaml").write_text("id: X\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RulesetError):
            load_ruleset(folder, with_examples=False)
    assert not list(cache.glob("*.kept"))


@pytest.mark.parametrize("content", [b"", b"junk", pickle.dumps(Path("x")), pickle.dumps(print)])
def test_what_is_not_sound_is_as_if_it_were_not_there(content: bytes, tmp_path: Path, cache: Path) -> None:
    folder = small(tmp_path)
    expected = load_ruleset(folder, with_examples=False)
    for path in cache.glob("*.kept"):
        path.write_bytes(content)
    assert load_ruleset(folder, with_examples=False) == expected


def test_nothing_but_the_model_is_looked_up(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class Calls:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return print, ("called",)

    kept.keep("k", "sound")
    assert kept.fetch("k") == "sound"
    (cache / "k.kept").write_bytes(pickle.dumps(Calls()))
    assert kept.fetch("k") is None
    assert capsys.readouterr().out == ""


def test_the_oldest_go(cache: Path) -> None:
    for number in range(kept.MOST + 5):
        kept.keep(str(number), number)
    assert len(list(cache.glob("*.kept"))) == kept.MOST
    assert not list(cache.glob("*.part"))


def test_it_can_be_off_and_need_not_be_writable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    monkeypatch.setenv("PERFRULES_CACHE", "off")
    load_ruleset(small(tmp_path), with_examples=False)
    assert not cache.exists()
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("PERFRULES_CACHE", str(tmp_path / "file"))
    assert load_ruleset(small(tmp_path), with_examples=False).id == "small"


def test_it_stands_in_the_cache_folder_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PERFRULES_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "xdg"))
    assert kept.folder() == tmp_path / "xdg" / "perfrules"
