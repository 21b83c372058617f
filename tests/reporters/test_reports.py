"""Reports as people and programs get them: golden files, widths, encodings, and the contracts' shape."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from fractions import Fraction
from importlib.metadata import entry_points
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from perfrules import pipeline
from perfrules.bilingual import Language
from perfrules.cli.main import outcome
from perfrules.model.report import Report, Results
from perfrules.plugins import Page, catalog
from perfrules.plugins.hooks import Detail
from perfrules.reporters.facts_json import decimal_or_fraction, facts_json
from perfrules.reporters.facts_terminal import facts_terminal

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "yunling"
CATALOG = catalog(
    found=[each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
)
CORE = pipeline.prepare("core", CATALOG)


@pytest.fixture(autouse=True)
def in_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def reports(*names: str) -> tuple[Report, ...]:
    paths = [Path("examples/yunling") / name for name in names]
    return pipeline.check_paths(paths, CORE, CATALOG).reports


def written(form: str, language: Language, page: Page, *names: str) -> str:
    return CATALOG.reporters[form].write(Results(tuple(reports(*names))), language, page)


def masked(text: str) -> str:
    """Without the hashes, which change with every edit of the rules."""
    return re.sub(r'"[0-9a-f]{64}"', '"<sha256>"', text)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 160])
def test_the_terminal_report_of_the_example(
    golden: Callable[[str, str], None], language: Language, width: int
) -> None:
    golden(f"wangxinban.{language}.{width}.txt", written("rich", language, Page(width), "wangxinban.txt"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_terminal_report_of_several(golden: Callable[[str, str], None], language: Language) -> None:
    names = ("wangxinban.txt", "shuiwenzhan.txt", "nongjizhan.json")
    golden(f"yunling.{language}.80.txt", written("rich", language, Page(80), *names))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("group_by", ["rule", "department", "cause"])
def test_findings_in_other_groups(
    golden: Callable[[str, str], None], language: Language, group_by: str
) -> None:
    page = Page(80, group_by=group_by)
    golden(f"wangxinban.{group_by}.{language}.txt", written("rich", language, page, "wangxinban.txt"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_passes_and_steps_where_the_page_is_verbose(
    golden: Callable[[str, str], None], language: Language
) -> None:
    page = Page(80, detail=Detail.VERBOSE)
    golden(f"wangxinban.verbose.{language}.txt", written("rich", language, page, "wangxinban.txt"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_check_contract(golden: Callable[[str, str], None], language: Language) -> None:
    golden(f"wangxinban.check.{language}.json", masked(written("json", language, Page(), "wangxinban.txt")))


def test_the_read_contract(golden: Callable[[str, str], None]) -> None:
    submissions = pipeline.read_paths([Path("examples/yunling/wangxinban.txt")], CATALOG).submissions
    golden("wangxinban.read.json", masked(facts_json(submissions)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_read_as_people_see_it(golden: Callable[[str, str], None], language: Language) -> None:
    submissions = pipeline.read_paths([Path("examples/yunling/wangxinban.txt")], CATALOG).submissions
    golden(f"wangxinban.read.{language}.txt", facts_terminal(submissions, language, Page(80)))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 160])
def test_no_line_is_wider_than_the_page(language: Language, width: int) -> None:
    text = written("rich", language, Page(width), "wangxinban.txt", "shuiwenzhan.txt")
    for line in text.splitlines():
        assert sum(2 if east_asian_width(each) in "WF" else 1 for each in line) <= max(width, 80), line


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_gbk_console_can_print_all_of_it(language: Language) -> None:
    written("rich", language, Page(80), "wangxinban.txt", "shuiwenzhan.txt").encode("gbk")


def test_colour_adds_nothing_but_colour() -> None:
    plain = written("rich", "zh", Page(80), "wangxinban.txt")
    coloured = written("rich", "zh", Page(80, colour=True), "wangxinban.txt")
    assert "\x1b[" not in plain
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_the_same_input_gives_the_same_bytes() -> None:
    assert written("json", "zh", Page(), "wangxinban.txt") == written("json", "zh", Page(), "wangxinban.txt")


def test_numbers_of_the_contract_are_exact_strings() -> None:
    contract = json.loads(written("json", "zh", Page(), "wangxinban.txt"))
    first = contract["findings"][0]
    assert Fraction(first["recomputed"]["value"]) == Fraction("29.5342") / Fraction("63.79")
    assert first["recomputed"]["shown"] == "46.30%"
    slow = next(each for each in contract["findings"] if each["topic"] == "slow_progress")
    assert slow["margin"] == {"value": "1.4225", "unit": "万元", "shown": "1.4225万元"}
    assert contract["summary"]["rules_by_subjects"] == len(contract["ledger"])


def test_every_quote_of_the_contract_is_cut_from_the_source() -> None:
    text = (EXAMPLES / "wangxinban.txt").read_text(encoding="utf-8")
    contract = json.loads(written("json", "zh", Page(), "wangxinban.txt"))
    places = [place for finding in contract["findings"] for place in finding["locations"]]
    assert len(places) >= 20
    for place in places:
        assert text[slice(*place["span"])] == place["quote"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(1, 3), "1/3"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(0), "0"),
        (Fraction(1200), "1200"),
        (Fraction(1, 20), "0.05"),
    ],
)
def test_exact_numbers_as_text(number: Fraction, text: str) -> None:
    assert decimal_or_fraction(number) == text


def test_the_cells_of_a_row_left_unread_stay_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(
        "安泉县体育局2022年1-6月部门整体绩效监控报告\n一、预算\n器材更新 100 50 50%\n年初\t100\t其中\n",
        encoding="utf-8",
    )
    outcome(["read", str(path)])
    told = capsys.readouterr().out
    assert "“100 50 50%”" in told
    assert "“年初 100 其中”" in told
