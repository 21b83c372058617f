"""Many projects: Parquet in, violations out, beside the peers in one run, each engine in a process of its own.

python benchmarks/bulk.py DATA [--rounds 5] [--only NAME …] [--json FILE]

DATA is made by benchmarks/workload/generate.py. Rounds are interleaved over the engines: each starts a process, runs once to warm up
and then once for the clock; the table has medians of rounds, the most memory of the process, and how far its twenty counts are
from ours, which are exact. Two threads, 400 MB for our database, 12 GB for the hand-written ones.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from workload import FOLDER, NAMES, workload_catalog, workload_ruleset

Run = Callable[[], list[int]]


def ours(data: Path, folder: Path, *, findings: bool) -> Run:
    """Our screens over whole numbers, the ruleset laid over the data anew each time."""
    from perfrules.screening.database import connect
    from perfrules.screening.screen import counted, prepared, screened

    for path in (data / "whole").glob("*.parquet"):
        (folder / path.name).symlink_to(path.resolve())
    shutil.copy(FOLDER / "dataset.yaml", folder)
    catalog = workload_catalog()
    ruleset = workload_ruleset(catalog)
    database = connect("400MB", 2)

    def run() -> list[int]:
        made = prepared(folder, database, ruleset, catalog)
        if findings:
            found = screened(made, database, folder / "findings.parquet")
            return [found.get(rule, (0, 0))[0] for rule in NAMES]
        pairs = zip(made.questions.asked, counted(made, database), strict=True)
        by_rule = {each.rule: violated for each, (violated, _) in pairs}
        return [by_rule[rule] for rule in NAMES]

    return run


def duckdb(data: Path, folder: Path, form: str, *, findings: bool = False) -> Run:
    """SQL written by hand, over doubles or DECIMAL."""
    import duckdb as engine
    from workload import sql

    database = engine.connect(config={"threads": 2, "memory_limit": "12GB"})
    for table in ("dept", "proj", "ind"):
        database.execute(
            f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{data}/{form}/{table}-*.parquet')"
        )
    target = folder / "findings.parquet"

    def run() -> list[int]:
        if not findings:
            return list(database.execute(sql.COUNTS).fetchone() or ())
        database.execute(f"COPY ({sql.FINDINGS}) TO '{target}' (FORMAT parquet)")
        counts = dict(database.execute(f"SELECT rule, count(*) FROM '{target}' GROUP BY rule").fetchall())
        return [counts.get(rule, 0) for rule in range(len(NAMES))]

    return run


def polars(data: Path, folder: Path) -> Run:
    """Expressions over doubles, streaming."""

    del folder
    frame = _frame(data)
    rules = _polars_rules()
    query = frame.select([each.sum().alias(name) for name, each in zip(NAMES, rules, strict=True)])
    return lambda: list(query.collect(engine="streaming").row(0))  # type: ignore[call-overload]


def pandera(data: Path, folder: Path) -> Run:
    """Polars joins the tables, pandera checks the frame of departments: twenty checks, failures counted."""
    import pandera.polars as pa

    del folder
    frame = _frame(data)

    def check(rule: object, name: str) -> pa.Check:
        return pa.Check(lambda given: given.lazyframe.select((~rule).fill_null(value=True)), name=name)  # type: ignore[operator]

    schema = pa.DataFrameSchema(
        checks=[check(rule, name) for name, rule in zip(NAMES, _polars_rules(), strict=True)]
    )

    def run() -> list[int]:
        try:
            schema.validate(frame.collect(), lazy=True)
        except pa.errors.SchemaErrors as error:
            counts = dict(error.failure_cases.group_by("check").len().iter_rows())
            return [counts.get(name, 0) for name in NAMES]
        return [0] * len(NAMES)

    return run


def _frame(data: Path) -> object:
    import polars as pl

    c = pl.col
    scans = [pl.scan_parquet(data / "double" / f"{table}-*.parquet") for table in ("dept", "proj", "ind")]
    rate = (c.spent / c.adjusted * 100).round(2, mode="half_away_from_zero")
    targets = (
        scans[2]
        .group_by("project_id")
        .agg(
            ((c.target != 0) & (c.actual / c.target < 0.5)).any().alias("unreached"),
            c.weight.sum().alias("weights"),
        )
    )
    projects = (
        scans[1]
        .join(targets, on="project_id", how="left")
        .group_by("dept_id")
        .agg(
            c.spent.sum().alias("s_spent"),
            pl.len().alias("number"),
            (c.spent > c.appropriated).any().alias("over_paid"),
            (c.appropriated > c.adjusted).any().alias("over_budget"),
            ((c.adjusted != 0) & (c.spent / c.adjusted < 0.3)).sum().alias("late"),
            ((c.adjusted != 0) & (rate != c.claimed)).any().alias("claims"),
            (c.spent == 0).sum().alias("idle"),
            c.unreached.any().alias("s_unreached"),
            (c.weights != 100).any().alias("s_weights"),
            (c.adjusted.is_null() | ((c.adjusted == 0) & (c.spent > 0))).any().alias("missing"),
        )
    )
    return scans[0].join(projects, on="dept_id", how="left")


def _polars_rules() -> list[object]:
    import polars as pl

    c = pl.col
    ok, rate = c.adjusted != 0, c.spent / c.adjusted
    printed = (rate * 100).round(2, mode="half_away_from_zero")
    return [
        (c.initial + c.carried + c.adjustments - c.adjusted).abs() > 0.01,
        (c.spent_basic + c.spent_project - c.spent).abs() > 0.0001,
        c.spent > c.appropriated,
        c.appropriated > c.adjusted,
        ok & (rate < 0.3),
        ok & (printed != c.claimed),
        ok & ((c.claimed - rate * 100).abs() > 0.5),
        ok & (rate < 0.6),
        ok & (rate >= 0.6) & (rate < 0.85),
        ok & (c.carried / c.adjusted > 0.2),
        (c.initial > 0) & (c.adjustments.abs() / c.initial > 0.1),
        (c.s_spent - c.spent_project).abs() > 0.01,
        c.over_paid,
        c.over_budget,
        c.late > 3,
        c.claims,
        2 * c.idle > c.number,
        c.s_unreached,
        c.s_weights,
        c.adjusted.is_null() | ((c.adjusted == 0) & (c.spent > 0)) | c.missing,
    ]


ENGINES: dict[str, Callable[[Path, Path], Run]] = {
    "perfrules, counts": lambda data, folder: ours(data, folder, findings=False),
    "DuckDB by hand, doubles, counts": lambda data, folder: duckdb(data, folder, "double"),
    "DuckDB by hand, DECIMAL, counts": lambda data, folder: duckdb(data, folder, "decimal"),
    "perfrules, findings": lambda data, folder: ours(data, folder, findings=True),
    "DuckDB by hand, doubles, findings": lambda data, folder: duckdb(data, folder, "double", findings=True),
    "Polars, doubles, counts": polars,
    "pandera on Polars, doubles": pandera,
}


def child(name: str, data: Path) -> None:
    """One engine once: to warm up, and for the clock."""
    with tempfile.TemporaryDirectory() as folder:
        run = ENGINES[name](data, Path(folder))
        run()
        start = time.perf_counter()
        counts = run()
        seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "counts": [int(each) for each in counts]}))


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child")
    given = parser.parse_args()
    if given.child:
        child(given.child, given.data)
        return
    names = [each for each in ENGINES if not given.only or any(word in each for word in given.only)]
    results: dict[str, list[dict[str, object]]] = {name: [] for name in names}
    for _ in range(given.rounds):
        for name in names:
            done = subprocess.run(
                [sys.executable, __file__, str(given.data), "--child", name],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                print(f"{name}: {done.stderr.strip().splitlines()[-1]}")
                continue
            results[name].append(json.loads(done.stdout.splitlines()[-1]))
    exact = next(runs[0]["counts"] for name, runs in results.items() if name.startswith("perfrules"))
    print(f"{'engine':36} {'seconds':>8} {'MiB':>6} {'wrong':>7}")
    rows = []
    for name, runs in results.items():
        if runs:
            wrong = sum(abs(a - b) for a, b in zip(runs[0]["counts"], exact, strict=True))  # type: ignore[call-overload]
            row = {
                "engine": name,
                "seconds": statistics.median(each["seconds"] for each in runs),  # type: ignore[type-var]
                "memory": max(each["memory"] for each in runs),  # type: ignore[type-var]
                "wrong": wrong,
            }
            rows.append(row)
            print(f"{name:36} {row['seconds']:8.3f} {row['memory']:6.0f} {wrong:7}")
    versions = {}
    for name in ("duckdb", "sqlglot", "polars", "pandera"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    print("  ".join(f"{name} {each}" for name, each in versions.items()))
    if given.json:
        given.json.write_text(json.dumps({"versions": versions, "rows": rows}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
