"""A county on the page: one screen for the director, then its departments and findings as lists, then each department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from perfrules.errors import Fault
from perfrules.model.finding import Outcome
from perfrules.model.report import Report, Results, Status
from perfrules.model.rule import Severity
from perfrules.reporters.html.charts.heat import Heat, heat_key, heat_map, heat_numbers, heats
from perfrules.reporters.html.charts.rates import distribution, exact_rate, rate_of, rate_said, total_of
from perfrules.reporters.html.files import faults_markup, remarks_markup
from perfrules.reporters.html.lists import Told, department_filter, findings_table, sortable
from perfrules.reporters.html.markup import Markup, element, joined, name_markup
from perfrules.reporters.html.submission import head_markup, light_markup, period_said, submission_markup
from perfrules.reporters.html.wording import LIGHT_MARKS, Say, light_words
from perfrules.reporters.lights import GREY_FIRST, unread_open, waived
from perfrules.reporters.words import LIGHTS, NOT_READ, OUTCOMES, REQUIRED_OPEN

WORST = 18
"""Departments of the heat map on the first screen; all are in the one below."""
MOST_OPEN = 60
"""Findings up to which their list is unfolded from the start."""


def county_markup(told: Sequence[Told], results: Results, say: Say) -> Markup:
    """What was not read, the first screen, the lists, and every department, the grey ones first."""
    ordered = sorted(told, key=lambda each: (GREY_FIRST.index(each.report.status), *_gravity(each.report)))
    worst = heats(sorted(told, key=lambda each: _gravity(each.report)))
    every = heats(ordered)
    return joined(
        faults_markup(results.faults, say),
        _first_screen(told, worst, results.faults, say),
        _departments(ordered, say),
        _findings(ordered, say),
        _whole_map(every, say) if len(worst) > WORST else None,
        _each(ordered, say),
        remarks_markup(results.remarks, say),
    )


def _gravity(report: Report) -> tuple[int, ...]:
    """Sorts the gravest first: by errors, warnings, notices, and what was left open."""
    counts = [sum(each.severity is severity for each in report.findings) for severity in Severity]
    return tuple(-each for each in (*counts, len(report.open_required)))


def _first_screen(told: Sequence[Told], worst: Sequence[Heat], faults: Sequence[Fault], say: Say) -> Markup:
    reports = [each.report for each in told]
    shown = sorted(worst[:WORST], key=lambda each: GREY_FIRST.index(each.told.report.status))
    title = say("发现最多的部门", "Where most was found") if len(worst) > WORST else say("部门 × 规则类别", "Departments by families of rules")  # fmt: skip
    key = say(
        "格中为发现项数。虚线框: 未能判断或未读入的项数, 不算通过。",
        "Cells hold the number of findings. Dashed: undecided or unread, which is no pass.",
    )
    heat = element(
        "figure",
        element("figcaption", title),
        heat_map(shown, "heat", say),
        element("p", key, class_="note"),
        element("p", heat_key(shown, say), class_="note"),
    )
    rates = distribution(reports, say)
    return element(
        "section",
        element("h2", say("全县一页", "The county on one page")),
        _tiles(reports, faults, say),
        element("p", _sentence(reports, say), class_="sums"),
        element("div", heat, element("div", _worst(worst, say), rates.figure), class_="pair"),
        element("div", heat_numbers(shown, say), rates.numbers, class_="behind"),
        class_="first",
        id="first",
    )


def _tiles(reports: Sequence[Report], faults: Sequence[Fault], say: Say) -> Markup:
    about = {
        Status.GREY: say(
            "有应判断而未判断的内容, 不能视为通过", "something required is undetermined: no pass"
        ),
        Status.FINDINGS: say("有发现待处理", "something was found"),
        Status.GREEN: _green(reports, say),
    }
    tiles = [
        _tile(status.value, f"{LIGHT_MARKS[status]} {say.of(LIGHTS[status])}", sum(each.status is status for each in reports), about[status])
        for status in GREY_FIRST
    ]  # fmt: skip
    if faults:
        link = element("a", say("文件和原因", "files and reasons"), href="#faults")
        tiles.insert(0, _tile("fault", say.of(NOT_READ).capitalize(), len(faults), link))
    return element("dl", tiles, class_="tiles")


def _green(reports: Sequence[Report], say: Say) -> str:
    excused = sum(each.status is Status.GREEN and waived(each) > 0 for each in reports)
    if not excused:
        return say("均已判断, 未发现问题", "all decided, nothing found")
    return say(f"均已判断, 没有待处理的发现; {excused} 份的发现已豁免", f"all decided, nothing to deal with; in {excused} what was found is waived")  # fmt: skip


def _tile(kind: str, name: str, count: int, about: str | Markup) -> Markup:
    return element(
        "div", element("dt", name), element("dd", element("strong", count), " ", about), class_=f"tile {kind}"
    )


def _sentence(reports: Sequence[Report], say: Say) -> str:
    found = [finding.severity for each in reports for finding in each.findings]
    counts = say.listed(f"{say.severity(each)} {found.count(each)}" for each in Severity)
    undecided = sum(len(each.open_required) for each in reports)
    papers, figures = unread_open(reports)
    also = sum(each.status is Status.FINDINGS and each.left_open > 0 for each in reports)
    return say(
        f"共 {len(reports)} 份报告。应判断而未判断 {undecided} 项, 未读入而需查看的材料 {papers} 份、数字 {figures} 个; {counts}。"
        f"有待处理的报告中, {also} 份另有未能判断或未读入的内容。",
        f"{len(reports)} reports. Required, undetermined: {undecided}; papers left unread: {papers}; figures left unread: {figures}; {counts}. "
        f"Of the reports with findings, {also} have something undecided or unread too.",
    )


def _worst(worst: Sequence[Heat], say: Say) -> Markup:
    """The gravest ten in a list, each leading to its section."""
    listed = [each.told for each in worst if each.told.report.findings][:10]
    items = (element("li", _one_of_worst(each, say)) for each in listed)
    title = say("先看这些部门", "Look at these first")
    body = element("ol", items) if listed else element("p", say("没有发现。", "Nothing was found."))
    return element("section", element("h3", title), body, class_="worst")


def _one_of_worst(told: Told, say: Say) -> Markup:
    found = [each.finding.severity for each in told.findings]
    counts = say.listed(f"{say.severity(each)} {found.count(each)}" for each in Severity if each in found)
    link = element("a", name_markup(told.name), href=f"#{told.id}")
    return joined(link, f" {counts}")


def _departments(told: Sequence[Told], say: Say) -> Markup:
    known = sorted({rate for each in told if (rate := exact_rate(total_of(each.report))) is not None})
    ranks = {rate: at for at, rate in enumerate(known, 1)}
    heads = [say("部门", "Department"), say("结论", "Result"), say.of(REQUIRED_OPEN), say("未能判断", "Undetermined"), say("未读材料", "Papers unread"), say("未读数字", "Figures unread"), *(say.severity(each) for each in Severity), say("执行率", "Share spent"), say("期间", "Period")]  # fmt: skip
    rows = [_department_row(each, ranks, say) for each in told]
    title = say("各部门", "Departments")
    table = sortable(title, heads, rows, say)
    reports = [each.report for each in told]
    return element("section", element("h2", title), department_filter(reports, say), table, id="departments")


def _department_row(told: Told, ranks: Mapping[Fraction, int], say: Say) -> Markup:
    report = told.report
    total = total_of(report)
    rate = exact_rate(total)
    counts = [sum(each.severity is severity for each in report.findings) for severity in Severity]
    light = light_words(report, say)
    share = say("未知", "n/a") if total is None or rate is None else rate_said(rate_of(total), say)
    return element(
        "tr",
        element("th", element("a", name_markup(told.name), href=f"#{told.id}"), scope="row"),
        element("td", light, data_key=GREY_FIRST.index(report.status), class_=report.status.value),
        element("td", len(report.open_required)),
        element("td", report.ledger.totals()[Outcome.UNDETERMINED]),
        (element("td", each) for each in unread_open([report])),
        (element("td", each) for each in counts),
        element("td", share, data_key=0 if rate is None else ranks[rate]),
        element("td", period_said(report, say), class_="whole"),
        data_item="departments",
        data_status=report.status.value,
    )


def _findings(told: Sequence[Told], say: Say) -> Markup:
    number = sum(len(each.findings) for each in told)
    title = element("h2", f"{say('全部发现', 'all findings')} ({number})")
    body = findings_table(told, say) if number else element("p", say("没有发现。", "Nothing was found."))
    return element("details", element("summary", title), body, id="findings", open=number <= MOST_OPEN)


def _whole_map(rows: Sequence[Heat], say: Say) -> Markup:
    title = element("h2", say("全部部门 × 规则类别", "All departments by families of rules"))
    key = element("p", heat_key(rows, say), class_="note")
    chart = element("figure", key, heat_map(rows, "all", say), heat_numbers(rows, say))
    return element("details", element("summary", title), chart, id="map")


def _each(told: Sequence[Told], say: Say) -> Markup:
    title = element("h2", say("逐个部门", "Department by department"))
    said = say(
        "打印本页时只印汇总、清单和此处已展开的部门; 要印哪个部门, 先把它展开。",
        "Printed are the sums, the lists, and those departments that are unfolded here: unfold the ones that you want on paper.",
    )
    button = element(
        "button", say("全部展开或收起", "Unfold or fold all"), type="button", data_unfold=True, hidden=True
    )
    note = element("p", said, " ", button, class_="note tools on-screen")
    return element("section", title, note, (_department(each, say) for each in told), id="each")


def _department(told: Told, say: Say) -> Markup:
    report = told.report
    totals = report.ledger.totals()
    light = light_words(report, say)
    found = f"{say('发现', 'findings')} {len(told.findings)}, {say.of(OUTCOMES[Outcome.UNDETERMINED])} {totals[Outcome.UNDETERMINED]}"
    summary = element(
        "summary",
        element("h3", name_markup(told.name)),
        element(
            "span", f" {light} · {found} · {period_said(report, say)}", class_=f"brief {report.status.value}"
        ),
    )
    inside = joined(light_markup(report, say), head_markup(report, say), submission_markup(told, 4, say))
    return element("details", summary, inside, id=told.id, class_="department", data_group=True)
