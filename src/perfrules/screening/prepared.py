"""A dataset with a ruleset laid over it, for one period: frames, questions, parameters, and what is settled beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from perfrules.errors import ReadError
from perfrules.language.whole import Frame, Rows, Texts
from perfrules.language.whole.making import both, known
from perfrules.language.whole.nodes import FALSE, TRUE, Column
from perfrules.model.finding import Outcome
from perfrules.model.trace import Trace
from perfrules.plugins import Catalog
from perfrules.rules import CompiledRuleset
from perfrules.screening.asked import Question, Relation
from perfrules.screening.database import TYPE, Opened, open_tables
from perfrules.screening.definition import Definition, Settled, missing_fields, reads_of, scope_of, settled
from perfrules.screening.frames import Laying
from perfrules.screening.keys import levels_of, periods
from perfrules.screening.layout import Layout, Level, load_layout
from perfrules.screening.period import Period, in_force, with_progress
from perfrules.screening.questions import Questions, questions

if TYPE_CHECKING:
    import duckdb


@frozen
class Dataset:
    """A dataset's folder, opened: its layout, the tables that are there, and the periods of its departments."""

    folder: Path
    layout: Layout
    opened: Opened
    periods: tuple[Period, ...]

    @property
    def levels(self) -> tuple[Level, ...]:
        """The tables that are there, from departments down."""
        return levels_of(self.layout, self.opened)

    @property
    def relations(self) -> tuple[Relation, ...]:
        """The same as the queries need them."""
        columns = self.opened.columns
        return tuple(
            Relation(each.table, each.key if each.key in columns[each.table] else "", each.parent)
            for each in self.levels
        )


@frozen
class Prepared:
    """A ruleset laid over a dataset for one period.

    `settled` are rules that are undetermined on every subject of a kind, for want of columns: they are told once.
    `beyond` are the rules that only the definition answers, and `definition` is it.
    """

    frame: Frame
    relations: tuple[Relation, ...]
    questions: Questions
    parameters: Mapping[str, Trace]
    unused: Mapping[str, Sequence[str]]
    definition: Definition
    period: Period = (None, None)
    settled: tuple[Settled, ...] = ()
    beyond: tuple[str, ...] = ()
    over: tuple[tuple[str, str], ...] = ()
    """Rules and kinds of subjects of which no verdict is written: they are told once, or never open."""


def opened(folder: Path, database: duckdb.DuckDBPyConnection, catalog: Catalog) -> Dataset:
    """The dataset of a folder; raises ReadError where it cannot be read, RulesetError where its layout is at fault."""
    layout = load_layout(folder, catalog.types)
    tables = open_tables(database, folder, layout, catalog)
    laying = Laying(layout, catalog.types, tables.columns)
    laying.department()
    if laying.faults:
        raise ReadError(laying.faults)
    return Dataset(folder, layout, tables, periods(database, layout, tables))


def prepared(
    folder: Path,
    database: duckdb.DuckDBPyConnection,
    ruleset: CompiledRuleset,
    catalog: Catalog,
    as_of: date | None = None,
) -> Prepared:
    """The dataset of a folder with a ruleset laid over it, for its first period."""
    dataset = opened(folder, database, catalog)
    return laid(dataset, dataset.periods[0], ruleset, catalog, as_of)


def laid(
    dataset: Dataset, period: Period, ruleset: CompiledRuleset, catalog: Catalog, as_of: date | None
) -> Prepared:
    """A ruleset laid over the departments of one period; raises RulesetError where a parameter has no value then."""
    laying = Laying(evolve(dataset.layout, period=period), catalog.types, dataset.opened.columns)
    plain = laying.department()
    parameters = in_force(ruleset, period, as_of)
    unset = frozenset(each.parameter.name for each in ruleset.parameters) - parameters.keys()
    frame = with_progress(_typed(plain), parameters, catalog, period, unset)
    day = as_of or period[1]
    asked = questions(ruleset, frame, parameters, day, catalog.types, catalog.functions)
    definition = Definition(
        ruleset, catalog, plain, dataset.levels, parameters, day, dataset.folder.as_posix()
    )
    scope = scope_of(ruleset, catalog)
    by_definition = _left_over(ruleset, asked, parameters, day)
    rules = [each for each in ruleset.rules if each.rule.id in by_definition]
    told = list(settled(definition, frame, rules, scope))
    over = {(each.rule, each.subject) for each in told}
    kept = []
    for each, path in zip(asked.asked, asked.paths, strict=True):
        if _is_open_everywhere(each, path[-1]):
            rule = ruleset.ruleset.rules[each.rule]
            missing = missing_fields(frozenset().union(*reads_of(rule, scope)), frame)
            told.append(Settled(each.rule, each.subject, Outcome.UNDETERMINED, missing))
            over.add((each.rule, each.subject))
        elif not (each.violated == each.unknown == FALSE):
            kept.append((each, path))
    asked = evolve(asked, asked=tuple(q for q, _ in kept), paths=tuple(p for _, p in kept))
    kinds = {(each.rule, each.subject) for each in asked.beyond}
    beyond = tuple(dict.fromkeys(rule for rule, _ in kinds - over))
    beyond = tuple(
        each for each in by_definition if each in beyond or each not in {rule for rule, _ in kinds}
    )
    return Prepared(
        frame,
        dataset.relations,
        asked,
        parameters,
        laying.unused(),
        definition,
        period,
        tuple(each for each in told if each.outcome is Outcome.UNDETERMINED),
        beyond,
        tuple(sorted(over)),
    )


def _typed(frame: Frame) -> Frame:
    """The frame in which the type of a project is what the view says, where it says it."""
    rows = frame.tables.get("projects")
    if not isinstance(rows, Rows) or "name" not in rows.frame.cells:
        return frame
    project = evolve(rows.frame, cells={**rows.frame.cells, "type": Texts((1, TYPE))})
    return evolve(frame, tables={**frame.tables, "projects": evolve(rows, frame=project)})


def _left_over(
    ruleset: CompiledRuleset, asked: Questions, parameters: Mapping[str, Trace], day: date | None
) -> tuple[str, ...]:
    """The rules that the questions leave to the definition: those beyond, and dated ones where no date is known."""
    beyond = {each.rule for each in asked.beyond}
    return tuple(
        each.rule.id
        for each in ruleset.rules
        if each.rule.id in beyond
        or (day is None and (each.rule.since or each.rule.until) and not each.parameters - parameters.keys())
    )


def _is_open_everywhere(question: Question, frame: Frame) -> bool:
    """Whether the question is unknown for every subject there is."""
    everywhere = [TRUE] if frame.present is None else [both(known(Column(frame.present)), TRUE)]
    return question.unknown in everywhere
