"""A row for each finding, the gravest of each report first; what is open may stand before them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from perfrules.bilingual import Bilingual, Language
from perfrules.language import calculation
from perfrules.model.fact import Fact
from perfrules.model.finding import Finding
from perfrules.model.report import Origin, Report, Results
from perfrules.reporters.evidence import basis_said, cause_said
from perfrules.reporters.rows.cells import Cell, Marked, Row, Table, amount, columns, listed
from perfrules.reporters.rows.names import Names, named_apart, names_of
from perfrules.reporters.rows.replies import reply_to
from perfrules.reporters.words import SEVERITIES, place_said, printed_said
from perfrules.rules import margin_said

TITLE = Bilingual("问题", "Findings")
COLUMNS = columns(
    ("部门", "Department", 22),
    ("级别", "Severity", 10),
    ("规则", "Rule", 10),
    ("问题", "Finding", 24),
    ("对象", "Subject", 22),
    ("说明", "Message", 64),
    ("相差", "Margin", 16),
    ("位置", "Place", 12),
    ("文件", "File", 34),
    ("算式", "Calculation", 44),
    ("重新计算", "Recomputed", 13),
    ("单位", "Unit", 8),
    ("相符分母", "Agrees with", 34),
    ("相差数值", "Margin as a number", 13),
    ("相差单位", "Unit of the margin", 10),
    ("报告说明", "Explained in the report", 34),
    ("部门答复", "The department's answer", 34),
    ("一并处理", "Together with", 28),
    ("先看", "Look here first", 34),
    ("同源问题数", "Findings with this origin", 12),
    ("依据", "Basis", 30),
    ("原文", "Printed words", 50),
    ("类别", "Topic", 18),
    ("插件", "Plugin", 18),
    ("指纹", "Fingerprint", 19),
)
ON_PAPER = 8
POINTS = Bilingual("百分点", "points")


def findings_table(results: Results, language: Language) -> Table:
    """The table of all findings in the order of the reports."""

    def rows() -> Iterator[Row]:
        for report, department in named_apart(results.reports, language):
            names, origins = names_of(report, language), _origins(report)
            for each in report.findings:
                yield department, *_row(each, report, names, origins.get(each.fingerprint), language)

    return Table(TITLE, COLUMNS, rows, ON_PAPER)


def _origins(report: Report) -> Mapping[str, Origin]:
    return {finding: each for each in report.origins for finding in each.findings}


def _row(finding: Finding, report: Report, names: Names, origin: Origin | None, language: Language) -> Row:
    source, where = _place(finding, language)
    said, *margin = _margin(finding, language)
    return (
        Marked(SEVERITIES[finding.severity].said(language), finding.severity.value),
        finding.rule,
        finding.title.said(language),
        names.said(finding.subject),
        finding.message.said(language),
        said,
        where,
        source,
        calculation(finding.trace, language),
        *_recomputed(finding, language),
        listed([cause_said(each, language, partial(_words, language=language)) for each in finding.causes], language),
        *margin,
        _explanation(finding, language),
        reply_to(finding, report, language),
        listed([f"{names.said(each.subject)} [{each.rule}]" for each in finding.also], language),
        *_origin(origin, report, language),
        basis_said(finding, report, language),
        listed([_words(each, language) for each in finding.evidence if each.quote], language),
        finding.topic,
        finding.plugin,
        finding.fingerprint,
    )  # fmt: skip


def _recomputed(finding: Finding, language: Language) -> tuple[Cell, Cell]:
    if finding.recomputed is None:
        return "", ""
    digits, unit, said = amount(finding.recomputed.value, language)
    return (digits, unit) if digits else (said, "")


def _margin(finding: Finding, language: Language) -> tuple[Cell, Cell, Cell]:
    """The margin in words, and as figure and unit where its decimals end."""
    if finding.margin is None:
        return "", "", ""
    digits, unit, _ = amount(finding.margin, language)
    unit = POINTS.said(language) if unit == "%" else unit
    return margin_said(finding.margin, language), digits, unit if digits else ""


def _explanation(finding: Finding, language: Language) -> str:
    if finding.explanation is None:
        return ""
    where = place_said(finding.explanation.location, language)
    return f"“{' '.join(finding.explanation.quote.split())}” {where}".rstrip()


def _origin(origin: Origin | None, report: Report, language: Language) -> tuple[Cell, Cell]:
    """Where to look first, and how many findings come of it; nothing where a finding stands alone."""
    if origin is None or len(origin.findings) < 2:
        return "", ""
    several = len(report.inputs) > 1
    facts = [printed_said(each, language, with_source=several) for each in origin.facts]
    return listed(facts, language), len(origin.findings)


def _place(finding: Finding, language: Language) -> tuple[str, str]:
    """The file and the place of the first printed figure that the finding stands on."""
    placed = [each for each in finding.evidence if each.location is not None]
    found = next((each.location for each in (*filter(_is_quoted, placed), *placed)), None)
    return (found.source, place_said(found, language)) if found else ("", "")


def _is_quoted(fact: Fact) -> bool:
    return bool(fact.quote)


def _words(fact: Fact, language: Language) -> str:
    return printed_said(fact, language, with_source=False)
