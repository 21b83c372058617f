"""What a dataset's period settles: the parameters in force, and how far a line should have come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import evolve

from perfrules.language.whole import Frame, Given
from perfrules.model.fact import Fact
from perfrules.model.quantity import printed_quantity
from perfrules.model.subject import Subject
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.truth import Number
from perfrules.model.unit import NUMBER
from perfrules.plugins.ready import PACE
from perfrules.rules import CompiledRuleset, parameter_values
from perfrules.screening.layout import Layout


def in_force(ruleset: CompiledRuleset, layout: Layout, as_of: date | None) -> Mapping[str, Trace]:
    """The parameters in force for the period of a layout; raises RulesetError where the date lies before their first value."""
    stub = Submission(Subject("department", "department", "", _period(layout)))
    return parameter_values(ruleset.parameters, stub, as_of)


def _period(layout: Layout) -> dict[str, Fact]:
    start, end = layout.period
    facts = {name: Fact(name, day) for name, day in (("period_from", start), ("period_to", end)) if day}
    if end:
        facts["month"] = Fact("month", printed_quantity(str(end.month), NUMBER))
        facts["year"] = Fact("year", printed_quantity(str(end.year), NUMBER))
    return facts


def with_pace(frame: Frame, parameters: Mapping[str, Trace]) -> Frame:
    """The frame whose lines are expected to progress evenly, as those of a report are."""
    pace = parameters.get(PACE)
    if pace is None or not isinstance(pace.value, Number):
        return frame
    given = Given(pace.value)
    members = {
        name: evolve(line, cells={"expected_progress": given, **line.cells})
        for name, line in frame.members.items()
    }
    return evolve(frame, members=members)
