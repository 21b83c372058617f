"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.plugins.hooks import Detail

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


def as_of_option(command: F) -> F:
    """`--as-of DATE`: the day by which rules and values of parameters are picked."""
    return click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="按这一天有效的规则, 默认截止日期 / rules in force on this day",
    )(command)


def waivers_options(command: F) -> F:
    """`--waivers FILE` and `--review-date DATE`: violations that an office has waived, and the day they are looked at."""
    command = click.option(
        "--review-date",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="按这一天看豁免是否到期, 默认规则日期 / waivers expire by this day, default: that of the rules",
    )(command)
    return click.option(
        "--waivers",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="豁免文件 (YAML) / file of waivers (YAML)",
    )(command)


def replies_option(command: F) -> F:
    """`--replies PATH`, repeatable: forms that departments and the bureau have filled in."""
    return click.option(
        "--replies",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="PATH",
        help="填好的反馈单, 或所在文件夹, 可重复 / forms that came back, or their folder, repeatable",
    )(command)


def corrections_option(command: F) -> F:
    """`--corrections FILE.xlsx`: what persons have corrected of the reading."""
    return click.option(
        "--corrections",
        type=click.Path(path_type=Path),
        metavar="FILE.xlsx",
        help="填好的核对表 / a review that was filled in",
    )(command)


def format_option(command: F) -> F:
    """`--format`: for people or for programs."""
    return click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(["rich", "json"]),
        default="rich",
        help="rich 或 json / rich or json",
    )(command)


def fail_on_option(command: F) -> F:
    """`--fail-on LEVEL`: from which severity on a finding makes the exit code 1."""
    return click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "notice", "never"]),
        default="error",
        help="有此级别及以上的发现时返回 1 / exit code 1 from this severity on",
    )(command)


def jobs_option(command: F) -> F:
    """`--jobs N`: how many processes read and check; without it as many as there are processors, if there are files enough."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="同时用几个进程, 默认按处理器和文件的数量 / processes at a time, default: by processors and files",
    )(command)


def output_option(command: F) -> F:
    """`-o FILE`: a file instead of the screen."""
    return click.option(
        "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="写入文件 / write to a file"
    )(command)


def paths_argument(command: F) -> F:
    """Files and folders, one or more."""
    return click.argument(
        "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
    )(command)


def detail_options(command: F) -> F:
    """`--quiet`, `--verbose` and `--group-by`: how much the screen shows, and in what groups."""
    command = click.option(
        "--group-by",
        type=click.Choice(["severity", "rule", "department", "cause"]),
        default="severity",
        help="发现的分组: 级别、规则、部门、同一数据 / groups of findings",
    )(command)
    command = click.option(
        "-v", "--verbose", is_flag=True, help="连同通过的规则和计算步骤 / passes and steps of calculation too"
    )(command)
    return click.option(
        "-q", "--quiet", is_flag=True, help="每份一行和合计 / one line for each submission, and the sums"
    )(command)


def detail_of(*, quiet: bool, verbose: bool) -> Detail:
    """How much is to be shown; raises where both are asked for."""
    if quiet and verbose:
        message = Bilingual("--quiet 与 --verbose 只能用一个", "--quiet and --verbose do not go together")
        raise ReadError(Fault("output.detail", message))
    return Detail.QUIET if quiet else Detail.VERBOSE if verbose else Detail.NORMAL
