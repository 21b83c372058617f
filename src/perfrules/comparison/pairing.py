"""Which submission of one result is which of the other: by department and period, then by department, then by a near name."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from perfrules.comparison.sides import Side
from perfrules.model.names import differ_slightly, name_key

Pairs = list[tuple[Side, Side]]


def paired(old: Sequence[Side], new: Sequence[Side]) -> tuple[Pairs, list[Side], list[Side]]:
    """The pairs in the order of the new result, and what either has alone. One on each side are a pair, whoever they are of."""
    before, after = list(old), list(new)
    if len(before) == len(after) == 1:
        return [(before[0], after[0])], [], []
    pairs: Pairs = []
    for same in (_by(_owner_and_period), _by(lambda each: _owner(each) or None), _near):
        for each in list(after):
            others = [other for other in before if same(other, each)]
            alike = [other for other in after if same(other, each)] if same is not _near else [each]
            if len(others) == 1 and len(alike) == 1:
                pairs.append((others[0], each))
                before.remove(others[0])
                after.remove(each)
    order = {id(each): at for at, each in enumerate(new)}
    return sorted(pairs, key=lambda pair: order[id(pair[1])]), before, after


def _by(key: Callable[[Side], Hashable]) -> Callable[[Side, Side], bool]:
    def same(one: Side, other: Side) -> bool:
        return key(one) is not None and key(one) == key(other)

    return same


def _owner(side: Side) -> str:
    return name_key(side.department)


def _owner_and_period(side: Side) -> Hashable:
    """Who reports to which day; where nobody is named, the names of the files."""
    files = tuple(path.replace("\\", "/").rpartition("/")[2] for path, _ in side.files)
    return (_owner(side) or files, side.period[1])


def _near(one: Side, other: Side) -> bool:
    a, b = _owner(one), _owner(other)
    same_day = one.period[1] == other.period[1]
    return same_day and bool(a and b) and (a.endswith(b) or b.endswith(a) or differ_slightly(a, b))
