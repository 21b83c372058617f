"""A row for each submission, grey ones first, and before them the files that could not be read at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from perfrules.bilingual import Bilingual, Language
from perfrules.errors import Fault
from perfrules.model.report import Report, Results
from perfrules.model.rule import Severity
from perfrules.reporters.lights import grey_first, light_named, unread_open
from perfrules.reporters.rows.cells import Marked, Row, Table, columns
from perfrules.reporters.rows.names import named_apart
from perfrules.reporters.words import NOT_READ, REQUIRED_OPEN

COLUMNS = columns(
    ("部门", "Department", 32),
    ("期间起", "Period from", 12),
    ("期间止", "Period to", 12),
    ("结论", "Result", 11),
    (REQUIRED_OPEN.zh, "Required, undetermined", 15),
    ("需查看的未读材料", "Papers unread, please look", 12),
    ("需查看的未读数字", "Figures unread, please look", 12),
    ("请更正", "To correct", 9),
    ("请说明", "To explain", 9),
    ("提示", "To note", 9),
    ("规则×对象", "Rules × subjects", 11),
    ("通过", "Passed", 9),
    ("不符", "Violated", 9),
    ("未能判断", "Undetermined", 14),
    ("不适用", "Not applicable", 12),
    ("豁免", "Waived", 9),
    ("规则日期", "Rules of", 12),
    ("文件", "Files", 50),
)


def summary_table(results: Results, language: Language) -> Table:
    """The table with a row for each submission, what nobody could decide first."""

    def rows() -> Iterator[Row]:
        for fault in results.faults:
            yield _not_read(fault, language)
        for report, department in named_apart(grey_first(results.reports), language):
            yield department, *_row(report, language)

    return Table(Bilingual("汇总", "Summary"), COLUMNS, rows)


def _not_read(fault: Fault, language: Language) -> Row:
    light = Marked(NOT_READ.said(language), "grey")
    empty = [""] * (len(COLUMNS) - 5)
    return (
        "",
        "",
        "",
        light,
        *empty,
        fault.where.source if fault.where else fault.message.said(language),
    )


def _row(report: Report, language: Language) -> Row:
    found = Counter(each.severity for each in report.findings)
    totals = report.ledger.totals()
    start, end = report.period
    return (
        start.isoformat() if start else "",
        end.isoformat() if end else "",
        Marked(light_named(report, language), report.status.value),
        len(report.open_required),
        *unread_open([report]),
        *(found[each] for each in Severity),
        len(report.ledger.verdicts),
        *totals.values(),
        report.as_of.isoformat() if report.as_of else "",
        "; ".join(each.path for each in report.inputs),
    )
