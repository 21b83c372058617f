"""The projects that a report names as its problem: how many it claims, and which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from attrs import frozen

from perfrules.documents import Paragraph, TextDocument
from perfrules.model.fact import Fact
from perfrules.model.quantity import printed_quantity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.unit import Kind, Unit
from perfrules.readers.narrative.sections import Part, Topic
from perfrules.readers.narrative.things import HEADING_ENDS

_CLAIMED = re.compile(r"项目(?:主要|共|有|为|是)*(?P<words>(?P<number>\d{1,3}|[一二三四五六七八九十])个)")
_CAUSE = re.compile(r"(?:主要)?原因(?:是|为|在于)|主要是")
_VERB = re.compile(
    r"(?:均|都|由于|因为)?(?:涉及|需|未|尚|因|正在|没有|采[取用]|属于?|受|按照?|执行|支[付出]|进度|进展|资金支|目前|还)"
)
_JOINED = re.compile("[和与及、]|以及")
_OPEN_ENDED = re.compile("等|包括|主要有|主要涉及")
_NUMERALS = {character: str(number) for number, character in enumerate("一二三四五六七八九十", 1)}
SIMILAR = 0.8
"""From this ratio of difflib on, a name resembles another."""


@frozen
class ProblemProjects:
    """The number of problem projects a report claims, and the table of those it names."""

    claimed: Fact | None
    named: Table | None


def resembles(name: str, known: Iterable[str]) -> bool:
    """Whether a name is one of those known, or slightly other."""
    return any(SequenceMatcher(None, name, each, autojunk=False).ratio() >= SIMILAR for each in known)


def problem_projects(document: TextDocument, parts: Sequence[Part], known: Sequence[str]) -> ProblemProjects:
    """What the problems section claims and names; the names are looked for after the claim, in its paragraph."""
    for part in parts:
        if part.topic is not Topic.PROBLEMS:
            continue
        if found := _CLAIMED.search(part.paragraph.text):
            claimed = _count(document, part.paragraph, found)
            return ProblemProjects(claimed, _named(document, part.paragraph, found.end(), known))
    return ProblemProjects(None, None)


def _count(document: TextDocument, paragraph: Paragraph, found: re.Match[str]) -> Fact:
    where = document.place(paragraph, *found.span("words"))
    digits = _NUMERALS.get(found["number"], found["number"])
    quantity = printed_quantity(digits, Unit(Kind.COUNT, "个"), words=found["words"])
    return Fact("claimed_problem_count", quantity, location=where, quote=document.cut(where), label="项目有")


def _named(document: TextDocument, paragraph: Paragraph, start: int, known: Sequence[str]) -> Table | None:
    cause = _CAUSE.search(paragraph.text, start)
    if cause is None:
        return None
    clause = re.split("[，。；：]", paragraph.text[cause.end() :])[0]
    verb = _VERB.search(clause)
    listed = clause[: verb.start()] if verb else clause
    rows, place = list[Subject](), cause.end()
    sure = verb is not None and not _OPEN_ENDED.search(listed)
    for name in _JOINED.split(listed):
        at = paragraph.text.index(name, place)
        place = at + len(name)
        if not (resembles(name, known) or HEADING_ENDS.search(name)):
            sure = False
            continue
        rows.append(_row(document, paragraph, name, at, len(rows) + 1))
    return (
        Table(tuple(rows), Completeness.COMPLETE if sure and rows else Completeness.UNKNOWN) if rows else None
    )


def _row(document: TextDocument, paragraph: Paragraph, name: str, at: int, number: int) -> Subject:
    where = document.place(paragraph, at, at + len(name))
    fact = Fact("name", name, location=where, quote=document.cut(where))
    return Subject("named_project", f"named_project:{number}", name, {"name": fact})
