"""Project names: those that open a list item, and those that a report names as its problem."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from perfrules.documents import Paragraph, TextDocument
from perfrules.model.fact import Fact
from perfrules.readers.narrative.amounts import masked
from perfrules.readers.narrative.sections import Part, Topic

_ITEM = re.compile(
    r"^(?:\d{1,2}[、.）]|（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]是)(?P<name>[^，。；：、□]{2,40}?)"
    r"(?=(?P<stop>：|，?(?:20\d\d年)?(?:年初)?(?:预算|指标|安排)(?:为|总额|[\d一二两三四五六七八九十])))"
)
HEADING_ENDS = re.compile("(?:经费|资金|项目|专项|工程|补助|补贴)$")
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
_RANKED = re.compile("|".join(f"(?:{shape.pattern})" for shape in _RANKS))
_NAMED_ALONE = re.compile(
    r"^(?:（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.]|[一二三四五六七八九十]{1,3}、)(?P<name>[^，。；：、□\d（）]{4,40}?(?:经费|资金|项目|专项|工程|补助|补贴))(?:[。：]|$)"
)
_GENERAL = re.compile(
    "(?:上年|年初|年中|本年|年度|全年|部门|单位|整体|财政|预算|项目|专项|重点|主要|其他|支出|资金|经费|结转|结余|追加|调整|拨付|下达|到位|使用|管理|安排|收入|完成|实施|各|本级|县级|市级|省级|中央|工作|业务|补助|补贴|工程|的|和|及)+"
)
"""Words that are the name of no project, however they are put together."""
_LEAD = re.compile(
    r"^(?P<number>第?[一二三四五六七八九十]{1,3}[、]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.）](?!\d)|[一二三四五六七八九十]是|[①-⑳])?"
    r"(?P<name>[^，。；：□]{2,40}?)(?P<stop>[。：]|$)"
)
"""What a paragraph opens with before its first 。 or ：, or all of it where it is a heading."""
_FRAME = re.compile(
    "情况|总体|整体|收入|支出|收支|预算|执行|拨付|到位|拨款|结转|结余|追加|调整|绩效|目标|产出|效益|满意|问题|原因|措施|建议|其中|合计|小计|总计|监控|指标"
    "|部门|单位|资金|概况|职能|职责|自评|评价|分析|进度|说明|备注|^注$|^附|补充|提示|结论|文本框|如下|总额|如下|半年|季度|年度|月份|^按|看$|^(?:项目|分项目|重点项目|主要项目|各项目|专项)$|[我本全](?:局|县|市|区|镇|乡|校|院)"
)
"""Words of the headings of a report: what stands under them is told of the whole."""
_OURS = re.compile(
    r"^(?:[一二两三四五六七八九十\d]+[个项]|各|上述|以上|这|全部|所有)|三公|公务|^(?:不含|不包括|除|剔除|扣除)|专户|自有|事业收入|经营|上级|中央|省级|拨款|收入|追加|追减|调[增减整]|核[增减]|压减|结转|结余|上年|年初|使用|收到|[我本全][局县市区镇乡校院委办馆站]|本级|财政|单位|部门|其中|该项目|截至|截止|累计"
)
_NO_PROJECT = re.compile(
    "^(?:人员|日常|公用|工资|福利|商品|对个人|“?三公)|(?:局|委|办|馆|中心|学校|中学|小学|学院|医院|卫生院|所|站|队|机关|本级|下属|公司|街道|社区|镇|乡|村|社|会|团|院|部|厅|政府)$"
)
"""Parts of a department's money that are kinds of expense or units of it, and no projects."""
_MONEY_TOLD = re.compile(
    r"^(?:[^，。；：\d□]{0,25}，)?(?:(?:该|本|此)?项目|□|[截到][至止]?|[我本全][局委办馆校院站县市区镇乡]|年|县级?|市级?|区级?|财政|本级|共|总|已|今年|目前|上半年|，)*"
    r"(?:年初|全年|年度|调整后?|批复|核定|安排|申报|实际|累计|项目|资金|经费|专项|部门)*(?:预算|指标|安排|资金|经费|到位|拨付|拨入|下达|支出|支付|执行|使用|决算|年中追加|追加)"
    r"[^，。；：\d□一二两三四五六七八九十]{0,8}(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千万零]+)[亿万千百]*元"
)
"""A paragraph that tells at once of somebody's money."""
_TOLD_ALONE = re.compile(
    r"(?:^|[；。：])(?:其中：?|[一二三四五六七八九]是)?(?P<name>[^，。；：、□\d]{2,36}(?:经费|资金|(?:项目|工程)(?=资金|经费)|项目|专项|工程|补助|补贴)(?<!(?:项目|工程)(?:资金|经费)))(?=(?:年初|全年|已|累计|实际|共|资金|经费)*(?:预算|支出|支付|到位|拨付|安排)[^，。；：□\d]{0,4}[\d一二两三四五六七八九十])"
)
"""Projects told one after the other without numbers: 新媒体采编经费支出81.6万元，…；应急广播维护经费支出52.4万元."""
_OF_SEVERAL = re.compile("(?:以上|上述|[两二三四五六七八九十\\d]个|各)项目|合计|总计")


