"""Whose money a paragraph tells of by where it stands: under a heading or in a list that names a project, or another thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from perfrules.documents import TextDocument
from perfrules.model.fact import Fact
from perfrules.readers.narrative.amounts import masked
from perfrules.readers.narrative.outline import RANKED, Outline, outline
from perfrules.readers.narrative.problems import resembles
from perfrules.readers.narrative.projects import BEFORE_BRACKET, PLAINLY, TOLD_ALONE
from perfrules.readers.narrative.readings import BASIC, PROJECT, PROJECT_PREFIX
from perfrules.readers.narrative.sections import Part, Topic
from perfrules.readers.narrative.things import (
    BULLET,
    FRAME,
    GENERAL,
    HEADING_ENDS,
    MONEY_AT_ALL,
    MONEY_FIRST,
    MONEY_INSIDE,
    MONEY_NEAR,
    MONEY_TOLD,
    NAME_ENDS,
    NO_PROJECT,
    OURS,
    TOLD_OF,
    is_item_name,
    is_name,
    is_thing,
    named_at,
)
from perfrules.readers.narrative.words import OWN

_ITEM = re.compile(
    r"^(?:\d{1,2}[、.）]|（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]是)(?P<name>[^，。；：、□]{2,40}?)"
    r"(?=(?P<stop>：|，?(?:20\d\d年)?(?:年初)?(?:预算|指标|安排)+(?:资金)?(?:为|总额|[\d一二两三四五六七八九十])))"
)
_NAMED_ALONE = re.compile(
    r"^(?:（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.]|[一二三四五六七八九十]{1,3}、)(?P<name>[^，。；：、□\d（）]{4,40}?(?:经费|资金|项目|专项|工程|补助|补贴))(?:[。：]|$)"
)
_LEAD = re.compile(
    rf"^(?P<number>{BULLET}|第?[一二三四五六七八九十]{{1,3}}[、]|（[一二三四五六七八九十\d]{{1,3}}）|\d{{1,2}}[、.）](?!\d)|[一二三四五六七八九十]是|[①-⑳])?"
    rf"(?!（)(?P<name>[^，。；：□]{{2,40}}?)(?P<stop>[。：]|$)"
)
"""What a paragraph opens with before its first 。 or ：, or all of it where it is a heading."""
_NUMBER = rf"(?:{BULLET}|（[一二三四五六七八九十\d]{{1,3}}）|\d{{1,2}}[、.）](?!\d)|[①-⑳])"
_ITEM_NAME = re.compile(rf"^{_NUMBER}(?:□{{4,6}})?(?P<name>[^，。；：□\d]{{3,40}}?){TOLD_OF.pattern}")
_LISTED_NAME = re.compile(
    rf"^(?:[一二三四五六七八九十]是|第[一二三四五六七八九十]，)?(?:□{{4,6}})?(?P<name>[^，。；：□\d]{{3,40}}?){TOLD_OF.pattern}"
)
"""What an item opens with before it is told of, and what a paragraph does below a heading on projects."""
_TITLED = re.compile(
    r"^(?:(?:（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.]|[一二三四五六七八九十]{1,3}、|[①-⑳])?项目名称：|【?项目[一二三四五六七八九十\d]{1,3}[：】])"
    r"(?P<name>[^，。；：□【】]{2,40})】?[。；]?$"
)
"""A line that names the project of which the lines below tell."""
_OF_ALL = re.compile("^[^，。；：]{0,12}，?(?:全[局委办馆校院站]|全系统|部门整体|部门预算)")
_SELF = re.compile(OWN)
_OF_SEVERAL = re.compile(
    "(?:以上|上述|[两二三四五六七八九十\\d]个|各)项目|^(?:[一二三四五六七八九十\\d]+[、.])?(?:以上|上述)?(?:各项|[两二三四五六七八九十]项)?(?:资金)?(?:共计|合计|总计)"
)

_LINE_HEADING = re.compile("(?P<line>基本|项目)支出(?:预算)?(?:执行|预算|使用|完成|支出)?(?:情况)?")
_LINES = {"基本": BASIC, "项目": PROJECT}


def listed_project(document: TextDocument, part: Part) -> Fact | None:
    """The name of the project that a list item opens with; None where it opens with none."""
    if part.topic not in (Topic.ACHIEVEMENTS, Topic.MONEY, Topic.OTHER):
        return None
    found = _ITEM.match(part.paragraph.text)
    if found is None:
        return None
    if OURS.search(found["name"]):
        return None
    ends = HEADING_ENDS if found["stop"] == "：" else NAME_ENDS
    if not ends.search(found["name"]):
        return None
    return named_at(document, part, found)


@frozen
class Scope:
    """Whose money a paragraph tells of by where it stands: of a project, of a line, or of something that is none (`is_other`).

    `is_unclear` tells that not even the unit's name makes it the department's.
    """

    project: Fact | None = None
    line: str = ""
    is_other: bool = False
    is_unclear: bool = False

    def is_apart_from(self, owner: str) -> bool:
        """Whether it is of a thing of another name than the one project that a report is on: a part of it, or one beside it."""
        alone = owner.removeprefix(PROJECT_PREFIX)
        return alone != owner and self.project is not None and not resembles(str(self.project.value), [alone])


OTHER = Scope(is_other=True)
UNCLEAR = Scope(is_other=True, is_unclear=True)
WHOLE = Scope()
"""The scope of what stands under no thing's name: the department's."""


@frozen
class _Held:
    """A scope that holds for what follows its heading, down to the next heading that ranks as high."""

    scope: Scope
    rank: float


def scopes(document: TextDocument, told: Sequence[Part]) -> Iterator[Scope]:
    """For each part what it is about, as the headings and the list it stands under say.

    A heading that is a project's name (（一）公益性岗位补贴项目) holds for what follows it, down to the next of its rank.
    So does one that names another thing, or a thing of which nothing shows that it is a project: then no figure below
    it is the department's unless the department is named.
    """
    held, rank, report = list[_Held](), 0, outline(told)
    after, is_first = WHOLE, False
    for at, part in enumerate(told):
        found, is_heading = _opened(document, report, at)
        own: float = report.ranks[at]
        rank = int(own) or rank
        if is_heading and not own:  # a line without a number: as deep as the others of its kind
            own = next((each.rank for each in held if each.rank % 1), rank + 0.5)
        held = [each for each in held if not own or each.rank < own]
        if is_heading:
            held.append(_Held(found, own))
        elif found == WHOLE and not own:
            found = after if after != WHOLE else held[-1].scope if held else WHOLE
            found = _spoken_of(part.paragraph.text, found, is_first=is_first)
        elif found == WHOLE and held:
            found = _spoken_of(part.paragraph.text, held[-1].scope, is_first=is_first)
        is_item = not is_heading and found.project is not None and found not in [each.scope for each in held]
        after = after if after != WHOLE and not own and not is_heading else OTHER if is_item else WHOLE
        is_first = is_heading
        yield found


def _spoken_of(text: str, scope: Scope, *, is_first: bool) -> Scope:
    """The scope of a paragraph under another's name; of the whole where it names that, unclear where it names the unit."""
    if scope == WHOLE or _OF_SEVERAL.search(text) or _OF_ALL.search(text):
        return WHOLE
    return UNCLEAR if not is_first and _SELF.search(text) else scope


