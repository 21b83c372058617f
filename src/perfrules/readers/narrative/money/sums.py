"""What the sums of a sentence prove of its amounts, and what several changes of one budget leave open."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from attrs import evolve

from perfrules.model.fact import Fact
from perfrules.model.quantity import Quantity
from perfrules.readers.narrative.money.spots import Placed, Spot
from perfrules.readers.narrative.readings import TOTAL, MoneyReading

_COUNTED_OFF = re.compile("^(?:[一二三四]是|其中)")
SOURCE = re.compile(
    "财政拨款|预算拨款|(?:一般公共|政府性基金|财政|公共)预算|[自专]有|自筹|单位资金|其他资金|专户|事业收入|上级|中央|[省市县区]级|[省市][^，。；]{0,4}补助|债券"
)
"""Words of what one source brings."""
_LINES = {"基本支出": "basic", "项目支出": "project"}


def with_lines_that_add_up(
    placed: Sequence[Placed],
    met: Sequence[Spot],
    before: MoneyReading | None,
    fact: Callable[[Spot, str], Fact],
) -> list[Placed]:
    """年初预算318.52万元，基本支出205.52万元，项目支出113万元: that the two lines add up to the sum proves them its parts.

    So it proves that a number of theirs is one in spite of a blank within (1 13万元). The sum may be the last of the sentence `before`;
    `fact` makes one of an amount and a field.
    """
    done = list(placed)
    for at in range(-1, len(placed) - 2):
        whole, parts = _whole(placed[at]) if at >= 0 else before, placed[at + 1 : at + 3]
        lines = [_LINES.get(_COUNTED_OFF.sub("", spot.words), "") for spot in met[at + 1 : at + 3]]
        if whole is None or whole.owner != TOTAL or {*lines} != {"basic", "project"}:
            continue
        are_left = not any(part.reading for part in parts)
        are_split = any(each.amount.joined for each in placed[max(at, 0) : at + 3]) and all(
            part.reading is None or (part.reading.owner, part.reading.fact.field) == (line, whole.fact.field)
            for part, line in zip(parts, lines, strict=True)
        )
        if not (are_left or are_split) or not _add_up(whole, parts):
            continue
        for place, line in enumerate(lines, at + 1):
            amount = placed[place].amount
            mended = evolve(amount, quantity=amount.joined or amount.quantity)
            reading = MoneyReading(line, fact(evolve(met[place], amount=mended), whole.fact.field))
            done[place] = Placed(amount, reading, is_part=True)
        if at >= 0:
            done[at] = as_named(evolve(done[at], reading=whole))
    return done


def _whole(one: Placed) -> MoneyReading | None:
    return one.reading or one.mended


def _add_up(whole: MoneyReading, parts: Sequence[Placed]) -> bool:
    value = whole.fact.value
    exact = [(part.amount.joined or part.amount.quantity).exact for part in parts]
    return (
        isinstance(value, Quantity) and None not in exact and value.exact == sum(each or 0 for each in exact)
    )


def as_named(one: Placed) -> Placed:
    """The head of parts: that they are the department's lines says whose it is."""
    return evolve(one, reading=evolve(one.reading, is_named=True)) if one.reading else one


def as_adjusted(one: Placed) -> Placed:
    """The budget of which the one at the start of the year is a part: 预算总额1956.72万元，其中年初预算1790.37万元."""
    reading = one.reading
    if reading is None or reading.fact.field != "initial_budget" or "年初" in reading.fact.label:
        return one
    return evolve(one, reading=evolve(reading, fact=evolve(reading.fact, field="adjusted_budget")))


def without_parts_as_sums(
    placed: Sequence[Placed],
    met: Sequence[Spot],
    marks: Sequence[int],
    before: Sequence[MoneyReading],
) -> list[Placed]:
    """支出140万元，其中财政拨款支出130万元: a part of a sum is no second sum of its owner, and is left.

    `marks` are the places of 其中 and the like; `before` are the sums of which a sentence that opens so tells the parts.
    """
    firsts = {(each.owner, each.fact.field): (each.fact.value, -1, 0) for each in reversed(before)}
    done = list(placed)
    for at, (one, spot) in enumerate(zip(placed, met, strict=True)):
        if one.reading is None:
            continue
        key, value = (one.reading.owner, one.reading.fact.field), one.reading.fact.value
        if isinstance(value, Quantity) and value.digits.startswith("-"):
            continue  # a cut is no part of what was added
        first = firsts.setdefault(key, (value, one.amount.end, spot.depth))
        is_below = spot.depth > first[2] or bisect_left(marks, first[1]) < bisect_left(
            marks, spot.amount.start
        )
        if value != first[0] and is_below:
            is_source = bool(SOURCE.search(spot.words))
            done[at] = Placed(one.amount, None, "source_row" if is_source else "ambiguous", not is_source)
    return done


def without_several_moves(placed: list[Placed]) -> list[Placed]:
    """追加5万元，调减2万元: two movements of one line; neither is the adjustment, so both are left open, and all their parts.

    So is an addition beside a cut that could not be placed.
    """
    moves: dict[str, set[object]] = {}
    for each in placed:
        if each.reading and each.reading.fact.field == "adjustment":
            moves.setdefault(each.reading.owner, set()).add(each.reading.fact.value)
    several = {owner for owner, found in moves.items() if len(found) > 1}
    cut = {each.proposal.owner for each in placed if each.proposal and _is_unplaced_cut(each)}
    is_parted = bool(cut - {TOTAL})  # the cut of a line is one of the whole's moves
    several |= cut
    return [
        Placed(each.amount, None, "ambiguous", True, each.reading)
        if each.reading
        and each.reading.fact.field == "adjustment"
        and (each.reading.owner in several or TOTAL in several or (is_parted and each.reading.owner == TOTAL))
        else each
        for each in placed
    ]


def _is_unplaced_cut(one: Placed) -> bool:
    is_left = one.reading is None and one.proposal is not None and one.proposal.fact.field == "adjustment"
    value = one.proposal.fact.value if is_left and one.proposal else None
    return isinstance(value, Quantity) and value.digits.startswith("-")
