"""Keys of a dataset's tables: every row has one, none twice, and every child's parent is there; and the cut-off dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.screening.database import Opened, all_of, named
from perfrules.screening.frames import Held
from perfrules.screening.layout import Layout, Level
from perfrules.screening.period import Period

if TYPE_CHECKING:
    import duckdb


@frozen
class Orphans:
    """Rows of a table whose parent is not there: how many, and the parent named by one of them."""

    table: str
    count: int
    example: str


def levels_of(layout: Layout, opened: Opened) -> tuple[Level, ...]:
    """The tables that are there, from departments down."""
    return tuple(each for each in layout.levels if each.table in opened.columns)


def checked_keys(database: duckdb.DuckDBPyConnection, layout: Layout, opened: Opened) -> tuple[Orphans, ...]:
    """The rows that hang on nothing; raises ReadError for keys that are not there, empty, or twice.

    The lowest table may be without a column of keys: its findings then name the row above only.
    """
    levels = levels_of(layout, opened)
    faults = [fault for each in levels for fault in _of_columns(each, levels, opened)]
    if faults:
        raise ReadError(faults)
    faults = [
        fault for each in levels if each.key in opened.columns[each.table] for fault in _twice(database, each)
    ]
    if faults:
        raise ReadError(faults)
    return tuple(_orphans(database, levels))


def _of_columns(level: Level, levels: Sequence[Level], opened: Opened) -> Iterator[Fault]:
    columns = opened.columns[level.table]
    wanted = [] if level is levels[-1] and level is not levels[0] else [level.key]
    wanted += [level.parent] if level.parent else []
    for name in wanted:
        if name not in columns:
            zh, en = f"{level.table} 没有键栏 {name}", f"{level.table} has no column {name} for its keys"
            yield Fault("dataset.no_key", Bilingual(zh, en))
    for name in (level.key, level.parent):
        column = columns.get(name)
        if column is not None and (column.held not in (Held.WHOLE, Held.TEXT)):
            zh = f"{level.table}.{name}: 键应为整数或文字"
            yield Fault(
                "dataset.key", Bilingual(zh, f"{level.table}.{name}: keys are whole numbers or texts")
            )
    if (
        level.parent in columns
        and (above := levels[levels.index(level) - 1]).key in opened.columns[above.table]
    ):
        mine, theirs = columns[level.parent].held, opened.columns[above.table][above.key].held
        if mine is not theirs:
            zh = f"{level.table}.{level.parent} 与 {above.table}.{above.key} 不是一类, 对不上"
            en = f"{level.table}.{level.parent} and {above.table}.{above.key} are of two kinds and never meet"
            yield Fault("dataset.key", Bilingual(zh, en))


def _twice(database: duckdb.DuckDBPyConnection, level: Level) -> Iterator[Fault]:
    key, table = named(level.key), all_of(level.table)
    counted = database.execute(
        f"SELECT count(*), count({key}), count(DISTINCT {key}) FROM {table}"
    ).fetchone()
    rows, there, different = counted or (0, 0, 0)
    if there < rows:
        zh, en = (
            f"{level.table}: {rows - there} 行没有键 {level.key}",
            f"{rows - there} rows have no key {level.key}",
        )
        yield Fault("dataset.no_key", Bilingual(zh, f"{level.table}: {en}"))
    if different < there:
        found = database.execute(
            f"SELECT {key}, count(*) FROM {table} WHERE {key} IS NOT NULL GROUP BY 1 HAVING count(*) > 1 "
            "ORDER BY 1 LIMIT 1"
        ).fetchone() or ("", 0)
        example, often = found
        more = there - different
        zh = f"{level.table}: 键 {level.key} 重复 {more} 行, 如 {example} 有 {often} 行"
        en = f"{level.table}: {more} rows repeat a key {level.key}; {example} stands {often} times"
        yield Fault("dataset.duplicate_key", Bilingual(zh, en))


def _orphans(database: duckdb.DuckDBPyConnection, levels: Sequence[Level]) -> Iterator[Orphans]:
    for above, level in pairwise(levels):
        key, parent = named(above.key), named(level.parent)
        found = database.execute(
            f"SELECT count(*), min(c.{parent}::VARCHAR) FROM {all_of(level.table)} c "
            f"ANTI JOIN {all_of(above.table)} p ON c.{parent} = p.{key}"
        ).fetchone()
        if found and found[0]:
            yield Orphans(level.table, found[0], found[1] or "NULL")


def periods(database: duckdb.DuckDBPyConnection, layout: Layout, opened: Opened) -> tuple[Period, ...]:
    """The periods of the departments, in order: that of the layout, where no column or no row says another."""
    top = layout.levels[0]
    expressions = _of_period(layout, opened)
    if not any(expressions):
        return (layout.period,)
    said = ", ".join(each or "NULL::DATE" for each in expressions)
    rows = database.execute(
        f"SELECT DISTINCT {said} FROM {all_of(top.table)} ORDER BY 2 NULLS LAST, 1 NULLS LAST"
    )
    found = tuple((start or layout.period[0], end or layout.period[1]) for start, end in rows.fetchall())
    return tuple(dict.fromkeys(found)) or (layout.period,)


def _of_period(layout: Layout, opened: Opened) -> list[str]:
    """The columns of the two ends of the period; empty where there is none."""
    top = layout.levels[0]
    columns = opened.columns[top.table]
    uses = [top.own.fields.get(name) for name in ("period_from", "period_to")]
    return [named(use.column) if use and use.column in columns else "" for use in uses]


def narrow(
    database: duckdb.DuckDBPyConnection, layout: Layout, opened: Opened, period: Period | None
) -> None:
    """Lets the views of the tables show the departments of one period and what belongs to them; None: all."""
    for table, text in narrowed(layout, opened, period):
        database.execute(f"CREATE OR REPLACE VIEW {named(table)} AS {text}")


def narrowed(layout: Layout, opened: Opened, period: Period | None) -> Iterator[tuple[str, str]]:
    """The tables from departments down, each with what is selected for the view of its rows of one period; None: all."""
    levels = levels_of(layout, opened)
    for depth, level in enumerate(levels):
        source = f"SELECT c.* FROM {all_of(level.table)} c"
        if period and depth == 0:
            source += f" WHERE {' AND '.join(_within(layout, opened, period)) or 'true'}"
        elif period:
            above = levels[depth - 1]
            source += f" SEMI JOIN {named(above.table)} p ON c.{named(level.parent)} = p.{named(above.key)}"
        yield level.table, source


def _within(layout: Layout, opened: Opened, period: Period) -> Iterator[str]:
    for column, day, default in zip(_of_period(layout, opened), period, layout.period, strict=True):
        if column:
            yield f"coalesce(c.{column}, {_day(default)}) IS NOT DISTINCT FROM {_day(day)}"


def _day(day: date | None) -> str:
    return f"DATE '{day.isoformat()}'" if day else "NULL::DATE"
