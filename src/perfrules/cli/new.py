"""`perfrules new submission --xlsx FILE` or `--json FILE`: a form to fill in, or what was read of a report in that form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfrules.bilingual import Bilingual, Language
from perfrules.cli.options import language_option, without_option
from perfrules.cli.output import complain, emit, write_bytes
from perfrules.cli.usage import BilingualCommand, BilingualGroup
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

if TYPE_CHECKING:
    from perfrules.plugins import Catalog
    from perfrules.reading import Reading


@click.group(cls=BilingualGroup)
def new() -> None:
    """写出报送文件和表格 / Writes submissions and forms."""


@new.command(cls=BilingualCommand)
@click.option("--xlsx", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="写出可填写的工作簿 / write a workbook to fill in")  # fmt: skip
@click.option("--json", "as_json", type=click.Path(path_type=Path), metavar="FILE.json", help="写出 JSON 报送文件, 与 --from 同用 / write a submission in JSON, with --from")  # fmt: skip
@click.option("--from", "origin", type=click.Path(path_type=Path), metavar="PATH", help="填入从报告读到的数据: 一个部门的文件或文件夹 / fill in what is read of one department's file or folder")  # fmt: skip
@click.option("--type", "kinds", multiple=True, metavar="TYPE", help="加上某类项目的栏目, 可重复, 见 plugins list / ask for what a project type adds, repeatable")  # fmt: skip
@without_option
@language_option
def submission(
    xlsx: Path | None,
    as_json: Path | None,
    origin: Path | None,
    kinds: tuple[str, ...],
    without: tuple[str, ...],
    language: Language,
) -> int:
    """写出可填写的报送表, 或把读到的报告写成报送文件 / Writes a form to fill in, or what is read of a report."""
    from perfrules import readers
    from perfrules.plugins import catalog

    if (xlsx is None) == (as_json is None) or (as_json is not None and origin is None):
        raise click.UsageError("--xlsx FILE | --json FILE --from PATH")
    target = xlsx or as_json
    assert target is not None
    if target.exists():
        message = Bilingual(
            "文件已经存在, 没有写入任何内容", "the file is there already; nothing was written"
        )
        hint = Bilingual("换一个文件名", "choose another name")
        raise ReadError(Fault("output.exists", message, Location(target.as_posix()), hint))
    found = catalog(without)
    fields = _fields(kinds, found)
    reading = _read(origin, found) if origin else None
    filled = readers.mapping_of(reading.submissions[0], found.types) if reading else {}
    if xlsx:
        write_bytes(readers.form_workbook(filled, found.types, fields), target)
    else:
        assert reading is not None
        write_bytes(readers.submission_json(reading.submissions[0], found.types).encode(), target)
    check = f"perfrules check {target.as_posix()}"
    emit(f"已写好 {target.as_posix()}; 填好后: {check}\n" if language == "zh" else f"{target.as_posix()} is written; when it is filled in: {check}\n")  # fmt: skip
    complain((*reading.faults, *reading.remarks) if reading else (), language)
    return 2 if reading and reading.faults else 0


def _fields(kinds: tuple[str, ...], catalog: Catalog) -> list[str]:
    """The fields that these project types add; raises ReadError for a type that is none."""
    known = catalog.project_types
    if unknown := [each for each in kinds if each not in known]:
        listed = ", ".join(sorted(known))
        message = Bilingual(f"没有项目类型 {unknown[0]}", f"there is no project type {unknown[0]}")
        raise ReadError(
            Fault("new.type", message, None, Bilingual(f"已有: {listed}", f"there are: {listed}"))
        )
    return [field.name for kind in kinds for field in known[kind].fields]


def _read(origin: Path, catalog: Catalog) -> Reading:
    """What is read of one department; raises ReadError where there are several."""
    from perfrules import pipeline

    reading = pipeline.read_paths([origin], catalog)
    if len(reading.submissions) > 1:
        names = "、".join(each.department.name or "?" for each in reading.submissions[:4])
        message = Bilingual(f"这里有几份报送: {names}", f"there are several submissions here: {names}")
        hint = Bilingual("指定其中一个部门的文件夹或文件", "name the folder or file of one of them")
        raise ReadError(Fault("output.several", message, Location(origin.as_posix()), hint))
    return reading
