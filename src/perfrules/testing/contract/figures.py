"""Laws of the figures: units, the order of rows, missing facts, repetition and range, on the examples and on variations of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random

from perfrules.errors import PerfrulesError
from perfrules.language import shown
from perfrules.model.project_type import Indicator, ProjectType
from perfrules.model.truth import Number, Unknown, Value
from perfrules.model.unit import MONEY_UNITS
from perfrules.plugins.ready import unit_of
from perfrules.testing.contract.breach import Breach, Plugin, breach
from perfrules.testing.contract.examples import constant

_AMOUNT = re.compile(r"(?P<digits>-?\d+(?:\.\d+)?)(?P<unit>亿元|千元|万元|元)")
_FIGURE = re.compile(r"(?P<digits>\d+(?:\.\d+)?)(?P<unit>\D*)")
_UNITS = ("元", "千元", "万元", "亿元")
VARIATIONS = 20
"""How many variations of each example's figures are tried."""

Case = tuple[ProjectType, Indicator, Mapping[str, object]]


def units_do_not_matter(plugin: Plugin) -> Iterator[Breach]:
    """The same amounts in 元, 千元, 万元 or 亿元 give the same value."""
    for kind, indicator, given in _cases(plugin):
        first = plugin.value(kind, indicator, given)
        for unit in _UNITS:
            other = _rewritten(given, lambda text, unit=unit: _in_unit(text, unit))
            if not _same(first, plugin.value(kind, indicator, _mapping(other))):
                zh = f"指标 {indicator.name}: 金额改写为{unit}, 结果不同 ({_said(given)})"
                yield breach(
                    "units",
                    zh,
                    f"indicator {indicator.name} differs where amounts are in {unit} ({_said(given)})",
                )


def row_order_does_not_matter(plugin: Plugin) -> Iterator[Breach]:
    """Tables in another order give the same value."""
    for kind, indicator, given in _cases(plugin):
        turned = _mapping(_turned(given))
        if turned != given and not _same(
            plugin.value(kind, indicator, given), plugin.value(kind, indicator, turned)
        ):
            zh = f"指标 {indicator.name}: 行的次序不同, 结果不同 ({_said(given)})"
            yield breach(
                "rows", zh, f"indicator {indicator.name} differs with the order of rows ({_said(given)})"
            )


def missing_stays_missing(plugin: Plugin) -> Iterator[Breach]:
    """Without a fact that it used, an indicator is unknown, or in a wider range; it is never another number."""
    for kind, indicator, given in _cases(plugin):
        first = plugin.value(kind, indicator, given)
        for name in given:
            rest = {other: value for other, value in given.items() if other != name}
            found = plugin.value(kind, indicator, rest)
            if not _is_no_more_than(first, found):
                zh = f"指标 {indicator.name}: 缺 {name} 时成为 {shown(found, 'zh')}, 应为未知"
                en = f"indicator {indicator.name} becomes {shown(found, 'en')} where {name} is missing; it should be unknown"
                yield breach("missing", zh, en)


def same_input_same_output(plugin: Plugin) -> Iterator[Breach]:
    """Twice the same facts give twice the same value."""
    for kind, indicator, given in _cases(plugin):
        first, again = (plugin.value(kind, indicator, given) for _ in range(2))
        if first != again:
            zh = f"指标 {indicator.name}: 同样的数据两次结果不同 ({_said(given)})"
            yield breach(
                "repeatable", zh, f"indicator {indicator.name} differs for the same facts ({_said(given)})"
            )


def within_range(plugin: Plugin) -> Iterator[Breach]:
    """Values keep to the kind of their unit and between the ends declared, on the examples' figures and on others."""
    for kind, indicator, given in _cases(plugin):
        value = plugin.value(kind, indicator, given)
        if isinstance(value, Unknown):
            continue
        if not isinstance(value, Number) or not _inside(value, indicator):
            zh = f"指标 {indicator.name}: {shown(value, 'zh')} 超出所声明的单位或范围 ({_said(given)})"
            en = f"indicator {indicator.name}: {shown(value, 'en')} is outside its unit or range ({_said(given)})"
            yield breach("range", zh, en)


def _inside(value: Number, indicator: Indicator) -> bool:
    low, high = (constant(end) if end else None for end in (indicator.low, indicator.high))
    below = isinstance(low, Number) and value.interval.is_below(low.interval)
    above = isinstance(high, Number) and high.interval.is_below(value.interval)
    plain = ("ratio", "number")
    kinds = {value.unit.kind.value, unit_of(indicator).kind.value}
    return (
        not below and not above and (len(kinds) == 1 or kinds <= set(plain) or kinds == {"count", "number"})
    )


def _cases(plugin: Plugin) -> Iterator[Case]:
    """The facts of every example, and variations of them that a submission may state; always the same ones."""
    for kind, indicator, example in plugin.cases():
        random = Random(f"{indicator.name} {sorted(example.given)}")
        varied = (
            _rewritten(example.given, lambda text, r=random: _other(text, r)) for _ in range(VARIATIONS)
        )
        for given in (example.given, *map(_mapping, varied)):
            try:
                plugin.project(kind, given)
            except PerfrulesError:
                continue  # examples_hold tells of examples that cannot be used
            yield kind, indicator, given


def _is_no_more_than(first: Value, found: Value) -> bool:
    """Whether less was known of the second: nothing, or that it lies in a wider range."""
    if isinstance(found, Unknown):
        return True
    if not isinstance(found, Number):
        return first == found
    if not isinstance(first, Number):
        return not found.interval.is_point
    return found.interval.hull(first.interval) == found.interval


def _rewritten(value: object, write: object) -> object:
    if isinstance(value, Mapping):
        return {name: _rewritten(each, write) for name, each in value.items()}
    if isinstance(value, list):
        return [_rewritten(each, write) for each in value]
    return write(value) if isinstance(value, str) and callable(write) else value


def _turned(value: object) -> object:
    """The same with the rows of every table in the opposite order."""
    if isinstance(value, Mapping):
        return {name: _turned(each) for name, each in value.items()}
    return [_turned(each) for each in reversed(value)] if isinstance(value, list) else value


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, Mapping)
    return value


def _in_unit(text: str, unit: str) -> str:
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return text
    scale = MONEY_UNITS[found["unit"]].scale / MONEY_UNITS[unit].scale
    amount = Decimal(found["digits"]) * scale.numerator / scale.denominator
    return f"{amount.normalize():f}{unit}"


def _other(text: str, random: Random) -> str:
    """Another figure of the same unit: none, small, larger, with decimals; words and dates stay as they are."""
    found = _FIGURE.fullmatch(text)
    if found is None:
        return text
    whole = random.choice((0, 1, random.randint(2, 20), random.randint(21, 10**4)))
    decimals = f".{random.randint(0, 99):02d}" if "." in found["digits"] else ""
    return f"{whole}{decimals}{found['unit']}"


def _same(a: Value, b: Value) -> bool:
    if isinstance(a, Number) and isinstance(b, Number):
        return a.interval == b.interval
    return type(a) is type(b) and (isinstance(a, Unknown) or a == b)


def _said(given: Mapping[str, object]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in given.items())
