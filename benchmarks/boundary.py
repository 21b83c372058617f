"""Verdicts on the line: how many of a million are wrong, where rows lie exactly on a threshold or one step beside it.

python benchmarks/boundary.py [--rows 1000000] [--slow 20000] [--largest 1e9|1e14] [--json FILE]

Every row is made in whole numbers, and so is the truth. Suites: `share` spent is exactly 30% of the budget, asked spent / budget <
30%; `product` the same asked as spent < 30% * budget; `below` one yuan under; `half up` a printed rate whose true value ends in
…5; `tolerance` a sum off by exactly its tolerance of 0.01万元, asked > 0.01; `weights` seven weights of two decimals that come to 100.
Amounts are yuan, in 万元 with four decimals. What peers are asked is what a person would write. Rows of engines that take one at a time
are the `--slow` first ones.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).parent))

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.language import Scope, check
from perfrules.language.whole import Figures, Frame, lowered
from perfrules.language.whole.nodes import TRUE
from perfrules.model.subject import Field, SubjectType
from perfrules.model.unit import MONEY_UNITS, NUMBER, PERCENT, Kind, Unit
from perfrules.screening.asked import Question, Relation, question
from perfrules.screening.exactly import CloseError
from perfrules.screening.functions import doubles, integers

Row = tuple[int, ...]
PLACES = {"a": 4, "b": 4, "c": 4, "p": 2, **{f"w{number}": 2 for number in range(7)}}
UNITS: dict[str, Unit] = {
    **dict.fromkeys("abc", MONEY_UNITS["万元"]),
    "p": PERCENT,
    **{f"w{number}": NUMBER for number in range(7)},
}


@frozen
class Suite:
    """Rows on a line: the columns, how rows are made, the truth, the rule as ours, and as SQL and Python have it."""

    name: str
    columns: tuple[str, ...]
    made: Callable[[random.Random, int], Row]
    violated: Callable[[Row], bool]
    rule: str
    sql: str
    python: str


def _on_share(dice: random.Random, largest: int) -> Row:
    budget = dice.randrange(1, largest // 10) * 10
    return budget * 3 // 10, budget


def _below(dice: random.Random, largest: int) -> Row:
    spent, budget = _on_share(dice, largest)
    return spent - 1, budget


def _half_up(dice: random.Random, largest: int) -> Row:
    """A budget and a spending whose rate ends exactly in …5 at the third decimal, printed half up."""
    times = dice.randrange(1, max(2, largest // 20_000))
    budget, odd = 20_000 * times, dice.randrange(0, 20_000) * 2 + 1
    spent = times * (odd % 20_000)
    exact = Fraction(10_000 * spent, budget)
    printed = int(exact + Fraction(1, 2))
    return spent, budget, printed


def _tolerance(dice: random.Random, largest: int) -> Row:
    first, second = dice.randrange(1, largest), dice.randrange(1, largest)
    return first, second, first + second + dice.choice((100, -100))


def _weights(dice: random.Random, largest: int) -> Row:
    del largest
    cuts = sorted(dice.sample(range(1, 10_000), 6))
    return tuple(b - a for a, b in zip([0, *cuts], [*cuts, 10_000], strict=True))


SUITES = (
    Suite(
        "share",
        ("a", "b"),
        _on_share,
        lambda r: 10 * r[0] < 3 * r[1],
        "a / b >= 30%",
        "a / b < 0.3",
        "a / b < k('0.3')",
    ),
    Suite(
        "product",
        ("a", "b"),
        _on_share,
        lambda r: 10 * r[0] < 3 * r[1],
        "a >= 30% * b",
        "a < 0.3 * b",
        "a < k('0.3') * b",
    ),
    Suite(
        "below",
        ("a", "b"),
        _below,
        lambda r: 10 * r[0] < 3 * r[1],
        "a / b >= 30%",
        "a / b < 0.3",
        "a / b < k('0.3')",
    ),
    Suite(
        "half up",
        ("a", "b", "p"),
        _half_up,
        lambda r: (20_000 * r[0] + r[1]) // (2 * r[1]) != r[2],
        "p ≈ a / b",
        "round(a / b * 100, 2) <> p",
        "percent(a / b) != p",
    ),
    Suite(
        "tolerance",
        ("a", "b", "c"),
        _tolerance,
        lambda r: abs(r[0] + r[1] - r[2]) > 100,
        "abs(a + b - c) <= 100元",
        "abs(a + b - c) > 0.01",
        "abs(a + b - c) > k('0.01')",
    ),
    Suite(
        "weights",
        tuple(f"w{number}" for number in range(7)),
        _weights,
        lambda r: sum(r) != 10_000,
        " + ".join(f"w{number}" for number in range(7)) + " == 100",
        " + ".join(f"w{number}" for number in range(7)) + " <> 100",
        " + ".join(f"w{number}" for number in range(7)) + " != 100",
    ),
)
_FIELDS = tuple(
    Field(name, Bilingual(name, name), unit.kind if unit.kind is not Kind.NUMBER else Kind.NUMBER)
    for name, unit in UNITS.items()
)
TYPE = SubjectType("department", Bilingual("行", "row"), _FIELDS)


def asked(suite: Suite, largest: int) -> Question:
    """The suite's rule in whole numbers."""
    cells = {
        name: Figures(
            (0, name),
            UNITS[name],
            UNITS[name].scale / 10 ** PLACES[name],
            name == "p",
            0,
            3 * largest,
            is_known=True,
        )
        for name in suite.columns
    }
    frame = Frame("department", 0, cells)
    checked = check(suite.rule, Scope({"department": TYPE}, ("department",), {}))
    return question("suite", "department", 0, TRUE, lowered(checked, (frame,), {}))


