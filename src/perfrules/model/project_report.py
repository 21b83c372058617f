"""What a report says of each project: its type, how far it should be, its indicators, and what it is asked for."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.model.finding import SubjectName
from perfrules.model.project_type import Indicator
from perfrules.model.trace import Trace
from perfrules.model.truth import Truth


@frozen
class TargetComparison:
    """An indicator beside the project's own target for it: the target's name, its operator and what was planned.

    `met` is unknown where the two cannot be compared.
    """

    name: str
    operator: str
    planned: Trace
    met: Truth


@frozen
class IndicatorResult:
    """What an indicator came to on one project; `trace.value` is a Number, or an Unknown that says what is lacking."""

    indicator: Indicator
    trace: Trace
    target: TargetComparison | None = None


@frozen
class Asked:
    """A field that the report is asked for, with its label."""

    field: str
    label: Bilingual


@frozen
class ProjectReport:
    """One project as reports show it.

    `type` and `label` are those of its type, empty where it has none; `claimed_by` the types that claim it alike, so that
    it has none. `progress` is how far its spending should be; `asks` what is asked for because that cannot be told.
    """

    subject: SubjectName
    type: str
    label: Bilingual
    claimed_by: tuple[Bilingual, ...]
    progress: Trace
    asks: tuple[Asked, ...]
    indicators: tuple[IndicatorResult, ...]


@frozen
class Course:
    """How far the spending of a line or project should be in the course of the year.

    `points` are the last days of the months, each with the expected share of the adjusted budget: a Number, or an Unknown
    that says what is lacking.
    """

    subject: SubjectName
    points: tuple[tuple[date, Trace], ...]
