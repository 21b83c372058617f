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

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.screening.frames import Columns, ColumnType, Held
from perfrules.screening.layout import FILE, Layout

if TYPE_CHECKING:
    import duckdb

_WHOLE = {"TINYINT": 8, "SMALLINT": 16, "INTEGER": 32, "BIGINT": 64, "HUGEINT": 128}
_UNSIGNED = {f"U{name}": bits for name, bits in _WHOLE.items()}
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")
_NUMBER = r"^\s*-?[0-9]+(\.[0-9]+)?\s*$"
MOST_DECIMALS = 6
"""Decimals that a column of a CSV may have, where the layout does not say how many."""


def connect(memory: str = "1GB", threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A database in memory that spills to the folder for temporary files; raises ReadError without the extra `bulk`."""
    try:
        import duckdb
    except ImportError:
        message = Bilingual("成批核查要用 DuckDB", "screening needs DuckDB")
        hint = Bilingual("安装: pip install 'perfrules[bulk]'", "install it: pip install 'perfrules[bulk]'")
        raise ReadError(Fault("screen.no_engine", message, None, hint)) from None
    found = duckdb.connect(config={"memory_limit": memory, "temp_directory": gettempdir()})
    found.execute("SET preserve_insertion_order = false")
    if threads:
        found.execute(f"SET threads = {threads}")
    return found


def files_of(folder: Path, table: str) -> list[Path]:
    """The files of a table: `projects.parquet`, `projects-000.parquet` and so on, a folder of them, or `.csv`."""
    for pattern in (
        f"{table}.parquet",
        f"{table}-*.parquet",
        f"{table}/*.parquet",
        f"{table}.csv",
        f"{table}-*.csv",
    ):
        if found := sorted(folder.glob(pattern)):
            return found
    return []


def open_tables(database: duckdb.DuckDBPyConnection, folder: Path, layout: Layout) -> Mapping[str, Columns]:
    """A view for each table that is there, by its name, and its columns; raises ReadError where departments are not."""
    tables: dict[str, Columns] = {}
    for level in layout.levels:
        files = files_of(folder, level.table)
        if files:
            tables[level.table] = _opened(database, level.table, files, layout)
    top = layout.levels[0].table
    if top not in tables:
        message = Bilingual(f"没有表 {top}", f"there is no table {top}")
        hint = Bilingual(
            f"应有 {top}.parquet 或 {top}.csv; 表名不同的写在 {FILE} 里",
            f"expected {top}.parquet or {top}.csv; other names are told in {FILE}",
        )
        raise ReadError(Fault("dataset.no_table", message, Location(str(folder)), hint))
    return tables


def _opened(
    database: duckdb.DuckDBPyConnection, table: str, files: Sequence[Path], layout: Layout
) -> Columns:
    names = [str(each) for each in files]
    is_text = files[0].suffix == ".csv"
    listed = ", ".join(_quoted(each) for each in names)
    source = (
        f"read_csv([{listed}], all_varchar=true, header=true, union_by_name=true)"
        if is_text
        else f"read_parquet([{listed}], union_by_name=true)"
    )
    try:
        described = database.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    except Exception as error:  # what DuckDB says of a broken file is for people
        message = Bilingual(f"{table} 读不出来: {error}", f"{table} cannot be read: {error}")
        raise ReadError(Fault("dataset.broken", message, Location(names[0]))) from None
    uses = _uses(layout, table)
    columns: dict[str, ColumnType] = {}
    selected = []
    for name, kind, *_ in described:
        column, expression = _column(name, kind)
        if is_text:
            column, expression = _of_text(database, source, table, name, uses.get(name))
        columns[name] = column
        selected.append(f"{expression} AS {_name(name)}")
    database.execute(f"CREATE OR REPLACE VIEW {_name(table)} AS SELECT {', '.join(selected)} FROM {source}")
    bounds = {} if is_text else _bounds(database, listed, columns)
    return {
        name: ColumnType(each.held, each.decimals, *bounds.get(name, _widest(each)))
        for name, each in columns.items()
    }


def _column(name: str, kind: str) -> tuple[ColumnType, str]:
    """What a column of a type holds, and the expression that gives it as whole numbers."""
    quoted = _name(name)
    if kind in _WHOLE or kind in _UNSIGNED:
        bits = _WHOLE.get(kind) or _UNSIGNED[kind] + 1
        end = 2 ** (bits - 1)
        is_long = bits > 64
        return ColumnType(Held.WHOLE, 0, -end, end - 1), quoted if is_long else f"{quoted}::BIGINT"
    if found := _DECIMAL.fullmatch(kind):
        width, places = int(found[1]), int(found[2])
        end = 10**width - 1
        whole = "BIGINT" if width <= 18 else "HUGEINT"  # noqa: PLR2004: the digits of 64 bits
        return ColumnType(Held.DECIMAL, places, -end, end), f"({quoted} * {10**places})::{whole}"
    held = {"VARCHAR": Held.TEXT, "DATE": Held.DATE, "BOOLEAN": Held.TRUTH}.get(kind)
    return ColumnType(held or Held.DOUBLE), quoted


def _widest(column: ColumnType) -> tuple[int | None, int | None, bool]:
    return column.low, column.high, column.is_known


def _of_text(
    database: duckdb.DuckDBPyConnection, source: str, table: str, name: str, numeric: tuple[str, int] | None
) -> tuple[ColumnType, str]:
    """A column of a CSV: text, or a number as its field and layout say."""
    quoted = _name(name)
    if numeric is None:
        return ColumnType(Held.TEXT), f"nullif({quoted}, '')"
    kind, decimals = numeric
    if kind in ("date", "truth"):
        held, cast = (Held.DATE, "DATE") if kind == "date" else (Held.TRUTH, "BOOLEAN")
        return ColumnType(held), f"nullif(trim({quoted}), '')::{cast}"
    plain = f"replace(trim({quoted}), ',', '')"
    short = rf"^-?[0-9]{{1,18}}(\.[0-9]{{0,{decimals}}})?0*$"
    wrong = database.execute(
        f"SELECT {quoted} FROM {source} WHERE {plain} <> '' AND NOT regexp_full_match({plain}, ?) LIMIT 1",
        [short],
    ).fetchone()
    if wrong:
        message = Bilingual(
            f"{table}.{name}: “{wrong[0]}”不是至多 {decimals} 位小数的数",
            f'{table}.{name}: "{wrong[0]}" is no number of at most {decimals} decimals',
        )
        hint = Bilingual(f"在 {FILE} 中写明 decimals", f"tell its decimals in {FILE}")
        raise ReadError(Fault("dataset.number", message, None, hint))
    low = 10 ** (18 + decimals)
    kind_of = "BIGINT" if decimals == 0 else "HUGEINT"
    whole = f"(nullif({plain}, '')::DECIMAL(38,{decimals}) * {10**decimals})::{kind_of}"
    return ColumnType(Held.DECIMAL, decimals, -low, low), whole


def _uses(layout: Layout, table: str) -> dict[str, tuple[str, int]]:
    """The columns of a CSV that are no text, with what they hold and their decimals."""
    from perfrules.model.subject_types import CORE_TYPES
    from perfrules.model.unit import Kind
    from perfrules.screening.layout import TYPES

    found: dict[str, tuple[str, int]] = {}
    for level, type_ in zip(layout.levels, TYPES, strict=False):
        if level.table != table:
            continue
        parts = [(CORE_TYPES[type_], level.own), *((CORE_TYPES["line"], use) for use in level.lines.values())]
        for subject_type, part in parts:
            kinds = {each.name: each.kind for each in subject_type.fields}
            for name, use in part.fields.items():
                kind = kinds[name]
                if kind is Kind.DATE:
                    found[use.column] = ("date", 0)
                elif kind is not Kind.TEXT:
                    found[use.column] = ("number", MOST_DECIMALS if use.decimals is None else use.decimals)
            for claim in part.claims:
                use = claim.printed
                found[use.column] = ("number", 2 if use.decimals is None else use.decimals)
    for told in layout.complete.values():
        if isinstance(told, str):
            found[told] = ("truth", 0)
    return found


def _bounds(
    database: duckdb.DuckDBPyConnection, listed: str, columns: Mapping[str, ColumnType]
) -> dict[str, tuple[int, int, bool]]:
    """The least and greatest of each column and whether it is always there, from the files' own statistics.

    A column of which some part has none keeps the bounds of its type.
    """
    rows = database.execute(
        "SELECT path_in_schema, list(stats_min_value), list(stats_max_value), list(stats_null_count), count(*), "
        f"sum(num_values) FROM parquet_metadata([{listed}]) GROUP BY 1"
    ).fetchall()
    found = {}
    for name, lows, highs, nulls, parts, _ in rows:
        column = columns.get(name)
        if column is None or column.held not in (Held.WHOLE, Held.DECIMAL):
            continue
        if not (len(lows) == len(highs) == len(nulls) == parts) or None in (*lows, *highs, *nulls):
            continue
        low = min(_steps(each, column.decimals) for each in lows)
        high = max(_steps(each, column.decimals) for each in highs)
        found[name] = (low, high, not any(nulls))
    return found


def _steps(text: str, decimals: int) -> int:
    whole, _, part = str(text).partition(".")
    sign = -1 if whole.startswith("-") else 1
    return sign * int(whole.lstrip("-") + part.ljust(decimals, "0")[:decimals])


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
