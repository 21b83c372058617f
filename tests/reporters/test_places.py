"""Every figure that a finding is told with has its words and its place, in every form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from attrs import evolve
from openpyxl import load_workbook
from tests.findings.consistent import JUNE, checked
from tests.reporters.html import reading
from tests.reporters.html.made import CATALOG, CORE

from making.office_files import docx, pdf
from perfrules import pipeline
from perfrules.bilingual import Language
from perfrules.cli.main import outcome
from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.report import Report, Results
from perfrules.plugins import Page
from perfrules.reporters.back.items import Item, items
from perfrules.reporters.back.notes import notes
from perfrules.reporters.back.words import titles_of
from perfrules.reporters.findings_json import findings_json
from perfrules.reporters.html import html_report
from perfrules.reporters.terminal import terminal_report
from perfrules.reporters.words import place_said

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "examples" / "yunling" / "wangxinban.txt"


def report_of(path: Path = REPORT) -> Report:
    (report,) = pipeline.check_paths([path], CORE, CATALOG).results.reports
    return report


@pytest.fixture
def in_word(tmp_path: Path) -> Path:
    path = tmp_path / "网信办.docx"
    path.write_bytes(docx(REPORT.read_text(encoding="utf-8")))
    return path


@pytest.mark.parametrize(
    ("source", "address", "zh", "en"),
    [
        ("a.txt", "¶27", "第27行", "line 27"),
        ("a", "¶27", "第27行", "line 27"),
        ("豁免.yaml", "¶3", "第3行", "line 3"),
        ("a.DOCX", "¶27", "第27段", "paragraph 27"),
        ("a.wps", "¶27", "第27段", "paragraph 27"),
        ("a.html", "¶27", "第27段", "paragraph 27"),
        ("a.pdf", "p1 l7", "第1页第7行", "page 1, line 7"),
        ("a.pdf", "p2", "第2页", "page 2"),
        ("a.xlsx", "附表!C7", "附表!C7", "附表!C7"),
    ],
)
def test_a_place_is_said_as_somebody_looks_for_it(source: str, address: str, zh: str, en: str) -> None:
    where = Location(source, address)
    assert (place_said(where, "zh"), place_said(where, "en")) == (zh, en)


def test_the_base_that_gives_the_ratio_has_its_words_and_its_place() -> None:
    report = report_of()
    first = json.loads(findings_json(Results((report,)), "zh"))["findings"][0]
    (cause,) = first["cause"]
    assert [(each["quote"], each["address"]) for each in cause["locations"]] == [
        ("29.5342 万元", "¶31"),
        ("42.2787 万元", "¶29"),
    ]
    assert ("42.2787 万元", "¶29") in [(each["quote"], each["address"]) for each in first["locations"]]
    shown = terminal_report(Results((report,)), "zh", Page(width=160))
    assert "已拨付: 29.5342万元 ÷ 42.2787万元 = 69.86%; “29.5342万元” 实际支出 (第31行)、“42.2787万元” 已拨付 (第29行)" in shown  # fmt: skip


def test_the_base_that_gives_the_ratio_is_marked_on_the_page() -> None:
    page = reading.parsed(html_report(Results((report_of(),)), "zh"))
    marked = {"".join("".join(each.itertext()).split()) for each in page.iter("mark")}
    assert any(each.startswith("42.2787万元") for each in marked)
    assert any(each.startswith("28.3687万元") for each in marked)


def test_the_comment_tells_where_the_base_stands(in_word: Path) -> None:
    report = report_of(in_word)
    (comments,) = notes(items(report), [str(in_word)], "zh", titles_of(report)).values()
    (spent,) = (each.location for each in report.findings[0].facts if each.field == "spent")
    assert spent is not None
    at = spent.address.removeprefix("¶")
    (said,) = (line for line in comments[0].lines if line.startswith("相符分母"))
    assert "42.2787万元” 已拨付 (第" in said
    assert f"实际支出 (第{at}段)" in said


def test_letter_and_sheet_name_the_paragraph_and_the_page(in_word: Path, tmp_path: Path) -> None:
    assert outcome(["return", str(in_word), "--to", str(tmp_path / "to")]) == 0
    (folder,) = (tmp_path / "to").iterdir()
    form = load_workbook(folder / "反馈单.xlsx").worksheets[0]
    assert any(
        isinstance(cell.value, str) and cell.value.startswith("第") and "段" in cell.value
        for row in form.iter_rows()
        for cell in row
    )
    printed = tmp_path / "网信办.pdf"
    printed.write_bytes(pdf(REPORT.read_text(encoding="utf-8")))
    assert outcome(["return", str(printed), "--to", str(tmp_path / "paper")]) == 0
    (folder,) = (tmp_path / "paper").iterdir()
    sheet = load_workbook(folder / "核对意见.xlsx")["核对意见"]
    (said, *_) = (str(cell.value) for row in sheet.iter_rows() for cell in row if "69.86%" in str(cell.value) and "相符" in str(cell.value))  # fmt: skip
    assert "“42.2787万元” 已拨付 (第1页第" in said


def test_a_figure_that_only_the_message_shows_has_its_place_too() -> None:
    money = {"adjusted_budget": "20万元", "spent": "0万元"}
    report = checked({"period": JUNE, "projects": [{"name": "渠道清淤", **money}]})
    (found,) = (each for each in report.findings if each.rule == "EXE104")
    assert [each.field for each in found.facts] == ["spent"]
    assert [each.quote for each in found.evidence] == ["0万元", "20万元"]


@pytest.mark.parametrize(
    ("language", "owner"), [("zh", "基本支出: 报告称"), ("en", "basic spending: The report")]
)
def test_the_message_on_a_ratio_names_its_line(language: Language, owner: str) -> None:
    total, basic = (each.message.said(language) for each in report_of().findings if each.rule == "ARI106")
    assert basic.startswith(owner)
    assert total.startswith(("报告称", "The report"))


def test_a_slip_of_one_amount_is_commented_at_that_amount_and_not_at_the_total_it_fails() -> None:
    projects = [
        {"name": "道路养护", "initial_budget": "90元"},
        {"name": "河道清淤", "initial_budget": "27.75万元"},
    ]
    given = {
        "period": JUNE,
        "lines": {"project": {"initial_budget": "117.75万元"}},
        "projects": {"complete": True, "rows": projects},
    }
    (found,) = checked(given).findings
    assert found.rule == "TXT104"
    assert found.facts[0].quote == "90元"
    own, other = "项目表.xlsx", "报告.docx"

    def placed(fact: Fact) -> Fact:
        return evolve(fact, location=Location(own if fact.quote == "90元" else other, "¶1", (0, 2)))

    facts = tuple(map(placed, found.facts))
    assert {each.location.source for each in facts if each.location} == {own, other}
    told = notes([Item((evolve(found, facts=facts),), (1,))], [other, own], "zh", {})
    assert [len(told[each]) for each in (other, own)] == [0, 1]
