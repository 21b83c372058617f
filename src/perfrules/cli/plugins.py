"""`perfrules plugins list|check|new`: what is loaded, whether a plugin keeps the contract, a new one to begin with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfrules.bilingual import Bilingual, Language
from perfrules.cli.options import language_option, without_option
from perfrules.cli.output import begin, emit, page
from perfrules.cli.usage import BilingualGroup
from perfrules.errors import Fault, PluginError

if TYPE_CHECKING:
    from perfrules.plugins import Catalog, LoadedPlugin, Page
    from perfrules.reporters.layout import Styled
    from perfrules.testing.contract import Breach

GAP = {"zh": 12, "en": 16}
HOOKS = {
    "project_types": Bilingual("项目类型", "project types"),
    "functions": Bilingual("函数", "functions"),
    "readers": Bilingual("读取器", "readers"),
    "reporters": Bilingual("输出格式", "forms of output"),
}


@click.group(cls=BilingualGroup)
def plugins() -> None:
    """查看、检查、新建插件 / Looks at plugins, checks them, begins new ones."""


@plugins.command("list")
@without_option
@language_option
def list_plugins(without: tuple[str, ...], language: Language) -> None:
    """列出已载入的插件 / Lists the plugins that are loaded."""
    from perfrules.plugins import catalog
    from perfrules.reporters.layout import Styled, rendered

    found, sheet = catalog(without), page()
    lines: list[Styled] = []
    for plugin in found.plugins:
        lines.append(Styled(f"{plugin.name}  ({plugin.origin} {plugin.version})", "title"))
        lines += _brought(plugin, found, language, sheet)
    for name in found.left_out:
        lines.append(Styled(f"{name}  ({'已排除' if language == 'zh' else 'left out'})"))
    emit(rendered(lines, sheet))


def _brought(plugin: LoadedPlugin, found: Catalog, language: Language, sheet: Page) -> Iterator[Styled]:
    from perfrules.reporters.layout import labelled

    gap = GAP[language]
    for hook, label in HOOKS.items():
        names = plugin.brought(hook)
        if hook == "project_types":
            names = tuple(f"{each} {found.project_types[each].label.said(language)}" for each in names)
        if names:
            yield from labelled(label.said(language), ", ".join(names), sheet, 3, gap)
    joint = "、" if language == "zh" else ", "
    for id in plugin.brought("project_types"):
        kind = found.project_types[id]
        rows = {
            Bilingual("识别词", "words"): kind.words,
            Bilingual("指标", "indicators"): [each.title.said(language) for each in kind.indicators],
            Bilingual("字段", "fields"): [each.label.said(language) for each in kind.fields],
        }
        for label, said in rows.items():
            if said:
                yield from labelled(label.said(language), joint.join(said), sheet, 3, gap)
    files = [f"{path.parent.name}/{path.name}" for path in found.rules.get(plugin.name, ())]
    if files:
        yield from labelled("规则文件" if language == "zh" else "rules", ", ".join(files), sheet, 3, gap)
    yield from labelled("模块" if language == "zh" else "module", plugin.module, sheet, 3, gap)


@plugins.command("check")
@click.argument("name", required=False, metavar="[NAME]")
@without_option
@language_option
def check_plugins(name: str | None, without: tuple[str, ...], language: Language) -> int:
    """检查插件是否遵守约定 / Tries the contract on a plugin, or on all that are installed beside the core."""
    from perfrules.plugins import catalog
    from perfrules.reporters.layout import Styled, labelled, rendered

    found, sheet = catalog(without), page()
    laws, breaches = _contract()
    names = [name] if name else [each.name for each in found.plugins if not each.is_core]
    lines: list[Styled] = []
    broken = 0
    for each in names:
        told = breaches(each, found)
        broken += len(told)
        said = ("遵守全部约定" if language == "zh" else "keeps the contract") if not told else str(len(told))
        lines.append(Styled(f"{each}  {said}", "title"))
        for breach in told:
            lines += labelled(breach.law, breach.message.said(language), sheet, 3, 12)
    zh = f"{len(names)} 个插件, {len(laws)} 条约定, 违反 {broken} 处"
    en = f"{len(names)} plugins, {len(laws)} laws, {broken} breaches"
    lines.append(Styled(zh if language == "zh" else en))
    emit(rendered(lines, sheet))
    return 1 if broken else 0


@plugins.command("new")
@click.argument("name", metavar="NAME")
@click.option("--label", metavar="中文名", help="类型的中文名称, 默认 NAME / the type's Chinese label")
@click.option(
    "--words", default="", metavar="词,词", help="识别词, 逗号分隔 / words that recognise it, by commas"
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help="写到何处 / where to",
)
@language_option
def new_plugin(name: str, label: str | None, words: str, folder: Path, language: Language) -> None:
    """新建一个可运行的插件 / Writes a working plugin: type, two indicators, a rule, tests, README."""
    from perfrules.plugins.new import package

    files = package(name, label or name, words.replace("，", ",").split(",") if words else ())
    target = folder / name
    begin(target, files, f"pytest {target.as_posix()}; pip install {target.as_posix()}", language)


def _contract() -> tuple[Collection[str], Callable[[str, Catalog], Collection[Breach]]]:
    """The names of the laws, and the function that tries them; raises PluginError without the extra they need."""
    try:
        from perfrules.testing.contract import LAWS, breaches
    except ModuleNotFoundError as error:
        message = Bilingual(f"检查插件需要 {error.name}", f"checking plugins needs {error.name}")
        hint = Bilingual("pip install 'perfrules[testing]'", "pip install 'perfrules[testing]'")
        raise PluginError(Fault("plugin.testing_extra", message, None, hint)) from None
    return LAWS, breaches
