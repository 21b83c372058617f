"""Rows of a dataset's tables → records, department by department in the order of their keys: what the definition is asked of.

Few are held at a time; the database sorts, and spills where it must.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from perfrules.language.whole import ByType, Frame, Given, Inline, Rows
from perfrules.screening.database import named
from perfrules.screening.layout import Level
from perfrules.screening.questions import positions
from perfrules.screening.subjects import Record

if TYPE_CHECKING:
    import duckdb

_BATCH = 2000
Row = dict[str, object]


def records(
    database: duckdb.DuckDBPyConnection,
    levels: Sequence[Level],
    frame: Frame,
    wanted: str = "",
    *,
    are_wanted: bool = True,
) -> Iterator[Record]:
    """The record of each department in the order of their keys; of those whose keys a table `wanted` holds, or of the others."""
    deepest = max(path[-1].depth for path in positions((frame,)))
    levels = levels[: deepest + 1]
    columns = columns_read(frame, levels)
    kept = (
        f" {'SEMI' if are_wanted else 'ANTI'} JOIN {wanted} w ON t0.{named(levels[0].key)} = w.k"
        if wanted
        else ""
    )
    tops = _rows(database, levels, columns, 0, kept)
    projects = _Below(_rows(database, levels, columns, 1, kept), levels, 1)
    targets = _Below(_rows(database, levels, columns, 2, kept), levels, 2)
    for top in tops:
        below = projects.of(top)
        for project in below:
            if len(levels) > 2:
                project[levels[2].table] = targets.of(project)
        if len(levels) > 1:
            top[levels[1].table] = below
        yield top


def columns_read(frame: Frame, levels: Sequence[Level]) -> list[list[str]]:
    """The columns of each table that frames read, and those of keys, in order."""
    found: list[dict[str, None]] = [{} for _ in levels]
    for depth, level in enumerate(levels):
        found[depth][level.key] = None
        if level.parent:
            found[depth][level.parent] = None
    for path in positions((frame,)):
        reads = [each.read for each in path[-1].cells.values() if not isinstance(each, Given | ByType)]
        reads += [path[-1].present] if path[-1].present else []
        reads += [
            each.complete
            for each in path[-1].tables.values()
            if isinstance(each, Rows | Inline) and not isinstance(each.complete, bool)
        ]
        for depth, column in reads:
            found[depth][column] = None
    return [list(each) for each in found]


def _rows(
    database: duckdb.DuckDBPyConnection,
    levels: Sequence[Level],
    columns: Sequence[Sequence[str]],
    depth: int,
    kept: str,
) -> Iterator[Row]:
    """The rows of a table, ordered by the keys above them and their own."""
    if depth >= len(levels):
        return
    cursor = database.cursor()
    there = {each[0] for each in cursor.execute(f"DESCRIBE {named(levels[depth].table)}").fetchall()}
    names = [each for each in columns[depth] if each in there]
    source = f"{named(levels[depth].table)} t{depth}"
    for above in range(depth - 1, -1, -1):
        key, parent = named(levels[above].key), named(levels[above + 1].parent)
        source += f" JOIN {named(levels[above].table)} t{above} ON t{above + 1}.{parent} = t{above}.{key}"
    keys = [
        f"t{each}.{named(levels[each].key)}"
        for each in range(depth + 1)
        if levels[each].key in there or each < depth
    ]
    selected = ", ".join(f"t{depth}.{named(each)}" for each in names)
    cursor.execute(f"SELECT {selected} FROM {source}{kept} ORDER BY {', '.join(keys)}")
    while batch := cursor.fetchmany(_BATCH):
        for row in batch:
            yield dict(zip(names, row, strict=True))


class _Below:
    """The rows below others, which come in the same order."""

    def __init__(self, rows: Iterator[Row], levels: Sequence[Level], depth: int) -> None:
        self.rows = rows
        self.key = levels[depth - 1].key if depth < len(levels) else ""
        self.parent = levels[depth].parent if depth < len(levels) else ""
        self.next: Row | None = next(self.rows, None)

    def of(self, above: Mapping[str, object]) -> list[Row]:
        """The rows below one."""
        found: list[Row] = []
        while self.next is not None and self.next[self.parent] == above[self.key]:
            found.append(self.next)
            self.next = next(self.rows, None)
        return found
