"""The page: one file that needs nothing else, for a browser or a printer. In: the results of a run. Out: HTML."""

from __future__ import annotations

from perfrules.bilingual import Language
from perfrules.model.report import Results
from perfrules.plugins.hooks import Page
from perfrules.reporters.html.county import county_markup
from perfrules.reporters.html.files import faults_markup, remarks_markup
from perfrules.reporters.html.frame import framed
from perfrules.reporters.html.lists import Told, findings_table
from perfrules.reporters.html.markup import Markup, element, joined
from perfrules.reporters.html.submission import (
    head_markup,
    light_markup,
    period_said,
    submission_markup,
    told,
)
from perfrules.reporters.html.wording import Say
from perfrules.reporters.rows.names import named_apart
from perfrules.reporters.words import NOT_READ


def html_report(results: Results, language: Language, page: Page = Page()) -> str:
    """The results of a run as one page of HTML; the same results and files give the same page.

    `page` says in what groups the findings are, and whether every verdict is shown.
    """
    say = Say(language, page)
    if len(results.reports) == 1:
        return _single(results, say)
    named = named_apart(results.reports, language)
    found = [told(each, name, f"r{at}", f"r{at}-", say) for at, (each, name) in enumerate(named, 1)]
    title = say("绩效监控报告核查结果汇总", "Check of performance monitoring reports")
    ruleset = {
        f"{each.ruleset.id} {each.ruleset.version} (perfrules {each.tool})" for each in results.reports
    }
    periods = {period_said(each, say) for each in results.reports}
    about = [say("规则集: ", "Ruleset: ") + "; ".join(sorted(ruleset))]
    if len(periods) == 1:
        about.insert(0, say("期间: ", "Period: ") + periods.pop())
    links = [
        *_files_links(results, say),
        ("first", say("全县一页", "One page")),
        ("departments", say("各部门", "Departments")),
        ("findings", say("全部发现", "All findings")),
        ("each", say("逐个部门", "One by one")),
    ]
    header = joined(element("h1", title), element("p", " · ".join(about), class_="about"))
    return framed(title, header, links, county_markup(found, results, say), results.reports[0].tool, say)


def _files_links(results: Results, say: Say) -> list[tuple[str, str]]:
    """What leads to the files that were not read: nobody has checked those, so they come first."""
    return [("faults", say.of(NOT_READ).capitalize())] if results.faults else []


def _single(results: Results, say: Say) -> str:
    [(only, department)] = named_apart(results.reports, say.language)
    one = told(only, department, "main", "", say)
    report = one.report
    title = say("绩效监控报告核查结果", "Check of a performance monitoring report")
    name = say.named(report.department)
    header = joined(
        element("p", title, class_="about"),
        element("h1", name),
        light_markup(report, say),
        head_markup(report, say),
    )
    body = joined(
        faults_markup(results.faults, say),
        _overview(one, say),
        submission_markup(one, 2, say),
        remarks_markup(results.remarks, say),
    )
    links = [
        *_files_links(results, say),
        *([("findings", say("发现一览", "Findings"))] if one.findings else []),
        *([("courses", say("支出与应达进度", "Spending"))] if report.courses else []),
        ("sources", say("报告原文", "The report's own words")),
        ("ledger", say("核查记录", "Ledger")),
    ]
    return framed(f"{name} {title}", header, links, body, report.tool, say)


def _overview(one: Told, say: Say) -> Markup | None:
    if not one.findings:
        return None
    title = element("h2", say("发现一览", "Findings at a glance"))
    return element("section", title, findings_table([one], say), id="findings")
