"""What a plugin declares is used and explained: fields are read by something, words are there in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.language import Scope, check
from perfrules.model.project_type import ProjectType
from perfrules.model.unit import Kind
from perfrules.plugins.ready import PACE, days_of
from perfrules.testing.contract.breach import Breach, Plugin, breach
from perfrules.testing.contract.examples import rules_of


def every_field_is_read(plugin: Plugin) -> Iterator[Breach]:
    """Each field that a type adds is read by an indicator, its curve, its questions or its rules."""
    said = " ".join(
        expression.text
        for rule in rules_of(plugin)
        for expression in (rule.when, rule.condition, rule.measure, rule.limit, rule.margin)
        if expression is not None
    )
    for kind in plugin.types:
        read = {*days_of(kind.curve), *kind.asks, *_read(plugin, kind)}
        for field in kind.fields:
            if field.name not in read and not any(name in said for name in field.names):
                zh = f"字段 {field.name} ({field.label.zh}) 没有指标、曲线、规则使用"
                yield breach("fields", zh, f"field {field.name} is read by no indicator, curve or rule")


def _read(plugin: Plugin, kind: ProjectType) -> set[str]:
    catalog = plugin.catalog
    scope = Scope(catalog.types, ("project",), {PACE: Kind.RATIO}, frozenset(), catalog.functions)
    return {name for each in kind.indicators for name in check(each.expression, scope).reads}


def documented(plugin: Plugin) -> Iterator[Breach]:
    """Labels, titles and reasons are there in both languages, and a README, where there is one, names what is brought."""
    for kind in plugin.types:
        yield from _said(f"类型 {kind.id}", f"type {kind.id}", kind.label)
        for field in kind.fields:
            yield from _said(f"字段 {field.name}", f"field {field.name}", field.label)
        for each in kind.indicators:
            yield from _said(f"指标 {each.name}", f"indicator {each.name}", each.title)
            yield from _said(f"指标 {each.name} 的说明", f"the reason of indicator {each.name}", each.why)
    for function in plugin.functions:
        yield from _said(f"函数 {function.name}", f"function {function.name}", function.about)
    yield from _in_readme(plugin)


def _said(zh: str, en: str, words: Bilingual) -> Iterator[Breach]:
    if not words.zh.strip() or not words.en.strip():
        yield breach("documents", f"{zh}: 中英文说明不全", f"{en} is not said in both languages")


def _in_readme(plugin: Plugin) -> Iterator[Breach]:
    """What the README of the package leaves out; a plugin that is installed as a wheel has it in its metadata."""
    text = readme(plugin)
    if text is None:
        yield breach("documents", "没有 README", "there is no README")
        return
    for kind in plugin.types:
        fields, indicators = (each.name for each in kind.fields), (each.name for each in kind.indicators)
        named = [kind.id, *fields, *indicators]
        for name in (each for each in named if each not in text):
            yield breach("documents", f"README 没有说明 {name}", f"the README does not speak of {name}")


def readme(plugin: Plugin) -> str | None:
    """The README: that of the distribution's metadata, else one beside the sources; None where there is none."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        text = metadata(plugin.listed.origin).json.get("description", "")
    except PackageNotFoundError:
        text = ""
    if isinstance(text, str) and text.strip():
        return text
    folder = plugin.folder
    beside = [parent / "README.md" for parent in (folder, *folder.parents[:2])] if folder else list[Path]()
    return next((path.read_text(encoding="utf-8") for path in beside if path.is_file()), None)
