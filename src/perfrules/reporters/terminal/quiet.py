"""One line for each submission and the sums, the grey ones first: for those who only ask whether all is well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfrules.bilingual import Language
from perfrules.model.finding import Outcome
from perfrules.model.report import Report, Results
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, columns, labelled, padded
from perfrules.reporters.ledger_lines import fault_said
from perfrules.reporters.lights import GREY_FIRST, counts_said, grey_first, light_named, waived_said
from perfrules.reporters.rows.names import apart, named_apart
from perfrules.reporters.words import LIGHTS, NOT_READ, OUTCOMES, REMARKS

LIGHT = 11


def quiet_lines(results: Results, language: Language, page: Page) -> Iterator[Styled]:
    """The files not read, remarks on others, the submissions, and what they come to."""
    for title, style, told in ((NOT_READ, "grey", results.faults), (REMARKS, "", results.remarks)):
        for fault in told:
            said = fault_said(fault, language)
            gap = max(LIGHT, 2 + columns(title.said(language)))
            yield from (
                Styled(each.text, style) for each in labelled(title.said(language), said, page, 0, gap)
            )
    named = named_apart(grey_first(results.reports), language)
    counts = [_counts([report], language) for report, _ in named]
    room = max(12, page.width - LIGHT - max(map(columns, counts)))
    wide = min(room, 2 + max(columns(name) for _, name in named))
    for (report, name), said in zip(named, counts, strict=True):
        for line in _line(light_named(report, language), name, said, wide, page):
            yield Styled(line, report.status.value)
    yield Styled(_lights(results, language), "title")
    yield Styled(_counts(results.reports, language), "title")


def _line(light: str, name: str, counts: str, wide: int, page: Page) -> Iterator[str]:
    """The light, the whole name and the counts; these stand below a name that leaves them no room."""
    left = padded(light, LIGHT)
    if columns(name) < wide:
        yield from (each.text for each in labelled(left + padded(name, wide), counts, page, 0, LIGHT + wide))
        return
    yield from (each.text for each in labelled(left, name, page, 0, LIGHT))
    yield from (each.text for each in block(counts, page, LIGHT))


def _counts(reports: Sequence[Report], language: Language) -> str:
    findings = [finding for each in reports for finding in each.findings]
    undecided = sum(each.ledger.totals()[Outcome.UNDETERMINED] for each in reports)
    open_ = f"{OUTCOMES[Outcome.UNDETERMINED].said(language)} {undecided}"
    said = [*counts_said(findings, language), open_, *waived_said(reports, language)]
    return ", ".join(said)


def _lights(results: Results, language: Language) -> str:
    zh = language == "zh"
    reports = results.reports
    lights = [
        f"{LIGHTS[status].said(language)} {sum(each.status is status for each in reports)}"
        for status in GREY_FIRST
    ]
    if results.faults:
        lights.insert(0, f"{NOT_READ.said(language)} {len(results.faults)}")
    head = f"共 {len(reports)} 份" if zh else f"{len(reports)} submissions"
    return f"{head}: {', '.join(lights)}"


def name_in(name: str, width: int) -> str:
    """A name in at most so many columns, cut before what tells it apart where there is room for that."""
    department, end = apart(name)
    room = width - columns(end)
    return shortened(department, room) + end if room > 4 else shortened(name, width)


def shortened(text: str, width: int) -> str:
    """The text in at most so many columns, with an ellipsis where it is cut."""
    if columns(text) <= width:
        return text
    kept = text
    while kept and columns(kept) + 3 > width:
        kept = kept[:-1]
    return f"{kept}..."
