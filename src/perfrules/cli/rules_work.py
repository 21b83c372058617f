"""`perfrules rules test|lint|diff|new`: what authors of rules do with a ruleset."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from perfrules.bilingual import Language
from perfrules.cli.options import language_option, ruleset_option, without_option
from perfrules.cli.output import begin, emit, page
from perfrules.cli.usage import BilingualCommand
from perfrules.model.finding import Outcome


@click.command("test", cls=BilingualCommand)
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
    count = done.rules
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


@click.command("lint", cls=BilingualCommand)
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


@click.command("diff", cls=BilingualCommand)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--against",
    "paths",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="在哪些报告上比较, 可重复 / the reports to compare on, repeatable",
)
@without_option
@language_option
def diff_rulesets(
    old: str, new: str, paths: tuple[Path, ...], without: tuple[str, ...], language: Language
) -> int:
    """比较两个规则集在同一批报告上的结果 / Replays two rulesets over the same reports; shows which verdicts flip."""
    from perfrules.cli.output import complain
    from perfrules.plugins import catalog
    from perfrules.replay import replay
    from perfrules.reporters.layout import Styled, labelled, rendered
    from perfrules.reporters.words import OUTCOMES

    done, sheet, zh = replay(old, new, paths, catalog(without)), page(), language == "zh"

    def said(outcome: Outcome | None) -> str:
        return OUTCOMES[outcome].said(language) if outcome else ("无此规则" if zh else "not asked")

    head = f"{done.old} → {done.new}: "
    head += (
        f"{done.submissions} 份报告, {len(done.flips)} 个结果不同"
        if zh
        else f"{done.submissions} reports, {len(done.flips)} verdicts differ"
    )
    lines = [Styled(head, "title")]
    for rule, counted in done.by_rule().items():
        told = "; ".join(
            f"{said(before)} → {said(after)} {count}" for (before, after), count in counted.items()
        )
        lines += labelled(rule, told, sheet, 0, 10)
    if done.flips:
        lines.append(Styled("按部门" if zh else "By department", "title"))
    for department, count in done.by_department().items():
        lines += labelled(department, str(count), sheet, 0, 40)
    if done.flips:
        lines.append(Styled("逐项" if zh else "One by one", "title"))
    for each in done.flips:
        name = each.subject.name or each.subject.id
        told = f"{each.department or each.path}: {name}: {said(each.before)} → {said(each.after)}"
        lines += labelled(each.rule, told, sheet, 0, 10)
    emit(rendered(lines, sheet))
    complain((*done.faults, *done.remarks), language)
    return 2 if done.faults else int(bool(done.flips))


@click.command("new", cls=BilingualCommand)
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
    next_step = f"perfrules rules test -r {target.as_posix()}"
    begin(target, files_for(name, parent, title or name), next_step, language)
