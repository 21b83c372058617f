"""Headings become sections: what each paragraph is about, whatever the order and wording of the headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from itertools import groupby

from attrs import evolve, frozen

from perfrules.documents import Paragraph, TextDocument
from perfrules.model.fact import Fact

_TOP = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:[、.章节]|部分[、：]?)|【(?=[^】]{2,16}】))(?P<title>[^。；！？】]{1,40}?)(?:[。；：】]|$)"
)
_SUB = re.compile(
    r"^(?:（[一二三四五六七八九十]{1,3}）|\d{1,2}[、.）])(?P<title>[^。；：，！？]{1,30})(?:[。；：，]|$)"
)


_LED = re.compile(r"^(?P<title>[^，。；：\\d（）]{2,14})(?:（[^）]*）)?：")
"""A paragraph that opens with what it is about: 下一步措施：….
"""
SEAL = re.compile(r"(?:[^\d，。；：！？、]{2,30})?((20\d\d)年(\d{1,2})月(\d{1,2})日)")
"""A date as it stands under a report, and the name of the unit before it where no line parts the two."""
_FIGURE = re.compile(r"\d[余多]?[百千]?[万亿]?元|\d[%‰]")
"""What a sentence has and a heading has not: 一、年初预算100万元。"""
_STOPS = re.compile("[，。；：]")


class Topic(Enum):
    """What a section is about."""

    BASICS = "basics"
    DUTIES = "duties"
    MONEY = "money"
    ACHIEVEMENTS = "achievements"
    PROBLEMS = "problems"
    MEASURES = "measures"
    OTHER = "other"


_TOPICS = (
    (Topic.PROBLEMS, re.compile("问题|偏差|不足|原因分析")),
    (Topic.MEASURES, re.compile("下一步|整改|改进|建议|打算|今后|工作举措|措施")),
    (
        Topic.ACHIEVEMENTS,
        re.compile("目标.{0,6}(?:实现|完成|运行|达成)|(?:完成|实施)情况|产出|效益|满意度|履职"),
    ),
    (Topic.MONEY, re.compile("预算|资金|收支|收入|支出|经费安排")),
    (Topic.BASICS, re.compile("基本情况|概况|简介|立项|构成|机构|人员|编制|总体情况")),
    (Topic.DUTIES, re.compile("职能|职责")),
)
_SECTION_FIELDS = (Topic.DUTIES, Topic.ACHIEVEMENTS, Topic.PROBLEMS, Topic.MEASURES)

_ASIDE = (Topic.PROBLEMS, Topic.MEASURES)
_NAMES_A_PROJECT = re.compile(
    "^(?!下一?步|整改|改进|今后|存在|主要|重点|建议|措施|问题).*[^的](?:项目|工程|专项|经费|补助|补贴)$"
)
"""A heading that is a project's name, whatever words are in it: 山洪灾害防治非工程措施运维项目."""


@frozen
class Part:
    """A paragraph with the topic of its section; `is_heading` where it holds nothing but the heading.

    `is_item` tells one item of a list of projects that stands within a paragraph.
    """

    paragraph: Paragraph
    topic: Topic
    is_heading: bool
    is_item: bool = False


def parts(paragraphs: Sequence[Paragraph]) -> tuple[Part, ...]:
    """Every paragraph with its topic. A subheading that names no topic of its own stays in that of its heading."""
    top, topic = Topic.OTHER, Topic.OTHER
    told = []
    for paragraph in paragraphs:
        alone = False
        if found := _TOP.match(paragraph.text):
            top = topic = topic_of(found["title"]) or Topic.OTHER
            alone = found.end() == len(paragraph.text) and not _FIGURE.search(paragraph.text)
        elif (found := _SUB.match(paragraph.text)) and paragraph.text.startswith("（"):
            topic = _below(top, topic_of(found["title"]))
            alone = found.end() == len(paragraph.text) and not _FIGURE.search(paragraph.text)
        own = _LED.match(paragraph.text)
        led = topic_of(own["title"]) if own else None
        is_led = led in _ASIDE
        told.append(Part(paragraph, led if is_led and led else topic, alone))
    sealed = len(told) - _seal_length(paragraphs)
    return tuple(
        evolve(part, topic=Topic.OTHER) if index >= sealed else part for index, part in enumerate(told)
    )


def _seal_length(paragraphs: Sequence[Paragraph]) -> int:
    """How many paragraphs at the end are the seal: date and name of the unit, without a sentence."""
    length = 0
    for paragraph in reversed(paragraphs):
        is_date = bool(SEAL.fullmatch(paragraph.text))
        is_name = length > 0 and len(paragraph.text) <= 30 and not _STOPS.search(paragraph.text)
        if not is_date and not is_name:
            break
        length += 1
    return min(length, 3)


def _below(top: Topic, own: Topic | None) -> Topic:
    """The topic of a subheading: problems, measures and goals speak of money too, and stay what they are."""
    if own is None or (
        top in (Topic.PROBLEMS, Topic.MEASURES) and own not in (Topic.PROBLEMS, Topic.MEASURES)
    ):
        return top
    if top is Topic.ACHIEVEMENTS and own in (Topic.MONEY, Topic.BASICS, Topic.DUTIES):
        return top
    return own


def topic_of(title: str) -> Topic | None:
    """The topic that the words of a heading name, or None: so too where they are the name of a project."""
    found = next((topic for topic, words in _TOPICS if words.search(title)), None)
    return None if found in _ASIDE and _NAMES_A_PROJECT.search(title) else found


def section_facts(document: TextDocument, told: Sequence[Part]) -> dict[str, Fact]:
    """The text sections of a department: as printed, each cut from its first run of paragraphs."""
    facts: dict[str, Fact] = {}
    for topic, run in groupby(told, key=lambda part: part.topic):
        body = [part.paragraph for part in run if not part.is_heading]
        if topic not in _SECTION_FIELDS or topic.value in facts or not body:
            continue
        where = document.at(body[0].offsets[0], body[-1].offsets[-1] + 1)
        facts[topic.value] = Fact(
            topic.value, document.cut(where), location=where, lines=document.lines_of(where)
        )
    return facts
