"""The course of the year: how far the spending of each line and project should be at the end of every month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from attrs import evolve

from perfrules.indicators.compute import type_of
from perfrules.language import Context
from perfrules.model.fact import Fact
from perfrules.model.finding import SubjectName
from perfrules.model.project_report import Course
from perfrules.model.quantity import printed_quantity
from perfrules.model.subject import Subject
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Reason, Unknown
from perfrules.model.unit import NUMBER
from perfrules.plugins.ready import PACE, ReadyType

Parameters = Mapping[str, Trace]


def courses(
    submission: Submission, ready: Mapping[str, ReadyType], parameters: Callable[[Submission], Parameters]
) -> tuple[Course, ...]:
    """A course for each line and project, in order; none where the cut-off is not known.

    `parameters` gives those in force for a submission; it is asked of this one as it would be at the end of each month of
    its year. What the ruleset leaves unset for a month is unknown, as is all of a project whose type is.
    """
    if not isinstance(submission.cut_off, date):
        return ()
    year = submission.cut_off.year
    months = [_at(submission, date(year, each, monthrange(year, each)[1])) for each in range(1, 13)]
    settings = [(each, parameters(each)) for each in months]
    department = submission.department
    rows = (*department.members.values(), *department.table("projects").rows)
    return tuple(_course(row, department, ready, settings) for row in rows)


def _course(
    subject: Subject,
    department: Subject,
    ready: Mapping[str, ReadyType],
    settings: list[tuple[Submission, Parameters]],
) -> Course:
    points = tuple(_points(subject, ready, settings))
    return Course(SubjectName.of((department, subject)), points)


def _points(
    subject: Subject, ready: Mapping[str, ReadyType], settings: list[tuple[Submission, Parameters]]
) -> Iterator[tuple[date, Trace]]:
    kind = type_of(subject, ready) if subject.type == "project" else None
    for month, values in settings:
        day = month.cut_off
        assert isinstance(day, date)
        if kind is not None:
            yield day, kind.progress(Context((month.department, subject), values))
        elif subject.type == "project":
            yield day, _missing(subject.id, "type")
        else:
            yield day, values.get(PACE) or _missing("ruleset", f"${PACE}")


def _missing(subject: str, field: str) -> Trace:
    return Trace(field, Unknown((Lack(Reason.MISSING, subject, field),)))


def _at(submission: Submission, day: date) -> Submission:
    """The submission as it would be if its period ended on that day."""
    department = submission.department
    facts = {**department.facts, "period_to": evolve(department.facts["period_to"], value=day)}
    for name, number in (("month", day.month), ("year", day.year)):
        facts[name] = Fact(name, printed_quantity(str(number), NUMBER))
    return evolve(submission, department=evolve(department, facts=facts))
