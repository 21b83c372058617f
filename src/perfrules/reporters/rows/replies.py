"""Departments' answers to findings: a row for each, and what a finding's own row says of its answer."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.bilingual import Bilingual, Language
from perfrules.model.finding import Finding
from perfrules.model.reply import ANSWERS, OPINIONS, Replied, Reply, Standing
from perfrules.model.report import Report, Results
from perfrules.reporters.rows.cells import Row, Table, columns
from perfrules.reporters.rows.names import named_apart, names_of

COLUMNS = columns(
    ("部门", "Department", 24),
    ("规则", "Rule", 10),
    ("名称", "Title", 28),
    ("对象", "Subject", 26),
    ("答复", "Answer", 10),
    ("说明", "Explanation", 60),
    ("财政审核意见", "The bureau's opinion", 12),
    ("审核人", "By", 12),
    ("审核日期", "On", 12),
    ("有效期至", "Until", 12),
    ("现状", "What has become of it", 16),
    ("原文", "Printed words", 40),
    ("文件", "File", 34),
    ("位置", "Place", 14),
)
STANDINGS = {
    Standing.OPEN: Bilingual("仍待处理", "still open"),
    Standing.WAIVED: Bilingual("已豁免", "waived"),
    Standing.GONE: Bilingual("已不再出现", "found no more"),
}


def replies_table(results: Results, language: Language) -> Table:
    """Every answer with what the bureau says to it and what has become of the finding."""

    def rows() -> Iterator[Row]:
        for report, department in named_apart(results.reports, language):
            names = names_of(report, language)
            for each in report.replies:
                reply = each.reply
                subject = names.subjects.get(reply.subject) or reply.subject
                yield department, reply.rule, names.rule(reply.rule), subject, *_said(each, language)

    return Table(Bilingual("部门答复", "Answers"), COLUMNS, rows)


def _said(replied: Replied, language: Language) -> Row:
    reply = replied.reply
    return (
        ANSWERS[reply.answer].said(language),
        reply.text,
        OPINIONS[reply.opinion].said(language) if reply.opinion else "",
        reply.reviewer,
        reply.reviewed_on.isoformat() if reply.reviewed_on else "",
        reply.expires.isoformat() if reply.expires else "",
        STANDINGS[replied.standing].said(language),
        reply.words,
        reply.location.source,
        reply.location.address,
    )


def reply_to(finding: Finding, report: Report, language: Language) -> str:
    """What the department answered to a finding, with the bureau's opinion; nothing where it did not."""
    told = [_answer(each.reply, language) for each in report.replies if _is_to(each.reply, finding)]
    return ("；" if language == "zh" else "; ").join(told)


def _is_to(reply: Reply, finding: Finding) -> bool:
    return (reply.rule, reply.fingerprint) == (finding.rule, finding.fingerprint)


def _answer(reply: Reply, language: Language) -> str:
    said = ANSWERS[reply.answer].said(language) + (f": {reply.text}" if reply.text else "")
    opinion = OPINIONS[reply.opinion].said(language) if reply.opinion else ""
    judged = " ".join(filter(None, (opinion, reply.reviewer)))
    return f"{said} ({judged})" if judged else said
