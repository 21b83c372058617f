"""Options that several commands share, and where their output goes."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from perfrules.bilingual import Bilingual, Language
from perfrules.errors import Fault, PerfrulesError, ReadError
from perfrules.location import Location
from perfrules.plugins.hooks import Page

F = TypeVar("F", bound=Callable[..., object])


def language_option(command: F) -> F:
    """`--lang zh|en`; the environment variable PERFRULES_LANG sets the default."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(["zh", "en"]),
        default="zh",
        envvar="PERFRULES_LANG",
        help="报告和提示的语言, 默认 zh / language of reports and messages",
    )(command)


def without_option(command: F) -> F:
    """`--without NAME`, repeatable: plugins knowingly left out."""
    return click.option(
        "--without",
        multiple=True,
        metavar="NAME",
        help="排除某个插件, 可重复 / leave a plugin out, repeatable",
    )(command)


def ruleset_option(command: F) -> F:
    """`-r RULESET`: a shipped ruleset by name, or a folder."""
    return click.option(
        "-r",
        "--ruleset",
        metavar="RULESET",
        help="规则集名称或文件夹, 默认 core / name or folder of a ruleset",
    )(command)


def paths_argument(command: F) -> F:
    """Files and folders, one or more."""
    return click.argument(
        "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
    )(command)


def page() -> Page:
    """The terminal's width, and colour where the terminal shows it and NO_COLOR is not set; 80 columns for a pipe."""
    interactive = sys.stdout.isatty()
    width = shutil.get_terminal_size((80, 24)).columns if interactive or "COLUMNS" in os.environ else 80
    colour = interactive and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(max(width, 40), colour)


def emit(text: str, target: Path | None) -> None:
    """Writes to the screen, or to a file that is replaced only when all of it is written; raises ReadError."""
    if target is None:
        click.echo(text, nl=False)
        return
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=target.parent, prefix=f".{target.name}.", delete=False
        ) as file:
            file.write(text)
        os.replace(file.name, target)
    except OSError as error:
        message = Bilingual("无法写入这个文件", f"the file cannot be written ({error.strerror})")
        hint = Bilingual(
            "检查文件夹是否存在、是否可写", "check that the folder is there and can be written to"
        )
        raise ReadError(Fault("output.cannot_write", message, Location(target.as_posix()), hint)) from None


def complain(faults: Sequence[Fault], language: Language) -> None:
    """Tells on the screen's error channel which inputs were not read, and why."""
    if faults:
        click.echo(PerfrulesError(faults).said(language), err=True)
