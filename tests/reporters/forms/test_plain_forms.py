"""CSV, Markdown and JUnit, each read back by somebody else's reader."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt
from tests.reporters.forms.runs import HOSTILE, county, everything, reports, words

from perfrules.model.finding import Outcome
from perfrules.model.report import Report, Results
from perfrules.plugins.hooks import Detail, Page
from perfrules.reporters.plain.findings_csv import findings_csv, guarded
from perfrules.reporters.plain.findings_junit import findings_junit
from perfrules.reporters.plain.findings_markdown import findings_markdown, text
from perfrules.reporters.xlsx.text import allowed

RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def rows(results: Results, language: Any = "zh") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(findings_csv(results, language).removeprefix("\ufeff"), newline="")))


def test_csv_has_its_mark_and_line_ends_and_a_row_for_each_finding() -> None:
    said = findings_csv(county(), "zh")
    assert said.encode().startswith(b"\xef\xbb\xbf")
    assert said.count("\r\n") == said.count("\n") == 6
    findings = [each for report in county().reports for each in report.findings]
    assert [row["指纹"] for row in rows(county())] == [each.fingerprint for each in findings]
    first = rows(county())[0]
    assert (first["级别"], first["规则"], first["相差数值"], first["相差单位"]) == (
        "请更正",
        "ARI106",
        "23.56",
        "百分点",
    )
    assert first["位置"] == "第31行"
    assert rows(county(), "en")[0]["Severity"] == "Please correct"


def test_csv_tells_what_is_open_before_the_findings() -> None:
    report = next(each for each in county().reports if each.department == "云岭县农机推广站")
    open_ = next(each for each in report.ledger.verdicts if each.outcome is Outcome.UNDETERMINED)
    grey = evolve(report, open_required=(open_,))
    told = rows(Results((grey, *everything().reports), everything().faults))
    assert [row["结果"] for row in told[:3]] == ["未能读取", "应判断而未判断", "数字未读入"]
    assert told[0]["文件"] == "examples/yunling/坏 的.docx"
    assert told[1]["规则"] == open_.rule
    assert "缺" in told[1]["说明"]
    left = next(row for row in told if row["结果"] == "数字未读入")
    assert (left["部门"], left["位置"]) == ("云岭县水文监测站", "第3行")


@pytest.mark.parametrize("said", HOSTILE)
def test_no_cell_of_csv_begins_as_a_formula_does(said: str) -> None:
    cell = guarded(said)
    assert not cell.startswith(RISKY)
    kept = " ".join(allowed(said).split())
    assert cell == kept or cell == f"'{kept}"


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(reports())
def test_csv_of_any_report_comes_back_and_only_numbers_begin_with_a_sign(report: Report) -> None:
    told = rows(Results((report,)))
    assert sum(row["结果"] == "不符" for row in told) == len(report.findings)
    for row in told:
        for heading, cell in row.items():
            assert not cell.startswith(RISKY) or re.fullmatch(r"-\d+(\.\d+)?", cell), (heading, cell)
            assert "\n" not in cell


def rendered(said: str) -> str:
    """The words that a reader of the Markdown sees."""
    tokens = MARKDOWN.parseInline(said)[0].children or []
    assert {each.type for each in tokens} <= {"text", "text_special"}, (said, tokens)
    return "".join(each.content for each in tokens)


@given(words(1) | st.text(max_size=20) | st.text("*_`[]()<>#+-.!|\\~&;:/w@$=1a甲 \n", max_size=20))
@settings(max_examples=250)
def test_markdown_shows_any_words_as_they_are(said: str) -> None:
    escaped = text(said)
    assert "\n" not in escaped
    assert not re.search(r"://|\bwww\.|(?<!\\)@", escaped)  # what GitHub makes links of
    assert rendered(escaped) == " ".join(said.replace("\0", "\ufffd").split())


@given(words(1) | st.text("*_`[]<>#+-.!|\\~ 1甲)", max_size=12))
@settings(max_examples=200)
def test_words_at_the_start_of_a_line_are_no_heading_list_or_rule(said: str) -> None:
    blocks = {each.type for each in MARKDOWN.parse(text(said))}
    assert blocks <= {"paragraph_open", "inline", "paragraph_close"}


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(reports(), st.sampled_from(["zh", "en"]), st.sampled_from(Detail))
def test_markdown_of_any_report_has_no_link_no_html_and_whole_tables(
    report: Report, language: Any, detail: Detail
) -> None:
    tokens = MARKDOWN.parse(findings_markdown(Results((report,)), language, Page(detail=detail)))
    inner = [child for each in tokens for child in each.children or ()]
    kinds = {each.type for each in (*tokens, *inner)}
    assert not kinds & {
        "link_open",
        "image",
        "html_block",
        "html_inline",
        "fence",
        "code_inline",
        "code_block",
        "hr",
    }
    headings = [each for each in tokens if each.type == "heading_open" and each.tag == "h4"]
    assert len(headings) == len(report.findings)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_markdown_tells_grey_first_and_every_finding(language: Any) -> None:
    said = findings_markdown(everything(), language, Page())
    heads = re.findall(r"^## (.*)$", said, re.MULTILINE)
    assert heads[3:] == ["云岭县水文监测站", "云岭县互联网信息办公室", "云岭县农机推广站"]
    assert heads[:2] == (["未能读取", "另请留意"] if language == "zh" else ["Not read", "Also told"])
    for report in everything().reports:
        for each in report.findings:
            assert text(each.message.said(language)) in said


def suites(results: Results, language: Any = "zh", detail: Detail = Detail.NORMAL) -> Any:
    return JUnitXml.fromstring(findings_junit(results, language, Page(detail=detail)).encode())


def test_junit_has_a_suite_for_each_submission_and_its_sums_are_the_ledgers() -> None:
    found = {each.name: each for each in suites(everything())}
    assert list(found) == ["未能读取的文件", "另请留意", *(each.department for each in everything().reports)]
    for report in everything().reports:
        totals, suite = report.ledger.totals(), found[report.department]
        left = sum(each.open for each in report.unread)
        ends = [case.result[0] if case.result else None for case in suite]
        assert sum(isinstance(each, Failure) for each in ends) == suite.failures == totals[Outcome.VIOLATION]
        skipped = totals[Outcome.UNDETERMINED] + totals[Outcome.WAIVED] + left
        assert sum(isinstance(each, Skipped) for each in ends) == suite.skipped == skipped
        assert sum(each is None for each in ends) == totals[Outcome.PASS]
        assert suite.tests == len(ends)
        properties = {each.name: each.value for each in suite.properties()}
        assert properties["not_applicable"] == str(totals[Outcome.NOT_APPLICABLE])
        assert properties["status"] == report.status.value
        folded = [also for each in report.findings for also in each.also]
        assert suite.failures == int(properties["findings"]) + int(properties["folded"])
        assert properties["findings"] == str(len(report.findings))
        assert properties["folded"] == str(len(folded))
    assert list(found["另请留意"]) == []
    (broken,) = list(found["未能读取的文件"])
    assert isinstance(broken.result[0], Error)
    assert broken.name == "examples/yunling/坏 的.docx"


def test_junit_tells_how_grave_a_violation_is_and_where() -> None:
    cases = [case for suite in suites(county()) for case in suite]
    failures = [case for case in cases if case.result and isinstance(case.result[0], Failure)]
    assert [case.result[0].type for case in failures].count("error") == 2
    assert {case.result[0].type for case in failures} == {"error", "warning"}
    wrong_base = next(case for case in failures if case.classname.startswith("ARI106"))
    assert wrong_base.classname == "ARI106 占比所用分母与所称不符"
    assert wrong_base.name == "合计 / 69.86% [department/total/claim:1]"
    assert wrong_base.result[0].message.startswith("请更正: 报告称实际支出29.5342万元占调整预算的69.86%")
    assert "“69.86%” 所列占比 (第31行)" in wrong_base.result[0].text


def test_junit_tells_why_a_case_is_skipped_and_every_case_has_a_name_of_its_own() -> None:
    found = suites(everything())
    cases = [(suite.name, case.classname, case.name) for suite in found for case in suite]
    assert len(cases) == len(set(cases))
    skipped = [case.result[0].message for suite in found for case in suite if case.result and isinstance(case.result[0], Skipped)]  # fmt: skip
    assert any(each.startswith("未能判断: 缺 ") for each in skipped)
    assert any(each.startswith("豁免: 合同约定验收后一次付清") for each in skipped)
    assert any("所在分句没有说明是哪一项资金" in each for each in skipped)


def test_junit_leaves_out_what_is_not_applicable_unless_all_is_asked_for() -> None:
    for report in county().reports:
        alone = Results((report,))
        (verbose,) = list(suites(alone, detail=Detail.VERBOSE))
        assert verbose.tests == len(report.ledger.verdicts)


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(reports(), st.sampled_from(Detail))
def test_junit_of_any_report_is_read(report: Report, detail: Detail) -> None:
    (suite,) = list(suites(Results((report,)), detail=detail))
    violated = sum(each.outcome is Outcome.VIOLATION for each in report.ledger.verdicts)
    assert suite.failures == violated


def test_an_answer_stands_beside_its_finding_and_in_a_table_of_its_own() -> None:
    from perfrules.location import Location
    from perfrules.model.reply import Answer, Opinion, Replied, Reply, Standing
    from perfrules.reporters.rows import tables

    report = next(each for each in county().reports if each.findings)
    finding = report.findings[-1]
    reply = Reply(finding.rule, report.department, finding.subject.id, finding.fingerprint, Answer.EXPLAINED, "=合同约定", Location("反馈单.xlsx", "反馈!C7"), opinion=Opinion.AGREED, reviewer="某股")  # fmt: skip
    results = Results((evolve(report, replies=(Replied(reply, Standing.OPEN),)),))
    assert [row["部门答复"] for row in rows(results) if row["部门答复"]] == ["有说明: =合同约定 (同意 某股)"]
    answers = next(each for each in tables(results, "zh") if each.title.zh == "部门答复")
    (row,) = answers.rows()
    assert row[4:8] == ("有说明", "=合同约定", "同意", "某股")
    assert row[10] == "仍待处理"
    said = findings_markdown(results, "zh", Page())
    assert "### 部门答复" in said
    assert "反馈\\!C7" in said or "反馈!C7" in said
