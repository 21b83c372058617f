"""The questions of a period asked of Spark: the same statement as DuckDB's, over the same whole numbers.

What goes to the workers is SQL and nothing else: no Python runs there. They read the dataset's Parquet where it lies and write
what they find as Parquet beside the output, so both folders are at the same path on every machine. A CSV is read by DuckDB and
handed over as Parquet, for two readers of one CSV would be two readings.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from sqlglot import parse_one

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.language.to_sql import MOST_64, sql_text
from perfrules.screening.database import all_of, connect, named, open_tables, quoted, type_column
from perfrules.screening.frames import Columns, ColumnType, Held
from perfrules.screening.keys import narrowed
from perfrules.screening.layout import Level
from perfrules.screening.prepared import Dataset, Prepared
from perfrules.screening.queries import findings_query
from perfrules.screening.screen import Engine

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LOCAL = "local[*]"
"""Spark in a process of its own on this machine, on all its cores."""
MEANING: Mapping[str, str] = {
    # What does not fit is an error: not NULL, not another number, not fewer digits.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    # A file that is gone or damaged is an error: not fewer rows.
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.files.ignoreCorruptFiles": "false",
    # Texts and names as DuckDB takes them.
    "spark.sql.parquet.binaryAsString": "false",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.caseSensitive": "false",
}
"""Settings that a verdict hangs on: these hold whatever the cluster's own are."""
_PLAIN = {"string": Held.TEXT, "date": Held.DATE, "boolean": Held.TRUTH}
_WHOLE = ("tinyint", "smallint", "int", "bigint")
_DECIMAL = re.compile(r"decimal\((\d+),(\d+)\)")
_MOST_DIGITS = 38
_MEMORY = re.compile(r"([\d.]+)\s*([KMGT])i?B", re.IGNORECASE)
_MEBIBYTES = {"K": 2**-10, "M": 1, "G": 2**10, "T": 2**20}
_LEAST_MEMORY = 512
"""MiB, with less of which Spark does not start."""


@contextmanager
def with_spark(master: str | None = None, memory: str = "1GB") -> Iterator[Engine]:
    """An engine that asks Spark, as long as the context lasts; raises ReadError without pyspark, Java or a cluster.

    `master` is the address of a cluster, as `spark://host:7077`; by default Spark runs on this machine, in `memory`. A session
    that runs already is used, and left running.
    """
    session, is_ours = _session(master or LOCAL, memory)
    try:
        yield lambda dataset, made, work: asked(session, dataset, made, work)
    finally:
        if is_ours:
            session.stop()


def _session(master: str, memory: str) -> tuple[SparkSession, bool]:
    """A session with the settings of `MEANING`, and whether it was started for it."""
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        message = Bilingual("Spark 引擎需要 pyspark", "the engine spark needs pyspark")
        hint = Bilingual("安装: pip install 'perfrules[spark]'", "install it: pip install 'perfrules[spark]'")
        raise ReadError(Fault("screen.no_engine", message, None, hint)) from None
    running = SparkSession.getActiveSession()
    if running is None and not _has_java():
        raise ReadError(_no_java())
    builder = SparkSession.builder.appName("perfrules").master(master)
    for name, value in _of_driver(master, memory).items():
        builder = builder.config(name, value)
    try:
        session = (running or builder.getOrCreate()).newSession()
    except (PySparkException, Py4JError, OSError) as error:
        if "JAVA_GATEWAY" in str(error):
            raise ReadError(_no_java()) from None
        raise ReadError(_failed(error, f"连不上 Spark ({master})", f"no Spark at {master}")) from None
    for name, value in MEANING.items():
        if session.conf.get(name, value) != value:  # to set one warns where it is on its way out
            session.conf.set(name, value)
    return session, running is None


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=os.path.join(home, "bin") if home else None) is not None


def _no_java() -> Fault:
    message = Bilingual("Spark 引擎需要 Java 17 或更新的版本", "the engine spark needs Java 17 or newer")
    hint = Bilingual("安装后设 JAVA_HOME 或 PATH", "install it, and set JAVA_HOME or PATH")
    return Fault("screen.no_engine", message, None, hint)


