"""The terminal report. A few submissions are shown whole; of many, one page for the county and a line for each finding.

In: the results of a run, a language, a page. Out: text of that width; the words say everything, colour only repeats it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfrules.bilingual import Language
from perfrules.model.report import Report, Results
from perfrules.plugins.hooks import Detail, Page
from perfrules.reporters.layout import Styled, rendered
from perfrules.reporters.ledger_lines import files_told
from perfrules.reporters.terminal.county import county_lines
from perfrules.reporters.terminal.listing import listing
from perfrules.reporters.terminal.overview import overview
from perfrules.reporters.terminal.quiet import quiet_lines
from perfrules.reporters.terminal.single import report_lines

__all__ = ["terminal_report"]
MANY = 5
"""Submissions that are shown whole; of more there is the county's page, and each whole with `--verbose` only."""


def terminal_report(results: Results, language: Language, page: Page) -> str:
    """All reports as text for a terminal."""
    if page.detail is Detail.QUIET:
        return rendered(quiet_lines(results, language, page), page)
    told = files_told(results.faults, results.remarks, language, page)
    return rendered(_lines(results, language, page), page) + told


def _lines(results: Results, language: Language, page: Page) -> Iterator[Styled]:
    reports = results.reports
    many = len(reports) > MANY
    if many:
        yield from county_lines(results, language, page)
    if many and page.detail is not Detail.VERBOSE:
        yield from listing(reports, language, page)
        return
    yield from _each(reports, language, page)
    if 1 < len(reports) <= MANY:
        yield from overview(results, language, page)


def _each(reports: Iterable[Report], language: Language, page: Page) -> Iterator[Styled]:
    for report in reports:
        yield from report_lines(report, language, page)
