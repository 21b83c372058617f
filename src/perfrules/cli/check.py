"""`perfrules check PATH...`: reads reports, asks the rules of them, and prints the findings."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from perfrules.bilingual import Language
from perfrules.cli.options import (
    as_of_option,
    language_option,
    output_option,
    paths_argument,
    ruleset_option,
    without_option,
)
from perfrules.cli.output import FOR_PEOPLE, complain, emit, page_for, spare
from perfrules.cli.usage import BilingualCommand
from perfrules.model.report import Report
from perfrules.model.rule import Severity


@click.command(cls=BilingualCommand)
@paths_argument
@ruleset_option
@as_of_option
@click.option(
    "--format", "form", default="rich", metavar="FORMAT", help="rich 或 json, 见 plugins list / rich or json"
)
@output_option
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "notice", "never"]),
    default="error",
    help="有此级别及以上的发现时返回 1 / exit code 1 from this severity on",
)
@without_option
@language_option
def check(
    paths: tuple[Path, ...],
    ruleset: str | None,
    as_of: datetime | None,
    form: str,
    output: Path | None,
    fail_on: str,
    without: tuple[str, ...],
    language: Language,
) -> int:
    """核查报告 / Checks reports: files, or folders of files."""
    from perfrules import pipeline
    from perfrules.plugins import catalog
    from perfrules.reporters.ledger_lines import files_not_read

    found = catalog(without)
    if form not in found.reporters:
        raise click.BadParameter(", ".join(sorted(found.reporters)), param_hint="--format")
    day: date | None = as_of.date() if as_of else None
    run = pipeline.check_paths(paths, pipeline.prepare(ruleset, found), found, day)
    spare([*paths, *(each.path for report in run.reports for each in report.inputs)], output)
    sheet = page_for(output)
    text = found.reporters[form].write(run.reports, language, sheet)
    if form == FOR_PEOPLE:
        text += files_not_read(run.faults, language, sheet)
    emit(text, output, form)
    complain(run.faults, language)
    return 2 if run.faults else int(fails(run.reports, fail_on))


def fails(reports: tuple[Report, ...], fail_on: str) -> bool:
    """Whether some finding is as grave as `fail_on` or graver; never for `never`."""
    if fail_on == "never":
        return False
    worst = Severity(fail_on).rank
    return any(finding.severity.rank <= worst for report in reports for finding in report.findings)
