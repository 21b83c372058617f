"""Every figure that was read of a document, or left unread, with its place: what a person looks through, and may correct."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from perfrules.location import Location
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Subject
from perfrules.model.subject_types import label_of
from perfrules.model.submission import Submission
from perfrules.model.unit import MONEY_UNITS
from perfrules.readers.narrative.assemble import LINE_NAMES

_SENTENCE_ENDS = "。；！？"
_HEADING = re.compile(
    r"(?:^|(?<=\n))[^\n，。；]*(?:报告|汇报|总结|情况|说明|材料)\s*\n|\n\s*\n"
    r"|(?:^|(?<=\n))\s*(?:第?[一二三四五六七八九十]{1,3}(?:、|部分)|（[一二三四五六七八九十]{1,3}）)[^\n，。；]{1,40}\n"
)
"""A title or a heading, which ends with its line."""


@frozen
class Figure:
    """A figure: its place and words, the sentence around it, and what it was read as, `read_as` as `合计 实际支出`.

    `why` is the reason of one left unread; `unit` the name of the unit of a bare number of money; `is_open` tells one that
    a person should look at.
    """

    location: Location
    quote: str
    sentence: str
    read_as: str
    why: str = ""
    unit: str = ""
    is_open: bool = False


def figures(submission: Submission) -> Iterator[Figure]:
    """The figures of one document, read or not, each once for every place it stands at."""
    for owner in (*submission.department.members.values(), *submission.department.table("projects").rows):
        whose = LINE_NAMES.get(owner.id.rpartition("/")[2], owner.name)
        yield from _of_owner(submission, owner, whose)
    yield from _rows(submission, submission.department, "counts", "")
    yield from _rows(submission, submission.department, "department_targets", "")
    for each in submission.unread:
        if re.search(r"\d|[一二三四五六七八九十百千万亿]", each.quote) and each.why not in (
            "not_read",
            "picture",
            "hidden",
        ):
            yield Figure(each.location, each.quote, sentence(submission, each.location), "", each.why, is_open=each.open)  # fmt: skip


def _of_owner(submission: Submission, owner: Subject, whose: str) -> Iterator[Figure]:
    for name, fact in owner.facts.items():
        if isinstance(fact.value, Quantity):
            yield from _prints(submission, fact, f"{whose} {label_of(name).zh}")
    for row in owner.table("claims").rows:
        said = " / ".join(label_of(str(row.facts[name].value)).zh for name in ("numerator_name", "base_name") if name in row.facts)  # fmt: skip
        yield from _prints(submission, row.facts["printed"], f"{whose} {said}")
    yield from _rows(submission, owner, "counts", whose)
    yield from _rows(submission, owner, "targets", whose)
    yield from _rows(submission, owner, "sources", whose)


def _rows(submission: Submission, owner: Subject, table: str, whose: str) -> Iterator[Figure]:
    for row in owner.table(table).rows:
        for name, fact in row.facts.items():
            if isinstance(fact.value, Quantity):
                yield from _prints(submission, fact, f"{whose} {row.name} {label_of(name).zh}".strip())


def _prints(submission: Submission, fact: Fact, read_as: str) -> Iterator[Figure]:
    for each in (fact, *fact.witnesses):
        if each.state in (State.DERIVED, State.ASSUMED) or each.location is None:
            continue
        assert isinstance(each.value, Quantity)
        unit = each.value.unit.name
        bare = unit in MONEY_UNITS and unit not in each.quote
        yield Figure(each.location, each.quote, sentence(submission, each.location), read_as, unit=unit if bare else "")  # fmt: skip


def sentence(submission: Submission, where: Location) -> str:
    """The sentence around a place of a text, on one line; empty for a place in a table's file."""
    if where.span is None or where.span[1] > len(submission.text):
        return ""
    text, (start, end) = submission.text, where.span
    first = max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS) + 1
    first = max(first, start - 200)
    first += max((found.end() for found in _HEADING.finditer(text[first:start])), default=0)
    last = min((at for mark in _SENTENCE_ENDS if (at := text.find(mark, end)) >= 0), default=len(text) - 1)
    return "".join(text[first : min(last + 1, end + 200)].split())
