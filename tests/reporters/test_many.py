"""Many submissions on a terminal: the county's page, a line for each finding, quiet and verbose, in groups and both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.findings.consistent import CATALOG, CORE, JUNE, checked
from tests.reporters.html import reading

from perfrules import pipeline, readers
from perfrules.bilingual import Bilingual, Language
from perfrules.errors import Fault
from perfrules.location import Location
from perfrules.model.finding import Outcome
from perfrules.model.report import Results, Status
from perfrules.plugins.hooks import Detail, Page
from perfrules.reporters.findings_json import findings_json
from perfrules.reporters.html import html_report
from perfrules.reporters.layout import columns
from perfrules.reporters.terminal import MANY, terminal_report
from perfrules.rules import load_waivers

LANGUAGES: tuple[Language, ...] = ("zh", "en")
SCAN = Fault(
    "read.scan",
    Bilingual("PDF 里没有文字, 可能是扫描件, 未读取", "the PDF has no text, perhaps a scan; not read"),
    Location("云岭县园林所/报告.pdf"),
)


def filing(name: str, **changes: dict[str, Any]) -> dict[str, Any]:
    """100 = 60 + 40 budgeted, 60 = 36 + 24 released, 50 = 30 + 20 spent, each line with its ratio; and what is changed."""
    figures = {"total": ("100", "60", "50"), "basic": ("60", "36", "30"), "project": ("40", "24", "20")}
    ratio = {"printed": "50.00%", "numerator": "spent", "base": "adjusted_budget"}
    return {
        "department": name,
        "period": JUNE,
        "lines": {
            line: {
                "initial_budget": f"{budget}.00万元",
                "carried_over": "0万元",
                "adjustment": "0万元",
                "appropriated": f"{released}.00万元",
                "spent": f"{spent}.00万元",
                "claims": [ratio],
                **changes.get(line, {}),
            }
            for line, (budget, released, spent) in figures.items()
        },
    }


def county() -> Results:
    """Two in order, one with a cause of many effects, one on another base, a slow one, one half open, two grey, a file not read."""
    on_released = {"printed": "83.33%", "numerator": "spent", "base": "adjusted_budget"}
    half_open = filing("云岭县林业和草原局", project={"spent": "2.00万元"})
    del half_open["lines"]["total"]["appropriated"]
    bare = {"department": "云岭县体育中心", "period": JUNE, "lines": {"project": {"spent": "3万元"}}}
    found = {"department": "云岭县博物馆", "period": JUNE, "staffing": {"posts": "6人", "staff": "8人"}}
    filed = [
        filing("云岭县教育局"),
        filing("云岭县水利局", total={"spent": "73.00万元"}),
        filing("云岭县交通运输局", basic={"claims": [on_released]}),
        filing(
            "云岭县民政局",
            project={"spent": "8.00万元", "claims": []},
            total={"spent": "38.00万元", "claims": []},
        ),
        half_open,
        bare,
        found,
        filing("云岭县自然资源和规划局不动产登记与国土空间规划服务保障中心"),
    ]
    return Results(tuple(checked(each) for each in filed), (SCAN,))


@pytest.fixture(scope="module")
def results() -> Results:
    return county()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group_by", ["severity", "rule", "department", "cause"])
def test_the_county_on_a_page_and_a_line_for_each_finding(
    golden: Callable[[str, str], None], results: Results, language: Language, group_by: str
) -> None:
    page = terminal_report(results, language, Page(80, group_by=group_by))
    golden(f"county/{group_by}.{language}.txt", page)
    assert max(map(columns, page.splitlines())) <= 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_line_for_each_submission(
    golden: Callable[[str, str], None], results: Results, language: Language
) -> None:
    told = terminal_report(results, language, Page(80, detail=Detail.QUIET))
    golden(f"county/quiet.{language}.txt", told)
    assert max(map(columns, told.splitlines())) <= 80
    for report in results.reports:  # no name is cut, whatever the width
        assert report.department in told
    lights = ("灰", "有待处理", "绿") if language == "zh" else ("grey", "to do", "green")
    assert sum(line.startswith(lights) for line in told.splitlines()) == len(results.reports)


def test_grey_is_counted_first_everywhere(results: Results) -> None:
    for detail in (Detail.QUIET, Detail.NORMAL, Detail.VERBOSE):
        told = terminal_report(results, "zh", Page(80, detail=detail))
        assert told.index("未能读取") < told.index("灰") < told.index("有待处理") < told.index("绿")
    few = Results(results.reports[4:8], results.faults)
    told = terminal_report(few, "zh", Page(80))
    table = told[told.index("共 4 份") :]
    assert "未能读取 1" in table.splitlines()[0]
    assert table.index("灰") < table.index("有待处理*") < table.index("绿")


def test_findings_beside_what_is_open_say_both(results: Results) -> None:
    half_open, _, mostly_open, _ = results.reports[4:8]
    said = terminal_report(Results((half_open,)), "zh", Page(80))
    assert "[有待处理, 部分未能判断] 应判断而未判断" in said
    assert "请更正 2, 请说明 1, 提示 0" in " ".join(said.split())
    said = terminal_report(Results((mostly_open,)), "zh", Page(80))
    assert "[灰] 应判断的多数未能判断, 不能视为通过; 应判断而未判断" in said
    assert "请更正 0, 请说明 1, 提示 0" in " ".join(said.split())


def test_two_counts_have_two_words_in_every_form(results: Results) -> None:
    """Of what is undetermined that which was required is a count of its own: 应判断而未判断, 未能判断."""
    grey = results.reports[5]  # a project line with nothing but its spending
    required, all_open = len(grey.open_required), grey.ledger.totals()[Outcome.UNDETERMINED]
    assert 0 < required < all_open
    alone = Results((grey,))
    assert f"应判断而未判断 {required}" in terminal_report(alone, "zh", Page(160))
    assert f"未能判断 {all_open}" in terminal_report(alone, "zh", Page(160, detail=Detail.QUIET))
    page = reading.parsed(html_report(Results((grey, results.reports[0])), "zh"))
    (table,) = (each for each in reading.by_id(page, "departments").iter("table"))
    heads = ["".join(each.itertext()) for each in table.iter("th") if each.get("scope") == "col"]
    first = next(row for row in table.iter("tr") if row.get("data-item"))
    cells = dict(zip(heads, ["".join(each.itertext()) for each in first], strict=True))
    assert (cells["应判断而未判断"], cells["未能判断"]) == (str(required), str(all_open))
    assert f"发现 0, 未能判断 {all_open}" in "".join(page.itertext())
    sums = json.loads(findings_json(alone, "zh"))["summary"]
    assert (sums["open_required"], sums["undetermined"]) == (required, all_open)
    for form in (terminal_report(results, "zh", Page(80)), html_report(results, "zh")):
        assert "未判断" not in form.replace("应判断而未判断", "")


def test_grey_ones_of_one_reason_are_counted_apart_from_what_each_lacks(results: Results) -> None:
    grey = results.reports[5]
    told = terminal_report(Results((grey,) * 6), "zh", Page(160))
    assert f"应判断而未判断 {len(grey.open_required)} (每份; 共 6 份): " in told


WAIVER = """\
waivers:
  - rule: EXE101
    department: 云岭县体育中心
    subject: department/project
    bound: ">= 15%"
    reason: 合同约定验收后一次付清
    approved_by: 预算绩效股
    expires: 2022-12-31
