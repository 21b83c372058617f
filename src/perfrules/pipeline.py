"""The whole run in one screen: files → submissions → indicators → verdicts → reports.

Each step is a function of a stage; nothing is kept between runs and nothing reads the clock.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import evolve, frozen

from perfrules import findings, indicators, readers
from perfrules.errors import Fault, ReadError, RulesetError
from perfrules.location import Location
from perfrules.model.correction import Correction
from perfrules.model.report import PluginNames, Report, Results, RulesetName
from perfrules.model.rule import Ruleset
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.waiver import WaiversName
from perfrules.plugins import Catalog
from perfrules.rules import (
    CompiledParameter,
    CompiledRuleset,
    UnfinishedError,
    Waivers,
    compile_ruleset,
    faults_of_expressions,
    load_ruleset,
    parameter_values,
    with_rules,
)


@frozen
class Run:
    """What a run over several paths gives; `elsewhere` are departments that waivers name and no submission is from."""

    results: Results
    elsewhere: tuple[str, ...] = ()

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
) -> Reading:
    """Every submission below the paths, `besides` files that are none; raises ReadError where nothing can be read.

    A file that is named is a submission by itself; the documents of a folder are grouped by department and period.
    """
    submissions, faults, documents = list[Submission](), list[Fault](), list[Submission]()

    def read(files: Iterable[Path], missed: list[Fault]) -> list[Submission]:
        found = _read(files, catalog, missed)
        documents.extend(found)
        return [readers.corrected(each, corrections, catalog.types) for each in found]

    for path in paths:
        if not path.is_dir():
            submissions += read((path,), faults)
            continue
        if not any(_files(path, catalog, besides)):
            faults.append(readers.nothing_readable(path, _suffixes(catalog)))
        for folder in _folders(path, besides):
            told = [_not_for_reading(each, catalog) for each in folder]
            missed = [fault for fault in told if fault is not None]
            readable = [each for each, fault in zip(folder, told, strict=True) if fault is None]
            found = readers.gathered(read(readable, missed), missed, catalog.types)
            submissions += found.submissions
            faults += [*missed, *found.faults]
    if not submissions:
        raise ReadError(faults)
    return Reading(tuple(submissions), tuple(faults), tuple(documents))


def _read(files: Iterable[Path], catalog: Catalog, faults: list[Fault]) -> list[Submission]:
    """Each file as a submission of its own; faults for those that cannot be read."""
    found = []
    for path in files:
        try:
            found.append(readers.read(path, catalog.readers, catalog.types))
        except ReadError as error:
            faults += error.faults
    return found


def check_paths(
    paths: Sequence[Path],
    ruleset: CompiledRuleset,
    catalog: Catalog,
    as_of: date | None = None,
    waivers: Waivers | None = None,
    corrections: Sequence[Correction] = (),
    besides: Sequence[Path] = (),
) -> Run:
    """A report for each submission below the paths, in their order; `besides` are files that are no reports."""
    spared = (*besides, *([Path(waivers.path)] if waivers else []))
    reading = read_paths(paths, catalog, spared, corrections)
    reports, faults = [], list(reading.faults)
    for submission in reading.submissions:
        try:
            reports.append(check(submission, ruleset, catalog, as_of, waivers))
        except (
            RulesetError
        ) as error:  # the ruleset has no value for this report's date: it alone is not checked
            faults += [evolve(fault, where=where(submission) or fault.where) for fault in error.faults]
    if not reports:
        raise RulesetError(faults)
    departments = {each.department.name for each in reading.submissions}
    return Run(Results(tuple(reports), tuple(faults)), waivers.elsewhere(departments) if waivers else ())


def where(submission: Submission) -> Location | None:
    """The first document of a submission; None where it has none."""
    return Location(submission.documents[0].path) if submission.documents else None


def check(
    submission: Submission,
    ruleset: CompiledRuleset,
    catalog: Catalog,
    as_of: date | None = None,
    waivers: Waivers | None = None,
) -> Report:
    """One submission's report. `as_of` (default: the cut-off date) picks what of the ruleset is in force.

    Waivers expire by their own day of review; the default is `as_of`, else the cut-off date.
    """
    day = as_of or submission.period[1]
    review = _review(submission, as_of, waivers) if waivers else findings.Review()
    whole, parameters = completed(submission, ruleset.parameters, catalog, as_of)
    outcomes = findings.check_submission(whole, ruleset, parameters, day, review)
    open_verdicts = findings.open_required(outcomes, ruleset.ruleset.rules)
    return Report(
        tool=version(),
        ruleset=named(ruleset.ruleset),
        inputs=submission.documents,
        department=submission.department.name,
        period=submission.period,
        as_of=day,
        status=findings.status(outcomes, open_verdicts, submission),
        submission=whole,
        findings=outcomes.findings,
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
    )


def _review(submission: Submission, as_of: date | None, waivers: Waivers) -> findings.Review:
    day = waivers.review_date or as_of or submission.cut_off
    return findings.Review(waivers.of(submission.department.name), day)


def _waivers_named(waivers: Waivers, review: findings.Review) -> WaiversName:
    day = review.day if isinstance(review.day, date) else None
    return WaiversName(waivers.path, waivers.sha256, day)


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


def _suffixes(catalog: Catalog) -> list[str]:
    return sorted({suffix for reader in catalog.readers for suffix in reader.suffixes})


def _not_for_reading(path: Path, catalog: Catalog) -> Fault | None:
    """Why a file of a folder is not read: an office program has it open, or no reader knows it by its suffix."""
    if path.name.startswith(_LOCK):
        return readers.locked(path)
    suffixes = _suffixes(catalog)
    return None if path.suffix.lower() in suffixes else readers.unknown_format(path, suffixes)


def _files(folder: Path, catalog: Catalog, besides: Sequence[Path]) -> Iterator[Path]:
    """The files below a folder that some reader knows by suffix."""
    below = (each for files in _folders(folder, besides) for each in files)
    return (each for each in below if _not_for_reading(each, catalog) is None)


def _folders(folder: Path, besides: Sequence[Path]) -> Iterator[list[Path]]:
    """The files of each folder below one, in order; those in a folder of attachments (附件) belong to the one above.

    Hidden files (`.x`) are none of them, and linked folders are not entered, so that one that holds itself has an end.
    """
    spared = {each.resolve() for each in besides}
    found: dict[str, list[Path]] = {}
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        own = parent
        while own != str(folder) and _ATTACHED.match(Path(own).name):
            own = str(Path(own).parent)
        visible = (Path(parent, each) for each in sorted(files) if not each.startswith("."))
        found.setdefault(own, []).extend(each for each in visible if each.resolve() not in spared)
    return (files for files in found.values() if files)


_LOCK = "~$"
_ATTACHED = re.compile("附件|附表|附$|佐证")
