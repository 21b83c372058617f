"""A finding as a trouble: the printed figures that could clear it, and with which values; and the checks that pass."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from attrs import field, frozen

from perfrules.findings.judge import Judged
from perfrules.findings.origins.solving import EQUALITIES, NONE, ORDERS, Solving, Values, common, figure_of
from perfrules.model.fact import Fact, State
from perfrules.model.finding import Finding, Outcome
from perfrules.model.quantity import Quantity
from perfrules.model.trace import Trace
from perfrules.model.truth import Number

Figure = Hashable
"""A printed figure, as `figure_of` tells it from others."""
Verdicts = Mapping[tuple[str, str], Judged]
"""What was judged, by rule and id of the subject."""
_COMPARED = (*EQUALITIES, *ORDERS)


@frozen
class Cure:
    """A figure whose change could clear a finding, and the values that would."""

    fact: Fact
    values: Values


@frozen
class Trouble:
    """A finding, its cures by figure, and whether it says that some figure is wrong: an equality of figures fails."""

    finding: Finding
    cures: Mapping[Figure, Cure]
    is_equality: bool

    @property
    def accused(self) -> Figure | None:
        """The figure that is the trouble by itself, because the others agree with each other; None where none is."""
        return figure_of(self.finding.facts[0]) if self.finding.causes and self.finding.facts else None


def trouble(finding: Finding, verdicts: Verdicts) -> Trouble:
    """The finding with its cures; none where its rule was not asked of a subject of the report (a waiver's finding)."""
    own = verdicts.get((finding.rule, finding.subject.id))
    if own is None:
        return Trouble(finding, {}, is_equality=False)
    folded = [verdicts.get((each.rule, each.subject.id)) for each in finding.also]
    cures: dict[Figure, Cure] = {}
    for fact in dict.fromkeys(_figures(own)):
        values = _clearing(fact, own)
        for each in folded:
            values = common(values, _clearing(fact, each)) or values if each is not None else values
        if values:
            cures.setdefault(figure_of(fact), Cure(fact, values))
    return Trouble(finding, cures, is_equality=_is_equality(finding.trace))


def _figures(judged: Judged) -> Iterator[Fact]:
    traces = [each for each in (judged.verdict.trace, _guard(judged)) if each is not None]
    return (fact for trace in traces for fact in trace.facts() if is_figure(fact))


def is_figure(fact: Fact) -> bool:
    """Whether a fact is a number that the report prints, in doubt or not."""
    return isinstance(fact.value, Quantity) and fact.state not in (State.DERIVED, State.ASSUMED)


def _clearing(fact: Fact, judged: Judged) -> Values:
    """The values with which the rule would hold, or not apply because an equality in its guard no longer comes out."""
    trace, guard = judged.verdict.trace, _guard(judged)
    held = Solving(fact).values(trace) if trace is not None else NONE
    return held + (Solving(fact, equalities_only=True).values(guard, wanted=False) if guard else NONE)


def _guard(judged: Judged) -> Trace | None:
    """The trace of the guard where it hangs on an equality."""
    guard = judged.compiled.when
    if guard is None or judged.compiled.rule.when is None or "≈" not in judged.compiled.rule.when.text:
        return None
    return guard(judged.context)


def _is_equality(trace: Trace) -> bool:
    found = list(_failing(trace))
    return bool(found) and all(each.operator in EQUALITIES for each in found)


def _failing(trace: Trace) -> Iterator[Trace]:
    """The comparisons of figures and other conditions on figures that failed, beside none that had to fail."""
    if trace.operator in ("and", "or", "all", "any", "or else", "if"):
        for part in trace.parts:
            if part.value is False:
                yield from _failing(part)
    elif any(is_figure(fact) for fact in trace.facts()):
        yield trace


@frozen
class Checks:
    """The equalities that pass: what a figure must keep to if they are to pass still."""

    judged: Sequence[Judged]
    _kept: dict[Figure, tuple[Values, ...]] = field(factory=dict, init=False)
    _passing: list[tuple[Trace, frozenset[Figure]]] = field(factory=list, init=False)

    def keeping(self, fact: Fact) -> tuple[Values, ...]:
        """For each check that passes and hangs on the figure the values with which it would pass still."""
        figure = figure_of(fact)
        if figure not in self._kept:
            self._kept[figure] = tuple(
                Solving(fact).values(trace) for trace, figures in self._equalities() if figure in figures
            )
        return self._kept[figure]

    def _equalities(self) -> list[tuple[Trace, frozenset[Figure]]]:
        if not self._passing:
            self._passing.extend(
                (trace, frozenset(figure_of(fact) for fact in trace.facts() if is_figure(fact)))
                for each in self.judged
                if each.verdict.outcome is Outcome.PASS
                and (trace := each.verdict.trace) is not None
                and _has_equality(trace)
            )
        return self._passing


def _has_equality(trace: Trace) -> bool:
    if trace.operator in ("≈", "=="):
        return all(isinstance(part.value, Number) for part in trace.parts)
    return any(_has_equality(part) for part in trace.parts)


def breaks(value: Fraction, checks: Sequence[Values]) -> int:
    """How many of the checks would no longer pass with that value."""
    return sum(not any(value in interval for interval in each) for each in checks)


def trials(values: Sequence[Values]) -> tuple[Fraction, ...]:
    """A number from every stretch between the ends of the intervals, and the ends: whatever can happen, happens at one."""
    ends = sorted({end for each in values for one in each for end in (one.low, one.high) if end is not None})
    if not ends:
        return (Fraction(0),)
    between = [(a + b) / 2 for a, b in pairwise(ends)]
    return tuple(sorted({ends[0] - 1, *ends, *between, ends[-1] + 1}))
