"""A line for each finding of many submissions, in groups: by severity, rule, department, or the figure they hang on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from perfrules.bilingual import Language
from perfrules.model.finding import Finding
from perfrules.model.report import Origin, Report
from perfrules.model.rule import Severity
from perfrules.plugins.hooks import Page
from perfrules.reporters.evidence import margin_said
from perfrules.reporters.layout import Styled, columns, padded
from perfrules.reporters.terminal.causes import figures_said, subject_said
from perfrules.reporters.terminal.overview import named
from perfrules.reporters.terminal.quiet import shortened
from perfrules.reporters.words import SEVERITIES

RULE = 8
WIDEST = 24


@frozen
class Line:
    """A finding with the report it is of."""

    report: Report
    finding: Finding


def listing(reports: Sequence[Report], language: Language, page: Page) -> Iterator[Styled]:
    """Every finding in one line, with the department where that is not the heading."""
    lines = [Line(report, finding) for report in reports for finding in report.findings]
    zh = language == "zh"
    if not lines:
        return
    yield Styled("")
    hint = "各部门详情用 --verbose, 或 -f 格式=文件" if zh else "all details: --verbose, or -f FORMAT=FILE"
    yield Styled(f"{'发现' if zh else 'Findings'} ({len(lines)}); {hint}", "title")
    if page.group_by == "cause":
        yield from _causes(reports, language, page)
        return
    for heading, style, members in _grouped(lines, reports, language, page):
        yield Styled("")
        yield Styled(shortened(f"{heading} ({len(members)})", page.width), style)
        for each in members:
            yield Styled(_line(each, lines, language, page), "")


def _grouped(
    lines: Sequence[Line], reports: Sequence[Report], language: Language, page: Page
) -> Iterator[tuple[str, str, list[Line]]]:
    def those(holds: Callable[[Line], bool]) -> list[Line]:
        return [each for each in lines if holds(each)]

    match page.group_by:
        case "rule":
            titles = {each.finding.rule: each.finding.title for each in lines}
            for rule in sorted(titles):
                members = those(lambda each, rule=rule: each.finding.rule == rule)  # type: ignore[misc]
                yield f"[{rule}] {titles[rule].said(language)}", "title", members
        case "department":
            for report in reports:
                members = [Line(report, finding) for finding in report.findings]
                if members:
                    yield named(report, language), report.status.value, members
        case _:
            for severity in Severity:
                members = those(lambda each, severity=severity: each.finding.severity is severity)  # type: ignore[misc]
                if members:
                    yield SEVERITIES[severity].said(language), severity.value, members


def _line(line: Line, lines: Sequence[Line], language: Language, page: Page) -> str:
    """Department, rule, what is the matter, with which subject, and by how much, as far as the page is wide."""
    cells = []
    if page.group_by != "department":
        cells.append(
            _in_column(named(line.report, language), [named(each.report, language) for each in lines])
        )
    if page.group_by in ("rule", "department"):
        words = [SEVERITIES[each].said(language) for each in Severity]
        cells.append(_in_column(SEVERITIES[line.finding.severity].said(language), words))
    if page.group_by != "rule":
        cells.append(padded(line.finding.rule, RULE))
    return shortened("   " + "".join(cells) + _about(line.finding, page, language), page.width)


def _about(finding: Finding, page: Page, language: Language) -> str:
    said = [] if page.group_by == "rule" else [finding.title.said(language)]
    if finding.subject.type not in ("department", "waiver"):
        said.append(_owner(finding, language))
    if finding.margin is not None:
        apart = "相差" if language == "zh" else "apart by"
        said.append(f"{apart} {margin_said(finding.margin, language)}")
    return ("; ").join(said)


def _owner(finding: Finding, language: Language) -> str:
    """Whom it is about: of a row the name of what it belongs to."""
    subject = finding.subject
    if subject.name or subject.type == "line" or not subject.parent:
        return subject_said(subject, language)
    kind, _, name = subject.parent.rpartition(":")
    return name if kind else subject_said(type(subject)("line", subject.parent, ""), language)


def _in_column(text: str, alike: Sequence[str]) -> str:
    """The text in a column as wide as the widest of its like."""
    wide = min(WIDEST, max(map(columns, alike)))
    return padded(shortened(text, wide), wide + 2)


def _causes(reports: Sequence[Report], language: Language, page: Page) -> Iterator[Styled]:
    """A line for each figure to look at, with the rules whose findings hang on it; the most findings first."""
    told = [(report, origin) for report in reports for origin in report.origins]
    names = [named(report, language) for report, _ in told]
    for report, origin in sorted(told, key=lambda each: -len(each[1].findings)):
        name = _in_column(named(report, language), names)
        yield Styled(shortened(f"   {name}{_cause(report, origin, language)}", page.width))


def _cause(report: Report, origin: Origin, language: Language) -> str:
    rules = [each.rule for each in report.findings if each.fingerprint in origin.findings]
    counted = f"{len(rules)} 条" if language == "zh" else f"{len(rules)}"
    return f"{counted} {', '.join(dict.fromkeys(rules))}  {figures_said(origin, report, language)}"
