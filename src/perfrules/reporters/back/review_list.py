"""The list in which a reviewer decides what is sent (复核单.xlsx): written for all departments, read back before anything goes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.documents.forms import Column, Page, filled_rows, workbook
from perfrules.documents.sheet import Cell
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.finding import Finding
from perfrules.model.report import Report
from perfrules.reporters.back.items import items, sent
from perfrules.reporters.back.words import end_of, first_of, only_file, place_for_people, printed, shortened
from perfrules.reporters.rows.names import named_apart
from perfrules.reporters.words import ASKED, quote_said

SHEET = "复核单"
SEND, BY, WHY, FINGERPRINT, FINDING, END = "是否发出", "复核人", "理由", "编号", "核对意见", "期末"
_MOST = 6
"""Printed figures of a finding in the list."""
YES, NO = "是", "否"
_COLUMNS = (
    Column("序号", 6),
    Column("部门", 22),
    Column("类别", 9),
    Column(FINDING, 70),
    Column("原文", 30),
    Column(SEND, 10, (YES, NO), is_entered=True),
    Column(BY, 10, is_entered=True),
    Column(WHY, 36, is_entered=True),
    Column("规则", 10),
    Column(FINGERPRINT, 20, is_hidden=True),
    Column(END, 12, is_hidden=True),
)
_HELP = (
    "逐条复核。不发给部门的, 把“是否发出”改为“否”, 并写明复核人和理由; 其余保持“是”。",
    "存盘后: perfrules return 报告 --to 文件夹 --reviewed 本文件。写“否”的不会出现在批注、反馈单和函中, 只在本次运行的小结中列出。",
    "Set 是否发出 to 否 where a finding is not to be sent, with name and reason; then perfrules return PATH --to FOLDER --reviewed this file.",
)


@frozen
class Struck:
    """A finding that a reviewer keeps from being sent, with name and reason.

    `end` is the last day of its period: the same finding of another period has the same fingerprint, and is another one.
    """

    fingerprint: str
    by: str
    why: str
    end: str = ""

    def is_of(self, report: Report) -> bool:
        """Whether it is a finding of that report's period."""
        return self.end == end_of(report)


def review_list(reports: Sequence[Report]) -> bytes:
    """The list of all findings that would be sent, every one set to be sent."""
    rows, number = [], 1
    for report, name in named_apart(reports, "zh"):
        for item in items(report):
            for finding in item.findings:
                rows.append((*_row(number, report, name, finding), end_of(report)))
                number += 1
    return workbook([Page(SHEET, _COLUMNS, tuple(rows), is_locked=True, frozen_columns=2)], _HELP)


def _row(number: int, report: Report, name: str, finding: Finding) -> tuple[str, ...]:
    within = only_file(report)
    figures = (
        f"“{shortened(quote_said(each, 'zh'))}” {place_for_people(each.location, 'zh', within)}".strip()
        for each in printed(finding)
    )
    words = "\n".join(first_of(figures, _MOST))
    said = f"{finding.title.zh}: {finding.message.zh}"
    asked = ASKED[finding.severity].zh
    return (str(number), name, asked, said, words, YES, "", "", finding.rule, finding.fingerprint)  # fmt: skip


def struck_from(path: Path, reports: Sequence[Report]) -> tuple[Struck, ...]:
    """What was struck out; raises ReadError with every fault of the list, and where a finding of the reports is not in it."""
    try:
        data = path.read_bytes()
    except OSError:
        message = Bilingual("打不开复核单", "the review list cannot be opened")
        hint = Bilingual("检查 --reviewed 后的文件名", "look at the name after --reviewed")
        raise ReadError(Fault("review.not_there", message, Location(path.as_posix()), hint)) from None
    message = Bilingual("不是 perfrules 写出的复核单", "this is no review list that perfrules has written")
    hint = Bilingual("用 perfrules return 报告 --review-list 文件 写出", "perfrules return PATH --review-list FILE writes one")  # fmt: skip
    told = Fault("review.no_list", message, Location(path.as_posix()), hint)
    rows = filled_rows(path.as_posix(), data, SHEET, (FINDING, SEND, BY, WHY, FINGERPRINT, END), told)
    faults = [fault for row in rows for fault in _faults(row)] + _unlisted(path, rows, reports)
    if faults:
        raise ReadError(faults)
    return tuple(
        Struck(row[FINGERPRINT].text, row[BY].quote, row[WHY].quote, row[END].text)
        for row in rows
        if row[SEND].text == NO
    )


def _faults(row: Mapping[str, Cell]) -> Iterator[Fault]:
    if row[SEND].text not in (YES, NO):
        yield _fault(row[SEND], f"“{SEND}”应为“{YES}”或“{NO}”", f"{SEND} is {YES} or {NO}")
    for name in (BY, WHY):
        if row[SEND].text == NO and not row[name].text:
            yield _fault(row[name], f"不发出的一行缺少“{name}”", f"{name} is missing of a finding that is not sent")  # fmt: skip
    if not row[FINGERPRINT].text:
        yield _fault(row[FINGERPRINT], "这一行没有编号", "this row has lost its number")


def _fault(cell: Cell, zh: str, en: str) -> Fault:
    hint = Bilingual("改好后再用 --reviewed 读回", "mend it and read the list again with --reviewed")
    return Fault("review.row", Bilingual(zh, en), cell.location, hint)


def _unlisted(path: Path, rows: Sequence[Mapping[str, Cell]], reports: Sequence[Report]) -> list[Fault]:
    listed = {(row[FINGERPRINT].text, row[END].text) for row in rows}
    new = [
        f"{name} {finding.rule}"
        for report, name in named_apart(reports, "zh")
        for finding in sent(report, ())
        if (finding.fingerprint, end_of(report)) not in listed
    ]
    if not new:
        return []
    shown = "、".join(new[:5]) + (" 等" if len(new) > 5 else "")
    message = Bilingual(f"有 {len(new)} 项发现不在复核单中: {shown}", f"{len(new)} findings are not in the list: {shown}")  # fmt: skip
    hint = Bilingual(
        "报告或规则有变化, 请重新写出复核单", "the reports or rules have changed: write the list again"
    )
    return [Fault("review.unlisted", message, Location(path.as_posix()), hint)]
