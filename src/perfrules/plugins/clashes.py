"""What plugins bring, held against the core and against each other: no name may mean two things."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.errors import ExpressionError, Fault
from perfrules.language import BUILTINS, Function, Node, parse
from perfrules.language.syntax import Call, Name
from perfrules.language.words import AGGREGATES, FORMS
from perfrules.model.project_type import Direction, Indicator, ProjectType, SpendingCurve, Steps
from perfrules.model.subject import Field, SubjectType
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.unit import Kind
from perfrules.plugins.faults import complain, plugin_fault
from perfrules.plugins.ready import fields_of

CORE = "perfrules"
T = TypeVar("T")


def by_name(
    brought: Mapping[str, Sequence[T]], name_of: Callable[[T], str], zh: str, en: str
) -> dict[str, T]:
    """The values of all plugins by name; raises PluginError where two have the same, or one has none."""
    owners: dict[str, str] = {}
    found: dict[str, T] = {}
    faults = []
    for plugin, value in _each(brought):
        name = name_of(value)
        if not isinstance(name, str) or not name:
            faults.append(
                plugin_fault(plugin, "nameless", f"的{zh}没有名称", f"brings a {en} without a name")
            )
        elif name in owners:
            faults.append(_two_owners(plugin, owners[name], f"{zh} {name}", f"{en} {name}"))
        else:
            owners[name], found[name] = plugin, value
    complain(faults)
    return found


def functions_by_name(brought: Mapping[str, Sequence[Function]]) -> dict[str, Function]:
    """The language's functions and the plugins', by every name; raises PluginError for names that are taken."""
    owners, found = dict.fromkeys(BUILTINS, CORE), dict(BUILTINS)
    faults = []
    for plugin, function in _each(brought):
        for name in dict.fromkeys((function.name, function.alias or function.name)):
            if name in owners:
                faults.append(_two_owners(plugin, owners[name], f"函数 {name}", f"function {name}"))
            elif not _may_name_a_function(name):
                zh, en = f"的函数不能叫 {name}", f"cannot name a function {name}"
                why = "language means something else by it"
                faults.append(
                    plugin_fault(plugin, "function_name", f"{zh}: 规则语言另有用途", f"{en}: the {why}")
                )
            else:
                owners[name], found[name] = plugin, function
    complain(faults)
    return found


def types_with_fields(brought: Mapping[str, Sequence[ProjectType]]) -> Mapping[str, SubjectType]:
    """The core's subject types, with the fields and indicators of all project types added to `project`.

    Two types may share a field that they define alike. Raises PluginError where a name, label or alias would mean two
    things, or a type is not well formed.
    """
    complain([fault for plugin, each in _each(brought) for fault in _malformed(plugin, each)])
    core = CORE_TYPES["project"]
    fields = {field.name: field for field in core.fields}
    owners = {name: (CORE, meant) for name, meant in _taken()}
    owners |= {name: (CORE, field.name) for field in core.fields for name in field.names}
    faults = []
    for plugin, project_type in _each(brought):
        for field in fields_of(project_type):
            known = fields.get(field.name)
            if known is not None and known != field:
                faults.append(_differs(plugin, owners[field.name][0], field, known))
                continue
            faults += _names_taken(plugin, field, owners)
            fields[field.name] = field
            owners |= {name: (plugin, field.name) for name in field.names if name not in owners}
    complain(faults)
    return {**CORE_TYPES, "project": evolve(core, fields=tuple(fields.values()))}


def _each(brought: Mapping[str, Sequence[T]]) -> Iterator[tuple[str, T]]:
    for plugin, values in brought.items():
        for value in values:
            yield plugin, value


def _two_owners(plugin: str, owner: str, zh: str, en: str) -> Fault:
    return plugin_fault(
        plugin, "two_owners", f"的{zh} 已由 {owner} 提供", f"brings {en}, which {owner} has already"
    )


def _may_name_a_function(name: str) -> bool:
    found = _parsed(f"{name}(1)") if isinstance(name, str) else None
    return isinstance(found, Call) and found.function == name and name not in (*AGGREGATES, *FORMS)


def _may_name_a_field(name: str) -> bool:
    return _parsed(name) == Name((name,), span=(0, len(name)))


def _parsed(text: str) -> Node | None:
    try:
        return parse(text)
    except ExpressionError:
        return None


def _is_field(field: Field) -> bool:
    names_are_texts = isinstance(field.aliases, tuple) and all(
        isinstance(each, str) for each in field.aliases
    )
    kinds = isinstance(field.label, Bilingual) and isinstance(field.kind, Kind)
    return kinds and names_are_texts and isinstance(field.name, str)


def _is_indicator(indicator: Indicator) -> bool:
    texts = (indicator.name, indicator.expression, indicator.unit, indicator.low, indicator.high)
    return (
        all(isinstance(each, str) for each in texts)
        and isinstance(indicator.title, Bilingual)
        and isinstance(indicator.direction, Direction)
    )


def _malformed(plugin: str, project_type: ProjectType) -> Iterator[Fault]:
    """What a project type holds that is not of the kind it should be."""
    expected = {
        "words": str,
        "not_words": str,
        "fields": Field,
        "indicators": Indicator,
        "asks": str,
        "rules": Path,
    }
    for key, kind in expected.items():
        values = getattr(project_type, key)
        if not isinstance(values, tuple) or not all(isinstance(each, kind) and each != "" for each in values):
            zh = f"的类型 {project_type.id}: {key} 应为 {kind.__name__} 的元组"
            en = f"has a type {project_type.id} whose {key} are no tuple of {kind.__name__}"
            yield plugin_fault(plugin, "malformed", zh, en)
            return
    if not all(_is_field(each) for each in project_type.fields):
        zh = f"的类型 {project_type.id}: 字段的 name、label、kind 或 aliases 不对"
        en = f"has a type {project_type.id} with a field whose name, label, kind or aliases are of the wrong kind"
        yield plugin_fault(plugin, "malformed", zh, en)
    if not all(_is_indicator(each) for each in project_type.indicators):
        zh = f"的类型 {project_type.id}: 指标的 name、title、expression、unit 或 direction 不对"
        en = f"has a type {project_type.id} with an indicator whose name, title, expression, unit or direction is wrong"
        yield plugin_fault(plugin, "malformed", zh, en)
    steps = project_type.curve.steps if isinstance(project_type.curve, Steps) else ()
    if not isinstance(project_type.curve, SpendingCurve) or not isinstance(steps, tuple):
        zh = f"的类型 {project_type.id}: curve 不是支出曲线"
        yield plugin_fault(
            plugin, "malformed", zh, f"has a type {project_type.id} whose curve is no spending curve"
        )


def _taken() -> Iterator[tuple[str, str]]:
    """Names that mean something to a project's rules already, and what: its tables, what they see of the department."""
    for owner in (CORE_TYPES["department"], CORE_TYPES["project"]):
        for table in owner.tables:
            yield from ((name, f"{owner.id}.{table.name}") for name in table.names)
    for field in CORE_TYPES["department"].fields:
        yield from ((name, f"department.{field.name}") for name in field.names)


