"""One submission on the page: its light and head, findings, what would decide more, courses, its own words, the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.model.report import Report
from perfrules.reporters.html.charts.courses import courses_markup
from perfrules.reporters.html.lists import Told
from perfrules.reporters.html.marks import anchors_of, marks_of, numbered
from perfrules.reporters.html.markup import Markup, element, joined
from perfrules.reporters.html.originals.sources import sources_markup
from perfrules.reporters.html.sections.deciders import deciders_markup
from perfrules.reporters.html.sections.findings import findings_markup
from perfrules.reporters.html.sections.ledger import ledger_markup, unread_markup
from perfrules.reporters.html.sections.projects import projects_markup
from perfrules.reporters.html.sections.replies import replies_markup
from perfrules.reporters.html.wording import LIGHT_MARKS, Say
from perfrules.reporters.lights import light_said


def told(report: Report, name: str, id: str, prefix: str, say: Say) -> Told:
    """A report of that name with its findings numbered and its places found."""
    findings = numbered(report, prefix)
    marks = marks_of(report, findings, prefix, say)
    return Told(report, name, id, prefix, findings, marks, anchors_of(marks, prefix))


def submission_markup(one: Told, level: int, say: Say) -> Markup:
    """All of a submission below its own heading; its sections have headings of that level."""
    report = one.report
    return joined(
        findings_markup(report, one.findings, one.anchors, level, say),
        replies_markup(report, level, say),
        deciders_markup(report, level, say),
        courses_markup(report, one.prefix, level, say),
        projects_markup(report, level, say),
        # of a department of which nothing is read there are no words to show
        element(
            "section",
            element(f"h{level}", say("报告原文", "The report's own words")),
            element("p", _key(say), class_="key"),
            sources_markup(report, one.marks, one.anchors, level + 1, say),
            class_="sources",
            id=f"{one.prefix}sources",
        )
        if report.inputs
        else None,
        unread_markup(one, level, say),
        ledger_markup(one, level, say),
    )


def _key(say: Say) -> list[Markup | str]:
    kinds = [
        ("error", say("请更正", "to correct")),
        ("warning", say("请说明", "to explain")),
        ("notice", say("提示", "to note")),
        ("explained", say("报告中的说明", "the report's explanation")),
        ("unread", say("未读入, 请查看", "left unread, please look")),
        ("aside", say("不是本期预算数字", "none of this period's budget")),
    ]
    parts: list[Markup | str] = [say("标记: ", "Marks: ")]
    for kind, said in kinds:
        parts += [element("mark", said, class_=kind), " "]
    return [*parts, say("上标数字是发现的序号, 点按即到。", "A raised number leads to the finding.")]


def light_markup(report: Report, say: Say) -> Markup:
    """The light, with what is open first and the counts by severity."""
    mark = element("span", LIGHT_MARKS[report.status], class_="lamp", aria_hidden="true")
    return element("p", mark, " ", light_said(report, say.language), class_=f"light {report.status.value}")


def head_markup(report: Report, say: Say) -> Markup:
    """Period, files, ruleset, and what else the run was told."""
    rows = [(element("dt", label), element("dd", text)) for label, text in _head(report, say)]
    return element("dl", rows, class_="head")


def _head(report: Report, say: Say) -> Iterator[tuple[str, str]]:
    yield say("期间", "Period"), period_said(report, say)
    if report.inputs:
        yield say("文件", "Files"), "; ".join(each.path for each in report.inputs)
    ruleset = f"{report.ruleset.id} {report.ruleset.version} (perfrules {report.tool})"
    yield say("规则集", "Ruleset"), ruleset
    if report.as_of is not None and report.as_of != report.period[1]:
        yield say("规则日期", "Rules of"), report.as_of.isoformat()
    if report.waivers is not None:
        day = report.waivers.review_date
        reviewed = f" ({say('复核日期', 'reviewed on')} {day})" if day else ""
        yield say("豁免文件", "Waivers"), f"{report.waivers.path}{reviewed}"
    if report.reply_forms:
        yield say("反馈单", "Replies"), "; ".join(each.path for each in report.reply_forms)
    if report.plugins.left_out:
        yield say("未用插件", "Left out"), ", ".join(report.plugins.left_out)


def period_said(report: Report, say: Say) -> str:
    """The period, or that it was not recognised."""
    start, end = report.period
    if end is None:
        return say.named("")
    return f"{start or say.named('')}{say(' 至 ', ' to ')}{end}"
