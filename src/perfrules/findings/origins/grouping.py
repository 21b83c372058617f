"""Troubles in groups that one figure may clear, and the figures of a group: those that clear all of it and break least."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from perfrules.findings.origins.covering import Repair, fewest, sound
from perfrules.findings.origins.solving import EVERY, NONE, Values, common
from perfrules.findings.origins.troubles import Checks, Cure, Figure, Trouble, breaks, is_figure, trials
from perfrules.model.fact import Fact, State
from perfrules.model.finding import Finding


@frozen
class Group:
    """Troubles, by number, and the cures of them all, by figure; no cures where no single figure clears it."""

    members: tuple[int, ...]
    cures: Mapping[Figure, Cure]

    def also_clears(self, trouble: Trouble) -> bool:
        """Whether each of the figures the group may hang on would clear this trouble too, with a value they share."""
        return bool(self.cures) and all(
            figure in trouble.cures and common(cure.values, trouble.cures[figure].values)
            for figure, cure in self.cures.items()
        )

    def joined(self, index: int, trouble: Trouble) -> Group:
        """The group with one more trouble, and what its figures may be then."""
        cures = {
            figure: evolve(cure, values=common(cure.values, trouble.cures[figure].values))
            for figure, cure in self.cures.items()
        }
        return Group((*self.members, index), cures)

    def facts(self, finding: Finding) -> tuple[Fact, ...]:
        """Where to look: any of the figures that clear the group; else what its finding stands on."""
        if self.cures:
            return tuple(each for cure in self.cures.values() for each in _prints(cure.fact))
        said = [fact for fact in finding.facts if fact.quote]
        return tuple([fact for fact in said if is_figure(fact)] or said)


def _prints(fact: Fact) -> tuple[Fact, ...]:
    """The figure; where it is printed with values that cannot meet, every print."""
    return (fact, *fact.witnesses) if fact.state is State.CONFLICTING else (fact,)


def grouped(
    members: Sequence[int], troubles: Sequence[Trouble], checks: Checks, *, some_wrong: bool
) -> list[Group]:
    """The troubles in as few groups as can be.

    Where some figure must be wrong (`some_wrong`), a change that breaks a check which passes is none, unless every change does.
    """
    facts = {figure: cure.fact for index in members for figure, cure in troubles[index].cures.items()}
    repairs = [
        Repair(at, cleared, broken)
        for at, (figure, fact) in enumerate(facts.items())
        for cleared, broken in _repairs(figure, checks.keeping(fact), members, troubles)
    ]
    groups = fewest(members, sound(repairs) if some_wrong else repairs)
    return [
        Group(each, _cures([troubles[index] for index in each], checks if some_wrong else None))
        for each in groups
    ]


def _repairs(
    figure: Figure, kept: Sequence[Values], members: Sequence[int], troubles: Sequence[Trouble]
) -> Iterator[tuple[frozenset[int], int]]:
    """What changes of one figure come to: which troubles they clear, and how many checks they break."""
    cures = {
        index: troubles[index].cures[figure].values for index in members if figure in troubles[index].cures
    }
    tried = (
        (frozenset(index for index, values in cures.items() if _holds(value, values)), breaks(value, kept))
        for value in trials([*cures.values(), *kept])
    )
    found = sorted(set(tried), key=lambda each: (each[1], -len(each[0]), sorted(each[0])))
    for at, (cleared, broken) in enumerate(found):
        if not any(cleared <= better for better, _ in found[:at]):
            yield cleared, broken


def _cures(group: Sequence[Trouble], checks: Checks | None) -> Mapping[Figure, Cure]:
    """The figures that clear all of a group, and of them those that break the fewest checks; an accused one before all others.

    Without checks every figure that clears the group: none of them need be wrong.
    """
    found: dict[Figure, tuple[int, Cure]] = {}
    for figure, cure in group[0].cures.items():
        values = EVERY
        for each in group:
            values = common(values, each.cures[figure].values) if figure in each.cures else NONE
        if values:
            found[figure] = _least(Cure(cure.fact, values), checks.keeping(cure.fact) if checks else ())
    least = min((broken for broken, _ in found.values()), default=0)
    best = {figure: cure for figure, (broken, cure) in found.items() if broken == least}
    accused = {figure: cure for figure, cure in best.items() if any(figure == each.accused for each in group)}
    return accused or best


def _least(cure: Cure, kept: Sequence[Values]) -> tuple[int, Cure]:
    """The fewest checks the cure breaks, and the cure with no values but those that break none, where there are such."""
    able = [value for value in trials([cure.values, *kept]) if _holds(value, cure.values)]
    broken = min((breaks(value, kept) for value in able), default=len(kept))
    values = cure.values
    for each in kept if broken == 0 else ():
        values = common(values, each)
    return broken, evolve(cure, values=values)


def _holds(value: Fraction, values: Values) -> bool:
    return any(value in interval for interval in values)
