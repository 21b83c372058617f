"""`perfrules return PATH... --to FOLDER`: each department's own files with comments, the form for its answers, and a letter."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from perfrules.bilingual import Bilingual, Language
from perfrules.cli.decisions import decisions, tell_of_decisions
from perfrules.cli.options import (
    as_of_option,
    corrections_option,
    language_option,
    paths_argument,
    replies_option,
    ruleset_option,
    waivers_options,
    without_option,
)
from perfrules.cli.output import complain
from perfrules.cli.sent_files import contents_of, in_folders, put, put_list
from perfrules.cli.sent_words import of_list, summary
from perfrules.cli.usage import BilingualCommand
from perfrules.errors import Fault, ReadError

AUTHOR = "财政局核对意见"


@click.command("return", cls=BilingualCommand)
@paths_argument
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="退回材料写入此文件夹, 每个部门一个子文件夹 / folder to write to, one folder in it for each department",
)
@click.option(
    "--review-list",
    type=click.Path(path_type=Path),
    metavar="FILE.xlsx",
    help="第一步: 只写出复核单, 逐条决定是否发出, 不写退回材料 / first step: write the list in which a reviewer "
    "decides what is sent, and nothing else",
)
@click.option(
    "--reviewed",
    type=click.Path(path_type=Path),
    metavar="FILE.xlsx",
    help="第二步: 与 --to 同用, 填好的复核单, 写“否”的不发出 / second step, with --to: the list filled in; what it "
    "strikes out is not sent",
)
@click.option(
    "--letter",
    "kind",
    type=click.Choice(["draft", "notice", "none"]),
    default="draft",
    help="draft 核实函代拟稿 (默认), notice 整改通知, none 不写 / the letter",
)
@click.option("--author", default=AUTHOR, metavar="NAME", help="批注署名 / whom comments are from")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="批注日期, 默认不写 / date of the comments, by default none",
)
@ruleset_option
@as_of_option
@waivers_options
@replies_option
@corrections_option
@without_option
@language_option
def send_back(
    paths: tuple[Path, ...],
    target: Path | None,
    review_list: Path | None,
    reviewed: Path | None,
    kind: str,
    author: str,
    day: datetime | None,
    ruleset: str | None,
    as_of: datetime | None,
    waivers: Path | None,
    review_date: datetime | None,
    replies: tuple[Path, ...],
    corrections: Path | None,
    without: tuple[str, ...],
    language: Language,
) -> int:
    """退回部门: 批注、反馈单和函 / Returns reports to departments: comments, a form for answers, a letter."""
    from perfrules import pipeline, readers
    from perfrules.documents.comments import Author
    from perfrules.plugins import catalog
    from perfrules.reporters import back
    from perfrules.reporters.back.letter import Kind

    if target is None and review_list is None:
        message = Bilingual("没有写明写到哪里", "it is not said where to write")
        hint = Bilingual("用 --to 文件夹 或 --review-list 文件", "--to FOLDER, or --review-list FILE")
        raise ReadError(Fault("return.nowhere", message, None, hint))
    if review_list is not None and reviewed is not None:
        message = Bilingual(
            "写出复核单和读回复核单是两步", "writing a review list and reading one are two steps"
        )
        hint = Bilingual("先用 --review-list, 填好后用 --to 和 --reviewed", "--review-list first; when it is filled in, --to with --reviewed")  # fmt: skip
        raise ReadError(Fault("return.two_steps", message, None, hint))
    found = catalog(without)
    prepared = pipeline.prepare(ruleset, found, with_examples=False)
    decided = decisions(waivers, replies, review_date, prepared, found)
    corrected = readers.corrections_from(corrections) if corrections else ()
    besides = [each for each in (corrections, reviewed, review_list) if each]
    run = pipeline.check_paths(
        paths,
        prepared,
        found,
        as_of.date() if as_of else None,
        decided.waivers,
        corrected,
        besides,
        replies=decided.replies,
    )
    inputs = [*paths, *decided.files, *(Path(each.path) for report in run.reports for each in report.inputs)]
    inputs += [each for each in (corrections, reviewed) if each]
    faults = list(run.faults)
    if review_list is not None:
        put_list(back.review_list(run.reports), review_list, inputs)
        click.echo(of_list(run.reports, review_list, paths, target, language), nl=False)
    elif target is not None:
        struck = back.struck_from(reviewed, run.reports) if reviewed else ()
        letter = None if kind == "none" else Kind(kind)
        asked = back.Asked(Author(author, day.date() if day else None), letter, language)
        sendings = list[back.Sending]()
        for report in run.reports:
            keys = {each.fingerprint for each in struck if each.is_of(report)}
            sent = back.sending(report, contents_of(report), keys, asked)
            if sent is not None:
                sendings.append(sent)
                faults += sent.faults
        folders = in_folders(sendings, run.reports)
        put(folders, target, paths, inputs)
        click.echo(summary(run.reports, folders, struck, target, language), nl=False)
    complain((*faults, *run.results.remarks), language)
    tell_of_decisions(run, decided, paths, language)
    return 2 if faults else 0
