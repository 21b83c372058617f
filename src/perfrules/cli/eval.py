"""`perfrules eval EXPRESSION --on PATH`: asks an expression of reports and shows value and calculation."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import click

from perfrules.bilingual import Language
from perfrules.cli.options import (
    as_of_option,
    format_option,
    language_option,
    output_option,
    ruleset_option,
    without_option,
)
from perfrules.cli.output import FOR_PEOPLE, complain, emit, page_for, spare
from perfrules.cli.usage import BilingualCommand

SEPARATORS = re.compile(r"[,，、\s]+")


@click.command("eval", cls=BilingualCommand)
@click.argument("expression", metavar="EXPRESSION")
@click.option(
    "--on",
    "paths",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    metavar="PATH",
    help="报告文件或文件夹, 可重复 / report or folder of reports, repeatable",
)
@click.option(
    "--for",
    "types",
    multiple=True,
    metavar="TYPE",
    help="问哪类对象, 如 line 或 支出类别, 可重复, 默认按所用字段 / subject type, repeatable; default: by its fields",
)
@ruleset_option
@as_of_option
@format_option
@output_option
@without_option
@language_option
def evaluate(
    expression: str,
    paths: tuple[Path, ...],
    types: tuple[str, ...],
    ruleset: str | None,
    as_of: datetime | None,
    form: str,
    output: Path | None,
    without: tuple[str, ...],
    language: Language,
) -> int:
    """在报告上试算表达式 / Tries an expression on reports."""
    from perfrules.plugins import catalog
    from perfrules.question import Question, ask
    from perfrules.reporters.answers_json import answers_json
    from perfrules.reporters.answers_terminal import answers_terminal
    from perfrules.reporters.ledger_lines import files_told

    names = tuple(name for each in types for name in SEPARATORS.split(each) if name)
    asking = ask(
        expression, paths, catalog(without), Question(ruleset, names, as_of.date() if as_of else None)
    )
    documents = [each.path for one in asking.submissions for each in one.submission.documents]
    spare([*paths, *documents], output)
    if form == "json":
        text = answers_json(asking, language)
    else:
        sheet = page_for(output)
        text = answers_terminal(asking, language, sheet) + files_told(
            asking.faults, asking.remarks, language, sheet
        )
    emit(text, output, for_people=form == FOR_PEOPLE)
    complain((*asking.faults, *asking.remarks), language)
    return 2 if asking.faults else 0
