"""What a person reads of a computation can be typed into a calculator, and shows what decided."""

from __future__ import annotations

from fractions import Fraction

import pytest

from perfrules.bilingual import Bilingual, Language
from perfrules.language import Context, Scope, calculation, check, lacks_said, shown, to_python
from perfrules.language.amounts import exactly, fixed
from perfrules.model.fact import Fact, State
from perfrules.model.interval import Interval
from perfrules.model.quantity import Qualifier, computed_quantity, printed_quantity
from perfrules.model.subject import Subject
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Reason, Unknown
from perfrules.model.unit import MONEY_UNITS, PERCENT, YUAN, Kind, Unit

SCOPE = Scope(CORE_TYPES, ("line",), {"floor": Kind.RATIO})
WAN = MONEY_UNITS["万元"]


def traced(text: str, floor: str = "30%", **money: str) -> Trace:
    facts = {name: Fact(name, printed_quantity(digits, WAN)) for name, digits in money.items()}
    return _asked(text, facts, floor)


def _asked(text: str, facts: dict[str, Fact], floor: str = "30%") -> Trace:
    path = (Subject("department", "department"), Subject("line", "department/project", "", facts))
    empty = Context(path[:1], {})
    value = to_python(check(floor, Scope(CORE_TYPES, ("department",), {})))(empty)
    return to_python(check(text, SCOPE))(Context(path, {"floor": value}))


def said(text: str, language: Language = "zh", **money: str) -> str:
    return calculation(traced(text, **money), language)


def derived_budget() -> Fact:
    """An adjusted budget that is not printed: 56.29 + 0 + 7.5."""
    parts = {"initial_budget": "56.29", "carried_over": "0", "adjustment": "7.5"}
    trace = traced("initial_budget + carried_over + adjustment", **parts)
    assert isinstance(trace.value, Number)
    quantity = computed_quantity(trace.value.interval, trace.value.slack, WAN)
    return Fact("adjusted_budget", quantity, State.DERIVED, trace=trace)


def test_a_ratio_below_its_limit() -> None:
    assert (
        said("spent / adjusted_budget >= $floor", spent="2.7505", adjusted_budget="13.91")
        == "2.7505万元 ÷ 13.91万元 = 19.77% < 30%"
    )


@pytest.mark.parametrize("text", ["spent / adjusted_budget ≈ printed", "printed ≈ spent / adjusted_budget"])
def test_a_claim_that_fails_has_the_computation_on_the_left_and_a_derived_figure_as_its_formula(
    text: str,
) -> None:
    facts = {"spent": Fact("spent", printed_quantity("29.5342", WAN)), "adjusted_budget": derived_budget()}
    claim = Subject("claim", "claim", "", {"printed": Fact("printed", printed_quantity("69.86", PERCENT))})
    path = (Subject("department", "department"), Subject("line", "line", "", facts), claim)
    trace = to_python(check(text, Scope(CORE_TYPES, ("claim",), {})))(Context(path, {}))
    assert calculation(trace, "zh") == "29.5342万元 ÷ (56.29万元 + 0万元 + 7.5万元) = 46.30% ≠ 69.86%"


def test_a_sum_that_fails() -> None:
    assert (
        said(
            "appropriated ≈ initial_budget + carried_over",
            appropriated="32.2787",
            initial_budget="28.3687",
            carried_over="13.91",
        )
        == "28.3687万元 + 13.91万元 = 42.2787万元 ≠ 32.2787万元"
    )


def test_an_equality_by_rounding_and_an_exact_one() -> None:
    assert said("spent ≈ forecast", spent="1.5", forecast="1.46") == "1.5万元 ≈ 1.46万元"
    assert said("spent ≈ forecast", spent="1.5", forecast="1.50") == "1.5万元 = 1.50万元"


def test_what_holds_is_shown_as_it_holds() -> None:
    assert said("spent < forecast", spent="1", forecast="2") == "1万元 < 2万元"
    assert said("spent >= forecast", spent="1", forecast="2") == "1万元 < 2万元"
    assert said("spent != forecast", spent="1", forecast="1") == "1万元 = 1万元"


def test_decimals_widen_until_the_difference_shows() -> None:
    # 29.999 / 100 is 29.999%, which two decimals would print as 30.00%
    assert said("spent / forecast >= $floor", spent="29.999", forecast="100") == (
        "29.999万元 ÷ 100万元 = 29.999% < 30%"
    )


