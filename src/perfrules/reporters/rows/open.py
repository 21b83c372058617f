"""What is open: papers and figures left unread, files not read, and figures that would decide rules if they were printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfrules.bilingual import Bilingual, Language
from perfrules.errors import Fault
from perfrules.model.report import Decider, Results, Wanted
from perfrules.model.subject_types import label_of
from perfrules.reporters.rows.cells import Marked, Row, Table, columns, listed
from perfrules.reporters.rows.names import named_apart, names_of
from perfrules.reporters.words import NOT_READ, REMARKS, WHY_UNREAD, place_said

UNREAD = columns(
    ("部门", "Department", 24),
    ("类别", "Kind", 8),
    ("原文", "Printed words", 26),
    ("请查看", "Please look", 9),
    ("原因", "Why", 50),
    ("文件", "File", 40),
    ("位置", "Place", 16),
)
FILES = columns(
    ("文件", "File", 50), ("位置", "Place", 16), ("原因", "Why", 60), ("怎么办", "What to do", 60)
)
DECIDERS = columns(
    ("部门", "Department", 24),
    ("对象", "Subject", 30),
    ("补充哪个数", "Figure to give", 22),
    ("连同", "Together with", 34),
    ("可判断的项数", "Verdicts it would decide", 12),
    ("规则", "Rules", 70),
)
LOOK = Bilingual("是", "yes")
PAPER, FIGURE = Bilingual("材料", "paper"), Bilingual("数字", "figure")


def unread_table(results: Results, language: Language) -> Table:
    """Papers and figures that were not taken in, those a person should look at first in each report."""

    def rows() -> Iterator[Row]:
        for report, department in named_apart(results.reports, language):
            for each in sorted(report.unread, key=lambda one: (not one.open, not one.is_paper)):
                yield (
                    department,
                    (PAPER if each.is_paper else FIGURE).said(language),
                    each.quote,
                    Marked(LOOK.said(language), "grey") if each.open else "",
                    WHY_UNREAD[each.why].said(language) if each.why in WHY_UNREAD else each.why,
                    each.location.source,
                    place_said(each.location, language),
                )

    return Table(Bilingual("未读入", "Unread"), UNREAD, rows)


def not_read_table(results: Results, language: Language) -> Table:
    """Files that are in no report, with the reason and what to do."""
    return _files(NOT_READ, results.faults, language)


def remarks_table(results: Results, language: Language) -> Table:
    """What is to be minded of files that were read all the same."""
    return _files(REMARKS, results.remarks, language)


def _files(title: Bilingual, told: Sequence[Fault], language: Language) -> Table:
    def rows() -> Iterator[Row]:
        for fault in told:
            where = fault.where
            place = f"{where.line}" if where and where.line else where.address if where else ""
            hint = fault.hint.said(language) if fault.hint else ""
            yield where.source if where else "", place, fault.message.said(language), hint

    return Table(Bilingual(title.zh, title.en.capitalize()), FILES, rows)


def deciders_table(results: Results, language: Language) -> Table:
    """Figures that a report does not print, in the order in which they decide most, each after those above it."""

    def rows() -> Iterator[Row]:
        for report, department in named_apart(results.reports, language):
            names = names_of(report, language)
            for each in report.deciders:
                rules = [f"{rule} {names.rule(rule)}".rstrip() for rule, _ in each.verdicts]
                besides = [f"{names.said(one.subject)} {_label(one, language)}" for one in each.besides]
                yield (
                    department,
                    names.said(each.subject),
                    _label(each, language),
                    listed(besides, language),
                    len(each.verdicts),
                    listed(rules, language),
                )

    return Table(Bilingual("待补数据", "Figures to give"), DECIDERS, rows)


def _label(wanted: Decider | Wanted, language: Language) -> str:
    return (wanted.label or label_of(wanted.field)).said(language)
