"""What a bundle comes to when it is computed again: nothing, or everything in which it differs."""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class Part(Enum):
    """Which part of a bundle something is said of."""

    FILE = "file"
    """The bundle itself, changed since it was written."""
    INPUT_MISSING = "input_missing"
    INPUT_CHANGED = "input_changed"
    INPUT_EXTRA = "input_extra"
    INPUT_MOVED = "input_moved"
    """It lies elsewhere, with the same bytes."""
    RULESET = "ruleset"
    PLUGIN = "plugin"
    PARAMETER = "parameter"
    DECISION = "decision"
    """Waivers, replies, corrections, and the days by which they and the rules were picked."""
    FINDING = "finding"
    VERDICT = "verdict"
    RESULT = "result"
    """Any other part of the results."""
    PROGRAM = "program"
    """The version of perfrules, or of a library that reads files."""


@frozen
class Detail:
    """A value in which a thing differs: its path in the thing, as it is in the bundle, and as it is now."""

    name: str
    before: str = ""
    after: str = ""


@frozen
class About:
    """Whose finding or verdict something is: the department with the end of its period, the rule, and the subject as people know it."""

    department: str
    rule: str
    title: str
    subject: str


@frozen
class Difference:
    """One thing that is not as the bundle says: which, as it is there, and as it is now; empty where it is not there.

    `details` are the values of the thing that differ, where it has several. `about` is set for findings and verdicts, `of`
    names the submissions that a parameter is of.
    """

    part: Part
    what: str
    before: str = ""
    after: str = ""
    details: tuple[Detail, ...] = ()
    about: About | None = None
    of: tuple[str, ...] = ()


@frozen
class Verification:
    """All that differs, and `notes`: what is otherwise and changes nothing by itself."""

    differences: tuple[Difference, ...] = ()
    notes: tuple[Difference, ...] = ()
    inputs: int = 0
    findings: int = 0
