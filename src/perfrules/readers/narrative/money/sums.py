"""What the sums of a sentence prove of its amounts, and what several changes of one budget leave open."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from attrs import evolve

from perfrules.model.fact import Fact
from perfrules.model.quantity import Quantity
from perfrules.readers.narrative.money.spots import Placed, Spot
from perfrules.readers.narrative.readings import TOTAL, MoneyReading

_COUNTED_OFF = re.compile("^(?:[一二三四]是|其中)")
_LINES = {"基本支出": "basic", "项目支出": "project"}


def with_lines_that_add_up(
    placed: Sequence[Placed],
    met: Sequence[Spot],
    before: MoneyReading | None,
    fact: Callable[[Spot, str], Fact],
) -> list[Placed]:
    """年初预算318.52万元，基本支出205.52万元，项目支出113万元: that the two lines add up to the sum proves them its parts.

    The sum may be the last of the sentence `before`; `fact` makes one of an amount and a field.
    """
    done = list(placed)
    for at in range(-1, len(placed) - 2):
        whole, parts = placed[at].reading if at >= 0 else before, placed[at + 1 : at + 3]
        lines = [_LINES.get(_COUNTED_OFF.sub("", spot.words), "") for spot in met[at + 1 : at + 3]]
        is_told = {*lines} == {"basic", "project"} and not any(part.reading for part in parts)
        if whole is None or whole.owner != TOTAL or not is_told or not _add_up(whole, parts):
            continue
        for place, line in enumerate(lines, at + 1):
            reading = MoneyReading(line, fact(met[place], whole.fact.field))
            done[place] = Placed(placed[place].amount, reading, is_part=True)
        if at >= 0:
            done[at] = as_named(done[at])
    return done


def _add_up(whole: MoneyReading, parts: Sequence[Placed]) -> bool:
    value, exact = whole.fact.value, [part.amount.quantity.exact for part in parts]
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


def without_several_moves(placed: list[Placed]) -> list[Placed]:
    """追加5万元，调减2万元: two movements of one line; neither is the adjustment, so both are left open."""
    moves: dict[str, set[object]] = {}
    for each in placed:
        if each.reading and each.reading.fact.field == "adjustment":
            moves.setdefault(each.reading.owner, set()).add(each.reading.fact.value)
    several = {owner for owner, found in moves.items() if len(found) > 1}
    return [
        Placed(each.amount, None, "ambiguous", True)
        if each.reading and each.reading.owner in several and each.reading.fact.field == "adjustment"
        else each
        for each in placed
    ]
