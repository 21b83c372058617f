"""What is read in the text before it becomes subjects: each reading names its owner and carries a fact."""

from __future__ import annotations

from attrs import frozen

from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.submission import Unread

TOTAL, BASIC, PROJECT = "total", "basic", "project"
LINES = (TOTAL, BASIC, PROJECT)
PROJECT_PREFIX = "project:"
BARE = ("initial_budget", "touched_budget", "changed_budget")
"""What a project's 预算 is proposed as: where no change of it is told, where one told elsewhere may be its, where one is told of it."""


@frozen
class MoneyReading:
    """A money fact of an owner: a line (`total`, `basic`, `project`) or `project:<name>`.

    `is_named` tells that words beside it name the owner, or a list, a bracket or its parts show it; else it is the
    one that the report is about, for nothing says otherwise.
    """

    owner: str
    fact: Fact
    is_named: bool = True


@frozen
class ClaimReading:
    """A printed ratio of an owner's money: what is divided, and the base named (empty: none of the budget's).

    `of` is the amount beside it whose owner it takes; `is_named` as of money.
    """

    owner: str
    fact: Fact
    numerator: str
    base: str
    of: Location | None = None
    is_named: bool = True


@frozen
class CountReading:
    """A number of things, what they are, the printed change against last year, and the project whose they are."""

    what: Fact
    value: Fact
    change: Fact | None = None
    project: str = ""


@frozen
class Readings:
    """Everything read in one part of a document; parts add up. `proposals` are amounts in `unread` that may be proved."""

    money: tuple[MoneyReading, ...] = ()
    claims: tuple[ClaimReading, ...] = ()
    counts: tuple[CountReading, ...] = ()
    unread: tuple[Unread, ...] = ()
    proposals: tuple[MoneyReading, ...] = ()

    def __add__(self, other: Readings) -> Readings:
        return Readings(
            self.money + other.money,
            self.claims + other.claims,
            self.counts + other.counts,
            self.unread + other.unread,
            self.proposals + other.proposals,
        )
