"""`perfrules fmt PATH...`: writes the expressions of rulesets canonically, in place, and nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.bilingual import Bilingual, Language
from perfrules.cli.options import language_option, paths_argument
from perfrules.cli.output import emit
from perfrules.cli.usage import BilingualCommand

WRITTEN = Bilingual("已改写", "rewritten")
TO_WRITE = Bilingual("需要改写", "would be rewritten")


@click.command(cls=BilingualCommand)
@paths_argument
@click.option(
    "--check",
    "only_look",
    is_flag=True,
    help="只列出会改动的文件, 有则返回 1 / list what would change, write nothing; 1 if any",
)
@language_option
def fmt(paths: tuple[Path, ...], only_look: bool, language: Language) -> int:
    """规范表达式的写法 / Writes expressions canonically: a ruleset's folder, or YAML files."""
    from perfrules.rules.formatting import formatted

    files = formatted(paths)
    changed = [each for each in files if each.changed]
    for each in changed:
        if not only_look:
            emit(each.mark + each.after, each.path)
        emit(f"{(TO_WRITE if only_look else WRITTEN).said(language)}  {each.path.as_posix()}\n")
    for note in (note for each in files for note in each.notes):
        emit(f"{note.said(language)}\n")
    same = len(files) - len(changed)
    emit(f"不变 {same}\n" if language == "zh" else f"unchanged: {same}\n")
    return int(only_look and bool(changed))
