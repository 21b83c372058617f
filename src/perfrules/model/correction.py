"""Corrections: a person's word on what a printed figure is. They mend our reading, never what a department printed."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from perfrules.location import Location
from perfrules.model.unit import Unit


@frozen
class Correction:
    """One figure as a person reads it.

    It is known by the name and SHA-256 of its document, its address, span and quote, the sentence around it and what it was
    read as. `owner` is a line (合计, 基本支出, 项目支出) or a project's name, `item` the label of a field or of a ratio, or
    `NOT_USED`. `unit` is that of a bare number; None where the quote has its own. `location` is the place of the figure, `moved_from` the
    address where it stood when that is another.
    """

    document: str
    sha256: str
    location: Location
    quote: str
    sentence: str
    read_as: str
    owner: str
    item: str
    unit: Unit | None
    by: str
    on: date
    why: str
    moved_from: str = ""


NOT_USED = "不采用"
"""The item of a figure that is none of the budget's."""
