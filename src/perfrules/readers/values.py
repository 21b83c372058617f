"""One value of a submission file becomes a quantity, a date or a text; None where it is not well formed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from perfrules.documents import fold
from perfrules.model.quantity import Qualifier, Quantity, printed_quantity
from perfrules.model.unit import DAY, MONEY_UNITS, MONTH, NUMBER, PER_MILLE, PERCENT, RATIO, Kind, Unit

MAX_DIGITS = 40
_QUANTITY = re.compile(
    r"(?P<before>约|大约|近|将近|不足|超过|至少|不少于)?(?P<digits>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<more1>[余多])?"
    r"(?P<factor>[十百千]?万|亿|千)?(?P<more2>[余多])?(?P<unit>[^\d\s+.,-]{0,8}?)(?P<after>左右|上下|以上|以下)?"
)
_FACTORS = {"": 1, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_QUALIFIERS = {
    "约": Qualifier.ABOUT,
    "大约": Qualifier.ABOUT,
    "左右": Qualifier.ABOUT,
    "上下": Qualifier.ABOUT,
    "近": Qualifier.AT_MOST,
    "将近": Qualifier.AT_MOST,
    "不足": Qualifier.AT_MOST,
    "以下": Qualifier.AT_MOST,
    "超过": Qualifier.AT_LEAST,
    "至少": Qualifier.AT_LEAST,
    "不少于": Qualifier.AT_LEAST,
    "以上": Qualifier.AT_LEAST,
}
_NO_MEASURE_WORDS = ("元", "%", "‰")
_NAMED = {
    (Kind.RATIO, "%"): PERCENT,
    (Kind.RATIO, "‰"): PER_MILLE,
    (Kind.RATIO, ""): RATIO,
    (Kind.DAYS, "天"): DAY,
    (Kind.DAYS, "日"): DAY,
    (Kind.MONTHS, "个月"): MONTH,
    (Kind.MONTHS, "月"): MONTH,
}
_OPERATOR = re.compile(r"(≥|≤|>=|<=|＞=|＜=|=|＝|>|<|＞|＜)\s*(.+)")
_OPERATORS = {">=": "≥", "<=": "≤", "＞=": "≥", "＜=": "≤", "＝": "="}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def printed(value: object) -> str | None:
    """A text or a number as its digits stand in the file; None for anything else."""
    if isinstance(value, str):
        return "".join(fold(value).replace("：", ":").split())
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def quantity(value: object, kind: Kind, default: Unit | None = None) -> Quantity | None:
    """The quantity of that kind; `default` is the unit of a bare number. None where the value is none."""
    words = printed(value)
    found = _QUANTITY.fullmatch(words) if words else None
    if words is None or found is None or len(found["digits"]) > MAX_DIGITS:
        return None
    unit, factor = _unit(found["factor"] or "", found["unit"], kind, default)
    if unit is None:
        return None
    marks = [mark for mark in (found["before"], found["after"]) if mark]
    more = bool(found["more1"] or found["more2"])
    qualifier = Qualifier.AT_LEAST if more else _QUALIFIERS[marks[0]] if marks else Qualifier.EXACT
    digits = found["digits"].replace(",", "").removeprefix("+")
    shown = words if found["unit"] or found["factor"] else words + unit.name
    open_ended = qualifier is Qualifier.AT_LEAST and not more
    return printed_quantity(digits, unit, qualifier, words=shown, open_ended=open_ended, factor=factor)


def day(value: object) -> date | None:
    """The date that 2022-06-30 stands for."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _unit(factor: str, name: str, kind: Kind, default: Unit | None) -> tuple[Unit | None, int]:
    """The unit, and the multiplier that stays with the digits: 万 belongs to 万元, but not to 万份."""
    match kind:
        case Kind.MONEY:
            return _money_unit(factor, name, default), 1
        case Kind.NUMBER:
            return (None if name else NUMBER), _FACTORS[factor]
        case Kind.COUNT:
            known = name in _NO_MEASURE_WORDS or bool(not name and factor and default is None)
            return (None if known else Unit(kind, name) if name else default or Unit(kind, "")), _FACTORS[
                factor
            ]
        case _:
            return (None if factor else _NAMED.get((kind, name))), 1


def _money_unit(factor: str, name: str, default: Unit | None) -> Unit | None:
    if name == "元" or (factor and not name):
        return MONEY_UNITS.get(factor + name)
    return default if not name and not factor else None


def measure(value: object, unit: str = "") -> Quantity | None:
    """The value of a performance target: money, a ratio, days, months or things, by its own unit or the one beside it."""
    words = printed(value)
    if not words:
        return None
    if unit and re.search(r"\d[余多]?$", words):
        words += unit
    for kind in (Kind.MONEY, Kind.DAYS, Kind.MONTHS):
        if (found := quantity(words, kind)) is not None:
            return found
    if "%" in words or "‰" in words:
        return quantity(words, Kind.RATIO)
    return quantity(words, Kind.COUNT) or quantity(words, Kind.NUMBER)


def operator_of(sign: str) -> str:
    """An operator however it was typed: >= and ＞= are ≥."""
    return _OPERATORS.get(sign, sign)


def planned(text: str) -> dict[str, str]:
    """A target's value with its operator taken off; without one a number is equal, and words are 定性."""
    found = _OPERATOR.fullmatch(text)
    if found:
        return {"operator": operator_of(found[1]), "planned": found[2]}
    kinds = (Kind.RATIO, Kind.MONEY, Kind.COUNT)
    is_number = any(quantity(text, kind) for kind in kinds) and re.match(r"\d", text)
    return {"operator": "=" if is_number and "月" not in text and "底" not in text else "定性"}
