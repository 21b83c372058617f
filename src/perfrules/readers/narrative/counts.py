"""Numbers of things: what is counted, how many, and the printed change against last year; and the staffing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfrules.documents import Paragraph, TextDocument
from perfrules.documents.sentences import sentences
from perfrules.model.fact import Fact
from perfrules.model.quantity import printed_quantity
from perfrules.model.submission import Unread
from perfrules.model.unit import Kind, Unit
from perfrules.readers.narrative.amounts import Amount, amounts, masked
from perfrules.readers.narrative.readings import CountReading, Readings
from perfrules.readers.narrative.words import LEADING, PARTNER, VERBS

_BOUNDARY = re.compile("[，。；：、（）！？]")
_SINCE = re.compile(r"(?:同比|同期相比|较上年|较去年|比上年|比去年|与上年)")
_CHANGE = re.compile(
    r"(?:同比|与?(?:□+|上年|去年)同期相?比|[较比](?:□+|上年|去年)(?:同期)?)[^，。；]{0,4}?(?P<way>下降|减少|降低|增长|增加|上升|提高)(?:了|约)?$"
)
_DOWN = ("下降", "减少", "降低")
_TRAILING = re.compile(r"(?:约|近|不足|超过?|逾|共计?|累计|达到?|为|有|至少|不少于|仅)+$")
_OF_THE_SAME = re.compile("共计?|合计|总计")
_NO_COUNT = re.compile(
    r"(?<!实施)(?<!审计)(?<!建设)(?<!审批)(?<!评审)(?<!审核)(?<!立项)(?<!储备)(?<!备案)(?<!审查)(?<!申报)项目(?:主要|共|有|为|是)*$|^[占比较]|不少于$|不超过$|不低于$"
)
_PROJECTS = re.compile("(?:重点|县级|市级|监控|预算)?项目(?!化)")
"""What makes a number the number of projects: 6个重点项目."""
_OF_BEFORE = re.compile("(?:上年|去年|□+)(?:同期)?(?:为|有|是)?$|目标(?:值|数)?(?:为|是)?$")
"""Words of the number of another year, or of the one aimed at: 上年同期为71人, 全年目标4,200批次."""
_NO_SUM = re.compile("最高|平均|日均|人均|单条|尚未")
"""Words of numbers that are no number of things done."""
_NOT_DONE = re.compile(
    "目标(?:任务)?(?:为|是)?：|目标(?:为|是)|计划(?!财务|科|股|处|生育)|设计规模|预计|设定|设置了?[^，。；]{0,8}(?:目标|指标)|打分|三级指标"
)
"""What opens numbers that are aimed at: nobody has reached them yet."""
_AFTER_ENDS = re.compile(r"提供|开展|进行|实现|参加|参与|被|按时|全部|均|的|[\d□“”]")
_PERSONS = ("名", "人", "个")
_POSTS = re.compile(r"编制(?:数|总数|人数|共)?(?:为|有|共)?$")
_STAFF = re.compile(
    r"(?:在岗在编|在编在岗|在职在编|在编在职|实有在编|现有在编|在编)(?:人员|人数|职工|干部)*(?:为|有|共)?$|实有(?:在职|人员|人数)*(?:为|共)?$"
)
_IN_WORDS = "零一二三四五六七八九"
_OFFICES_OF = re.compile("(?:内设|下设|下属|所属|下辖|所辖|设有|设立|设)$")
_OFFICES = re.compile(
    r"(?<![一二三四五六七八九十])(?P<number>[一二两三四五六七八九])个(?P<what>(?:内设)?(?:机构|股室|科室|处室|部室))"
)
_STAFF_FIELDS = (("posts", _POSTS), ("staff", _STAFF))


def counts(document: TextDocument, paragraph: Paragraph) -> Readings:
    """The counts of a paragraph with their printed changes."""
    blotted, found = masked(paragraph.text), amounts(paragraph)
    readings = list[CountReading]()
    for start, end in sentences(paragraph.text):
        inside = [each for each in found if start <= each.start < end]
        readings += _in_sentence(document, paragraph, blotted, start, inside)
    return Readings(counts=tuple(readings))


def _in_sentence(
    document: TextDocument, paragraph: Paragraph, blotted: str, start: int, inside: Sequence[Amount]
) -> Iterator[CountReading]:
    previous, last = start, None
    for amount in inside:
        before = blotted[previous : amount.start]
        previous = amount.end
        if (
            amount.kind is Kind.RATIO
            and last is not None
            and (way := _CHANGE.search(before))
            and not amount.doubt
            and "分别" not in before
        ):
            yield CountReading(last.what, last.value, _change(document, paragraph, amount, way["way"]))
            last = None
            continue
        if last is not None:
            yield last
        last = _count(document, paragraph, blotted, before, amount, last)
    if last is not None:
        yield last


def _change(document: TextDocument, paragraph: Paragraph, amount: Amount, way: str) -> Fact:
    quantity, where = amount.quantity, document.place(paragraph, amount.start, amount.end)
    sign = "-" if way in _DOWN else ""
    change = printed_quantity(
        sign + quantity.digits, quantity.unit, quantity.qualifier, words=way + quantity.words
    )
    return Fact("change", change, location=where, quote=document.cut(where), label=way)


def _count(
    document: TextDocument,
    paragraph: Paragraph,
    blotted: str,
    before: str,
    amount: Amount,
    last: CountReading | None,
) -> CountReading | None:
    """One count; None for what is no count, or where nothing says what is counted. `，共9720卷` counts what `last` did."""
    if amount.kind is not Kind.COUNT or amount.doubt:
        return None
    words = _BOUNDARY.split(before)[-1]
    if _OFFICES_OF.search(words) or any(each.search(words) for _, each in _STAFF_FIELDS):
        return None
    if _NOT_DONE.search(re.split("[。；]", before)[-1]) or words.endswith(("开工", "完工", "竣工")):
        return None
    if _PROJECTS.match(blotted, amount.end) or _OF_BEFORE.search(words):
        return None
    if _NO_COUNT.search(words) or _SINCE.search(before.rpartition("；")[2]):
        return None
    after = _AFTER_ENDS.split(_BOUNDARY.split(blotted[amount.end :])[0])[0]
    is_after = (
        bool(after)
        and not after.startswith(("和", "与", "及", "并", "尚未"))
        and (before.removesuffix(words).endswith("、") or bool(_OFFICES_OF.search(words)))
    )
    name = "" if is_after else _name(words)
    start = amount.start - (len(words) - words.rfind(name)) if name else amount.end
    if (
        not name
        and not after
        and last is not None
        and (_OF_THE_SAME.fullmatch(words) or before in ("", "、"))
    ):
        where = document.place(paragraph, amount.start, amount.end)
        value = Fact(
            "value", amount.quantity, location=where, quote=document.cut(where), label=last.what.quote
        )
        return CountReading(last.what, value)
    if not name and not after and (deed := VERBS.search(words)) and len(deed.group()) > 1:
        name, start = deed.group(), amount.start - len(deed.group())
    name = name or after
    if len(name) < 2 or "□" in name or name in ("项目", "监控项目") or _NO_SUM.search(name):
        return None
    what = document.place(paragraph, start, start + len(name))
    where = document.place(paragraph, amount.start, amount.end)
    return CountReading(
        Fact("name", name, location=what, quote=document.cut(what)),
        Fact("value", amount.quantity, location=where, quote=document.cut(where), label=name),
    )


def _name(words: str) -> str:
    """What the words before a number name, leading verbs and adverbs stripped; empty where they name nothing."""
    words = re.sub(r"^(?:\d{1,2}[、.）]|[—·●◆▲■-]+|【[^】]*】)+", "", words.rpartition("□")[2])
    if words.endswith(("的", "等")):
        return ""
    words = _TRAILING.sub("", words).rpartition("的")[2]
    stripped = LEADING.sub("", PARTNER.sub("", LEADING.sub("", words)))
    return "" if VERBS.fullmatch(stripped) or stripped.endswith(("由", "对", "将", "向")) else stripped


def offices(document: TextDocument, paragraph: Paragraph) -> Readings:
    """The number of offices written in words: 两个股室."""
    found = []
    for each in _OFFICES.finditer(masked(paragraph.text)):
        digits = str(_IN_WORDS.index(each["number"].replace("两", "二")))
        where = document.place(paragraph, each.start(), each.start("what"))
        what = document.place(paragraph, each.start("what"), each.end())
        value = printed_quantity(digits, Unit(Kind.COUNT, "个"), words=document.cut(where))
        found.append(
            CountReading(
                Fact("name", each["what"], location=what, quote=document.cut(what)),
                Fact("value", value, location=where, quote=document.cut(where), label=each["what"]),
            )
        )
    return Readings(counts=tuple(found))


def staffing(document: TextDocument, paragraphs: Sequence[Paragraph]) -> dict[str, Fact]:
    """The facts posts and staff; a field that two different numbers claim is left out, for they may be parts."""
    found: dict[str, list[Fact]] = {"posts": [], "staff": []}
    for paragraph in paragraphs:
        blotted, previous = masked(paragraph.text), 0
        for amount in amounts(paragraph):
            words = _BOUNDARY.split(blotted[previous : amount.start])[-1]
            previous = amount.end
            for field, pattern in _STAFF_FIELDS:
                if amount.quantity.unit.name in _PERSONS and pattern.search(words):
                    where = document.place(paragraph, amount.start, amount.end)
                    quote = document.cut(where)
                    label = paragraph.text[amount.start - len(words) : amount.start]
                    found[field].append(
                        Fact(field, amount.quantity, location=where, quote=quote, label=label)
                    )
    return {field: facts[0] for field, facts in found.items() if len({_value(fact) for fact in facts}) == 1}


def _value(fact: Fact) -> object:
    return getattr(fact.value, "interval", None)


def without_changes(unread: Sequence[Unread], readings: Sequence[CountReading]) -> tuple[Unread, ...]:
    """The unread ratios but those that are printed changes of counts."""
    changes = {reading.change.location for reading in readings if reading.change is not None}
    return tuple(each for each in unread if each.location not in changes)
