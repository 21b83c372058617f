"""The findings of one report in groups, each below its heading: by severity, rule or figure; by department they are one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from perfrules.bilingual import Language
from perfrules.model.finding import Finding
from perfrules.model.report import Origin, Report
from perfrules.model.rule import Severity
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block
from perfrules.reporters.terminal.causes import figures_said
from perfrules.reporters.words import SEVERITIES

Group = tuple[list[Styled], list[Finding]]
"""The lines of a heading, and the findings below it."""


def groups(report: Report, language: Language, page: Page) -> Iterator[Group]:
    """The groups that `--group-by` asks for, in the order of the report."""
    match page.group_by:
        case "rule":
            yield from _by_rule(report.findings, language, page)
        case "cause":
            for origin in report.origins:
                yield _of_origin(origin, report, language, page)
        case "department":
            if report.findings:
                title = f"{'发现' if language == 'zh' else 'Findings'} ({len(report.findings)})"
                yield [Styled(title, "title")], list(report.findings)
        case _:
            yield from _by_severity(report.findings, language)


def _by_severity(findings: Sequence[Finding], language: Language) -> Iterator[Group]:
    for severity in Severity:
        found = [each for each in findings if each.severity is severity]
        if found:
            title = f"{SEVERITIES[severity].said(language)} ({len(found)})"
            yield [Styled(title, severity.value)], found


def _by_rule(findings: Sequence[Finding], language: Language, page: Page) -> Iterator[Group]:
    for rule in sorted({each.rule for each in findings}):
        found = [each for each in findings if each.rule == rule]
        title = f"[{rule}] {found[0].title.said(language)} ({len(found)})"
        yield [Styled(each.text, "title") for each in block(title, page, 0)], found


def _of_origin(origin: Origin, report: Report, language: Language, page: Page) -> Group:
    members = set[Hashable](origin.findings)
    found = [each for each in report.findings if each.fingerprint in members]
    said = figures_said(origin, report, language, most=None)
    zh = language == "zh"
    look = "请先核对" if zh else "Please check first"
    title = f"{look}: {said} ({len(found)})" if said else f"{'其他' if zh else 'Others'} ({len(found)})"
    return [Styled(each.text, "title") for each in block(title, page, 0)], found
