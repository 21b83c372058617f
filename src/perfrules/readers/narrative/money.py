"""The sentences of a paragraph become money facts and printed ratios, each with its owner.

Grammar may carry a field on inside one sentence, and over 。 only for a sentence that opens with 其中. Whatever cannot
be placed is told as unread; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from perfrules.documents import Paragraph, TextDocument
from perfrules.documents.flow import sentences
from perfrules.model.fact import Fact
from perfrules.model.quantity import Quantity, printed_quantity
from perfrules.model.submission import Unread
from perfrules.model.unit import Kind
from perfrules.readers.narrative.amounts import Amount, amounts, masked
from perfrules.readers.narrative.claims import claim
from perfrules.readers.narrative.readings import PROJECT_PREFIX, TOTAL, MoneyReading, Readings
from perfrules.readers.narrative.window import Window, window
from perfrules.readers.narrative.words import QUOTED_YEAR

_BOUNDARY = re.compile("[，。；：、（）！？]")
_PARTS = re.compile("其中|包括|分别[为是]")


@frozen
class Setting:
    """What is known of the document while its sentences are read.

    `owner` is whose money is meant where nothing is said: the total line, the project line, or one project; `item` is
    the project whose list item is being read. `final` tells a part of the report whose figures are plans.
    """

    document: TextDocument
    year: int | None
    owner: str = TOTAL
    item: str = ""
    projects: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    is_plan: bool = False


@frozen
class Head:
    """The amount whose field the parts after it inherit."""

    field: str
    negative: bool
    owner: str
    depth: int


@frozen
class Placed:
    """A money amount of a sentence with its reading, or with the reason why it has none."""

    amount: Amount
    reading: MoneyReading | None = None
    why: str = ""
    is_open: bool = False


@frozen
class _Spot:
    """An amount in its sentence: the words before it back to the last mark, and how it is nested."""

    amount: Amount
    words: str
    between: str
    context: str
    depth: int


def money_and_claims(setting: Setting, paragraph: Paragraph) -> Readings:
    """The money facts and printed ratios of a paragraph, and its amounts that are neither."""
    blotted = masked(paragraph.text)
    found = amounts(paragraph)
    readings, head = Readings(), None
    for start, end in sentences(paragraph.text):
        inside = [each for each in found if start <= each.start < end]
        opens_with_parts = bool(re.match("[，、]?其中", blotted[start:end]))
        placed, head = _placed(
            setting, paragraph, blotted, (start, end), inside, head if opens_with_parts else None
        )
        readings += _told(setting, paragraph, placed)
        readings += _claims(setting, paragraph, blotted, start, inside, placed)
    return readings


def _placed(
    setting: Setting,
    paragraph: Paragraph,
    blotted: str,
    sentence: tuple[int, int],
    found: Sequence[Amount],
    head: Head | None,
) -> tuple[list[Placed], Head | None]:
    """The money of a sentence, placed; and the head that a following 其中 would speak of: None where there are two."""
    placed, heads, in_parts = list[Placed](), list[Head](), head is not None
    for spot in _spots(blotted, sentence, found):
        if spot.amount.kind is not Kind.MONEY:
            continue
        said = window(spot.words, setting.projects, setting.units, spot.context)
        in_parts = head is not None and (
            in_parts or spot.depth > head.depth or bool(_PARTS.search(spot.between))
        )
        if head is not None and spot.depth < head.depth:
            in_parts = False
        inherited = None if said.field or not in_parts else head
        one = _one(setting, paragraph, spot, said, inherited)
        placed.append(one)
        if inherited is None and spot.depth <= (head.depth if head else 0):
            head = _head(one, said, spot)
            in_parts = False
            heads += [head] if head else []
    last = heads[0] if len(heads) == 1 and head is not None else None
    return placed, last


def _head(one: Placed, said: Window, spot: _Spot) -> Head | None:
    return Head(one.reading.fact.field, said.negative, one.reading.owner, spot.depth) if one.reading else None


def _spots(blotted: str, sentence: tuple[int, int], found: Sequence[Amount]) -> Iterator[_Spot]:
    start, previous = sentence[0], sentence[0]
    for amount in found:
        before = blotted[previous : amount.start]
        words = _BOUNDARY.split(before)[-1]
        context = blotted[start : amount.start]
        depth = context.count("（") - context.count("）")
        yield _Spot(amount, words, before, context, depth)
        previous = amount.end


def _one(setting: Setting, paragraph: Paragraph, spot: _Spot, said: Window, head: Head | None) -> Placed:
    """An amount placed: by its own words, or as a part of what the head speaks of."""
    amount = spot.amount
    if amount.doubt:
        return Placed(amount, None, amount.doubt, amount.doubt == "ambiguous" and said.speaks_of_budget)
    if said.is_other_money or _is_other_year(setting, paragraph, spot):
        return Placed(amount, None, "not_budget")
    if setting.is_plan:
        return Placed(amount, None, "not_budget")
    field = said.field or (head.field if head else "")
    if not field:
        return Placed(
            amount, None, "no_field" if said.speaks_of_budget else "not_budget", said.speaks_of_budget
        )
    owner = _owner(setting, said, head)
    if not said.is_clear or owner is None or (head and _names_another_field(said, head)):
        is_part = head is not None and not said.line and not said.speaks_of_budget
        return Placed(amount, None, "not_budget" if is_part else "ambiguous", not is_part)
    negative = field == "adjustment" and (said.negative if said.field else bool(head and head.negative))
    return Placed(amount, MoneyReading(owner, _fact(setting, paragraph, spot, field, negative)))


def _owner(setting: Setting, said: Window, head: Head | None) -> str | None:
    """Whose money it is; None where the words do not fit together."""
    alone = setting.owner.startswith(PROJECT_PREFIX)
    if said.project:
        return PROJECT_PREFIX + said.project if not said.line else None
    if setting.item or alone:
        owner = PROJECT_PREFIX + setting.item if setting.item else setting.owner
        return owner if said.line != "basic" and (head is None or said.field) else None
    if head is not None:
        return said.line if said.line and head.owner == TOTAL else None
    return said.line or setting.owner


def _names_another_field(said: Window, head: Head) -> bool:
    """Whether a part of, say, money released is called 预算: then it is no part of it."""
    return "预算" in said.rest and head.field not in ("initial_budget", "adjusted_budget", "adjustment")


def _is_other_year(setting: Setting, paragraph: Paragraph, spot: _Spot) -> bool:
    """Whether the last year named before the amount in its sentence is another than the report's."""
    if setting.year is None:
        return False
    start = spot.amount.start - len(spot.context)
    text = re.sub("《[^》]*》", "", paragraph.text[start : spot.amount.start])
    years = QUOTED_YEAR.findall(text)
    last_year = re.search("去年|上年(?!结转|结余|度?财政拨款结)", text.rpartition("，")[2])
    return bool(years and int(years[-1]) != setting.year) or bool(last_year)


