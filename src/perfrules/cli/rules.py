"""`perfrules rules`: list and show here; what authors of rules do with them in `rules_work`."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.bilingual import Language
from perfrules.cli.options import language_option, ruleset_option, without_option
from perfrules.cli.output import emit, page
from perfrules.cli.rules_params import params
from perfrules.cli.rules_work import diff_rulesets, lint_rules, new_ruleset, test_rules
from perfrules.cli.usage import BilingualGroup
from perfrules.errors import RulesetError
from perfrules.location import Location


@click.group(cls=BilingualGroup)
def rules() -> None:
    """查看规则 / Looks at rules."""


for _command in (test_rules, lint_rules, diff_rulesets, new_ruleset, params):
    rules.add_command(_command)


@rules.command("list")
@ruleset_option
@without_option
@language_option
def list_rules(ruleset: str | None, without: tuple[str, ...], language: Language) -> None:
    """列出规则 / Lists the rules of a ruleset."""
    from perfrules import pipeline
    from perfrules.plugins import catalog
    from perfrules.reporters.layout import padded

    loaded = pipeline.prepare(ruleset, catalog(without), with_examples=False).ruleset
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
    from perfrules import pipeline
    from perfrules.plugins import catalog
    from perfrules.reporters.rule_terminal import rule_terminal
    from perfrules.rule_pages import page_of, profiles_of
    from perfrules.rules import no_such_rule

    found = catalog(without)
    compiled = pipeline.prepare(ruleset, found)
    whole = compiled.ruleset
    if rule_id not in whole.rules:
        raise RulesetError(no_such_rule(rule_id, whole, Location(whole.id)))
    shown = page_of(whole.rules[rule_id], compiled, profiles_of(whole), found)
    emit(rule_terminal(shown, language, page()))


@rules.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER",
    help="写到哪个文件夹 / the folder to write to",
)
@ruleset_option
@without_option
@language_option
def pages(folder: Path, ruleset: str | None, without: tuple[str, ...], language: Language) -> None:
    """写出每条规则的说明页 / Writes a page for every rule, and their index."""
    from perfrules.plugins import catalog
    from perfrules.rule_pages import documents

    written = documents(ruleset, catalog(without))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in written.items():
        emit(text, folder / name)
    said = f"已写出 {len(written)} 页" if language == "zh" else f"{len(written)} pages written"
    emit(f"{said}: {folder.as_posix()}\n")


@rules.command()
@click.option(
    "--of",
    type=click.Choice(
        ["rule", "ruleset", "waivers", "submission", "facts", "findings", "comparison", "bundle"]
    ),
    default="rule",
    help="哪一种文件 / of which kind of file",
)
def schema(of: str) -> None:
    """输出 JSON Schema, 供编辑器补全和核对 / Prints a JSON Schema, for editors and programs."""
    import json

    from perfrules.reporters import schemas
    from perfrules.rules.schema import schema as schema_of

    if of == "submission":
        from perfrules.plugins import catalog
        from perfrules.readers import submission_schema

        told = submission_schema(catalog().types)
    elif of in schemas.OF:
        told = schemas.OF[of]()
    else:
        told = schema_of(of)
    emit(json.dumps(told, ensure_ascii=False, indent=2) + "\n", for_people=False)
