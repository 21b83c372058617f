"""What a finding stands on, in words: shared by every report that people read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from perfrules.bilingual import Language
from perfrules.language import calculation
from perfrules.model.fact import Fact
from perfrules.model.finding import Cause, Finding
from perfrules.model.report import Report
from perfrules.model.trace import Trace
from perfrules.model.waiver import WAIVER
from perfrules.reporters.reply_lines import reply_lines
from perfrules.reporters.words import place_said, printed_said, subject_said
from perfrules.rules import margin_said


def evidence(finding: Finding, report: Report, language: Language) -> Iterator[tuple[str, str]]:
    """What a finding stands on, as labels and texts, printed words last; a label that goes on is empty."""
    yield from reasons(finding, report, language)
    with_source = _with_source(finding, report)
    for index, fact in enumerate(fact for fact in finding.evidence if fact.quote):
        yield (
            ("" if index else "原文" if language == "zh" else "Printed"),
            printed_said(fact, language, with_source=with_source),
        )


def _with_source(finding: Finding, report: Report) -> bool:
    """Whether a place has to name its file."""
    return len(report.inputs) != 1 or finding.subject.type == WAIVER


def reasons(finding: Finding, report: Report, language: Language) -> Iterator[tuple[str, str]]:
    """The same without the printed words: calculation, suspects, margin, explanation, findings folded in, basis."""
    zh = language == "zh"
    yield "计算" if zh else "Computed", calculation(finding.trace, language)
    for cause in finding.causes:
        figure = partial(printed_said, language=language, with_source=_with_source(finding, report))
        yield "相符分母" if zh else "Agrees with", cause_said(cause, language, figure)
    if finding.margin is not None:
        yield "相差" if zh else "Margin", margin_said(finding.margin, language)
    if finding.explanation is not None:
        quote, where = finding.explanation.quote, place_said(finding.explanation.location, language)
        said = where if quote in finding.message.said(language) else f"“{quote}” {where}"
        yield "报告说明" if zh else "Explained", said
    if finding.reply is not None:
        yield from reply_lines(finding.reply, language)
    for also in finding.also:
        yield "一并" if zh else "Together", f"{subject_said(also.subject, language)} [{also.rule}]"
    yield "依据" if zh else "Basis", basis_said(finding, report, language)


def cause_said(cause: Cause, language: Language, figure: Callable[[Fact], str]) -> str:
    """What reproduces the figure, with the computation, and its figures in the words of `figure`, which tell their places."""
    said = f"{cause.label.said(language)}: {calculation(cause.trace, language)}"
    figures = ("、" if language == "zh" else ", ").join(map(figure, cause.figures))
    return f"{said}; {figures}" if figures else said


def basis_said(finding: Finding, report: Report, language: Language) -> str:
    """Confirmed documents only; without one the ruleset itself is what the finding rests on."""
    confirmed = [each for each in finding.basis if each.confirmed]
    if confirmed:
        return "; ".join(f"{each.document}{each.number}{each.article}" for each in confirmed)
    if finding.subject.type == WAIVER and finding.facts and (place := finding.facts[0].location) is not None:
        path = place.source
        if path in {each.path for each in report.reply_forms}:
            return f"反馈单 {path}" if language == "zh" else f"the replies in {path}"
        return f"豁免文件 {path}" if language == "zh" else f"the waivers file {path}"
    if finding.plugin:
        return f"插件 {finding.plugin} 的规则" if language == "zh" else f"a rule of plugin {finding.plugin}"
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
