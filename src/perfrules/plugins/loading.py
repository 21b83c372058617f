"""Entry points → what each plugin returns from each hook, of the right kinds. What goes wrong names the plugin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from importlib.metadata import EntryPoint
from typing import Any

import pluggy

from perfrules.errors import Fault
from perfrules.language import Function
from perfrules.model.project_type import ProjectType
from perfrules.plugins.faults import cause_said, complain, plugin_fault
from perfrules.plugins.hooks import Hooks, Reader, Reporter

GROUP = "perfrules"
BRINGS = {"project_types": ProjectType, "functions": Function, "readers": Reader, "reporters": Reporter}
"""The hooks, without their prefix, and the kind of value each returns a list of."""
_UNKNOWN_HOOK = re.compile(r"unknown hook '(\w+)'")
Brought = Mapping[str, Mapping[str, Sequence[Any]]]
"""What came of each hook, by plugin."""


def brought_by(points: Sequence[EntryPoint]) -> Brought:
    """What the plugins bring; raises PluginError for those that do not load or do not keep to the hooks."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Hooks)
    counted = Counter(point.name for point in points)
    complain([_named_twice(name) for name, number in counted.items() if number > 1])
    complain([fault for point in points if (fault := _register(manager, point))])
    faults: list[Fault] = []
    brought = {
        hook: {point.name: _call(manager, hook, point.name, faults) for point in points} for hook in BRINGS
    }
    complain(faults)
    return brought


def _register(manager: pluggy.PluginManager, point: EntryPoint) -> Fault | None:
    """Loads one plugin into the manager; a fault where it does not load or misspells a hook."""
    try:
        manager.register(point.load(), name=point.name)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        if manager.has_plugin(point.name):  # lest the next one be blamed for it
            manager.unregister(name=point.name)
        zh, en = _hook_said(str(error).splitlines()[-1])
        return plugin_fault(point.name, "hook", f"钩子不符合规定: {zh}", f"breaks the hook rules: {en}")
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it is another's code; whatever it raises is told
        said = cause_said(error)
        return plugin_fault(point.name, "load", f"无法载入: {said}", f"cannot be loaded: {said}")
    return None


def _hook_said(detail: str) -> tuple[str, str]:
    """What pluggy found wrong with a hook, without the module's place; for an unknown name the nearest known one."""
    unknown = _UNKNOWN_HOOK.search(detail)
    if unknown is None:
        return detail, detail
    name, known = unknown[1], [f"perfrules_{hook}" for hook in BRINGS]
    near = (*get_close_matches(name, known, 1), *known)[0]
    return f"没有钩子 {name}, 是否为 {near}?", f"there is no hook {name}; did you mean {near}?"


def _call(manager: pluggy.PluginManager, hook: str, name: str, faults: list[Fault]) -> Sequence[Any]:
    """What one plugin returns from one hook; an empty list where it does not implement it."""
    others = [each for other, each in manager.list_name_plugin() if other != name]
    caller = manager.subset_hook_caller(f"perfrules_{hook}", others)
    implemented = caller.get_hookimpls()
    try:
        returned = caller()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it is another's code; whatever it raises is told
        said = cause_said(error)
        faults.append(
            plugin_fault(name, "raises", f"的钩子 {hook} 出错: {said}", f"fails in its hook {hook}: {said}")
        )
        return []
    if len(returned) < len(implemented):  # pluggy leaves None out
        returned = [None]
    wrong = next((said for values in returned if (said := _wrong(values, BRINGS[hook]))), "")
    if wrong:
        kind = BRINGS[hook].__name__
        zh = f"的钩子 {hook} 应返回 {kind} 的列表, 却有 {wrong}"
        faults.append(
            plugin_fault(name, "value", zh, f"must return a list of {kind} from its hook {hook}, not {wrong}")
        )
        return []
    return [each for values in returned for each in values]


def _wrong(values: object, kind: type) -> str:
    """The name of the kind that should not be there; nothing where all is well."""
    if not isinstance(values, list):
        return type(values).__name__
    return next((type(each).__name__ for each in values if not isinstance(each, kind)), "")


def _named_twice(name: str) -> Fault:
    return plugin_fault(name, "two_owners", "有两个同名的入口", "is the name of two entry points")
