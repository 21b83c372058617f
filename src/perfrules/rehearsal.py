"""The rehearsal of a ruleset (`perfrules rules test`): every example run through the pipeline, and every change that none notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import evolve, frozen

from perfrules import pipeline, readers
from perfrules.errors import Fault, ReadError, RulesetError
from perfrules.model.rule import Parameter, Rule, Ruleset
from perfrules.plugins import Catalog
from perfrules.rules import CompiledRuleset, compile_ruleset
from perfrules.rules.examples import disagreement
from perfrules.rules.mutants import mutants


@frozen
class Rehearsal:
    """What came of it: the rules, how many examples they have, those that do not hold, and the changes nobody notices."""

    ruleset: Ruleset
    examples: int
    faults: tuple[Fault, ...]
    mutants: int = 0
    unnoticed: tuple[tuple[str, str], ...] = ()


def rehearse(ruleset: str | Path | None, catalog: Catalog, *, mutate: bool = False) -> Rehearsal:
    """Every example of every rule of a ruleset, those of plugins' rules too; raises RulesetError where it does not load."""
    compiled = pipeline.prepare(ruleset, catalog)
    rules = compiled.ruleset.rules
    faults = tuple(fault for rule in rules.values() for fault in _faults(rule, compiled, catalog))
    changes = (
        [_unnoticed(rule, compiled.ruleset, catalog) for rule in rules.values()]
        if mutate and not faults
        else []
    )
    return Rehearsal(
        compiled.ruleset,
        sum(len(rule.examples) for rule in rules.values()),
        faults,
        sum(count for count, _ in changes),
        tuple(each for _, unnoticed in changes for each in unnoticed),
    )


def _faults(rule: Rule, ruleset: CompiledRuleset, catalog: Catalog) -> Iterator[Fault]:
    for example in rule.examples:
        try:
            submission = readers.submission_from(example.submission, "example", catalog.types)
            found = disagreement(rule, example, pipeline.check(submission, ruleset, catalog))
        except (ReadError, RulesetError) as error:
            yield from (evolve(fault, where=example.location) for fault in error.faults)
            continue
        if found is not None:
            yield found


def _unnoticed(rule: Rule, ruleset: Ruleset, catalog: Catalog) -> tuple[int, list[tuple[str, str]]]:
    """How many changes were tried on a rule, and those with which all its examples still hold."""
    tried, unnoticed = 0, []
    for mutant in mutants(rule, ruleset.parameters):
        tried += 1
        alone = _alone(mutant.rule, mutant.parameters, ruleset)
        try:
            compiled = compile_ruleset(alone, catalog.types, catalog.functions)
            noticed = next(_faults(mutant.rule, compiled, catalog), None) is not None
        except RulesetError:
            noticed = True  # it does not even load
        if not noticed:
            unnoticed.append((rule.id, mutant.said))
    return tried, unnoticed


def _alone(rule: Rule, parameters: Mapping[str, Parameter], ruleset: Ruleset) -> Ruleset:
    return evolve(ruleset, rules={rule.id: evolve(rule, yields_to=())}, parameters=parameters, parent=None)
