"""`perfrules compare OLD NEW`: what became of the findings of a report, or of a county, in a later one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from perfrules.bilingual import Language
from perfrules.cli.decisions import decisions
from perfrules.cli.options import (
    as_of_option,
    corrections_option,
    fail_on_option,
    language_option,
    output_option,
    replies_option,
    ruleset_option,
    waivers_options,
    without_option,
)
from perfrules.cli.output import FOR_PEOPLE, complain, emit, page_for, spare
from perfrules.cli.usage import BilingualCommand
from perfrules.model.comparison import OPEN, Comparison
from perfrules.model.rule import Severity


@click.command(cls=BilingualCommand)
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@ruleset_option
@as_of_option
@waivers_options
@replies_option
@corrections_option
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["rich", "json"]),
    default="rich",
    help="rich 或 json / rich or json",
)
@output_option
@fail_on_option
@without_option
@language_option
def compare(
    old: Path,
    new: Path,
    ruleset: str | None,
    as_of: datetime | None,
    waivers: Path | None,
    review_date: datetime | None,
    replies: tuple[Path, ...],
    corrections: Path | None,
    form: str,
    output: Path | None,
    fail_on: str,
    without: tuple[str, ...],
    language: Language,
) -> int:
    """对比两次的发现: 报告、文件夹或 JSON 结果 / Holds two results, or reports, against each other."""
    from perfrules import comparison, pipeline, readers
    from perfrules.plugins import catalog
    from perfrules.reporters.comparison import comparison_json, comparison_terminal

    found = catalog(without)
    prepared = pipeline.prepare(ruleset, found, with_examples=False)
    decided = decisions(waivers, replies, review_date, prepared, found)
    besides = (corrections,) if corrections else ()
    given = comparison.Given(
        prepared,
        found,
        as_of.date() if as_of else None,
        corrections=tuple(readers.corrections_from(corrections)) if corrections else (),
        besides=besides,
        waivers=decided.waivers,
        replies=decided.replies,
    )
    told, runs, files = comparison.compare(old, new, given, language)
    spare((old, new, *besides, *decided.files, *files), output)
    if form == "json":
        text = comparison_json(told, pipeline.version())
    else:
        text = comparison_terminal(told, language, page_for(output))
    emit(text, output, for_people=form == FOR_PEOPLE)
    complain([fault for each in runs for fault in each.told], language)
    return 2 if any(each.faults for each in runs) else int(fails(told, fail_on))


def fails(told: Comparison, fail_on: str) -> bool:
    """Whether a finding as grave as `fail_on` is new, still there, or can no longer be decided; never for `never`."""
    if fail_on == "never":
        return False
    worst = Severity(fail_on).rank
    developments = (each for pair in told.pairs for each in pair.developments)
    return any(each.change in OPEN and each.known.severity.rank <= worst for each in developments)