def test_a_limit_that_never_ends_is_shown_as_precisely_as_what_it_is_held_against() -> None:
    # 33.333% against 1/3: they part at the fourth decimal of the percentage
    trace = traced("spent / forecast >= $floor", "1 / 3", spent="33.333", forecast="100")
    assert calculation(trace, "zh") == "33.333万元 ÷ 100万元 = 33.3330% < 33.3333%"


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ("0.00000000001", "33.333333333% < 33.333333334%"),  # apart at the ninth decimal
        ("0.000000000001", "33.3333333333% < 33.3333333334%"),  # at the tenth
    ],
)
def test_up_to_ten_decimals_tell_two_ratios_apart(more: str, shown: str) -> None:
    trace = traced("spent / forecast >= $floor", f"1 / 3 + {more}", spent="1", forecast="3")
    assert calculation(trace, "zh") == f"1万元 ÷ 3万元 = {shown}"


def test_what_no_ten_decimals_tell_apart_is_shown_as_fractions() -> None:
    trace = traced("spent / forecast > $floor", "1 / 3 + 0.0000000000001", spent="1", forecast="3")
    assert calculation(trace, "zh") == "1万元 ÷ 3万元 = 1/3 ≤ 10000000000003/30000000000000"


def test_only_what_decided_is_shown() -> None:
    text = "spent > 5万元 and forecast > 5万元"
    assert said(text, spent="6", forecast="2") == "2万元 ≤ 5万元"
    assert said(text, spent="6", forecast="7") == "6万元 > 5万元; 7万元 > 5万元"
    assert said(text, spent="6") == "未知(缺 全年预计) ? 5万元"


def test_brackets_stand_where_they_are_needed_and_only_there() -> None:
    figures = {"spent": "3", "forecast": "2", "unspent": "1"}
    assert said("spent - (forecast + unspent)", **figures) == "3万元 - (2万元 + 1万元) = 0万元"
    assert said("spent - forecast + unspent", **figures) == "3万元 - 2万元 + 1万元 = 2万元"
    assert said("(spent + forecast) * 2", **figures) == "(3万元 + 2万元) × 2 = 10万元"


def test_what_is_missing_is_named_in_both_languages() -> None:
    missing = Unknown(
        (Lack(Reason.MISSING, "line", "spent"), Lack(Reason.MISSING, "line", "adjusted_budget"))
    )
    assert shown(missing, "zh") == "未知(缺 实际支出、调整预算)"
    assert shown(missing, "en") == "unknown (missing spending, adjusted budget)"


@pytest.mark.parametrize(
    ("value", "unit", "zh"),
    [
        (Fraction(14225), WAN, "1.4225万元"),
        (Fraction(10, 3), YUAN, "3.3333元"),
        (Fraction(12345, 10**6), PERCENT, "1.23%"),
        (Fraction(125, 10**5), PERCENT, "0.13%"),
        (Fraction(-125, 10**5), PERCENT, "-0.13%"),
        (Fraction(7), Unit(Kind.COUNT, "期"), "7期"),
        (Fraction(0), YUAN, "0元"),
    ],
)
def test_a_value_is_shown_in_its_unit(value: Fraction, unit: Unit, zh: str) -> None:
    point = Interval.point(value)
    assert shown(Number(point, point, unit), "zh") == zh


def test_money_is_shown_in_the_unit_asked_for() -> None:
    point = Interval.point(Fraction(14225))
    assert shown(Number(point, point, WAN), "zh", YUAN) == "14225元"


def test_a_number_known_in_part_is_shown_as_what_is_known() -> None:
    some = printed_quantity("20", Unit(Kind.COUNT, "期"), Qualifier.AT_LEAST)
    least = printed_quantity("20", Unit(Kind.COUNT, "期"), Qualifier.AT_LEAST, open_ended=True)
    below = printed_quantity("20", Unit(Kind.COUNT, "期"), Qualifier.AT_MOST)
    numbers = []
    for quantity in (some, least, below):
        assert quantity.interval is not None
        assert quantity.slack is not None
        numbers.append(Number(quantity.interval, quantity.slack, quantity.unit))
    assert [shown(each, "zh") for each in numbers] == ["[20期, 30期)", "至少20期", "不足20期"]
    assert [shown(each, "en") for each in numbers] == ["[20期, 30期)", "at least 20期", "below 20期"]


