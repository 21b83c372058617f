"""The projects of a submission: their types, how far spending should be, what is asked for, and their indicators."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.language import calculation, lacks_said, shown
from perfrules.model.project_report import IndicatorResult, ProjectReport, TargetComparison
from perfrules.model.report import Report
from perfrules.model.truth import Number, Unknown
from perfrules.reporters.html.markup import Markup, element
from perfrules.reporters.html.wording import Say
from perfrules.reporters.project_lines import GENERAL


def projects_markup(report: Report, level: int, say: Say) -> Markup | None:
    """Every project of which there is more to say than its name, folded; nothing where there is none."""
    told = [each for each in report.projects if each.type != GENERAL]
    if not told:
        return None
    title = f"{say('项目与指标', 'Projects and indicators')} ({len(told)})"
    body = (_project(each, level + 1, say) for each in told)
    return element("details", element("summary", element(f"h{level}", title)), body, class_="projects")


def _project(project: ProjectReport, level: int, say: Say) -> Markup:
    name = say.named(project.subject.name)
    kind = say.of(project.label)
    title = element(f"h{level}", f"{name} ({kind})" if kind else name)
    facts = [(element("dt", label), element("dd", text)) for label, text in _facts(project, say)]
    return element("section", title, element("dl", facts, class_="head"), _indicators(project, name, say))


def _facts(project: ProjectReport, say: Say) -> Iterator[tuple[str, str]]:
    if project.claimed_by:
        types = " / ".join(say.of(each) for each in project.claimed_by)
        yield say("类型不明, 可为", "Type not clear, one of"), types
    elif project.asks:
        why = say(
            "据以判断支出进度, 暂不评价",
            "they decide how far spending should be; it is not judged until then",
        )
        yield (
            say("请提供", "Please give"),
            f"{say.listed(say.of(each.label) for each in project.asks)} ({why})",
        )
    else:
        yield say("应达进度", "Expected"), shown(project.progress.value, say.language)


def _indicators(project: ProjectReport, name: str, say: Say) -> Markup | None:
    if not project.indicators:
        return None
    with_targets = any(each.target for each in project.indicators)
    heads = [say("指标", "Indicator"), say("结果", "Value"), say("计算", "Computed")]
    heads += [say("目标", "Target")] if with_targets else []
    head = element("thead", element("tr", (element("th", each, scope="col") for each in heads)))
    rows = (_row(each, with_targets, say) for each in project.indicators)
    title = f"{name}: {say('指标', 'indicators')}"
    table = element("table", element("caption", title), head, element("tbody", rows))
    return element("div", table, class_="wide", role="group", aria_label=title, tabindex=0)


def _row(result: IndicatorResult, with_targets: bool, say: Say) -> Markup:
    value = result.trace.value
    is_known = isinstance(value, Number) and not _says_nothing(value)
    lacks = value.lacks if isinstance(value, Unknown) else result.trace.lacks
    said = shown(value, say.language) if is_known else say("未能计算", "not computed")
    how = calculation(result.trace, say.language) if is_known else lacks_said(lacks, say.language)
    target = _target(result.target, say) if result.target and is_known else ""
    cells = (said, how, target) if with_targets else (said, how)
    title = element("th", say.of(result.indicator.title), scope="row")
    return element("tr", title, (element("td", each) for each in cells))


def _says_nothing(value: Number) -> bool:
    """Whether a value is no more than not below zero: a sum of what the text does not mention."""
    return value.interval.high is None and (value.interval.low is None or value.interval.low <= 0)


def _target(target: TargetComparison, say: Say) -> str:
    planned = f"{target.operator}{shown(target.planned.value, say.language)}"
    if isinstance(target.met, Unknown):
        said = say("不能比较", "cannot be compared")
    else:
        said = say("达到", "met") if target.met else say("未达到", "not met")
    return f"{planned}: {said}"