def of_whole_numbers(suite: Suite, rows: Sequence[Row], largest: int) -> list[bool]:
    """Our function in whole numbers."""
    run, _ = integers([asked(suite, largest)], [Relation("t", "")])
    return [bool(run(SimpleNamespace(**dict(zip(suite.columns, row, strict=True))))) for row in rows]


def of_doubles(suite: Suite, rows: Sequence[Row], largest: int) -> list[bool]:
    """Our filter in doubles, with whole numbers behind it."""
    scales = {(0, name): 10 ** PLACES[name] for name in suite.columns}
    run, _ = doubles([asked(suite, largest)], [Relation("t", "")], scales)
    exactly, _ = integers([asked(suite, largest)], [Relation("t", "")])
    found = []
    for row in rows:
        values = {name: each / 10 ** PLACES[name] for name, each in zip(suite.columns, row, strict=True)}
        try:
            found.append(bool(run(SimpleNamespace(**values))))
        except CloseError:
            found.append(bool(exactly(SimpleNamespace(**dict(zip(suite.columns, row, strict=True))))))
    return found


def of_our_sql(suite: Suite, rows: Sequence[Row], largest: int) -> list[bool]:
    """Our SQL in DuckDB."""
    from perfrules.screening.queries import findings_query

    database = _loaded(suite, rows, "whole")
    text = findings_query([asked(suite, largest)], [Relation("t", "id")]).sql(dialect="duckdb")
    violated = {key for (key,) in database.execute(f"SELECT k0 FROM ({text})").fetchall()}
    return [number in violated for number in range(len(rows))]


def of_sql(form: str) -> Callable[[Suite, Sequence[Row], int], list[bool]]:
    """SQL as a person writes it."""

    def run(suite: Suite, rows: Sequence[Row], largest: int) -> list[bool]:
        del largest
        database = _loaded(suite, rows, form)
        return [
            bool(each) for (each,) in database.execute(f"SELECT {suite.sql} FROM t ORDER BY id").fetchall()
        ]

    return run


