"""`perfrules.compile`: a ruleset as one function for many submissions of one shape, for services.

In: a ruleset, and a layout that says where the JSON of a system holds what. Out: `Compiled`, which may be asked from many
threads. A submission goes the quick way where its numbers are short enough to be doubles without loss, else the exact one;
both give the verdicts of the definition. Rules beyond whole numbers are asked by the definition itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from threading import Lock
from typing import Any

from attrs import evolve, field, frozen

from perfrules import findings
from perfrules.language.whole import BeyondError, Frame
from perfrules.model.finding import Finding, Outcome
from perfrules.model.rule import Rule
from perfrules.plugins import Catalog
from perfrules.rules import CompiledRule, CompiledRuleset
from perfrules.screening.asked import VIOLATED, Relation
from perfrules.screening.definition import Definition
from perfrules.screening.exactly import CloseError
from perfrules.screening.functions import Asked, doubles, integers
from perfrules.screening.json_rows import Shape, decoder, read_record, row_of
from perfrules.screening.layout import Layout
from perfrules.screening.period import in_force, with_progress
from perfrules.screening.questions import Questions, questions
from perfrules.screening.subjects import Record

_OPEN = {Outcome.VIOLATION: 0, Outcome.UNDETERMINED: 1}
Named = tuple[str, str]
"""A rule and the subject it was asked of."""


@frozen
class Screened:
    """What rules say of one submission: what is violated, and what is undetermined.

    Subjects are named by where they stand: `department/total`, `department/projects/3` for the third project.
    """

    violated: tuple[Named, ...]
    undetermined: tuple[Named, ...]
    _explain: Callable[[], tuple[Finding, ...]] = field(repr=False, eq=False)

    def findings(self) -> tuple[Finding, ...]:
        """The findings in full, with values, causes and basis, by the definition."""
        return self._explain()


class Compiled:
    """A ruleset for submissions of one layout; made by `perfrules.compile`, reusable, and safe to share by threads.

    Each cut-off date has parameters of its own: what is compiled for one is kept.
    """

    def __init__(
        self, ruleset: CompiledRuleset, layout: Layout, catalog: Catalog, as_of: date | None = None
    ) -> None:
        self._ruleset, self._layout, self._catalog, self._as_of = ruleset, layout, catalog, as_of
        self._shape = Shape.of(layout, catalog.types)
        bare = evolve(layout, period=(None, None))  # which would stand for the columns of the period
        exact = self._shape.frame(bare, catalog.types, quick=False)
        self._scales, self._rounded = self._shape.scales(exact), self._shape.rounded(exact)
        self._column = exact.cells.get("period_to")
        self._decode: Callable[[bytes], Any] | None = None
        with suppress(ImportError):  # without msgspec every submission takes the exact road
            self._decode = decoder(layout, self._shape.frame(bare, catalog.types, quick=True))
        self._ready: dict[date | None, _Ready] = {}
        self._lock = Lock()
        self._of(layout.period[1])

    def check(self, submission: str | bytes) -> Screened:
        """The rules asked of one submission; raises ReadError where it is no JSON of the layout.

        Every number counts as written: one with more decimals than its field has is an error, never rounded.
        """
        found, row, ready = self._found(submission)
        doubts = any(each[0] in ready.doubting and each[1] == VIOLATED for each in found)
        beyond = list(ready.beyond(self._record(submission))) if ready.left else []
        doubts = doubts or any(
            bool(rule.rule.doubts) and outcome is Outcome.VIOLATION for rule, _, outcome in beyond
        )
        if doubts:  # what is doubted, other rules may not rely on
            return self._by_definition(submission, ready)
        named: tuple[list[Named], list[Named]] = ([], [])
        for each in found:
            name = _name(ready.asked.paths[each[0]], each[2:], row, self._layout)
            named[each[1] != VIOLATED].append((ready.asked.asked[each[0]].rule, name))
        for rule, subject, outcome in beyond:
            if outcome in _OPEN:
                named[_OPEN[outcome]].append((rule.rule.id, subject))
        explain = partial(self._explained, submission, ready)
        return Screened(tuple(named[0]), tuple(named[1]), explain)

    def outcomes(self, submission: str | bytes) -> list[tuple[int, int]]:
        """The quick core of `check`: pairs of a question's index and 1 (violated) or 2 (undetermined).

        Rules beyond whole numbers are not among them: `beyond` lists these.
        """
        return [each[:2] for each in self._found(submission)[0]]

    @property
    def asked(self) -> tuple[Named, ...]:
        """The questions that whole numbers answer, for the layout's own period: each a rule and a kind of subject."""
        return tuple((each.rule, each.subject) for each in self._of(self._layout.period[1]).asked.asked)

    @property
    def beyond(self) -> tuple[Named, ...]:
        """The questions that only the definition answers, for the layout's own period."""
        return tuple((each.rule, each.subject) for each in self._of(self._layout.period[1]).asked.beyond)

    def _of(self, day: date | None) -> _Ready:
        ready = self._ready.get(day)
        if ready is None:
            with self._lock:
                ready = self._ready.get(day) or _Ready(self, day)
                self._ready[day] = ready
        return ready

    def _found(self, submission: str | bytes) -> tuple[Any, object, _Ready]:
        text = submission.encode("utf-8") if isinstance(submission, str) else submission
        if self._decode is not None and self._shape.is_short(text):
            try:
                row = self._decode(text)
                ready = self._of(self._day(row))
                if ready.quickly is not None:
                    return ready.quickly(row), row, ready
            except (CloseError, ValueError):  # what a decoder refuses, the exact road says what is wrong with
                pass
        row = row_of(self._record(text), self._layout)
        ready = self._of(self._day(row))
        return ready.exactly(row), row, ready

    def _day(self, row: Any) -> date | None:
        """The cut-off date of a submission: its own, else that of the layout."""
        return (getattr(row, "period_to", None) if self._column else None) or self._layout.period[1]

    def _record(self, submission: str | bytes) -> Record:
        return read_record(submission, self._layout, self._scales, self._rounded)

    def _by_definition(self, submission: str | bytes, ready: _Ready) -> Screened:
        outcomes = ready.outcomes(self._record(submission))
        named: tuple[list[Named], list[Named]] = ([], [])
        for each in outcomes.ledger.verdicts:
            if each.outcome in _OPEN:
                named[_OPEN[each.outcome]].append((each.rule, each.subject.id))
        return Screened(tuple(named[0]), tuple(named[1]), lambda: outcomes.findings)

    def _explained(self, submission: str | bytes, ready: _Ready) -> tuple[Finding, ...]:
        return ready.outcomes(self._record(submission)).findings


