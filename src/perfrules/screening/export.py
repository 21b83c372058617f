"""Submissions → a dataset: rows of the standard tables where rows can say all of a submission, else the submission whole.

A department goes into the tables only if what is read of its rows is the same again: every figure with what its digits allow,
every state, every table. All others stand in a file beside them as they were read, and the definition is asked about them.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.submission import Submission
from perfrules.plugins import Catalog
from perfrules.screening.as_rows import WIDTH, AsRows, as_rows, columns_of, layout_of
from perfrules.screening.database import connect, named, quoted
from perfrules.screening.frames import Columns, ColumnType, Held
from perfrules.screening.layout import Layout
from perfrules.screening.subjects import Record
from perfrules.screening.submissions import KEPT, kept_from, line_of

if TYPE_CHECKING:
    import duckdb

_BATCH = 10_000


@frozen
class Exported:
    """How many departments are rows, and how many stand whole beside the tables, by the first reason for it."""

    rows: int
    whole: int
    whys: Mapping[Bilingual, int] = field(factory=dict)


def export(submissions: Sequence[Submission], catalog: Catalog, target: Path) -> Exported:
    """Writes the submissions as a dataset into a folder that is not there yet, or empty; raises ReadError."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        message = Bilingual("已经存在, 没有写入任何内容", "is there already; nothing was written")
        hint = Bilingual("换一个文件夹", "choose another folder")
        raise ReadError(Fault("output.exists", message, Location(target.as_posix()), hint))
    tried = [as_rows(str(number), each, catalog) for number, each in enumerate(submissions, 1)]
    lines = Counter(each.lines for each in tried if isinstance(each, AsRows)).most_common(1)
    kept = lines[0][0] if lines else ()
    whys: Counter[Bilingual] = Counter()
    records, whole = [], []
    for number, (each, submission) in enumerate(zip(tried, submissions, strict=True), 1):
        if isinstance(each, AsRows) and each.lines == kept:
            records.append(each.record)
            continue
        other = Bilingual("所列支出类别与多数部门不同", "lines other than those of most departments")
        whys[other if isinstance(each, AsRows) else each] += 1
        whole.append(_line(str(number), submission))
    try:
        target.mkdir(parents=True, exist_ok=True)
        try:
            _write(records, layout_of(catalog, kept), catalog, target)
            if whole:
                (target / KEPT).write_text("".join(whole), encoding="utf-8", newline="\n")
        except BaseException:
            shutil.rmtree(target)
            raise
    except OSError as error:
        message = Bilingual(f"无法写入: {error.strerror}", f"cannot be written: {error.strerror}")
        raise ReadError(Fault("output.cannot_write", message, Location(target.as_posix()))) from None
    return Exported(len(records), len(whole), dict(whys.most_common()))


def _line(key: str, submission: Submission) -> str:
    """A line that is read as the same submission again: there is no other way out."""
    line = line_of(key, submission)
    assert kept_from(line, key).submission == evolve(submission, corrections=())
    return line


def _write(records: Sequence[Record], layout: Layout, catalog: Catalog, target: Path) -> None:
    """The three tables, with the columns that hold something."""
    database = connect()
    columns = columns_of(layout, catalog)
    rows = list(records)
    for depth, level in enumerate(layout.levels):
        keys = [level.key, *([level.parent] if level.parent else [])]
        filled = [name for name in columns[level.table] if any(row.get(name) is not None for row in rows)]
        kinds = dict.fromkeys(keys, "VARCHAR") | {name: _kind(columns[level.table][name]) for name in filled}
        if rows or depth == 0:
            _table(database, level.table, kinds, rows, columns[level.table], target)
        below = layout.levels[depth + 1].table if depth + 1 < len(layout.levels) else ""
        rows = [each for row in rows for each in _list(row.get(below))]


def _list(found: object) -> Sequence[Record]:
    return found if isinstance(found, list) else []


def _kind(column: ColumnType) -> str:
    match column.held:
        case Held.TEXT:
            return "VARCHAR"
        case Held.DATE:
            return "DATE"
        case Held.TRUTH:
            return "BOOLEAN"
        case _:
            return f"DECIMAL({WIDTH},{column.decimals})"


def _table(
    database: duckdb.DuckDBPyConnection,
    table: str,
    kinds: Mapping[str, str],
    rows: Sequence[Record],
    columns: Columns,
    target: Path,
) -> None:
    defined = ", ".join(f"{named(name)} {kind}" for name, kind in kinds.items())
    database.execute(f"CREATE TABLE {named(table)} ({defined})")
    selected = ", ".join(f"unnest(?)::{kind}" for kind in kinds.values())
    for start in range(0, len(rows), _BATCH):
        part = rows[start : start + _BATCH]
        values = [[_printed(row.get(name), columns.get(name)) for row in part] for name in kinds]
        database.execute(f"INSERT INTO {named(table)} SELECT {selected}", values)
    path = quoted(str(target / f"{table}.parquet"))
    database.execute(f"COPY {named(table)} TO {path} (FORMAT parquet)")


def _printed(value: object, column: ColumnType | None) -> str | None:
    """A value as the text that is cast to its column."""
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        assert column is not None
        return f"{Decimal(value).scaleb(-column.decimals):f}"
    return value.isoformat() if isinstance(value, date) else str(value)
