"""The columns of a CSV as their fields need them: numbers, days and truth values as written, or an error with the row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.model.subject import SubjectType
from perfrules.model.unit import Kind
from perfrules.screening.frames import ColumnType, Held
from perfrules.screening.layout import FILE, TYPES, Layout

if TYPE_CHECKING:
    import duckdb

MOST_DECIMALS = 6
"""Decimals that a column of a CSV may have, where the layout does not say how many."""
MOST_DIGITS = 18
"""Digits before the point."""
YES, NO = ("true", "1", "是"), ("false", "0", "否")


@frozen
class Use:
    """What a column of a CSV that is no text holds: numbers with so many decimals at most, days, truth values."""

    kind: Kind
    decimals: int = 0


Uses = Mapping[str, Use]


def uses_of(layout: Layout, table: str, types: Mapping[str, SubjectType]) -> Uses:
    """The columns of a table that are no texts."""
    found: dict[str, Use] = {}
    for level, type_ in zip(layout.levels, TYPES, strict=False):
        if level.table != table:
            continue
        parts = [(types[type_], level.own), *((types["line"], use) for use in level.lines.values())]
        for subject_type, part in parts:
            kinds = {each.name: each.kind for each in subject_type.fields}
            for name, use in part.fields.items():
                if kinds[name] is Kind.DATE:
                    found[use.column] = Use(Kind.DATE)
                elif kinds[name] is not Kind.TEXT:
                    decimals = MOST_DECIMALS if use.decimals is None else use.decimals
                    found[use.column] = Use(Kind.NUMBER, decimals)
            for claim in part.claims:
                decimals = 2 if claim.printed.decimals is None else claim.printed.decimals
                found[claim.printed.column] = Use(Kind.NUMBER, decimals)
    for told in layout.complete.values():
        if isinstance(told, str):
            found[told] = Use(Kind.TRUTH)
    return found


def csv_column(
    database: duckdb.DuckDBPyConnection, source: str, table: str, name: str, use: Use | None
) -> tuple[ColumnType, str]:
    """What a column holds, and the expression that gives it; raises ReadError with the first row that is not like it."""
    own = '"' + name.replace('"', '""') + '"'
    if use is None:
        return ColumnType(Held.TEXT), f"nullif({own}, '')"
    plain = f"nullif(trim({own}), '')"
    if use.kind is Kind.DATE:
        _look(database, source, (table, name), own, f"try_cast({plain} AS DATE) IS NULL", _DATE)
        return ColumnType(Held.DATE), f"{plain}::DATE"
    if use.kind is Kind.TRUTH:
        yes, no = (", ".join(f"'{each}'" for each in words) for words in (YES, NO))
        _look(database, source, (table, name), own, f"lower({plain}) NOT IN ({yes}, {no})", _TRUTH)
        return ColumnType(Held.TRUTH), f"lower({plain}) IN ({yes})"
    number = f"replace({plain}, ',', '')"
    some = f"\\.[0-9]{{1,{use.decimals}}}0*|" if use.decimals else ""
    pattern = f"-?[0-9]{{1,{MOST_DIGITS}}}({some}\\.0*)?"
    said = Bilingual(
        f"不是至多 {use.decimals} 位小数的数", f"is no number of at most {use.decimals} decimals"
    )
    _look(database, source, (table, name), own, f"NOT regexp_full_match({number}, '{pattern}')", said)
    end = 10 ** (MOST_DIGITS + use.decimals)
    whole = f"({number}::DECIMAL(38,{use.decimals}) * {10**use.decimals})::HUGEINT"
    return _narrowed(database, source, whole, use.decimals, end)


_DATE = Bilingual("不是日期, 请写成 2022-06-30", "is no date; write 2022-06-30")
_TRUTH = Bilingual("应为 true 或 false", "should be true or false")


def _look(
    database: duckdb.DuckDBPyConnection,
    source: str,
    place: tuple[str, str],
    own: str,
    wrong: str,
    said: Bilingual,
) -> None:
    test = f"trim({own}) <> '' AND {wrong}"
    if not database.execute(f"SELECT 1 FROM {source} WHERE {test} LIMIT 1").fetchone():
        return
    database.execute("SET preserve_insertion_order = true")
    rows = f"SELECT row_number() OVER () AS row, {own} AS value FROM {source}"
    test = test.replace(own, "value")
    row, value = database.execute(f"SELECT row, value FROM ({rows}) WHERE {test} LIMIT 1").fetchone() or (
        0,
        "",
    )
    table, name = place
    message = Bilingual(
        f"{table}.{name} 第 {row} 行: “{value}”{said.zh}", f'{table}.{name}, row {row}: "{value}" {said.en}'
    )
    hint = Bilingual(f"小数更多的, 在 {FILE} 中写明 decimals", f"for more decimals, tell them in {FILE}")
    raise ReadError(Fault("dataset.value", message, None, hint if "decimals" in said.en else None))


def _narrowed(
    database: duckdb.DuckDBPyConnection, source: str, whole: str, decimals: int, end: int
) -> tuple[ColumnType, str]:
    """The column with the bounds of what it holds, in 64 bits where these allow it."""
    found = database.execute(f"SELECT min({whole}), max({whole}), count({whole}) = count(*) FROM {source}")
    low, high, is_known = found.fetchone() or (None, None, False)
    if low is None:
        return ColumnType(Held.DECIMAL, decimals, -end, end), whole
    if low >= -(2**63) and high < 2**63:
        whole = whole.removesuffix("HUGEINT") + "BIGINT"
    return ColumnType(Held.DECIMAL, decimals, int(low), int(high), bool(is_known)), whole
