"""What a plugin brings for a kind of project: fields, how to recognise it, indicators, and its spending curve."""

from __future__ import annotations

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.model.subject import Field


@frozen
class Linear:
    """Spending expected in step with the year: the ruleset's `$pace`."""


@frozen
class LumpSum:
    """Nothing is due until an event and everything after it.

    `due_on` names the date field of the project on which the whole sum falls due (acceptance, as a rule). Without that
    date the expected progress is unknown, and rules that use it are undetermined and ask for it.
    """

    due_on: str


SpendingCurve = Linear | LumpSum


@frozen
class Indicator:
    """A named expression about a project of a type: title, what it tells, and where it comes from.

    It is declared and checked; reports do not show it yet.
    """

    name: str
    title: Bilingual
    expression: str
    why: Bilingual
    source: str = ""


@frozen
class ProjectType:
    """A kind of project.

    `words` recognise it in a project's name; of several types the one with the highest `priority` takes it, and types
    of equal priority leave it open: it is then told as ambiguous and nothing is guessed. `fields` are added to the
    core's fields of `project`.
    """

    id: str
    label: Bilingual
    words: tuple[str, ...] = ()
    priority: int = 0
    fields: tuple[Field, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    curve: SpendingCurve = Linear()
