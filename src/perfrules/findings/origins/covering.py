"""The fewest repairs that cover all troubles; of equally few those that break least, then the first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from attrs import frozen

MOST_STEPS = 20_000
"""How many choices are tried for the fewest; beyond that the largest repair is taken first, which may be one too many."""


@frozen
class Repair:
    """A change of one figure: the troubles it clears, and how many checks that pass now it would break.

    `figure` is the place of the figure in the order of the report; troubles are numbers.
    """

    figure: int
    clears: frozenset[int]
    breaks: int = 0


def sound(repairs: Sequence[Repair]) -> tuple[Repair, ...]:
    """The repairs, each without the troubles that another one clears and breaks less by it; those left empty are none."""
    least: dict[int, int] = {}
    for each in repairs:
        for trouble in each.clears:
            least[trouble] = min(each.breaks, least.get(trouble, each.breaks))
    kept = (
        Repair(each.figure, frozenset(t for t in each.clears if least[t] == each.breaks), each.breaks)
        for each in repairs
    )
    return tuple(dict.fromkeys(each for each in kept if each.clears))


def fewest(troubles: Collection[int], repairs: Sequence[Repair]) -> tuple[tuple[int, ...], ...]:
    """The troubles in as few groups as can be, each cleared by one repair; what no repair clears is a group of its own."""
    groups: list[tuple[int, ...]] = []
    for part in _parts(troubles, repairs):
        left = set(part)
        for each in _chosen(frozenset(part), [one for one in repairs if one.clears & left]):
            groups.append(tuple(sorted(each.clears & left)))
            left -= each.clears
        groups += [(each,) for each in left]
    return tuple(sorted(groups))


def _parts(troubles: Collection[int], repairs: Sequence[Repair]) -> list[set[int]]:
    """The troubles in parts that share no repair."""
    parts = [{each} for each in sorted(troubles)]
    for repair in repairs:
        touched = [part for part in parts if part & repair.clears]
        if len(touched) > 1:
            touched[0].update(*touched[1:])
            parts = [part for part in parts if part not in touched[1:]]
    return parts


def _chosen(troubles: frozenset[int], repairs: Sequence[Repair]) -> tuple[Repair, ...]:
    coverable = troubles & frozenset(each for repair in repairs for each in repair.clears)
    search = _Search(repairs)
    for size in range(1, len(coverable) + 1):
        found = search.of_size(coverable, size)
        if found is not None or search.steps > MOST_STEPS:
            return found if found is not None else tuple(_largest_first(coverable, repairs))
    return ()


class _Search:
    """A search for a cover of a given size that counts its steps."""

    def __init__(self, repairs: Sequence[Repair]) -> None:
        self.repairs, self.steps = repairs, 0

    def of_size(self, left: frozenset[int], size: int) -> tuple[Repair, ...] | None:
        """A cover by so many repairs, the first in order; None where there is none, or it takes too long."""
        self.steps += 1
        if not left:
            return ()
        if size == 0 or self.steps > MOST_STEPS:
            return None
        for each in _for_first(left, self.repairs):
            if (rest := self.of_size(left - each.clears, size - 1)) is not None:
                return (each, *rest)
        return None


def _for_first(left: frozenset[int], repairs: Sequence[Repair]) -> list[Repair]:
    """The repairs that clear the first trouble left, the largest first."""
    first = min(left)
    able = [each for each in repairs if first in each.clears]
    return sorted(able, key=lambda each: (-len(each.clears & left), each.breaks, each.figure))


def _largest_first(left: frozenset[int], repairs: Sequence[Repair]) -> Iterator[Repair]:
    while left:
        best = min(repairs, key=lambda each: (-len(each.clears & left), each.breaks, each.figure))
        yield best
        left -= best.clears