def _opened(document: TextDocument, report: Outline, at: int) -> tuple[Scope, bool]:
    """What a part opens with, and whether that is a heading of what follows."""
    part = report.told[at]
    if found := _TITLED.match(part.paragraph.text):
        return Scope(named_at(document, part, found)), True
    if (item := listed_project(document, part)) is not None:
        return (OTHER if NO_PROJECT.search(str(item.value)) else Scope(item)), False
    if (heading := _heading(document, part)) is not None:
        return heading, True
    return _led(document, report, at)


def _led(document: TextDocument, report: Outline, at: int) -> tuple[Scope, bool]:
    """The thing that a part names before it tells of money: a project, however it is called, or none."""
    part = report.told[at]
    text = masked(part.paragraph.text)
    if part.paragraph.is_row or part.topic is Topic.DUTIES:
        return WHOLE, False
    if part.topic not in (Topic.PROBLEMS, Topic.MEASURES) and (name := _told_at_once(text)):
        return (OTHER if NO_PROJECT.search(name["name"]) else Scope(named_at(document, part, name))), False
    if part.topic not in (Topic.PROBLEMS, Topic.MEASURES) and (listed := _listed(report, at, text)):
        return Scope(named_at(document, part, listed)), False
    found = _LEAD.match(text)
    if found is None or found.end("stop") == found.end("number"):
        return OTHER if part.is_item else WHOLE, False
    is_alone = found.end() == len(text)
    if not found["number"] and (found["stop"] != "：" or is_alone):
        return _headed(document, report, at, found) if report.is_line(at) else (WHOLE, False)
    if found["stop"] != "：":
        return _headed(document, report, at, found)
    if _is_frame(found["name"]):
        return WHOLE, False
    is_project = part.topic not in (Topic.PROBLEMS, Topic.MEASURES) and not NO_PROJECT.search(found["name"])
    is_project &= bool(MONEY_TOLD.match(text[found.end() :]))
    return Scope(named_at(document, part, found)) if is_project else OTHER, False


