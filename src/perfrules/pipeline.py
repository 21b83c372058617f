"""The whole run in one screen: files → submissions → indicators → verdicts → reports.

Each step is a function of a stage; nothing is kept between runs and nothing reads the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from attrs import evolve, frozen

from perfrules import findings, indicators, terms
from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, PerfrulesError, RulesetError
from perfrules.location import Location
from perfrules.model.correction import Correction
from perfrules.model.report import PluginNames, Report, Results, RulesetName
from perfrules.model.rule import Ruleset
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.waiver import WaiversName
from perfrules.parallel import Hands
from perfrules.plugins import Catalog
from perfrules.plugins.ready import PACE
from perfrules.reading import Progress, Reading, Step, counting, read_file, read_paths
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

__all__ = [
    "CompiledRuleset",
    "Interrupted",
    "Run",
    "Step",
    "check",
    "check_paths",
    "completed",
    "named",
    "prepare",
    "read_paths",
    "version",
    "where",
]


@frozen
class Run:
    """What a run over several paths gives; `elsewhere` are departments that waivers name and no submission is from.

    `replied_elsewhere` are reports that forms which came back answer to, as department and end of the period.
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

    @property
    def told(self) -> tuple[Fault, ...]:
        """The faults, and the remarks beside them."""
        return (*self.results.faults, *self.results.remarks)


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


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in a run; `run` is what was done so far, and its faults tell what was not checked."""

    def __init__(self, run: Run) -> None:
        self.run = run
        super().__init__()


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
    jobs: int | None = 1,
) -> Run:
    """A report for each submission below the paths, in their order; `besides` are files that are no reports.

    `jobs` processes read and check them (None: as many as are worth it), which is seen in nothing but the time it takes; where
    it is not 1, the catalog is that of the installed plugins. Raises Interrupted at Ctrl-C.
    """
    forms = (Path(path) for path, _ in (replies.files if replies else ()))
    spared = (*besides, *([Path(waivers.path)] if waivers else []), *forms)
    given = terms.Terms(ruleset, catalog, as_of, waivers, replies)
    reading, outcomes = Reading((), ()), dict[int, Report | PerfrulesError]()
    try:
        with Hands(given, terms.written(given), terms.made_of, jobs) as hands:
            reading = read_paths(paths, catalog, spared, corrections, progress, partial(hands.each, _read))
            step = counting("check", len(reading.submissions), progress)
            for at, outcome in hands.each(_check, reading.submissions):
                outcomes[at] = outcome
                step(_called(reading.submissions[at]))
    except KeyboardInterrupt:
        raise Interrupted(_run(reading, outcomes, given)) from None
    run = _run(reading, outcomes, given)
    if not run.reports:
        raise RulesetError([*run.faults, *run.results.remarks])
    return run


def _read(given: terms.Terms, path: Path) -> Submission:
    return read_file(given.catalog, path)


def _check(given: terms.Terms, submission: Submission) -> Report:
    return check(submission, given.ruleset, given.catalog, given.as_of, given.waivers, given.replies)


def _called(submission: Submission) -> str:
    """The department; where that is not known, the first file."""
    return submission.department.name or next((each.path for each in submission.documents), "")


def _run(reading: Reading, outcomes: Mapping[int, Report | PerfrulesError], given: terms.Terms) -> Run:
    """What a run came to, in the order of its submissions; those without an outcome were not checked."""
    reports, faults = list[Report](), list(reading.faults)
    for at, submission in enumerate(reading.submissions):
        outcome = outcomes.get(at) or RulesetError(_not_checked(submission))
        if isinstance(outcome, Report):
            reports.append(outcome)
        else:  # the ruleset has no value for this report's date, or its process has ended: it alone is not checked
            faults += [evolve(each, where=where(submission) or each.where) for each in outcome.faults]
    departments = {each.department.name for each in reading.submissions}
    filed = {(each.department.name, each.period[1]) for each in reading.submissions}
    return Run(
        Results(tuple(reports), tuple(faults), reading.remarks),
        given.waivers.elsewhere(departments) if given.waivers else (),
        given.replies.elsewhere(filed) if given.replies else (),
    )


def _not_checked(submission: Submission) -> Fault:
    name = _called(submission)
    return Fault("check.interrupted", Bilingual(f"{name} 没有核查: 运行中断", f"{name} was not checked: the run was interrupted"))  # fmt: skip


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
    answered = replies.of(submission.department.name, submission.period[1]) if replies else ()
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
    name, end = submission.department.name, submission.period[1]
    given = next((each.review_date for each in (waivers, replies) if each), None)
    held = (*(waivers.of(name) if waivers else ()), *(replies.waivers_of(name, end) if replies else ()))
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
