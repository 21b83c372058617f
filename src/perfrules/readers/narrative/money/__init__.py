"""The sentences of a paragraph become money facts and printed ratios, each with its owner.

Whatever cannot be placed is told as unread; nothing is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from attrs import evolve

from perfrules.documents import Paragraph
from perfrules.documents.sentences import sentences
from perfrules.model.submission import Unread
from perfrules.model.unit import Kind
from perfrules.readers.narrative.amounts import Amount, amounts, masked
from perfrules.readers.narrative.money.claims import line_of_share
from perfrules.readers.narrative.money.course import Before
from perfrules.readers.narrative.money.placing import placed_money
from perfrules.readers.narrative.money.ratios import claims_told
from perfrules.readers.narrative.money.spots import Placed, Setting, spots
from perfrules.readers.narrative.money.subject import another_speaks
from perfrules.readers.narrative.money.window import window
from perfrules.readers.narrative.projects import lead_of
from perfrules.readers.narrative.readings import TOTAL, Readings

_GOES_ON = re.compile("[，、]?(?:其中|按[^，。；]{0,8}(?:分|看|划分)[，：])")
"""What opens a sentence on the parts of what the one before told."""
_OPENING = re.compile("[，：（。]")
_THE_SAME = re.compile("(?:[该此本](?:项目|专项|工程|经费|资金)|其(?![中他余]))")
"""What an item's sentences call the item."""
_PROPOSAL = re.compile(
    r"(?:（?[\d一二三四五六七八九十]{1,2}[、.）]|[一二三四五六七八九十]是)?(?:建议|恳请|请求|拟|下一步|下步|今后|力争|争取)"
)
"""What opens a sentence that asks for money, or tells what will be done."""


def money_and_claims(setting: Setting, paragraph: Paragraph) -> Readings:
    """The money facts and printed ratios of a paragraph, and its amounts that are neither."""
    blotted = masked(paragraph.text)
    found = amounts(paragraph, setting.unit)
    starts = [each.start for each in found]
    readings, before, owners = Readings(), Before(), set[str]()
    for start, end in sentences(paragraph.text):
        inside = list(found[bisect_left(starts, start) : bisect_left(starts, end)])
        own = evolve(setting, is_proposal=bool(_PROPOSAL.match(blotted[start:end])))
        if setting.item and start > 0 and _opens_with_another(own, blotted[start:end]):
            own = evolve(own, item="", is_other=True)
        if setting.owner == TOTAL and owners and TOTAL not in owners:
            own = evolve(own, is_parted=True)  # what was told so far is of one line
        if (lead := lead_of(blotted[start:end])) is not None:
            is_known = lead in setting.projects
            setting = evolve(setting, item=lead if is_known else "", is_other=not is_known)
            own = evolve(own, item=setting.item, is_other=setting.is_other)
        goes_on = bool(_GOES_ON.match(blotted[start:end]))
        head = before.head if goes_on else None
        before = before if goes_on else evolve(before, sums=())
        placed, last = placed_money(own, paragraph, blotted, (start, end), inside, head, before)
        owners |= _led(placed)
        wholes = [each.reading for each in placed if each.reading and each.reading.owner == TOTAL]
        is_of_another = another_speaks(blotted[start:end], "", setting.units)
        before = Before(
            last,
            wholes[-1] if wholes else None,
            (*before.sums, *(each.reading for each in placed if each.reading)),
            before.is_of_another and not wholes if is_of_another is None else is_of_another,
        )
        placed = _reowned(setting, blotted, (start, end), inside, placed)
        readings += _told(setting, paragraph, placed)
        readings += claims_told(setting, paragraph, blotted, (start, end), inside, placed)
    return readings


def _opens_with_another(setting: Setting, sentence: str) -> bool:
    """Whether a sentence within an item opens with another thing than the item's as its subject."""
    opening = _OPENING.split(sentence)[0]
    is_named = any(name in opening for name in setting.projects) or opening.startswith(setting.item[:3])
    return not (is_named or _THE_SAME.match(opening)) and another_speaks(opening, "", setting.units) is True


def _led(placed: Sequence[Placed]) -> set[str]:
    """The owners that a sentence speaks of, those of parts and of additions (追加基本支出) left out."""
    return {
        each.reading.owner
        for each in placed
        if each.reading
        and not each.is_part
        and not each.reading.fact.label.endswith(("基本支出", "项目支出"))
    }


def _reowned(
    setting: Setting,
    blotted: str,
    sentence: tuple[int, int],
    found: Sequence[Amount],
    placed: Sequence[Placed],
) -> list[Placed]:
    """Money of which nothing says whose it is, and whose share is told of one line's budget, is that line's."""
    money = {each.amount: each for each in placed}
    last: Amount | None = None
    for spot in spots(blotted, sentence, found):
        if spot.amount in money:
            last = spot.amount
        elif spot.amount.kind is Kind.RATIO and last is not None and (line := line_of_share(spot.words)):
            reading = money[last].reading
            said = window(reading.fact.label if reading else "", (), setting.units, "")
            if reading and reading.owner == TOTAL and not (said.line or said.is_anchored):
                money[last] = evolve(money[last], reading=evolve(reading, owner=line))
    return list(money.values())


def _told(setting: Setting, paragraph: Paragraph, placed: Sequence[Placed]) -> Readings:
    money = tuple(each.reading for each in placed if each.reading is not None)
    unread = tuple(_unread(setting, paragraph, each) for each in placed if each.reading is None)
    proposals = tuple(each.proposal for each in placed if each.proposal is not None)
    return Readings(money=money, unread=unread, proposals=proposals)


def _unread(setting: Setting, paragraph: Paragraph, each: Placed) -> Unread:
    where = setting.document.place(paragraph, each.amount.start, each.amount.end)
    return Unread(where, setting.document.cut(where), each.why, each.is_open)
