"""What reports say of each project: its type, its expected progress, its indicators beside their targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.indicators.compute import type_of
from perfrules.indicators.progress import FIELD
from perfrules.indicators.recognise import recognised
from perfrules.language.values import compared
from perfrules.model.fact import Fact
from perfrules.model.finding import SubjectName
from perfrules.model.project_report import Asked, IndicatorResult, ProjectReport, TargetComparison
from perfrules.model.project_type import Direction, Indicator
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Subject, SubjectType
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Reason, Unknown, Value
from perfrules.plugins.ready import ReadyType

NOTHING = Bilingual("", "")
_OPERATORS = {"≥": ">=", ">=": ">=", "≤": "<=", "<=": "<=", "=": "==", "＝": "==", ">": ">", "<": "<"}
_BETTER = {Direction.HIGHER: "≥", Direction.LOWER: "≤"}


def project_reports(
    submission: Submission, ready: Mapping[str, ReadyType], types: Mapping[str, SubjectType]
) -> tuple[ProjectReport, ...]:
    """A report for each project, in the order of the documents; the submission has its indicators already."""
    department = submission.department
    return tuple(_report(department, row, ready, types) for row in department.table("projects").rows)


def _report(
    department: Subject, project: Subject, ready: Mapping[str, ReadyType], types: Mapping[str, SubjectType]
) -> ProjectReport:
    kind = type_of(project, ready)
    claiming = () if kind else recognised(project.name, [each.type for each in ready.values()])
    return ProjectReport(
        SubjectName.of((department, project)),
        kind.type.id if kind else "",
        kind.type.label if kind else NOTHING,
        tuple(ready[each].type.label for each in claiming) if len(claiming) > 1 else (),
        _trace(project, FIELD),
        tuple(_asked(project, kind, types)) if kind else (),
        tuple(_result(project, each.indicator) for each in kind.indicators) if kind else (),
    )


def _asked(project: Subject, kind: ReadyType, types: Mapping[str, SubjectType]) -> Iterator[Asked]:
    """What the curve of its type lacks of this project, and what the type asks for with it."""
    lacking = {lack.field for lack in project.lacks.get(FIELD, ()) if lack.subject == project.id}
    if not lacking & set(kind.due):
        return
    for name in dict.fromkeys((*kind.type.asks, *kind.due)):
        if name not in project.facts or name in lacking:
            field = types["project"].named[name]
            yield Asked(name, field.label)


def _result(project: Subject, indicator: Indicator) -> IndicatorResult:
    trace = _trace(project, indicator.name)
    return IndicatorResult(indicator, trace, _target(project, indicator, trace.value))


def _trace(project: Subject, name: str) -> Trace:
    fact = project.facts.get(name)
    if fact is None:
        lacks = project.lacks.get(name) or (Lack(Reason.MISSING, project.id, name),)
        return Trace(name, Unknown(lacks))
    value = _value(fact)
    return evolve(fact.trace, value=value) if fact.trace else Trace(name, value, fact=fact)


def _target(project: Subject, indicator: Indicator, value: Value) -> TargetComparison | None:
    """The comparison with the one target that the indicator's words find; None where they find none, or several."""
    found = [
        row
        for row in project.table("targets").rows
        if any(word in row.name for word in indicator.target_words)
    ]
    planned = found[0].facts.get("planned") if len(found) == 1 else None
    if planned is None:
        return None
    written = found[0].facts.get("operator")
    operator = str(written.value) if written else _BETTER.get(indicator.direction, "")
    goal = Trace("planned", _value(planned), fact=planned)
    return TargetComparison(found[0].name, operator, goal, _met(operator, value, goal.value, planned))


def _met(operator: str, value: Value, planned: Value, fact: Fact) -> bool | Unknown:
    if isinstance(value, Unknown):
        return value
    unlike = Unknown((Lack(Reason.UNIT, "", fact.field),))
    if operator not in _OPERATORS or isinstance(planned, Unknown):
        return unlike
    result = compared(_OPERATORS[operator], value, planned)
    return Unknown((Lack(result, "", fact.field),)) if isinstance(result, Reason) else result


def _value(fact: Fact) -> Value:
    """A fact's value as the language has it; unknown where it is in doubt or only approximate."""
    quantity = fact.value
    if fact.doubt:
        return Unknown((Lack(fact.doubt, "", fact.field),))
    if isinstance(quantity, str | date):
        return quantity
    assert isinstance(quantity, Quantity)
    if quantity.interval is None or quantity.slack is None:
        return Unknown((Lack(Reason.APPROXIMATE, "", fact.field),))
    return Number(quantity.interval, quantity.slack, quantity.unit)
