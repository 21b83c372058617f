"""Functions of texts and dates, and what aggregates and comparisons do with texts and dates: worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.language import Context, Scope, check, to_python, values
from perfrules.language.functions.dates import days_between, month_of, months_between, year_of
from perfrules.language.functions.numbers import whole_base
from perfrules.language.functions.texts import has_text, similar, unit_fits
from perfrules.language.values import computed, point, ratio
from perfrules.model.fact import Fact
from perfrules.model.interval import Interval
from perfrules.model.quantity import Quantity, printed_quantity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.truth import Lack, Number, Reason, Unknown, Value
from perfrules.model.unit import DAY, MONEY_UNITS, MONTH, NUMBER, PERCENT, RATIO, YUAN, Kind, Unit

HOUSES, PEOPLE = Unit(Kind.COUNT, "家"), Unit(Kind.COUNT, "人")
DATES = st.dates(date(1999, 1, 1), date(2033, 12, 31))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("甲乙丙", "甲乙丙", Fraction(1)),
        ("甲乙丙", "丁戊己", Fraction(0)),
        ("甲乙丙丁", "甲乙戊丁", Fraction(2 * 1, 3 + 3)),  # 甲乙 of 甲乙 乙丙 丙丁 and 甲乙 乙戊 戊丁
        ("aaa", "aa", Fraction(2 * 1, 2 + 1)),  # aa twice and once
        ("甲 乙\n丙", "甲乙丙", Fraction(1)),  # white space aside
        ("甲", "甲", Fraction(1)),
        ("甲", "乙", Fraction(0)),
        ("", "", Fraction(1)),
        ("甲", "甲乙", Fraction(0)),
        ("甲乙", "甲", Fraction(0)),
        ("abcd", "bcda", Fraction(2 * 2, 3 + 3)),  # bc and cd
    ],
)
def test_how_alike_two_texts_are(a: str, b: str, expected: Fraction) -> None:
    assert similar(a, b) == ratio(expected)
    assert similar(b, a) == ratio(expected)


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        (("合同",), True),
        (("付款", "合同"), True),
        (("付款",), False),
        (("付款", "发票"), False),
        (("",), True),
    ],
)
def test_whether_a_text_has_one_of_some_words(words: tuple[str, ...], holds: bool) -> None:
    assert has_text("合同未到期", *words) is holds


@pytest.mark.parametrize(
    ("digits", "unit", "named", "fits"),
    [
        ("30.5", MONEY_UNITS["万元"], "元", True),
        ("30.5", MONEY_UNITS["万元"], "%", False),
        ("95", PERCENT, "%", True),
        ("95", NUMBER, "%", False),
        ("95", PERCENT, "家", False),
        ("16", HOUSES, "家", True),
        ("16", HOUSES, "人", False),
        ("16", NUMBER, " 家 ", True),
        ("16", HOUSES, "桶", Reason.UNIT),
    ],
)
def test_whether_a_value_and_a_unit_fit(digits: str, unit: Unit, named: str, fits: bool | Reason) -> None:
    quantity = printed_quantity(digits, unit)
    assert quantity.interval is not None
    assert unit_fits(Number(quantity.interval, quantity.interval, unit), named) is fits
    assert unit_fits("已完成", named) is Reason.UNIT


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2022-01-31", "2022-02-28", 1),  # the last of the month completes it
        ("2022-01-31", "2022-02-27", 0),
        ("2024-01-31", "2024-02-28", 0),  # a leap year has a 29th
        ("2024-01-31", "2024-02-29", 1),
        ("2022-01-15", "2022-02-14", 0),
        ("2022-01-15", "2022-02-15", 1),
        ("2022-06-30", "2022-06-30", 0),
        ("2021-11-30", "2022-02-28", 3),
        ("2022-01-01", "2022-12-31", 11),
        ("2022-06-30", "2022-01-31", -5),  # from 31 January the 30th completes June
    ],
)
def test_months_between_two_dates(start: str, end: str, months: int) -> None:
    assert months_between(date.fromisoformat(start), date.fromisoformat(end)) == point(
        Fraction(months), MONTH
    )


@given(DATES, DATES)
def test_months_backwards_are_the_negative_of_the_way_there(one: date, other: date) -> None:
    there, back = months_between(one, other), months_between(other, one)
    assert isinstance(there, Number)
    assert isinstance(back, Number)
    assert there.interval == -back.interval


@given(DATES, st.integers(-5000, 5000))
def test_days_between_two_dates(start: date, days: int) -> None:
    assert days_between(start, start + timedelta(days)) == point(Fraction(days), DAY)


def test_the_parts_of_a_date() -> None:
    assert year_of(date(2022, 6, 30)) == point(Fraction(2022), NUMBER)
    assert month_of(date(2022, 6, 30)) == point(Fraction(6), NUMBER)


@pytest.mark.parametrize(
    ("value", "change", "holds"),
    [
        (7, "-30", True),  # from 10
        (11, "-37", False),  # 17 gives -35.29%, 18 gives -38.89%
        (16, "-61", True),  # 16 / 41 = 39.02%
        (7, "-45", False),  # 12.7
        (0, "-100", True),
        (0, "-50", False),  # half of no whole number from 1 on is 0
        (3, "-100", True),  # from 600: -99.5% prints as -100%
        (9, "80", True),  # from 5
        (2, "100", True),  # from 1
        (1, "100", False),  # from a half
        (1, "0", True),
        (5, "-0.1", False),  # 5 from 5.005
        (1, "-50", True),  # from 2
        (1, "-200", False),  # nothing is left
    ],
)
def test_whether_a_whole_number_fits_before_a_change(value: int, change: str, holds: bool) -> None:
    printed = printed_quantity(change, PERCENT)
    assert printed.interval is not None
    assert printed.slack is not None
    change_number = Number(printed.interval, printed.slack, PERCENT)
    assert whole_base(point(Fraction(value), HOUSES), change_number) is holds


@given(st.integers(1, 200), st.integers(1, 200))
def test_a_change_that_was_printed_of_two_whole_numbers_always_fits(before: int, after: int) -> None:
    exact = Fraction(after - before, before) * 100
    sign, size = ("-", -exact) if exact < 0 else ("", exact)
    whole = int(size + Fraction(1, 2))
    printed = printed_quantity(f"{sign if whole else ''}{whole}", PERCENT)
    assert printed.interval is not None
    assert printed.slack is not None
    if whole == 0 and exact:  # 0% without decimals is exact: no change
        return
    assert (
        whole_base(point(Fraction(after), HOUSES), Number(printed.interval, printed.slack, PERCENT)) is True
    )


def target(planned: Quantity | str | date, actual: Quantity | str | date) -> Subject:
    return Subject(
        "target", "target:1", "", {"planned": Fact("planned", planned), "actual": Fact("actual", actual)}
    )


def asked(text: str, subject: Subject) -> Value:
    return to_python(check(text, Scope(CORE_TYPES, (subject.type,), {})))(Context((subject,), {})).value


@pytest.mark.parametrize(
    ("operator", "earlier", "same", "later"),
    [
        ("<", True, False, False),
        ("<=", True, True, False),
        (">", False, False, True),
        (">=", False, True, True),
        ("==", False, True, False),
        ("!=", True, False, True),
    ],
)
def test_dates_are_compared_by_the_calendar(operator: str, earlier: bool, same: bool, later: bool) -> None:
    day = date(2022, 6, 30)
    for other, holds in ((date(2022, 6, 29), earlier), (day, same), (date(2022, 7, 1), later)):
        assert asked(f"planned {operator} actual", target(other, day)) is holds


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">="])
def test_texts_in_a_table_of_targets_have_no_order(operator: str) -> None:
    value = asked(f"planned {operator} actual", target("甲", "乙"))
    assert isinstance(value, Unknown)
    assert {lack.reason for lack in value.lacks} == {Reason.UNIT}


def test_texts_in_a_table_of_targets_are_alike_where_they_are_equal() -> None:
    assert asked("planned ≈ actual", target("完成", "完成")) is True
    assert asked("planned ≈ actual", target("完成", "未完成")) is False
    assert asked("planned == actual", target("完成", "完成")) is True
    assert asked("planned != actual", target("完成", "完成")) is False


@pytest.mark.parametrize("word", ["", "无", "暂无", "无偏差", "/", "-", "—", " 无 ", "\n"])
def test_what_is_blank(word: str) -> None:
    subject = Subject("target", "target:1", "", {"cause": Fact("cause", word)})
    assert asked("is_blank(cause)", subject) is True


@pytest.mark.parametrize("word", ["合同未到期", "无合同", "0", "暂无偏差"])
def test_what_is_not_blank(word: str) -> None:
    subject = Subject("target", "target:1", "", {"cause": Fact("cause", word)})
    assert asked("is_blank(cause)", subject) is False


@pytest.mark.parametrize(
    ("first", "second", "different"),
    [
        ("1万元", "10000元", 1),
        ("3家", "3人", 2),
        ("3家", "3家", 1),
        ("3", "300%", 1),
        ("3", "3元", 2),
        ("30%", "30%", 1),
    ],
)
def test_different_values_are_told_apart_by_amount_and_unit(first: str, second: str, different: int) -> None:
    units = {**MONEY_UNITS, "%": PERCENT, "": NUMBER, "家": HOUSES, "人": PEOPLE}
    rows = []
    for text in (first, second):
        digits = text.rstrip("万元家人%")
        rows.append(target(printed_quantity(digits, units[text[len(digits) :]]), "甲"))
    project = Subject("project", "project:1", tables={"targets": Table(tuple(rows), Completeness.COMPLETE)})
    value = asked("count(distinct planned for targets)", project)
    assert isinstance(value, Number)
    assert value.interval == Interval.point(Fraction(different))


def test_is_exact_of_what_is_no_number_is_whether_it_is_known() -> None:
    assert asked("is_exact(planned)", target("完成", "甲")) is True
    assert asked("is_exact(planned)", target(date(2022, 6, 30), "甲")) is True
    assert asked("is_exact(cause)", target("完成", "甲")) is False


def test_a_product_of_money_and_a_count_is_money() -> None:
    product = computed("*", point(Fraction(450), YUAN), point(Fraction(3), PEOPLE))
    assert isinstance(product, Number)
    assert (product.interval.exact, product.unit.kind) == (Fraction(1350), Kind.MONEY)


def test_a_ratio_of_counts_of_one_thing_is_a_ratio() -> None:
    quotient = computed("/", point(Fraction(3), HOUSES), point(Fraction(4), HOUSES))
    assert isinstance(quotient, Number)
    assert (quotient.interval.exact, quotient.unit) == (Fraction(3, 4), RATIO)
    assert computed("/", point(Fraction(3), HOUSES), point(Fraction(4), PEOPLE)) is Reason.UNIT


def test_a_negative_figure_in_a_field_that_cannot_be_is_suspect() -> None:
    line = Subject("line", "department/total", "", {"spent": Fact("spent", printed_quantity("-3", YUAN))})
    assert asked("spent > 1元", line) == Unknown((Lack(Reason.SUSPECT, "department/total", "spent"),))
    zero = Subject(
        "line",
        "department/total",
        "",
        {"spent": Fact("spent", printed_quantity("0.00", MONEY_UNITS["万元"]))},
    )
    assert asked("spent > 1元", zero) is False


def test_no_number_is_blank_or_has_words() -> None:
    three = point(Fraction(3), HOUSES)
    assert values.is_blank(three) is Reason.UNIT
    assert values.is_blank(date(2022, 6, 30)) is Reason.UNIT
    assert values.tested("has", three, "3") is Reason.UNIT
    assert values.tested("has", "3", three) is Reason.UNIT


@pytest.mark.parametrize(
    ("operator", "left", "right", "unit"),
    [
        ("/", YUAN, HOUSES, YUAN), ("/", DAY, HOUSES, None), ("/", HOUSES, DAY, None),
        ("/", DAY, DAY, RATIO), ("/", HOUSES, PEOPLE, None), ("/", HOUSES, NUMBER, HOUSES), ("/", DAY, RATIO, DAY),
        ("*", YUAN, HOUSES, YUAN), ("*", HOUSES, YUAN, YUAN), ("*", RATIO, YUAN, YUAN), ("*", NUMBER, DAY, DAY),
        ("*", NUMBER, NUMBER, NUMBER), ("/", NUMBER, NUMBER, NUMBER), ("*", RATIO, NUMBER, RATIO), ("/", RATIO, RATIO, RATIO),
        ("+", HOUSES, HOUSES, HOUSES), ("+", HOUSES, NUMBER, HOUSES), ("-", NUMBER, HOUSES, HOUSES), ("+", HOUSES, PEOPLE, None),
        ("+", RATIO, NUMBER, RATIO), ("-", NUMBER, NUMBER, NUMBER), ("+", YUAN, DAY, None), ("+", YUAN, NUMBER, None),
    ],
)  # fmt: skip
def test_the_unit_of_a_computation(operator: str, left: Unit, right: Unit, unit: Unit | None) -> None:
    found = computed(operator, point(Fraction(6), left), point(Fraction(3), right))
    assert (found.unit if isinstance(found, Number) else None) == unit
    assert unit is not None or found is Reason.UNIT
