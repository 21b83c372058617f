"""Values of the rule language: numbers, texts, dates, truth, and what is not known, with the reason."""

from __future__ import annotations

from datetime import date
from enum import Enum

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.model.interval import Interval
from perfrules.model.unit import Unit


class Reason(Enum):
    """Why a value is unknown."""

    MISSING = "missing"
    UNREAD = "unread"
    APPROXIMATE = "approximate"
    ZERO_DIVISOR = "zero_divisor"
    SUSPECT = "suspect"
    CONFLICTING = "conflicting"
    INCOMPLETE = "incomplete"
    UNIT = "unit"
    TOO_LARGE = "too_large"


@frozen
class Lack:
    """One thing that keeps a value from being known: the reason, and the field of which subject it is about.

    `field` is a field's or table's name, or the operation where no single field is to blame (`/`). `label` is what
    people call a field that a plugin adds; the core's are looked up by name.
    """

    reason: Reason
    subject: str = ""
    field: str = ""
    label: Bilingual | None = None


@frozen
class Unknown:
    """A value that is not known, with all that keeps it from being known, in order and without repeats."""

    lacks: tuple[Lack, ...]


@frozen
class Number:
    """What is known of a number, in base units of its unit's kind; `slack` contains `interval` always."""

    interval: Interval
    slack: Interval
    unit: Unit


Truth = bool | Unknown
"""Three-valued truth: an Unknown is neither true nor false."""

Value = Number | str | date | bool | Unknown
"""Everything an expression can come to."""


def lacking(*unknowns: Value) -> Unknown:
    """One Unknown with the lacks of all unknown values given, each once."""
    lacks = [lack for value in unknowns if isinstance(value, Unknown) for lack in value.lacks]
    return Unknown(tuple(dict.fromkeys(lacks)))
