"""Named pure functions an expression may call. They get known values only; where there is no answer they give the Reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.language.functions.dates import days_between, month_of, months_between, months_ended, year_of
from perfrules.language.functions.numbers import (
    absolute,
    ceiled,
    floored,
    greatest,
    rounded,
    rounded_even,
    smallest,
    whole_base,
)
from perfrules.language.functions.texts import has_text, similar, unit_fits
from perfrules.language.values import fits
from perfrules.model.truth import Number, Reason, Value
from perfrules.model.unit import Kind


@frozen
class Function:
    """A pure function: English and Chinese name, kinds of its parameters and result, and what it does.

    A parameter of kind None takes any number; a result of kind None has the kind of the first argument. `variadic`
    functions take one or more further arguments like their last parameter, or a list of them.
    """

    name: str
    alias: str
    parameters: tuple[Kind | None, ...]
    result: Kind | None
    apply: Callable[..., Value | Reason]
    about: Bilingual
    variadic: bool = False

    def applied(self, *values: Value) -> Value | Reason:
        """Its result; the reason `unit` where a value is not of the kind it is made for: a target's may be a text."""
        wanted = (*self.parameters, *self.parameters[-1:] * (len(values) - len(self.parameters)))
        fitting = zip(values, wanted, strict=True)
        if all(isinstance(each, Number) if kind is None else fits(each, kind) for each, kind in fitting):
            return self.apply(*values)
        return Reason.UNIT


def _listed(*functions: Function) -> Mapping[str, Function]:
    return {name: each for each in functions for name in (each.name, each.alias) if name}


_ANY, _PLACES = (None,), (None, Kind.NUMBER)
_DATES, _TEXTS = (Kind.DATE, Kind.DATE), (Kind.TEXT, Kind.TEXT)
_UNIT, _CHANGE = (Kind.MEASURE, Kind.TEXT), (Kind.COUNT, Kind.RATIO)

BUILTINS: Mapping[str, Function] = _listed(
    Function("abs", "绝对值", _ANY, None, absolute, Bilingual("绝对值", "distance from zero")),
    Function("min", "最小", _ANY, None, smallest, Bilingual("最小者", "the smallest"), variadic=True),
    Function("max", "最大", _ANY, None, greatest, Bilingual("最大者", "the greatest"), variadic=True),
    Function("round", "四舍五入", _PLACES, None, rounded, Bilingual("四舍五入", "half away from zero")),
    Function(
        "round_even", "四舍六入", _PLACES, None, rounded_even, Bilingual("四舍六入五成双", "half to even")
    ),
    Function("floor", "向下取整", _ANY, None, floored, Bilingual("向下取整", "down to a whole number")),
    Function("ceiling", "向上取整", _ANY, None, ceiled, Bilingual("向上取整", "up to a whole number")),
    Function(
        "whole_base",
        "整数基数",
        _CHANGE,
        Kind.TRUTH,
        whole_base,
        Bilingual("增减前是否可为整数", "whether a whole number fits before the change"),
    ),
    Function(
        "days_between", "相隔天数", _DATES, Kind.DAYS, days_between, Bilingual("相隔天数", "days from … to")
    ),
    Function(
        "months_between",
        "相隔月数",
        _DATES,
        Kind.MONTHS,
        months_between,
        Bilingual("相隔整月数", "whole months"),
    ),
    Function(
        "year_of", "年份", (Kind.DATE,), Kind.NUMBER, year_of, Bilingual("日期的年份", "the year of a date")
    ),
    Function(
        "month_of",
        "月份数",
        (Kind.DATE,),
        Kind.NUMBER,
        month_of,
        Bilingual("日期的月份", "the month of a date"),
    ),
    Function(
        "months_ended",
        "已满月数",
        (Kind.DATE,),
        Kind.NUMBER,
        months_ended,
        Bilingual("当年已满的月数", "months of the year that have ended"),
    ),
    Function(
        "similar",
        "相似度",
        _TEXTS,
        Kind.RATIO,
        similar,
        Bilingual("两段文字的相似度", "how alike two texts are"),
    ),
    Function(
        "has_text",
        "含任一",
        _TEXTS,
        Kind.TRUTH,
        has_text,
        Bilingual("含其中任一词", "has one of"),
        variadic=True,
    ),
    Function(
        "unit_fits", "单位相符", _UNIT, Kind.TRUTH, unit_fits, Bilingual("值与单位相符", "value and unit fit")
    ),
)

__all__ = ["BUILTINS", "Function"]
