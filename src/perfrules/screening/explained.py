"""The worst findings of each rule, explained by the definition: values, recomputed figures, causes, places.

Worst is where the margin is greatest: how far the figure is from the line, as the rule declares it (`margin`). Rules that
declare none are explained for the first subjects by their keys. The place of a figure is its row, by key, and its column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from perfrules import findings, pipeline
from perfrules.language import check
from perfrules.language.whole import BeyondError, lowered_amount
from perfrules.model.finding import Finding
from perfrules.plugins import Catalog
from perfrules.rules import CompiledRuleset
from perfrules.screening.definition import scope_of
from perfrules.screening.found import WANTED, Found
from perfrules.screening.prepared import Dataset, Prepared
from perfrules.screening.queries import worst_query
from perfrules.screening.questions import plain
from perfrules.screening.records import records
from perfrules.screening.submissions import Kept, name_and_keys

if TYPE_CHECKING:
    import duckdb

Keys = tuple[object, ...]


@frozen
class Explained:
    """A finding in full, with the kind of its subject and the keys down to it."""

    subject: str
    keys: Keys
    finding: Finding


def of_rows(
    database: duckdb.DuckDBPyConnection, dataset: Dataset, made: Prepared, found: Found, most: int
) -> Iterator[Explained]:
    """The worst findings of each rule in the departments of one period that stand in the tables."""
    wanted = {place for rank in _ranked(made) for place in found.worst(*rank, most)}
    found.want_only(keys[0] for _, _, keys in wanted)
    ask = made.definition
    for record in records(database, dataset.levels, ask.frame, WANTED):
        whole = ask.submission(record)
        for finding in findings.raised(whole, ask.ruleset, ask.parameters, ask.day):
            place = (finding.rule, *ask.named(finding.subject.id, record))
            if place in wanted:
                yield Explained(*place[1:], finding)


def _ranked(made: Prepared) -> Iterator[tuple[str, str, str, int]]:
    """Each rule and kind of subject that may be found, with the query that ranks it and its depth; none ranks by keys."""
    scope = scope_of(made.definition.ruleset, made.definition.catalog)
    rules = made.definition.ruleset.ruleset.rules
    values = {name: plain(trace) for name, trace in made.parameters.items()}
    for question, path in zip(made.questions.asked, made.questions.paths, strict=True):
        margin = rules[question.rule].margin
        text = ""
        if margin is not None:
            with suppress(BeyondError):
                checked = check(margin, evolve(scope, asked=rules[question.rule].for_types))
                rank = lowered_amount(checked, path, values)
                text = worst_query(question, made.relations, rank).sql(dialect="duckdb")
        yield question.rule, question.subject, text, question.depth
    for rule, kind in dict.fromkeys((each.rule, each.subject) for each in made.questions.beyond):
        yield rule, kind, "", 0


def of_submissions(
    kept: Sequence[Kept], ruleset: CompiledRuleset, catalog: Catalog, as_of: date | None
) -> Iterator[Explained]:
    """Every finding of the submissions that stand beside the tables."""
    for each in kept:
        whole, parameters = pipeline.completed(each.submission, ruleset.parameters, catalog, as_of)
        places = {path[-1].id: name_and_keys(path, each.key) for path in whole.walk()}
        for finding in findings.raised(whole, ruleset, parameters, as_of or each.submission.period[1]):
            yield Explained(*places[finding.subject.id], finding)


def worst(explained: Iterable[Explained], most: int) -> list[Explained]:
    """The worst of each rule, rule by rule; those without a margin last, then by keys."""
    by_rule: dict[str, list[Explained]] = {}
    for each in explained:
        by_rule.setdefault(each.finding.rule, []).append(each)
    return [each for rule in sorted(by_rule) for each in sorted(by_rule[rule], key=_order)[:most]]


def _order(each: Explained) -> tuple[object, ...]:
    margin = each.finding.margin
    exact = None if margin is None else margin.interval.exact
    return (exact is None, -(exact or 0), each.subject, tuple(map(str, each.keys)))
