"""`perfrules check PATH...`: reads reports, asks the rules of them, and prints the findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfrules.bilingual import Bilingual, Language
from perfrules.cli.forms import asked_for, forms_option
from perfrules.cli.options import (
    as_of_option,
    corrections_option,
    fail_on_option,
    language_option,
    output_option,
    paths_argument,
    ruleset_option,
    waivers_options,
    without_option,
)
from perfrules.cli.output import complain, emit, page_for, spare
from perfrules.cli.usage import BilingualCommand
from perfrules.errors import Fault, RulesetError
from perfrules.model.report import Report
from perfrules.model.rule import Severity

if TYPE_CHECKING:
    from perfrules.plugins import Catalog
    from perfrules.rules import CompiledRuleset, Waivers


@click.command(cls=BilingualCommand)
@paths_argument
@ruleset_option
@as_of_option
@waivers_options
@corrections_option
@forms_option
@output_option
@fail_on_option
@without_option
@language_option
def check(
    paths: tuple[Path, ...],
    ruleset: str | None,
    as_of: datetime | None,
    waivers: Path | None,
    review_date: datetime | None,
    corrections: Path | None,
    forms: tuple[str, ...],
    output: Path | None,
    fail_on: str,
    without: tuple[str, ...],
    language: Language,
) -> int:
    """核查报告 / Checks reports: files, or folders of files."""
    from perfrules import pipeline, readers
    from perfrules.plugins import catalog

    found = catalog(without)
    wanted = asked_for(forms, output, found.reporters, language)
    day: date | None = as_of.date() if as_of else None
    prepared = pipeline.prepare(ruleset, found, with_examples=False)
    loaded = _waivers(waivers, review_date, prepared, found)
    corrected = readers.corrections_from(corrections) if corrections else ()
    besides = (corrections,) if corrections else ()
    run = pipeline.check_paths(paths, prepared, found, day, loaded, corrected, besides)
    given = (*paths, *besides, *((waivers,) if waivers else ()))
    given += tuple(Path(each.path) for report in run.reports for each in report.inputs)
    for _, target in wanted:
        spare(given, target)
    for form, target in wanted:
        emit(form.write(run.results, language, page_for(target)), target, for_people=form.for_people)
    complain(run.faults, language)
    if run.elsewhere:
        click.echo(_elsewhere(run.elsewhere, language), err=True)
    return 2 if run.faults else int(fails(run.reports, fail_on))


def _waivers(
    path: Path | None, review_date: datetime | None, ruleset: CompiledRuleset, catalog: Catalog
) -> Waivers | None:
    from perfrules.rules import load_waivers

    if path is not None:
        day = review_date.date() if review_date else None
        return load_waivers(path, ruleset, catalog.types, catalog.functions, day)
    if review_date is not None:
        message = Bilingual("--review-date 只与 --waivers 同用", "--review-date goes with --waivers")
        hint = Bilingual("规则的日期用 --as-of", "--as-of is the date of the rules")
        raise RulesetError(Fault("waivers.none", message, None, hint))
    return None


def _elsewhere(departments: Sequence[str], language: Language) -> str:
    """The departments that waivers name and no submission is from, in one line."""
    if language == "zh":
        return f"豁免文件中的这些部门不在本次核查之列: {'、'.join(departments)}"
    return f"the waivers name departments that are not among the submissions: {', '.join(departments)}"


def fails(reports: tuple[Report, ...], fail_on: str) -> bool:
    """Whether some finding is as grave as `fail_on` or graver; never for `never`."""
    if fail_on == "never":
        return False
    worst = Severity(fail_on).rank
    return any(finding.severity.rank <= worst for report in reports for finding in report.findings)
