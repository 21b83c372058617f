"""`perfrules check PATH...`: reads reports, asks the rules of them, and prints the findings."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfrules.bilingual import Bilingual, Language
from perfrules.cli.decisions import decisions, tell_of_decisions
from perfrules.cli.forms import asked_for, forms_option
from perfrules.cli.options import (
    as_of_option,
    corrections_option,
    detail_of,
    detail_options,
    fail_on_option,
    jobs_option,
    language_option,
    output_option,
    paths_argument,
    replies_option,
    ruleset_option,
    waivers_options,
    without_option,
)
from perfrules.cli.output import complain, emit, page_for, reach, spare
from perfrules.cli.progress import progress
from perfrules.cli.usage import BilingualCommand
from perfrules.model.report import Report
from perfrules.model.rule import Severity
from perfrules.plugins.hooks import Detail, Reporter

if TYPE_CHECKING:
    from perfrules.pipeline import Run

INTERRUPTED = 130
"""The exit code after Ctrl-C."""


@click.command(cls=BilingualCommand)
@paths_argument
@ruleset_option
@as_of_option
@waivers_options
@replies_option
@corrections_option
@forms_option
@output_option
@detail_options
@fail_on_option
@jobs_option
@without_option
@language_option
def check(
    paths: tuple[Path, ...],
    ruleset: str | None,
    as_of: datetime | None,
    waivers: Path | None,
    review_date: datetime | None,
    replies: tuple[Path, ...],
    corrections: Path | None,
    forms: tuple[str, ...],
    output: Path | None,
    quiet: bool,
    verbose: bool,
    group_by: str,
    fail_on: str,
    jobs: int | None,
    without: tuple[str, ...],
    language: Language,
) -> int:
    """核查报告 / Checks reports: files, or folders of files."""
    from perfrules import pipeline, readers
    from perfrules.plugins import catalog, written

    detail = detail_of(quiet=quiet, verbose=verbose)
    found = catalog(without)
    wanted = asked_for(forms, output, found.reporters, language)
    reach(target for _, target in wanted if target is not None)
    day: date | None = as_of.date() if as_of else None
    prepared = pipeline.prepare(ruleset, found, with_examples=False)
    decided = decisions(waivers, replies, review_date, prepared, found)
    corrected = readers.corrections_from(corrections) if corrections else ()
    besides = (corrections,) if corrections else ()
    is_whole = True
    with progress(language, shown=not quiet) as told:
        try:
            run = pipeline.check_paths(
                paths, prepared, found, day, decided.waivers, corrected, besides, told, decided.replies, jobs
            )
        except pipeline.Interrupted as stopped:
            run, is_whole = stopped.run, False
    given = (*paths, *besides, *decided.files)
    given += tuple(Path(each.path) for report in run.reports for each in report.inputs)
    for _, target in wanted:
        spare(given, target)
    for form, target in wanted if run.reports else ():
        text = written(
            form, found, run.results, language, page_for(target, shown_in(form, target, detail), group_by)
        )
        emit(text, target, for_people=form.for_people)
    complain(run.told, language)
    if not is_whole:
        click.echo(interrupted(run).said(language), err=True)
        return INTERRUPTED
    tell_of_decisions(run, decided, paths, language)
    return 2 if run.faults else int(fails(run.reports, fail_on))


def shown_in(form: Reporter, target: Path | None, detail: Detail) -> Detail:
    """How much a form shows: `--quiet` is for what people read on the screen, a file is always whole."""
    is_whole = target is not None or not form.for_people
    return Detail.NORMAL if detail is Detail.QUIET and is_whole else detail


def interrupted(run: Run) -> Bilingual:
    """What an interrupted run came to, in one line."""
    left = sum(each.code == "check.interrupted" for each in run.faults)
    if not left:
        return Bilingual(
            "已中断: 读取没有完成, 没有核查任何一份, 没有写出结果",
            "interrupted: not everything was read; nothing was checked, and no results are written",
        )
    if not run.reports:
        return Bilingual(
            f"已中断: {left} 份都没有核查, 没有写出结果",
            f"interrupted: none of {left} was checked, and no results are written",
        )
    return Bilingual(
        f"已中断: 结果只有已核查的 {len(run.reports)} 份, 另有 {left} 份没有核查, 见上",
        f"interrupted: the results are those of the {len(run.reports)} that were checked; {left} were not, as told above",
    )


def fails(reports: tuple[Report, ...], fail_on: str) -> bool:
    """Whether some finding is as grave as `fail_on` or graver; never for `never`."""
    if fail_on == "never":
        return False
    worst = Severity(fail_on).rank
    return any(finding.severity.rank <= worst for report in reports for finding in report.findings)
