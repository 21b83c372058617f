"""What is left of a text when everything was read: amounts of money and ratios that nothing has taken up are told.

Whatever the readings before it look at, skip or throw away, no figure of a text is lost without a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import chain

from perfrules.documents import Paragraph, TextDocument
from perfrules.model.submission import Submission, Unread
from perfrules.readers.narrative.amounts import unit_stated
from perfrules.readers.narrative.words import MEASURE_WORDS

_FIGURE = re.compile(
    r"(?<![\dlIOoS])(?<!\d[,.])\d[\d,.]*+[lIOoS][\dlIOoS,.]*+\s*+[亿万千百]*[元无]|(?<!\d)(?<!\d,)\d[\d,]*+(?:\.\d++)?\s*+(?:[余多]?\s*[亿万千百十]*[余多]?\s*[美欧港]?元|[%‰])"
)
_NO_MONEY = "|".join(sorted(MEASURE_WORDS, key=len, reverse=True))
_IN_WAN = re.compile(
    rf"(?<!\d)(?<!\d,)\d[\d,]*+(?:\.\d++)?+\s*+[百千]?[万亿](?!\s*(?:[余多元美欧港块千百万亿\d]|{_NO_MONEY}))"
)
"""10万 with nothing behind it: money, or a number of what was named before."""
_LOOKS = re.compile(
    r"[￥¥]\s*\d[\d,.]*|(?:RMB|CNY)\s*\d[\d,.]*|(?<!\d)(?<!\d[,.])\d[\d,.]*+\s*+块钱|(?<![壹贰叁肆伍陆柒捌玖拾佰仟万亿零])[壹贰叁肆伍陆柒捌玖][壹贰叁肆伍陆柒捌玖拾佰仟万亿零]*[元圆]整?"
    r"|百分之[\d零一二两三四五六七八九十百点]+|[一二两三四五六七八九\d](?:\.\d)?成(?=以[上下]|左右|多|[，。；）]|$)|[一二两三四五六七八九十]分之[一二三四五六七八九]"
    r"|(?<=[预算支出拨付到位结转余执行率数额度进])(?:为|：|仅|达|约|共|计)*(?P<bare>-?(?:\d{1,3}(?:,\d{3})++(?:\.\d++)?|\d++\.\d++))(?![\d.,]*\s*[^\s，。；：、（）\d.])"
)
"""What else may be a figure: money by its sign, in the numerals of cheques, shares in words, decimals without a unit."""
_WHOLE = re.compile(
    r"(?<=[预算支出拨付到位结转余加减额])(?:为|：|仅|达|约|共|计|（)*(?P<bare>-?\d[\d,]*(?:\.\d+)?)(?=[，。；：、（）]|$)"
)
"""The same for whole numbers, where a unit of money is stated for what has none."""
_BUDGET = re.compile("预算|支出|拨付|到位|结转|结余|执行|进度|经费|资金|指标|占比")
_FOREIGN = re.compile("[美欧港]元")
"""Money of other currencies: no budget is in it."""
_REACH = 200
"""How many characters before a figure are looked at."""
_TITLE = re.compile("《[^》]{0,200}》")
Span = tuple[int, int]


def leftovers(
    document: TextDocument,
    paragraphs: Sequence[Paragraph],
    submission: Submission,
    lines: Set[int] = frozenset(),
) -> Iterator[Unread]:
    """The figures of the paragraphs at whose place nothing was read and nothing told.

    Those in titles matter less, and those in the words of tables that were read (`lines`): goals and reasons.
    """
    taken = sorted(set(_spans(submission)))
    has_unit = any(unit_stated(each) for each in paragraphs)
    for paragraph in paragraphs:
        titles = [found.span() for found in _TITLE.finditer(paragraph.text)]
        whole = _WHOLE.finditer(paragraph.text) if has_unit and not paragraph.is_row else ()
        shapes = (
            _FIGURE.finditer(paragraph.text),
            _looks(paragraph),
            _IN_WAN.finditer(paragraph.text),
            whole,
        )
        for found in chain.from_iterable(shapes):
            where = document.place(paragraph, *found.span())
            assert where.span is not None, "a text has spans"
            if not _meets(where.span, taken):
                in_title = (
                    any(start < found.start() < end for start, end in titles) or paragraph.line in lines
                )
                is_other = found.re is _IN_WAN and not _is_on_the_budget(paragraph, found.start(), "。")
                is_other |= in_title or bool(_FOREIGN.search(found.group()))
                why = "not_budget" if is_other else "no_field"
                yield Unread(where, document.cut(where), why, open=why == "no_field")


def _looks(paragraph: Paragraph) -> Iterator[re.Match[str]]:
    """What looks like a figure in a clause on the budget; elsewhere it is nobody's figure."""
    for found in () if paragraph.is_row else _LOOKS.finditer(paragraph.text):
        if _is_on_the_budget(paragraph, found.start(), "[。；]") or found.group()[0] in "￥¥RC":
            yield found


def _is_on_the_budget(paragraph: Paragraph, at: int, stops: str) -> bool:
    """Whether the words before a place, back to the last of the `stops`, speak of the budget."""
    return bool(_BUDGET.search(re.split(stops, paragraph.text[max(0, at - _REACH) : at])[-1]))


def _spans(submission: Submission) -> Iterable[Span]:
    for path in submission.walk():
        for fact in path[-1].facts.values():
            for each in (fact, *fact.witnesses):
                if each.location is not None and each.location.span and not isinstance(each.value, str):
                    yield each.location.span
    yield from (each.location.span for each in submission.unread if each.location.span)


def _meets(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span overlaps one of these, which are sorted; what is read is short, so the nearest few are looked at."""
    at = bisect_left(taken, (span[1], 0))
    return any(start < span[1] and span[0] < end for start, end in taken[max(0, at - 12) : at])
