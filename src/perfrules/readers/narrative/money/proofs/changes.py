"""The projects of whose budget a report tells a change: their 预算 may be the one before it or after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from perfrules.readers.narrative.scopes import Scope
from perfrules.readers.narrative.sections import Part
from perfrules.readers.narrative.things import GENERAL
from perfrules.readers.narrative.words import CHANGED, MOVED

_MOVED = re.compile(rf"(?:{MOVED.pattern}|结转)[^。；]*[\d十百千万亿]元|元[^。；]*(?:{MOVED.pattern}|结转)")


def changed_projects(told: Sequence[tuple[Part, Scope]]) -> frozenset[str]:
    """The names whose own paragraphs speak of several budgets."""
    return frozenset(
        str(scope.project.value)
        for part, scope in told
        if scope.project is not None and CHANGED.search(part.paragraph.text)
    )


def touched_projects(names: Iterable[str], told: Sequence[tuple[Part, Scope]]) -> frozenset[str]:
    """The names that share a word with a change told elsewhere.

    项目支出追加25万元（省级康复资金） may be part of the budget of whatever is called 康复.
    """
    moved = {
        pair
        for part, scope in told
        if scope.project is None
        for segment in re.split("[。；]", part.paragraph.text)
        if _MOVED.search(segment)
        for pair in _pairs(segment)
    }
    return frozenset(name for name in names if not moved.isdisjoint(_pairs(name)))


def _pairs(words: str) -> Iterator[str]:
    """The pairs of characters of words, without those of general words of budgets: 康复, 复救, 救助 of 康复救助项目."""
    for piece in re.split(r"\W|\d", GENERAL.sub("，", words)):
        yield from (piece[at : at + 2] for at in range(max(1, len(piece) - 1)) if piece)
