"""`perfrules rules list` and `perfrules rules show ID`."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import click

from perfrules.bilingual import Bilingual, Language
from perfrules.cli.options import emit, language_option, page, ruleset_option, without_option
from perfrules.errors import Fault, RulesetError
from perfrules.location import Location
from perfrules.model.rule import Rule, Ruleset


@click.group()
def rules() -> None:
    """查看规则 / Looks at rules."""


@rules.command("list")
@ruleset_option
@without_option
@language_option
def list_rules(ruleset: str | None, without: tuple[str, ...], language: Language) -> None:
    """列出规则 / Lists the rules of a ruleset."""
    from perfrules.reporters.layout import padded

    loaded = _loaded(ruleset, without)
    lines = [f"{loaded.id} {loaded.version}  {loaded.title.said(language)}"]
    for rule in loaded.rules.values():
        kinds = ",".join(rule.for_types)
        lines.append(
            f"{padded(rule.id, 8)} {padded(rule.severity.value, 8)} {padded(kinds, 14)} {rule.title.said(language)}"
        )
    emit("\n".join(lines) + "\n", None)


@rules.command()
@click.argument("rule_id", metavar="ID")
@ruleset_option
@without_option
@language_option
def show(rule_id: str, ruleset: str | None, without: tuple[str, ...], language: Language) -> None:
    """显示一条规则 / Shows one rule."""
    from perfrules.reporters.layout import Styled, labelled, rendered

    loaded = _loaded(ruleset, without)
    if rule_id not in loaded.rules:
        raise RulesetError(_unknown(rule_id, loaded))
    sheet, rule = page(), loaded.rules[rule_id]
    lines = [Styled(f"{rule.id}  {rule.title.said(language)}", "title")]
    for label, text in _parts(rule, loaded, language):
        lines += labelled(label, text, sheet, 0, 12)
    emit(rendered(lines, sheet), None)


def _parts(rule: Rule, ruleset: Ruleset, language: Language) -> Iterator[tuple[str, str]]:
    zh = language == "zh"
    yield "severity", f"{rule.severity.value} ({rule.topic})"
    yield "for", ", ".join(rule.for_types)
    for name, expression in (
        ("when", rule.when),
        ("assert", rule.condition),
        ("measure", rule.measure),
        ("limit", rule.limit),
    ):
        if expression is not None:
            yield name, " ".join(expression.text.split())
    for suspect in rule.suspects:
        yield "suspect", f"{suspect.label.said(language)}: {suspect.value.text}"
    yield "message", rule.message.said(language)
    yield "why", rule.why.said(language)
    unconfirmed = "未确认, 报告中不引用" if zh else "not confirmed, not cited in reports"
    for basis in rule.basis:
        yield (
            "basis",
            f"{basis.document}{basis.number}{basis.article}"
            + ("" if basis.confirmed else f" ({unconfirmed})"),
        )
    if not rule.basis:
        yield "basis", f"规则集 {ruleset.id}" if zh else f"ruleset {ruleset.id}"
    for name, parameter in ruleset.parameters.items():
        if f"${name}" in " ".join(each.text for each in (rule.condition, rule.when, rule.limit) if each):
            for value in parameter.values:
                said = (
                    value.value.text
                    if value.value
                    else ", ".join(f"{month}: {each.text}" for month, each in value.by_month.items())
                )
                yield f"${name}", f"{said}  ({value.since}; {value.source})"
    for example in rule.examples:
        yield example.outcome, example.note or str(example.location)


def _loaded(ruleset: str | None, without: tuple[str, ...]) -> Ruleset:
    """The ruleset, checked: a list of rules that cannot be asked would mislead."""
    from perfrules import pipeline
    from perfrules.plugins import catalog

    return pipeline.prepare(ruleset, catalog(without)).ruleset


def _unknown(rule_id: str, ruleset: Ruleset) -> Fault:
    near = get_close_matches(rule_id.upper(), ruleset.rules, 1)
    message = Bilingual(
        f"规则集 {ruleset.id} 没有规则 {rule_id}", f"ruleset {ruleset.id} has no rule {rule_id}"
    )
    hint = Bilingual("用 perfrules rules list 查看全部", "perfrules rules list shows them all")
    if near:
        hint = Bilingual(f"是否为 {near[0]}?", f"did you mean {near[0]}?")
    return Fault("ruleset.no_such_rule", message, Location(ruleset.id), hint)
