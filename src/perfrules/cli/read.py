"""`perfrules read PATH...`: shows what was read from reports, where it stands, and what was left unread."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.bilingual import Language
from perfrules.cli.options import complain, emit, language_option, page, paths_argument, without_option


@click.command()
@paths_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["rich", "json"]),
    default="rich",
    help="rich 或 json / rich or json",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="写入文件 / write to a file"
)
@without_option
@language_option
def read(
    paths: tuple[Path, ...], form: str, output: Path | None, without: tuple[str, ...], language: Language
) -> int:
    """显示读到的数据 / Shows what is read from reports."""
    from perfrules import pipeline
    from perfrules.plugins import catalog
    from perfrules.reporters.facts_json import facts_json
    from perfrules.reporters.facts_terminal import facts_terminal

    reading = pipeline.read_paths(paths, catalog(without))
    if form == "json":
        emit(facts_json(reading.submissions), output)
    else:
        emit(facts_terminal(reading.submissions, language, page()), output)
    complain(reading.faults, language)
    return 2 if reading.faults else 0
