"""The projects of a report: type, expected progress, indicators with how they came about, and what is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.bilingual import Language
from perfrules.language import calculation, lacks_said, shown
from perfrules.model.project_report import IndicatorResult, ProjectReport, TargetComparison
from perfrules.model.report import Report
from perfrules.model.truth import Number, Unknown, Value
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, columns, labelled
from perfrules.reporters.words import UNNAMED

GENERAL = "general"
WIDEST = 24


def project_lines(report: Report, language: Language, page: Page) -> Iterator[Styled]:
    """A section with every project of which there is something to say beside its name."""
    told = [each for each in report.projects if each.type != GENERAL]
    if not told:
        return
    yield Styled("")
    yield Styled(f"{'项目与指标' if language == 'zh' else 'Projects and indicators'} ({len(told)})", "title")
    for each in told:
        yield from _project(each, language, page)


def _project(project: ProjectReport, language: Language, page: Page) -> Iterator[Styled]:
    zh = language == "zh"
    name = project.subject.name or UNNAMED.said(language)
    if project.claimed_by:
        types = (" / ").join(each.said(language) for each in project.claimed_by)
        yield from block(f"{name}  {'类型不明, 可为' if zh else 'type not clear, one of'}: {types}", page)
        return
    yield from block(f"{name}  ({project.label.said(language) or UNNAMED.said(language)})", page)
    rows = list(_rows(project, language))
    gap = min(WIDEST, max((columns(label) for label, _ in rows), default=0)) + 2
    for label, said in rows:
        yield from labelled(label, said, page, 6, gap)


def _rows(project: ProjectReport, language: Language) -> Iterator[tuple[str, str]]:
    zh = language == "zh"
    if project.asks:
        asked = ("、" if zh else ", ").join(each.label.said(language) for each in project.asks)
        why = (
            "据以判断支出进度, 暂不评价"
            if zh
            else "they decide how far spending should be; it is not judged until then"
        )
        yield ("请提供" if zh else "please give"), f"{asked} ({why})"
    else:
        progress = project.progress.value
        yield ("应达进度" if zh else "expected progress"), shown(progress, language)
    unknown = [each for each in project.indicators if _says_nothing(each.trace.value)]
    for each in project.indicators:
        if each not in unknown:
            yield each.indicator.title.said(language), _said(each, language)
    if unknown:
        listed = "; ".join(_lacking(each, language) for each in unknown)
        yield ("未能计算" if zh else "not computed"), listed


def _said(result: IndicatorResult, language: Language) -> str:
    said = calculation(result.trace, language)
    value = shown(result.trace.value, language)
    whole = said if said.endswith(value) else f"{said} = {value}"
    return whole + (_against(result.target, language) if result.target else "")


def _against(target: TargetComparison, language: Language) -> str:
    zh = language == "zh"
    planned = f"{target.operator}{shown(target.planned.value, language)}"
    if isinstance(target.met, Unknown):
        said = "不能比较" if zh else "cannot be compared"
    elif target.met:
        said = "达到" if zh else "met"
    else:
        said = "未达到" if zh else "not met"
    return f"; {'目标' if zh else 'target'} {planned}: {said}"


def _lacking(result: IndicatorResult, language: Language) -> str:
    value = result.trace.value
    lacks = value.lacks if isinstance(value, Unknown) else result.trace.lacks
    why = f" ({lacks_said(lacks, language)})" if lacks else ""
    return f"{result.indicator.title.said(language)}{why}"


def _says_nothing(value: Value) -> bool:
    """Whether a value is unknown, or no more than not below zero: a sum of what the text does not mention."""
    if not isinstance(value, Number):
        return isinstance(value, Unknown)
    return value.interval.high is None and (value.interval.low is None or value.interval.low <= 0)
