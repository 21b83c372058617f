"""The calculation of every form of the language, as people read it in both languages; each written out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from perfrules.language import Context, Scope, calculation, check, shown, to_python
from perfrules.language.calculations import told
from perfrules.model.fact import Fact, State
from perfrules.model.interval import Interval
from perfrules.model.quantity import Qualifier, computed_quantity, printed_quantity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.trace import Trace
from perfrules.model.truth import Number
from perfrules.model.unit import MONEY_UNITS, PER_MILLE, RATIO, YUAN, Kind

WAN = MONEY_UNITS["万元"]
LINE = Scope(CORE_TYPES, ("line",), {"floor": Kind.RATIO, "cap": Kind.MONEY, "half": Kind.MONEY})
LONG = "本项目因合同约定的付款条件尚未成就且验收工作仍在推进之中故暂未支付其余款项特此说明"  # 41 characters


def money(name: str, digits: str, qualifier: Qualifier = Qualifier.EXACT, words: str = "") -> Fact:
    return Fact(name, printed_quantity(digits, WAN, qualifier, words=words))


def project(name: str, spent: str) -> Subject:
    return Subject(
        "project", f"project:{name}", name, {"name": Fact("name", name), "spent": money("spent", spent)}
    )


def rounded() -> Fact:
    """A figure that is not printed, with its formula."""
    here = Context((Subject("line", "x", "", {"spent": money("spent", "3")}),), {})
    trace = to_python(check("round(spent, 0)", Scope(CORE_TYPES, ("line",), {})))(here)
    assert isinstance(trace.value, Number)
    return Fact(
        "unspent", computed_quantity(trace.value.interval, trace.value.slack, WAN), State.DERIVED, trace=trace
    )


FROM_TWO = Interval(Fraction(20_000), None, True, False)


def line() -> Context:
    pace = computed_quantity(Interval.point(Fraction(1, 2)), Interval.point(Fraction(1, 2)), RATIO)
    total = computed_quantity(Interval.point(Fraction(70_000)), Interval.point(Fraction(70_000)), WAN)
    at_least = computed_quantity(FROM_TWO, FROM_TWO, WAN)
    facts = {
        "name": Fact("name", "网信 工作\n经费"),
        "cause": Fact("cause", LONG),
        "reason": Fact("reason", LONG[:40]),
        "spent": money("spent", "3", words="3 万元"),
        "appropriated": money("appropriated", "20", Qualifier.AT_LEAST, words="20余万元"),
        "adjustment": money("adjustment", "-2"),
        "carried_over": Fact("carried_over", total, State.DERIVED),
        "expected_progress": Fact("expected_progress", pace, State.DERIVED),
        "unspent": rounded(),
        "initial_budget": Fact("initial_budget", at_least, State.DERIVED),
    }
    rows = tuple(project(name, spent) for name, spent in (("甲", "2"), ("乙", "1"), ("丙", "4"), ("丁", "5")))
    asked = Subject("line", "department/project", "", facts)
    whole = Table(rows, Completeness.COMPLETE)
    named = (Subject("named_project", "named_project:1", "甲", {"name": Fact("name", "甲")}),)
    department = Subject(
        "department",
        "department",
        "某局",
        {"period_to": Fact("period_to", date(2022, 6, 29))},
        members={"project": asked},
        tables={"projects": whole, "problem_projects": Table(named, Completeness.PARTIAL)},
    )
    nothing = Context((department,), {})
    scope = Scope(CORE_TYPES, ("department",), {})
    parameters = {
        name: to_python(check(text, scope))(nothing)
        for name, text in (
            ("floor", "1 / 3"),
            ("cap", "2万元 + 1万元"),
            ("half", "sum(spent for projects) / 2"),
        )
    }
    return Context((department, asked), parameters)


def traced(text: str) -> Trace:
    return to_python(check(text, LINE))(line())


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        # what decided, of rows three at most
        ("all(spent > 0.5万元 for projects)", "2万元 > 0.5万元; 1万元 > 0.5万元; 4万元 > 0.5万元"),
        ("any(spent > 9万元 for projects)", "2万元 ≤ 9万元; 1万元 ≤ 9万元; 4万元 ≤ 9万元"),
        ("all(spent > 2万元 for projects)", "2万元 ≤ 2万元; 1万元 ≤ 2万元"),
        ("all(round(spent, 0) > 5 * 1万元 for projects where name == \"甲\")", "四舍五入(2万元, 0) = 2万元 ≤ 5万元"),
        ("any(spent > 1万元 for projects where spent > 9万元)", "不成立"),
        ("not (spent > forecast)", "3万元 ? 未知(缺 全年预计)"),
        ("forecast or else spent", "3万元"),
        ("round(forecast or else spent, 0)", "四舍五入(3万元, 0) = 3万元"),
        ("if forecast > 1元 then spent > 1元 else spent > 2元", "未知(缺 全年预计) ? 1元"),
        ("if spent > 9万元 then spent > 1元 else round(spent, 0) > 2元", "四舍五入(3万元, 0) = 3万元 > 2元"),
        # states, and conditions on words
        ("is_exact(forecast)", "未知(缺 全年预计)"),
        ("is_known(round(spent, 0))", "四舍五入(3万元, 0) 已知"),
        ("is_exact(appropriated)", "已拨付 = 20余万元 非确数"),
        ("cause has \"验收\"", f'偏差原因 = "{LONG[:40]}…" 含 "验收"'),
        ("reason == name", f'执行率偏低原因 = "{LONG[:40]}" ≠ "网信 工作 经费"'),
        ("has_text(name, \"甲\", \"乙\")", '名称 = "网信 工作 经费" 不含 "甲", "乙"'),
        ("has_row(department.projects, name)", '名称 = "网信 工作 经费" 表中没有'),
        ("has_row(department.projects, \"甲\")", '"甲" 表中有'),
        ("round(spent, 0) in [2万元, round(adjustment, 0)]", "四舍五入(3万元, 0) 不属于 2万元, 四舍五入(-2万元, 0)"),
        ("(cause has \"验收\" or cause has \"付款\") and spent > 1万元", "3万元 > 1万元"),
        ("spent + forecast > 1元", "3万元 + 未知(缺 全年预计) = 未知(缺 全年预计) ? 1元"),
        ("spent + forecast", "3万元 + 未知(缺 全年预计) = 未知(缺 全年预计)"),
        ("\"某局\" ends with \"局\"", '"某局" 结尾是 "局"'),
        # sums of rows, counts
        ("sum(spent for department.projects) > 9万元", "2万元 + 1万元 + 4万元 + 5万元 = 12万元 > 9万元"),
        ("sum(spent for department.projects) / 2", "(2万元 + 1万元 + 4万元 + 5万元) ÷ 2 = 6万元"),
        ("sum(spent for department.projects) + spent", "2万元 + 1万元 + 4万元 + 5万元 + 3万元 = 15万元"),
        ("sum(round(spent, 0) for department.projects where name == \"甲\") * 2", "四舍五入(2万元, 0) × 2 = 4万元"),
        ("sum(spent - 1万元 for department.projects where name == \"甲\")", "2万元 - 1万元 = 1万元"),
        ("sum(spent - 1万元 for department.projects where spent > 3万元)", "4万元 - 1万元 + 5万元 - 1万元 = 7万元"),
        ("sum(-spent for department.projects where spent < 3万元)", "(-2万元) + (-1万元) = -3万元"),
        ("sum(spent for department.projects where spent < 3万元) * 2", "(2万元 + 1万元) × 2 = 6万元"),
        ("count(department.problem_projects) > 0", "至少1 > 0"),
        ("count(department.problem_projects) * 2 > 0", "至少1 × 2 = 至少2 > 0"),
        ("count(department.projects) > 3", "4 > 3"),
        ("count(department.projects) / 2 > 3", "4 ÷ 2 = 2 ≤ 3"),
        ("count(department.projects)", "4"),
        ("2 == count(department.projects)", "2 ≠ 4个(甲、乙、丙、丁)"),  # a count is no computation: it stays where it is written
        ("2 == count(department.projects) / 1", "4 ÷ 1 = 4 ≠ 2"),
        ("sum(spent for department.projects where spent > 9万元) > 1元", "0元 ≤ 1元"),
        # brackets and signs
        ("-(spent + adjustment)", "-(3万元 + (-2万元)) = -1万元"),
        ("-(spent * 2)", "-(3万元 × 2) = -6万元"),
        ("-round(spent, 0)", "-四舍五入(3万元, 0) = -3万元"),
        ("2 * -spent", "2 × (-3万元) = -6万元"),
        ("spent - -spent", "3万元 - (-3万元) = 6万元"),
        ("adjustment + spent", "(-2万元) + 3万元 = 1万元"),
        ("adjustment", "-2万元"),
        ("spent * (-2)", "3万元 × (-2) = -6万元"),
        ("spent * (spent / adjustment)", "3万元 × 3万元 ÷ (-2万元) = -4.5万元"),
        ("spent + (spent + spent)", "3万元 + 3万元 + 3万元 = 9万元"),
        ("abs(adjustment - round(spent, 0))", "|(-2万元) - 四舍五入(3万元, 0)| = 5万元"),
        ("max(round(spent, 0), spent)", "最大(四舍五入(3万元, 0), 3万元) = 3万元"),
        ("round(spent, 0) / round(adjustment, 0)", "四舍五入(3万元, 0) ÷ 四舍五入(-2万元, 0) = -150.00%"),
        # a computed value that no document prints; the calendar is no figure
        ("carried_over > spent", "7万元 > 3万元"),
        ("spent / carried_over >= expected_progress", "3万元 ÷ 7万元 = 42.86% < 50%"),
        ("expected_progress * 2", "100%"),
        ("spent / carried_over >= 1 / 8 * expected_progress", "3万元 ÷ 7万元 = 42.86% ≥ 6.25%"),
        # sides and places
        ("forecast ≈ spent + spent", "3万元 + 3万元 = 6万元 ? 未知(缺 全年预计)"),
        ("spent == round(spent, 0)", "四舍五入(3万元, 0) = 3万元 = 3万元"),
        ("spent != spent + spent", "3万元 + 3万元 = 6万元 ≠ 3万元"),
        ("spent / carried_over == $floor", "3万元 ÷ 7万元 = 42.86% ≠ 33.33%"),
        ("appropriated > round(forecast, 0)", "20余万元 ? 未知(缺 全年预计)"),
        ("spent <= $cap", "3万元 ≤ 3万元"),
        ("unspent > 1万元", "四舍五入(3万元, 0) = 3万元 > 1万元"),
        ("unspent * 2 > 1万元", "四舍五入(3万元, 0) × 2 = 6万元 > 1万元"),
        ("initial_budget > 1万元", "至少2万元 > 1万元"),
        ("initial_budget + spent > 1万元", "至少2万元 + 3万元 = 至少5万元 > 1万元"),
        ("name == measures", '"网信 工作 经费" ? 未知(缺 整改措施)'),
        ("spent / carried_over < 1", "3万元 ÷ 7万元 = 42.86% < 1"),
        ("spent > $half", "3万元 ≤ (2万元 + 1万元 + 4万元 + 5万元) ÷ 2 = 6万元"),
        ("(forecast or else round(spent, 0)) * 2", "四舍五入(3万元, 0) × 2 = 6万元"),
        ("forecast > 1元 or else spent > 1元", "3万元 > 1元"),
        ("filed_on > 2022-06-30", "未知(缺 报送日期) ? 2022-06-30"),
        ("period_to > 2022-06-30", "2022-06-29 ≤ 2022-06-30"),
        ("days_between(period_to, 2022-06-30)", "相隔天数(2022-06-29, 2022-06-30) = 1天"),
    ],
)  # fmt: skip
def test_the_calculation_is_the_one_written_by_hand(text: str, zh: str) -> None:
    assert calculation(traced(text), "zh") == zh


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("spent / carried_over", "42.86%", "42.86%"),
        ("appropriated + spent", "[23万元, 33万元)", "[23万元, 33万元)"),
        ("forecast", "未知(缺 全年预计)", "unknown (missing forecast)"),
        ("1 / 8 * 100%", "12.5%", "12.5%"),
        ("30.0000000001%", "30.0000000001%", "30.0000000001%"),
        ("30.00000000001%", "30.00%", "30.00%"),  # past ten decimals it is rounded
        ("1 / 3 * 100%", "33.33%", "33.33%"),
        ("spent > forecast", "未知(缺 全年预计)", "unknown (missing forecast)"),
        ("1 > 0", "成立", "holds"),
    ],
)
def test_a_value_is_told_alone(text: str, zh: str, en: str) -> None:
    assert (told(traced(text), "zh"), told(traced(text), "en")) == (zh, en)


@pytest.mark.parametrize(("rows", "text"), [(12, f"{' + '.join(['1元'] * 12)} = 12元"), (13, "13元")])
def test_a_sum_of_many_rows_is_its_total_alone(rows: int, text: str) -> None:
    one = Fact("spent", printed_quantity("1", YUAN))
    projects = tuple(Subject("project", f"project:{n}", "", {"spent": one}) for n in range(rows))
    tables = {"projects": Table(projects, Completeness.COMPLETE)}
    asked = to_python(check("sum(spent for projects) > 9元", Scope(CORE_TYPES, ("department",), {})))
    trace = asked(Context((Subject("department", "department", tables=tables),), {}))
    assert calculation(trace, "zh") == f"{text} > 9元"


def test_in_english_functions_have_their_english_names() -> None:
    assert calculation(traced("-round(spent, 0) < max(adjustment, 1万元)"), "en") == (
        "-round(3万元, 0) = -3万元 < max(-2万元, 1万元) = 1万元"
    )
    assert calculation(traced("is_known(round(spent, 0))"), "en") == "round(3万元, 0) is known"
    assert calculation(traced("(forecast or else spent) > 1元"), "en") == "3万元 > 1元"


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("(if spent > 1元 then spent else adjustment) * 2", "3万元 × 2 = 6万元"),
        ("(spent > 1元) == (adjustment > 1元)", "(3万元 > 1元) = 成立 ≠ ((-2万元) > 1元) = 不成立"),
        ("-spent < 0元", "-3万元 < 0元"),
        (
            "(if spent > 1元 then round(spent, 0) + spent else spent) * 2",
            "(四舍五入(3万元, 0) + 3万元) × 2 = 12万元",
        ),
        (
            "(spent > round(spent, 0)) == (spent > 1元)",
            "(3万元 > 四舍五入(3万元, 0)) = 不成立 ≠ (3万元 > 1元) = 成立",
        ),
        ("(spent + spent > 1元) == (spent > 1元)", "(3万元 + 3万元 > 1元) = 成立 = (3万元 > 1元) = 成立"),
        ("appropriated in [25万元, 2万元]", "20余万元 in [25万元, 2万元] = 未知(仅为约数: 已拨付)"),
        (
            "(spent in [round(spent, 0), 2万元]) == (spent > 1元)",
            "3万元 in [四舍五入(3万元, 0), 2万元] = 成立 = (3万元 > 1元) = 成立",
        ),
        ("spent / carried_over > 5‰", "3万元 ÷ 7万元 = 42.86% > 5‰"),
    ],
)
def test_what_stands_inside_a_computation_reads_as_it_is_typed(text: str, zh: str) -> None:
    assert calculation(traced(text), "zh") == zh


def test_a_fall_of_twenty_and_more_keeps_its_sign() -> None:
    for digits in ("20", "3"):
        fallen = printed_quantity(f"-{digits}", WAN, Qualifier.AT_LEAST, words=f"{digits}余万元")
        subject = Subject("line", "x", "", {"adjustment": Fact("adjustment", fallen)})
        trace = to_python(check("adjustment < -2万元", LINE))(Context((subject,), {}))
        assert trace.value is True
        assert calculation(trace, "zh") == f"-{digits}余万元 < -2万元"


def test_per_mille_is_shown_as_such() -> None:
    for value, said in (
        (Fraction(5, 1000), "5‰"),
        (Fraction(1, 3000), "0.33‰"),
        (Fraction(200, 3), "66666.67‰"),
    ):
        assert shown(Number(Interval.point(value), Interval.point(value), PER_MILLE), "zh") == said
