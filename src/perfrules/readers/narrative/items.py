"""Lists of projects within one paragraph: ①甲，支出306万元；②乙，…: each item becomes a part of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import evolve

from perfrules.documents.sentences import sentences
from perfrules.readers.narrative.amounts import masked
from perfrules.readers.narrative.outline import outline
from perfrules.readers.narrative.sections import Part, Topic
from perfrules.readers.narrative.things import MONEY_NEAR, NAME_ENDS, TOLD_OF, is_item_name, is_name

_FAMILIES = (
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    tuple(f"（{each}）" for each in range(1, 30)),
    tuple(f"{each}." for each in range(1, 30)),
    tuple(f"{each}、" for each in range(1, 30)),
    tuple(f"{each}是" for each in "一二三四五六七八九十"),
    tuple(f"第{each}，" for each in "一二三四五六七八九十"),
)
"""The marks of the items of a list, from the first."""
_OPENS = re.compile(rf"(?P<name>[^，。；：□\d]{{3,40}}?)(?:[：（]|{TOLD_OF.pattern})")
"""The name that an item opens with, and what parts it from its money."""
_ENDS_AS_PROJECT = re.compile(r"[^，。；：□\d]{3,40}?(?:项目|专项|工程)[：，（]")
_REST = re.compile("其[他余]")
"""What a list calls the projects that it does not name."""
_OF_PROJECTS = re.compile("项目|专项|工程")
_PARTED = re.compile("；")
_OF_THEM = re.compile("项目[^，。；：]{0,12}[：。]$")
_REACH = 60
"""Characters before a list that may say what it is of."""
_SEVERAL = re.compile(
    r"(?<=。)(?:以上|上述|这|各|合计|共计|总计|总体|全部|[我本全][局委办馆校院站县市区镇乡会]|[两二三四五六七八九十\d]+个)"
)
"""How the sentence opens that ends a list: it is on all of them."""


def with_items_apart(told: Sequence[Part]) -> tuple[Part, ...]:
    """The parts, with the items of a list of projects within a paragraph as parts of their own."""
    report = outline(told)
    found = list[Part]()
    for at, part in enumerate(told):
        is_plain = part.paragraph.is_row or part.topic in (Topic.PROBLEMS, Topic.MEASURES, Topic.DUTIES)
        text = masked(part.paragraph.text)
        items = [] if is_plain else _items(text)
        is_listed = bool(items) and bool(
            report.speaks_of_projects(at)
            or _OF_PROJECTS.search(text, max(0, items[0] - _REACH), items[0])
            or all(_ENDS_AS_PROJECT.match(text, start) for start in items)
        )
        found += _cut(part, text, items) if is_listed else [part]
    return tuple(found)


def _items(text: str) -> list[int]:
    """Where the items of a list of things with their money begin in a text, in order; empty where it holds no such list."""
    for marks in _FAMILIES:
        starts, at = list[int](), 0
        for mark in marks:
            if (at := _marked(text, mark, at)) < 0:
                break
            starts.append(at)
        items = [text[start:end] for start, end in pairwise([*starts, len(text)])]
        told = [_tells(item[len(mark) :]) for item, mark in zip(items, marks, strict=False)]
        if len(told) > 1 and None not in told and sum(map(bool, told)) > 1:
            return starts
    return _clauses(text)


def _clauses(text: str) -> list[int]:
    """The same of a list without marks: the clauses between ； of one sentence, each of which opens with another thing."""
    for start, end in sentences(text):
        lead = text.find("：", start, end) + 1
        for first in (start, lead) if lead else (start,):
            clauses = [first, *(found.end() for found in _PARTED.finditer(text, first, end))]
            items = [
                text[one:other] for one, other in pairwise([*clauses, end]) if text[one:other].strip("。")
            ]
            names = [found["name"] if (found := _OPENS.match(item)) else "" for item in items]
            is_told = all(map(NAME_ENDS.search, names)) or _OF_THEM.search(
                text[max(0, first - _REACH) : first]
            )
            if len(set(names)) > 1 and is_told and all(map(_tells, items)):
                return clauses[: len(items)]
    return []


def _marked(text: str, mark: str, start: int) -> int:
    """Where a mark opens an item from a place on; -1 where it opens none."""
    while (at := text.find(mark, start)) >= 0:
        follows = text[at + len(mark) : at + len(mark) + 1]
        if (at == 0 or text[at - 1] in "。；：") and not (mark[0].isdecimal() and follows.isdecimal()):
            return at
        start = at + 1
    return -1


def _tells(item: str) -> bool | None:
    """Whether an item tells the money of the thing it opens with; None where that may be no project."""
    if (found := _OPENS.match(item)) is None:
        return None
    name = found["name"]
    if _REST.match(name):
        return False
    if not is_item_name(name) and not (NAME_ENDS.search(name) and is_name(name)):
        return None
    return bool(MONEY_NEAR.match(item[found.end() :]))


def _cut(part: Part, text: str, items: Sequence[int]) -> Iterator[Part]:
    """What stands before the items, each of them, and what is said behind them of all."""
    starts = [*items, _end(text, items)]
    if items[0] > 0:
        yield _slice(part, 0, items[0])
    for start, end in pairwise(starts):
        yield evolve(_slice(part, start, end), is_item=True)
    for start, end in sentences(text[starts[-1] :]):
        rest = text[starts[-1] + start :]
        if not _tells(rest[: end - start]):
            yield _slice(part, len(text) - len(rest), len(text))
            return
        yield evolve(_slice(part, starts[-1] + start, starts[-1] + end), is_item=True)


def _end(text: str, items: Sequence[int]) -> int:
    """Where the last item ends: with its sentence where the others are clauses, else where all are spoken of."""
    are_clauses = all("。" not in text[start : end - 1] for start, end in pairwise(items))
    if are_clauses and (stop := text.find("。", items[-1])) >= 0:
        return stop + 1
    behind = _SEVERAL.search(text, items[-1])
    return behind.start() if behind else len(text)


def _slice(part: Part, start: int, end: int) -> Part:
    whole = part.paragraph
    return evolve(part, paragraph=evolve(whole, text=whole.text[start:end], offsets=whole.offsets[start:end]))
