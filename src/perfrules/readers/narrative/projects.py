"""Project names told in clauses: 一是…; 分项目看，…; “…”项目; behind the sum of all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfrules.documents import Paragraph, TextDocument
from perfrules.documents.numerals import whole_number
from perfrules.model.fact import Fact
from perfrules.readers.narrative.amounts import masked
from perfrules.readers.narrative.sections import Part, Topic
from perfrules.readers.narrative.things import (
    BULLET,
    FRAME,
    MONEY_TOLD,
    NAME_ENDS,
    NO_PROJECT,
    is_name,
    is_thing,
    named_at,
)

TOLD_ALONE = re.compile(
    rf"(?:^(?:{BULLET})?|[；。：])(?:其中：?|[一二三四五六七八九]是)?(?P<name>[^，。；：、□\d]{{2,36}}(?:经费|资金|(?:项目|工程)(?=资金|经费)|项目|专项|工程|补助|补贴)(?<!(?:项目|工程)(?:资金|经费)))(?=(?:年初|全年|已|累计|实际|共|资金|经费)*(?:预算|支出|支付|到位|拨付|安排)[^，。；：□\d]{{0,4}}[\d一二两三四五六七八九十])"
)
"""Projects told one after the other without numbers: 新媒体采编经费支出81.6万元，…；应急广播维护经费支出52.4万元."""
_BY_PROJECT = re.compile(
    "(?:(?:分|各|从|按)(?:重点|主要)?项目(?:来)?(?:看|划分)|各项目(?:执行|支出)?情况(?:分别)?(?:为|如下|是)?)[，：]"
)
_IN_CLAUSES = re.compile(
    r"(?<=[，：；])(?P<name>[^，。；：、□\d]{3,30}?)(?=(?:年初|全年|共|已)*(?:预算|安排|支出|到位)(?:资金)?(?:为)?[\d一二两三四五六七八九十])"
)
"""What each clause of 分项目看，… is of."""
_BRACKETED = re.compile(
    r"(?:^|[；。，：、])(?:其中：?|[一二三四五六七八九]是)?(?P<name>[^，。；：、（）□\d]{2,36}(?:经费|资金|项目|专项|工程|补助|补贴|费))"
    r"（(?=(?:年初|全年|项目)*预算(?:数|资金)?(?:为)?[\d一二两三四五六七八九十][^，。；（）]{0,16}元[^（）]{0,30}）(?:已|实际|累计|共|上半年|□)*支[出付][^，。；]{0,4}[\d一二两三四五六七八九十])"
)
"""Projects with their budgets in brackets, one after the other: 甲培训经费（预算60万元）支出30万元，乙会议专项（…."""
_LED_INSIDE = re.compile(
    rf"(?<=[。；])(?:{BULLET}|[①-⑳])?(?P<name>[^，。；：□\d（）①-⑳—–·•●◆■★※▪-]{{3,30}})："
)
BEFORE_BRACKET = re.compile(
    rf"(?:{BULLET}|（[一二三四五六七八九十\d]{{1,3}}）|\d{{1,2}}[、.]|[一二三四五六七八九十]{{1,3}}、)?(?P<name>[^，。；：、□\d（）]{{3,30}})（(?=(?:年初|全年|项目|已|实际|上半年)*(?:预算|支出|安排|到位)(?:资金|数)?：?[\d一二两三四五六七八九十])"
)
"""A thing whose money stands in brackets behind it: 水库维修养护经费（年初预算：88.8万元；…）."""
_IN_LIST = re.compile(r"(?P<name>[^，。；：、□\d（）]{3,30}?)\d[\d,]*(?:\.\d+)?[亿万]?元")
_LIST = re.compile(
    r"项目[^，。；：（）]{0,10}\d[\d,.]*[亿万]?元(?:，?(?:分别[为是]|包括|其中)：?|：|（(?:其中)?：?)(?P<list>(?:[^，。；：、□\d（）]{3,30}\d[\d,]*(?:\.\d+)?[亿万]?元[、，和]?){2,})"
)
"""Projects told one after the other with their money behind the sum of all: 项目资金1386万元，分别为甲420万元、乙156万元."""
_QUOTED = re.compile(r"“(?P<name>[^“”，。；：]{3,30})”项目(?=[^，。；：“]{0,10}[\d一二两三四五六七八九十])")
"""A project in quotation marks: “数字工厂试点”项目支出112.5万元."""
PLAINLY = re.compile(
    rf"(?:{BULLET})?(?!（)(?P<name>[^，。；：、□\d]{{3,30}}?)(?=(?:年初|全年|调整后)(?:项目)?预算数?(?:为)?[\d一二两三四五六七八九十])"
)
"""A paragraph that opens with a thing and its budget: 应急物资储备全年预算数263.00万元，…."""
_ENUMERATED = re.compile(
    r"(?:^|[；。：，])[一二三四五六七八九]是(?P<name>[^，。；：、□\d]{3,30})，(?=(?:年初|全年|项目)?(?:预算|安排|支出|到位|资金)[^，。；：□\d]{0,3}[\d一二两三四五六七八九十])"
)
"""Projects told one after the other: 一是办案业务费，预算数412.00万元，…；二是…."""
_ARRANGED_FOR = re.compile(
    r"(?:^|[。；：])(?P<name>[^，。；：、□\d（）]{3,30}?)(?=(?:年初|全年|共)?(?:预算)?安排(?:资金|预算|经费)?(?:为)?(?:\d[\d,.]*|[一二两三四五六七八九十百千万零〇点]+)[亿万千百十]*元)"
)
_RATED = re.compile(
    r"(?:率|进度)[^，。；：]{0,4}[□\d.]+%的(?:是|有|为)(?P<name>[^，。；：、□\d（]{3,30}?)(?:项目)?（"
)
"""A project named behind its rate: 执行率达85%的是数据安全监管服务项目（年初预算96万元，…）."""


def _arranged_for(text: str) -> Iterator[re.Match[str]]:
    """The things that open one sentence after the other and are given money: 殡葬设施维护安排30万元，…。养老护理员培训安排15万元."""
    found = [each for each in _ARRANGED_FOR.finditer(text) if is_name(each["name"])]
    if len({each["name"] for each in found}) > 1 and all(_may_be_named(each["name"]) for each in found):
        yield from found


def _may_be_named(name: str) -> bool:
    return is_thing(name) or bool(NAME_ENDS.search(name))


_NUMBER = r"(?:[一二两三四五六七八九十]{1,3}|(?<!\d)\d{1,3})"
_COUNTED = re.compile(
    rf"(?P<before>{_NUMBER})个(?:重点|县级|监控|预算)?项目|(?:项目|专项(?:资金|经费)?)(?:共|计|总|合|有)*(?P<behind>{_NUMBER})[个项]"
)


def told_in_clauses(document: TextDocument, told: Sequence[Part]) -> Iterator[Fact]:
    """The projects that open clauses which tell of their money, wherever they stand in a paragraph."""
    for part in told:
        if (
            part.topic in (Topic.MONEY, Topic.OTHER, Topic.BASICS, Topic.ACHIEVEMENTS)
            and not part.paragraph.is_row
        ):
            text = masked(part.paragraph.text)
            yield from (
                named_at(document, part, found)
                for told_by in _BY_PROJECT.finditer(text)
                for found in _IN_CLAUSES.finditer(text, told_by.end(), _end_of_sentence(text, told_by.end()))
                if is_thing(found["name"])
            )
            yield from (named_at(document, part, found) for found in _leads_inside(text))
            for shape in (TOLD_ALONE, _ENUMERATED, _RATED, _QUOTED, _BRACKETED):
                yield from (
                    named_at(document, part, found)
                    for found in shape.finditer(text)
                    if is_name(found["name"])
                    and not (shape in (TOLD_ALONE, _BRACKETED) and NO_PROJECT.search(found["name"]))
                )
            yield from (named_at(document, part, found) for found in _listed_behind_a_sum(text))
            yield from (named_at(document, part, found) for found in _arranged_for(text))


def _leads_inside(text: str) -> Iterator[re.Match[str]]:
    """The things that open a sentence within a paragraph and tell their money: ….水质采样专项：年初预算20万元."""
    for found in _LED_INSIDE.finditer(text):
        if MONEY_TOLD.match(text[found.end() :]) and is_thing(found["name"]):
            yield found


def lead_of(sentence: str) -> str | None:
    """The thing whose money a sentence tells, by the name it opens with before a colon; None where it opens with none."""
    found = _LED_INSIDE.match(f"。{sentence}", 1)
    is_told = found is not None and MONEY_TOLD.match(sentence[found.end() - 1 :])
    return found["name"] if found is not None and is_told and not FRAME.search(found["name"]) else None


def _end_of_sentence(text: str, start: int) -> int:
    end = text.find("。", start)
    return len(text) if end < 0 else end


def _listed_behind_a_sum(text: str) -> Iterator[re.Match[str]]:
    for listed in _LIST.finditer(text):
        names = list(_IN_LIST.finditer(text, *listed.span("list")))
        are_projects = all(is_name(each["name"]) and (is_thing(each["name"]) or NAME_ENDS.search(each["name"])) for each in names)  # fmt: skip
        if len(names) > 1 and are_projects:
            yield from names


def projects_counted(text: str) -> int:
    """The greatest number of projects that a text counts: 5个项目, 项目共5个; 0 where it counts none."""
    told = (found["before"] or found["behind"] for found in _COUNTED.finditer(text))
    return max((int(each) if each.isdecimal() else whole_number(each) or 0 for each in told), default=0)


def quoted_projects(paragraphs: Sequence[Paragraph]) -> set[str]:
    """The names of the projects that stand in quotation marks."""
    return {found["name"] for each in paragraphs for found in _QUOTED.finditer(masked(each.text))}
