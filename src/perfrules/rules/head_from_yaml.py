"""The head of a ruleset from its `ruleset.yaml`: identity, parameters with their dated values, what it changes of its parent.

Faults are gathered in the file.
"""

from __future__ import annotations

import re
from datetime import date

import yaml

from perfrules.bilingual import Bilingual
from perfrules.model.rule import DatedValue, Expression, Parameter, Severity
from perfrules.model.unit import Kind
from perfrules.rules.inheritance import Head, Setting
from perfrules.rules.rule_from_yaml import examples_from
from perfrules.rules.yaml_file import Keys, YamlFile

MONTH = re.compile(r"\d{1,2}")
OFF = ("off", "不设")
"""The value of a parameter that is unset from a date on."""
KINDS = (*(kind.value for kind in Kind if kind not in (Kind.TRUTH, Kind.MEASURE)), "text list")


def identity_from(file: YamlFile) -> Head:
    """What a `ruleset.yaml` says of its ruleset; faults are gathered in the file."""
    root = file.compose()
    if root is None:
        return Head("", "", Bilingual("", ""))
    keys = file.mapping(
        root,
        Keys(("id", "version", "title"), ("parameters", "extends", "open", "set", "withdraw", "examples")),
    )
    parameters = {}
    for name, node in file.mapping(keys["parameters"]).items() if "parameters" in keys else ():
        parameters[name] = _parameter(file, name, node)
    settings = {}
    for name, node in file.mapping(keys["set"]).items() if "set" in keys else ():
        settings[name] = _setting(file, name, node)
    withdrawn = {}
    for name, node in file.mapping(keys["withdraw"]).items() if "withdraw" in keys else ():
        withdrawn[name] = Expression(file.name(node), file.where(node))
    examples = file.mapping(keys["examples"]) if "examples" in keys else {}
    extends = keys.get("extends")
    return Head(
        file.name(keys.get("id")),
        file.string(keys.get("version")),
        file.bilingual(keys.get("title")),
        parameters,
        Expression(file.name(extends), file.where(extends)) if extends is not None else None,
        file.truth(keys.get("open")),
        settings,
        withdrawn,
        file.where(root),
        {name: examples_from(file, node) for name, node in examples.items()},
    )


def _setting(file: YamlFile, name: str, node: yaml.Node) -> Setting:
    keys = file.mapping(node, Keys(("because",), ("severity", "value", "values", "source")))
    severity = file.choice(keys.get("severity"), [each.value for each in Severity], "notice")
    values: list[DatedValue] = []
    if "value" in keys:
        values.append(_value(file, date.min, keys["value"], file.string(keys.get("source"))))
    for each in file.items(keys["values"]) if "values" in keys else ():
        value = _dated(file, each)
        if value is not None:
            values.append(value)
    if len({"severity", "value", "values"} & keys.keys()) != 1:
        message = Bilingual(
            f"{name}: 写 severity、value、values 之一", f"{name}: give one of severity, value, values"
        )
        file.blame(file.where(node), "ruleset.setting", message)
    return Setting(
        name,
        file.name(keys.get("because")),
        file.where(node),
        Severity(severity) if "severity" in keys else None,
        tuple(sorted(values, key=lambda value: value.since)),
    )


def _parameter(file: YamlFile, name: str, node: yaml.Node) -> Parameter:
    keys = file.mapping(node, Keys(("title",), ("values", "kind", "tighter", "open")))
    values: dict[date, DatedValue] = {}
    for each in file.items(keys["values"]) if "values" in keys else ():
        value = _dated(file, each)
        if value is not None and value.since in values:
            message = Bilingual(
                f"参数 ${name} 自 {value.since} 起有两个值", f"${name} has two values from {value.since} on"
            )
            file.blame(file.where(each), "ruleset.two_values", message)
        elif value is not None:
            values[value.since] = value
    known = tuple(values[since] for since in sorted(values))
    tighter = file.choice(keys.get("tighter"), ("higher", "lower"), "")
    kind = file.choice(keys.get("kind"), KINDS, "")
    title, is_open = file.bilingual(keys.get("title")), file.truth(keys.get("open"))
    return Parameter(name, title, known, file.where(node), tighter, is_open, kind)


def _dated(file: YamlFile, node: yaml.Node) -> DatedValue | None:
    keys = file.mapping(node, Keys(("since", "value"), ("source",)))
    since = file.day(keys.get("since"))
    if since is None or "value" not in keys:
        return None
    return _value(file, since, keys["value"], file.string(keys.get("source")))


def _value(file: YamlFile, since: date, node: yaml.Node, source: str) -> DatedValue:
    if isinstance(node, yaml.ScalarNode) and node.value.strip() in OFF:
        return DatedValue(since, None, {}, source)
    if not isinstance(node, yaml.MappingNode):
        return DatedValue(since, file.expression(node), {}, source)
    return DatedValue(since, None, _by_month(file, node), source)


def _by_month(file: YamlFile, node: yaml.MappingNode) -> dict[int, Expression]:
    by_month: dict[int, Expression] = {}
    for written, each in file.mapping(node).items():
        expression = file.expression(each)
        month = int(written) if MONTH.fullmatch(written) else 0
        if month in by_month:
            message = Bilingual(f"{written} 月已有取值", f"month {written} is there already")
            file.blame(file.where(each), "ruleset.duplicate_key", message)
        elif 1 <= month <= 12 and expression:
            by_month[month] = expression
        else:
            message = Bilingual(f"{written} 不是月份 (1 至 12)", f"{written} is not a month (1 to 12)")
            file.blame(file.where(each), "ruleset.not_a_month", message)
    return by_month
