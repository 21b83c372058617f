"""Where the facts of a dataset stand: which column holds which field of which subject, in which unit, how exactly.

A frame is a kind of subject in a table: a department, one of its lines in the same row, a project, a claim that stands in
its project's row. Lookups go through a path of frames as the definition's go through a path of subjects.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from perfrules.language.checker import Checked
from perfrules.language.whole.nodes import Read
from perfrules.model.truth import Number
from perfrules.model.unit import Unit


@frozen
class Figures:
    """A column of whole numbers, each worth `step` base units of its unit's kind.

    `rounded` tells that they are printed figures, which stand for all that rounds to them; else they are exact.
    `low` and `high` bound what the column holds. `is_derived` tells that no report prints them. `unit_from` is the column
    of texts that names the unit of each row: the figures of a row are then in one unit, which differs from row to row.
    """

    read: Read
    unit: Unit
    step: Fraction
    rounded: bool = False
    low: int | None = None
    high: int | None = None
    is_known: bool = False
    is_derived: bool = False
    unit_from: Read | None = None


@frozen
class Texts:
    """A column of texts."""

    read: Read


@frozen
class Days:
    """A column of dates."""

    read: Read


@frozen
class Given:
    """What is the same in every row."""

    value: Number | str | date


@frozen
class ByType:
    """What the type of a project settles: for types, a value or an expression over the project; for others nothing.

    The definition is never given it: it computes such a field itself.
    """

    type: Texts | Given
    cases: tuple[tuple[tuple[str, ...], Number | Checked], ...]


Cell = Figures | Texts | Days | Given | ByType


@frozen
class Rows:
    """A table of its own below a frame: its name, what its rows hold, and whether all are there.

    `complete` is True, False (a part, or not known), or the column of the row above that tells. `most` bounds how many
    rows belong to one row above.
    """

    table: str
    frame: Frame
    complete: bool | Read = True
    most: int | None = None


@frozen
class Inline:
    """Rows that stand in the row above itself: a claim beside its figures."""

    frames: tuple[Frame, ...]
    complete: bool | Read = False


@frozen
class Frame:
    """A kind of subject in a table; `depth` is that of the table: 0 departments, 1 projects, 2 targets.

    `present` is the column without which there is no such subject in a row: a claim whose rate is not printed.
    """

    type: str
    depth: int
    cells: Mapping[str, Cell] = field(factory=dict)
    members: Mapping[str, Frame] = field(factory=dict)
    tables: Mapping[str, Rows | Inline] = field(factory=dict)
    label: str = ""
    present: Read | None = None


Path = tuple[Frame, ...]
