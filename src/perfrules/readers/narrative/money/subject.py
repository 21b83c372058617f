"""Whom a sentence speaks of before it comes to an amount: the unit and its budget, or a thing that was not recognised.

A figure without an owner of its own is the department's only where nothing else is the subject of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from perfrules.readers.narrative.money.window import window
from perfrules.readers.narrative.things import FRAME, GENERAL

_CLAUSE = re.compile(
    r"(?:^|（)[一二三四五六七八九十]{1,2}）|[一二三四五六七八九十]{1,2}、|^\d{1,2}[.、](?!\d)|[，；：。（）]"
)
_CLOSED = re.compile(r"(?<=元)（[^（）]*）")
"""What is told of an amount beside it, and is no subject of what follows: 追加70万元（省级服务资金），."""
_TIME = re.compile(
    "(?:□|今年|本年度?|当年|以来|年[初中内底末]|上半年|下半年|半年来?|全年|目前|期间|各季度|第?[一二三四]季度|前三季度|来|末|底)*"
)
_NO_SUBJECT = re.compile(
    r"(?:□|\d|[一二三四五六七八九]是|其中|[其另]他?|按|根据|依据|遵照|为(?!□)|因|由于|鉴于|截?[至止]|自|从|到|在|于|通过|经|受|随着|围绕|结合|对|除|与|和|较|比|将|把|以|用于|系|属|由[两二三四\d]+(?:个)?部分|不(?:含|包括|再)|均|都|全部|已|尚|未|没有|无|共|合计|累计|总计"
    r"|同时|此外|另外|并|也|但|且|则|即|预计|主要|每|现|完成|实现|达到?|低于|高于|快于|慢于|超|滞后|持平|占|严格|认真|及时|如下|具体|总体|整体|一般)"
)
"""How a clause opens that names no subject: circumstances, causes, deeds of whoever speaks."""
_OF_ANOTHER = re.compile(r"(?<!占)其(?![中他余])|[该此](?:项目|专项|工程|经费|资金|款项|单位)|本项目")
"""What stands for a thing named before."""
_FIGURE = re.compile(r"\d|百分之|[零〇一二两三四五六七八九十百千万亿]{2}")
_IN_BRACKETS = re.compile("【([^】]{2,16})】")
_OF_THE_WHOLE = re.compile(
    "(?:各|全部|所有|部分|个别|整体|总体|年度|[县市区省]级?|[县市区]?(?:人大|政府|人代会|常务会)|上述|以上)*(?:部门|财政|预算|支出|资金|经费|指标|用款|执行|项目|收入|机关|单位|增减|收支|结转|结余|追加|调整|调[增减]|全[局县市区镇乡校院委办馆站])"
)
"""How a clause opens that speaks of the unit's money, and of no single thing."""


def another_speaks(before: str, words: str, units: Sequence[str]) -> bool | None:
    """Whether something else than the unit is the subject of a sentence, by what stands `before` the words of an amount.

    The nearest clause that names a subject decides; None where none does.
    """
    if _OF_ANOTHER.search(words) or _is_headed(before + words):
        return True
    clauses = _CLAUSE.split(_CLOSED.sub("，", before))
    told = (_is_another(clause, tuple(units)) for clause in reversed(clauses) if clause)
    return next((each for each in told if each is not None), None)


def _is_headed(text: str) -> bool:
    """Whether the last heading in brackets, 【社会救助】, names a thing and is none of a report's own."""
    names = _IN_BRACKETS.findall(text)
    return bool(names) and not FRAME.search(names[-1]) and not GENERAL.fullmatch(names[-1])


@lru_cache(maxsize=1024)
def _is_another(clause: str, units: tuple[str, ...]) -> bool | None:
    """Whether the subject of a clause is something else than the unit; None where it names none."""
    if _OF_ANOTHER.search(clause):
        return True
    said = window(clause, (), units, "财政")
    if said.is_ours:
        return False
    rest = _TIME.sub("", clause, count=1)
    if not rest or _FIGURE.search(rest) or said.is_clear or _NO_SUBJECT.match(rest):
        return None
    return not _OF_THE_WHOLE.match(rest)
