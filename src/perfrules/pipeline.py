"""The whole run in one screen: files → submissions → indicators → verdicts → reports.

Each step is a function of a stage; nothing is kept between runs and nothing reads the clock.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from attrs import evolve, frozen

from perfrules import findings, indicators, readers
from perfrules.errors import Fault, ReadError, RulesetError
from perfrules.folders import below, not_for_reading, readable, suffixes
from perfrules.location import Location
from perfrules.model.correction import Correction
from perfrules.model.report import PluginNames, Report, Results, RulesetName
from perfrules.model.rule import Ruleset
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.waiver import WaiversName
from perfrules.plugins import Catalog
from perfrules.plugins.ready import PACE
from perfrules.rules import (
    CompiledParameter,
    CompiledRuleset,
    Replies,
    UnfinishedError,
    Waivers,
    compile_ruleset,
    faults_of_expressions,
    load_ruleset,
    needed_by,
    parameter_values,
    with_rules,
)


@frozen
class Run:
    """What a run over several paths gives; `elsewhere` are departments that waivers name and no submission is from.

    `replied_elsewhere` are such departments in forms that came back.
    """

    results: Results
    elsewhere: tuple[str, ...] = ()
    replied_elsewhere: tuple[str, ...] = ()

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports, in the order of the submissions."""
        return self.results.reports

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Why files were not read, or not checked."""
        return self.results.faults


@frozen
class Reading:
    """The submissions read, the faults of what cannot be read, and each document by itself, before any correction."""

    submissions: tuple[Submission, ...]
    faults: tuple[Fault, ...]
    documents: tuple[Submission, ...] = ()


@frozen
class Step:
    """How far a run is: files read or submissions checked, of how many, and which was the last."""

    stage: Literal["read", "check"]
    done: int
    total: int
    name: str


Progress = Callable[[Step], None]
"""Called after each file that was read, or could not be, and after each submission that was checked."""


def prepare(ruleset: str | Path | None, catalog: Catalog, *, with_examples: bool = True) -> CompiledRuleset:
    """The ruleset of that name or folder with the rules of the plugins, checked against what those bring.

    Without examples it comes from what was kept of the same files, if they were read before.
    """
    try:
        whole = with_rules(load_ruleset(ruleset, with_examples=with_examples), catalog.rules)
    except UnfinishedError as error:
        rest = faults_of_expressions(error.partial, catalog.types, catalog.functions) if error.partial else ()
        raise RulesetError(dict.fromkeys((*error.faults, *rest))) from None
    return compile_ruleset(whole, catalog.types, catalog.functions)


def read_paths(
    paths: Sequence[Path],
    catalog: Catalog,
    besides: Sequence[Path] = (),
    corrections: Sequence[Correction] = (),
    progress: Progress | None = None,
) -> Reading:
    """Every submission below the paths, `besides` files that are none; raises ReadError where nothing can be read.

    A file that is named is a submission by itself; the documents of a folder are grouped by department and period.
    """
    submissions, faults, documents = list[Submission](), list[Fault](), list[Submission]()
    step = _counting("read", sum(1 for path in paths for _ in readable(path, catalog, besides)), progress)

    def read(files: Iterable[Path], missed: list[Fault]) -> list[Submission]:
        found = _read(files, catalog, missed, step)
        documents.extend(found)
        return [readers.corrected(each, corrections, catalog.types) for each in found]

    for path in paths:
        if not path.is_dir():
            submissions += read((path,), faults)
            continue
        if not any(readable(path, catalog, besides)):
            faults.append(readers.nothing_readable(path, suffixes(catalog)))
        found, missed = _read_folders(path, catalog, besides, read)
        submissions += found
        faults += missed
    if not submissions:
        raise ReadError(faults)
    return Reading(tuple(submissions), tuple(faults), tuple(documents))


def _read_folders(
    path: Path,
    catalog: Catalog,
    besides: Sequence[Path],
    read: Callable[[Iterable[Path], list[Fault]], list[Submission]],
) -> tuple[list[Submission], list[Fault]]:
    """The submissions of each folder below a path, and what was not read.

    A folder of which nothing was read belongs to the one submission of the nearest folder above it, if that has one; else
    it is a submission by itself, named as the folder is, which is open.
    """
    submissions, faults = list[Submission](), list[Fault]()
    alone: dict[Path, int] = {}
    for folder, files in below(path, besides).items():
        told = [not_for_reading(each, catalog, path) for each in files]
        missed = [fault for fault in told if fault is not None]
        known = [each for each, fault in zip(files, told, strict=True) if fault is None]
        found = readers.gathered(read(known, missed), missed, catalog.types)
        faults += [*missed, *found.faults]
        if len(found.submissions) == 1:
            alone[folder] = len(submissions)
        submissions += found.submissions
        if found.submissions or folder == path:
            continue
        above = next((each for each in folder.parents if each in alone), None)
        if above is None:
            alone[folder] = len(submissions)
            submissions.append(readers.unread_folder(folder, [*missed, *found.faults]))
        elif files:
            at = alone[above]
            submissions[at] = readers.with_missed(submissions[at], [*missed, *found.faults])
    is_read = any(each.documents for each in submissions)
    return (submissions, faults) if is_read else ([], faults)


def _read(
    files: Iterable[Path], catalog: Catalog, faults: list[Fault], step: Callable[[str], None]
) -> list[Submission]:
    """Each file as a submission of its own; faults for those that cannot be read."""
    found = []
    for path in files:
        try:
            found.append(readers.read(path, catalog.readers, catalog.types))
        except ReadError as error:
            faults += error.faults
        step(str(path))
    return found


def _counting(
    stage: Literal["read", "check"], total: int, progress: Progress | None
) -> Callable[[str], None]:
    """What tells that one more is done, by its name."""
    done = itertools.count(1)
    return lambda name: progress(Step(stage, next(done), total, name)) if progress else None


def check_paths(
    paths: Sequence[Path],
    ruleset: CompiledRuleset,
    catalog: Catalog,
    as_of: date | None = None,
    waivers: Waivers | None = None,
    corrections: Sequence[Correction] = (),
    besides: Sequence[Path] = (),
    progress: Progress | None = None,
    replies: Replies | None = None,
) -> Run:
    """A report for each submission below the paths, in their order; `besides` are files that are no reports."""
    forms = (Path(path) for path, _ in (replies.files if replies else ()))
    spared = (*besides, *([Path(waivers.path)] if waivers else []), *forms)
    reading = read_paths(paths, catalog, spared, corrections, progress)
    reports, faults = [], list(reading.faults)
    step = _counting("check", len(reading.submissions), progress)
    for submission in reading.submissions:
        try:
            reports.append(check(submission, ruleset, catalog, as_of, waivers, replies))
        except (
            RulesetError
        ) as error:  # the ruleset has no value for this report's date: it alone is not checked
            faults += [evolve(fault, where=where(submission) or fault.where) for fault in error.faults]
        step(submission.department.name or next((each.path for each in submission.documents), ""))
    if not reports:
        raise RulesetError(faults)
    departments = {each.department.name for each in reading.submissions}
    return Run(
        Results(tuple(reports), tuple(faults)),
        waivers.elsewhere(departments) if waivers else (),
        replies.elsewhere(departments) if replies else (),
    )


def where(submission: Submission) -> Location | None:
    """The first document of a submission; None where it has none."""
    return Location(submission.documents[0].path) if submission.documents else None


def check(
    submission: Submission,
    ruleset: CompiledRuleset,
    catalog: Catalog,
    as_of: date | None = None,
    waivers: Waivers | None = None,
    replies: Replies | None = None,
) -> Report:
    """One submission's report. `as_of` (default: the cut-off date) picks what of the ruleset is in force.

    Waivers expire by their own day of review; the default is `as_of`, else the cut-off date.
    """
    day = as_of or submission.period[1]
    review = _review(submission, as_of, waivers, replies)
    answered = replies.of(submission.department.name) if replies else ()
    whole, parameters = completed(submission, ruleset.parameters, catalog, as_of)
    outcomes = findings.check_submission(whole, ruleset, parameters, day, review)
    open_verdicts = findings.open_required(outcomes, ruleset.ruleset.rules)
    paces = needed_by(ruleset.parameters, PACE)
    return Report(
        tool=version(),
        ruleset=named(ruleset.ruleset),
        inputs=submission.documents,
        department=submission.department.name,
        period=submission.period,
        as_of=day,
        status=findings.status(outcomes, ruleset.ruleset.rules, submission),
        submission=whole,
        findings=findings.with_replies(outcomes.findings, answered),
        ledger=outcomes.ledger,
        open_required=open_verdicts,
        unread=submission.unread,
        projects=indicators.project_reports(whole, catalog.ready, catalog.types),
        plugins=PluginNames(
            tuple(f"{each.name} {each.version}" for each in catalog.plugins if not each.is_core),
            catalog.left_out,
        ),
        waivers=_waivers_named(waivers, review) if waivers else None,
        corrections=submission.corrections,
        courses=indicators.courses(whole, catalog.ready, lambda each: parameter_values(paces, each, day)),
        replies=findings.standings(outcomes, answered),
        reply_forms=tuple(WaiversName(*each, _day(review)) for each in replies.files) if replies else (),
        rules=findings.rule_names(outcomes, ruleset.ruleset.rules),
        origins=outcomes.origins,
        deciders=outcomes.deciders,
    )


def _review(
    submission: Submission, as_of: date | None, waivers: Waivers | None, replies: Replies | None
) -> findings.Review:
    """The waivers of the file, then those of approved replies, and the day by which they expire."""
    if waivers is None and replies is None:
        return findings.Review()
    name, given = (
        submission.department.name,
        next((each.review_date for each in (waivers, replies) if each), None),
    )
    held = (*(waivers.of(name) if waivers else ()), *(replies.waivers_of(name) if replies else ()))
    return findings.Review(held, given or as_of or submission.cut_off)


def _waivers_named(waivers: Waivers, review: findings.Review) -> WaiversName:
    return WaiversName(waivers.path, waivers.sha256, _day(review))


def _day(review: findings.Review) -> date | None:
    return review.day if isinstance(review.day, date) else None


def completed(
    submission: Submission, parameters: Iterable[CompiledParameter], catalog: Catalog, as_of: date | None
) -> tuple[Submission, Mapping[str, Trace]]:
    """The submission with its indicators, and the parameters in force; raises RulesetError before their first day."""
    values = parameter_values(parameters, submission, as_of)
    typed = indicators.with_absences(indicators.with_types(submission, catalog.project_types), catalog.ready)
    progressed = indicators.with_expected_progress(typed, catalog.ready, values)
    return indicators.with_indicators(progressed, catalog.ready, values), values


def version() -> str:
    """The version of perfrules."""
    from perfrules import __version__

    return __version__


def named(ruleset: Ruleset) -> RulesetName:
    """A ruleset as reports name it."""
    return RulesetName(ruleset.id, ruleset.version, ruleset.sha256)
