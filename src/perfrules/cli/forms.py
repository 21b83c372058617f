"""The forms that the results of a run are written in: `-f FORMAT` for the screen, `-f FORMAT=FILE` for a file, repeatable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from perfrules.bilingual import Bilingual, Language
from perfrules.errors import Fault, ReadError

if TYPE_CHECKING:
    from perfrules.plugins import Reporter

F = TypeVar("F", bound=Callable[..., object])
SCREEN = "rich"
"""The form that is written where none is asked for."""


def forms_option(command: F) -> F:
    """`-f FORMAT[=FILE]`, repeatable; `-f list` tells what there is."""
    return click.option(
        "-f",
        "--format",
        "forms",
        multiple=True,
        metavar="FORMAT[=FILE]",
        is_eager=True,
        callback=_listed,
        help="输出格式, 可重复, 如 -f html=结果.html; -f list 列出全部 / a form, repeatable; -f list lists them all",
    )(command)


def _listed(context: click.Context, _: click.Parameter, said: tuple[str, ...]) -> tuple[str, ...]:
    """What was asked for; `list` tells what there is, and that is all that is done."""
    if "list" in said:
        from perfrules.plugins import catalog

        for each in catalog(()).reporters.values():
            click.echo(f"{each.name:<10} {each.about.zh} / {each.about.en}")
        context.exit(0)
    return said


def asked_for(
    forms: Sequence[str], output: Path | None, known: Mapping[str, Reporter], language: Language
) -> list[tuple[Reporter, Path | None]]:
    """Each form with the file it goes to; None for the screen, which takes one form at most.

    `-o FILE` is where the one form without a file goes. Raises ReadError where that does not come out.
    """
    found = [_form(each, known, language) for each in forms or (SCREEN,)]
    bare = [at for at, (_, target) in enumerate(found) if target is None]
    if output is not None and bare:
        found[bare[0]] = (found[bare[0]][0], output)
    elif output is not None:
        raise ReadError(
            _fault("每种格式都已写明文件, -o 多余", "every form has its file; -o is one too many")
        )
    if len(bare) > 1:
        raise ReadError(
            _fault(
                "屏幕上只能显示一种格式",
                "the screen takes one form",
                "其余的写成 格式=文件",
                "write FORMAT=FILE for the others",
            )
        )
    for form, target in found:
        if form.into_file and target is None:
            raise ReadError(_no_screen(form.name))
    targets = [target.resolve() for _, target in found if target is not None]
    if len(set(targets)) < len(targets):
        raise ReadError(_fault("两种格式写入同一个文件", "two forms go to one file"))
    return found


def _form(said: str, known: Mapping[str, Reporter], language: Language) -> tuple[Reporter, Path | None]:
    name, is_told, file = said.partition("=")
    if name in known and is_told and not file:
        raise ReadError(
            _fault(
                f"-f {said} 缺少文件名",
                f"-f {said} lacks the name of a file",
                f"写成 -f {name}=文件",
                f"write -f {name}=FILE",
            )
        )
    if name not in known:
        listed = "".join(f"\n   {each.name:<10} {each.about.said(language)}" for each in known.values())
        raise click.BadParameter(
            f"{'可用的格式' if language == 'zh' else 'there are'}:{listed}", param_hint=f"-f {said}"
        )
    return known[name], Path(file) if file else None


def _no_screen(name: str) -> Fault:
    """That a form is bytes for a file; told before anything is read, and before other forms are written."""
    return _fault(
        f"{name} 不能显示在屏幕上",
        f"{name} is no text for a screen",
        f"写成 -f {name}=文件",
        f"write -f {name}=FILE",
    )


def _fault(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Fault:
    return Fault("output.forms", Bilingual(zh, en), None, Bilingual(hint_zh, hint_en) if hint_zh else None)
