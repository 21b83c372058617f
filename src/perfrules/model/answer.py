"""What an expression comes to when it is asked of reports outside any rule: a value and its trace for each subject."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from perfrules.errors import Fault
from perfrules.model.finding import SubjectName
from perfrules.model.report import RulesetName
from perfrules.model.subject import Subject
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace


@frozen
class Answer:
    """What the expression came to on the last subject of a path that starts at the department."""

    path: tuple[Subject, ...]
    trace: Trace

    @property
    def subject(self) -> SubjectName:
        """The subject as reports name it."""
        return SubjectName.of(self.path)


@frozen
class Asked:
    """The answers of one submission by type, in the order of the tree; `as_of` picked the parameters' values."""

    submission: Submission
    as_of: date | None
    answers: tuple[Answer, ...]


@frozen
class Asking:
    """An expression asked of several submissions: as typed, as the formatter writes it, and of which types.

    `faults` are those of what could not be read or has no parameters in force, `remarks` those of results.
    """

    expression: str
    canonical: str
    types: tuple[str, ...]
    tool: str
    ruleset: RulesetName
    submissions: tuple[Asked, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...] = ()
