"""What a dataset's period settles: the parameters in force, and how far lines and projects should have come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import evolve

from perfrules.indicators.recognise import GENERAL
from perfrules.language import Checked, Context, Scope, check
from perfrules.language.whole import ByType, Cell, Frame, Given, Rows, Texts
from perfrules.model.fact import Fact
from perfrules.model.quantity import printed_quantity
from perfrules.model.subject import Subject
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.truth import Number
from perfrules.model.unit import NUMBER, Kind
from perfrules.plugins import Catalog
from perfrules.plugins.ready import PACE, ReadyType, curve_expression, unit_of
from perfrules.rules import CompiledRuleset, parameter_values

PROGRESS = "expected_progress"
Period = tuple[date | None, date | None]
Parameters = Mapping[str, Trace]


def in_force(ruleset: CompiledRuleset, period: Period, as_of: date | None) -> Parameters:
    """The parameters in force for a period; raises RulesetError where the date lies before their first value."""
    return parameter_values(ruleset.parameters, Submission(_department(period)), as_of)


def _department(period: Period) -> Subject:
    """A department of which nothing is known but its period."""
    start, end = period
    facts = {name: Fact(name, day) for name, day in (("period_from", start), ("period_to", end)) if day}
    if end:
        facts["month"] = Fact("month", printed_quantity(str(end.month), NUMBER))
        facts["year"] = Fact("year", printed_quantity(str(end.year), NUMBER))
    return Subject("department", "department", "", facts)


def with_progress(
    frame: Frame,
    parameters: Parameters,
    catalog: Catalog,
    period: Period,
    unset: frozenset[str] = frozenset(),
) -> Frame:
    """The frame of departments with what the pipeline computes: expected progress, and the indicators of project types.

    Lines progress evenly; projects as the curve of their type says. The definition computes these fields itself. Where the
    pace is `unset`, which rules out what needs it, it alone is asked.
    """
    progress = _pace(parameters, catalog, unset)
    if progress is not None:
        members = {
            name: evolve(line, cells={**line.cells, PROGRESS: progress})
            for name, line in frame.members.items()
        }
        frame = evolve(frame, members=members)
    rows = frame.tables.get("projects")
    if not isinstance(rows, Rows):
        return frame
    project = _with_types(rows.frame, parameters, catalog, period, unset)
    return evolve(frame, tables={**frame.tables, "projects": evolve(rows, frame=project)})


def _scope(catalog: Catalog) -> Scope:
    return Scope(catalog.types, ("project",), {PACE: Kind.RATIO}, frozenset(), catalog.functions)


def _pace(parameters: Parameters, catalog: Catalog, unset: frozenset[str]) -> Cell | None:
    if PACE in unset:
        return everywhere(check(f"${PACE}", _scope(catalog)))
    pace = parameters.get(PACE)
    return everywhere(pace.value) if pace is not None and isinstance(pace.value, Number) else None


def everywhere(value: Number | Checked) -> ByType:
    """A computed field that no type settles otherwise."""
    return ByType(Given(GENERAL), (((GENERAL,), value),))


def _with_types(
    project: Frame, parameters: Parameters, catalog: Catalog, period: Period, unset: frozenset[str]
) -> Frame:
    """A project's frame with the fields that its type settles; unchanged where the type is not known."""
    kind = project.cells.get("type")
    if kind is None and "name" not in project.cells:
        kind = Given(GENERAL)  # no name, so no type's words in it
    if not isinstance(kind, Texts | Given):
        return project
    cells: dict[str, Cell] = {**project.cells, "type": kind}
    scope = _scope(catalog)
    curves = [
        (name, _progress(ready, project, parameters, period, scope, unset))
        for name, ready in catalog.ready.items()
    ]
    found = {PROGRESS: ByType(kind, tuple(_grouped(curves)))}
    for name, ready in catalog.ready.items():
        for each in ready.indicators:
            indicator = each.indicator
            checked = check(indicator.expression, scope, unit_of(indicator).kind)
            found[indicator.name] = ByType(kind, (((name,), checked),))
    cells |= {name: settled for name, cell in found.items() if (settled := _settled(cell)) is not None}
    return evolve(project, cells=cells)


def _grouped(
    curves: Iterable[tuple[str, Number | Checked | None]],
) -> Iterator[tuple[tuple[str, ...], Number | Checked]]:
    """The types that expect the same number together; those with an expression by themselves."""
    alike: dict[Number, list[str]] = {}
    for name, value in curves:
        if isinstance(value, Number):
            alike.setdefault(value, []).append(name)
        elif value is not None:
            yield (name,), value
    for value, names in alike.items():
        yield tuple(names), value


def _settled(cell: ByType) -> Cell | None:
    """The cell, or its one value where the type is the same everywhere; None where that type has none."""
    if not isinstance(cell.type, Given):
        return cell
    values = [value for ids, value in cell.cases if cell.type.value in ids]
    if not values:
        return None
    return everywhere(values[0])


def _progress(
    ready: ReadyType,
    project: Frame,
    parameters: Parameters,
    period: Period,
    scope: Scope,
    unset: frozenset[str],
) -> Number | Checked | None:
    """How far a project of a type should be: a number, or an expression where days of the project tell; None if unknown."""
    curve = check(curve_expression(ready.type.curve), scope, Kind.RATIO)
    if curve.parameters & unset or any(day in project.cells for day in ready.due):
        return curve
    stub = Subject("project", "project")
    value = ready.progress(Context((_department(period), stub), parameters)).value
    return value if isinstance(value, Number) else None