def _of_driver(master: str, memory: str) -> Mapping[str, str]:
    """The settings of the process beside this one: no web page, no progress bar; on one machine, nothing leaves it."""
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    if master.startswith("local"):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        if found := _MEMORY.fullmatch(memory.strip()):
            mebibytes = int(float(found[1]) * _MEBIBYTES[found[2].upper()])
            settings["spark.driver.memory"] = f"{max(mebibytes, _LEAST_MEMORY)}m"
    return settings


def _failed(error: Exception, zh: str, en: str) -> Fault:
    """A fault with the first thing that Spark says."""
    lines = [each.lstrip(": ") for each in str(error).splitlines() if each.strip()]
    said = next(
        (each for each in lines if not each.startswith("An error occurred while")), type(error).__name__
    )
    return Fault("screen.spark", Bilingual(f"{zh}: {said}", f"{en}: {said}"))


def asked(session: SparkSession, dataset: Dataset, made: Prepared, work: Path) -> str:
    """What DuckDB is to select from for the findings of a period: the files that Spark wrote below `work`."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        _open(session, dataset, made, work)
        found = session.sql(sql_text(findings_query(made.questions.asked, made.relations), "spark"))
        keys = (
            f"CAST(k{depth} AS {_key(session, level)}) AS k{depth}"
            for depth, level in enumerate(dataset.levels)
        )
        found = found.selectExpr("CAST(question AS INT)", *keys, "CAST(outcome AS TINYINT)")
        return _written(found, Path(mkdtemp(prefix="spark-", dir=work)) / "found")
    except (PySparkException, Py4JError) as error:
        raise ReadError(_failed(error, "Spark 未能算完", "Spark did not finish")) from None


def _key(session: SparkSession, level: Level) -> str:
    """The type of a table's keys; where it has none, they are NULL all the same."""
    return dict(session.table(in_spark(named(level.table))).dtypes).get(level.key, "string")


def _open(session: SparkSession, dataset: Dataset, made: Prepared, work: Path) -> None:
    """The tables of the period as views, with the names and the whole numbers of DuckDB's."""
    opened, layout = dataset.opened, dataset.layout
    for depth, level in enumerate(dataset.levels):
        files, columns = opened.files[level.table], opened.columns[level.table]
        is_text = files[0].suffix == ".csv"
        if is_text:
            files = (_as_parquet(dataset, made, level, work),)
        reader = session.read.option("mergeSchema", "true").option("datetimeRebaseMode", "CORRECTED")
        rows = reader.parquet(*map(_address, files))
        selected = list(_selected(level.table, columns, dict(rows.dtypes), is_text=is_text))
        if depth == 1:
            selected += map(in_spark, type_column(layout, columns, made.definition.catalog))
        rows.selectExpr(*selected).createOrReplaceTempView(in_spark(all_of(level.table)))
    period = made.period if len(dataset.periods) > 1 else None
    for table, text in narrowed(layout, opened, period):
        session.sql(in_spark(text)).createOrReplaceTempView(in_spark(named(table)))


def in_spark(text: str) -> str:
    """A text of DuckDB's SQL in Spark's."""
    return parse_one(text, read="duckdb").sql(dialect="spark")


def _address(path: Path) -> str:
    """A file as Spark names it, which takes some characters for patterns."""
    return "file://" + re.sub(r"([\\{}\[\]*?])", r"\\\1", str(path.absolute()))


def _as_parquet(dataset: Dataset, made: Prepared, level: Level, work: Path) -> Path:
    """A table of CSV files as DuckDB reads it, its figures whole numbers; written once in a run."""
    target = work / f"{level.table}.parquet"
    if target.exists():
        return target
    database = connect(spill=work)
    open_tables(database, dataset.folder, dataset.layout, made.definition.catalog)
    view = all_of(level.table)
    described = database.execute(f"DESCRIBE {view}").fetchall()
    # Parquet has no HUGEINT, and DuckDB would write doubles.
    wide = [
        f"{named(name)}::DECIMAL(38,0) AS {named(name)}" for name, kind, *_ in described if kind == "HUGEINT"
    ]
    instead = f" REPLACE ({', '.join(wide)})" if wide else ""
    database.execute(f"COPY (SELECT *{instead} FROM {view}) TO {quoted(str(target))} (FORMAT parquet)")
    database.close()
    return target


