"""The pages of the rules: fresh, one for each, and the same in the terminal."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest

from perfrules import pipeline
from perfrules.cli.main import outcome
from perfrules.plugins import catalog
from perfrules.rule_pages import documents

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "rules"
CORE_ALONE = catalog(
    found=[each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
)
WRITTEN = documents("core", CORE_ALONE)


def test_every_page_is_there_and_no_other() -> None:
    assert {path.name for path in PAGES.iterdir()} == set(WRITTEN)
    rules = set(pipeline.prepare("core", CORE_ALONE).ruleset.rules)
    assert rules < {name.removesuffix(".md") for name in WRITTEN}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_page_is_what_its_rule_gives(name: str) -> None:
    assert (PAGES / name).read_text(encoding="utf-8") == WRITTEN[name], "make pages writes it anew"


def test_a_page_says_what_the_rule_asks_and_shows_it_at_work() -> None:
    page = WRITTEN["EXE101.md"]
    for said in (
        "# EXE101 项目支出进度低于阶段线 / project spending below the stage line",
        "实际支出 ÷ 调整预算不小于“项目支出进度参考线” × 应达进度 ÷ “序时进度”",
        "spent / adjusted_budget >= $project_floor * expected_progress / $pace",
        "| sichuan-2025 | 4: 25%, 6: 40%, 8: 60%, 10: 80% | 2025-09-24 |",
        "2.7505万元 ÷ (6.41万元 + 0万元 + 7.5万元) = 19.77%",
        "怎样更正 / How to mend it",
    ):
        assert said in page


def test_the_index_lists_every_rule_by_family_and_by_topic() -> None:
    index = WRITTEN["README.md"]
    assert index.count("(ARI106.md)") == 2
    assert "### EXE 预算执行 / execution" in index
    assert "- `zero_spend`: [EXE104](EXE104.md)" in index


@pytest.mark.parametrize(("language", "said"), [("zh", "怎样更正"), ("en", "How to mend it")])
def test_the_terminal_shows_the_same(
    language: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert outcome(["rules", "show", "EXE101", "--lang", language]) == 0
    shown = capsys.readouterr().out
    assert said in shown
    assert "spent / adjusted_budget >= $project_floor * expected_progress / $pace" in shown
    assert "4: 25%, 6: 40%, 8: 60%, 10: 80%" in shown


def test_a_county_gets_its_own_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = 'id: xian\nversion: "1"\ntitle: {zh: 县, en: county}\nextends: core\n'
    own = tmp_path / "xian"
    own.mkdir()
    (own / "ruleset.yaml").write_text(
        head + "set:\n  project_floor: {value: 35%, because: 县里要求}\n", encoding="utf-8"
    )
    assert outcome(["rules", "pages", "-r", str(own), "--to", str(tmp_path / "pages")]) == 0
    assert "pages" in capsys.readouterr().out
    page = (tmp_path / "pages" / "EXE101.md").read_text(encoding="utf-8")
    assert "$project\\_floor: 60% \\* $pace → 35% (县里要求)" in page
    assert "| xian | 35% |" in page