def _differs(plugin: str, owner: str, field: Field, known: Field) -> Fault:
    if known.kind is not field.kind:
        zh, en = (
            f"的字段 {field.name} 与 {owner} 的类型不同",
            f"gives field {field.name} another kind than {owner}",
        )
        return plugin_fault(plugin, "field_kind", zh, en)
    zh = f"的字段 {field.name} 与 {owner} 的定义不同"
    return plugin_fault(plugin, "field_differs", zh, f"defines field {field.name} otherwise than {owner}")


def _names_taken(plugin: str, field: Field, owners: Mapping[str, tuple[str, str]]) -> Iterator[Fault]:
    for name in field.names:
        owner, meant = owners.get(name, (plugin, field.name))
        if meant != field.name:
            zh = f"的字段 {field.name}: 名称 {name} 在 {owner} 中已指 {meant}"
            en = f"calls field {field.name} {name}, which means {meant} of {owner}"
            yield plugin_fault(plugin, "field_name", zh, en)
    for name in (field.name, *field.aliases):
        if not _may_name_a_field(name):
            zh, en = f"的字段不能叫 {name}", f"cannot name a field {name}"
            yield plugin_fault(
                plugin, "field_name", f"{zh}: 规则语言中不是名称", f"{en}: it is no name in a rule"
            )
