"""All the tables of a run, in the order of their sheets; those with nothing to say are left out."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.bilingual import Bilingual, Language
from perfrules.model.report import Results
from perfrules.reporters.rows.cells import Row, Table, columns
from perfrules.reporters.rows.facts import facts_table, indicators_table
from perfrules.reporters.rows.findings import findings_table
from perfrules.reporters.rows.ledger import ledger_table
from perfrules.reporters.rows.names import named_apart
from perfrules.reporters.rows.open import deciders_table, not_read_table, remarks_table, unread_table
from perfrules.reporters.rows.replies import replies_table
from perfrules.reporters.rows.summary import summary_table
from perfrules.reporters.words import place_said

CORRECTIONS = columns(
    ("部门", "Department", 24),
    ("文件", "File", 34),
    ("位置", "Place", 14),
    ("原文", "Printed words", 20),
    ("原读作", "Was read as", 24),
    ("属于", "Belongs to", 22),
    ("是", "Is", 20),
    ("更正人", "By", 12),
    ("日期", "On", 12),
    ("理由", "Why", 40),
)


def tables(results: Results, language: Language) -> Iterator[Table]:
    """Summary, findings, what would decide more, indicators, facts, ledger, what was not read, answers, corrections."""
    yield summary_table(results, language)
    yield findings_table(results, language)
    if any(each.deciders for each in results.reports):
        yield deciders_table(results, language)
    yield indicators_table(results, language)
    yield facts_table(results, language)
    yield ledger_table(results, language)
    yield unread_table(results, language)
    yield not_read_table(results, language)
    if results.remarks:
        yield remarks_table(results, language)
    if any(each.replies for each in results.reports):
        yield replies_table(results, language)
    if any(each.corrections for each in results.reports):
        yield _corrections(results, language)


def _corrections(results: Results, language: Language) -> Table:
    def rows() -> Iterator[Row]:
        for report, department in named_apart(results.reports, language):
            for each in report.corrections:
                yield (
                    department,
                    each.location.source,
                    place_said(each.location, language),
                    each.quote,
                    each.read_as,
                    each.owner,
                    each.item,
                    each.by,
                    each.on.isoformat(),
                    each.why,
                )

    return Table(Bilingual("人工更正", "Corrections"), CORRECTIONS, rows)
