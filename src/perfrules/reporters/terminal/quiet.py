"""One line for each submission and the sums, the grey ones first: for those who only ask whether all is well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfrules.bilingual import Language
from perfrules.model.finding import Outcome
from perfrules.model.report import Report, Results
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, columns, padded
from perfrules.reporters.lights import GREY_FIRST, counts_said, grey_first, light_named
from perfrules.reporters.terminal.overview import named_apart
from perfrules.reporters.words import LIGHTS

LIGHT = 11


def quiet_lines(results: Results, language: Language, page: Page) -> Iterator[Styled]:
    """The files not read, the submissions, and what they come to."""
    zh = language == "zh"
    for fault in results.faults:
        said = (
            f"{fault.where}: {fault.message.said(language)}" if fault.where else fault.message.said(language)
        )
        head = padded("未能读取" if zh else "not read", LIGHT)
        yield Styled(head + shortened(said, page.width - LIGHT), "grey")
    ordered = grey_first(results.reports)
    room = max(12, page.width - LIGHT - (34 if zh else 46))
    names = named_apart(ordered, ordered, language)
    wide = min(room, 2 + max(map(columns, names)))
    for report, told in zip(ordered, names, strict=True):
        name = padded(shortened(told, wide - 2), wide)
        yield Styled(
            f"{padded(light_named(report, language), LIGHT)}{name}{_counts([report], language)}",
            report.status.value,
        )
    yield Styled(_lights(results, language), "title")
    yield Styled(_counts(results.reports, language), "title")


def _counts(reports: Sequence[Report], language: Language) -> str:
    findings = [finding for each in reports for finding in each.findings]
    undecided = sum(each.ledger.totals()[Outcome.UNDETERMINED] for each in reports)
    said = [*counts_said(findings, language), f"{'未判断' if language == 'zh' else 'open'} {undecided}"]
    return ", ".join(said)


def _lights(results: Results, language: Language) -> str:
    zh = language == "zh"
    reports = results.reports
    lights = [
        f"{LIGHTS[status].said(language)} {sum(each.status is status for each in reports)}"
        for status in GREY_FIRST
    ]
    if results.faults:
        lights.insert(0, f"{'未能读取' if zh else 'not read'} {len(results.faults)}")
    head = f"共 {len(reports)} 份" if zh else f"{len(reports)} submissions"
    return f"{head}: {', '.join(lights)}"


def shortened(text: str, width: int) -> str:
    """The text in at most so many columns, with an ellipsis where it is cut."""
    if columns(text) <= width:
        return text
    kept = text
    while kept and columns(kept) + 3 > width:
        kept = kept[:-1]
    return f"{kept}..."
