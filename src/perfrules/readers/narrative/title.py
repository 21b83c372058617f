"""The head of a report: where it ends, whose report it is, and whether it is about one project."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfrules.documents import Paragraph, TextDocument
from perfrules.model.fact import Fact

_HEADING = re.compile(r"^第?[一二三四五六七八九十]{1,3}(?:[、.章节]|部分)|^（[一二三]）")
_UNIT_ENDS = (
    "局|委员会|委|办公室|办|馆|中心|学校|中学|小学|学院|大学|幼儿园|医院|卫生院|保健院|福利院|敬老院|养老院|研究院|联合会|总会|协会|工会|红十字会|检察院|法院|站(?!点)|支队|大队|总队|所(?!需|有)|"
    "管理处|部(?![门分位])|厅|人民政府|政府(?![购债投采])|社(?![会区保])|总队|党校|团委|妇联|残联|文联|科协|街道|办事处|管委会|"
    "(?<![城乡])镇(?![村域区])|(?<!城)乡(?![村镇土])"
)
"""How units' names end; not where the character begins another word: 城镇, 乡村, 社会, 站点."""
_UNIT = re.compile(
    rf"^(?:关于)?(?:报送|上报|呈报|呈送)?(?P<name>[^\d，。：；《》（）]{{1,30}}?(?:{_UNIT_ENDS}))(?=关于|20\d\d|\d|上半年|半年|前三季度|部门|项目|整体|绩效|$)"
)
_AFTER_YEAR = re.compile(
    rf"^(?:关于)?(?:报送|上报|呈报|呈送)?20\d\d年度?(?P<name>[^\d，。：；《》（）]{{1,12}}[县市区旗州][^\d，。：；《》（）]{{1,20}}?(?:{_UNIT_ENDS}))(?=部门|整体)"
)
"""A title that begins with the year: 2022年度白河县卫生健康局部门整体支出绩效自评报告."""
_PROJECT = re.compile(
    r'(?:^|20\d\d年度?|局|委|办|馆|中心)(?:(?:上|下)?半年(?:度)?|前三季度|第?[一二三四1-4]季度|1?\d[—–－~～至到-]\d{1,2}月份?|全年)?[“"]?(?P<name>[^“”"\d，。：；《》（）局委办]{2,40}?(?:经费|资金|专项|工程|补助|补贴))[”"]?(?:项目)?(?:支出)?'
    r"(?:20\d\d年度?)?(?:绩效)(?:目标)?(?:运行|实现)?(?:监控|自评|评价|情况)"
)
_PROJECT_ALONE = re.compile(
    r"(?:^|20\d\d年度?)(?:关于)?(?:(?:上|下)?半年(?:度)?|前三季度|\d{1,2}[—－~至-]\d{1,2}月份?)?(?P<name>[^\d，。；：《》（）]{3,36}?)项目(?:支出)?(?:预算)?(?:20\d\d年)?(?:\d{1,2}[—－~至-]\d{1,2}月份?|上半年|前三季度)?绩效"
)
"""A title that begins with the project: 农村公路日常养护项目绩效运行监控报告."""
_BESIDE = re.compile(
    rf"^(?:项目(?:实施|主管|承担)?单位|实施单位|主管(?:部门|单位)|(?:填报|报送|编报|预算)(?:单位|部门)|(?:单位|部门)名称)(?:（[^）]*）)?：(?P<name>[^，。；：（）\d]{{2,30}}?(?:{_UNIT_ENDS}))(?:（[^）]*）)?$"
)
_OPENING = re.compile(
    rf"(?:^|，)(?P<name>[^，。；：《》（）\d我本该]{{1,12}}[县市区旗][^，。；：《》（）\d我本该]{{2,20}}?(?:{_UNIT_ENDS}))(?=组织|对照?|现将|认真|积极|高度|开展)"
)
"""The unit that speaks in the opening: …要求，辽河口市营商环境建设局组织各科室…."""
_IN_BRACKETS = re.compile(rf"^（(?P<name>[^，。；：（）\d]{{3,30}}?(?:{_UNIT_ENDS}))）$")
_SEAL = re.compile(
    rf"^(?:报送单位：)?(?P<name>[^，。；：（）\d]{{3,30}}?(?:{_UNIT_ENDS}))(?:（[盖公]?章）)?(?:20\d\d年.{{2,8}}日)?$"
)
_TIMES = re.compile("(?:上|下)?半年度?|[前第]?[一二三四]?(?:个)?季度|年度?|月份?|全年")
_PLACE = re.compile("[^县市区旗]{1,4}[县市区旗]")
_NUMBERED = r"^(?:（[一二三四五]）|\d[.、])?"
_NAMED = (
    re.compile(rf"{_NUMBERED}项目名称：(?P<name>[^，。；：]{{2,40}})[。；]?$"),
    re.compile(
        rf"{_NUMBERED}(?P<name>[^\d，。；：、（）]{{2,30}}(?:项目|经费|资金|工程|补助|补贴))，(?:20\d\d年度?)?(?:年初|全年|部门)?(?:安排)?预算"
    ),
)
_UNIT_AND_PROJECT = re.compile(
    rf"^(?:关于)?(?:报送|上报|呈报|呈送)?(?P<unit>[^\d，。：；《》（）]{{2,25}}?(?:{_UNIT_ENDS}))(?P<name>[^\d，。：；《》（）]{{2,30}}?(?:项目|经费|资金|专项|工程|补助|补贴))"
    r"(?=20\d\d|(?:项目)?(?:支出)?(?:预算)?绩效)"
)
_NO_UNIT = re.compile("[^县市区旗州]{1,4}[县市区旗州](?:中心|街道|学校|站|所|部|社|办|馆)$")
"""A place and the beginning of a project's name, which together look like a unit: 云岭县|街道路灯, 云岭县|办公用房."""
_GENERAL = re.compile(
    "(?:部门|单位|整体|财政|预算|项目|专项|年度|重点|支出|资金|经费|县级|市级|省级|本级|各类|全部|主要)+"
)
"""Names that name no project."""
_PROJECTS = re.compile("项目(?:支出|资金)?(?:预算)?绩效|专项(?:资金|经费)绩效")
_REPORT = re.compile("报告|汇报|总结|情况|说明|材料|分析|自查|自评")


