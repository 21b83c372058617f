"""A line for each submission: findings by severity, what is undetermined, and the light, the grey ones first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from perfrules.bilingual import Language
from perfrules.model.finding import Outcome
from perfrules.model.report import Report, Results
from perfrules.model.rule import Severity
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, columns, padded, wrapped
from perfrules.reporters.lights import counted, grey_first, light_named
from perfrules.reporters.words import UNNAMED

CELL = 9


def overview(results: Results, language: Language, page: Page) -> Iterator[Styled]:
    """All submissions, the grey ones first: they are what nobody has looked at yet."""
    reports = results.reports
    zh = language == "zh"
    said = f"共 {len(reports)} 份" if zh else f"{len(reports)} submissions"
    if results.faults:
        said += f", 未能读取 {len(results.faults)}" if zh else f", not read: {len(results.faults)}"
    yield Styled(said, "title")
    yield from submissions_table(grey_first(reports), reports, language, page)


def submissions_table(
    reports: Sequence[Report], among: Sequence[Report], language: Language, page: Page
) -> Iterator[Styled]:
    """A line for each of the reports, in their order, below the heads of the columns; named apart from all those they are among."""
    zh = language == "zh"
    heads = (
        ("请更正", "请说明", "提示", "未判断", "结论")
        if zh
        else ("Correct", "Explain", "Note", "Open", "Result")
    )
    title = "部门" if zh else "Department"
    room = max(20, page.width - len(heads) * CELL)
    names = named_apart(reports, among, language)
    wide = min(room, 2 + max(columns(text) for text in (title, *names)))
    yield from aligned(title, heads, wide, "")
    for report, name in zip(reports, names, strict=True):
        numbers = [counted(report.findings, each) for each in Severity]
        cells = [*numbers, report.ledger.totals()[Outcome.UNDETERMINED]]
        light = light_named(report, language)
        yield from aligned(name, [*map(str, cells), light], wide, report.status.value)
    if any(light_named(each, language).endswith("*") for each in reports):
        note = (
            "* 另有应判断而未能判断的内容或未读入的数字"
            if zh
            else "* something is undetermined or unread too"
        )
        yield from block(note, page, 0)


def named(report: Report, language: Language) -> str:
    """The department, or the files where none was recognised."""
    return report.department or "; ".join(each.path for each in report.inputs) or UNNAMED.said(language)


def named_apart(reports: Sequence[Report], among: Sequence[Report], language: Language) -> list[str]:
    """The departments, with the end of the period where one of them filed more than once, as for last year too."""
    filed = Counter(named(each, language) for each in among)
    return [
        f"{name} {each.period[1]}" if filed[name] > 1 and each.period[1] else name
        for each in reports
        for name in (named(each, language),)
    ]


def aligned(
    name: str, cells: Sequence[str], wide: int, style: str = "", cell: int = CELL
) -> Iterator[Styled]:
    """A name in its column, wrapped under itself, and the cells beside its first line."""
    beside = "".join(padded(each, cell) for each in cells)
    for line in wrapped(name, wide - 2):
        yield Styled((padded(line, wide) + beside).rstrip(), style)
        beside = ""
