"""Rules changed in one place: an operator, a threshold, a base. What no example notices, nobody has decided.

In: a rule and the parameters it uses. Out: the same with one change each, and what was changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from attrs import evolve, fields, frozen

from perfrules.language import Node, parse, to_text
from perfrules.language.syntax import Arithmetic, Comparison, Literal, Logic, Name, Within
from perfrules.model.rule import Band, DatedValue, Expression, Parameter, Rule, Ruleset
from perfrules.model.truth import Number
from perfrules.rules.bands import condition_of

SWAPPED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "≈": "=="}
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
BASES = ("adjusted_budget", "initial_budget", "appropriated")


@frozen
class Mutant:
    """A rule, or a parameter it uses, changed in one place; `said` is the change, before and after."""

    rule: Rule
    parameters: Mapping[str, Parameter]
    said: str


def mutants(rule: Rule, parameters: Mapping[str, Parameter]) -> Iterator[Mutant]:
    """Every change of the rule's condition and guard, and of the parameters that its condition names."""
    for name in ("when",) if rule.bands else ("condition", "when"):
        expression = getattr(rule, name)
        if expression is not None:
            for text in _changed(expression):
                changed = Expression(text, expression.location)
                said = f"{_one_line(expression.text)} → {text}"
                yield Mutant(_with(rule, **{name: changed}), parameters, said)
    if rule.bands:
        yield from (Mutant(each, parameters, said) for each, said in _banded(rule))
    for name in sorted(_used(rule, parameters)):
        for parameter in _parameter(parameters[name]):
            said = f"${name}: {_values(parameters[name])} → {_values(parameter)}"
            yield Mutant(rule, {**parameters, name: parameter}, said)


def changed_settings(ruleset: Ruleset) -> Iterator[tuple[Mapping[str, Parameter], str]]:
    """Every change of the parameters that a ruleset sets of its parent's, and what was changed."""
    for name, parameter in ruleset.parameters.items():
        if parameter.origin == ruleset.id and parameter.before is not None:
            for changed in _parameter(parameter):
                said = f"${name}: {_values(parameter)} → {_values(changed)}"
                yield {**ruleset.parameters, name: changed}, said


def _banded(rule: Rule) -> Iterator[tuple[Rule, str]]:
    """The rule with its measure changed, or with two of its neighbouring levels meeting elsewhere."""
    assert rule.measure is not None
    for text in _changed(rule.measure):
        said = f"{_one_line(rule.measure.text)} → {text}"
        yield _with_bands(rule, Expression(text, rule.measure.location), rule.bands), said
    for index, (below, above) in enumerate(pairwise(rule.bands)):
        assert below.high is not None
        ends = [(text, below.high_closed) for text in _changed(below.high)]
        for text, closed in (*ends, (below.high.text, not below.high_closed)):
            end = Expression(text, below.high.location)
            meeting = (
                evolve(below, high=end, high_closed=closed),
                evolve(above, low=end, low_closed=not closed),
            )
            bands = (*rule.bands[:index], *meeting, *rule.bands[index + 2 :])
            before, after = (_below(below), _below(meeting[0]))
            said = f"{below.level}: {before} → {after}"
            yield _with_bands(rule, rule.measure, bands), said


def _below(band: Band) -> str:
    assert band.high is not None
    return f"{'<=' if band.high_closed else '<'} {band.high.text}"


def _with_bands(rule: Rule, measure: Expression, bands: tuple[Band, ...]) -> Rule:
    return evolve(rule, measure=measure, bands=bands, condition=condition_of(measure, bands))


def _changed(expression: Expression) -> Iterator[str]:
    for node in variants(parse(expression.text)):
        yield to_text(node)


def variants(node: Node) -> Iterator[Node]:
    """The expression with one place changed, for every place and change."""
    yield from _here(node)
    for each in fields(type(node)):
        value: Any = getattr(node, each.name)
        for index, part in enumerate(value if isinstance(value, tuple) else (value,)):
            if not hasattr(part, "span"):
                continue
            for changed in variants(part):
                if _is_eased(part, changed, node):
                    continue
                whole = (
                    (*value[:index], changed, *value[index + 1 :]) if isinstance(value, tuple) else changed
                )
                yield _with(node, **{each.name: whole})


def _is_eased(part: Node, changed: Node, above: Node) -> bool:
    """Whether only `<=` became `<`, or the like, beside an `or` that lets what is printed equal pass anyway."""
    if not (isinstance(part, Comparison) and isinstance(changed, Comparison) and isinstance(above, Logic)):
        return False
    alike = Comparison(("≈",), part.operands)
    return (
        above.operator == "or"
        and part.operands == changed.operands
        and alike in above.parts
        and alike != part
    )


def _with(node: Any, **changes: object) -> Any:
    return evolve(node, **changes)


def _here(node: Node) -> Iterator[Node]:
    match node:
        case Comparison(operators=operators):
            for index, operator in enumerate(operators):
                swapped = (*operators[:index], SWAPPED[operator], *operators[index + 1 :])
                yield evolve(node, operators=swapped)
        case Within():
            yield evolve(node, low_closed=not node.low_closed)
            yield evolve(node, high_closed=not node.high_closed)
        case Literal(value=Number()):
            yield from (parse(text) for text in _nearby(node.text))
        case Arithmetic(operator="/", right=Name(parts=parts)) if parts[-1] in BASES:
            others = (base for base in BASES if base != parts[-1])
            yield from (evolve(node, right=Name((*parts[:-1], base))) for base in others)


def _nearby(text: str) -> Iterator[str]:
    """The number one unit of its last digit above, and below where that is not below zero."""
    digits = _DIGITS.match(text)
    assert digits is not None  # as the canonical text of a number begins
    unit = text[digits.end() :]
    number = Decimal(digits.group())
    step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    yield f"{number + step}{unit}"
    if number >= step:
        yield f"{number - step}{unit}"


def _used(rule: Rule, parameters: Mapping[str, Parameter]) -> set[str]:
    ends = [end for band in rule.bands for end in (band.low, band.high)]
    texts = [each.text for each in (rule.condition, rule.when, *ends) if each is not None]
    return {name for name in parameters if any(f"${name}" in text.replace(f"${name}_", "") for text in texts)}


def _parameter(parameter: Parameter) -> Iterator[Parameter]:
    for index, value in enumerate(parameter.values):
        for changed in _value(value):
            values = (*parameter.values[:index], changed, *parameter.values[index + 1 :])
            yield evolve(parameter, values=values)


def _value(value: DatedValue) -> Iterator[DatedValue]:
    if value.value is not None:
        yield from (evolve(value, value=Expression(text)) for text in _changed(value.value))
    for month, expression in value.by_month.items():
        for text in _changed(expression):
            yield evolve(value, by_month={**value.by_month, month: Expression(text)})


def _values(parameter: Parameter) -> str:
    said = []
    for value in parameter.values:
        months = [f"{month}: {each.text}" for month, each in value.by_month.items()]
        said.append(value.value.text if value.value else ", ".join(months))
    return "; ".join(map(_one_line, said))


def _one_line(text: str) -> str:
    return " ".join(text.split())
