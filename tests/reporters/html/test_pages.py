"""Pages of reports that were read: golden files, every kind of file, the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.reporters.html import reading
from tests.reporters.html.made import (
    CATALOG,
    CORE,
    TEXT,
    page_of,
)

from perfrules import pipeline
from perfrules.bilingual import Language
from perfrules.documents.ours import is_ours
from perfrules.plugins import Page
from perfrules.reporters.html import html_report


def masked(page: str) -> str:
    """Without style, script and hashes, which change by themselves."""
    for name in ("style", "script"):
        page = re.sub(rf"<{name}>.*?</{name}>", f"<{name}></{name}>", page, flags=re.S)
    return re.sub(r"sha256-[\w+/]+=", "sha256-", page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_the_example(golden: Callable[[str, str], None], language: Language) -> None:
    page = page_of("examples/yunling/wangxinban.txt", language=language)
    reading.lawful(page)
    golden(f"wangxinban.{language}.html", masked(page))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_the_county(golden: Callable[[str, str], None], language: Language) -> None:
    page = page_of("examples/yunling", language=language)
    reading.lawful(page)
    golden(f"yunling.{language}.html", masked(page).split('id="each"')[0])


@pytest.mark.parametrize(("language", "said"), [("zh", "算术 = 算术关系 (ARI)"), ("en", "ARI = arithmetic")])
def test_the_heads_of_the_heat_map_have_a_key(language: Language, said: str) -> None:
    root = reading.parsed(page_of("examples/yunling", language=language))
    assert said in reading.words(reading.by_id(root, "first"))


def test_the_page_says_what_is_printed_of_it() -> None:
    root = reading.parsed(page_of("examples/yunling"))
    assert "打印本页时只印汇总、清单和此处已展开的部门" in reading.words(reading.by_id(root, "each"))


def test_subjects_without_a_name_are_called_by_their_kind(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("云岭县档案馆2022年上半年绩效监控报告\n一、目标实现情况\n2021年上半年，我馆年初预算20万元，实际支出9万元。\n二、下一步措施\n2019年下半年加快支出。\n", encoding="utf-8")  # fmt: skip
    page = page_of(str(path))
    assert "report_year" not in re.sub(r'data-[a-z]+="[^"]*"|<script>.*?</script>', "", page, flags=re.S)


def test_a_page_beside_the_reports_is_no_report(tmp_path: Path) -> None:
    written = tmp_path / "核查结果.html"
    written.write_text(page_of("examples/yunling"), encoding="utf-8")
    assert is_ours(written)


def test_the_same_input_gives_the_same_bytes_by_the_hook_too() -> None:
    results = pipeline.check_paths([Path("examples/yunling")], CORE, CATALOG).results
    written = CATALOG.reporters["html"].write(results, "zh", Page())
    assert written == html_report(results, "zh")


FORMS = ["w11-jiankongbiao.docx", "x10-jiankong.xlsx", "x15-liangge.xlsx", "p11-zhujian.pdf", "c03-zhibiao.csv", "o52-suojin.xls", "n103-liangshi.txt"]  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_pages_of_every_kind_of_file_are_lawful(name: str) -> None:
    reading.lawful(page_of(f"tests/files/{name}"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_of_them_all_is_lawful(language: Language) -> None:
    reading.lawful(page_of(*(f"tests/files/{name}" for name in FORMS), "examples/yunling", language=language))


def test_cells_are_where_they_are_in_the_file_and_merged_as_there() -> None:
    root = reading.lawful(page_of("tests/files/x13-zhengti.xlsx"))
    (grid,) = reading.by_class(root, "grid")
    rows = [[reading.words(cell).strip() for cell in row] for row in reading.named(grid, "tr")]
    assert rows[0] == ["", "A", "B", "C", "D", "E", "F", "G"]
    assert rows[9] == ["9", "合计", "16950000", "50000", "17000000", "12150000", "11700000", "68.82%"]
    (title,) = (
        each for each in reading.named(grid, "td") if reading.words(each).strip() == "部门整体支出绩效监控表"
    )
    assert title.get("colspan") == "7"


def test_a_department_of_which_nothing_is_read_leads_to_no_document(tmp_path: Path) -> None:
    for department, name, data in (("甲局", "报告.txt", TEXT.encode()), ("乙局", "报告.docx", b"PK damaged")):
        (tmp_path / department).mkdir()
        (tmp_path / department / name).write_bytes(data)
    root = reading.lawful(page_of(str(tmp_path)))
    assert "“报告.docx”" in reading.words(root)
    assert reading.words(root).count("报告原文") == 1  # of the other one