def _selected(table: str, columns: Columns, kinds: Mapping[str, str], *, is_text: bool) -> Iterator[str]:
    """The columns that rules may read; raises ReadError where Spark reads another type than DuckDB did."""
    for name, column in columns.items():
        if column.held in (Held.DOUBLE, Held.OTHER):
            continue
        kind, own = kinds.get(name, ""), in_spark(named(name))
        if _held(kind) != _expected(column, is_text=is_text):
            zh = f"{table}.{name}: Spark 读出的类型 ({kind or '无'}) 与 DuckDB 不同"
            en = f"{table}.{name}: Spark reads another type ({kind or 'none'}) than DuckDB"
            raise ReadError(Fault("dataset.column", Bilingual(zh, en)))
        yield f"{_whole(own, kind, column)} AS {own}"


def _held(kind: str) -> tuple[Held, int]:
    """What a column of a Spark type holds, and with how many decimals; numbers are decimals of none or some."""
    if found := _DECIMAL.fullmatch(kind):
        return Held.DECIMAL, int(found[2])
    return (Held.DECIMAL if kind in _WHOLE else _PLAIN.get(kind, Held.OTHER)), 0


def _expected(column: ColumnType, *, is_text: bool) -> tuple[Held, int]:
    held = Held.DECIMAL if column.held is Held.WHOLE else column.held
    return held, 0 if is_text else column.decimals  # of a CSV, DuckDB gave whole numbers


def _whole(own: str, kind: str, column: ColumnType) -> str:
    """A column as it is, or its numbers as whole ones: in 64 bits where its bounds fit, else in 38 digits, none lost."""
    held, places = _held(kind)
    if held is not Held.DECIMAL:
        return own
    fits = None not in (column.low, column.high) and column.low >= -MOST_64 and column.high <= MOST_64  # type: ignore[operator]
    target = "BIGINT" if fits else f"DECIMAL({_MOST_DIGITS},0)"
    if places == 0:
        return f"CAST({own} AS {target})"
    width = int(_DECIMAL.fullmatch(kind)[1])  # type: ignore[index]
    if width + places + 2 <= _MOST_DIGITS:  # the digits that Spark gives a product
        return f"CAST({own} * CAST({10**places} AS DECIMAL({places + 1},0)) AS {target})"
    return f"CAST(REPLACE(CAST({own} AS STRING), '.', '') AS {target})"


def _written(found: DataFrame, folder: Path) -> str:
    """Writes rows as Parquet and gives what selects them; raises ReadError where not all of them are seen from here."""
    from pyspark.sql import Observation, functions

    seen = Observation()
    rows = found.observe(seen, functions.count(functions.lit(1)).alias("rows"))
    rows.write.parquet(f"file://{folder.absolute()}")
    files = ", ".join(quoted(str(each)) for each in sorted(folder.glob("part-*.parquet")))
    source = f"read_parquet([{files}])"
    database = connect()
    here = database.execute(f"SELECT count(*) FROM {source}").fetchone() if files else None
    database.close()
    if here != (seen.get["rows"],):
        message = Bilingual(
            f"Spark 写出的 {seen.get['rows']} 行, 在本机只看到 {here[0] if here else 0} 行",
            f"of {seen.get['rows']} rows that Spark wrote, {here[0] if here else 0} are seen from here",
        )
        hint = Bilingual(
            "用 --temp 指定各台机器路径相同的共享文件夹",
            "--temp takes a folder that all machines share at one path",
        )
        raise ReadError(Fault("screen.not_shared", message, None, hint))
    return source
