"""Sentences that say there was none of a field: 未发生追加追减, 无上年结转: a zero in words, for whom they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve

from perfrules.documents import Paragraph
from perfrules.documents.sentences import sentences
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity, printed_quantity
from perfrules.model.unit import MONEY_UNITS
from perfrules.readers.narrative.amounts import masked
from perfrules.readers.narrative.money.spots import Setting
from perfrules.readers.narrative.money.subject import another_speaks
from perfrules.readers.narrative.money.window import window
from perfrules.readers.narrative.readings import LINES, PROJECT_PREFIX, TOTAL, MoneyReading, Readings

_NONE = {
    "carried_over": re.compile(
        r"(?:无|没有|未发生)(?:上年|年初)(?:财政)?(?:拨款)?结转(?:结余)?(?:资金|经费)?(?=[，。；）]|$)"
    ),
    "adjustment": re.compile(
        r"(?:未发生|没有|无)(?:年中)?(?:预算)?(?:追加|调整)(?:追减|调减|预算|追减预算)?(?=[，。；）]|$)"
    ),
}
_BEFORE = re.compile("[^，；：、（）]*$")


def nothing_told(setting: Setting, paragraph: Paragraph) -> Readings:
    """The zeros that a paragraph says in words: of the line or the project named beside them, else of the whole and its parts.

    None where something else is spoken of, and in plans.
    """
    if setting.is_plan:
        return Readings()
    blotted = masked(paragraph.text)
    found = list[MoneyReading]()
    for start, end in sentences(paragraph.text):
        for field, words in _NONE.items():
            for match in words.finditer(paragraph.text, start, end):
                owners = _owners(setting, blotted[start : match.start()])
                fact = _zero(setting, paragraph, field, match)
                found += [
                    MoneyReading(owner, fact, is_named=owners != LINES and owner != setting.owner)
                    for owner in owners
                ]
    return Readings(money=tuple(found))


def _owners(setting: Setting, before: str) -> tuple[str, ...]:
    """Of whom there was none, by what stands before in the sentence."""
    words = _BEFORE.search(before)
    said = window(words.group() if words else "", setting.projects, setting.units, "财政")
    if said.project:
        return (PROJECT_PREFIX + said.project,)
    if setting.item or setting.owner.startswith(PROJECT_PREFIX):
        return (PROJECT_PREFIX + setting.item if setting.item else setting.owner,)
    is_apart = setting.is_other or another_speaks(before.removesuffix(said.words), said.words, setting.units)
    if not said.is_ours and (is_apart or not said.is_clear):
        return ()
    if said.line:
        return (said.line,)
    return LINES if setting.owner == TOTAL else (setting.owner,)


def _zero(setting: Setting, paragraph: Paragraph, field: str, match: re.Match[str]) -> Fact:
    where = setting.document.place(paragraph, *match.span())
    zero = printed_quantity("0", MONEY_UNITS["万元"], words=match.group())
    return Fact(field, zero, State.DERIVED, where, setting.document.cut(where), formula=match.group())


def without_refuted(readings: Readings) -> Readings:
    """The readings without the zeros of the whole and its parts where some of that is printed: they spoke of less than that."""
    printed = set(_printed(readings))
    return evolve(
        readings,
        money=tuple(
            each
            for each in readings.money
            if each.fact.state is not State.DERIVED
            or (each.is_named and (each.owner, each.fact.field) not in printed)
            or not any((line, each.fact.field) in printed for line in LINES)
        ),
    )


def _printed(readings: Readings) -> Iterator[tuple[str, str]]:
    """The owners and fields of which an amount is printed that is not nothing."""
    for each in readings.money:
        value = each.fact.value
        if each.fact.state is State.PRINTED and isinstance(value, Quantity) and value.exact != 0:
            yield each.owner, each.fact.field
