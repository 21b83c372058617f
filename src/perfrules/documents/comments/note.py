"""What is said at a place of a file: the lines of a comment, the words it is about, and who says it, on which day."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from perfrules.location import Location


@frozen
class Note:
    """A comment: its lines, and the place it belongs to; None for the file as a whole. `quote` are the words that stand there."""

    lines: tuple[str, ...]
    where: Location | None = None
    quote: str = ""


@frozen
class Author:
    """Whom comments are from, and the day that is put on them; None for none."""

    name: str
    on: date | None = None
