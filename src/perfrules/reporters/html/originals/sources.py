"""The documents of a report, opened again to show their own words; where they have changed since, only what was quoted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.documents import TextDocument
from perfrules.documents.opened import Opened, opened
from perfrules.errors import ReadError
from perfrules.model.report import Report
from perfrules.model.subject_types import title_of
from perfrules.model.submission import Document
from perfrules.reporters.html.marks import Key, Mark, key_of
from perfrules.reporters.html.markup import Markup, element, joined
from perfrules.reporters.html.originals.grids import sheet_markup
from perfrules.reporters.html.originals.ink import Ink
from perfrules.reporters.html.originals.texts import text_markup
from perfrules.reporters.html.wording import Say
from perfrules.reporters.words import place_said

GONE = Bilingual(
    "文件已不在原处或打不开, 下面只列所引原文",
    "the file is no longer there or does not open; only what was quoted is shown",
)
CHANGED = Bilingual(
    "文件在核查之后有改动, 下面只列核查时所引原文",
    "the file has changed since it was checked; only what was quoted then is shown",
)


@frozen
class Source:
    """A document as it can be shown: opened again, or why it is not; neither for what was given field by field."""

    document: Document
    opened: Opened | None
    trouble: Bilingual | None = None


def sources_markup(
    report: Report, marks: Sequence[Mark], anchors: Mapping[Key, str], level: int, say: Say
) -> Markup:
    """Every document of a report with its marks; marks whose document is none of them stand under the last."""
    own = {each.path for each in report.inputs}
    drawn = []
    for at, document in enumerate(report.inputs, 1):
        is_last = at == len(report.inputs)
        here = [each for each in marks if each.location.source == document.path]
        if is_last:
            here += [each for each in marks if each.location.source not in own]
        source = reopened(document)
        drawn.append(_document(source, report, Ink(here, anchors), level, say))
    return joined(drawn)


def reopened(document: Document) -> Source:
    """The document opened once more, if its bytes are still those that were checked."""
    try:
        data = Path(document.path).read_bytes()
    except OSError:
        return Source(document, None, GONE)
    if sha256(data).hexdigest() != document.sha256:
        return Source(document, None, CHANGED)
    try:
        return Source(document, opened(document.path, data))
    except ReadError:
        return Source(document, None, GONE)


def _document(source: Source, report: Report, ink: Ink, level: int, say: Say) -> Markup:
    name = Path(source.document.path).name
    body = _body(source, report, ink, say)
    return element(
        "section",
        element(f"h{level}", name),
        element("p", source.document.path, class_="path") if source.document.path != name else None,
        element("p", say.of(source.trouble), class_="trouble") if source.trouble else None,
        body,
        _quotes(ink, say, alone=source.trouble is not None),
        class_="document",
    )


def _body(source: Source, report: Report, ink: Ink, say: Say) -> Markup | None:
    match source.opened:
        case TextDocument() as document:
            return element("div", text_markup(document, ink, say), class_="paper", lang="zh-CN")
        case tuple() as sheets:
            drawn = (sheet_markup(each, ink, say) for each in sheets)
            return element("div", drawn, class_="sheets", lang="zh-CN")
        case _:
            return None if source.trouble else _given(source.document.path, report, ink, say)


def _given(path: str, report: Report, ink: Ink, say: Say) -> Markup:
    """What was submitted field by field, as a table."""
    rows = []
    for subjects in report.submission.walk():
        for fact in subjects[-1].facts.values():
            where = fact.location
            if where is not None and where.source == path and fact.quote:
                cells = [_owner(subjects[-1].name, subjects[0].name, say), say.of(title_of(fact))]
                shown = ink.cell(fact.quote, where.address)
                rows.append(
                    [*map(_cell, cells), element("td", shown), element("td", where.address, class_="at")]
                )
    heads = (say("对象", "Subject"), say("栏目", "Field"), say("所填", "As filed"), say("位置", "Place"))
    return _table(say("报送的数据", "What was filed"), heads, rows)


def _owner(name: str, department: str, say: Say) -> str:
    return name if name and name != department else say("部门", "department")


def _cell(text: str) -> Markup:
    return element("td", text)


def _quotes(ink: Ink, say: Say, *, alone: bool) -> Markup | None:
    """The quotes of marks that have no place in what is shown, so that each can be found all the same."""
    left = ink.left()
    if not left:
        return None
    groups = groupby(sorted(left, key=_order), key=lambda each: (key_of(each.location), each.quote))
    rows = [_quote(list(marks), ink, say) for _, marks in groups]
    title = (
        say("所引原文", "What was quoted")
        if alone
        else say("正文之外的内容", "What does not stand in the text")
    )
    return _table(title, (say("原文", "Words"), say("位置", "Place"), say("说明", "Said of it")), rows)


def _order(mark: Mark) -> tuple[str, int, str, str]:
    span = mark.location.span
    return mark.location.source, span[0] if span else -1, mark.location.address, mark.quote


def _quote(marks: list[Mark], ink: Ink, say: Say) -> list[Markup]:
    labels = element("ul", (element("li", label) for label in dict.fromkeys(each.label for each in marks)))
    where = place_said(marks[0].location, say.language)
    return [
        element("td", ink.listed(marks[0], marks)),
        element("td", where, class_="at"),
        element("td", labels),
    ]


def _table(title: str, heads: Sequence[str], rows: Iterator[list[Markup]] | Sequence[list[Markup]]) -> Markup:
    table = element(
        "table",
        element("caption", title),
        element("thead", element("tr", (element("th", each, scope="col") for each in heads))),
        element("tbody", (element("tr", each) for each in rows)),
    )
    return element("div", table, class_="wide", role="group", aria_label=title, tabindex=0)
