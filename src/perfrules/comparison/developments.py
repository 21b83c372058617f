"""What became of each finding: held against the later result by rule and subject, and where it is gone, by how the rule ended.

Subjects whose names changed a little are the same where only one other comes into question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from perfrules.comparison.figures import About, followed
from perfrules.comparison.sides import Found, Key, Side
from perfrules.model.comparison import Altered, Change, Development, Known
from perfrules.model.finding import Outcome
from perfrules.model.names import differ_slightly

_MOVING = {Altered.FIGURES, Altered.WORDS, Altered.PLACE, Altered.NAME}


def developments(old: Side, new: Side) -> tuple[Development, ...]:
    """Every finding of both, once; in the order of the kinds of change, then of the results."""
    renamed = renames(old, new)
    ended = (*_of_old(old, new, renamed), *_of_new(old, new, renamed))
    found = [followed(each, old.printed, new.printed, renamed) for each in ended]
    order = list(Change)
    return tuple(sorted(found, key=lambda each: (order.index(each.change), each.known.severity.rank)))


def renames(old: Side, new: Side) -> Mapping[About, About]:
    """What an old subject is about now, where its name or that of its owner is another: one candidate, and only one for it."""
    gone = [each for each in old.names if each not in new.names]
    come = [each for each in new.names if each not in old.names]
    candidates = {each: [other for other in come if _is_near(each, other)] for each in gone}
    taken = [others[0] for others in candidates.values() if len(others) == 1]
    return {
        each: others[0]
        for each, others in candidates.items()
        if len(others) == 1 and taken.count(others[0]) == 1
    }


def _is_near(one: About, other: About) -> bool:
    """Whether two subjects differ in names only, each of them slightly."""
    same_shape = len(one) == len(other) and one[0] == other[0]
    return same_shape and all(a == b or differ_slightly(a, b) for a, b in zip(one, other, strict=True))


def _of_old(old: Side, new: Side, renamed: Mapping[About, About]) -> Iterator[Development]:
    for (rule, about), before in old.findings.items():
        key = (rule, renamed.get(about, about))
        after = new.findings.get(key)
        if after is not None:
            yield _kept(before, after, is_renamed=about in renamed)
        else:
            yield _ended(before.known, key, new)


def _kept(before: Found, after: Found, *, is_renamed: bool) -> Development:
    altered = [
        name
        for name, differs in (
            (Altered.SEVERITY, before.known.severity is not after.known.severity),
            (Altered.FIGURES, before.figures != after.figures),
            (Altered.WORDS, before.figures == after.figures and before.words != after.words),
            (Altered.PLACE, before.addresses != after.addresses),
            (Altered.NAME, is_renamed),
        )
        if differs
    ]
    change = Change.MOVED if _MOVING & set(altered) else Change.STILL
    return Development(change, before.known, after.known, tuple(altered))


def _ended(before: Known, key: Key, new: Side) -> Development:
    """What became of a finding that is none any more; passing alone is mended."""
    _, about = key
    ended = new.ended.get(key)
    match ended.outcome if ended else "":
        case Outcome.PASS.value:
            return Development(Change.FIXED, before, None)
        case Outcome.WAIVED.value:
            return Development(Change.WAIVED, before, None)
        case Outcome.UNDETERMINED.value:
            return Development(Change.UNDECIDED, before, None, why=ended.lacks if ended else ())
        case Outcome.VIOLATION.value:
            return Development(Change.STILL, before, _folded(before, key, new), (Altered.FOLDED,))
        case Outcome.NOT_APPLICABLE.value:
            return Development(Change.GONE, before, None, why=("guard",))
        case _:
            return Development(Change.GONE, before, None, why=("rule" if about in new.names else "subject",))


def _folded(known: Known, key: Key, side: Side) -> Known:
    host = side.hosts.get(key)
    return evolve(known, under=host.rule if host else "")


def _of_new(old: Side, new: Side, renamed: Mapping[About, About]) -> Iterator[Development]:
    """The findings that were none before: new, or till then folded into another."""
    back = {later: before for before, later in renamed.items()}
    for (rule, about), after in new.findings.items():
        key = (rule, back.get(about, about))
        if key in old.findings:
            continue
        ended = old.ended.get(key)
        if ended is not None and ended.outcome == Outcome.VIOLATION.value:
            before = _folded(after.known, key, old)
            yield Development(Change.STILL, before, after.known, (Altered.FOLDED,))
        else:
            why = ended.outcome if ended else "rule" if key[1] in old.names else "subject"
            yield Development(Change.NEW, None, after.known, why=(why,))
