"""`perfrules`: the commands, and the outermost edge where faults become messages."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from perfrules import __version__
from perfrules.bilingual import Bilingual, Language
from perfrules.cli.consoles import tolerate
from perfrules.cli.usage import HEADINGS, VERSION, BilingualGroup, usage_said
from perfrules.errors import PerfrulesError

COMMANDS = {
    "check": ("perfrules.cli.check", "check"),
    "compare": ("perfrules.cli.compare", "compare"),
    "return": ("perfrules.cli.send_back", "send_back"),
    "bundle": ("perfrules.cli.bundle", "bundle"),
    "verify": ("perfrules.cli.verify", "verify"),
    "read": ("perfrules.cli.read", "read"),
    "screen": ("perfrules.cli.screen", "screen"),
    "export": ("perfrules.cli.export", "export"),
    "eval": ("perfrules.cli.eval", "evaluate"),
    "fmt": ("perfrules.cli.fmt", "fmt"),
    "new": ("perfrules.cli.new", "new"),
    "rules": ("perfrules.cli.rules", "rules"),
    "plugins": ("perfrules.cli.plugins", "plugins"),
}
ABOUT = {
    "check": "核查报告 / check reports",
    "compare": "对比两次的发现 / hold two results against each other",
    "return": "退回部门: 批注、反馈单、函 / return reports with comments, a form and a letter",
    "bundle": "写出可供日后重算的清单 / write a check to be computed again",
    "verify": "按清单重算 / compute a bundle again",
    "read": "显示读到的数据 / show what is read",
    "screen": "成批筛查数据表 / screen a dataset of tables",
    "export": "报送写成数据表 / write submissions as a dataset",
    "eval": "在报告上试算表达式 / try an expression on reports",
    "fmt": "规范表达式的写法 / write expressions canonically",
    "new": "写出报送文件 / write submissions",
    "rules": "查看规则 / look at rules",
    "plugins": "查看、检查、新建插件 / look at plugins, check and begin them",
}
SELDOM = (100_000, 20, 50)
"""How often Python looks for data that point at each other in circles. Reports have none, and are looked through in vain."""
INTERRUPTED = Bilingual(
    "已中断, 没有写完的文件保持原样", "interrupted; files that were not finished are as they were"
)


class LazyGroup(BilingualGroup):
    """The group of commands; each is imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of the commands in the order of the manual."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        found = getattr(import_module(module), name)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands in the help, without importing them."""
        with formatter.section(HEADINGS["Commands"]):
            formatter.write_dl(list(ABOUT.items()))


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="perfrules", message="%(prog)s %(version)s", help=VERSION)
def program() -> None:
    """核查预算绩效监控报告 / Checks budget-performance monitoring reports."""


def run(arguments: Sequence[str] | None = None) -> None:
    """Runs the program and ends the process with its exit code; never a traceback for a user's mistake."""
    tolerate()
    gc.set_threshold(*SELDOM)
    sys.exit(outcome(sys.argv[1:] if arguments is None else list(arguments)))


def outcome(arguments: Sequence[str]) -> int:
    """The exit code of a call, its messages written."""
    try:
        code = program.main(list(arguments), standalone_mode=False)
    except PerfrulesError as error:
        click.echo(error.said(language_of(arguments)), err=True)
        return 2
    except click.ClickException as error:
        click.echo(usage_said(error, language_of(arguments)), err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo(INTERRUPTED.said(language_of(arguments)), err=True)
        return 130
    return code if isinstance(code, int) else 0


def language_of(arguments: Sequence[str]) -> Language:
    """The language asked for on the command line or by PERFRULES_LANG; Chinese by default."""
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            return "en" if arguments[index + 1] == "en" else "zh"
        if argument.startswith("--lang="):
            return "en" if argument == "--lang=en" else "zh"
    return "en" if os.environ.get("PERFRULES_LANG") == "en" else "zh"
