"""The words before an amount: which field, line and project they name, and whether anything else is said there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from perfrules.readers.narrative.words import (
    FIELDS,
    FINANCE,
    LINES,
    NEGATIVE,
    NOT_BUDGET,
    NOT_OURS,
    OWN,
    OWN_UNIT,
    VAGUE_FIELD,
)

_FIELDS = tuple((name, re.compile(words)) for name, words in FIELDS)
_ANCHOR = re.compile(rf"{OWN_UNIT.pattern}|部门|财政|今年|本年|总支出")
_OURS = re.compile(rf"{OWN_UNIT.pattern}|全[局委办馆校院站]|全系统|部门整体|(?<!财政)部门(?=预算|支出|$)")
SEVERAL_PROJECTS = re.compile("(?:个|以上|上述|各|全部)项目")
"""The projects of a report together."""
_OUR_TREASURY = re.compile("[县市区旗]级(?=(?:财政)?(?:批复|核定|部门预算|年初(?:部门)?预算))")
"""Who approves the unit's budget: the level is no source of the money."""
_OWN_PAYS = re.compile(rf"(?:{OWN_UNIT.pattern})[^，]*拨付")
_FULL_SPENT = re.compile(r"(?:实际|累计|共|总|合计|已|资金|完成)支出$")
_CIRCUMSTANCES = re.compile(
    r"[^，。；□\d]{2,14}情况下(?:仍然|仍旧|依然|仍|还)?"
    r"|(?:人员|公用|工资|福利|运转|机关|日常|经费|支出|和|及|、)+等(?=基本支出)"
    r"|[^，。；□]{0,8}(?:调增|追加|增加)[^，。；□]{0,4}(?:调减|追减|压减|减少)[^，。；□]{0,4}(?:相抵|抵消|轧差|冲抵)(?:之?后|以后)?"
)
"""Words that tell how, of what or after what, and name nothing: 年中调增调减相抵后净增加43.3万元."""
_LINES = tuple((name, re.compile(words)) for name, words in LINES)
_FILLER_WORDS = (
    "区里 县里 市里 镇里 监控期末 报告期末 监控期 报告期 分批 分期 按季度 列入 纳入 全额 但 年度执行中 执行中 通过 拨款 经 后 上述 以上 县级财政 财政部门 收入预算 支出预算 前三季度 今年以来 本期 本部门 本单位 我单位 我中心 全部门 财政局 财政厅 上半年 本年度 我局 "
    "我办 我馆 我校 我委 我院 我站 全局 全县 部门 单位 财政 国库 收入 预算 资金 经费 指标 金额 总额 总量 数额 本级 共计 "
    "上级转移支付 各级 县里 区里 市里 镇里 乡里 一共 已经 累计 总计 合计 实际 截至 截止 全年 本年 当年 今年 年度 年中 月份 期间 达到 大约 不足 超过 至少 其中 全部 "
    "另外 另有 同时 包括 包含 分别 批复 核定 目前 以来 数 额 县 区 市 省 州 共 已 年 月 底 末 日 为 是 了 达 有 计 约 近 超 "
    "逾 仅 只 的 于 在 其 均 都 另 ： “ ” 由 给 因 加 系 即 "
)
"""Words that name nothing, longest first: at each place the first that fits is taken and never given back."""
_FILLER = re.compile(
    rf"(?>(?<!.)[和及](?=$)|用于(?:人员|日常|机关|公用|运转|经费|工资|工作|正常|[和及、])+的|(?:按照?|根据|依据)[^，。；\d]{{2,20}}(?:要求|规定|精神|政策)|经[^，。；□\d]{{1,10}}?(?:批准|同意|审议通过)|{OWN}|全[局县市区镇乡校院委]|全系统|[至到](?=□)|同期(?=[我本])|县人代会|人代会|县人大|人大|批准|集中|系统|【[^】]{{2,10}}】|第?[一二三四]季度|分[两二三四五六\d]批|按[季月年]|□+|{'|'.join(_FILLER_WORDS.split())})*+"
)


