"""click's complaints about a call, and its help, in the two languages. In: click's exceptions. Out: lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import click

from perfrules.bilingual import Bilingual, Language

HEADINGS = {"Options": "选项 / Options", "Commands": "命令 / Commands"}
HELP = "显示用法 / show how it is used"
VERSION = "显示版本 / show the version"
NO_COMMAND = re.compile(r"No such command '(?P<name>.*?)'")
EXTRA = re.compile(r"unexpected extra arguments? \((?P<name>.*)\)")


class BilingualFormatter(click.HelpFormatter):
    """Help with Chinese headings first."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how the command is called."""
        super().write_usage(prog, args, prefix or "用法 / Usage: ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """A section under its heading in both languages."""
        with super().section(HEADINGS.get(name, name)):
            yield


class BilingualContext(click.Context):
    """A call whose help is written in both languages."""

    formatter_class = BilingualFormatter


class BilingualCommand(click.Command):
    """A command whose help is in both languages."""

    context_class = BilingualContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, explained in both languages."""
        return explained(super().get_help_option(ctx))


class BilingualGroup(click.Group):
    """A group of commands whose help is in both languages."""

    context_class = BilingualContext
    command_class = BilingualCommand

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, explained in both languages."""
        return explained(super().get_help_option(ctx))


def explained(option: click.Option | None) -> click.Option | None:
    """The help option with its explanation in both languages."""
    if option is not None:
        option.help = HELP
    return option


def usage_said(error: click.ClickException, language: Language) -> str:
    """What is wrong with the call, and where help is to be had; the help itself where nothing was asked for."""
    if isinstance(error, click.UsageError) and type(error).__name__ == "NoArgsIsHelpError":
        return error.message
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "perfrules"
    label = "提示" if language == "zh" else "hint"
    hint = Bilingual(f"运行 {path} --help 查看用法", f"{path} --help shows how it is used")
    return f"{_wrong(error).said(language)}\n    {label}: {hint.said(language)}"


def _wrong(error: click.ClickException) -> Bilingual:
    said = error.format_message()
    if isinstance(error, click.NoSuchOption):
        return Bilingual(f"没有选项 {error.option_name}", f"there is no option {error.option_name}")
    if isinstance(error, click.BadOptionUsage):
        name = error.option_name
        if "requires an argument" in said:
            return Bilingual(f"选项 {name} 后面缺少值", f"a value is missing after {name}")
        return Bilingual(f"选项 {name} 的用法不对", f"option {name} is not used rightly: {said}")
    if isinstance(error, click.MissingParameter):
        name = (error.param.human_readable_name if error.param else "") or ""
        return Bilingual(f"缺少参数 {name}", f"{name} is missing")
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    if found := NO_COMMAND.search(said):
        return Bilingual(f"没有命令 {found['name']}", f"there is no command {found['name']}")
    if found := EXTRA.search(said):
        return Bilingual(f"多余的参数 {found['name']}", f"{found['name']} is one argument too many")
    return Bilingual(f"命令有误: {said}", said)


def _bad_value(error: click.BadParameter) -> Bilingual:
    """What is wrong with an option's value, and what may stand there."""
    name = error.param_hint or (error.param.opts[0] if error.param else "")
    kind = error.param.type if error.param else None
    wrong = Bilingual(f"{name} 的值不可用", f"this is no value for {name}")
    if isinstance(kind, click.Choice):
        listed = ", ".join(str(choice) for choice in kind.choices)
        return Bilingual(f"{wrong.zh}; 可用: {listed}", f"{wrong.en}; possible: {listed}")
    if isinstance(kind, click.DateTime):
        return Bilingual(f"{wrong.zh}; 写法如 2022-06-30", f"{wrong.en}; write it as 2022-06-30")
    return Bilingual(f"{wrong.zh}; {error.message}", f"{wrong.en}; {error.message}")
