"""The lines of a page beside its ruled tables: what stands in columns that nothing but blank paper parts is kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from attrs import frozen

from perfrules.documents.apart import FIGURE, are_columns
from perfrules.documents.text_tables import Place

_GAP, _BLANK = 0.9, 3.0
"""How wide a gap is that parts a line, in heights of its characters, and one that is a blank, in points."""
_COLUMN = 6
"""Characters that a line of a page's column has at least."""
Line = tuple[float, str, Place | None]
"""How far from the top of its page a line stands, its text, and of a row its table's number and its own."""


@frozen
class _Parted:
    """A line of a page in the parts that wide gaps make of it, each with where it begins and ends."""

    top: float
    text: str
    parts: tuple[tuple[float, float, str], ...]
    size: float

    def shares(self, other: _Parted) -> bool:
        """Whether one of its gaps lies over one of another line's."""
        return any(
            min(mine[1], its[1]) - max(mine[0], its[0]) >= _GAP * self.size
            for mine in self.gaps
            for its in other.gaps
        )

    @property
    def gaps(self) -> list[tuple[float, float]]:
        """From where to where nothing stands in the line."""
        return [(left[1], right[0]) for left, right in pairwise(self.parts)]


def running_lines(lines: Sequence[dict[str, Any]], tables: int) -> list[Line]:
    """The lines beside the tables: of those whose gaps lie over one another tabs stand in the gaps, for the text goes over none.

    They are rows of a table where they have columns; else no one can tell what goes with what, and they are told row by row.
    """
    found: list[Line] = []
    parted = [_parted(line) for line in lines]
    at = 0
    while at < len(parted):
        end = at + 1
        while end < len(parted) and parted[end - 1].shares(parted[end]):
            end += 1
        run = parted[at:end]
        is_table = are_columns([[part[:2] for part in each.parts] for each in run])
        if is_table or _are_pages_columns(run):
            place = (tables + len({each[2][0] for each in found if each[2]}), 0) if is_table else None
            found += [(each.top, "\t".join(part[2].replace("|", "¦") for part in each.parts), place and (place[0], row)) for row, each in enumerate(run)]  # fmt: skip
        else:
            found += [(each.top, each.text, None) for each in run]
        at = end
    return found


def _are_pages_columns(run: Sequence[_Parted]) -> bool:
    """Whether lines side by side are of two columns of a page, or rows whose columns cannot be told: not labels with their figures."""
    wide = max(part[1] - part[0] for each in run for part in each.parts[:1])
    are_labels = all(len(each.parts) == 2 and FIGURE.fullmatch(each.parts[1][2]) for each in run)
    return len(run) > 1 and wide >= _COLUMN * run[0].size and not are_labels


def _parted(line: dict[str, Any]) -> _Parted:
    """A line in its parts; gaps narrower than a character are within one."""
    chars = [each for each in line["chars"] if each["text"].strip()]
    size = max((each["size"] for each in chars), default=0.0)
    parts: list[tuple[float, float, str]] = []
    for each in chars:
        gap = each["x0"] - parts[-1][1] if parts else 0.0
        if not parts or gap > _GAP * size:
            parts.append((each["x0"], each["x1"], each["text"]))
        else:
            blank = " " if gap > _BLANK else ""
            parts[-1] = (parts[-1][0], each["x1"], f"{parts[-1][2]}{blank}{each['text']}")
    return _Parted(line["top"], line["text"], tuple(parts), size)
