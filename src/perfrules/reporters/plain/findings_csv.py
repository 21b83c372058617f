"""Findings as CSV that Excel, WPS and programs open: UTF-8 with its mark, a row for each, and nothing that becomes a formula.

A row says in its second column what it is. What is open stands before the findings: files that were not read, remarks
on others, verdicts that had to be decided, papers and figures left unread; a department that is not in the file has none of these.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from perfrules.bilingual import Bilingual, Language
from perfrules.language import lacks_said
from perfrules.model.finding import Outcome
from perfrules.model.report import Report, Results
from perfrules.reporters.rows import Cell, Figure, Marked, findings_table
from perfrules.reporters.rows.cells import Row
from perfrules.reporters.rows.names import named_apart, names_of
from perfrules.reporters.words import NOT_READ, OUTCOMES, REMARKS, REQUIRED_OPEN, WHY_UNREAD, place_said
from perfrules.reporters.xlsx.text import allowed

MARK = "\ufeff"
RISKY = "=+-@\t\r＝＋－＠"
"""What a text may begin with that makes spreadsheets compute it, the full-width signs among them."""
OUTCOME = Bilingual("结果", "Outcome")
UNREAD = {True: Bilingual("材料未读入", "paper unread"), False: Bilingual("数字未读入", "figure unread")}


def findings_csv(results: Results, language: Language) -> str:
    """The whole file; lines end as CSV's do. The same results give the same bytes."""
    table = findings_table(results, language)
    heads = [each.title.said(language) for each in table.columns]
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([heads[0], OUTCOME.said(language), *heads[1:]])
    for row in _open(results, len(heads), language):
        writer.writerow(map(_said, row))
    found = OUTCOMES[Outcome.VIOLATION].said(language)
    for each in table.rows():
        writer.writerow(map(_said, (each[0], found, *each[1:])))
    return MARK + written.getvalue()


def _said(cell: Cell) -> str:
    match cell:
        case Figure(digits):
            return digits
        case Marked(text):
            return guarded(text)
        case int():
            return str(cell)
        case str():
            return guarded(cell)


def guarded(text: str) -> str:
    """The text on one line, without control characters, with an apostrophe before what a spreadsheet would compute."""
    line = " ".join(allowed(text).split())
    return f"'{line}" if text.startswith(tuple(RISKY)) or line.startswith(tuple(RISKY)) else line


def _open(results: Results, width: int, language: Language) -> Iterator[Row]:
    """What is open, grey before all: its columns are those of findings, most of them empty."""
    for said, told in ((NOT_READ, results.faults), (REMARKS, results.remarks)):
        for fault in told:
            place = fault.where.source if fault.where else ""
            yield _row(width, ("", said.said(language)), message=fault.message.said(language), source=place)
    for report, department in named_apart(results.reports, language):
        yield from _open_verdicts(report, department, width, language)
        yield from _unread(report, department, width, language)


def _open_verdicts(report: Report, department: str, width: int, language: Language) -> Iterator[Row]:
    names, open_ = names_of(report, language), REQUIRED_OPEN.said(language)
    for each in report.open_required:
        yield _row(
            width,
            (department, open_),
            rule=each.rule,
            title=names.rule(each.rule),
            subject=names.said(each.subject),
            message=lacks_said(each.lacks, language),
            source="; ".join(one.path for one in report.inputs),
        )


def _unread(report: Report, department: str, width: int, language: Language) -> Iterator[Row]:
    for each in report.unread:
        if each.open:
            why = WHY_UNREAD[each.why].said(language) if each.why in WHY_UNREAD else each.why
            yield _row(
                width,
                (department, UNREAD[each.is_paper].said(language)),
                message=f"“{' '.join(each.quote.split())}” {why}",
                place=place_said(each.location, language),
                source=each.location.source,
            )


_AT = {"rule": 3, "title": 4, "subject": 5, "message": 6, "place": 8, "source": 9}
"""The columns of a row of what is open."""


def _row(width: int, first: Sequence[str], **said: str) -> Row:
    cells = [*first, *[""] * (width - 1)]
    for name, text in said.items():
        cells[_AT[name]] = text
    return tuple(cells)
