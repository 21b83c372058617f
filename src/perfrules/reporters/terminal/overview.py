"""A line for each submission: findings by severity, what is undetermined, and the light, the grey ones first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfrules.bilingual import Language
from perfrules.model.finding import Outcome
from perfrules.model.report import Report, Results
from perfrules.model.rule import Severity
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, columns, padded, wrapped
from perfrules.reporters.lights import counted, grey_first, light_named
from perfrules.reporters.rows.names import named_apart

CELL = 9


def overview(results: Results, language: Language, page: Page) -> Iterator[Styled]:
    """All submissions, the grey ones first: they are what nobody has looked at yet."""
    reports = results.reports
    zh = language == "zh"
    said = f"共 {len(reports)} 份" if zh else f"{len(reports)} submissions"
    if results.faults:
        said += f", 未能读取 {len(results.faults)}" if zh else f", not read: {len(results.faults)}"
    yield Styled(said, "title")
    yield from submissions_table(named_apart(grey_first(reports), language), language, page)


def submissions_table(
    submissions: Sequence[tuple[Report, str]], language: Language, page: Page
) -> Iterator[Styled]:
    """A line for each of the reports, in their order, with its name, below the heads of the columns."""
    zh = language == "zh"
    heads = (
        ("请更正", "请说明", "提示", "未能判断", "结论")
        if zh
        else ("Correct", "Explain", "Note", "Undeterm.", "Result")
    )
    title = "部门" if zh else "Department"
    room = max(20, page.width - len(heads) * CELL)
    wide = min(room, 2 + max(columns(text) for text in (title, *(name for _, name in submissions))))
    yield from aligned(title, heads, wide, "")
    for report, name in submissions:
        numbers = [counted(report.findings, each) for each in Severity]
        cells = [*numbers, report.ledger.totals()[Outcome.UNDETERMINED]]
        light = light_named(report, language)
        yield from aligned(name, [*map(str, cells), light], wide, report.status.value)
    if any(light_named(each, language).endswith("*") for each, _ in submissions):
        note = (
            "* 另有应判断而未判断的内容, 或未读入的材料、数字"
            if zh
            else "* something is undetermined or unread too"
        )
        yield from block(note, page, 0)


def aligned(
    name: str, cells: Sequence[str], wide: int, style: str = "", cell: int = CELL
) -> Iterator[Styled]:
    """A name in its column, wrapped under itself, and the cells beside its first line."""
    beside = "".join(padded(each, cell) for each in cells)
    for line in wrapped(name, wide - 2):
        yield Styled((padded(line, wide) + beside).rstrip(), style)
        beside = ""
