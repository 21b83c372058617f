"""The reporting period: months from the title, the opening or the cut-offs stated, the year from title or opening."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from attrs import evolve, frozen

from perfrules.documents import Paragraph, TextDocument
from perfrules.location import Location
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import printed_quantity
from perfrules.model.unit import NUMBER

_YEAR = re.compile(r"(20\d\d)年")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_RANGE = re.compile(r"(?<!\d)(\d{1,2})月?[-—–~至](\d{1,2})月(?:份|末|底)?")
_NAMED = (
    (re.compile(r"上半年|(?<!下)半年度?(?!预)"), (1, 6)),
    (re.compile(r"前三季度"), (1, 9)),
    (re.compile(r"(?:第)?一季度"), (1, 3)),
)
_WHOLE_YEAR = re.compile(r"20\d\d年度?.*自评")
_CUT_OFF = re.compile(
    r"(?:(?<=[截][至止])|(?<=[，。；]至)|(?<=[，。；]到)|(?<=^至)|(?<=^到))(?:20\d\d年)?(\d{1,2})月(?:末|底|份|\d{1,2}日)"
)
_DATED = re.compile(r"(20\d\d)年(?:度)?(?:\d{1,2}月?[-—–~至]\d{1,2}月|上半年|前三季度)(?!同期)")
_BUDGETED = re.compile(r"(20\d\d)年度?(?:[^，。；\d]{0,8})(?:年初|安排|预算)")
_MONEY = re.compile(r"\d(?:万|亿)?元")
_QUOTED = re.compile("《[^》]*》")


@frozen
class _Months:
    first: int
    last: int
    where: Location


def period_facts(
    document: TextDocument, head: Sequence[Paragraph], body: Sequence[Paragraph]
) -> dict[str, Fact]:
    """The facts period_from, period_to, year and month; none where the year or the months are not said.

    `head` are title and opening, `body` the rest. A cut-off that money is stated for and that is not the one of the
    title makes period_to and month conflicting.
    """
    year = year_of(head) or _year_in(body)
    months = next(_months(document, [*head, *body]), None)
    if year is None or months is None:
        return {}
    return _facts(document, year, months, _stated(document, body))


def year_of(head: Sequence[Paragraph]) -> int | None:
    """The year in the title, else in the opening, else in the title of the notice that the opening quotes."""
    for paragraph in head:
        if found := _YEAR.search(_QUOTED.sub("", paragraph.text)):
            return int(found[1])
    for paragraph in head:
        for quoted in _QUOTED.findall(paragraph.text):
            if found := _ANY_YEAR.search(quoted):
                return int(found[1])
    return None


def _year_in(body: Sequence[Paragraph]) -> int | None:
    """The year that the body names with a period of it, where it is always the same."""
    years = {year for paragraph in body for year in _DATED.findall(_QUOTED.sub("", paragraph.text))}
    years = years or {
        year for paragraph in body for year in _BUDGETED.findall(_QUOTED.sub("", paragraph.text))
    }
    return int(years.pop()) if len(years) == 1 else None


def _months(document: TextDocument, paragraphs: Sequence[Paragraph]) -> Iterator[_Months]:
    for paragraph in paragraphs:
        text = paragraph.text
        if found := _RANGE.search(text):
            first, last = int(found[1]), int(found[2])
            if 1 <= first <= last <= 12:
                yield _Months(first, last, document.place(paragraph, *found.span()))
        for words, (first, last) in _NAMED:
            if found := words.search(text):
                yield _Months(first, last, document.place(paragraph, *found.span()))
        if found := _WHOLE_YEAR.search(text):
            yield _Months(1, 12, document.place(paragraph, *found.span()))
        if (found := _CUT_OFF.search(text)) and 1 <= int(found[1]) <= 12:
            yield _Months(1, int(found[1]), document.place(paragraph, *found.span()))


def _stated(document: TextDocument, body: Sequence[Paragraph]) -> list[_Months]:
    """The cut-offs for which a sentence states money."""
    return [
        _Months(1, int(found[1]), document.place(paragraph, *found.span()))
        for paragraph in body
        for found in _CUT_OFF.finditer(paragraph.text)
        if 1 <= int(found[1]) <= 12 and _MONEY.search(paragraph.text[found.end() :].partition("。")[0])
    ]


def _facts(document: TextDocument, year: int, months: _Months, stated: Sequence[_Months]) -> dict[str, Fact]:
    others = {each.last: each for each in stated if each.last != months.last}
    state = State.CONFLICTING if others else State.PRINTED
    same = next((each for each in stated if each.last == months.last), months)
    end = _cut_off(document, year, same)
    witnesses = tuple(evolve(_cut_off(document, year, each), state=state) for each in others.values())
    month = Fact(
        "month",
        printed_quantity(str(months.last), NUMBER),
        State.CONFLICTING if others else State.DERIVED,
        months.where,
        formula="period_to",
    )
    return {
        "period_from": Fact(
            "period_from",
            date(year, months.first, 1),
            location=months.where,
            quote=document.cut(months.where),
        ),
        "period_to": evolve(end, state=state, witnesses=witnesses),
        "year": Fact(
            "year", printed_quantity(str(year), NUMBER), State.DERIVED, months.where, formula="period_to"
        ),
        "month": month,
    }


def _cut_off(document: TextDocument, year: int, months: _Months) -> Fact:
    day = date(year, months.last, monthrange(year, months.last)[1])
    return Fact("period_to", day, location=months.where, quote=document.cut(months.where))


_PARTS_OF_YEAR = re.compile(
    r"(?P<first>\d{1,2})月?[-—–~至](?P<last>\d{1,2})月|(?P<half>上半年|前三季度)|(?P<quarter>第?[一二三四]季度)|(?P<now>当月|本月)"
    r"|(?P<cut>(?:截[至止]|到|至)[^，。]{0,6}\d{1,2}月)|(?P<one>(?<!\d)\d{1,2}月)(?!\d{1,2}日|末|底)"
)

_CLAUSE_ENDS = re.compile("[，；]")
"""What ends the clause of a single month: 3月调增35万元；支出88万元."""


def is_other_period(text: str, months: tuple[int, ...]) -> bool:
    """Whether the last period that a text names is a part of the reporting period, or another; a cut-off is neither."""
    found = list(_PARTS_OF_YEAR.finditer(text))
    if not found or len(months) != 2 or found[-1]["cut"]:
        return False
    named = found[-1]
    if named["first"]:
        return (int(named["first"]), int(named["last"])) != months
    if named["half"]:
        return ((1, 6) if named["half"] == "上半年" else (1, 9)) != months
    if named["quarter"]:
        return months != (1, 3) or "一" not in named["quarter"]
    return bool(named["now"]) or not _CLAUSE_ENDS.search(text, named.end())
