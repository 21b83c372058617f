"""A fact: one field's value, where it was read, and in what state it is."""

from __future__ import annotations

from datetime import date
from enum import Enum

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.location import Location
from perfrules.model.quantity import Quantity
from perfrules.model.trace import Trace
from perfrules.model.truth import Reason


class State(Enum):
    """How a fact came to be known, or why it may not be used."""

    PRINTED = "printed"
    DERIVED = "derived"
    """By declared formula from printed facts; never printed itself."""
    ASSUMED = "assumed"
    """A field whose absence means something, and which no part of the submission mentions."""
    SUSPECT = "suspect"
    """Printed, but under suspicion (a slipped unit, say): rules that use it are undetermined."""
    CONFLICTING = "conflicting"
    """Printed with values that cannot meet; `witnesses` holds all of them."""


_DOUBTS = {State.SUSPECT: Reason.SUSPECT, State.CONFLICTING: Reason.CONFLICTING}


@frozen
class Fact:
    """A field's value with its evidence.

    `quote` is the value as it stands in the source (the number with its unit, or the bare cell), cut from `location`;
    `label` the words that name it. `formula` tells how a derived or assumed value came about and `trace` its steps.
    `witnesses` are further places that print the same field. `title` is what people call a field that a plugin adds; the
    core's are looked up by name.
    """

    field: str
    value: Quantity | str | date
    state: State = State.PRINTED
    location: Location | None = None
    quote: str = ""
    label: str = ""
    formula: str = ""
    trace: Trace | None = None
    witnesses: tuple[Fact, ...] = ()
    title: Bilingual | None = None

    @property
    def doubt(self) -> Reason | None:
        """Why the value may not be used; None where it may."""
        return _DOUBTS.get(self.state)
