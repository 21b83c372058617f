"""A submission: the tree of subjects read from one department's documents, with the documents and what was not read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from perfrules.location import Location
from perfrules.model.correction import Correction
from perfrules.model.subject import Subject
from perfrules.model.truth import Lack, Reason


@frozen
class Document:
    """A file that was read: the path as given, the SHA-256 of its bytes, and what kind of document it is."""

    path: str
    sha256: str
    kind: str


PAPERS = ("not_read", "empty_folder", "embedded", "picture", "no_form", "hidden", "macro", "external", "picture_inside")  # fmt: skip
"""Why a whole paper, or a part of one, is unread."""


@frozen
class Unread:
    """An amount or ratio that was seen and not assigned, or a part that could not be read, with the reason.

    `why` is one of a small enumeration of words (`no_field`, `not_budget`, `ambiguous`, `unpaired`, `no_unit`,
    `no_form`, `hidden`, `picture`, `source_row`, `formula`, `similar_name`, `other_name`, `not_read`, `lapsed`, `not_applied`, `added_project`, `empty_folder`,
    `cell_error`, `number_format`, `macro`, `embedded`, `external`, `picture_inside`); `open` says that a person should look, because it may be a figure the rules need.
    """

    location: Location
    quote: str
    why: str
    open: bool = True

    @property
    def is_paper(self) -> bool:
        """Whether it is a file, a folder, a page, a sheet or a part of one, and no figure."""
        return self.why in PAPERS


@frozen
class Submission:
    """One department's filing for one period; `department` is the root of the tree of subjects.

    `text` is everything its documents say in words, to be asked whether they mention something; empty where it was given field by field.
    `corrections` are those that persons have made to what was read of it.
    """

    department: Subject
    documents: tuple[Document, ...] = ()
    unread: tuple[Unread, ...] = ()
    text: str = ""
    corrections: tuple[Correction, ...] = ()

    @property
    def period(self) -> tuple[date | None, date | None]:
        """First and last day of the reporting period; None where the documents do not say."""
        return _day(self.department, "period_from"), _day(self.department, "period_to")

    @property
    def cut_off(self) -> date | Lack:
        """The last day of the period; what is wrong with it where it is not printed, or not to be relied on."""
        fact = self.department.facts.get("period_to")
        if fact is None or not isinstance(fact.value, date):
            return Lack(Reason.MISSING, "department", "period_to")
        return Lack(fact.doubt, "department", "period_to") if fact.doubt else fact.value

    def walk(self) -> Iterator[tuple[Subject, ...]]:
        """Every subject as the path from the department down to it: members first, then tables, in order."""
        yield from _walk((self.department,))


def _walk(path: tuple[Subject, ...]) -> Iterator[tuple[Subject, ...]]:
    yield path
    for member in path[-1].members.values():
        yield from _walk((*path, member))
    for table in path[-1].tables.values():
        for row in table.rows:
            yield from _walk((*path, row))


def _day(subject: Subject, field: str) -> date | None:
    fact = subject.facts.get(field)
    return fact.value if fact is not None and isinstance(fact.value, date) else None
