"""What a plugin brings for a kind of project: fields, how to recognise it, indicators, its spending curve, its rules."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import Path

from attrs import field, frozen

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


@frozen
class Step:
    """A share of the whole, such as `30%`, that falls due on the day that a date field of the project gives."""

    share: str
    due_on: str


@frozen
class Steps:
    """Payment by events: 30 % on signing, 60 % on acceptance, 10 % a year later. The shares make 100 %.

    Expected is the sum of the shares whose day has come; unknown where the day of one of them is.
    """

    steps: tuple[Step, ...]


@frozen
class Monthly:
    """A table by month: the share expected by the end of each of the twelve, such as `8%`, never falling, 100 % at last.

    At a cut-off within a month the share of the month before is expected.
    """

    shares: tuple[str, ...]


@frozen
class FromRelease:
    """In even months from the day the money was released to the end of the year.

    Of the months after that of release, those that have ended at the cut-off; in the month of release nothing is
    expected, and money released before the year counts from its first month. `released_on` names the date field; without
    it the expected progress is unknown.
    """

    released_on: str


SpendingCurve = Linear | LumpSum | Steps | Monthly | FromRelease


class Direction(Enum):
    """Which way an indicator is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"
    """A number that tells the size of things, of which more is not better."""


@frozen
class IndicatorExample:
    """Facts of a project in the submission format (`{"spent": "4万元"}`), and what the indicator then comes to.

    `value` is a constant of the rule language (`1 / 3`, `450元`), or None where it is unknown for want of `missing`.
    """

    given: Mapping[str, object]
    value: str | None
    missing: tuple[str, ...] = ()


@frozen
class Indicator:
    """A named expression about a project of a type.

    `name` names it in expressions, so that rules and other indicators may use it. `expression` is in the rule language;
    what that cannot say is a named pure function brought by `perfrules_functions` and called here. `unit` is the unit it
    comes in as printed (`%`, `元`, `家`). `low` and `high` are constants it never passes, empty where it has no such end.
    `target_words` find its target: the one row of the project's table of targets whose name has one of the words.
    `source` is where the formula comes from.
    """

    name: str
    title: Bilingual
    expression: str
    unit: str
    direction: Direction
    why: Bilingual
    source: str = ""
    low: str = ""
    high: str = ""
    target_words: tuple[str, ...] = ()
    examples: tuple[IndicatorExample, ...] = ()


@frozen
class ProjectType:
    """A kind of project.

    `words` recognise it in a project's name; of several types the one with the highest `priority` takes it, and types
    of equal priority leave it open: it is then told as ambiguous and nothing is guessed. A name that has one of `not_words`
    is none of this type's, whatever else it has (道路养护 is no works, 职称评审 no review of projects). `fields` are added to the
    core's fields of `project`. `asks` are fields that the report is asked for where its spending curve cannot be drawn,
    beside those the curve itself needs. `rules` are YAML files of rules that the type brings into every ruleset; they use
    no parameters of their own.
    """

    id: str
    label: Bilingual
    words: tuple[str, ...] = ()
    priority: int = 0
    fields: tuple[Field, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    curve: SpendingCurve = field(factory=Linear)
    asks: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    not_words: tuple[str, ...] = ()
