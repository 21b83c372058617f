"""What checking gives: verdicts, findings with their evidence, and the ledger that loses nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import Enum

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.reply import Reply
from perfrules.model.rule import Basis, Severity
from perfrules.model.subject import Subject
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number
from perfrules.model.waiver import Waiver


class Outcome(Enum):
    """How a rule ended on a subject: exactly one of these."""

    PASS = "pass"
    VIOLATION = "violation"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"


@frozen
class SubjectName:
    """A subject as reports name it: type, id, name as printed, and the id of its parent (empty for the root)."""

    type: str
    id: str
    name: str
    parent: str = ""

    @classmethod
    def of(cls, path: tuple[Subject, ...]) -> SubjectName:
        """The name of the last subject of a path that starts at the department."""
        parent = path[-2].id if len(path) > 1 else ""
        return cls(path[-1].type, path[-1].id, path[-1].name, parent)


@frozen
class Verdict:
    """A rule's outcome on one subject: what kept it undetermined (`lacks`), the `guard` that ruled it out, the `waiver`.

    `level` is the band that a rule with bands came to.
    """

    rule: str
    subject: SubjectName
    outcome: Outcome
    lacks: tuple[Lack, ...] = ()
    guard: str = ""
    trace: Trace | None = None
    by_rounding: bool = False
    level: str = ""
    waiver: Waiver | None = None


@frozen
class Explanation:
    """A sentence of the text that may explain a finding. It is shown and never changes the outcome."""

    quote: str
    location: Location | None = None


@frozen
class Cause:
    """A suspect that reproduces the accused figure: its label and the computation that does."""

    id: str
    label: Bilingual
    trace: Trace

    @property
    def figures(self) -> tuple[Fact, ...]:
        """The printed figures of the computation, each once."""
        return tuple(each for each in self.trace.distinct_facts() if each.quote)


@frozen
class Also:
    """Another rule's violation folded into a finding because both stand on one cause."""

    rule: str
    subject: SubjectName


@frozen
class Finding:
    """A violation with its evidence.

    `trace` is the assertion that failed; `measure`, `limit` and `margin` the quantities shown with it; `values` the
    named quantities of the message; `recomputed` what the accused figure should have been. `facts` are the facts it
    stands on, in the order of the expression; `beside` are further figures that its message shows; `singles_out`
    tells that the first alone is to be looked at. `fingerprint` stays the same when figures elsewhere change. `plugin` brought the rule, if one did.
    `reply` is what the department has answered to it, where that does not waive it.
    """

    rule: str
    topic: str
    title: Bilingual
    severity: Severity
    subject: SubjectName
    message: Bilingual
    trace: Trace
    values: Mapping[str, Trace]
    facts: tuple[Fact, ...]
    fingerprint: str
    recomputed: Trace | None = None
    measure: Trace | None = None
    limit: Trace | None = None
    margin: Number | None = None
    causes: tuple[Cause, ...] = ()
    explanation: Explanation | None = None
    also: tuple[Also, ...] = ()
    basis: tuple[Basis, ...] = ()
    outcome: Outcome = Outcome.VIOLATION
    plugin: str = ""
    level: str = ""
    reply: Reply | None = None
    beside: tuple[Fact, ...] = ()
    singles_out: bool = False

    @property
    def evidence(self) -> tuple[Fact, ...]:
        """All that has a place: the first fact, those that reproduce it, the others it stands on, and what its message shows."""
        of_causes = (each for cause in self.causes for each in cause.figures)
        return tuple(dict.fromkeys((*self.facts[:1], *of_causes, *self.facts[1:], *self.beside)))


@frozen
class Ledger:
    """Every rule × subject with its outcome; nothing is left out, so the sums add up."""

    verdicts: tuple[Verdict, ...]

    def totals(self) -> Mapping[Outcome, int]:
        """How many ended in each outcome; all five are present."""
        counted = Counter(verdict.outcome for verdict in self.verdicts)
        return {outcome: counted[outcome] for outcome in Outcome}
