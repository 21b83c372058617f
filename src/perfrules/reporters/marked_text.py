"""The text of a document as `perfrules read` shows it: what was understood is marked and coloured, and what was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfrules.bilingual import Language
from perfrules.model.submission import Submission
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, rendered

_READ, _OPEN, _ASIDE = "", "?", "-"
"""The marks inside 【】: nothing where a figure was read, ? where somebody should look, - where it is none of the budget's."""
Mark = tuple[int, int, str]


def marked_text(
    documents: Sequence[Submission], submissions: Sequence[Submission], language: Language, page: Page
) -> str:
    """The texts of these documents with the figures of the submissions that they became part of; tables have none."""
    lines: list[Styled] = []
    for document in documents:
        source = document.documents[0].path
        marks = sorted(set(_marks(submissions, source)))
        if document.text and marks:
            lines += _document(source, document.text, marks, language, page)
    return rendered(lines, page)


def _document(
    source: str, text: str, marks: Sequence[Mark], language: Language, page: Page
) -> Iterator[Styled]:
    key = "【】 已读入  【?】 请查看  【-】 不是本期预算数字" if language == "zh" else "【】 read  【?】 please look  【-】 none of this period's budget"  # fmt: skip
    yield Styled(source, "title")
    yield from (Styled(line.text, "marked") for line in block(key, page, 0))
    for line in _with_marks(text, marks).splitlines():
        if line.strip():
            yield from (Styled(each.text, "marked") for each in block(line.strip(), page))
    yield Styled("")


def _marks(submissions: Sequence[Submission], source: str) -> Iterator[Mark]:
    """The spans of the figures in a document, each with its mark."""
    for submission in submissions:
        for path in submission.walk():
            for fact in path[-1].facts.values():
                for each in (fact, *fact.witnesses):
                    where = each.location
                    if where and where.span and where.source == source and not isinstance(each.value, str):
                        yield (*where.span, _READ)
        for unread in submission.unread:
            if unread.location.span and unread.location.source == source:
                yield (*unread.location.span, _OPEN if unread.open else _ASIDE)


def _with_marks(text: str, marks: Sequence[Mark]) -> str:
    """The text with its figures marked; a soft line break inside a figure is closed up, and none is marked twice."""
    pieces, done = [], 0
    for start, end, mark in marks:
        if start < done or end > len(text):
            continue
        pieces += [text[done:start], f"【{mark}{''.join(text[start:end].split())}】"]
        done = end
    return "".join([*pieces, text[done:]])
