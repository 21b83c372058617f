"""The values of a submission file become facts: dates, texts, amounts, counts, and the printed ratios below an owner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.model.fact import Fact
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Field, Subject, SubjectType, Table
from perfrules.model.subject_types import own_label
from perfrules.model.unit import Kind, Unit
from perfrules.readers.structured_reading import Keys, Reading
from perfrules.readers.values import day, measure, quantity
from perfrules.readers.witnesses import merged

NUMERATORS = ("spent", "appropriated")
BASES = ("adjusted_budget", "initial_budget", "appropriated", "budget")
"""Fields that a submission may not state: the program computes or knows them."""


def dates(reading: Reading, values: Mapping[str, object], pointer: str) -> dict[str, Fact]:
    """The date facts among these values, by name."""
    facts = {}
    for name, value in values.items():
        if value is None:
            continue
        if found := _prints(partial(_date, reading, name), value, f"{pointer}/{name}"):
            facts[name] = found
    return facts


def _date(reading: Reading, name: str, at: str, value: object) -> Fact | None:
    found = day(value)
    if found is None:
        reading.blame(
            at, "date", f"{value} 不是日期，请写成 2022-06-30", f"{value} is no date; write 2022-06-30"
        )
        return None
    return Fact(name, found, location=reading.place(at), quote=reading.quote(at, value))


def _prints(fact_at: Callable[[str, object], Fact | None], value: object, pointer: str) -> Fact | None:
    """The fact of a value, or of a list of values: a figure that is printed in several places."""
    if not isinstance(value, list | tuple) or not value:
        return fact_at(pointer, value)
    found = [fact_at(f"{pointer}/{index}", each) for index, each in enumerate(value)]
    return merged([each for each in found if each is not None]) if all(found) else None


def statable(subject_type: SubjectType, also_not: Sequence[str] = ()) -> dict[str, Field]:
    """The fields of a type that a submission may state, by name."""
    stated = (each for each in subject_type.fields if not each.is_computed and each.name != "line")
    return {each.name: each for each in stated if each.name not in also_not}


def facts_of(reading: Reading, keys: Keys, fields: Mapping[str, Field], pointer: str) -> dict[str, Fact]:
    """The facts that a row states, by field; `keys["unit"]` is the unit of bare target values."""
    unit = keys.get("unit")
    found = {
        name: fact_of(
            reading, keys[name], fields[name], f"{pointer}/{name}", unit if isinstance(unit, str) else ""
        )
        for name in keys
        if name in fields
    }
    return {name: fact for name, fact in found.items() if fact is not None}


def fact_of(reading: Reading, value: object, each: Field, pointer: str, unit: str) -> Fact | None:
    """The fact of one field; None, and a fault, where the value is none of its kind."""
    fact = _prints(lambda at, one: _fact_of(reading, one, each, at, unit), value, pointer)
    title = own_label(each)
    return evolve(fact, title=title) if fact is not None and title is not None else fact


def _fact_of(reading: Reading, value: object, each: Field, pointer: str, unit: str) -> Fact | None:
    if each.kind is Kind.TEXT:
        told = reading.text(value, pointer)
        return None if told is None else evolve(told, field=each.name)
    if each.kind is Kind.DATE:
        return _date(reading, each.name, pointer, value)
    if each.kind is Kind.MEASURE:
        target = measure(value, unit)
        words = str(value) if target is None else target
        return Fact(each.name, words, location=reading.place(pointer), quote=reading.quote(pointer, value))
    default = reading.unit if each.kind is Kind.MONEY else None
    amount = quantity(value, each.kind, default)
    if amount is None:
        _not_a(reading, value, each.kind, pointer)
        return None
    if each.nonnegative and is_negative(amount):
        reading.blame(
            pointer,
            "negative",
            f"{each.label.zh}不能为负数: {value}",
            f"{each.label.en} cannot be negative: {value}",
        )
        return None
    return Fact(each.name, amount, location=reading.place(pointer), quote=reading.quote(pointer, value))


def _not_a(reading: Reading, value: object, kind: Kind, pointer: str) -> None:
    bare = kind is Kind.MONEY and quantity(value, Kind.NUMBER) is not None
    if bare:
        hint = Bilingual(
            '写成 "29.5342万元"，或在顶层写 "unit": "万元"',
            'write "29.5342万元", or "unit": "万元" at the top',
        )
        reading.blame(pointer, "unit", f"金额 {value} 没有单位", f"the amount {value} has no unit", hint)
        return
    told = {
        Kind.MONEY: ("金额", "an amount of money", "29.5342万元"),
        Kind.RATIO: ("比率", "a ratio", "69.86%"),
        Kind.COUNT: ("数量", "a count", "20余次"),
        Kind.NUMBER: ("数", "a number", "12.5"),
        Kind.DAYS: ("天数", "a number of days", "10天"),
        Kind.MONTHS: ("月数", "a number of months", "6个月"),
    }
    zh, en, like = told.get(kind, ("值", "a value", ""))
    hint = Bilingual(f"例如 {like}", f"for example {like}")
    reading.blame(pointer, "value", f"{value!s:.60} 不是{zh}", f"{value!s:.60} is not {en}", hint)


def is_negative(amount: Quantity) -> bool:
    """Whether a quantity is below zero."""
    return amount.digits.startswith("-") and amount.digits.strip("-0.") != ""


def count_of(reading: Reading, value: object, pointer: str, name: str, unit: str) -> Fact | None:
    """The count fact of that name; `unit` is the measure word of a bare number."""
    amount = quantity(value, Kind.COUNT, Unit(Kind.COUNT, unit))
    if amount is None or is_negative(amount):
        _not_a(reading, value, Kind.COUNT, pointer)
        return None
    return Fact(name, amount, location=reading.place(pointer), quote=str(value))


def claims_of(reading: Reading, keys: Keys, pointer: str, owner: str) -> dict[str, Table]:
    """The table of claims below an owner, where the row has any."""
    if "claims" not in keys:
        return {}
    rows = []
    for index, value in enumerate(reading.rows(keys["claims"], f"{pointer}/claims")):
        at = f"{pointer}/claims/{index}"
        own = reading.keys(value, at, ("printed", "numerator", "base"))
        facts = dict(_claim_facts(reading, own, at))
        rows.append(
            Subject(
                "claim",
                f"{owner}/claim:{index + 1}",
                facts["printed"].quote if "printed" in facts else "",
                facts,
            )
        )
    return {"claims": Table(tuple(rows))}


def _printed_ratio(reading: Reading, value: object, pointer: str) -> Fact | None:
    amount = quantity(value, Kind.RATIO)
    if amount is None or not str(value).strip().endswith(("%", "‰", "％")):
        _not_a(reading, value, Kind.RATIO, pointer)
        return None
    return Fact("printed", amount, location=reading.place(pointer), quote=reading.quote(pointer, value))


def _claim_facts(reading: Reading, keys: Keys, pointer: str) -> Iterator[tuple[str, Fact]]:
    for key in ("printed", "numerator"):
        if key not in keys:
            reading.blame(f"{pointer}/{key}", "missing", f"占比缺少 {key}", f"the claim has no {key}")
    if "printed" in keys:
        fact = _prints(
            lambda at, one: _printed_ratio(reading, one, at), keys["printed"], f"{pointer}/printed"
        )
        if fact is not None:
            yield "printed", fact
    for key, name, allowed in (("numerator", "numerator_name", NUMERATORS), ("base", "base_name", BASES)):
        if key not in keys:
            continue
        if keys[key] not in allowed:
            listed = ", ".join(allowed)
            reading.blame(
                f"{pointer}/{key}",
                "value",
                f"{key} 应为以下之一: {listed}",
                f"{key} must be one of: {listed}",
            )
        else:
            said = str(keys[key])
            stands = None if reading.places else reading.place(f"{pointer}/{key}")
            yield name, Fact(name, said, location=stands, quote=said if stands else "")
