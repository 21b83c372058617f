"""`perfrules export PATH... -o DATASET`: submissions as a dataset of tables, to be screened with others."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.bilingual import Language
from perfrules.cli.options import corrections_option, language_option, paths_argument, without_option
from perfrules.cli.output import complain, emit
from perfrules.cli.progress import progress
from perfrules.cli.usage import BilingualCommand


@click.command(cls=BilingualCommand)
@paths_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DATASET",
    required=True,
    help="写入此文件夹 / the folder that is written",
)
@corrections_option
@click.option("-q", "--quiet", is_flag=True, help="不显示进度 / no progress")
@without_option
@language_option
def export(
    paths: tuple[Path, ...],
    output: Path,
    corrections: Path | None,
    quiet: bool,
    without: tuple[str, ...],
    language: Language,
) -> int:
    """报送写成数据表 / Writes submissions as a dataset of tables."""
    from perfrules import pipeline, readers
    from perfrules.plugins import catalog
    from perfrules.screening.database import connect

    connect().close()  # what is not installed is told before anything is read
    from perfrules.screening.export import export as run

    found = catalog(without)
    corrected = readers.corrections_from(corrections) if corrections else ()
    besides = [corrections] if corrections else []
    with progress(language, shown=not quiet) as told:
        reading = pipeline.read_paths(paths, found, besides, corrected, told)
    done = run(reading.submissions, found, output)
    zh = language == "zh"
    lines = [
        f"{done.rows} 个部门写入数据表, {done.whole} 个部门整份另存"
        if zh
        else f"{done.rows} departments as rows, {done.whole} whole beside them"
    ]
    lines += [f"  {count}: {why.said(language)}" for why, count in done.whys.items()]
    lines.append(f"已写入 {output.as_posix()}" if zh else f"written to {output.as_posix()}")
    emit("\n".join(lines) + "\n")
    complain(reading.faults, language)
    return 2 if reading.faults else 0
