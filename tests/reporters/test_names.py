"""Submissions of one department are told apart by one name in every form; papers and figures are counted apart."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from openpyxl import load_workbook
from tests.findings.consistent import checked
from tests.reporters.test_many import filing

from perfrules.bilingual import Bilingual
from perfrules.cli.sent_files import in_folders
from perfrules.cli.sent_words import summary
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.report import Report, Results, Status
from perfrules.model.submission import Document, Unread
from perfrules.plugins.hooks import Detail, Page
from perfrules.reporters.back import Sending
from perfrules.reporters.back.review_list import review_list, struck_from
from perfrules.reporters.findings_json import findings_json
from perfrules.reporters.html import html_report
from perfrules.reporters.html.charts.rates import last_of_each
from perfrules.reporters.layout import columns
from perfrules.reporters.plain.findings_csv import findings_csv
from perfrules.reporters.plain.findings_junit import findings_junit
from perfrules.reporters.plain.findings_markdown import findings_markdown
from perfrules.reporters.rows import tables
from perfrules.reporters.rows.names import named_apart
from perfrules.reporters.sarif import findings_sarif
from perfrules.reporters.terminal import terminal_report

YEAR = {"from": "2021-01-01", "to": "2021-12-31"}
TWICE, ONCE = "云岭县水利局", "云岭县教育局"
APART = [f"{TWICE} 2021-12-31", f"{TWICE} 2022-06-30", ONCE]
SLOW = {"spent": "73.00万元"}
"""More than was released, and than its two parts come to: errors."""


def of_year(name: str, **changes: dict[str, Any]) -> dict[str, Any]:
    return {**filing(name, **changes), "period": YEAR}


@pytest.fixture(scope="module")
def twice() -> Results:
    """One department that filed for the year before and for this half year, both with findings, and one that filed once."""
    filed = (of_year(TWICE, total=SLOW), filing(TWICE, total=SLOW), filing(ONCE))
    return Results(tuple(map(checked, filed)))


def county(twice: Results) -> Results:
    """The same with four departments more, so that there is a page for the county."""
    return Results((*twice.reports, *(checked(filing(f"云岭县第{at}小学")) for at in "一二三四")))


def test_a_name_is_as_long_as_it_must_be_to_be_one_submissions_own() -> None:
    june, plain = checked(filing(TWICE)), checked(filing(ONCE))
    one, other, third = (
        evolve(june, inputs=(Document(path, "0", "txt"),)) for path in ("a/x.txt", "a/y.txt", "b/y.txt")
    )
    nameless = evolve(plain, department="", inputs=(Document("n.txt", "0", "txt"),))
    told = named_apart((one, other, third, plain, nameless), "zh")
    assert [name for _, name in told] == [
        f"{TWICE} 2022-06-30 (x.txt)",
        f"{TWICE} 2022-06-30 (a/y.txt)",
        f"{TWICE} 2022-06-30 (b/y.txt)",
        ONCE,
        "n.txt",
    ]
    assert [report for report, _ in told] == [one, other, third, plain, nameless]


def test_every_form_calls_a_submission_by_the_same_name(twice: Results) -> None:
    junit = re.findall(r'<testsuite name="([^"]+)"', findings_junit(twice, "zh", Page()))
    assert junit == APART
    markdown = findings_markdown(twice, "zh", Page())
    assert sorted(re.findall(r"^## (云岭县.+)$", markdown, re.M)) == sorted(APART)
    (run,) = json.loads(findings_sarif(twice, "zh", Page()))["runs"]
    assert [each["department"] for each in run["properties"]["submissions"]] == APART
    assert {each["properties"]["department"] for each in run["results"]} == set(APART)
    for table in tables(twice, "zh"):
        if (named := {str(row[0]) for row in table.rows()}) and table.title.zh != "指标":
            assert named <= set(APART), table.title
    assert {line.split(",")[0] for line in findings_csv(twice, "zh").splitlines()[1:]} <= set(APART)
    page = re.sub("<span[^>]*>|</span>", "", html_report(twice, "zh"))
    for name in APART:
        assert page.count(f">{name}</a>") >= 2  # in the list of departments, and in the numbers of the map
        assert f"<h3>{name}</h3>" in page
    assert f">{TWICE}</a>" not in page
    for group_by in ("severity", "department", "cause"):
        listed = terminal_report(county(twice), "zh", Page(100, group_by=group_by))
        listed = listed[listed.index("\n发现 (") :]
        assert all(name in listed for name in APART[:2]), group_by
    quiet = terminal_report(twice, "zh", Page(80, detail=Detail.QUIET))
    assert all(f"{name} " in quiet for name in APART)


def test_what_is_returned_and_what_is_not_is_told_apart(twice: Results) -> None:
    first, second, last = twice.reports
    folders = in_folders([Sending(each, (), {}, {}) for each in (first, second)], twice.reports)
    assert list(folders) == APART[:2]
    assert list(in_folders([Sending(last, (), {}, {})], twice.reports)) == [ONCE]
    said = summary(twice.reports, {}, (), Path("to"), "zh")
    assert f"没有退回 (有待处理) 2 份: {APART[0]}、{APART[1]}" in said
    assert f"没有退回 (绿) 1 份: {ONCE}" in said


def test_what_is_struck_out_of_one_period_is_still_sent_of_the_other(twice: Results, tmp_path: Path) -> None:
    first, second, _ = twice.reports
    (one,), (other,) = (
        [each for each in report.findings if each.rule == "ARI105"] for report in (first, second)
    )
    assert one.fingerprint == other.fingerprint
    path = tmp_path / "复核单.xlsx"
    path.write_bytes(review_list(twice.reports))
    book = load_workbook(path)
    head, *listed = book["复核单"].iter_rows()
    at = {str(cell.value): place for place, cell in enumerate(head)}
    assert {row[at["部门"]].value for row in listed} == set(APART[:2])
    row = next(
        each for each in listed if each[at["部门"]].value == APART[0] and each[at["规则"]].value == "ARI105"
    )
    row[at["是否发出"]].value, row[at["复核人"]].value, row[at["理由"]].value = "否", "李审核", "已核"
    book.save(path)
    (struck,) = struck_from(path, twice.reports)
    assert (struck.is_of(first), struck.is_of(second)) == (True, False)
    said = summary(twice.reports, {}, (struck,), Path("to"), "zh")
    assert f"   {APART[0]} [ARI105] " in said
    book["复核单"].delete_rows(2 + len(first.findings), len(second.findings))
    book.save(path)
    with pytest.raises(ReadError, match="are not in the list"):  # those of the other period
        struck_from(path, twice.reports)


def test_a_long_name_is_cut_before_the_period_that_tells_it_apart(twice: Results) -> None:
    name = "云岭县自然资源和规划局不动产登记与国土空间规划服务保障中心"
    long = [checked(each) for each in (of_year(name, total=SLOW), filing(name, total=SLOW))]
    results = Results((*long, *county(twice).reports))
    quiet = terminal_report(results, "zh", Page(80, detail=Detail.QUIET))
    listed = terminal_report(results, "zh", Page(80))
    listed = listed[listed.index("\n发现 (") :]
    page = html_report(results, "zh")
    for end in ("2021-12-31", "2022-06-30"):
        assert f"{name} {end}\n" in quiet
        assert f"   云岭县自然资源和规划局... {end} " in listed
        assert re.search(rf">自然资[^<]*… {end}</text>", page)


def test_a_department_counts_once_in_the_distribution_by_its_last_period(twice: Results) -> None:
    first, second, last = twice.reports
    assert last_of_each(twice.reports) == last_of_each((second, first, last)) == [second, last]
    nameless = evolve(last, department="")
    assert last_of_each((nameless, nameless)) == [nameless, nameless]
    undated = evolve(second, period=(None, None))
    assert last_of_each((undated, first)) == [first]
    page = html_report(twice, "zh")
    assert "部门个数: 50–60%: 1; 70–80%: 1<" in page
    assert "取期末最晚的一份" in page
    assert "取期末最晚的一份" not in html_report(Results((second, last)), "zh")


def test_departments_with_findings_of_a_family_are_counted_once_each(twice: Results) -> None:
    told = terminal_report(county(twice), "zh", Page(80))
    (arithmetic,) = [line.split() for line in told.splitlines() if line.strip().startswith("算术关系")]
    assert arithmetic[-1] == "1"


def left_unread(*whys: str) -> Report:
    report = checked(filing(ONCE))
    unread = tuple(Unread(Location("a.docx"), f"词{at}", why) for at, why in enumerate(whys))
    return evolve(report, unread=unread, status=Status.GREY)


def test_a_paper_is_no_figure_in_any_form() -> None:
    paper = left_unread("not_read")
    results = Results((paper, checked(filing(TWICE))))
    forms = {
        "rich": terminal_report(results, "zh", Page(80)),
        "quiet": terminal_report(results, "zh", Page(80, detail=Detail.QUIET)),
        "html": re.sub("<[^>]+>", "", html_report(results, "zh")),
        "csv": findings_csv(results, "zh"),
        "junit": findings_junit(results, "zh", Page()),
        "markdown": findings_markdown(results, "zh", Page()),
    }
    for form, said in forms.items():
        assert not re.search(r"未读入的数字|数字未读入|未读入而需查看的数字 [1-9]|数字 [1-9] 个", said), form
    assert "未读入而需查看的材料 1" in forms["rich"]
    assert "未读入的材料 (1)" in forms["rich"]
    assert "未读入而需查看的材料 1 份、数字 0 个" in forms["html"]
    assert "未读入的材料 (1 个, 其中请查看 1 个)" in forms["html"]
    assert f"{ONCE},材料未读入," in forms["csv"]
    assert 'classname="未读入的材料"' in forms["junit"]
    summary_row = next(row for row in next(tables(results, "zh")).rows() if row[0] == ONCE)
    assert summary_row[5:7] == (1, 0)
    sums = json.loads(findings_json(results, "zh"))["reports"][0]["summary"]
    names = ("unread", "unread_open", "papers_unread", "papers_unread_open")
    assert [sums[each] for each in names] == [0, 0, 1, 1]


@pytest.mark.parametrize("why", ["not_read", "empty_folder", "embedded", "picture", "no_form"])
def test_files_folders_pages_and_sheets_are_papers(why: str) -> None:
    said = terminal_report(Results((left_unread(why, "no_field", "no_unit"),)), "zh", Page(80))
    assert "未读入而需查看的材料1;未读入而需查看的数字2" in "".join(said.split())
    assert said.index("未读入的材料 (1)") < said.index("未读入的数字 (2)")


def test_what_was_not_read_stands_before_all_else_on_the_page(twice: Results) -> None:
    broken = Fault("read.broken", Bilingual("文件已损坏", "the file is broken"), Location("坏.docx"))
    lock = Fault("read.lock", Bilingual("可能正在编辑", "may be open"), Location("~$a.docx"))
    county = html_report(Results(twice.reports, (broken,), (lock,)), "zh")
    assert county.index('id="faults" class="files" open') < county.index('id="first"')
    tiles = county[county.index('class="tiles"') :]
    assert tiles.index("未能读取") < tiles.index("灰") < tiles.index("有待处理") < tiles.index("绿")
    assert county.index('id="remarks"') > county.index('id="each"')
    single = html_report(Results(twice.reports[:1], (broken,), (lock,)), "zh")
    assert single.index('id="faults"') < single.index('id="findings"') < single.index('id="remarks"')
    many = html_report(Results(twice.reports, (broken,) * 11), "zh")
    assert '<details id="faults" class="files">' in many


def test_figures_to_look_at_first_are_told_in_full(twice: Results) -> None:
    longest = max(twice.reports[0].origins, key=lambda each: len(each.facts))
    quotes = ["".join(fact.quote.split()) for fact in longest.facts if fact.quote]
    assert len(quotes) > 1
    for results in (twice, county(twice)):
        told = terminal_report(results, "zh", Page(80, group_by="cause"))
        assert max(map(columns, told.splitlines())) <= 80
        listed = "".join(told.split())
        assert all(quote in listed for quote in quotes)
        assert "..." not in told
