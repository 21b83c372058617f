"""Lists that can be filtered and sorted where the script runs, and read as they are where it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from attrs import frozen

from perfrules.model.finding import Finding
from perfrules.model.report import Report
from perfrules.model.rule import Severity
from perfrules.reporters.html.marks import Mark, Numbered
from perfrules.reporters.html.markup import Markup, element, name_markup
from perfrules.reporters.html.sections.findings import Anchors, row_cells
from perfrules.reporters.html.wording import Say
from perfrules.reporters.lights import GREY_FIRST
from perfrules.reporters.words import LIGHTS


@frozen
class Told:
    """A report as the page tells it: its name, the id of its section, how ids in it begin, its findings by number, its places."""

    report: Report
    name: str
    id: str
    prefix: str
    findings: tuple[Numbered, ...]
    marks: tuple[Mark, ...]
    anchors: Anchors


def findings_table(told: Sequence[Told], say: Say) -> Markup:
    """All findings of these reports in a table, the gravest first, with what filters them."""
    listed = [(each, one) for one in told for each in one.findings]
    listed.sort(key=lambda pair: pair[0].finding.severity.rank)
    found = [each.finding for each, _ in listed]
    sizes = sorted({_size(each) for each in found})
    rows = [_row(each, one, sizes.index(_size(each.finding)), len(told) > 1, say) for each, one in listed]
    heads = [say("序号", "No."), say("要求", "Asked"), say("规则", "Rule"), say("发现", "Finding"), say("对象", "Subject"), say("相差", "Margin"), say("位置", "Place")]  # fmt: skip
    whose = [say("部门", "Department")] if len(told) > 1 else []
    table = sortable(say("全部发现", "All findings"), [*whose, *heads], rows, say)
    return element("div", _finding_filter(told, found, say), table)


def _size(finding: Finding) -> tuple[str, Fraction]:
    """What margins are sorted by: those of one kind of value beside each other, by how large they are."""
    margin = finding.margin
    if margin is None or margin.interval.exact is None:
        return "", Fraction(0)
    return margin.unit.kind.value, abs(margin.interval.exact)


def _row(each: Numbered, told: Told, rank: int, with_department: bool, say: Say) -> Markup:
    whose = (
        element("th", element("a", name_markup(told.name), href=f"#{told.id}"), scope="row")
        if with_department
        else None
    )
    return element(
        "tr",
        whose,
        row_cells(each, told.report, told.anchors, rank, say),
        data_item="findings",
        data_card=each.id,
        data_severity=each.finding.severity.value,
        data_rule=each.finding.rule,
        data_department=told.name,
    )


def sortable(title: str, heads: Sequence[str], rows: Iterable[Markup], say: Say) -> Markup:
    """A table whose columns the script makes sortable."""
    table = element(
        "table",
        element("caption", title),
        element("thead", element("tr", (element("th", each, scope="col", data_sort=True) for each in heads))),
        element("tbody", rows),
        class_="list",
        data_sortable=say("已按“{}”排序", "Sorted by {}"),
    )
    return element("div", table, class_="wide", role="group", aria_label=title, tabindex=0)


def _finding_filter(told: Sequence[Told], findings: Sequence[Finding], say: Say) -> Markup:
    counted = Counter(each.severity for each in findings)
    boxes = [(each.value, f"{say.severity(each)} ({counted[each]})") for each in Severity if counted[each]]
    rules = sorted({each.rule for each in findings})
    departments = [each.name for each in told if each.findings]
    return filter_form(
        "findings",
        say("筛选发现", "Filter the findings"),
        _boxes("severity", say("要求", "Asked"), boxes),
        _choice("rule", say("规则", "Rule"), rules, say),
        _choice("department", say("部门", "Department"), departments, say) if len(told) > 1 else None,
        say=say,
    )


def department_filter(reports: Sequence[Report], say: Say) -> Markup:
    """What filters the list of departments: the light, and words of the name."""
    counted = Counter(each.status for each in reports)
    boxes = [
        (each.value, f"{say.of(LIGHTS[each])} ({counted[each]})") for each in GREY_FIRST if counted[each]
    ]
    title = say("筛选部门", "Filter the departments")
    return filter_form("departments", title, _boxes("status", say("结论", "Result"), boxes), say=say)


def filter_form(what: str, title: str, *controls: Markup | None, say: Say) -> Markup:
    """A form that hides what does not fit; without script it is hidden itself."""
    text = element(
        "label", say("文字", "Words"), " ", element("input", type="search", name="text", autocomplete="off")
    )
    reset = element("button", say("显示全部", "Show all"), type="reset")
    status = element("p", role="status", class_="count", data_said=say("显示 {} / {}", "{} of {} shown"))
    return element(
        "form",
        controls,
        text,
        reset,
        status,
        class_="filter",
        data_filter=what,
        aria_label=title,
        hidden=True,
    )


def _boxes(name: str, legend: str, boxes: Sequence[tuple[str, str]]) -> Markup | None:
    if not boxes:
        return None
    labels = (
        element("label", element("input", type="checkbox", name=name, value=value, checked=True), " ", said)
        for value, said in boxes
    )
    return element("fieldset", element("legend", legend), labels)


def _choice(name: str, label: str, values: Sequence[str], say: Say) -> Markup:
    options = (element("option", each, value=each) for each in dict.fromkeys(values))
    everything = element("option", say("全部", "All"), value="")
    return element("label", label, " ", element("select", everything, options, name=name))
