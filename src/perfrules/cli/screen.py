"""`perfrules screen DATASET`: a ruleset asked of a dataset of tables, by a database; writes the findings as Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from perfrules.bilingual import Bilingual, Language
from perfrules.cli.options import (
    as_of_option,
    fail_on_option,
    format_option,
    language_option,
    ruleset_option,
    without_option,
)
from perfrules.cli.output import FOR_PEOPLE, emit, spare
from perfrules.cli.progress import progress
from perfrules.cli.usage import BilingualCommand
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.rule import Severity

if TYPE_CHECKING:
    from perfrules.rules import CompiledRuleset
    from perfrules.screening.screen import Engine, Screened


@click.command(cls=BilingualCommand)
@click.argument("dataset", type=click.Path(path_type=Path))
@ruleset_option
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    help="用哪个引擎, 默认 duckdb / which engine",
)
@click.option(
    "--master", metavar="URL", help="Spark 主节点, 如 spark://host:7077 / master of a Spark cluster"
)
@as_of_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE.parquet",
    required=True,
    help="发现写入此文件 / where the findings go",
)
@click.option(
    "--explain",
    type=click.IntRange(0, 10_000),
    default=0,
    metavar="N",
    help="每条规则差距最大的 N 项写出全部依据 / the worst N of each rule in full",
)
@click.option("--memory", default="1GB", metavar="SIZE", help="内存上限, 默认 1GB / memory of the database")
@click.option(
    "--threads", type=click.IntRange(1), metavar="N", help="线程数, 默认全部 / threads, default: all"
)
@click.option(
    "--temp",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="溢出文件放在此处, 默认输出旁 / where to spill, default: beside the output",
)
@format_option
@click.option("-q", "--quiet", is_flag=True, help="不显示进度 / no progress")
@fail_on_option
@without_option
@language_option
def screen(
    dataset: Path,
    ruleset: str | None,
    engine: str,
    master: str | None,
    as_of: datetime | None,
    output: Path,
    explain: int,
    memory: str,
    threads: int | None,
    temp: Path | None,
    form: str,
    quiet: bool,
    fail_on: str,
    without: tuple[str, ...],
    language: Language,
) -> int:
    """成批筛查数据表 / Screens a dataset of tables."""
    from perfrules import pipeline
    from perfrules.cli.screened import screened_json, screened_text
    from perfrules.plugins import catalog
    from perfrules.screening.database import connect

    found = catalog(without)
    prepared = pipeline.prepare(ruleset, found, with_examples=False)
    day = as_of.date() if as_of else None
    besides = _besides(output)
    for target in (output, besides):
        spare(dataset.rglob("*") if dataset.is_dir() else (), target)
    with _work(temp or output.parent) as work, progress(language, shown=not quiet) as draw:
        database = connect(memory, threads, work)
        from perfrules.screening.screen import screen as run

        asked = _engine(engine, master, memory)

        def step(stage: str, done: int, total: int) -> None:
            if draw is not None:
                draw(pipeline.Step("screen" if stage == "screen" else "ask", done, total, ""))

        came_to = run(dataset, database, prepared, found, output, work, day, asked, explain, step)
        database.close()
    if explain:
        from perfrules.cli.screened import explained_json

        emit(explained_json(came_to, prepared.ruleset, language), besides, for_people=False)
    if form == "json":
        emit(screened_json(came_to, prepared.ruleset, output, language), for_people=False)
    else:
        emit(screened_text(came_to, prepared.ruleset, output, language), for_people=form == FOR_PEOPLE)
    return int(_fails(came_to, prepared, fail_on))


def _besides(output: Path) -> Path:
    """The file of what is explained: beside the findings."""
    return output.with_name(f"{output.stem}.explained.json")


@contextmanager
def _work(folder: Path) -> Iterator[Path]:
    """A folder for what is spilled, gone when the run ends, however it does."""
    try:
        made = TemporaryDirectory(prefix=".perfrules-", dir=folder)
    except OSError as error:
        message = Bilingual(
            f"无法写入这个文件夹 ({error.strerror})", f"the folder cannot be written to ({error.strerror})"
        )
        raise ReadError(Fault("output.cannot_write", message, Location(folder.as_posix()))) from None
    with made as name:
        yield Path(name)


def _engine(name: str, master: str | None, memory: str) -> Engine:
    """The engine of that name; raises ReadError where its extra is not installed."""
    if name == "duckdb":
        from perfrules.screening.screen import with_duckdb

        if master:
            message = Bilingual("--master 只用于 --engine spark", "--master goes with --engine spark")
            raise ReadError(Fault("screen.master", message))
        return with_duckdb
    try:
        engine: Engine = import_module("perfrules.screening.spark").with_spark(master, memory)
    except ImportError:
        message = Bilingual("Spark 引擎需要 pyspark", "the engine spark needs pyspark")
        hint = Bilingual("安装: pip install 'perfrules[spark]'", "install it: pip install 'perfrules[spark]'")
        raise ReadError(Fault("screen.no_engine", message, None, hint)) from None
    return engine


def _fails(came_to: Screened, prepared: CompiledRuleset, fail_on: str) -> bool:
    """Whether a rule of that severity, or a graver one, is violated."""
    if fail_on == "never":
        return False
    limit = Severity(fail_on).rank
    rules = prepared.ruleset.rules
    return any(
        violated and min(each.rank for each in (rules[rule].severity, *_levels(prepared, rule))) <= limit
        for rule, (violated, _) in came_to.counts.items()
    )


def _levels(prepared: CompiledRuleset, rule: str) -> list[Severity]:
    return [each.severity for each in prepared.ruleset.rules[rule].bands if each.severity]
