"""`perfrules rules params`: thresholds in the terminal, as a workbook, and back from one."""

from __future__ import annotations

from pathlib import Path

import click

from perfrules.bilingual import Bilingual, Language
from perfrules.cli.options import language_option, ruleset_option
from perfrules.cli.output import begin, emit, page, write_bytes
from perfrules.cli.usage import BilingualCommand
from perfrules.errors import Fault, RulesetError
from perfrules.location import Location
from perfrules.model.rule import Ruleset


@click.command("params", cls=BilingualCommand)
@ruleset_option
@click.option(
    "--xlsx",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="写成工作簿, 供 WPS 或 Excel 修改 / write a workbook to edit in WPS or Excel",
)
@click.option(
    "--from",
    "edited",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="读回改过的工作簿 / read an edited workbook back",
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="新规则集的文件夹 / the folder of the new ruleset",
)
@click.option("--title", metavar="名称", help="新规则集的名称, 默认同文件夹 / the new ruleset's title")
@language_option
def params(
    ruleset: str | None,
    xlsx: Path | None,
    edited: Path | None,
    folder: Path | None,
    title: str | None,
    language: Language,
) -> None:
    """列出参数; 写成工作簿修改后读回 / Lists the parameters; writes them as a workbook and reads it back."""
    from perfrules.rules import load_ruleset

    loaded = load_ruleset(ruleset)
    if edited is not None:
        if folder is None:
            raise click.UsageError("--from FILE --to FOLDER")
        _read_back(loaded, ruleset, edited, folder, title, language)
    elif xlsx is not None:
        from perfrules.rules.workbook import workbook_of

        write_bytes(workbook_of(loaded), xlsx)
        rows = len(loaded.parameters)
        zh, en = f"{rows} 个参数已写入 {xlsx.as_posix()}", f"{rows} parameters written to {xlsx.as_posix()}"
        emit(f"{zh if language == 'zh' else en}\n")
    else:
        emit(_listed(loaded, language))


def _read_back(
    loaded: Ruleset, name: str | None, edited: Path, folder: Path, title: str | None, language: Language
) -> None:
    from perfrules.plugins import catalog
    from perfrules.rules.files import HEAD
    from perfrules.rules.workbook import extension_of

    found = catalog()
    if name and (Path(name) / HEAD).is_file() and Path(name).resolve().parent != folder.resolve().parent:
        message = Bilingual("新规则集须与它继承的规则集并列", "a ruleset stands beside the one it extends")
        hint = Bilingual(
            f"写到 {(Path(name).parent / folder.name).as_posix()}",
            f"write it to {(Path(name).parent / folder.name).as_posix()}",
        )
        raise RulesetError(Fault("workbook.elsewhere", message, Location(folder.as_posix()), hint))
    parent = Path(name or loaded.id).name
    text = extension_of(
        loaded, edited, folder.name, parent, title or folder.name, found.types, found.functions
    )
    if text is None:
        emit("没有改动, 没有写入\n" if language == "zh" else "nothing was changed, and nothing written\n")
        return
    begin(folder, {"ruleset.yaml": text}, f"perfrules rules lint -r {folder.as_posix()}", language)


def _listed(ruleset: Ruleset, language: Language) -> str:
    from perfrules.reporters.layout import Styled, labelled, rendered
    from perfrules.rules.workbook import parameter_rows

    sheet = page()
    lines = []
    for parameter in ruleset.parameters.values():
        lines.append(Styled(f"${parameter.name}  {parameter.title.said(language)}", "title"))
        for since, said, source in parameter_rows(parameter):
            lines += labelled(since, f"{said}  {source}".rstrip(), sheet, 3, 12)
        ends = {"higher": ("越高越严", "higher is stricter"), "lower": ("越低越严", "lower is stricter")}
        told = [*ends.get(parameter.tighter, ()), *(("可放宽", "open") if parameter.is_open else ())]
        words = told[0::2] if language == "zh" else told[1::2]
        lines += labelled("", "; ".join([*words, parameter.origin]), sheet, 3, 12)
    return rendered(lines, sheet)
