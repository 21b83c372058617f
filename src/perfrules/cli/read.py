"""`perfrules read PATH...`: shows what was read from reports, where it stands, and what was left unread."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.bilingual import Language
from perfrules.cli.options import (
    corrections_option,
    format_option,
    language_option,
    output_option,
    paths_argument,
    without_option,
)
from perfrules.cli.output import FOR_PEOPLE, complain, emit, page_for, spare, write_bytes
from perfrules.cli.usage import BilingualCommand


@click.command(cls=BilingualCommand)
@paths_argument
@format_option
@output_option
@click.option(
    "--review",
    type=click.Path(path_type=Path),
    metavar="FILE.xlsx",
    help="写出核对表: 每个数字、原文和位置 / write a review: every figure beside its words and place",
)
@click.option(
    "--text/--no-text",
    "with_text",
    default=None,
    help="显示原文并标出读到的数字, 默认只在彩色终端显示 / the text with its figures marked; by default on a colour terminal",
)
@corrections_option
@without_option
@language_option
def read(
    paths: tuple[Path, ...],
    form: str,
    output: Path | None,
    review: Path | None,
    corrections: Path | None,
    with_text: bool | None,
    without: tuple[str, ...],
    language: Language,
) -> int:
    """显示读到的数据 / Shows what is read from reports."""
    from perfrules import pipeline, readers
    from perfrules.plugins import catalog
    from perfrules.reporters.facts_json import facts_json
    from perfrules.reporters.facts_terminal import facts_terminal
    from perfrules.reporters.ledger_lines import files_told
    from perfrules.reporters.marked_text import marked_text
    from perfrules.reporters.words import WHY_UNREAD

    corrected = readers.corrections_from(corrections) if corrections else ()
    besides = [each for each in (corrections, review) if each]
    reading = pipeline.read_paths(paths, catalog(without), besides, corrected)
    given: list[str | Path] = [*paths, *(each.path for one in reading.submissions for each in one.documents)]
    inputs: list[str | Path] = [*given, corrections] if corrections else [*given]
    spare(inputs, output)
    if review:
        spare(inputs, review)
        readers.keep_review(review, reading.documents)
        whys = {name: said.said(language) for name, said in WHY_UNREAD.items()}
        write_bytes(readers.review_workbook(reading.documents, whys, corrected), review)
    if form == "json":
        text = facts_json(reading.submissions)
    else:
        sheet = page_for(output)
        text = facts_terminal(reading.submissions, language, sheet)
        if sheet.colour if with_text is None else with_text:
            text += marked_text(reading.documents, reading.submissions, language, sheet)
        text += files_told(reading.faults, reading.remarks, language, sheet)
    emit(text, output, for_people=form == FOR_PEOPLE)
    complain((*reading.faults, *reading.remarks), language)
    return 2 if reading.faults else 0
