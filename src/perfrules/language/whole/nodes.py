"""Whole-number expressions: what a checked expression comes to where every figure is a whole number of steps.

Frozen data, like the nodes of the language; `lowering` makes them, `to_integers` and `to_sql` print them. Every node may be
unknown, as SQL's NULL is: arithmetic with an unknown is unknown, truth is Kleene's. Where a node never is, it says so.
"""

from __future__ import annotations

from attrs import frozen

Read = tuple[int, str]
"""A column: how deep its table lies (0 departments, 1 projects, 2 targets), and its name."""


@frozen
class Whole:
    """A number written out."""

    value: int


@frozen
class Column:
    """A column of whole numbers; `low` and `high` bound what it can hold, None where only its type does."""

    read: Read
    low: int | None = None
    high: int | None = None
    is_known: bool = False


@frozen
class Day:
    """A column of dates, as the number of days since 1970-01-01."""

    read: Read


@frozen
class DayPart:
    """The year or the month of a column of dates."""

    read: Read
    part: str


@frozen
class Sum:
    """The sum of two or more."""

    parts: tuple[Int, ...]


@frozen
class Product:
    """The product of two."""

    left: Int
    right: Int


@frozen
class Quotient:
    """The whole part of a quotient, both sides at least zero and the divisor above."""

    left: Int
    right: Int


@frozen
class Opposite:
    """The number with its sign turned."""

    operand: Int


@frozen
class Magnitude:
    """The distance from zero."""

    operand: Int


@frozen
class NotZero:
    """The number, unknown where it is zero: a divisor."""

    operand: Int


@frozen
class Where:
    """The number where a condition holds, else unknown."""

    test: Truth
    value: Int


@frozen
class Cases:
    """One of two numbers: the second where the condition is false, unknown where it is."""

    test: Truth
    then: Int
    otherwise: Int


@frozen
class Tally:
    """How many rows have a condition true; never unknown."""

    table: str
    test: Truth


@frozen
class Total:
    """The sum of a number over the rows that have a condition true, those aside where it is unknown; never unknown."""

    table: str
    test: Truth
    body: Int
    most: int | None = None


@frozen
class Utmost:
    """The least or greatest of a number over the rows that have a condition true; unknown where there is none."""

    table: str
    test: Truth
    body: Int
    is_least: bool


@frozen
class Different:
    """How many different numbers or texts the rows hold that have a condition true; never unknown."""

    table: str
    test: Truth
    body: Int | Text


Int = (
    Whole
    | Column
    | Day
    | DayPart
    | Sum
    | Product
    | Quotient
    | Opposite
    | Magnitude
    | NotZero
    | Where
    | Cases
    | Tally
    | Total
    | Utmost
    | Different
)
"""A whole number, or unknown."""


@frozen
class Words:
    """A text written out."""

    value: str


@frozen
class TextColumn:
    """A column of texts."""

    read: Read


@frozen
class NoText:
    """A text that no column gives: unknown."""


@frozen
class TextCases:
    """One of two texts: the second where the condition is false, unknown where it is."""

    test: Truth
    then: Text
    otherwise: Text


Text = Words | TextColumn | NoText | TextCases


@frozen
class Always:
    """True, False, or unknown (None)."""

    value: bool | None


@frozen
class Compare:
    """`< <= == !=` between two numbers."""

    operator: str
    left: Int
    right: Int


@frozen
class TextCompare:
    """`==`, `has`, `starts with`, `ends with` between two texts; `is_blank` of the first."""

    operator: str
    left: Text
    right: Text


@frozen
class Both:
    """Kleene's and."""

    parts: tuple[Truth, ...]


@frozen
class Either:
    """Kleene's or."""

    parts: tuple[Truth, ...]


@frozen
class Not:
    """Kleene's not."""

    operand: Truth


@frozen
class Is:
    """Whether a condition is true, false or unknown (None); never unknown itself."""

    operand: Truth
    value: bool | None


@frozen
class Known:
    """Whether a number or text is known; never unknown itself."""

    operand: Int | Text


@frozen
class Flag:
    """A column of truth values."""

    read: Read


@frozen
class Decided:
    """True where `yes` is true, else false where `no` is true, else unknown."""

    yes: Truth
    no: Truth


@frozen
class AnyRow:
    """Whether some row has a condition true; never unknown."""

    table: str
    test: Truth


Truth = Always | Compare | TextCompare | Both | Either | Not | Is | Known | Flag | Decided | AnyRow
"""True, false, or unknown."""

Aggregates = Tally | Total | AnyRow | Utmost | Different
"""What is computed over the rows of a table."""
WhollyNode = Int | Text | Truth
TRUE, FALSE, UNKNOWN = Always(True), Always(False), Always(None)
ZERO, ONE, TWO = Whole(0), Whole(1), Whole(2)