@pytest.mark.parametrize(
    ("interval", "zh", "en"),
    [
        (Interval(Fraction(2), Fraction(3), True, True), "[2元, 3元]", "[2元, 3元]"),
        (Interval(Fraction(2), Fraction(3), False, False), "(2元, 3元)", "(2元, 3元)"),
        (Interval(Fraction(2), Fraction(3), True, False), "[2元, 3元)", "[2元, 3元)"),
        (Interval(Fraction(-3), Fraction(-2), False, True), "(-3元, -2元]", "(-3元, -2元]"),
        (Interval(Fraction(0), None, True, False), "至少0元", "at least 0元"),
        (Interval(None, Fraction(0), False, False), "不足0元", "below 0元"),
        (Interval(Fraction(1, 3), Fraction(1, 2), True, True), "[0.3333元, 0.5元]", "[0.3333元, 0.5元]"),
    ],
)
def test_an_interval_is_shown_with_its_ends(interval: Interval, zh: str, en: str) -> None:
    number = Number(interval, interval, YUAN)
    assert (shown(number, "zh"), shown(number, "en")) == (zh, en)


def test_what_is_lacking_for_several_reasons_is_told_reason_by_reason() -> None:
    lacks = (
        Lack(Reason.MISSING, "line", "spent"),
        Lack(Reason.APPROXIMATE, "line", "forecast"),
        Lack(Reason.MISSING, "line", "appropriated"),
        Lack(Reason.MISSING, "project:甲", "spent"),
        Lack(Reason.UNIT, "line", "score", Bilingual("得分", "the score")),
    )
    assert lacks_said(lacks, "zh") == "缺 实际支出、已拨付; 仅为约数: 全年预计; 单位不合: 得分"
    assert lacks_said(lacks, "en") == (
        "missing spending, money appropriated; only approximate: forecast; units do not meet: the score"
    )


@pytest.mark.parametrize(
    ("number", "ending", "places", "rounded"),
    [
        (Fraction(0), "0", 0, "0"),
        (Fraction(-1, 2), "-0.5", 0, "-1"),
        (Fraction(-2, 5), "-0.4", 0, "0"),
        (Fraction(1, 3), "", 4, "0.3333"),
        (Fraction(2, 3), "", 1, "0.7"),
        (Fraction(-1, 200), "-0.005", 2, "-0.01"),
        (Fraction(-1, 250), "-0.004", 2, "0.00"),
        (Fraction(5, 4), "1.25", 1, "1.3"),
        (Fraction(1200), "1200", 1, "1200.0"),
        (Fraction(1, 10**10), "0.0000000001", 10, "0.0000000001"),
        (Fraction(1, 10**11), "", 10, "0.0000000000"),
    ],
)
def test_decimals_that_end_and_decimals_that_are_rounded(
    number: Fraction, ending: str, places: int, rounded: str
) -> None:
    assert exactly(number) == ending
    assert fixed(number, places) == rounded


def test_truth_is_said_in_both_languages() -> None:
    assert [shown(value, language) for value in (True, False) for language in ("zh", "en")] == [
        "成立",
        "holds",
        "不成立",
        "does not hold",
    ]


def test_a_count_and_a_bare_number_make_a_count() -> None:
    assert [calculation(traced(text), "zh") for text in ("3次 + 2", "2 + 3次", "3次 - 2")] == [
        "5次",
        "5次",
        "1次",
    ]


def test_conditions_nested_forty_deep_are_shown_at_once() -> None:
    text = "spent > 1万元"
    for level in range(40):
        text = f"({text} {'and' if level % 2 else 'or'} spent > {level}万元)"
    assert said(text, spent="0").count("≤") == 21  # the innermost, and one for each or


def test_an_alternative_that_fails_by_its_name_goes_without_saying() -> None:
    text = 'name == "甲" and spent > 1万元 or spent > 5万元'
    facts = {"name": Fact("name", "乙"), "spent": Fact("spent", printed_quantity("1", WAN))}
    assert calculation(_asked(text, facts), "zh") == "1万元 ≤ 5万元"
