"""Project names: those that open a list item, and those that a report names as its problem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from attrs import frozen

from perfrules.documents import Paragraph, TextDocument
from perfrules.model.fact import Fact
from perfrules.model.quantity import printed_quantity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.unit import Kind, Unit
from perfrules.readers.narrative.sections import Part, Topic

_ITEM = re.compile(
    r"^(?:\d{1,2}[、.）]|（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]是)(?P<name>[^，。；：、□]{2,40}?)"
    r"(?=(?P<stop>：|，?(?:20\d\d年)?(?:年初)?(?:预算|指标|安排)(?:为|总额|[\d一二两三四五六七八九十])))"
)
_HEADING_ENDS = re.compile("(?:经费|资金|项目|专项|工程|补助|补贴)$")
_NAME_ENDS = re.compile("(?:经费|资金|项目|专项|工程|补助|补贴|费)$")
_RANKS = tuple(
    re.compile(shape)
    for shape in (
        r"第?[一二三四五六七八九十]{1,3}(?:[、章]|部分)",
        r"（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,3}节",
        r"\d{1,2}[、.](?!\d)",
        r"（\d{1,2}）|\d{1,2}）",
        r"[①-⑳]",
    )
)
"""The numbers in front of paragraphs, those of the highest rank first."""
_NAMED_ALONE = re.compile(
    r"^(?:（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.])(?P<name>[^，。；：、□\d（）]{4,40}?(?:经费|资金|项目|专项|工程|补助|补贴))(?:[。：]|$)"
)
_GENERAL = re.compile(
    "(?:上年|年初|年中|本年|年度|全年|部门|单位|整体|财政|预算|项目|专项|重点|主要|其他|支出|资金|经费|结转|结余|追加|调整|拨付|下达|到位|使用|管理|安排|收入|完成|实施|各|本级|县级|市级|省级|中央|工作|业务|补助|补贴|工程|的|和|及)+"
)
"""Words that are the name of no project, however they are put together."""
_OF_SEVERAL = re.compile("(?:以上|上述|[两二三四五六七八九十\\d]个|各)项目|合计|总计")
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


def listed_project(document: TextDocument, part: Part) -> Fact | None:
    """The name of the project that a list item opens with; None where it opens with none."""
    if part.topic not in (Topic.ACHIEVEMENTS, Topic.MONEY, Topic.OTHER):
        return None
    found = _ITEM.match(part.paragraph.text)
    if found is None:
        return None
    ends = _HEADING_ENDS if found["stop"] == "：" else _NAME_ENDS
    if not ends.search(found["name"]):
        return None
    where = document.place(part.paragraph, *found.span("name"))
    return Fact("name", found["name"], location=where, quote=document.cut(where))


def items(document: TextDocument, told: Sequence[Part]) -> Iterator[Fact | None]:
    """For each part the project that it is about, as the list it stands in says; None for those of no project.

    A heading that is a project's name (（一）公益性岗位补贴项目) holds for what follows it, down to the next of its rank.
    """
    held: Fact | None = None
    rank = 0
    for part in told:
        own = _rank(part.paragraph.text)
        if held is not None and 0 < own <= rank:
            held = None
        item, is_heading = listed_project(document, part), False
        if item is None:
            item = _heading(document, part)
            is_heading = item is not None
        if item is not None:
            held, rank = (item, own) if is_heading else (held, rank)
            yield item
        else:
            yield None if held is None or _OF_SEVERAL.search(part.paragraph.text) else held


def _rank(text: str) -> int:
    """How deep the number in front of a paragraph ranks; 0 where there is none."""
    return next((at for at, shape in enumerate(_RANKS, 1) if shape.match(text)), 0)


def _heading(document: TextDocument, part: Part) -> Fact | None:
    """The project whose name is a heading of its own, or the first sentence of its paragraph."""
    if part.topic not in (Topic.ACHIEVEMENTS, Topic.MONEY, Topic.OTHER):
        return None
    found = _NAMED_ALONE.match(part.paragraph.text)
    if found is None or _GENERAL.fullmatch(found["name"]):
        return None
    where = document.place(part.paragraph, *found.span("name"))
    return Fact("name", found["name"], location=where, quote=document.cut(where))


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
        if not (resembles(name, known) or _HEADING_ENDS.search(name)):
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
