"""The columns of the form, its rows for findings, and the mark by which a row that was changed is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from attrs import frozen

from perfrules.documents.forms import Column, Page, workbook
from perfrules.model.reply import ANSWERS, OPINIONS

SHEET = "反馈单"
ANSWER, TEXT, OPINION, REVIEWER, ON, UNTIL = (
    "部门答复",
    "说明",
    "财政审核意见",
    "审核人",
    "审核日期",
    "有效期",
)
ENTERED = (ANSWER, TEXT, OPINION, REVIEWER, ON, UNTIL)
ASKED, FINDING, WORDS, PLACE, BOUND = "类别", "核对意见", "原文", "位置", "限度"
FINGERPRINT, RULE, DEPARTMENT, END, SUBJECT, FILES = "编号", "规则", "部门", "期末", "对象", "文件校验"
MARK = "行校验"
HIDDEN = (FINGERPRINT, RULE, DEPARTMENT, END, SUBJECT, FILES)
KEPT = (ASKED, FINDING, WORDS, PLACE, BOUND, *HIDDEN)
"""What must come back as it went out."""
COLUMNS = (
    Column("序号", 6),
    Column(ASKED, 9),
    Column(FINDING, 48),
    Column(WORDS, 20),
    Column(PLACE, 14),
    Column(ANSWER, 11, tuple(each.zh for each in ANSWERS.values()), is_entered=True),
    Column(TEXT, 32, is_entered=True),
    Column(OPINION, 14, tuple(each.zh for each in OPINIONS.values()), is_entered=True),
    Column(REVIEWER, 10, is_entered=True),
    Column(ON, 12, is_entered=True),
    Column(UNTIL, 12, is_entered=True),
    Column(BOUND, 14),
    *(Column(name, 12, is_hidden=True) for name in (*HIDDEN, MARK)),
)
HELP = (
    "部门填写浅黄色的“部门答复”和“说明”: 已更正 (请随附更正后的报告)、有说明 (写明原因和依据)、有异议 (写明理由)。没有答复的留空。",
    "财政部门审核后填写“财政审核意见”“审核人”“审核日期”“有效期” (日期写成 2022-07-15)。有说明、有异议而同意的, 在有效期内、限度之内不再作为发现。",
    "“限度”是发现时的实际数: 以后超出这个数, 仍会再次提出。已更正的以更正后的报告重新核对为准。",
    "其余各列请不要改动、不要增删行; 表内另有隐藏的编号, 用来与报告对应。",
    "读回: perfrules check 报告 --replies 本文件 (或所在文件夹)。",
    "The department fills in 部门答复 and 说明; the bureau fills in the four columns after them, and reads the file back with --replies.",
)


@frozen
class Row:
    """One finding as the form shows it. `end` is the last day of its period, `files` the SHA-256 of the documents it was found in."""

    asked: str
    finding: str
    words: str
    place: str
    bound: str
    fingerprint: str
    rule: str
    department: str
    end: str
    subject: str
    files: str

    def kept(self) -> Mapping[str, str]:
        """Its columns that must come back as they went out."""
        said = (self.asked, self.finding, self.words, self.place, self.bound)
        known = (self.fingerprint, self.rule, self.department, self.end, self.subject, self.files)
        return dict(zip(KEPT, (*said, *known), strict=True))


def reply_form(rows: Sequence[Row], title: str) -> bytes:
    """The form for these findings."""
    listed = tuple(_cells(number, row.kept()) for number, row in enumerate(rows, 1))
    page = Page(SHEET, COLUMNS, listed, is_locked=True, above=(title,), frozen_columns=2)
    return workbook([page], HELP)


def _cells(number: int, kept: Mapping[str, str]) -> tuple[str, ...]:
    said = {"序号": str(number), **kept, MARK: mark(kept)}
    return tuple(said.get(column.name, "") for column in COLUMNS)


def mark(kept: Mapping[str, str]) -> str:
    """What a row is known unchanged by; blanks and line ends do not count, for programs change them."""
    said = "\0".join("".join(kept[name].split()) for name in KEPT)
    return sha256(said.encode()).hexdigest()[:16]
