"""The rehearsal of a ruleset (`perfrules rules test`): every example run through the pipeline, and every change that none notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import evolve, frozen

from perfrules import pipeline, readers
from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError, RulesetError
from perfrules.model.report import Report
from perfrules.model.rule import DatedValue, Example, Parameter, Rule, Ruleset
from perfrules.plugins import Catalog
from perfrules.rules import CompiledRuleset, compile_ruleset
from perfrules.rules.examples import disagreement
from perfrules.rules.head_from_yaml import OFF
from perfrules.rules.mutants import changed_settings, mutants


@frozen
class Rehearsal:
    """What came of it: how many rules and examples were tried, those that do not hold, and the changes nobody notices."""

    ruleset: Ruleset
    rules: int
    examples: int
    faults: tuple[Fault, ...]
    mutants: int = 0
    unnoticed: tuple[tuple[str, str], ...] = ()


def rehearse(ruleset: str | Path | None, catalog: Catalog, *, mutate: bool = False) -> Rehearsal:
    """Every example of every rule that stands in the ruleset itself, or that a plugin brings; raises RulesetError.

    Rules it has from the ruleset it extends show themselves at work with that one's parameters, and are tried there.
    """
    compiled = pipeline.prepare(ruleset, catalog)
    whole = compiled.ruleset
    own = [rule for rule in whole.rules.values() if rule.origin in ("", whole.id)]
    shown = [evolve(whole.rules[id], examples=examples) for id, examples in whole.examples.items()]
    faults = tuple(fault for rule in (*own, *shown) for fault in _faults(rule, compiled, catalog))
    changes = [_unnoticed(rule, whole, catalog) for rule in own] if mutate and not faults else []
    if mutate and not faults and whole.parent is not None:
        changes.append(_unnoticed_settings(shown, whole, catalog))
    return Rehearsal(
        whole,
        len(own) + len(shown),
        sum(len(rule.examples) for rule in (*own, *shown)),
        faults,
        sum(count for count, _ in changes),
        tuple(each for _, unnoticed in changes for each in unnoticed),
    )


def _faults(rule: Rule, ruleset: CompiledRuleset, catalog: Catalog) -> Iterator[Fault]:
    for example in rule.examples:
        try:
            found = disagreement(rule, example, report_on(rule, example, ruleset, catalog))
        except (ReadError, RulesetError) as error:
            yield from (evolve(fault, where=example.location) for fault in error.faults)
            continue
        if found is not None:
            yield found


def report_on(rule: Rule, example: Example, ruleset: CompiledRuleset, catalog: Catalog) -> Report:
    """The report on the submission of one of a rule's examples; raises ReadError or RulesetError."""
    submission = readers.submission_from(example.submission, "example", catalog.types)
    asked = _set(rule, example, ruleset, catalog) if example.parameters else ruleset
    return pipeline.check(submission, asked, catalog)


def _set(rule: Rule, example: Example, ruleset: CompiledRuleset, catalog: Catalog) -> CompiledRuleset:
    """The rule alone, with the parameters that its example sets; raises RulesetError where there is none of that name."""
    parameters = dict(ruleset.ruleset.parameters)
    for name, value in example.parameters.items():
        if name not in parameters:
            message = Bilingual(f"没有参数 ${name}", f"there is no parameter ${name}")
            raise RulesetError(Fault("ruleset.no_such_parameter", message, example.location))
        held = None if value.text in OFF else value
        parameters[name] = evolve(parameters[name], values=(DatedValue(date.min, held, {}),))
    return compile_ruleset(_alone(rule, parameters, ruleset.ruleset), catalog.types, catalog.functions)


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


def _unnoticed_settings(
    shown: Sequence[Rule], ruleset: Ruleset, catalog: Catalog
) -> tuple[int, list[tuple[str, str]]]:
    """How many changes were tried on what a ruleset sets of its parent's, and those that none of its examples notices."""
    tried, unnoticed = 0, []
    for parameters, said in changed_settings(ruleset):
        tried += 1
        noticed = False
        for rule in shown:
            alone = _alone(rule, parameters, ruleset)
            try:
                compiled = compile_ruleset(alone, catalog.types, catalog.functions)
                noticed = next(_faults(rule, compiled, catalog), None) is not None
            except RulesetError:
                noticed = True  # it does not even load
            if noticed:
                break
        if not noticed:
            unnoticed.append((ruleset.id, said))
    return tried, unnoticed


def _alone(rule: Rule, parameters: Mapping[str, Parameter], ruleset: Ruleset) -> Ruleset:
    """The rule with those that may cast doubt on its figures, and no others."""
    doubting = {each.id: each for each in ruleset.rules.values() if each.doubts}
    rules = {id: evolve(each, yields_to=()) for id, each in {**doubting, rule.id: rule}.items()}
    return evolve(ruleset, rules=rules, parameters=parameters, parent=None)
