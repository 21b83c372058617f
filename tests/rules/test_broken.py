"""Every broken file of the folder `broken` is refused with its message: where, what, a caret, a hint, in both languages.

`rule-*.yaml` is the one rule of a small ruleset, `ruleset-*.yaml` its head.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from perfrules import pipeline
from perfrules.errors import RulesetError
from perfrules.plugins import catalog

BROKEN = Path(__file__).parent / "broken"
FILES = sorted(BROKEN.glob("*.yaml"))
CORE_ALONE = catalog(
    found=[each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
)
SOUND = 'id: small\nversion: "1"\ntitle: {zh: 小, en: small}\n'


def refused(path: Path, folder: Path) -> RulesetError:
    """What is told of a ruleset with that file in it."""
    small = folder / "small"
    (small / "rules").mkdir(parents=True)
    head, text = path.name.startswith("ruleset-"), path.read_text(encoding="utf-8")
    (small / "ruleset.yaml").write_text(text if head else SOUND, encoding="utf-8")
    if not head:
        (small / "rules" / "ZER101.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesetError) as caught:
        pipeline.prepare(small, CORE_ALONE)
    return caught.value


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_messages_are_those_of_the_golden_file(
    language: str, golden: Callable[[str, str], None], tmp_path: Path
) -> None:
    pages = []
    for path in FILES:
        told = refused(path, tmp_path / path.stem).said("zh" if language == "zh" else "en")
        pages.append(f"== {path.stem}\n{told}")
    golden(f"broken_rulesets.{language}.txt", "\n\n".join(pages) + "\n")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_fault_has_its_place(path: Path, tmp_path: Path) -> None:
    for fault in refused(path, tmp_path).faults:
        assert fault.where is not None
        assert fault.where.line is not None or path.stem == "rule-empty"
        assert fault.message.zh != fault.message.en


def test_there_are_many() -> None:
    assert len(FILES) >= 40
