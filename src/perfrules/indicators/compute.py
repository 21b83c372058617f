"""The indicators of each project's type, computed: facts of the project like others, derived and never printed."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from perfrules.language import Context
from perfrules.language.kinds import PLAIN
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import computed_quantity
from perfrules.model.subject import Subject, Table
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Unknown
from perfrules.model.unit import Unit
from perfrules.plugins.ready import ReadyType


def with_indicators(
    submission: Submission, ready: Mapping[str, ReadyType], parameters: Mapping[str, Trace]
) -> Submission:
    """The submission with the indicators of its projects as facts; one that is unknown stands in `lacks` with why."""
    department = submission.department
    table = department.table("projects")
    rows = tuple(_computed(row, department, ready, parameters) for row in table.rows)
    tables = {**department.tables, "projects": Table(rows, table.completeness)} if rows else department.tables
    return evolve(submission, department=evolve(department, tables=tables))


def with_value(subject: Subject, name: str, trace: Trace, unit: Unit) -> Subject:
    """The subject with a computed field: a derived fact in that unit, or what keeps it from being known."""
    facts, lacks = dict(subject.facts), dict(subject.lacks)
    _add(name, trace, unit, facts, lacks)
    return evolve(subject, facts=facts, lacks=lacks)


def _add(
    name: str, trace: Trace, unit: Unit, facts: dict[str, Fact], lacks: dict[str, tuple[Lack, ...]]
) -> None:
    match trace.value:
        case Number(interval, slack):
            value = computed_quantity(interval, slack, _named(trace.value.unit, unit))
            facts[name] = Fact(name, value, State.DERIVED, formula=trace.text, trace=trace)
        case Unknown(found):
            lacks[name] = found


def type_of(project: Subject, ready: Mapping[str, ReadyType]) -> ReadyType | None:
    """The type of a project; None where it has none that may be relied on."""
    fact = project.facts.get("type")
    return None if fact is None or fact.doubt else ready.get(str(fact.value))


def _computed(
    project: Subject, department: Subject, ready: Mapping[str, ReadyType], parameters: Mapping[str, Trace]
) -> Subject:
    kind = type_of(project, ready)
    if kind is None or not kind.indicators:
        return project
    facts, lacks = dict(project.facts), dict(project.lacks)
    whole = evolve(project, facts=facts, lacks=lacks)
    context = Context((department, whole), parameters)
    for (
        each
    ) in kind.indicators:  # each sees those before it, for they are added to the project it is asked of
        _add(each.indicator.name, each.evaluate(context), each.unit, facts, lacks)
    return whole


def _named(found: Unit, declared: Unit) -> Unit:
    """The unit declared, if the value can be said in it: 元 for a sum in 万元, but 人次 where the text counts 人次."""
    if found.kind in PLAIN and declared.kind in PLAIN:
        return declared
    return declared if found.kind is declared.kind and (declared.name or not found.name) else found
