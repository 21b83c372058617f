"""Corners that reports seldom reach: subjects that are not there, values of all kinds shown, names of two meanings."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from perfrules.bilingual import Bilingual
from perfrules.errors import ExpressionError
from perfrules.language import Context, Scope, calculation, check, shown, to_python, told
from perfrules.model.fact import Fact
from perfrules.model.interval import Interval
from perfrules.model.quantity import printed_quantity
from perfrules.model.subject import Field, Subject, SubjectType
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Reason, Unknown
from perfrules.model.unit import MONEY_UNITS, YUAN, Kind, Unit

LINE = Subject(
    "line",
    "department/total",
    "合计",
    {
        "spent": Fact("spent", printed_quantity("3", YUAN)),
        "appropriated": Fact("appropriated", printed_quantity("5", YUAN)),
    },
)


def traced(text: str, subject: Subject = LINE) -> Trace:
    return to_python(check(text, Scope(CORE_TYPES, (subject.type,), {})))(Context((subject,), {}))


def codes(text: str, asked: str = "line") -> list[str]:
    with pytest.raises(ExpressionError) as caught:
        check(text, Scope(CORE_TYPES, (asked,), {}))
    return [fault.code.removeprefix("expression.") for fault in caught.value.faults]


@pytest.mark.parametrize(
    "text", ['has_row(projects, "甲")', "count(projects) > 3", "all(spent > 1元 for projects)"]
)
def test_a_table_of_a_subject_that_is_not_there_is_missing(text: str) -> None:
    assert traced(text).value == Unknown((Lack(Reason.MISSING, "department/total", "projects"),))


def test_a_table_of_a_line_that_is_not_there_is_missing_below_its_name() -> None:
    department = Subject("department", "department")
    lack = Unknown((Lack(Reason.MISSING, "department/total", "claims"),))
    assert traced("count(total.claims) > 3", department).value == lack


def test_a_field_of_a_department_that_is_not_there_is_missing() -> None:
    for text, field in (("total.spent > 1元", "spent"), ("period_to > 2022-06-30", "period_to")):
        value = traced(text).value
        assert isinstance(value, Unknown)
        assert [(lack.reason, lack.field) for lack in value.lacks] == [(Reason.MISSING, field)]


def test_a_pattern_is_held_against_texts_only() -> None:
    counted = Fact("planned", printed_quantity("3", Unit(Kind.COUNT, "家")))
    target = Subject("target", "target:1", facts={"planned": counted})
    assert traced('planned matches ".*"', target).value == Unknown(
        (Lack(Reason.UNIT, "target:1", "planned"),)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('name in [nosuch, "甲"]', ["unknown_name"]),
        ('nosuch in ["甲"]', ["unknown_name"]),
        ("nosuch + 1 > 2", ["unknown_name"]),
        ("name / 3 > 2", ["units"]),
        ("(spent > 1元) > 3元", ["not_comparable"]),
        ("min() > 3元", ["arguments"]),
        ("nosuch has 3元", ["unknown_name", "kind"]),
        ("nosuch or else 3元", ["unknown_name"]),
        ("is_blank(nosuch)", ["unknown_name"]),
        ("sum(nosuch for department.projects) > 3", ["unknown_name"]),
        ("has_row(nosuch, 3元)", ["unknown_table", "kind"]),
        ("-nosuch > 3", ["unknown_name"]),
        ("is_set($nosuch) > 3", ["unknown_parameter"]),
        ("spent / 0 / 0 > 1元", ["never_known"]),
    ],
)
def test_one_slip_is_told_once(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_a_name_of_two_meanings_is_told_with_both_types() -> None:
    label = Bilingual("额", "amount")
    types = {
        "one": SubjectType("one", label, (Field("amount", label, Kind.MONEY),)),
        "other": SubjectType("other", label, (Field("amount", label, Kind.TEXT),)),
    }
    with pytest.raises(ExpressionError) as caught:
        check("amount > 3元", Scope(types, ("one", "other"), {}))
    (fault,) = caught.value.faults
    assert fault.hint == Bilingual(
        "amount 在 one, other 中含义不同", "amount means different things in one, other"
    )


def test_values_of_every_kind_are_shown() -> None:
    anything = Interval(None, None, False, False)
    assert shown(date(2022, 6, 30), "zh") == "2022-06-30"
    assert shown("合同未到期", "en") == "合同未到期"
    assert shown(Number(anything, anything, MONEY_UNITS["万元"]), "zh") == "不定"
    assert shown(Number(anything, anything, MONEY_UNITS["万元"]), "en") == "anything"
    below = Interval(None, Fraction(30_000), False, False)
    assert shown(Number(below, below, MONEY_UNITS["万元"]), "zh") == "不足3万元"
    assert shown(Number(below, below, MONEY_UNITS["万元"]), "en") == "below 3万元"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if spent > 1元 then appropriated else spent", "5元"),
        ("-spent - -appropriated", "(-3元) - (-5元) = 2元"),
        ("is_known(forecast)", "未知(缺 全年预计)"),
        ("is_exact(spent)", "实际支出 = 3元 为确数"),
        ("is_printed(spent)", "实际支出 = 3元 已列"),
        ("is_printed(forecast)", "未知(缺 全年预计)"),
        ("spent or else appropriated", "3元"),
        ("(spent or else appropriated) * 2", "3元 × 2 = 6元"),
        ("(forecast or else spent + 1元) * 2", "(3元 + 1元) × 2 = 8元"),
        ("spent * -2", "3元 × (-2) = -6元"),
        ("round(spent / appropriated, 2)", "四舍五入(3元 ÷ 5元, 2) = 60.00%"),
    ],
)
def test_calculations_read_as_they_are_typed(text: str, expected: str) -> None:
    assert calculation(traced(text), "zh") == expected


def test_of_a_question_about_its_kind_a_value_is_shown() -> None:
    target = Subject("target", "target:1", facts={"planned": Fact("planned", printed_quantity("3", YUAN))})
    assert calculation(traced("planned is money", target), "zh") == "3元"
    assert calculation(traced("abs(planned) is money", target), "en") == "|3元|"
    assert calculation(traced("round(planned, 0) is money", target), "zh") == "四舍五入(3元, 0)"
    assert calculation(traced("round(planned, 0) is money", target), "en") == "round(3元, 0)"


def test_a_value_alone_is_told_rounded_where_it_was_computed_and_exact_where_it_was_given() -> None:
    assert told(traced("spent / appropriated"), "zh") == "60.00%"
    assert told(traced("60% * 50%"), "zh") == "30%"
    assert told(traced("1 / 3 * 100%"), "zh") == "33.33%"