def _told_at_once(text: str) -> re.Match[str] | None:
    """The name of a project that a paragraph opens with, and its money behind it."""
    if (plain := PLAINLY.match(text)) and is_thing(plain["name"]):
        return plain
    if (opened := BEFORE_BRACKET.match(text)) and (is_thing(opened["name"]) or (NAME_ENDS.search(opened["name"]) and is_name(opened["name"]))):  # fmt: skip
        return opened
    if (alone := TOLD_ALONE.match(text)) and alone.start("name") == 0 and is_name(alone["name"]):
        return alone
    return None


def _listed(report: Outline, at: int, text: str) -> re.Match[str] | None:
    """The thing that an item opens with and tells the money of; a paragraph without a number only in a list of projects."""
    is_listed = report.told[at].is_item or report.lists_projects(at)
    numbered = _ITEM_NAME.match(text)
    found = numbered or (_LISTED_NAME.match(text) if is_listed else None)
    if found is None or not is_item_name(found["name"]):
        return None
    shape = MONEY_TOLD if numbered else MONEY_FIRST
    if report.told[at].is_item or (numbered and is_listed) or NAME_ENDS.search(found["name"]):
        shape = MONEY_NEAR
    return found if shape.match(text[found.end() :]) else None


def _headed(document: TextDocument, report: Outline, at: int, found: re.Match[str]) -> tuple[Scope, bool]:
    """What a heading, or the first sentence of a numbered paragraph, says that all below it is about."""
    part, name = report.told[at], found["name"]
    if line := _LINE_HEADING.fullmatch(name):
        return Scope(line=_LINES[line["line"]]), True
    if _is_frame(name):
        return WHOLE, False
    if part.topic in (Topic.PROBLEMS, Topic.MEASURES) or NO_PROJECT.search(name):
        return OTHER, True
    rest = masked(part.paragraph.text)[found.end() :]
    is_told = bool(MONEY_TOLD.match(rest or next(report.block(at), "")))
    shape = MONEY_AT_ALL if report.lists_projects(at) else MONEY_INSIDE
    is_told |= (shape is MONEY_AT_ALL or report.speaks_of_projects(at)) and any(
        shape.search(each) for each in (rest, *report.block(at))
    )
    return Scope(named_at(document, part, found)) if is_told else OTHER, True


def _is_frame(name: str) -> bool:
    """Whether a heading is one of the report's own and names no thing."""
    return bool(
        GENERAL.fullmatch(name) or (FRAME.search(name) and not NAME_ENDS.search(name)) or RANKED.match(name)
    )


def _heading(document: TextDocument, part: Part) -> Scope | None:
    """The project whose name is a heading of its own, or the first sentence of its paragraph."""
    if part.topic not in (Topic.ACHIEVEMENTS, Topic.MONEY, Topic.OTHER):
        return None
    found = _NAMED_ALONE.match(part.paragraph.text)
    if found is None or GENERAL.fullmatch(found["name"]):
        return None
    return OTHER if NO_PROJECT.search(found["name"]) else Scope(named_at(document, part, found))