def listed_project(document: TextDocument, part: Part) -> Fact | None:
    """The name of the project that a list item opens with; None where it opens with none."""
    if part.topic not in (Topic.ACHIEVEMENTS, Topic.MONEY, Topic.OTHER):
        return None
    found = _ITEM.match(part.paragraph.text)
    if found is None:
        return None
    if _OURS.search(found["name"]):
        return None
    ends = HEADING_ENDS if found["stop"] == "：" else _NAME_ENDS
    if not ends.search(found["name"]):
        return None
    return _named_at(document, part, found)


@frozen
class Scope:
    """Whose money a paragraph tells of by where it stands: of a project, or of something that is none (`is_other`)."""

    project: Fact | None = None
    is_other: bool = False


WHOLE = Scope()
"""The scope of what stands under no thing's name: the department's."""


def scopes(document: TextDocument, told: Sequence[Part]) -> Iterator[Scope]:
    """For each part what it is about, as the list it stands in says.

    A heading that is a project's name (（一）公益性岗位补贴项目) holds for what follows it, down to the next of its rank.
    """
    held, rank = WHOLE, 0
    for at, part in enumerate(told):
        own = _rank(part.paragraph.text)
        if held != WHOLE and 0 < own <= rank:
            held = WHOLE
        found, is_heading = _opened(document, told, at)
        if found != WHOLE:
            held, rank = (found, own) if is_heading else (held, rank)
            yield found
        else:
            yield WHOLE if held == WHOLE or _OF_SEVERAL.search(part.paragraph.text) else held


def _opened(document: TextDocument, told: Sequence[Part], at: int) -> tuple[Scope, bool]:
    """What a part opens with, and whether that is a heading of what follows."""
    part = told[at]
    if (item := listed_project(document, part)) is not None:
        return Scope(item), False
    if (item := _heading(document, part)) is not None:
        return Scope(item), True
    return _led(document, told, at)