class _Ready:
    """What is compiled for one cut-off date."""

    def __init__(self, whole: Compiled, day: date | None) -> None:
        ruleset, catalog, shape = whole._ruleset, whole._catalog, whole._shape  # noqa: SLF001: one thing in two classes
        layout = evolve(whole._layout, period=(whole._layout.period[0], day))
        parameters = in_force(ruleset, layout.period, whole._as_of)
        unset = frozenset(each.parameter.name for each in ruleset.parameters) - parameters.keys()
        as_of = whole._as_of or day

        def asked_of(*, quick: bool) -> tuple[Frame, Questions]:
            plain = shape.frame(layout, catalog.types, quick=quick)
            frame = with_progress(plain, parameters, catalog, layout.period, unset)
            return frame, questions(ruleset, frame, parameters, as_of, catalog.types, catalog.functions)

        frame, self.asked = asked_of(quick=False)
        plain = shape.frame(layout, catalog.types, quick=False)
        self.definition = Definition(ruleset, catalog, plain, layout.levels, parameters, as_of)
        relations = [Relation(each.table, "") for each in layout.levels]
        self.exactly: Asked = integers(self.asked.asked, relations)[0]
        self.doubting = {
            index for index, each in enumerate(self.asked.asked) if each.rule in self.asked.doubting
        }
        left = {each.rule for each in self.asked.beyond}
        self.left = [each for each in ruleset.rules if each.rule.id in left or _is_dateless(each.rule, as_of)]
        self.quickly: Asked | None = None
        try:
            frame, quick = asked_of(quick=True)
            if [each.rule for each in quick.asked] == [each.rule for each in self.asked.asked]:
                self.quickly = doubles(quick.asked, relations, shape.scales(frame), shape.rounded(frame))[0]
        except BeyondError:
            pass

    def beyond(self, record: Record) -> Iterator[tuple[CompiledRule, str, Outcome]]:
        """The verdicts of the rules that whole numbers do not say, by the definition."""
        paths = list(self.definition.submission(record, is_recognised=False).walk())
        rules = {each.rule.id: each for each in self.left}
        for rule, path, outcome in self.definition.judged(paths, self.left):
            yield rules[rule], path[-1].id, outcome

    def outcomes(self, record: Record) -> findings.Outcomes:
        """Everything the definition says of a record."""
        asked = self.definition
        whole = asked.submission(record, is_recognised=False)
        return findings.check_submission(whole, asked.ruleset, asked.parameters, asked.day)


def _is_dateless(rule: Rule, as_of: date | None) -> bool:
    """Whether a rule holds for a time, and it is not known which is asked about."""
    return as_of is None and (rule.since is not None or rule.until is not None)


def _name(path: Sequence[Frame], rows: Sequence[object], top: object, layout: Layout) -> str:
    """What a subject is called: by its line, or by the number of its row."""
    names = ["department"]
    for frame in path[1:]:
        if frame.label:
            names.append(frame.label)
    if rows:
        names += _numbered(top, rows[-1], layout)
    return "/".join(names)


def _numbered(top: object, row: object, layout: Layout) -> list[str]:
    for number, project in enumerate(getattr(top, layout.levels[1].table), 1):
        here = [layout.levels[1].table, str(number)]
        if project is row:
            return here
        if len(layout.levels) > 2:
            for index, target in enumerate(getattr(project, layout.levels[2].table), 1):
                if target is row:
                    return [*here, layout.levels[2].table, str(index)]
    return []
