"""A line for each finding of many submissions, in groups: by severity, rule, department, or the figure they hang on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from perfrules.bilingual import Bilingual, Language
from perfrules.model.finding import Finding
from perfrules.model.report import Origin, Report
from perfrules.model.rule import Severity
from perfrules.model.subject_types import label_of
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, columns, labelled, padded
from perfrules.reporters.rows.names import named_apart
from perfrules.reporters.terminal.causes import figures_said
from perfrules.reporters.terminal.quiet import name_in
from perfrules.reporters.words import SEVERITIES, subject_said
from perfrules.rules import margin_said

RULE = 8
NAMED = ("project", "target", "count", "named_project")
"""Types of subjects whose name people know them by."""


@frozen
class Line:
    """A finding with the report it is of, and what that is called."""

    report: Report
    finding: Finding
    name: str


def listing(reports: Sequence[Report], language: Language, page: Page) -> Iterator[Styled]:
    """Every finding in one line, with the department where that is not the heading."""
    named = named_apart(reports, language)
    lines = [Line(report, finding, name) for report, name in named for finding in report.findings]
    zh = language == "zh"
    if not lines:
        return
    yield Styled("")
    hint = "各部门详情用 --verbose, 或 -f 格式=文件" if zh else "all details: --verbose, or -f FORMAT=FILE"
    yield Styled(f"{'发现' if zh else 'Findings'} ({len(lines)}); {hint}", "title")
    if page.group_by == "cause":
        yield from _causes(named, language, page)
        return
    for heading, style, members in _grouped(lines, language, page):
        yield Styled("")
        yield from (Styled(each.text, style) for each in block(f"{heading} ({len(members)})", page, 0))
        for each in members:
            yield from _line(each, lines, language, page)


def _grouped(lines: Sequence[Line], language: Language, page: Page) -> Iterator[tuple[str, str, list[Line]]]:
    def those(holds: Callable[[Line], bool]) -> list[Line]:
        return [each for each in lines if holds(each)]

    match page.group_by:
        case "rule":
            for rule in sorted({each.finding.rule for each in lines}):
                members = those(lambda each, rule=rule: each.finding.rule == rule)  # type: ignore[misc]
                yield f"[{rule}] {_title(members[0]).said(language)}", "title", members
        case "department":
            for name in dict.fromkeys(each.name for each in lines):
                yield name, "title", those(lambda each, name=name: each.name == name)  # type: ignore[misc]
        case _:
            for severity in Severity:
                members = those(lambda each, severity=severity: each.finding.severity is severity)  # type: ignore[misc]
                if members:
                    yield SEVERITIES[severity].said(language), severity.value, members


def _line(line: Line, lines: Sequence[Line], language: Language, page: Page) -> Iterator[Styled]:
    """Department, rule, what is the matter, with which subject, and by how much, wrapped under itself where the page is narrow."""
    cells = []
    if page.group_by != "department":
        cells.append(_in_column(line.name, [each.name for each in lines], page))
    if page.group_by in ("rule", "department"):
        words = [SEVERITIES[each].said(language) for each in Severity]
        cells.append(_in_column(SEVERITIES[line.finding.severity].said(language), words, page))
    if page.group_by != "rule":
        cells.append(padded(line.finding.rule, RULE))
    left = "".join(cells)
    yield from labelled(left, "; ".join(_about(line, page, language)), page, 3, columns(left))


def _about(line: Line, page: Page, language: Language) -> list[str]:
    """What is the matter, with which subject, and by how much; the rule's own title is in the heading of a group of it."""
    finding = line.finding
    is_said = page.group_by == "rule" and finding.title == _title(line)
    said = [] if is_said else [finding.title.said(language)]
    said.append(_owner(finding, language))
    if finding.margin is not None:
        apart = "相差" if language == "zh" else "apart by"
        said.append(f"{apart} {margin_said(finding.margin, language)}")
    return [each for each in said if each]


def _title(line: Line) -> Bilingual:
    rules = {each.id: each.title for each in line.report.rules}
    return rules.get(line.finding.rule, line.finding.title)


def _owner(finding: Finding, language: Language) -> str:
    """Whom it is about: of a row the name of what it belongs to; empty for the department itself."""
    subject = finding.subject
    if subject.type == "line" or (subject.type in NAMED and subject.name):
        return subject_said(subject, language)
    owner = subject.parent if subject.type not in ("department", "waiver") else ""
    if owner.startswith("project:"):
        return owner.partition(":")[2]
    return label_of(owner.partition("/")[2]).said(language)


def _in_column(text: str, alike: Sequence[str], page: Page) -> str:
    """The text in a column as wide as the widest of its like, but no wider than nine twentieths of the page."""
    wide = min(page.width * 9 // 20, max(map(columns, alike)))
    return padded(name_in(text, wide), wide + 2)


def _causes(named: Sequence[tuple[Report, str]], language: Language, page: Page) -> Iterator[Styled]:
    """Each figure to look at, with the rules whose findings hang on it, wrapped where it is long; the most findings first."""
    told = [(report, name, origin) for report, name in named for origin in report.origins]
    names = [name for _, name, _ in told]
    for report, name, origin in sorted(told, key=lambda each: -len(each[2].findings)):
        cell = _in_column(name, names, page)
        yield from labelled(cell, _cause(report, origin, language), page, 3, columns(cell))


def _cause(report: Report, origin: Origin, language: Language) -> str:
    rules = [each.rule for each in report.findings if each.fingerprint in origin.findings]
    counted = f"{len(rules)} 条" if language == "zh" else f"{len(rules)}"
    figures = figures_said(origin, report, language, brief=True, most=None)
    return f"{counted} {', '.join(dict.fromkeys(rules))}  {figures}"
