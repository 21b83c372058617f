"""Waivers as an office wrote them: a rule is not held against one subject of one department, for a reason and until a day."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from perfrules.location import Location
from perfrules.model.rule import Expression

WAIVER = "waiver"
"""The subject type of a waiver in the ledger, and how its id begins."""
BUILT_IN = EXPIRED, EXCEEDED, UNUSED = "WVR101", "WVR102", "WVR103"
"""The rules that every waiver is asked."""


@frozen
class Waiver:
    """One waiver. `department` is the name as reports print it, `subject` the id of the ledger.

    `bound` is a comparison without its left side, which is the rule's measure: `>= 15%`; a rule without a measure has none.
    `expires` is the last day it holds. `location` and `quote` are where the rule is named in the waivers file.
    """

    rule: str
    department: str
    subject: str
    reason: str
    approved_by: str
    expires: date
    location: Location
    quote: str
    bound: Expression | None = None
    approved_on: date | None = None

    @property
    def name(self) -> str:
        """What reports call it: the rule, and the subject."""
        return f"{self.rule} {self.subject}"


@frozen
class WaiversName:
    """The waivers file that a report was made with: path as given, SHA-256 of its bytes, and the day of review, if known."""

    path: str
    sha256: str
    review_date: date | None = None
