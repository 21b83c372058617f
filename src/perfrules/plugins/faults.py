"""What is wrong with a plugin, said so that its user knows which one it is and what to do."""

from __future__ import annotations

from collections.abc import Collection

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, PluginError
from perfrules.location import Location


def plugin_fault(plugin: str, code: str, zh: str, en: str) -> Fault:
    """A fault that names the plugin and says how to go on without it."""
    hint = Bilingual(
        f"修复或卸载该插件, 或以 --without {plugin} 明确排除",
        f"mend or uninstall it, or leave it out knowingly with --without {plugin}",
    )
    message = Bilingual(f"插件 {plugin} {zh}", f"plugin {plugin} {en}")
    return Fault(f"plugin.{code}", message, Location(plugin), hint)


def complain(faults: Collection[Fault]) -> None:
    """Raises PluginError with all the faults, if there are any."""
    if faults:
        raise PluginError(faults)


def cause_said(error: BaseException) -> str:
    """An exception of a plugin in one line: its kind and its first words."""
    words = str(error).strip().splitlines()
    return f"{type(error).__name__}: {words[0]}" if words else type(error).__name__