def head_length(paragraphs: Sequence[Paragraph]) -> int:
    """How many paragraphs stand before the first numbered heading."""
    for index, paragraph in enumerate(paragraphs):
        if _HEADING.match(paragraph.text):
            return index
    return min(len(paragraphs), 3)


def department_name(
    document: TextDocument, head: Sequence[Paragraph], body: Sequence[Paragraph] = ()
) -> Fact | None:
    """The unit that the title names, or a line of its own: 项目单位：…, the seal at the end; None where none does."""
    for paragraph in head:
        if paragraph.text.endswith("：") or paragraph.text.startswith("附"):
            continue
        found, name = _UNIT.match(paragraph.text) or _AFTER_YEAR.match(paragraph.text), "name"
        if found is None and (both := _unit_and_project(paragraph)):
            found, name = both, "unit"
        if found and found[name] not in ("部门", "项目"):
            where = document.place(paragraph, *found.span(name))
            return Fact("name", found[name], location=where, quote=document.cut(where))
    lines = [(each, _IN_BRACKETS.match(each.text) or _BESIDE.match(each.text)) for each in head]
    lines += [(each, _BESIDE.match(each.text)) for each in body]
    lines += [(each, _SEAL.match(each.text)) for each in body[-3:]]
    told = [(each, found) for each, found in lines if found]
    told = told or [(each, found) for each in head if (found := _OPENING.search(each.text))]
    for each, line in sorted(told, key=lambda pair: "主管" not in pair[1].group()):
        where = document.place(each, *line.span("name"))
        return Fact("name", line["name"], location=where, quote=document.cut(where))
    return None


