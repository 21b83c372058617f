"""What the words over a column say: the field of the figures below, or why they are none that can be told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from perfrules.readers.tables.header import is_source
from perfrules.readers.tables.headings import (
    FUNDS,
    MONEY,
    MONEY_WORDS,
    NOT_DONE,
    OF_A_SOURCE,
    OTHER_YEAR,
    WHOLE,
    field_of,
    names_rows,
)
from perfrules.readers.tables.period import Known, spans_of

RATES = {"rate": "spent", "release_rate": "appropriated", "use_rate": "spent"}
"""Columns of rates, and the money that each divides."""
OTHER_TIME, OF_SOURCE = "other time", "of a source"
"""What a column may be of: it is plainly so only beside one of the period's spending, or of a budget."""
_NO_MONEY = re.compile(
    "年度$|编码|代码|科目编号|名称|单位$|来源$|原因|备注|说明|类别|类型|性质|序时|日期|期间|是否"
)
_UNIT = re.compile("[（(](?:[千百]?[亿万千]?元)[）)]$")
_FORMULA = re.compile(r"[（(][^（）()]*[\u4e00-\u9fffA-Za-z][+＋\-－/÷=＝×][^）)]*[）)]*")
_SUM = re.compile(r"[\u4e00-\u9fff][+＋][\u4e00-\u9fff]")
_PART_OF_TIME = re.compile("本月|当月|上月|本季|当季|上季|本周|[月日季]均")
_PER_HEAD = re.compile("[人生户亩]均|单位成本|每")
_SHARE = re.compile("率|占比|比例|比重|进度|百分比|[%％]")
_YEAR = re.compile("20\\d\\d(?=年)")


@frozen
class Meaning:
    """The field that words stand for, empty where it cannot be told; `why` says then what the figures are left as."""

    field: str
    why: str = "no_field"


def meaning(words: Sequence[str], known: Known) -> Meaning | None:
    """What the words over a column say; None where they do not speak of money. A formula in brackets says nothing of it."""
    whole = "".join(words)
    if not words or (names_rows(words[0]) and len(words) == 1):
        return None
    if OTHER_YEAR.search(whole) or _is_of_other_year(whole, known):
        return Meaning("", "not_budget")
    last, outer = words[-1], [_FORMULA.sub("", each) for each in words]
    field = field_of(outer[-1], FUNDS)
    if "其中" in whole or (field is None and len(words) > 1 and is_source(last)):
        return Meaning("", "source_row")
    if OF_A_SOURCE.search(last) or (field is None and is_source(_UNIT.sub("", last))):
        return Meaning("", OF_SOURCE)
    if field is None and len(words) > 1:
        field = field_of(outer[-2], FUNDS) if WHOLE.fullmatch(last) else field_of("".join(outer), FUNDS)
    return _of_this_time(field, whole, "".join(outer), known)


def _of_this_time(field: str | None, whole: str, outer: str, known: Known) -> Meaning | None:
    """The field, where the heading is of the whole period, and of money or a rate as the field is."""
    may_be_spent = field in ("spent", "appropriated", *RATES) or field is None
    if may_be_spent and MONEY_WORDS.search(whole) and _is_of_other_time(whole, known):
        return Meaning("", OTHER_TIME)
    if field in ("spent", "appropriated", *RATES) and NOT_DONE.search(whole):
        return Meaning("")
    if field in MONEY and (_SHARE.search(outer) or _SUM.search(outer) or _PER_HEAD.search(outer)):
        rate = field_of(whole, FUNDS)
        return Meaning(rate if rate in RATES else "")
    if field is not None:
        return Meaning(field)
    if "序时" in whole:
        return Meaning("", "not_budget")
    return Meaning("") if MONEY_WORDS.search(whole) and not _NO_MONEY.search(whole) else None


def _is_of_other_time(heading: str, known: Known) -> bool:
    """Whether a heading names a part of the time, or months that are not those of the table."""
    told = spans_of(heading)
    is_other = bool(told) and known.months is not None and known.months not in told
    return is_other or bool(_PART_OF_TIME.search(heading))


def _is_of_other_year(heading: str, known: Known) -> bool:
    """Whether a heading names a year that is not the table's."""
    years = set(map(int, _YEAR.findall(heading)))
    return bool(years) and known.year is not None and known.year not in years
