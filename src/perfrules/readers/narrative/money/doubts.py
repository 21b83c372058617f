"""Figures whose owner nothing names, and which do not agree with the others of that owner: they are left open.

A report that says 支出96.50万元 of a thing that was not recognised must not become a second value of the department's spending.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction
from typing import TypeVar

from attrs import evolve

from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity
from perfrules.model.submission import Unread
from perfrules.readers.narrative.readings import (
    PROJECT,
    PROJECT_PREFIX,
    ClaimReading,
    MoneyReading,
    Readings,
)
from perfrules.readers.witnesses import agree


def without_doubtful(readings: Readings) -> Readings:
    """The readings without money and ratios that only stand there, where others of the owner say otherwise.

    Where none of those that differ is named, none is read. A ratio goes with the money whose owner it took.
    """
    money = _doubtful(readings.money, lambda each: (each.owner, each.fact.field))
    doubted = {id(each) for each in money}
    kept = [each for each in readings.money if id(each) not in doubted]
    money += [*_overfull(kept), *_several_moves(kept)]
    gone = {each.fact.location for each in money}
    without = {id(each) for each in money}
    claims = _doubtful(readings.claims, lambda each: (each.owner, each.numerator, each.base))
    doubtful = {id(each) for each in claims}
    claims += [each for each in readings.claims if each.of in gone and each.of and id(each) not in doubtful]
    without |= {id(each) for each in claims}
    if not money and not claims:
        return readings
    told = (
        *(_open(each.fact, "ambiguous") for each in money),
        *(_open(each.fact, "unpaired") for each in claims),
    )
    return evolve(
        readings,
        money=tuple(each for each in readings.money if id(each) not in without),
        claims=tuple(each for each in readings.claims if id(each) not in without),
        unread=(*readings.unread, *told),
    )


_TURN = re.compile(r"\d月|季度|又|再|另|先后|首次|第[一二三\d]次|[一二三]次")
"""What tells one movement of a budget from another."""
_PRINTED = (State.PRINTED, State.SUSPECT)
Reading = TypeVar("Reading", MoneyReading, ClaimReading)


def _doubtful(readings: Sequence[Reading], whose: Callable[[Reading], Hashable]) -> list[Reading]:
    """Those that nothing names and that differ from one of their owner's that is named, or from each other."""
    groups: dict[Hashable, list[Reading]] = {}
    for each in readings:
        groups.setdefault(whose(each), []).append(each)
    found = []
    for group in groups.values():
        weak = [each for each in group if not each.is_named and each.fact.state in _PRINTED]
        sure = [each for each in group if each.is_named]
        firm = [each for each in weak if each.fact.state is State.PRINTED]  # as of the end of the period
        others = _distinct(sure or firm or weak)
        agreed = {fact.value: all(_agree(fact, other) for other in others) for fact in _distinct(weak)}
        found += [each for each in weak if not agreed[each.fact.value]]
    return found


def _overfull(money: Sequence[MoneyReading]) -> list[MoneyReading]:
    """What projects are said to have 预算安排, where all that adds up to more than the projects had at the year's start.

    Then it was the budget after additions, or both are mixed; what is called 年初 is that.
    """
    initial = [each for each in money if each.fact.field == "initial_budget"]
    whole = {_exact(each) for each in initial if each.owner == PROJECT}
    parts = {each.owner: _exact(each) for each in initial if each.owner.startswith(PROJECT_PREFIX)}
    if len(whole) != 1 or sum(parts.values()) <= max(whole):
        return []
    return [each for each in initial if each.owner in parts and "年初" not in each.fact.label]


def _several_moves(money: Sequence[MoneyReading]) -> list[MoneyReading]:
    """3月追加20万元。6月追加10万元: two movements of one budget in different sentences, and neither is its adjustment.

    Amounts that nothing tells apart, by its time, its turn or its direction, are one that is told with two values.
    """
    moves: dict[str, list[MoneyReading]] = {}
    for each in money:
        if each.fact.field == "adjustment" and each.fact.state is State.PRINTED:
            moves.setdefault(each.owner, []).append(each)
    found = []
    for group in moves.values():
        ways = {_exact(each) > 0 for each in group}
        is_apart = len(ways) > 1 or any(_TURN.search(each.fact.label) for each in group)
        found += group if is_apart and len(_distinct(group)) > 1 else []
    return found


def _exact(reading: MoneyReading) -> Fraction:
    value = reading.fact.value
    return Fraction(value.exact) if isinstance(value, Quantity) and value.exact is not None else Fraction(0)


def _distinct(readings: Sequence[Reading]) -> list[Fact]:
    """A fact for each value that is printed: a long text says the same figure many times."""
    return list({each.fact.value: each.fact for each in readings}.values())


def _agree(one: Fact, other: Fact) -> bool:
    return agree(one, other) and isinstance(one.value, Quantity)


def _open(fact: Fact, why: str) -> Unread:
    assert fact.location is not None, "what is read of a text has its place"
    return Unread(fact.location, fact.quote, why)
