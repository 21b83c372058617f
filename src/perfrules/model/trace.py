"""How a value came about: every step, its value, and the facts it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from perfrules.model.fact import Fact
    from perfrules.model.truth import Lack, Value


@frozen
class Trace:
    """One step of a computation.

    `text` is the step in the rule language, `operator` what it does (empty for a fact, a parameter or a literal),
    `value` what came out: a Number, text, date, truth value or Unknown. `parts` are the steps it used, in order;
    `fact` is the fact read, if it read one. `by_rounding` marks an equality that holds only because of the slack of
    the printed digits. `lacks` tells what keeps a number from being exact where no single fact does: a table that is
    not complete, rows whose membership is not known.
    """

    text: str
    value: Value
    operator: str = ""
    parts: tuple[Trace, ...] = ()
    fact: Fact | None = None
    by_rounding: bool = False
    lacks: tuple[Lack, ...] = ()

    def facts(self) -> Iterator[Fact]:
        """All facts the value stands on, in the order of the expression, derived facts followed by theirs."""
        if self.fact is not None:
            yield self.fact
            if self.fact.trace is not None:
                yield from self.fact.trace.facts()
        for part in self.parts:
            yield from part.facts()

    def distinct_facts(self) -> tuple[Fact, ...]:
        """All facts the value stands on, each once."""
        found: list[Fact] = []
        for fact in self.facts():
            if fact not in found:
                found.append(fact)
        return tuple(found)