def _unit_and_project(paragraph: Paragraph) -> re.Match[str] | None:
    """A title that names the unit and behind it the project: …服务中心强制免疫疫苗项目2023年…."""
    found = _UNIT_AND_PROJECT.match(paragraph.text) if _REPORT.search(paragraph.text) else None
    return (
        found
        if found and not _GENERAL.fullmatch(found["name"]) and not _NO_UNIT.match(found["unit"])
        else None
    )


def only_project(document: TextDocument, head: Sequence[Paragraph]) -> Fact | None:
    """The project whose report this is, where a line or the title names one."""
    lines = [(each, found) for each in document.paragraphs if (found := _NAMED[0].match(each.text))]
    if len({found["name"] for _, found in lines}) == 1 and any(_REPORT.search(each.text) for each in head):
        paragraph, found = lines[0]
        where = document.place(paragraph, *found.span("name"))
        return Fact("name", found["name"], location=where, quote=document.cut(where))
    for paragraph in head:
        found = _PROJECT.search(paragraph.text) if _REPORT.search(paragraph.text) else None
        found = found or (None if _UNIT.match(paragraph.text) else _unit_and_project(paragraph))
        found = found or _whose_title(paragraph)
        if found and not re.search("部门|单位|整体", found["name"]) and not _GENERAL.fullmatch(found["name"]):
            start, end = found.span("name")
            start += _place_before(found["name"], document) or -_more_before(paragraph, start, end, document)
            whole = paragraph.text[start:end] + "项目"
            if paragraph.text.startswith(whole, start) and any(
                whole in each.text for each in document.paragraphs if each is not paragraph
            ):
                end += 2  # it is called so wherever it is named
            where = document.place(paragraph, start, end)
            return Fact("name", paragraph.text[start:end], location=where, quote=document.cut(where))
    return None


def _more_before(paragraph: Paragraph, start: int, end: int, document: TextDocument) -> int:
    """How many characters more belong to a project's name in front, where the report names it with them."""
    others = [each.text for each in document.paragraphs if each is not paragraph]
    longer = (
        more
        for more in range(min(8, start), 1, -1)
        if not re.search("[县市区旗0-9]", paragraph.text[start - more : start])
    )
    return next(
        (more for more in longer if any(paragraph.text[start - more : end] in text for text in others)), 0
    )


def _place_before(name: str, document: TextDocument) -> int:
    """How long the county in front of a project's name is, where the report names the project without it."""
    found = _PLACE.match(name)
    bare = name[found.end() :] if found else ""
    times = sum(each.text.count(bare) for each in document.paragraphs) if len(bare) > 3 else 0
    return found.end() if found and times > sum(each.text.count(name) for each in document.paragraphs) else 0


def _whose_title(paragraph: Paragraph) -> re.Match[str] | None:
    found = _PROJECT_ALONE.search(paragraph.text) if _REPORT.search(paragraph.text) else None
    is_unit = found and re.search(rf"(?:{_UNIT_ENDS})(?:重点|专项|本级)?$", found["name"])
    is_general = found and _GENERAL.fullmatch(_TIMES.sub("", found["name"]) or "项目")
    return found if found and not is_unit and not is_general else None


def named_at_once(
    document: TextDocument, head: Sequence[Paragraph], body: Sequence[Paragraph]
) -> Fact | None:
    """The one project that a report on projects names when it begins: 项目名称：…, or 医疗设备购置项目，年初预算…"""
    if not is_about_projects(head):
        return None
    found = [
        (each, match)
        for each in body
        if not each.is_row
        and (match := next(filter(None, (words.match(each.text) for words in _NAMED)), None))
    ]
    if len({match["name"] for _, match in found}) != 1:
        return None
    paragraph, match = found[0]
    where = document.place(paragraph, *match.span("name"))
    return Fact("name", match["name"], location=where, quote=document.cut(where))


def is_about_projects(head: Sequence[Paragraph]) -> bool:
    """Whether the title speaks of projects and not of the department as a whole."""
    titles = [each.text for each in head if _REPORT.search(each.text) and not each.text.endswith("：")][:1]
    return any(_PROJECTS.search(title) and "整体" not in title for title in titles)
