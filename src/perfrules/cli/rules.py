"""`perfrules rules list` and `perfrules rules show ID`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

import click

from perfrules.bilingual import Bilingual, Language
from perfrules.cli.options import language_option, ruleset_option, without_option
from perfrules.cli.output import emit, page
from perfrules.cli.usage import BilingualGroup
from perfrules.errors import Fault, RulesetError
from perfrules.location import Location
from perfrules.model.rule import Expression, Rule, Ruleset

PARAMETER = re.compile(r"\$(\w+)")
PARTS = {
    "severity": "级别",
    "for": "对象",
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
}
"""The keys of a rule's file as Chinese readers call them; in English the keys themselves."""


@click.group(cls=BilingualGroup)
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
    emit("\n".join(lines) + "\n")


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
        called = PARTS.get(label, label) if language == "zh" else label
        lines += labelled(called, text, sheet, 0, 16)
    emit(rendered(lines, sheet))


@rules.command("test")
@ruleset_option
@click.option(
    "--mutate",
    is_flag=True,
    help="改动阈值、比较符、分母, 看示例是否察觉 / change thresholds, operators and bases",
)
@without_option
@language_option
def test_rules(ruleset: str | None, mutate: bool, without: tuple[str, ...], language: Language) -> int:
    """运行每条规则的示例 / Runs every rule's examples."""
    from perfrules.plugins import catalog
    from perfrules.rehearsal import rehearse
    from perfrules.reporters.layout import Styled, labelled, rendered

    done, sheet, zh = rehearse(ruleset, catalog(without), mutate=mutate), page(), language == "zh"
    count = len(done.ruleset.rules)
    said = f"{count} 条规则, {done.examples} 个示例, " if zh else f"{count} rules, {done.examples} examples, "
    lines = [Styled(said + (f"不成立 {len(done.faults)}" if zh else f"{len(done.faults)} do not hold"))]
    for fault in done.faults:
        lines += labelled(str(fault.where or ""), fault.message.said(language), sheet, 3, 24)
    if mutate and not done.faults:
        told = f"改动 {done.mutants} 处, 未被察觉 {len(done.unnoticed)}"
        lines.append(Styled(told if zh else f"{done.mutants} changes, {len(done.unnoticed)} unnoticed"))
        for id, change in done.unnoticed:
            lines += labelled(id, change, sheet, 3, 10)
    emit(rendered(lines, sheet))
    return 1 if done.faults or done.unnoticed else 0


@rules.command("lint")
@ruleset_option
@click.option(
    "--from",
    "first",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="最早的截止日期 / first cut-off",
)
@click.option(
    "--to", "last", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="最晚的截止日期 / last cut-off"
)
@without_option
@language_option
def lint_rules(
    ruleset: str | None,
    first: datetime | None,
    last: datetime | None,
    without: tuple[str, ...],
    language: Language,
) -> None:
    """指出值得再看的地方 / Points at what is worth another look; never fails."""
    from perfrules import pipeline
    from perfrules.plugins import catalog
    from perfrules.reporters.layout import Styled, labelled, rendered
    from perfrules.rules.lint import remarks

    found, sheet = catalog(without), page()
    days = (first.date() if first else None, last.date() if last else None)
    told = remarks(pipeline.prepare(ruleset, found), found.types, found.functions, days)
    lines = [
        line
        for each in told
        for line in labelled(each.about, f"{each.message.said(language)} [{each.code}]", sheet, 0, 12)
    ]
    lines.append(Styled(f"{len(told)} 处" if language == "zh" else f"{len(told)} remarks"))
    emit(rendered(lines, sheet))


@rules.command("new")
@click.argument("name", metavar="NAME")
@click.option(
    "--extends",
    "parent",
    default="core",
    metavar="RULESET",
    help="继承哪个规则集, 默认 core / the ruleset it extends",
)
@click.option("--title", metavar="名称", help="中文名称, 默认 NAME / the Chinese title")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help="写到何处 / where to",
)
@language_option
def new_ruleset(name: str, parent: str, title: str | None, folder: Path, language: Language) -> None:
    """新建一个继承他人的规则集 / Begins a ruleset that extends another."""
    from perfrules.rules.new import files_for

    target = folder / name
    if target.exists():
        message = Bilingual("已经存在, 没有写入任何内容", "is there already; nothing was written")
        hint = Bilingual("换一个名称, 或用 --to 指定别处", "choose another name, or another place with --to")
        raise RulesetError(Fault("ruleset.exists", message, Location(target.as_posix()), hint))
    files = files_for(name, parent, title or name)
    try:
        for place, text in files.items():
            (target / place).parent.mkdir(parents=True, exist_ok=True)
            (target / place).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        message = Bilingual("无法写入", f"cannot be written ({error.strerror})")
        raise RulesetError(Fault("ruleset.unwritable", message, Location(target.as_posix()))) from None
    listed = "".join(f"   {(target / place).as_posix()}\n" for place in files)
    done = "已写好, 下一步" if language == "zh" else "written; now"
    emit(f"{listed}{done}: perfrules rules test -r {target.as_posix()}\n")


def _parts(rule: Rule, ruleset: Ruleset, language: Language) -> Iterator[tuple[str, str]]:
    from perfrules.reporters.words import SEVERITIES

    asked = SEVERITIES[rule.severity].said(language)
    yield "severity", f"{rule.severity.value} {asked} ({rule.topic})"
    yield "for", ", ".join(rule.for_types)
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


def _unknown(rule_id: str, ruleset: Ruleset) -> Fault:
    near = get_close_matches(rule_id.upper(), ruleset.rules, 1)
    message = Bilingual(
        f"规则集 {ruleset.id} 没有规则 {rule_id}", f"ruleset {ruleset.id} has no rule {rule_id}"
    )
    hint = Bilingual("用 perfrules rules list 查看全部", "perfrules rules list shows them all")
    if near:
        hint = Bilingual(f"是否为 {near[0]}?", f"did you mean {near[0]}?")
    return Fault("ruleset.no_such_rule", message, Location(ruleset.id), hint)
