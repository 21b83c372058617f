"""The catalog: everything the installed plugins bring, made once by a function and passed on.

A plugin that does not load, a misspelt hook, or two owners of one id stop the run and name the plugin.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import Any, TypeVar

import pluggy
from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, PluginError
from perfrules.language import BUILTINS, Function
from perfrules.location import Location
from perfrules.model.project_type import ProjectType
from perfrules.model.subject import Field, SubjectType
from perfrules.model.subject_types import CORE_TYPES
from perfrules.plugins.hooks import Hooks, Reader, Reporter

GROUP = "perfrules"
T = TypeVar("T")


@frozen
class LoadedPlugin:
    """A plugin as listed: its name, the version and distribution it comes from, and what it brings."""

    name: str
    version: str
    origin: str
    brings: tuple[str, ...]


@frozen
class Catalog:
    """What is there to work with. `types` are the subject types with the fields that project types add."""

    plugins: tuple[LoadedPlugin, ...]
    project_types: Mapping[str, ProjectType]
    functions: Mapping[str, Function]
    readers: tuple[Reader, ...]
    reporters: Mapping[str, Reporter]
    types: Mapping[str, SubjectType]
    left_out: tuple[str, ...] = ()


def catalog(without: Sequence[str] = (), found: Iterable[EntryPoint] | None = None) -> Catalog:
    """The catalog of all installed plugins but those left out by name.

    `found` replaces the installed entry points. Raises PluginError, naming every plugin at fault.
    """
    points = sorted(entry_points(group=GROUP) if found is None else found, key=lambda point: point.name)
    installed = [point.name for point in points]
    _complain([_unknown_name(name, installed) for name in without if name not in installed])
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    kept = [point for point in points if point.name not in without]
    _complain([fault for point in kept if (fault := _register(manager, point))])
    return _gather(manager, kept, tuple(without))


def _register(manager: pluggy.PluginManager, point: EntryPoint) -> Fault | None:
    """Loads one plugin into the manager; a fault where it does not load or misspells a hook."""
    try:
        manager.register(point.load(), name=point.name)
        manager.check_pending()
    except (ImportError, AttributeError, SyntaxError) as error:
        return _fault(point.name, "plugin.load", f"无法载入: {error}", f"cannot be loaded: {error}")
    except pluggy.PluginValidationError as error:
        detail = str(error).splitlines()[-1]
        return _fault(
            point.name, "plugin.hook", f"钩子不符合规定: {detail}", f"breaks the hook rules: {detail}"
        )
    return None


def _gather(
    manager: pluggy.PluginManager, points: Sequence[EntryPoint], left_out: tuple[str, ...]
) -> Catalog:
    brought = {
        hook: {point.name: _call(manager, hook, point.name) for point in points}
        for hook in ("project_types", "functions", "readers", "reporters")
    }
    project_types = _by_id(brought["project_types"], lambda each: each.id, "项目类型", "project type")
    builtin = {"language": list({id(each): each for each in BUILTINS.values()}.values())}
    functions = _by_id({**builtin, **brought["functions"]}, lambda each: each.name, "函数", "function")
    reporters = _by_id(brought["reporters"], lambda each: each.name, "输出格式", "format")
    readers = _by_id(brought["readers"], lambda each: each.name, "读取器", "reader")
    return Catalog(
        tuple(_listed(point, brought) for point in points),
        project_types,
        {**functions, **{each.alias: each for each in functions.values() if each.alias}},
        tuple(readers.values()),
        reporters,
        with_fields(project_types.values()),
        left_out,
    )


def _call(manager: pluggy.PluginManager, hook: str, name: str) -> list[Any]:
    """What one plugin returns from one hook; an empty list where it does not implement it."""
    others = [each for other, each in manager.list_name_plugin() if other != name]
    returned = manager.subset_hook_caller(f"perfrules_{hook}", others)()
    return [each for values in returned for each in values]


def _by_id(brought: Mapping[str, Sequence[T]], id_of: Callable[[T], str], zh: str, en: str) -> dict[str, T]:
    owners: dict[str, tuple[str, T]] = {}
    faults = []
    for plugin, values in brought.items():
        for value in values:
            name = id_of(value)
            if name in owners:
                first = owners[name][0]
                message = (
                    f"{zh} {name} 已由插件 {first} 提供",
                    f"{en} {name} already comes from plugin {first}",
                )
                faults.append(_fault(plugin, "plugin.two_owners", *message))
            owners.setdefault(name, (plugin, value))
    _complain(faults)
    return {name: value for name, (_, value) in owners.items()}


def with_fields(project_types: Iterable[ProjectType]) -> Mapping[str, SubjectType]:
    """The core's subject types, with the fields of all project types added to `project`.

    Raises PluginError where a type gives a field of that name another kind than the core or another type does.
    """
    fields: dict[str, Field] = {field.name: field for field in CORE_TYPES["project"].fields}
    faults = []
    for project_type in project_types:
        for field in project_type.fields:
            if fields.setdefault(field.name, field).kind is not field.kind:
                message = (f"字段 {field.name} 的类型与已有定义不同", f"field {field.name} changes its kind")
                faults.append(_fault(project_type.id, "plugin.field_kind", *message))
    _complain(faults)
    return {**CORE_TYPES, "project": evolve(CORE_TYPES["project"], fields=tuple(fields.values()))}


def _listed(point: EntryPoint, brought: Mapping[str, Mapping[str, Sequence[Any]]]) -> LoadedPlugin:
    brings = tuple(
        f"{hook}:{getattr(each, 'id', '') or each.name}"
        for hook, by_plugin in brought.items()
        for each in by_plugin[point.name]
    )
    dist = point.dist
    return LoadedPlugin(point.name, dist.version if dist else "", dist.name if dist else point.value, brings)


def _unknown_name(name: str, installed: Iterable[str]) -> Fault:
    listed = ", ".join(installed)
    message = Bilingual(
        f"没有安装插件 {name}, 无法排除", f"plugin {name} is not installed and cannot be left out"
    )
    hint = Bilingual(f"已安装: {listed}", f"installed: {listed}")
    return Fault("plugin.not_there", message, None, hint)


def _fault(plugin: str, code: str, zh: str, en: str) -> Fault:
    hint = Bilingual(
        f"修复或卸载该插件, 或以 --without {plugin} 明确排除",
        f"mend or uninstall it, or leave it out knowingly with --without {plugin}",
    )
    message = Bilingual(f"插件 {plugin} {zh}", f"plugin {plugin} {en}")
    return Fault(code, message, Location(plugin), hint)


def _complain(faults: Collection[Fault]) -> None:
    if faults:
        raise PluginError(faults)
