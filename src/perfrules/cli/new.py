"""`perfrules new submission --json FILE --from PATH`: what was read of reports, in the format in which it may be filed."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.bilingual import Bilingual, Language
from perfrules.cli.options import language_option, without_option
from perfrules.cli.output import write_bytes
from perfrules.cli.usage import BilingualCommand, BilingualGroup
from perfrules.errors import Fault, ReadError
from perfrules.location import Location


@click.group(cls=BilingualGroup)
def new() -> None:
    """写出报送文件 / Writes submissions."""


@new.command(cls=BilingualCommand)
@click.option(
    "--json",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE.json",
    help="写到这个文件 / write to this file",
)
@click.option(
    "--from",
    "origin",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PATH",
    help="一个部门的报告或文件夹 / report or folder of one department",
)
@without_option
@language_option
def submission(target: Path, origin: Path, without: tuple[str, ...], language: Language) -> int:
    """把读到的报告写成报送文件 / Writes what is read of a report as a submission."""
    from perfrules import pipeline, readers
    from perfrules.cli.output import complain
    from perfrules.plugins import catalog

    if target.exists():
        message = Bilingual(
            "文件已经存在, 没有写入任何内容", "the file is there already; nothing was written"
        )
        hint = Bilingual("换一个文件名", "choose another name")
        raise ReadError(Fault("output.exists", message, Location(target.as_posix()), hint))
    reading = pipeline.read_paths([origin], catalog(without))
    if len(reading.submissions) > 1:
        names = "、".join(each.department.name or "?" for each in reading.submissions[:4])
        message = Bilingual(f"这里有几份报送: {names}", f"there are several submissions here: {names}")
        hint = Bilingual("指定其中一个部门的文件夹或文件", "name the folder or file of one of them")
        raise ReadError(Fault("output.several", message, Location(origin.as_posix()), hint))
    write_bytes(readers.submission_json(reading.submissions[0]).encode(), target)
    complain(reading.faults, language)
    return 2 if reading.faults else 0