def _led(document: TextDocument, told: Sequence[Part], at: int) -> tuple[Scope, bool]:
    """The thing that a part names before it tells at once of money: a project, however it is called, or none."""
    part = told[at]
    text = masked(part.paragraph.text)
    if part.paragraph.is_row or part.topic in (Topic.PROBLEMS, Topic.MEASURES, Topic.DUTIES):
        return WHOLE, False
    if (plain := _PLAINLY.match(text)) and _is_thing(plain["name"]):
        return Scope(_named_at(document, part, plain)), False
    if (opened := _BEFORE_BRACKET.match(text)) and (_is_thing(opened["name"]) or (_NAME_ENDS.search(opened["name"]) and _is_name(opened["name"]))):  # fmt: skip
        return Scope(_named_at(document, part, opened)), False
    if (alone := _TOLD_ALONE.match(text)) and alone.start("name") == 0 and _is_name(alone["name"]):
        return Scope(_named_at(document, part, alone)), False
    found = _LEAD.match(text)
    if found is None:
        return WHOLE, False
    is_heading = found.end() == len(text)
    if not found["number"] and (found["stop"] != "：" or is_heading):
        return WHOLE, False
    name = found["name"]
    if (
        _GENERAL.fullmatch(name)
        or (_FRAME.search(name) and not _NAME_ENDS.search(name))
        or _RANKED.match(name)
    ):
        return WHOLE, False
    following = text[found.end() :]
    if is_heading:
        following = masked(told[at + 1].paragraph.text) if at + 1 < len(told) else ""
    if not _MONEY_TOLD.match(following):
        return (WHOLE if is_heading else Scope(is_other=True)), False
    if _NO_PROJECT.search(name):
        return Scope(is_other=True), found["stop"] != "："
    return Scope(_named_at(document, part, found)), found["stop"] != "："


def _is_name(words: str) -> bool:
    return not _GENERAL.fullmatch(words) and not _OURS.search(words)


_BY_PROJECT = re.compile(
    "(?:(?:分|各|从|按)(?:重点|主要)?项目(?:来)?(?:看|划分)|各项目(?:执行|支出)?情况(?:分别)?(?:为|如下|是)?)[，：]"
)
_IN_CLAUSES = re.compile(
    r"(?<=[，：；])(?P<name>[^，。；：、□\d]{3,30}?)(?=(?:年初|全年|共|已)*(?:预算|安排|支出|到位)(?:资金)?(?:为)?[\d一二两三四五六七八九十])"
)
"""What each clause of 分项目看，… is of."""
_LED_INSIDE = re.compile(r"(?<=[。；])(?P<name>[^，。；：□\d（）]{3,30})：")
_BEFORE_BRACKET = re.compile(
    r"(?:（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.]|[一二三四五六七八九十]{1,3}、)?(?P<name>[^，。；：、□\d（）]{3,30})（(?=(?:年初|全年|项目|已|实际|上半年)*(?:预算|支出|安排|到位)(?:资金|数)?：?[\d一二两三四五六七八九十])"
)
"""A thing whose money stands in brackets behind it: 水库维修养护经费（年初预算：88.8万元；…）."""
_IN_LIST = re.compile(r"(?P<name>[^，。；：、□\d（）]{3,30}?)\d[\d,]*(?:\.\d+)?[亿万]?元")
_LIST = re.compile(
    r"项目[^，。；：（）]{0,10}\d[\d,.]*[亿万]?元(?:，?(?:分别[为是]|包括|其中)：?|：|（(?:其中)?：?)(?P<list>(?:[^，。；：、□\d（）]{3,30}\d[\d,]*(?:\.\d+)?[亿万]?元[、，和]?){2,})"
)
"""Projects told one after the other with their money behind the sum of all: 项目资金1386万元，分别为甲420万元、乙156万元."""
_IN_QUOTES = re.compile("“(?P<name>[^“”]+)”(?:项目)?")
_QUOTED = re.compile(r"“(?P<name>[^“”，。；：]{3,30})”项目(?=[^，。；：“]{0,10}[\d一二两三四五六七八九十])")
"""A project in quotation marks: “数字工厂试点”项目支出112.5万元."""
_PLAINLY = re.compile(
    r"(?P<name>[^，。；：、□\d]{3,30}?)(?=(?:年初|全年|调整后)(?:项目)?预算数?(?:为)?[\d一二两三四五六七八九十])"
)
"""A paragraph that opens with a thing and its budget: 应急物资储备全年预算数263.00万元，…."""
_ENUMERATED = re.compile(
    r"(?:^|[；。：，])[一二三四五六七八九]是(?P<name>[^，。；：、□\d]{3,30})，(?=(?:年初|全年|项目)?(?:预算|安排|支出|到位|资金)[^，。；：□\d]{0,3}[\d一二两三四五六七八九十])"
)
"""Projects told one after the other: 一是办案业务费，预算数412.00万元，…；二是…."""
_RATED = re.compile(
    r"(?:率|进度)[^，。；：]{0,4}[□\d.]+%的(?:是|有|为)(?P<name>[^，。；：、□\d（]{3,30}?)(?:项目)?（"
)
"""A project named behind its rate: 执行率达85%的是数据安全监管服务项目（年初预算96万元，…）."""