@frozen
class Window:
    """What the words before an amount name.

    `is_clear` tells that they say nothing but that; `speaks_of_budget` that some budget word is among them,
    `is_bare` that the field is told by 支出 alone,
    `is_anchored` that the unit itself, the whole of it or the treasury is named, `is_ours` that it is not the treasury alone. `rest` of the `words` nothing took up.
    """

    field: str = ""
    negative: bool = False
    line: str = ""
    project: str = ""
    is_clear: bool = True
    is_other_money: bool = False
    speaks_of_budget: bool = False
    is_anchored: bool = False
    is_ours: bool = False
    is_bare: bool = False
    rest: str = ""
    words: str = ""


def window(words: str, projects: Sequence[str], units: Sequence[str], context: str) -> Window:
    """What these words name. `projects` and `units` are names known; `context` is the sentence before them."""
    words = _CIRCUMSTANCES.sub("", words)
    project = next((name for name in sorted(projects, key=len, reverse=True) if name in words), "")
    rest = without_project(words, project)
    rest = _OUR_TREASURY.sub("", rest)
    fields, rest = _taken(rest, _FIELDS)
    lines, rest = _taken(rest, _LINES)
    lines = lines or [
        name
        for name, pattern in _LINES
        if fields and name != "total" and pattern.search(without_project(words, project))
    ]
    if SEVERAL_PROJECTS.search(words):
        lines = [name for name in lines if name != "total"]  # 6个项目预算合计
    for unit in units:
        rest = re.sub(rf"[我本]?{re.escape(unit)}", "", rest)
    clear = len(set(fields)) <= 1 and len(set(lines)) <= 1 and bool(_FILLER.fullmatch(rest))
    clear &= not words.endswith("的")  # 调减的120万元为…: one thing of several
    field = fields[-1] if len(set(fields)) == 1 else ""
    return Window(
        _by_actor(field, words, context) if field == "appropriated" else field,
        bool(NEGATIVE.search(words)),
        lines[-1] if len(set(lines)) == 1 else "",
        project,
        clear and _by_actor(field, words, context) != "",
        bool(NOT_BUDGET.search(rest) or NOT_OURS.search(words)),
        bool(fields or VAGUE_FIELD.search(words)),
        bool(_ANCHOR.search(words)) or any(unit in words for unit in units),
        bool(_OURS.search(words)) or any(unit in words for unit in units),
        words.endswith("支出") and field == "spent" and not _FULL_SPENT.search(words),
        rest,
        words,
    )


def without_project(words: str, project: str) -> str:
    """The words without a project's name, its quotation marks and 项目 behind it."""
    return re.sub(rf"“?{re.escape(project)}”?(?:项目)?", "", words) if project else words


def _taken(words: str, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> tuple[list[str], str]:
    """The names whose words occur, the longest first at each place, in order; and what remains."""
    found = [
        (match.span(), name)
        for name, pattern in patterns
        for match in pattern.finditer(words)
        if match.group()
    ]
    found.sort(key=lambda each: (each[0][0] - each[0][1], each[0]))
    kept: list[tuple[tuple[int, int], str]] = []
    for span, name in found:
        if all(span[1] <= other[0] or other[1] <= span[0] for other, _ in kept):
            kept.append((span, name))
    kept.sort()
    rest = "".join(
        character
        for place, character in enumerate(words)
        if not any(start <= place < end for (start, end), _ in kept)
    )
    return [name for _, name in kept], rest


def _by_actor(field: str, words: str, context: str) -> str:
    """拨付 by finance is money released, by the unit itself money spent; who issues (下达) must be said."""
    if field != "appropriated":
        return field or "-"
    if FINANCE.search(words):
        return field
    if _OWN_PAYS.search(words):
        return "spent"
    if "完成拨付" in words:
        return ""
    if "下达" in words and not FINANCE.search(context) and "年初预算" not in context:
        return ""
    return field
