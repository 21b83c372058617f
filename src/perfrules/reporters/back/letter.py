"""The letter to a department: a draft for a person to finish and send, with blanks for what only a person knows.

Its wording is that of the domain: what is printed, what it comes to, one request; figures rest on what the report prints, and
books and contracts have the last word. There is no seal and no number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import partial

from perfrules.language import calculation
from perfrules.model.finding import Finding
from perfrules.model.report import Report
from perfrules.model.rule import Severity
from perfrules.reporters.back.items import Item
from perfrules.reporters.back.word_file import Align, Font, Paragraph, Table, word_file
from perfrules.reporters.back.words import (
    Titles,
    figure_said,
    first_of,
    only_file,
    period_said,
    place_for_people,
    printed,
    shortened,
    titles_of,
    together,
)
from perfrules.reporters.evidence import cause_said
from perfrules.reporters.words import ASKED, quote_said

_BLANK, _DAY = "＿＿＿＿＿＿", "＿＿＿＿年＿＿月＿＿日"
_MOST = 6
_WIDTHS = (700, 950, 2500, 4694)
"""Widths of the annex's columns in twentieths of a point, together those of the page without its margins."""


class Kind(Enum):
    """Which letter: a draft that asks to verify, or a notice that a person has chosen after review."""

    DRAFT = "draft"
    NOTICE = "notice"

    @property
    def file_name(self) -> str:
        """What its file is called."""
        return "核实函(代拟稿).docx" if self is Kind.DRAFT else "整改通知.docx"


def letter(
    report: Report, items: Sequence[Item], kind: Kind, commented: Sequence[str], has_sheet: bool
) -> bytes:
    """The .docx: letter, and on a page of its own the table of what is asked. `commented` are the files with comments."""
    paper = _paper(report)
    body = [*_head(report, paper, kind), *_text(items, paper, kind, commented, has_sheet), *_foot()]
    annex: list[Paragraph | Table] = [
        Paragraph("附件", font=Font.BLACK, new_page=True),
        Paragraph("核对事项表", Align.CENTER, Font.TITLE, 36),
        _table(items, titles_of(report), only_file(report)),
        Paragraph("计算均依据报告所列数据，最终以账面及合同资料为准。", size=21),
    ]
    return word_file([*body, *annex])


def _paper(report: Report) -> str:
    """What was filed: of a whole year it may be a 自评, so no 监控 is said of it."""
    start, end = report.period
    is_year = start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    return f"{period_said(report.period) or '本期'}{'绩效报告' if is_year else '绩效监控报告'}"


def _head(report: Report, paper: str, kind: Kind) -> Iterator[Paragraph]:
    title = f"关于核实{paper}有关数据的函" if kind is Kind.DRAFT else f"关于{paper}有关事项整改的通知"
    yield Paragraph(title, Align.CENTER, Font.TITLE, 44)
    if kind is Kind.DRAFT:
        yield Paragraph("（代拟稿）", Align.CENTER, Font.PLAIN)
    yield Paragraph(f"文号：{_BLANK}", Align.CENTER)
    yield Paragraph("")
    yield Paragraph(f"{report.department or _BLANK}：")


def _text(
    items: Sequence[Item], paper: str, kind: Kind, commented: Sequence[str], has_sheet: bool
) -> Iterator[Paragraph]:
    numbers = {each: sum(item.severity is each for item in items) for each in Severity}
    asked = [
        f"{numbers[Severity.ERROR]}项数据请更正" if numbers[Severity.ERROR] else "",
        f"{numbers[Severity.WARNING]}项情况请说明" if numbers[Severity.WARNING] else "",
        f"{numbers[Severity.NOTICE]}项提示供参考" if numbers[Severity.NOTICE] else "",
    ]
    listed = "，".join(each for each in asked if each)
    yield _indented(f"对你单位报送的{paper}，按报告所列数据进行了核对：{listed}（见附件）。")
    if commented or has_sheet:
        yield _indented(f"核对意见已{_where(commented, has_sheet)}。")
    day = f"请于{_DAY}前"
    if kind is Kind.DRAFT:
        yield _indented(f"{day}核实上述事项，填写《反馈单》一并送回；数据有更正的，请附更正后的报告。")
    else:
        yield _indented(
            f"{day}对照附件逐项整改，填写《反馈单》报送整改情况，并附更正后的报告；情况特殊的，请在《反馈单》中说明。"
        )
    yield _indented("计算均依据报告所列数据，最终以账面及合同资料为准。")
    yield _indented(f"联系人：{_BLANK}　　联系电话：{_BLANK}")
    yield Paragraph("")
    yield _indented("附件：核对事项表")


def _where(commented: Sequence[str], has_sheet: bool) -> str:
    """Where the department finds the comments."""
    named = "、".join(f"“{each}”" for each in commented)
    marked = f"批注在{named}中" if commented else ""
    return "，".join(each for each in (marked, "列在“核对意见.xlsx”中" if has_sheet else "") if each)


def _foot() -> Iterator[Paragraph]:
    yield Paragraph("")
    yield Paragraph(f"{_BLANK}{_BLANK}", Align.RIGHT)
    yield Paragraph(_DAY, Align.RIGHT)


def _indented(text: str) -> Paragraph:
    return Paragraph(text, is_indented=True)


def _table(items: Sequence[Item], titles: Titles, within: str) -> Table:
    rows: list[tuple[tuple[str, ...], ...]] = [(("序号",), ("类别",), ("报告原文", "及位置"), ("核对意见",))]
    for number, item in enumerate(items, 1):
        words = first_of((each for finding in item.findings for each in _words(finding, within)), _MOST)
        rows.append(
            ((str(number),), (ASKED[item.severity].zh,), words, tuple(_opinion(item, titles, within)))
        )
    return Table(_WIDTHS, tuple(rows))


def _words(finding: Finding, within: str) -> Iterator[str]:
    for each in printed(finding):
        place = place_for_people(each.location, "zh", within)
        yield f"“{shortened(quote_said(each, 'zh'))}”" + (f"（{place}）" if place else "")


def _opinion(item: Item, titles: Titles, within: str) -> Iterator[str]:
    """What is said of a matter: the first finding whole, then those that go with it; and their numbers in the form."""
    for at, finding in enumerate(item.findings):
        yield f"{'相关：' if at else ''}{finding.message.zh}"
        if said := calculation(finding.trace, "zh"):
            yield f"计算：{said}"
        for cause in finding.causes:
            figure = partial(figure_said, language="zh", within=within)
            yield f"相符分母：{cause_said(cause, 'zh', figure)}"
        yield from (f"一并核对：{each}" for each in together(finding, titles, "zh"))
    numbers = "、".join(str(each) for each in item.numbers)
    yield f"（反馈单第{numbers}项）"
