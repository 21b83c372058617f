"""Where the text explains itself: the sentence of a section that gives a cause. It never changes an outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from perfrules.language import Context
from perfrules.model.finding import Explanation

_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?")
_CAUSE = re.compile(r"(?:主要)?原因|主要是|由于|因为|鉴于|受.{1,20}影响|因.{1,30}(?:未|待|需|尚|延|推迟)")
_REASON = re.compile(r"(?:主要)?原因(?:是|为|在于|有|：|:)")
_MONEY = re.compile(r"支付|支出|拨付|付款|资金|合同|结算|进度")


def explanation(context: Context, section: str) -> Explanation | None:
    """The first sentence of the department's section that names a cause and speaks of payment; None where none does.

    For a project a sentence with its name comes first. The quote is cut from the section as printed, with line breaks
    inside the sentence closed up.
    """
    fact = context.path[0].facts.get(section)
    if fact is None or not isinstance(fact.value, str):
        return None
    found = [span for span in map(partial(_cause, fact.value), _sentences(fact.value)) if span is not None]
    name = context.path[-1].name
    named = [span for span in found if name and name in "".join(fact.value[slice(*span)].split())]
    if not found:
        return None
    start, end = (named or found)[0]
    return Explanation("".join(fact.value[start:end].split()), fact.cut(start, end))


def _cause(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """Where a sentence gives a cause for what was paid; what stands before 原因是 tells the problem, not the cause."""
    start, end = span
    sentence = text[start:end]
    cause = _CAUSE.search(sentence)
    if cause is None or not _MONEY.search(sentence):
        return None
    return (start + cause.start(), end) if _REASON.match(sentence, cause.start()) else span


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for found in _SENTENCE.finditer(text):
        inner = found.group().strip()
        start = found.start() + found.group().find(inner) if inner else found.start()
        yield start, start + len(inner)