def of_polars(suite: Suite, rows: Sequence[Row], largest: int) -> list[bool]:
    """Polars over doubles, by its own SQL."""
    import polars as pl

    del largest
    frame = pl.DataFrame(
        {name: [row[at] / 10 ** PLACES[name] for row in rows] for at, name in enumerate(suite.columns)}
    )
    return frame.select(pl.sql_expr(suite.sql.replace("<>", "!=")).alias("v"))["v"].to_list()


def of_python(number: Callable[[str], object]) -> Callable[[Suite, Sequence[Row], int], list[bool]]:
    """Python as a person writes it, over doubles or Decimal."""

    def percent(value: object) -> object:
        if isinstance(value, Decimal):
            return (value * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return round(value * 100, 2)  # type: ignore[operator]

    def run(suite: Suite, rows: Sequence[Row], largest: int) -> list[bool]:
        del largest
        names = {"k": number, "percent": percent}
        test = eval(f"lambda {', '.join(suite.columns)}: {suite.python}", names)
        texts = [
            [
                number(str(Decimal(each).scaleb(-PLACES[name])))
                for name, each in zip(suite.columns, row, strict=True)
            ]
            for row in rows
        ]
        return [bool(test(*each)) for each in texts]

    return run


def _loaded(suite: Suite, rows: Sequence[Row], form: str) -> object:
    import duckdb
    import pyarrow as pa

    database = duckdb.connect()
    table = pa.table(
        {"id": range(len(rows)), **{name: [row[at] for row in rows] for at, name in enumerate(suite.columns)}}
    )
    database.register("given", table)
    kinds = {
        "whole": "{0}",
        "double": "({0} / 1e{1})",
        "decimal": "({0}::DECIMAL(18,{1}) / 1e{1}::INTEGER)::DECIMAL(18,{1})",
    }
    if form == "decimal":
        kinds["decimal"] = "({0}::DECIMAL(38,{1}) * 0.{2}1)::DECIMAL(18,{1})"
    columns = ", ".join(
        f"{kinds[form].format(name, PLACES[name], '0' * (PLACES[name] - 1))} AS {name}"
        for name in suite.columns
    )
    database.execute(f"CREATE TABLE t AS SELECT id, {columns} FROM given")
    return database


ENGINES: dict[str, tuple[Callable[[Suite, Sequence[Row], int], list[bool]], bool]] = {
    "perfrules, whole numbers": (of_whole_numbers, True),
    "perfrules, doubles in front": (of_doubles, True),
    "perfrules, DuckDB": (of_our_sql, False),
    "DuckDB, doubles": (of_sql("double"), False),
    "DuckDB, DECIMAL": (of_sql("decimal"), False),
    "Polars, doubles": (of_polars, False),
    "Python, doubles": (of_python(float), True),
    "Python, Decimal": (of_python(Decimal), True),
}


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--slow", type=int, default=20_000)
    parser.add_argument("--largest", type=float, default=1e9)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    largest = int(given.largest)
    print(
        f"budgets below {largest:,} yuan, {given.rows:,} rows, {given.slow:,} one at a time; wrong of a million"
    )
    print(f"{'engine':30}" + "".join(f"{each.name:>11}" for each in SUITES))
    table: dict[str, dict[str, int | None]] = {}
    for name, (run, is_slow) in ENGINES.items():
        table[name] = {}
        for suite in SUITES:
            dice = random.Random(f"{suite.name} {largest}")
            rows = [suite.made(dice, largest) for _ in range(given.slow if is_slow else given.rows)]
            truth = [suite.violated(row) for row in rows]
            try:
                said = run(suite, rows, largest)
            except ImportError:
                table[name][suite.name] = None
                continue
            wrong = sum(a != b for a, b in zip(said, truth, strict=True))
            table[name][suite.name] = round(wrong / len(rows) * 1e6)
        shown = "".join(f"{'-' if each is None else each:>11}" for each in table[name].values())
        print(f"{name:30}{shown}", flush=True)
    if given.json:
        given.json.write_text(json.dumps(table, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