def _fact(setting: Setting, paragraph: Paragraph, spot: _Spot, field: str, negative: bool) -> Fact:
    amount = spot.amount
    where = setting.document.place(paragraph, amount.start, amount.end)
    label = _label(paragraph, spot)
    quantity = _negated(amount.quantity) if negative else amount.quantity
    return Fact(field, quantity, location=where, quote=setting.document.cut(where), label=label)


def _label(paragraph: Paragraph, spot: _Spot) -> str:
    """The words before an amount as they stand in the text, titles and dates included."""
    return paragraph.text[spot.amount.start - len(spot.words) : spot.amount.start]


def _negated(quantity: Quantity) -> Quantity:
    """A cut is printed without a sign: 调减3万元 is −3万元."""
    digits = quantity.digits if quantity.digits.startswith("-") else f"-{quantity.digits}"
    if quantity.exact is None:
        flipped = None if quantity.interval is None else -quantity.interval
        slack = None if quantity.slack is None else -quantity.slack
        return evolve(quantity, interval=flipped, slack=slack, digits=digits)
    return printed_quantity(digits, quantity.unit, quantity.qualifier, words=quantity.words)


def _told(setting: Setting, paragraph: Paragraph, placed: Sequence[Placed]) -> Readings:
    money = tuple(each.reading for each in placed if each.reading is not None)
    unread = tuple(
        unread_amount(setting.document, paragraph, each.amount, each.why, each.is_open)
        for each in placed
        if each.reading is None
    )
    return Readings(money=money, unread=unread)


def unread_amount(
    document: TextDocument, paragraph: Paragraph, amount: Amount, why: str, is_open: bool
) -> Unread:
    """An amount as seen and not assigned."""
    where = document.place(paragraph, amount.start, amount.end)
    return Unread(where, document.cut(where), why, is_open)


def _claims(
    setting: Setting,
    paragraph: Paragraph,
    blotted: str,
    start: int,
    found: Sequence[Amount],
    placed: Sequence[Placed],
) -> Readings:
    """The ratios of a sentence: claims, or unread; changes of counts are left to the counts."""
    readings = Readings()
    end = found[-1].end if found else start
    for spot in _spots(blotted, (start, end), found):
        if spot.amount.kind is not Kind.RATIO:
            continue
        left = [each for each in placed if each.amount.start < spot.amount.start]
        after = blotted[spot.amount.end :]
        said = claim(spot.words, after, setting, [(each.amount, each.reading) for each in left])
        where = setting.document.place(paragraph, spot.amount.start, spot.amount.end)
        quote = setting.document.cut(where)
        if said is None or spot.amount.doubt:
            readings += Readings(unread=(Unread(where, quote, "not_budget", False),))
        elif not said.owner:
            readings += Readings(unread=(Unread(where, quote, "unpaired", True),))
        else:
            fact = Fact(
                "printed", spot.amount.quantity, location=where, quote=quote, label=_label(paragraph, spot)
            )
            readings += Readings(claims=(said.reading(fact),))
    return readings
