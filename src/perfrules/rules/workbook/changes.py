"""What a workbook changes of a ruleset, as the head of one that extends it, and that as YAML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from perfrules.model.rule import DatedValue, Expression
from perfrules.rules.inheritance import Setting


@frozen
class Changed:
    """The settings that differ, and the rules withdrawn with the reason; each with its cell."""

    settings: Mapping[str, Setting] = field(factory=dict)
    withdrawn: Mapping[str, Expression] = field(factory=dict)

    def __bool__(self) -> bool:
        return bool(self.settings or self.withdrawn)


def head_text(changed: Changed, name: str, parent: str, title: str) -> str:
    """The `ruleset.yaml` that makes these changes; every text in it is quoted, so that it is read as it stands."""
    lines = [
        f"id: {_quoted(name)}",
        'version: "0.1"',
        f"title: {{zh: {_quoted(title)}, en: {_quoted(name)}}}",
        f"extends: {_quoted(parent)}",
    ]
    if changed.settings:
        lines.append("set:")
    for setting in changed.settings.values():
        lines += [f"  {setting.name}:", f"    because: {_quoted(setting.because)}"]
        if setting.severity is not None:
            lines.append(f"    severity: {setting.severity.value}")
        if [value.since for value in setting.values] == [date.min]:
            lines += [
                f"    value: {_value(setting.values[0])}",
                f"    source: {_quoted(setting.values[0].source)}",
            ]
            continue
        lines += ["    values:"] if setting.values else []
        for value in setting.values:
            lines.append(f"      - since: {value.since.isoformat()}")
            lines.append(f"        value: {_value(value)}")
            lines.append(f"        source: {_quoted(value.source)}")
    if changed.withdrawn:
        lines.append("withdraw:")
    lines += [f"  {id}: {_quoted(why.text)}" for id, why in changed.withdrawn.items()]
    return "\n".join(lines) + "\n"


def _value(value: DatedValue) -> str:
    if value.value is not None:
        return _quoted(value.value.text)
    by_month = ", ".join(f"{month}: {_quoted(each.text)}" for month, each in value.by_month.items())
    return f"{{{by_month}}}" if by_month else "off"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
