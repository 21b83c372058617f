"""Findings as Markdown for mail and wikis: headings, lists and tables, and no mark in a quoted text that means anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfrules.bilingual import Bilingual, Language
from perfrules.language import lacks_said
from perfrules.model.finding import Finding, Outcome, Verdict
from perfrules.model.report import Report, Results
from perfrules.model.rule import Severity
from perfrules.model.waiver import WAIVER
from perfrules.plugins.hooks import Detail, Page
from perfrules.reporters.evidence import reasons
from perfrules.reporters.lights import grey_first, light_said
from perfrules.reporters.rows.about import about
from perfrules.reporters.rows.cells import Cell, Figure, Marked, Table
from perfrules.reporters.rows.ledger import why
from perfrules.reporters.rows.names import Names, named_apart, names_of
from perfrules.reporters.rows.open import deciders_table, not_read_table, remarks_table, unread_table
from perfrules.reporters.rows.replies import replies_table
from perfrules.reporters.rows.summary import summary_table
from perfrules.reporters.words import OUTCOMES, SEVERITIES, UNNAMED, printed_said

_MARKS = re.compile(r"([\\`*_\[\]<>|~&@$#])|(?<=:)//|(?i:(?<=www)\.)")
_AT_START = re.compile(r"^(\s*)([#+=-]|\d{1,9}[.)](?=\s|$))")
TITLE = Bilingual("绩效监控报告核查结果", "Check of performance monitoring reports")
SUMMARY = 10
"""Columns of the summary that are shown: as far as what each department is asked."""
MOST = 20


def findings_markdown(results: Results, language: Language, page: Page) -> str:
    """The whole text: what was not read, a line for each submission, then each with its findings, grey ones first."""
    blocks = [f"# {TITLE.said(language)}"]
    blocks.append(_listed(f"{label}: {text(said)}" for label, said in about(results, language)))
    if results.faults:
        blocks.append(_section(not_read_table(results, language), language, 2))
    if results.remarks:
        blocks.append(_section(remarks_table(results, language), language, 2))
    if len(results.reports) > 1:
        submissions = summary_table(Results(results.reports), language)
        blocks.append(_section(submissions, language, 2, SUMMARY))
    for report, name in named_apart(grey_first(results.reports), language):
        blocks += _report(report, name, language, page)
    return "\n\n".join(each for each in blocks if each) + "\n"


def text(said: str) -> str:
    """A text on one line in which nothing is a mark of Markdown, a link, or HTML."""
    line = " ".join(said.split())
    marked = _MARKS.sub(lambda found: "".join(f"\\{each}" for each in found.group()), line)
    return _AT_START.sub(lambda found: f"{found[1]}{_kept(found[2])}", marked)


def _kept(start: str) -> str:
    return f"{start[:-1]}\\{start[-1]}"


def _report(report: Report, name: str, language: Language, page: Page) -> Iterator[str]:
    zh = language == "zh"
    yield f"## {text(name)}"
    start, end = report.period
    unknown = UNNAMED.said(language)
    to = " 至 " if zh else " to "
    yield _listed(
        (
            f"{'结论' if zh else 'Result'}: **{text(light_said(report, language))}**",
            f"{'期间' if zh else 'Period'}: {f'{start or unknown}{to}{end}' if end else unknown}",
            f"{'文件' if zh else 'Files'}: {text('; '.join(each.path for each in report.inputs))}",
        )
    )
    number = 0
    names = names_of(report, language)
    for severity in Severity:
        found = [each for each in report.findings if each.severity is severity]
        if found:
            yield f"### {SEVERITIES[severity].said(language)} ({len(found)})"
        for each in found:
            number += 1
            yield from _finding(number, each, report, language)
    yield from _open(report, names, language, everything=page.detail is Detail.VERBOSE)


def _finding(number: int, finding: Finding, report: Report, language: Language) -> Iterator[str]:
    with_source = len(report.inputs) != 1 or finding.subject.type == WAIVER
    yield f"#### {number}. {text(finding.title.said(language))} ({finding.rule})"
    yield text(finding.message.said(language))
    printed = [
        printed_said(each, language, with_source=with_source) for each in finding.evidence if each.quote
    ]
    lines = [
        *reasons(finding, report, language),
        *(("原文" if language == "zh" else "Printed", each) for each in printed),
    ]
    yield _listed(f"{label}: {text(said)}" for label, said in lines)


def _open(report: Report, names: Names, language: Language, *, everything: bool) -> Iterator[str]:
    """What would decide more, the ledger's sums, what is undetermined and waived, and figures left unread."""
    alone = Results((report,))
    if report.deciders:
        yield _section(deciders_table(alone, language), language, 3, skip=1)
    totals = report.ledger.totals()
    sums = " + ".join(f"{OUTCOMES[outcome].said(language)} {count}" for outcome, count in totals.items())
    head = "规则 × 对象" if language == "zh" else "rules × subjects"
    yield f"### {'核查记录' if language == 'zh' else 'Ledger'}"
    yield f"{head} {len(report.ledger.verdicts)} = {sums}"
    shown = (Outcome.UNDETERMINED, Outcome.WAIVED, *((Outcome.PASS,) if everything else ()))
    verdicts = [each for each in report.ledger.verdicts if each.outcome in shown]
    if verdicts:
        yield _verdicts(verdicts, names, {(e.rule, e.subject.id) for e in report.open_required})
    if report.replies:
        yield _section(replies_table(alone, language), language, 3, skip=1)
    if report.unread:
        yield _section(unread_table(alone, language), language, 3, skip=1)


def _verdicts(verdicts: Sequence[Verdict], names: Names, required: set[tuple[str, str]]) -> str:
    """Verdicts of one rule and one reason in one row, those first that had to be decided."""
    zh, groups = names.language == "zh", dict[tuple[bool, str, str, str], list[str]]()
    for each in verdicts:
        had_to = (each.rule, each.subject.id) in required
        reason = lacks_said(each.lacks, names.language) if each.lacks else why(each, names)
        outcome = OUTCOMES[each.outcome].said(names.language)
        mark = ("应判断, " if zh else "required, ") if had_to else ""
        groups.setdefault((not had_to, each.rule, mark + outcome, reason), []).append(
            names.said(each.subject)
        )
    between = "、" if zh else ", "
    rows = [
        (rule, names.rule(rule), outcome, f"{len(found)}: {between.join(found[:MOST])}{' …' if len(found) > MOST else ''}", reason)
        for (_, rule, outcome, reason), found in sorted(groups.items(), key=lambda each: each[0][0])
    ]  # fmt: skip
    heads = (
        ("规则", "名称", "结果", "对象", "原因") if zh else ("Rule", "Title", "Outcome", "Subjects", "Why")
    )
    return _table(heads, rows)


def _section(
    table: Table, language: Language, level: int, columns: int | None = None, *, skip: int = 0
) -> str:
    """A table under its heading; of its columns only the first ones, without those skipped."""
    rows = [row[skip:columns] for row in table.rows()]
    heads = [each.title.said(language) for each in table.columns[skip:columns]]
    return f"{'#' * level} {table.title.said(language)}\n\n{_table(heads, rows)}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    lines = [heads, ["---"] * len(heads), *([_cell(each) for each in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell: Cell) -> str:
    match cell:
        case Figure(digits):
            return digits
        case Marked(said):
            return text(said)
        case _:
            return text(str(cell))


def _listed(lines: Iterator[str] | Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
