"""A fact: one field's value, where it was read, and in what state it is."""

from __future__ import annotations

from datetime import date
from enum import Enum

from attrs import evolve, frozen

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
    `witnesses` are further places that print the same field; `lines` the place of each line of a text that has several. `title` is what people call a field that a plugin adds; the
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
    lines: tuple[Location, ...] = ()

    def cut(self, start: int, end: int) -> Location | None:
        """The place of a part of a text; that of the whole where its lines are not known."""
        if not self.lines or self.location is None or self.location.span is None:
            return self.location
        first = self.location.span[0]
        line = [each for each in self.lines if each.span is not None and each.span[0] <= first + start][-1]
        assert line.span is not None
        column = None if line.column is None else line.column + first + start - line.span[0]
        return evolve(line, span=(first + start, first + end), column=column)

    @property
    def doubt(self) -> Reason | None:
        """Why the value may not be used; None where it may."""
        return _DOUBTS.get(self.state)
