"""`perfrules read PATH...`: shows what was read from reports, where it stands, and what was left unread."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.bilingual import Language
from perfrules.cli.options import (
    format_option,
    language_option,
    output_option,
    paths_argument,
    without_option,
)
from perfrules.cli.output import complain, emit, page_for, spare
from perfrules.cli.usage import BilingualCommand


@click.command(cls=BilingualCommand)
@paths_argument
@format_option
@output_option
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
    from perfrules.reporters.ledger_lines import files_not_read

    reading = pipeline.read_paths(paths, catalog(without))
    spare([*paths, *(each.path for one in reading.submissions for each in one.documents)], output)
    if form == "json":
        text = facts_json(reading.submissions)
    else:
        sheet = page_for(output)
        text = facts_terminal(reading.submissions, language, sheet)
        text += files_not_read(reading.faults, language, sheet)
    emit(text, output, form)
    complain(reading.faults, language)
    return 2 if reading.faults else 0
