"""Two results held against each other: what became of every finding, and what they were made with otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from enum import Enum

from attrs import frozen

from perfrules.model.rule import Severity


class Change(Enum):
    """What became of a finding; only what passes now is mended."""

    NEW = "new"
    STILL = "still"
    """The same, at the same place."""
    MOVED = "moved"
    """The same with other figures or words, at another place, or on a subject whose name changed a little."""
    UNDECIDED = "undecided"
    """A figure is missing now: not mended, and no longer to be decided."""
    GONE = "gone"
    """What it spoke of is no longer there, or the rule no longer asks it: neither mended nor open."""
    WAIVED = "waived"
    FIXED = "fixed"


OPEN = (Change.NEW, Change.STILL, Change.MOVED, Change.UNDECIDED)
"""What somebody still has to look at."""


class Altered(Enum):
    """In what a finding is not as it was."""

    SEVERITY = "severity"
    FIGURES = "figures"
    WORDS = "words"
    PLACE = "place"
    NAME = "name"
    FOLDED = "folded"
    """It stands under another finding now, or no longer does."""


class Same(Enum):
    """How far a submission is the one before."""

    FILES = "files"
    """Byte for byte."""
    CONTENT = "content"
    """Saved anew, with the same words and figures."""
    FIGURES = "figures"
    """The same figures, other words."""
    NO = "no"


@frozen
class Place:
    """Printed words that a finding stands on: as printed without blanks, with their file, address, field and span."""

    quote: str
    source: str
    address: str
    field: str = ""
    span: tuple[str, ...] = ()


@frozen
class Figure:
    """A printed figure before and after; None where the report of that time does not have it."""

    label: str
    before: Place | None
    after: Place | None

    @property
    def is_changed(self) -> bool:
        """Whether other words are printed now, or on one side none."""
        return (self.before and self.before.quote) != (self.after and self.after.quote)

    @property
    def is_moved(self) -> bool:
        """Whether it stands at another place of its file, whatever that is called."""
        return bool(self.before and self.after and self.before.address != self.after.address)


@frozen
class Known:
    """A finding of one of the two results, with its words in the language that result has.

    `places` are its printed words; `under` is the rule of the finding that it is folded into.
    """

    rule: str
    title: str
    severity: Severity
    subject: str
    message: str
    places: tuple[Place, ...] = ()
    fingerprint: str = ""
    under: str = ""


@frozen
class Development:
    """A finding before and after; `before` is None for a new one, `after` where it is no longer one.

    `why` says what keeps it open or ended it: the fields missing now, `guard`, `subject` or `rule` that is no longer there; of a
    new one, how its rule ended before. `figures` are those it stood or stands on, as far as both results say what is printed.
    """

    change: Change
    before: Known | None
    after: Known | None
    altered: tuple[Altered, ...] = ()
    why: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()

    @property
    def known(self) -> Known:
        """The finding as it stands last."""
        found = self.after or self.before
        assert found is not None
        return found


@frozen
class Condition:
    """Something the two were not made alike with: `ruleset`, `period`, `as_of`, `plugins`, `tool`, `waivers`, …"""

    name: str
    before: str
    after: str


@frozen
class Pair:
    """One department's submission in both results."""

    department: str
    period: tuple[date | None, date | None]
    same: Same
    conditions: tuple[Condition, ...]
    developments: tuple[Development, ...]

    @property
    def counts(self) -> Mapping[Change, int]:
        """How many findings became what."""
        return Counter(each.change for each in self.developments)


@frozen
class Alone:
    """A submission that only one of the two results has."""

    department: str
    period: tuple[date | None, date | None]
    files: tuple[str, ...]


@frozen
class Comparison:
    """All of it: the two by their paths, what holds for all pairs, the pairs, and what stands alone or was not read."""

    old: str
    new: str
    conditions: tuple[Condition, ...]
    pairs: tuple[Pair, ...]
    only_old: tuple[Alone, ...] = ()
    only_new: tuple[Alone, ...] = ()
    not_read_old: tuple[str, ...] = ()
    not_read_new: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[Change, int]:
        """How many findings became what, in all pairs."""
        return sum((Counter(each.counts) for each in self.pairs), Counter())
