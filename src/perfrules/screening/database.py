"""A dataset's folder in DuckDB: its tables as views whose figures are whole numbers, with what is known of each column.

Parquet and CSV are read where they lie, bounded in memory and spilling to disk. Text that should be a number and is none, or
has more decimals than its column, is an error with its row; nothing is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.plugins import Catalog
from perfrules.screening.csv_columns import csv_column, uses_of
from perfrules.screening.frames import Columns, ColumnType, Held
from perfrules.screening.layout import FILE, Layout

if TYPE_CHECKING:
    import duckdb

_WHOLE = {"TINYINT": 8, "SMALLINT": 16, "INTEGER": 32, "BIGINT": 64, "HUGEINT": 128}
_UNSIGNED = {f"U{name}": bits for name, bits in _WHOLE.items()}
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")
_MEMORY = re.compile(r"\d+(\.\d+)?\s*([KMGT]i?B)", re.IGNORECASE)
TYPE = "perfrules type"
"""The column that views add to projects: their type, as the pipeline recognises it."""


@frozen
class Opened:
    """A dataset's tables that are there, by name: their columns, and the files they come from."""

    columns: Mapping[str, Columns]
    files: Mapping[str, tuple[Path, ...]]


def connect(
    memory: str = "1GB", threads: int | None = None, spill: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """A database in memory that spills to a folder (default: that for temporary files); raises ReadError.

    It is raised without the extra `bulk`, and where the memory is not written as `400MB` or `2GB`.
    """
    try:
        import duckdb
        import sqlglot  # noqa: F401 - what prints the rules
    except ImportError:
        message = Bilingual("成批核查要用 DuckDB 和 sqlglot", "screening needs DuckDB and sqlglot")
        hint = Bilingual("安装: pip install 'perfrules[bulk]'", "install them: pip install 'perfrules[bulk]'")
        raise ReadError(Fault("screen.no_engine", message, None, hint)) from None
    if not _MEMORY.fullmatch(memory.strip()):
        message = Bilingual(f"内存写法不对: {memory}", f"no amount of memory: {memory}")
        raise ReadError(Fault("screen.memory", message, None, Bilingual("如 400MB、2GB", "as in 400MB, 2GB")))
    folder = str(spill or gettempdir())
    found = duckdb.connect(config={"memory_limit": memory.strip(), "temp_directory": folder})
    found.execute("SET preserve_insertion_order = false")
    found.execute("SET enable_progress_bar = false")
    if threads:
        found.execute(f"SET threads = {threads}")
    return found


def files_of(folder: Path, table: str) -> list[Path]:
    """The files of a table: `projects.parquet`, `projects-000.parquet` and so on, a folder of them, or `.csv`."""
    for suffix in ("parquet", "csv"):
        for pattern in (f"{table}.{suffix}", f"{table}-*.{suffix}", f"{table}/*.{suffix}"):
            if found := sorted(folder.glob(pattern)):
                return found
    return []


def open_tables(
    database: duckdb.DuckDBPyConnection, folder: Path, layout: Layout, catalog: Catalog
) -> Opened:
    """A view for each table that is there, by its name; raises ReadError where departments are not.

    A table without the one above it is an error too: nobody would ask of its rows.
    """
    if not folder.is_dir():
        message = Bilingual("没有这个文件夹", "there is no such folder")
        raise ReadError(Fault("dataset.no_folder", message, Location(str(folder))))
    columns: dict[str, Columns] = {}
    found: dict[str, tuple[Path, ...]] = {}
    missing = ""
    for depth, level in enumerate(layout.levels):
        files = files_of(folder, level.table)
        if not files:
            missing = missing or level.table
            if depth == 0 or not layout.is_standard:
                raise ReadError(_no_table(folder, level.table))
        elif missing:
            raise ReadError(_no_table(folder, missing))
        else:
            columns[level.table], selected, source = _opened(database, layout, level.table, files, catalog)
            if depth == 1:
                selected += type_column(layout, columns[level.table], catalog)
            text = f"SELECT {', '.join(selected)} FROM {source}"
            database.execute(f"CREATE OR REPLACE VIEW {all_of(level.table)} AS {text}")
            database.execute(f"CREATE OR REPLACE VIEW {named(level.table)} AS FROM {all_of(level.table)}")
            found[level.table] = tuple(files)
    return Opened(columns, found)


def all_of(table: str) -> str:
    """The view of a table's rows for whatever period."""
    return named(f"{table} all")


def _no_table(folder: Path, table: str) -> Fault:
    message = Bilingual(f"没有表 {table}", f"there is no table {table}")
    hint = Bilingual(
        f"应有 {table}.parquet 或 {table}.csv; 表名不同的写在 {FILE} 里",
        f"expected {table}.parquet or {table}.csv; other names are told in {FILE}",
    )
    return Fault("dataset.no_table", message, Location(str(folder)), hint)


def _opened(
    database: duckdb.DuckDBPyConnection, layout: Layout, table: str, files: Sequence[Path], catalog: Catalog
) -> tuple[Columns, list[str], str]:
    """The columns of a table, what its view selects, and from where."""
    uses = uses_of(layout, table, catalog.types)
    is_text = files[0].suffix == ".csv"
    listed = ", ".join(quoted(str(each)) for each in files)
    source = (
        f"read_csv([{listed}], all_varchar=true, header=true, union_by_name=true)"
        if is_text
        else f"read_parquet([{listed}], union_by_name=true)"
    )
    try:
        described = database.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        bounds = {} if is_text else _bounds(database, listed)
    except _errors() as error:
        raise ReadError(_broken(table, files[0], error)) from None
    columns: dict[str, ColumnType] = {}
    selected = []
    for name, kind, *_ in described:
        if is_text:
            column, expression = csv_column(database, source, table, name, uses.get(name))
        else:
            column, expression = _column(name, kind)
            column = _bounded(column, bounds.get(name))
        columns[name] = column
        selected.append(f"{expression} AS {named(name)}")
    return columns, selected, source


def _errors() -> type[Exception]:
    import duckdb

    return duckdb.Error


def _broken(table: str, path: Path, error: Exception) -> Fault:
    said = str(error).splitlines()[0]
    message = Bilingual(f"{table} 读不出来: {said}", f"{table} cannot be read: {said}")
    return Fault("dataset.broken", message, Location(str(path)))


def _column(name: str, kind: str) -> tuple[ColumnType, str]:
    """What a column of a type holds, and the expression that gives it as whole numbers."""
    own = named(name)
    if kind in _WHOLE or kind in _UNSIGNED:
        bits = _WHOLE.get(kind) or _UNSIGNED[kind] + 1
        end = 2 ** (bits - 1)
        is_long = bits > 64
        return ColumnType(Held.WHOLE, 0, -end, end - 1), f"{own}::HUGEINT" if is_long else f"{own}::BIGINT"
    if found := _DECIMAL.fullmatch(kind):
        width, places = int(found[1]), int(found[2])
        end = 10**width - 1
        return ColumnType(Held.DECIMAL, places, -end, end), whole(own, width, places)
    held = {"VARCHAR": Held.TEXT, "DATE": Held.DATE, "BOOLEAN": Held.TRUTH}.get(kind)
    if held is None:
        held = Held.DOUBLE if kind in ("DOUBLE", "FLOAT") else Held.OTHER
    return ColumnType(held), own


def whole(expression: str, width: int, places: int) -> str:
    """A decimal as the whole number of its last places: in 64 bits where its digits fit, else in 128, none lost."""
    kind = "BIGINT" if width <= 18 else "HUGEINT"  # noqa: PLR2004: the digits of 64 bits
    if places == 0 or width + places <= 18:
        return f"({expression} * {10**places})::{kind}"
    wide = f"{expression}::DECIMAL(38,{places})"
    if width + places <= 38:  # noqa: PLR2004: a product keeps the decimals of its parts, and needs room for them
        return f"({wide} * {10**places})::{kind}"
    return f"replace({wide}::VARCHAR, '.', '')::{kind}"


def _bounded(column: ColumnType, bounds: tuple[str, str, bool] | None) -> ColumnType:
    if bounds is None or column.held not in (Held.WHOLE, Held.DECIMAL):
        return column
    low, high, is_known = bounds
    return ColumnType(
        column.held, column.decimals, _steps(low, column.decimals), _steps(high, column.decimals), is_known
    )


def type_column(layout: Layout, columns: Columns, catalog: Catalog) -> list[str]:
    """What the view of projects selects besides: their types, where there are names to tell."""
    from perfrules.screening.recognising import type_expression

    fields = layout.levels[1].own.fields
    name, stated = (
        use.column if (use := fields.get(each)) and use.column in columns else None
        for each in ("name", "type")
    )
    if name is None:
        return []
    expression = type_expression(catalog.project_types, name, stated).sql(dialect="duckdb")
    return [f"{expression} AS {named(TYPE)}"]


def _bounds(database: duckdb.DuckDBPyConnection, listed: str) -> dict[str, tuple[str, str, bool]]:
    """The least and greatest of each column and whether it is always there, from the files' own statistics.

    A column of which some part has none keeps the bounds of its type.
    """
    rows = database.execute(
        "SELECT path_in_schema, list(stats_min_value), list(stats_max_value), list(stats_null_count), count(*) "
        f"FROM parquet_metadata([{listed}]) GROUP BY 1"
    ).fetchall()
    found = {}
    for name, lows, highs, nulls, parts in rows:
        whole_numbers = all(_NUMBER.fullmatch(str(each)) for each in (*lows, *highs))
        if not whole_numbers or not (len(lows) == len(highs) == len(nulls) == parts) or None in nulls:
            continue
        found[name] = (
            min(lows, key=lambda each: _steps(each, _PLACES)),
            max(highs, key=lambda each: _steps(each, _PLACES)),
            not any(nulls),
        )
    return found


_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_PLACES = 40


def _steps(text: str, decimals: int) -> int:
    before, _, part = str(text).partition(".")
    sign = -1 if before.startswith("-") else 1
    return sign * int(before.lstrip("-") + part.ljust(decimals, "0")[:decimals])


def named(name: str) -> str:
    """An identifier as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
