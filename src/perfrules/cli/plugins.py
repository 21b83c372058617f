"""`perfrules plugins list`: what is loaded, from where, and what it brings."""

from __future__ import annotations

import click

from perfrules.bilingual import Language
from perfrules.cli.options import language_option, without_option
from perfrules.cli.output import emit, page
from perfrules.cli.usage import BilingualGroup


@click.group(cls=BilingualGroup)
def plugins() -> None:
    """查看插件 / Looks at plugins."""


@plugins.command("list")
@without_option
@language_option
def list_plugins(without: tuple[str, ...], language: Language) -> None:
    """列出已载入的插件 / Lists the plugins that are loaded."""
    from perfrules.plugins import catalog
    from perfrules.reporters.layout import Styled, block, rendered

    found, sheet = catalog(without), page()
    lines = []
    for plugin in found.plugins:
        lines.append(Styled(f"{plugin.name}  ({plugin.origin} {plugin.version})", "title"))
        lines += block(", ".join(plugin.brings) or "-", sheet)
    for name in found.left_out:
        lines.append(Styled(f"{name}  ({'已排除' if language == 'zh' else 'left out'})"))
    emit(rendered(lines, sheet))
