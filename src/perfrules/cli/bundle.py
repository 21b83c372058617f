"""`perfrules bundle PATH...`: a check with all it was made with, in one file, to be computed again years later."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from perfrules.bilingual import Language
from perfrules.cli.decisions import spared_day
from perfrules.cli.options import (
    as_of_option,
    corrections_option,
    language_option,
    paths_argument,
    replies_option,
    ruleset_option,
    waivers_options,
    without_option,
)
from perfrules.cli.output import complain, emit, spare
from perfrules.cli.usage import BilingualCommand


@click.command(cls=BilingualCommand)
@paths_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    required=True,
    help="写入文件 / write to a file",
)
@ruleset_option
@as_of_option
@waivers_options
@replies_option
@corrections_option
@without_option
@language_option
def bundle(
    paths: tuple[Path, ...],
    output: Path,
    ruleset: str | None,
    as_of: datetime | None,
    waivers: Path | None,
    review_date: datetime | None,
    replies: tuple[Path, ...],
    corrections: Path | None,
    without: tuple[str, ...],
    language: Language,
) -> int:
    """写出可供日后重算的核查清单 / Writes a check with all it was made with, to be computed again."""
    from perfrules import bundles

    spared_day(review_date, waivers, replies)
    one_each = {"waivers": waivers, "corrections": corrections}
    decisions = {"replies": replies, **{name: (path,) for name, path in one_each.items() if path is not None}}
    asked = bundles.Asked(
        paths,
        ruleset,
        as_of.date() if as_of else None,
        review_date.date() if review_date else None,
        decisions,
        without,
    )
    text, run = bundles.bundle(asked, language)
    spare(
        (
            *paths,
            *(path for each in decisions.values() for path in each),
            *(each.path for report in run.reports for each in report.inputs),
        ),
        output,
    )
    emit(text, output)
    complain(run.told, language)
    said = "已写出, 日后用" if language == "zh" else "written; later"
    emit(
        f"{output.as_posix()}: {said} perfrules verify {output.as_posix()} {' '.join(each.as_posix() for each in paths)}\n"
    )
    return 0
