"""The terminal report: one for each submission, then a list of all where there are several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from perfrules.bilingual import Language
from perfrules.language import calculation, shown
from perfrules.model.fact import Fact
from perfrules.model.finding import Finding, Outcome, Report, Status
from perfrules.model.rule import Severity
from perfrules.model.subject_types import label_of
from perfrules.model.trace import Trace
from perfrules.model.truth import Number
from perfrules.model.unit import Kind
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, labelled, padded, rendered
from perfrules.reporters.ledger_lines import ledger_lines, unread_lines
from perfrules.reporters.words import ASKED, LIGHTS, SEVERITIES, STATUSES, UNNAMED, place_said

GAP = {"zh": 10, "en": 13}


def terminal_report(reports: Sequence[Report], language: Language, page: Page) -> str:
    """All reports as text for a terminal of that width; the words say everything, colour only repeats it."""
    parts = [_report(each, language, page) for each in reports]
    if len(reports) > 1:
        parts.append(_overview(reports, language))
    return rendered(chain.from_iterable(parts), page)


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
    yield from ledger_lines(report, language, page)
    yield from unread_lines(report.unread, language, page)
    yield Styled("")


def _light(report: Report, language: Language, page: Page) -> Iterator[Styled]:
    said = STATUSES[report.status].said(language)
    if report.status is Status.FINDINGS:
        counts = [
            f"{ASKED[each].said(language)} {sum(finding.severity is each for finding in report.findings)}"
            for each in Severity
        ]
        said = f"{said} {', '.join(counts)}"
        if report.open_required:
            zh, en = "另有应判断而未能判断", "required and undetermined:"
            said += f"; {zh if language == 'zh' else en} {len(report.open_required)}"
    label = "结论" if language == "zh" else "Result"
    for line in labelled(label, said, page, 0, GAP[language]):
        yield Styled(line.text, report.status.value)


def _finding(
    number: int, finding: Finding, report: Report, language: Language, page: Page
) -> Iterator[Styled]:
    yield Styled("")
    yield from (
        Styled(line.text, "title")
        for line in block(f"{number}. {finding.title.said(language)} [{finding.rule}]", page, 0)
    )
    yield from block(finding.message.said(language), page)
    for label, text in _evidence(finding, report, language):
        yield from labelled(label, text, page, 3, GAP[language])


def _evidence(finding: Finding, report: Report, language: Language) -> Iterator[tuple[str, str]]:
    zh = language == "zh"
    yield "计算" if zh else "Computed", calculation(finding.trace, language)
    for cause in finding.causes:
        said = f"{cause.label.said(language)}: {calculation(cause.trace, language)}"
        yield "相符分母" if zh else "Agrees with", said
    if finding.margin is not None:
        yield "相差" if zh else "Margin", _margin(finding.margin, language)
    if finding.explanation is not None:
        quote, where = finding.explanation.quote, place_said(finding.explanation.location, language)
        said = where if quote in finding.message.said(language) else f"“{quote}” {where}"
        yield "报告说明" if zh else "Explained", said
    for also in finding.also:
        yield "一并" if zh else "Together", f"{also.subject.name or also.subject.id} [{also.rule}]"
    yield "依据" if zh else "Basis", _basis(finding, report, language)
    for index, fact in enumerate(fact for fact in finding.facts if fact.quote):
        yield ("" if index else "原文" if zh else "Printed"), _printed(fact, report, language)


def _margin(margin: Number, language: Language) -> str:
    if margin.unit.kind is Kind.RATIO and margin.interval.exact is not None:
        points = shown(margin, language).removesuffix("%")
        return f"{points}个百分点" if language == "zh" else f"{points} percentage points"
    return shown(margin, language)


def _basis(finding: Finding, report: Report, language: Language) -> str:
    """Confirmed documents only; without one the ruleset itself is what the finding rests on."""
    confirmed = [each for each in finding.basis if each.confirmed]
    if confirmed:
        return "; ".join(f"{each.document}{each.number}{each.article}" for each in confirmed)
    rests_on_a_line = finding.limit is not None and not _is_figure(finding.limit)
    if language == "zh":
        return f"本轮参考线(规则集 {report.ruleset.id})" if rests_on_a_line else "报告所列数据之间的计算关系"
    return (
        f"this round's line (ruleset {report.ruleset.id})"
        if rests_on_a_line
        else "arithmetic of the report's own figures"
    )


def _is_figure(trace: Trace) -> bool:
    return trace.fact is not None


def _printed(fact: Fact, report: Report, language: Language) -> str:
    quote = "".join(fact.quote.split())
    shortened = quote if len(quote) <= 40 else f"{quote[:40]}..."
    label = label_of(fact.field).said(language)
    source = f"{fact.location.source} " if fact.location is not None and len(report.inputs) != 1 else ""
    return f"“{shortened}” {label} ({source}{place_said(fact.location, language)})"


def _overview(reports: Sequence[Report], language: Language) -> Iterator[Styled]:
    """A line for each submission, grey ones first: they are what nobody has looked at yet."""
    zh = language == "zh"
    heads = (
        ("请更正", "请说明", "提示", "未判断", "结论")
        if zh
        else ("Correct", "Explain", "Note", "Open", "Result")
    )
    yield Styled(f"共 {len(reports)} 份" if zh else f"{len(reports)} submissions", "title")
    yield Styled((padded("部门" if zh else "Department", 34) + _cells(heads)).rstrip())
    order = (Status.GREY, Status.FINDINGS, Status.GREEN)
    for report in sorted(reports, key=lambda each: order.index(each.status)):
        counts = [sum(finding.severity is each for finding in report.findings) for each in Severity]
        cells = [*counts, report.ledger.totals()[Outcome.UNDETERMINED]]
        name = report.department or report.inputs[0].path
        light = LIGHTS[report.status].said(language)
        yield Styled(padded(name, 34) + _cells([*map(str, cells), light]).rstrip(), report.status.value)


def _cells(cells: Sequence[str]) -> str:
    return "".join(padded(cell, 9) for cell in cells)
