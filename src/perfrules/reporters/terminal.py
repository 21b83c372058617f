"""The terminal report: one for each submission, then a list of all where there are several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from perfrules.bilingual import Language
from perfrules.model.finding import Finding, Outcome
from perfrules.model.report import Report, Results, Status
from perfrules.model.rule import Severity
from perfrules.model.waiver import WaiversName
from perfrules.plugins.hooks import Page
from perfrules.reporters.evidence import evidence
from perfrules.reporters.layout import Styled, block, columns, labelled, padded, rendered, wrapped
from perfrules.reporters.ledger_lines import (
    corrected_lines,
    files_not_read,
    ledger_lines,
    unread_lines,
    waived_lines,
)
from perfrules.reporters.project_lines import project_lines
from perfrules.reporters.words import ASKED, LIGHTS, SEVERITIES, STATUSES, UNNAMED

GAP = {"zh": 10, "en": 13}
CELL = 9


def terminal_report(results: Results, language: Language, page: Page) -> str:
    """All reports as text for a terminal of that width; the words say everything, colour only repeats it."""
    reports = results.reports
    parts = [_report(each, language, page) for each in reports]
    if len(reports) > 1:
        parts.append(_overview(reports, language, page))
    return rendered(chain.from_iterable(parts), page) + files_not_read(results.faults, language, page)


def _report(report: Report, language: Language, page: Page) -> Iterator[Styled]:
    zh = language == "zh"
    yield Styled("绩效监控报告核查结果" if zh else "Check of a performance monitoring report", "title")
    start, end = report.period
    unknown = UNNAMED.said(language)
    to = " 至 " if zh else " to "
    head = [
        ("部门" if zh else "Department", report.department or unknown),
        ("期间" if zh else "Period", f"{start or unknown}{to}{end}" if end else unknown),
        ("文件" if zh else "File", "; ".join(each.path for each in report.inputs)),
        (
            "规则集" if zh else "Ruleset",
            f"{report.ruleset.id} {report.ruleset.version} (perfrules {report.tool})",
        ),
    ]
    if report.as_of is not None and report.as_of != end:
        head.append(("规则日期" if zh else "Rules of", report.as_of.isoformat()))
    if report.waivers is not None:
        head.append(("豁免文件" if zh else "Waivers", _waivers_said(report.waivers, language)))
    if report.plugins.left_out:
        head.append(("未用插件" if zh else "Left out", ", ".join(report.plugins.left_out)))
    for label, text in head:
        yield from labelled(label, text, page, 0, GAP[language])
    yield from _light(report, language, page)
    number = 0
    for severity in Severity:
        found = [each for each in report.findings if each.severity is severity]
        if found:
            yield Styled("")
            yield Styled(f"{SEVERITIES[severity].said(language)} ({len(found)})", severity.value)
        for finding in found:
            number += 1
            yield from _finding(number, finding, report, language, page)
    yield from waived_lines(report, language, page)
    yield from corrected_lines(report.corrections, language, page)
    yield from project_lines(report, language, page)
    yield from ledger_lines(report, language, page)
    yield from unread_lines(report.unread, language, page)
    yield Styled("")


def _waivers_said(waivers: WaiversName, language: Language) -> str:
    day = waivers.review_date or UNNAMED.said(language)
    return f"{waivers.path} ({'复核日期' if language == 'zh' else 'reviewed on'} {day})"


def _light(report: Report, language: Language, page: Page) -> Iterator[Styled]:
    said = STATUSES[report.status].said(language)
    if report.status is Status.FINDINGS:
        counts = [
            f"{ASKED[each].said(language)} {sum(finding.severity is each for finding in report.findings)}"
            for each in Severity
        ]
        said = f"{said} {', '.join(counts)}"
    said = "; ".join((said, *_left_open(report, language)))
    label = "结论" if language == "zh" else "Result"
    for line in labelled(label, said, page, 0, GAP[language]):
        yield Styled(line.text, report.status.value)


def _left_open(report: Report, language: Language) -> Iterator[str]:
    """What keeps a report from being green without being a finding: counted, never called passed."""
    zh = language == "zh"
    unread = sum(each.open for each in report.unread)
    if report.open_required:
        yield f"{'应判断而未能判断' if zh else 'required and undetermined:'} {len(report.open_required)}"
    if unread:
        yield f"{'未读入而需查看的数字' if zh else 'figures left unread, please look:'} {unread}"


def _finding(
    number: int, finding: Finding, report: Report, language: Language, page: Page
) -> Iterator[Styled]:
    yield Styled("")
    yield from (
        Styled(line.text, "title")
        for line in block(f"{number}. {finding.title.said(language)} [{finding.rule}]", page, 0)
    )
    yield from block(finding.message.said(language), page)
    for label, text in evidence(finding, report, language):
        yield from labelled(label, text, page, 3, GAP[language])


def _overview(reports: Sequence[Report], language: Language, page: Page) -> Iterator[Styled]:
    """A line for each submission, grey ones first: they are what nobody has looked at yet."""
    zh = language == "zh"
    heads = (
        ("请更正", "请说明", "提示", "未判断", "结论")
        if zh
        else ("Correct", "Explain", "Note", "Open", "Result")
    )
    title = "部门" if zh else "Department"
    room = max(20, page.width - len(heads) * CELL)
    wide = min(room, 2 + max(columns(text) for text in (title, *map(_named, reports))))
    yield Styled(f"共 {len(reports)} 份" if zh else f"{len(reports)} submissions", "title")
    yield from _aligned(title, heads, wide, "")
    order = (Status.GREY, Status.FINDINGS, Status.GREEN)
    for report in sorted(reports, key=lambda each: order.index(each.status)):
        counts = [sum(finding.severity is each for finding in report.findings) for each in Severity]
        cells = [*counts, report.ledger.totals()[Outcome.UNDETERMINED]]
        light = LIGHTS[report.status].said(language)
        yield from _aligned(_named(report), [*map(str, cells), light], wide, report.status.value)


def _named(report: Report) -> str:
    return report.department or "; ".join(each.path for each in report.inputs)


def _aligned(name: str, cells: Sequence[str], wide: int, style: str) -> Iterator[Styled]:
    """A name in its column, wrapped under itself, and the cells beside its first line."""
    beside = "".join(padded(cell, CELL) for cell in cells)
    for line in wrapped(name, wide - 2):
        yield Styled((padded(line, wide) + beside).rstrip(), style)
        beside = ""
