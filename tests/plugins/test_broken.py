"""Every broken plugin of the folder `broken` stops the run with its message, in both languages, and can be left out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest

from perfrules.errors import PluginError
from perfrules.plugins import catalog

BROKEN = Path(__file__).parent / "broken"
NAMES = sorted(path.stem for path in BROKEN.glob("*.py"))
INSTALLED = [point for point in entry_points(group="perfrules") if point.name.startswith("builtin_")]


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(BROKEN))
    yield
    for name in NAMES:
        sys.modules.pop(name, None)


def refused(name: str) -> PluginError:
    with pytest.raises(PluginError) as caught:
        catalog(found=[*INSTALLED, EntryPoint(name, name, "perfrules")])
    return caught.value


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_messages_are_those_of_the_golden_file(language: str, golden: Callable[[str, str], None]) -> None:
    told = [refused(name).said("zh" if language == "zh" else "en") for name in NAMES]
    pages = [f"== {name}\n{said}" for name, said in zip(NAMES, told, strict=True)]
    golden(f"broken_plugins.{language}.txt", "\n\n".join(pages) + "\n")


@pytest.mark.parametrize("name", NAMES)
def test_the_plugin_is_named_and_can_be_left_out(name: str) -> None:
    faults = refused(name).faults
    assert {str(fault.where) for fault in faults} == {name}
    assert all(fault.hint is not None and f"--without {name}" in fault.hint.en for fault in faults)
    points = [*INSTALLED, EntryPoint(name, name, "perfrules")]
    assert catalog(without=[name], found=points).left_out == (name,)


def test_there_are_many() -> None:
    assert len(NAMES) >= 15
