"""`perfrules verify FILE PATH...`: a bundle computed again; the same, or what differs."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.bilingual import Language
from perfrules.cli.options import (
    format_option,
    language_option,
    output_option,
    paths_argument,
    ruleset_option,
)
from perfrules.cli.output import FOR_PEOPLE, emit, page_for, spare
from perfrules.cli.usage import BilingualCommand


@click.command(cls=BilingualCommand)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@paths_argument
@ruleset_option
@format_option
@output_option
@language_option
def verify(
    file: Path,
    paths: tuple[Path, ...],
    ruleset: str | None,
    form: str,
    output: Path | None,
    language: Language,
) -> int:
    """按清单重算, 说明是否一致 / Computes a bundle again and says whether it comes out the same."""
    from perfrules import bundles, pipeline
    from perfrules.reporters.verification import verification_json, verification_terminal

    spare((file, *paths), output)
    found = bundles.verify(file, paths, ruleset)
    if form == "json":
        text = verification_json(found, str(file), pipeline.version())
    else:
        text = verification_terminal(found, str(file), language, page_for(output))
    emit(text, output, for_people=form == FOR_PEOPLE)
    return int(bool(found.differences))
