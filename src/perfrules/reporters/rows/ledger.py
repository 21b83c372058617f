"""A row for each rule × subject: how it ended, and why where it did not pass."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.bilingual import Bilingual, Language
from perfrules.language import lacks_said
from perfrules.model.finding import Outcome, Verdict
from perfrules.model.report import Report, Results
from perfrules.reporters.rows.cells import Row, Table, columns
from perfrules.reporters.rows.names import Names, named_apart, names_of
from perfrules.reporters.words import OUTCOMES

COLUMNS = columns(
    ("部门", "Department", 24),
    ("规则", "Rule", 10),
    ("名称", "Title", 34),
    ("对象类型", "Kind of subject", 11),
    ("对象", "Subject", 34),
    ("结果", "Outcome", 11),
    ("应判断", "Required", 9),
    ("原因", "Why", 60),
    ("档次", "Level", 12),
    ("对象编号", "Subject's id", 34),
)
REQUIRED = Bilingual("是", "yes")


def ledger_table(results: Results, language: Language) -> Table:
    """The table of every verdict; nothing is left out, so its rows are as many as rules × subjects."""

    def rows() -> Iterator[Row]:
        for report, department in named_apart(results.reports, language):
            yield from _rows(report, department, language)

    return Table(Bilingual("核查记录", "Ledger"), COLUMNS, rows)


def _rows(report: Report, department: str, language: Language) -> Iterator[Row]:
    names = names_of(report, language)
    required = {(each.rule, each.subject.id) for each in report.open_required}
    for each in report.ledger.verdicts:
        yield (
            department,
            each.rule,
            names.rule(each.rule),
            names.type_of(each.subject),
            names.said(each.subject),
            OUTCOMES[each.outcome].said(language),
            REQUIRED.said(language) if (each.rule, each.subject.id) in required else "",
            why(each, names),
            each.level,
            each.subject.id,
        )


def why(verdict: Verdict, names: Names) -> str:
    """What a verdict lacks, the guard that ruled it out, or the waiver with its reason; else nothing."""
    zh = names.language == "zh"
    if verdict.waiver is not None:
        by, until = verdict.waiver.approved_by, verdict.waiver.expires
        approved = f"{by}批准, 有效至 {until}" if zh else f"approved by {by}, until {until}"
        return f"{verdict.waiver.reason} ({approved})"
    if verdict.outcome is Outcome.NOT_APPLICABLE:
        return verdict.guard and f"{'条件不成立' if zh else 'does not hold'}: {verdict.guard}"
    if verdict.by_rounding:
        return "计入四舍五入后相符" if zh else "agrees within rounding"
    return lacks_said(verdict.lacks, names.language) if verdict.lacks else ""
