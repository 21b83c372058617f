"""One submission's report: its light, where to look first, the findings with their evidence, and the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.bilingual import Language
from perfrules.model.finding import Finding
from perfrules.model.report import Report
from perfrules.model.waiver import WaiversName
from perfrules.plugins.hooks import Detail, Page
from perfrules.reporters.evidence import evidence
from perfrules.reporters.layout import Styled, block, labelled
from perfrules.reporters.ledger_lines import corrected_lines, ledger_lines, unread_lines, waived_lines
from perfrules.reporters.lights import light_said
from perfrules.reporters.project_lines import project_lines
from perfrules.reporters.terminal.causes import cause_lines, decider_lines, look_first
from perfrules.reporters.terminal.groups import groups
from perfrules.reporters.terminal.traces import passed_lines, steps
from perfrules.reporters.words import SEVERITIES, UNNAMED

GAP = {"zh": 10, "en": 13}


def report_lines(report: Report, language: Language, page: Page) -> Iterator[Styled]:
    """Everything on one submission; with its passes and the steps of every calculation where the page is verbose."""
    yield from _head(report, language, page)
    numbers: dict[str, int] = {}
    found = list(groups(report, language, page))
    for _, findings in found:
        for finding in findings:
            numbers[finding.fingerprint] = len(numbers) + 1
    if page.group_by != "cause":
        yield from cause_lines(report, numbers, language, page)
    for heading, findings in found:
        yield Styled("")
        yield from heading
        for finding in findings:
            yield from _finding(numbers[finding.fingerprint], finding, report, language, page)
    yield from waived_lines(report, language, page)
    yield from corrected_lines(report.corrections, language, page)
    yield from project_lines(report, language, page)
    yield from ledger_lines(report, language, page)
    yield from decider_lines(report, language, page)
    if page.detail is Detail.VERBOSE:
        yield from passed_lines(report, language, page)
    yield from unread_lines(report.unread, language, page)
    yield Styled("")


def _head(report: Report, language: Language, page: Page) -> Iterator[Styled]:
    zh = language == "zh"
    yield Styled("绩效监控报告核查结果" if zh else "Check of a performance monitoring report", "title")
    for label, text in _facts(report, language):
        yield from labelled(label, text, page, 0, GAP[language])
    label = "结论" if zh else "Result"
    for line in labelled(label, light_said(report, language), page, 0, GAP[language]):
        yield Styled(line.text, report.status.value)


def _facts(report: Report, language: Language) -> Iterator[tuple[str, str]]:
    zh = language == "zh"
    start, end = report.period
    unknown = UNNAMED.said(language)
    to = " 至 " if zh else " to "
    yield "部门" if zh else "Department", report.department or unknown
    yield "期间" if zh else "Period", f"{start or unknown}{to}{end}" if end else unknown
    yield "文件" if zh else "File", "; ".join(each.path for each in report.inputs)
    ruleset = f"{report.ruleset.id} {report.ruleset.version} (perfrules {report.tool})"
    yield "规则集" if zh else "Ruleset", ruleset
    if report.as_of is not None and report.as_of != end:
        yield "规则日期" if zh else "Rules of", report.as_of.isoformat()
    if report.waivers is not None:
        yield "豁免文件" if zh else "Waivers", _waivers_said(report.waivers, language)
    if report.plugins.left_out:
        yield "未用插件" if zh else "Left out", ", ".join(report.plugins.left_out)


def _waivers_said(waivers: WaiversName, language: Language) -> str:
    day = waivers.review_date or UNNAMED.said(language)
    return f"{waivers.path} ({'复核日期' if language == 'zh' else 'reviewed on'} {day})"


def _finding(
    number: int, finding: Finding, report: Report, language: Language, page: Page
) -> Iterator[Styled]:
    yield Styled("")
    asked = f"{SEVERITIES[finding.severity].said(language)}: " if page.group_by != "severity" else ""
    title = f"{number}. {asked}{finding.title.said(language)} [{finding.rule}]"
    yield from (Styled(line.text, "title") for line in block(title, page, 0))
    yield from block(finding.message.said(language), page)
    for label, text in (*evidence(finding, report, language), *look_first(finding, report, language)):
        yield from labelled(label, text, page, 3, GAP[language])
    if page.detail is Detail.VERBOSE:
        yield from steps(finding.trace, language, page)