"""


def test_a_report_whose_findings_are_all_waived_does_not_say_that_nothing_was_found(tmp_path: Path) -> None:
    path = tmp_path / "豁免.yaml"
    path.write_text(WAIVER, encoding="utf-8")
    waivers = load_waivers(path, CORE, CATALOG.types, CATALOG.functions)
    slow = filing("云岭县体育中心", project={"spent": "8.00万元", "claims": []}, total={"spent": "38.00万元", "claims": []})  # fmt: skip
    submission = readers.submission_from(slow, "given", CATALOG.types)
    report = pipeline.check(submission, CORE, CATALOG, waivers=waivers)
    assert (report.status, report.findings) == (Status.GREEN, ())
    whole = terminal_report(Results((report,)), "zh", Page(160))
    assert "所有发现均已豁免 豁免 1" in whole.replace(";", "")
    assert "未发现问题" not in whole
    for many in (
        terminal_report(Results((report,) * 6), "zh", Page(160)),
        html_report(Results((report,) * 6), "zh"),
    ):
        assert "未发现问题" not in many
        assert "6 份的发现已豁免" in many
    quiet = terminal_report(Results((report,)), "zh", Page(80, detail=Detail.QUIET))
    assert quiet.count("豁免 1") == 2


def test_every_finding_is_in_the_list_once(results: Results) -> None:
    told = terminal_report(results, "zh", Page(100))
    listed = told[told.index("\n发现 (") :]
    for report in results.reports:
        for finding in report.findings:
            lines = [
                each for each in listed.splitlines() if report.department[:8] in each and finding.rule in each
            ]
            assert len(lines) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_of_the_list_is_whole_on_a_narrow_page(results: Results, language: Language) -> None:
    """Titles are wrapped and not cut, and subject and margin stand with them: no two findings read alike."""
    twice = filing("云岭县文化馆", project={"spent": "2.00万元"}, basic={"spent": "3.00万元"})
    told = terminal_report(Results((checked(twice), *results.reports)), language, Page(80))
    listed = told[told.index("发现 (" if language == "zh" else "Findings (") :]
    assert "..." not in listed.replace("中心...", "").replace("服务保障...", "")
    assert max(map(columns, listed.splitlines())) <= 80
    joined = "".join(listed.split())
    for finding in checked(twice).findings:
        assert "".join(finding.title.said(language).split()) in joined


def test_many_are_shown_whole_only_where_that_is_asked_for(results: Results) -> None:
    whole = "绩效监控报告核查结果"
    assert whole not in terminal_report(results, "zh", Page(80))
    assert terminal_report(results, "zh", Page(80, detail=Detail.VERBOSE)).count(whole) == len(
        results.reports
    )
    assert terminal_report(Results(results.reports[:MANY]), "zh", Page(80)).count(whole) == MANY


def test_narrow_and_wide_pages_lose_nothing_they_have_room_for(results: Results) -> None:
    for width in (80, 100, 160):
        for detail in Detail:
            told = terminal_report(results, "en", Page(width, detail=detail))
            assert max(map(columns, told.splitlines())) <= width
    assert "不动产登记与国土空间规划服务保障中心" in terminal_report(
        results, "zh", Page(160, detail=Detail.QUIET)
    )


def test_a_county_in_order_has_no_list_of_findings() -> None:
    told = terminal_report(Results((checked(filing("云岭县教育局")),) * (MANY + 1)), "zh", Page(80))
    assert "绿" in told
    assert "发现 (" not in told


def test_colours_repeat_what_the_words_say(results: Results) -> None:
    coloured = terminal_report(results, "zh", Page(80, colour=True))
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == terminal_report(results, "zh", Page(80))


def test_the_same_results_give_the_same_text(results: Results) -> None:
    assert terminal_report(results, "zh", Page(80)) == terminal_report(county(), "zh", Page(80))
