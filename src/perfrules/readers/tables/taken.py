"""What has been taken of a sheet so far: the place and the words of each value, by its pointer, and the figures left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import define, evolve, field, frozen

from perfrules.documents.sheet import Cell, Sheet
from perfrules.location import Location
from perfrules.model.fact import Fact, State
from perfrules.model.subject import Subject
from perfrules.model.submission import Submission, Unread

ASIDE = ("source_row", "not_budget", "struck", "netted")
"""Reasons that need nobody to look."""
_FIGURE = re.compile(r"\d|[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]+[余多]?[元圆块]")


@define
class Taken:
    """The notes of one reading of a table."""

    places: dict[str, Location] = field(factory=dict)
    quotes: dict[str, str] = field(factory=dict)
    unread: list[Unread] = field(factory=list)
    netted: dict[Location, str] = field(factory=dict)
    """The formula of each value that was computed of two cells, by the place of one of them."""
    _told: set[Location] = field(factory=set)

    def put(self, pointer: str, cell: Cell) -> str:
        """The text of a cell, noted as the value that the pointer names."""
        self.places[pointer], self.quotes[pointer] = cell.location, cell.quote
        return cell.text

    def leave(self, cells: Iterable[Cell], why: str = "ambiguous") -> None:
        """Figures that were seen and not placed, each once."""
        if len(self._told) != len(self.unread):  # others have added theirs
            self._told = {each.location for each in self.unread}
        for cell in cells:
            if is_figure(cell) and cell.location not in self._told:
                self._told.add(cell.location)
                reason = cell.why or why
                self.unread.append(Unread(cell.location, cell.quote or "=", reason, reason not in ASIDE))


def with_netted(submission: Submission, taken: Taken) -> Submission:
    """The submission with the facts that were computed of two cells marked as such."""
    if not taken.netted:
        return submission
    return evolve(submission, department=_netted(submission.department, taken))


def _netted(subject: Subject, taken: Taken) -> Subject:
    facts = {name: _derived(fact, taken) for name, fact in subject.facts.items()}
    members = {name: _netted(each, taken) for name, each in subject.members.items()}
    tables = {
        name: evolve(table, rows=tuple(_netted(row, taken) for row in table.rows))
        for name, table in subject.tables.items()
    }
    return evolve(subject, facts=facts, members=members, tables=tables)


def _derived(fact: Fact, taken: Taken) -> Fact:
    formula = taken.netted.get(fact.location) if fact.location and fact.field == "adjustment" else None
    return evolve(fact, state=State.DERIVED, formula=formula) if formula else fact


@frozen
class Part:
    """What one table of a sheet says, in the submission format, with where each value stands."""

    said: Mapping[str, Any]
    taken: Taken
    sheet: Sheet
    is_form: bool = False


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds figures, in digits or in numerals, or may hold one that cannot be read."""
    return bool(cell.why) or bool(_FIGURE.search(cell.text))


def bare(cell: Cell) -> str:
    """The text of a cell without blanks."""
    return "".join(cell.text.split())
