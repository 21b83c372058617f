"""Records of departments → their open verdicts by the definition: of the rules that SQL does not say, or of all.

A rule that reads nothing the tables hold has one verdict everywhere: it is asked once, and not of every subject.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from perfrules import findings, indicators
from perfrules.findings.judge import judge
from perfrules.language import Context, Scope, check
from perfrules.language.whole import ByType, Cell, Frame, Given, Inline
from perfrules.model.finding import Outcome
from perfrules.model.rule import Rule
from perfrules.model.subject import Subject
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.truth import Number
from perfrules.model.unit import Kind
from perfrules.plugins import Catalog
from perfrules.rules import CompiledRule, CompiledRuleset, compile_parameters
from perfrules.screening.layout import Level
from perfrules.screening.questions import positions
from perfrules.screening.subjects import Place, Record, subject

OPEN = (Outcome.VIOLATION, Outcome.UNDETERMINED)
SubjectPath = tuple[Subject, ...]


@frozen
class Verdict:
    """A verdict that is open: the rule, the kind of subject, the keys down to it, and the outcome."""

    rule: str
    subject: str
    keys: tuple[object, ...]
    outcome: Outcome


@frozen
class Settled:
    """A rule that has one verdict on every subject of a kind, for want of the fields it reads."""

    rule: str
    subject: str
    outcome: Outcome
    missing: tuple[str, ...]


@frozen
class Definition:
    """The definition, ready to be asked of the records of one period; `frame` says which column is which field."""

    ruleset: CompiledRuleset
    catalog: Catalog
    frame: Frame
    levels: tuple[Level, ...]
    parameters: Mapping[str, Trace]
    day: date | None
    source: str = ""

    def submission(self, record: Record, *, is_recognised: bool = True) -> Submission:
        """A department's rows as a submission, with what the pipeline computes; what no column says is not assumed.

        The types of projects are recognised by their names, unless they are told to be as the rows state them.
        """
        place = Place(self.source, tuple((each.table, each.key) for each in self.levels))
        found = Submission(subject(self.frame, record, place))
        if is_recognised:
            found = indicators.with_types(found, self.catalog.project_types)
        found = indicators.with_expected_progress(found, self.catalog.ready, self.parameters)
        return indicators.with_indicators(found, self.catalog.ready, self.parameters)

    def only_for(self, reads: Collection[str], for_types: Collection[str]) -> Definition:
        """The same with less to read: rules of these types that read these fields and tables are asked alike."""
        if self.computed() & set(reads):
            return self
        return evolve(self, frame=_pruned(self.frame, set(reads), set(for_types)))

    def computed(self) -> set[str]:
        """The fields that are computed of others."""
        types = self.catalog.ready.values()
        indicators_ = {each.indicator.name for kind in types for each in kind.indicators}
        return {"type", "expected_progress", *indicators_}

    def all_verdicts(self, record: Record) -> Iterator[Verdict]:
        """The open verdicts of every rule."""
        whole = self.submission(record)
        for each in findings.verdicts(whole, self.ruleset, self.parameters, self.day):
            if each.outcome in OPEN:
                name, keys = self.named(each.subject.id, record)
                yield Verdict(each.rule, name, keys, each.outcome)

    def verdicts(self, record: Record, rules: Sequence[CompiledRule]) -> Iterator[Verdict]:
        """The open verdicts of some rules, whatever others doubt."""
        paths = list(self.submission(record).walk())
        for rule, path, outcome in self.judged(paths, rules):
            if outcome in OPEN:
                name, keys = self.named(path[-1].id, record)
                yield Verdict(rule, name, keys, outcome)

    def wanting(self, told: Settled, record: Record) -> Settled:
        """What is settled, with the fields that are wanting, as the first subject of its kind lacks them."""
        rules = [each for each in self.ruleset.rules if each.rule.id == told.rule]
        for path in self.submission(record).walk():
            if (
                self.named(path[-1].id, record)[0] == told.subject
                and path[-1].type in rules[0].rule.for_types
            ):
                verdict = judge(rules[0], Context(path, self.parameters), self.day)
                ids = {each.id: self.named(each.id, record)[0] for each in path}
                lacks = (f"{ids.get(each.subject, each.subject)}.{each.field}" for each in verdict.lacks)
                return evolve(told, missing=tuple(dict.fromkeys(lacks)) or told.missing)
        return told

    def judged(
        self, paths: Sequence[SubjectPath], rules: Iterable[CompiledRule]
    ) -> Iterator[tuple[str, SubjectPath, Outcome]]:
        """Some rules asked of the subjects of their types."""
        unset = frozenset(each.parameter.name for each in self.ruleset.parameters) - self.parameters.keys()
        for compiled in rules:
            for path in paths:
                if path[-1].type in compiled.rule.for_types:
                    verdict = judge(compiled, Context(path, self.parameters), self.day, unset)
                    yield compiled.rule.id, path, verdict.outcome

    def named(self, id: str, record: Record) -> tuple[str, tuple[object, ...]]:
        """The kind of a subject and the keys down to it, by the id that `subject` has given it."""
        kinds, keys, row = ["department"], [record.get(self.levels[0].key)], record
        parts = iter(id.split("/")[1:])
        for part in parts:
            depth = len(keys)
            if depth < len(self.levels) and part == self.levels[depth].table:
                rows = row[part]
                assert isinstance(rows, Sequence)
                row = rows[int(next(parts)) - 1]
                keys.append(row.get(self.levels[depth].key))
                kinds.append(("projects", "targets")[depth - 1])
            else:
                kinds.append(part)
        return "/".join(kinds), tuple(keys)


def reads_of(rule: Rule, scope: Scope) -> tuple[frozenset[str], frozenset[str]]:
    """What the guard of a rule reads, and what its condition and levels do."""
    asked = evolve(scope, asked=rule.for_types)
    guard = check(rule.when, asked, Kind.TRUTH).reads if rule.when else frozenset[str]()
    condition = check(rule.condition, asked, Kind.TRUTH).reads
    measure = check(rule.measure, asked).reads if rule.measure and rule.bands else frozenset[str]()
    return guard, condition | measure


def scope_of(ruleset: CompiledRuleset, catalog: Catalog) -> Scope:
    """The scope in which the rules of a ruleset are checked."""
    return compile_parameters(ruleset.ruleset.parameters.values(), catalog.types, catalog.functions)[1]


_ALWAYS = ("line", "period_from", "period_to", "month", "year", "numerator_name", "base_name")


def _pruned(frame: Frame, reads: set[str], for_types: set[str]) -> Frame:
    """The frame with the fields, lines and tables that are read, and those that lead to the types asked."""
    cells = {name: cell for name, cell in frame.cells.items() if name in reads or name in _ALWAYS}
    if frame.type == "claim":
        cells = dict(frame.cells)
    members = {name: _pruned(each, reads, for_types) for name, each in frame.members.items()}
    tables = {}
    for name, table in frame.tables.items():
        frames = table.frames if isinstance(table, Inline) else (table.frame,)
        if name in reads or any(each.type in for_types for top in frames for each in _within(top)):
            smaller = tuple(_pruned(each, reads, for_types) for each in frames)
            tables[name] = (
                evolve(table, frames=smaller)
                if isinstance(table, Inline)
                else evolve(table, frame=smaller[0])
            )
    return evolve(frame, cells=cells, members=members, tables=tables)


def _within(frame: Frame) -> Iterator[Frame]:
    yield from (path[-1] for path in positions((frame,)))


def missing_fields(reads: Collection[str], frame: Frame) -> tuple[str, ...]:
    """The fields that no column gives, of those read."""
    there = {name for path in positions((frame,)) for name in (*path[-1].cells, *path[-1].tables)}
    return tuple(sorted(set(reads) - there))


def settled(
    definition: Definition, asked: Frame, rules: Iterable[CompiledRule], scope: Scope
) -> Iterator[Settled]:
    """Of the rules, those with one verdict on every subject of a kind; `asked` has what the pipeline computes too."""
    varying = _varying(asked)
    record = _one_of_each(definition.levels)
    paths = list(definition.submission(record).walk())
    for compiled in rules:
        guard, condition = reads_of(compiled.rule, scope)
        for _, path, outcome in definition.judged(paths, [compiled]):
            context = Context(path, definition.parameters)
            stops = compiled.when is not None and compiled.when(context).value is not True
            reads = guard if stops else guard | condition
            if not reads & varying and outcome is not Outcome.VIOLATION:
                name, _ = definition.named(path[-1].id, record)
                yield Settled(compiled.rule.id, name, outcome, missing_fields(reads, asked))


def _varying(frame: Frame) -> frozenset[str]:
    """The fields and tables that differ from row to row."""
    found: set[str] = set()
    for path in positions((frame,)):
        found |= {name for name, cell in path[-1].cells.items() if not _is_same(cell)}
        found |= set(path[-1].tables)
        for table in path[-1].tables.values():
            if isinstance(table, Inline):
                found |= {"printed", "numerator", "named_base"}
    return frozenset(found)


def _is_same(cell: Cell) -> bool:
    """Whether a field is the same in every row."""
    if isinstance(cell, ByType):
        return isinstance(cell.type, Given) and all(isinstance(value, Number) for _, value in cell.cases)
    return isinstance(cell, Given)


def _one_of_each(levels: Sequence[Level]) -> Record:
    """A record of a department with one project and one target, of which nothing is known."""
    row: dict[str, object] = {}
    for level in reversed(levels[1:]):
        row = {level.table: [row]}
    return row
