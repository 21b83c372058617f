"""The catalog: everything the installed plugins bring, made once by a function and passed on.

A plugin that does not load, a misspelt hook, or two owners of one id stop the run and name the plugin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault
from perfrules.language import Function
from perfrules.model.project_type import ProjectType
from perfrules.model.subject import SubjectType
from perfrules.plugins.clashes import by_name, functions_by_name, types_with_fields
from perfrules.plugins.faults import complain
from perfrules.plugins.hooks import Reader, Reporter
from perfrules.plugins.loading import GROUP, Brought, brought_by
from perfrules.plugins.ready import ReadyType, ready_types


@frozen
class LoadedPlugin:
    """A plugin as listed: its name, the version and distribution it comes from, what it brings, and its module."""

    name: str
    version: str
    origin: str
    brings: tuple[str, ...]
    module: str = ""

    def brought(self, hook: str) -> tuple[str, ...]:
        """The names of what came of one hook."""
        return tuple(each.removeprefix(f"{hook}:") for each in self.brings if each.startswith(f"{hook}:"))

    @property
    def is_core(self) -> bool:
        """Whether it came with perfrules itself."""
        return self.origin == "perfrules"


@frozen
class Catalog:
    """What is there to work with.

    `types` are the subject types with the fields that project types add; `ready` are those project types with their
    curves and indicators compiled; `rules` are the files of rules that plugins bring, by plugin.
    """

    plugins: tuple[LoadedPlugin, ...]
    project_types: Mapping[str, ProjectType]
    ready: Mapping[str, ReadyType]
    functions: Mapping[str, Function]
    readers: tuple[Reader, ...]
    reporters: Mapping[str, Reporter]
    types: Mapping[str, SubjectType]
    rules: Mapping[str, tuple[Path, ...]]
    left_out: tuple[str, ...] = ()


def catalog(without: Sequence[str] = (), found: Iterable[EntryPoint] | None = None) -> Catalog:
    """The catalog of all installed plugins but those left out by name.

    `found` replaces the installed entry points. Raises PluginError, naming every plugin at fault.
    """
    points = sorted(entry_points(group=GROUP) if found is None else found, key=lambda point: point.name)
    installed = [point.name for point in points]
    complain([_unknown_name(name, installed) for name in without if name not in installed])
    kept = [point for point in points if point.name not in without]
    return _gathered(brought_by(kept), kept, tuple(without))


def _gathered(brought: Brought, points: Sequence[EntryPoint], left_out: tuple[str, ...]) -> Catalog:
    project_types = by_name(brought["project_types"], lambda each: each.id, "项目类型", "project type")
    functions = functions_by_name(brought["functions"])
    reporters = by_name(brought["reporters"], lambda each: each.name, "输出格式", "format")
    readers = by_name(brought["readers"], lambda each: each.name, "读取器", "reader")
    types = types_with_fields(brought["project_types"])
    ready = ready_types(brought["project_types"], types, functions)
    plugins = tuple(_listed(point, brought) for point in points)
    rules = {
        plugin: tuple(path for each in kinds for path in each.rules)
        for plugin, kinds in brought["project_types"].items()
    }
    return Catalog(
        plugins, project_types, ready, functions, tuple(readers.values()), reporters, types, rules, left_out
    )


def _listed(point: EntryPoint, brought: Brought) -> LoadedPlugin:
    brings = tuple(
        f"{hook}:{getattr(each, 'id', '') or each.name}"
        for hook, by_plugin in brought.items()
        for each in by_plugin[point.name]
    )
    dist = point.dist
    return LoadedPlugin(
        point.name, dist.version if dist else "", dist.name if dist else point.value, brings, point.module
    )


def _unknown_name(name: str, installed: Iterable[str]) -> Fault:
    listed = ", ".join(installed)
    message = Bilingual(
        f"没有安装插件 {name}, 无法排除", f"plugin {name} is not installed and cannot be left out"
    )
    hint = Bilingual(f"已安装: {listed}", f"installed: {listed}")
    return Fault("plugin.not_there", message, None, hint)
