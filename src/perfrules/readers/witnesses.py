"""Several prints of one field are one fact: the others are its witnesses, or it is conflicting where two cannot meet."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity


def merged(found: Sequence[Fact]) -> Fact:
    """One fact of several prints of a field: the first, the others as witnesses; conflicting where two cannot meet.

    Of prints that agree the one with the most digits stands first.
    """
    printed = [fact for fact in found if fact.state is State.PRINTED] or list(found)
    first = max(printed, key=_exactness)
    others = tuple(fact for fact in found if fact is not first)
    if all(agree(first, other) for other in others):
        return evolve(first, witnesses=others)
    conflicting = tuple(evolve(fact, state=State.CONFLICTING) for fact in found)
    return evolve(conflicting[0], witnesses=conflicting[1:])


def _exactness(fact: Fact) -> tuple[bool, int]:
    quantity = fact.value
    if not isinstance(quantity, Quantity):
        return (False, 0)
    slack = quantity.slack
    width = slack.high - slack.low if slack and slack.low is not None and slack.high is not None else None
    return (quantity.exact is not None, -(-1 if width is None else width.__floor__()))


def agree(one: Fact, other: Fact) -> bool:
    """Whether two prints may be of one number, by the digits that each prints."""
    a, b = one.value, other.value
    if not isinstance(a, Quantity) or not isinstance(b, Quantity):
        return a == b
    return a.slack is None or b.slack is None or a.slack.meets(b.slack)
