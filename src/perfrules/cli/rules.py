"""`perfrules rules`: list and show here; what authors of rules do with them in `rules_work`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from perfrules.bilingual import Language
from perfrules.cli.options import language_option, ruleset_option, without_option
from perfrules.cli.output import emit, page
from perfrules.cli.rules_work import diff_rulesets, lint_rules, new_ruleset, test_rules
from perfrules.cli.usage import BilingualGroup
from perfrules.errors import RulesetError
from perfrules.location import Location
from perfrules.model.rule import Expression, Rule, Ruleset

PARAMETER = re.compile(r"\$(\w+)")
PARTS = {
    "severity": "级别",
    "for": "对象",
    "from": "来源",
    "when": "适用条件",
    "assert": "应成立",
    "measure": "度量",
    "limit": "界限",
    "suspect": "可能的算法",
    "message": "消息",
    "why": "理由",
    "basis": "依据",
    "pass": "例: 通过",
    "violation": "例: 不符",
    "undetermined": "例: 未判断",
    "not_applicable": "例: 不适用",
    "waived": "例: 豁免",
    "waivers": "豁免",
}
"""The keys of a rule's file as Chinese readers call them; in English the keys themselves."""


@click.group(cls=BilingualGroup)
def rules() -> None:
    """查看规则 / Looks at rules."""


for _command in (test_rules, lint_rules, diff_rulesets, new_ruleset):
    rules.add_command(_command)


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
    emit("\n".join(lines) + "\n")


@rules.command()
@click.argument("rule_id", metavar="ID")
@ruleset_option
@without_option
@language_option
def show(rule_id: str, ruleset: str | None, without: tuple[str, ...], language: Language) -> None:
    """显示一条规则 / Shows one rule."""
    from perfrules.reporters.layout import Styled, labelled, rendered
    from perfrules.rules import no_such_rule

    loaded = _loaded(ruleset, without)
    if rule_id not in loaded.rules:
        raise RulesetError(no_such_rule(rule_id, loaded, Location(loaded.id)))
    sheet, rule = page(), loaded.rules[rule_id]
    lines = [Styled(f"{rule.id}  {rule.title.said(language)}", "title")]
    for label, text in _parts(rule, loaded, language):
        called = PARTS.get(label, label) if language == "zh" else label
        lines += labelled(called, text, sheet, 0, 16)
    emit(rendered(lines, sheet))


def _parts(rule: Rule, ruleset: Ruleset, language: Language) -> Iterator[tuple[str, str]]:
    from perfrules.reporters.words import SEVERITIES

    asked = SEVERITIES[rule.severity].said(language)
    yield "severity", f"{rule.severity.value} {asked} ({rule.topic})"
    yield "for", ", ".join(rule.for_types)
    yield "from", _origin(rule, ruleset, language)
    if rule.is_unwaivable:
        yield "waivers", "不可豁免" if language == "zh" else "unwaivable"
    for name, expression in _expressions(rule):
        yield name, " ".join(expression.text.split())
    for suspect in rule.suspects:
        yield "suspect", f"{suspect.label.said(language)}: {suspect.value.text}"
    yield "message", rule.message.said(language)
    yield "why", rule.why.said(language)
    yield from (("basis", text) for text in _bases(rule, ruleset, language))
    yield from _parameters(rule, ruleset)
    for example in rule.examples:
        yield example.outcome, example.note or str(example.location)


def _origin(rule: Rule, ruleset: Ruleset, language: Language) -> str:
    """Where the rule comes from, and what rulesets that extend its own have changed of it and of its parameters."""
    zh = language == "zh"
    said = [
        f"{'插件' if zh else 'plugin'} {rule.plugin}"
        if rule.plugin
        else f"{'规则集' if zh else 'ruleset'} {rule.origin}"
    ]
    used = set(PARAMETER.findall(" ".join(each.text for _, each in _expressions(rule))))
    for change in ruleset.changes:
        if change.what == rule.id or change.what in used:
            name = change.what if change.what == rule.id else f"${change.what}"
            said.append(f"{name}: {change.before} → {change.after} ({change.because})")
    return "; ".join(said)


def _expressions(rule: Rule) -> Iterator[tuple[str, Expression]]:
    named = {"when": rule.when, "assert": rule.condition, "measure": rule.measure, "limit": rule.limit}
    yield from ((name, expression) for name, expression in named.items() if expression is not None)


def _bases(rule: Rule, ruleset: Ruleset, language: Language) -> Iterator[str]:
    zh = language == "zh"
    unconfirmed = "未确认, 报告中不引用" if zh else "not confirmed, not cited in reports"
    for basis in rule.basis:
        named = f"{basis.document}{basis.number}{basis.article}"
        yield named if basis.confirmed else f"{named} ({unconfirmed})"
    if not rule.basis:
        yield f"规则集 {ruleset.id}" if zh else f"ruleset {ruleset.id}"


def _parameters(rule: Rule, ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """The parameters that the rule's own expressions name, with every dated value and its source."""
    used = set(PARAMETER.findall(" ".join(each.text for _, each in _expressions(rule))))
    for name in (name for name in ruleset.parameters if name in used):
        for value in ruleset.parameters[name].values:
            by_month = ", ".join(f"{month}: {each.text}" for month, each in value.by_month.items())
            said = value.value.text if value.value else by_month
            yield f"${name}", f"{said}  ({value.since}; {value.source})"


def _loaded(ruleset: str | None, without: tuple[str, ...]) -> Ruleset:
    """The ruleset, checked: a list of rules that cannot be asked would mislead."""
    from perfrules import pipeline
    from perfrules.plugins import catalog

    return pipeline.prepare(ruleset, catalog(without)).ruleset