def _is_thing(name: str) -> bool:
    return _is_name(name) and not _FRAME.search(name) and not _NO_PROJECT.search(name)


def told_in_clauses(document: TextDocument, told: Sequence[Part]) -> Iterator[Fact]:
    """The projects that open clauses which tell of their money, wherever they stand in a paragraph."""
    for part in told:
        if (
            part.topic in (Topic.MONEY, Topic.OTHER, Topic.BASICS, Topic.ACHIEVEMENTS)
            and not part.paragraph.is_row
        ):
            text = masked(part.paragraph.text)
            yield from (
                _named_at(document, part, found)
                for told_by in _BY_PROJECT.finditer(text)
                for found in _IN_CLAUSES.finditer(text, told_by.end(), _end_of_sentence(text, told_by.end()))
                if _is_thing(found["name"])
            )
            yield from (_named_at(document, part, found) for found in _leads_inside(text))
            for shape in (_TOLD_ALONE, _ENUMERATED, _RATED, _QUOTED):
                yield from (
                    _named_at(document, part, found)
                    for found in shape.finditer(text)
                    if _is_name(found["name"])
                )
            yield from (_named_at(document, part, found) for found in _listed_behind_a_sum(text))


def _leads_inside(text: str) -> Iterator[re.Match[str]]:
    """The things that open a sentence within a paragraph and tell their money: ….水质采样专项：年初预算20万元."""
    for found in _LED_INSIDE.finditer(text):
        if _MONEY_TOLD.match(text[found.end() :]) and _is_thing(found["name"]):
            yield found


def lead_of(sentence: str) -> str | None:
    """The thing whose money a sentence tells, by the name it opens with before a colon; None where it opens with none."""
    found = _LED_INSIDE.match(f"。{sentence}", 1)
    is_told = found is not None and _MONEY_TOLD.match(sentence[found.end() - 1 :])
    return found["name"] if found is not None and is_told and not _FRAME.search(found["name"]) else None


def _end_of_sentence(text: str, start: int) -> int:
    end = text.find("。", start)
    return len(text) if end < 0 else end


def _listed_behind_a_sum(text: str) -> Iterator[re.Match[str]]:
    for listed in _LIST.finditer(text):
        names = list(_IN_LIST.finditer(text, *listed.span("list")))
        are_projects = all(_is_name(each["name"]) and (_is_thing(each["name"]) or _NAME_ENDS.search(each["name"])) for each in names)  # fmt: skip
        if len(names) > 1 and are_projects:
            yield from names


def quoted_projects(paragraphs: Sequence[Paragraph]) -> set[str]:
    """The names of the projects that stand in quotation marks."""
    return {found["name"] for each in paragraphs for found in _QUOTED.finditer(masked(each.text))}


def _named_at(document: TextDocument, part: Part, found: re.Match[str]) -> Fact:
    start, end = found.span("name")
    if bare := _IN_QUOTES.fullmatch(found["name"]):
        start, end = start + bare.start("name"), start + bare.end("name")
    where = document.place(part.paragraph, start, end)
    return Fact("name", part.paragraph.text[start:end], location=where, quote=document.cut(where))


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
