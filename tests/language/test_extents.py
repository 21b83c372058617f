"""What is told of a node before any fact is known: how many figures meet in it, and what range its values have."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given

from perfrules.bilingual import Bilingual
from perfrules.language import BUILTINS, Checked, Context, Function, Scope, check, to_python
from perfrules.language.syntax import Aggregate, below
from perfrules.model.fact import Fact
from perfrules.model.interval import Interval
from perfrules.model.subject import Subject
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.truth import Number
from perfrules.model.unit import Kind
from perfrules.testing import expressions, money_facts

LINE = Scope(CORE_TYPES, ("line",), {"floor": Kind.RATIO})
ANY = Interval(None, None, False, False)
FROM_ZERO = Interval(Fraction(0), None, True, False)


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("3元", (0, 0)),
        ("spent", (1, 0)),
        ("$floor", (0, 0)),
        ("spent + appropriated", (1, 0)),
        ("spent * 30%", (1, 0)),
        ("spent / adjusted_budget", (1, 1)),
        ("spent / adjusted_budget * (appropriated / adjusted_budget)", (2, 2)),
        ("spent / (adjusted_budget / appropriated)", (2, 1)),
        ("spent / adjusted_budget + appropriated / forecast", (2, 2)),  # (s·f + a·b) / (b·f)
        ("spent / adjusted_budget >= 30%", (1, 0)),  # s >= 30% · b
        ("spent / adjusted_budget >= appropriated / forecast", (2, 0)),  # s·f >= a·b
        ("spent > 1元 and spent / adjusted_budget > appropriated / forecast", (2, 0)),
        ("spent * posts", (2, 0)),
        ("posts * spent", (2, 0)),
        ("spent * posts / posts", (2, 1)),
        ("spent / 1元 + 1元 / forecast", (2, 1)),  # (s·f + 1) / f
        ("1元 / forecast + spent / 1元", (2, 1)),
        ("spent / 1元 >= 1元 / forecast", (2, 0)),  # s·f >= 1
        ("1元 / forecast <= spent / 1元", (2, 0)),
        ("spent / adjusted_budget in [10%..appropriated / forecast)", (2, 0)),
        ("spent / adjusted_budget in (appropriated / forecast..90%]", (2, 0)),
        ("spent / adjusted_budget in (10%..90%]", (1, 0)),
        ("is_known(spent / adjusted_budget)", (1, 1)),
        ("not (spent / adjusted_budget > 10%)", (1, 0)),
        ("sum(spent for department.projects)", (1, 0)),
        ("sum(spent * posts for department.projects)", (2, 0)),
        ("sum(spent / forecast for department.projects)", None),  # no whole numbers say it
        ("round(spent, 0)", None),
        ("max(spent for department.projects)", None),
        ("min(spent for department.projects)", None),
        ("round(spent, 0) + spent", None),
        ("count(department.projects)", (1, 0)),
    ],
)
def test_the_degree_of_an_expression(text: str, degree: tuple[int, int] | None) -> None:
    checked = check(text, LINE)
    assert checked.extents[id(checked.node)].degree == degree


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("spent", FROM_ZERO),
        ("adjustment", ANY),
        ("-spent", Interval(None, Fraction(0), False, True)),
        ("spent + 3元", Interval(Fraction(3), None, True, False)),
        ("spent + appropriated", FROM_ZERO),
        ("3元 + spent", Interval(Fraction(3), None, True, False)),
        ("spent - appropriated", ANY),
        ("adjustment + 3元", ANY),
        ("3元 - adjustment", ANY),
        ("$floor", ANY),
        ("$floor * 2", ANY),
        ("abs(adjustment)", FROM_ZERO),
        ("min(spent, 3元)", Interval(Fraction(0), Fraction(3), True, True)),
        ("max(adjustment, 3元)", Interval(Fraction(3), None, True, False)),
        ("if spent > 1元 then 3元 else 5元", Interval(Fraction(3), Fraction(5))),
        ("spent or else 3元", FROM_ZERO),
        ("spent / 2", FROM_ZERO),
        ("spent / (appropriated - 3元)", ANY),  # the divisor is 0 where 3元 were appropriated
        ("(spent + 1元) * (1 / 3)", Interval(Fraction(1, 3), None, True, False)),
        (" * ".join(["9" * 40] * 70), ANY),  # 2800 digits are 9302 bits: too long
        ("spent / appropriated", ANY),  # by a zero it has none, near it any
        ("count(department.projects)", FROM_ZERO),
        ("sum(spent for department.projects)", FROM_ZERO),
        ("sum(adjustment for department.projects)", ANY),
        ("min(spent for department.projects)", FROM_ZERO),
        ("max(spent for department.projects)", FROM_ZERO),
        ("min(adjustment for department.projects)", ANY),
        ("max(adjustment for department.projects)", ANY),
        ("round(spent, 1 / 2)", ANY),  # half a decimal is none
        ("2 * 30%", Interval.point(Fraction(3, 5))),
    ],
)
def test_the_range_of_an_expression(text: str, interval: Interval) -> None:
    checked = check(text, LINE)
    known = checked.extents[id(checked.node)].known
    assert isinstance(known, Number)
    assert known.interval == interval


def test_of_a_function_of_a_plugin_any_number_may_come() -> None:
    share = Function(
        "share", "份额", (Kind.MONEY,), Kind.RATIO, lambda value: value, Bilingual("份额", "share")
    )
    scope = Scope(CORE_TYPES, ("line",), {}, functions={**BUILTINS, "share": share})
    checked = check("share(spent)", scope)
    known = checked.extents[id(checked.node)].known
    assert isinstance(known, Number)
    assert (known.interval, known.unit.kind) == (ANY, Kind.RATIO)
    assert check("share(spent) + 1 < 0", scope).kind is Kind.TRUTH


def test_in_a_function_of_nothing_no_figures_meet() -> None:
    started = Function(
        "started", "开始", (), Kind.DATE, lambda: date(2022, 1, 1), Bilingual("开始", "the start")
    )
    scope = Scope(CORE_TYPES, ("line",), {}, functions={**BUILTINS, "started": started})
    checked = check("started()", scope)
    assert (checked.kind, checked.extents[id(checked.node)].degree) == (Kind.DATE, (0, 0))


@given(expressions(), money_facts())
def test_every_value_lies_in_the_range_told_beforehand(text: str, facts: dict[str, Fact]) -> None:
    checked = check(text, LINE)
    value = to_python(checked)(Context((Subject("line", "line", "", facts),), {})).value
    known = checked.extents[id(checked.node)].known
    positive = all(
        fact.value.interval is None or fact.value.interval.low is not None for fact in facts.values()
    )  # type: ignore[union-attr]
    if (
        isinstance(value, Number) and positive
    ):  # 不足3元 has no lower end, though what it tells of is not negative
        assert isinstance(known, Number)
        assert known.interval.hull(value.interval) == known.interval


@given(expressions())
def test_no_node_is_left_without_kind_and_extent(text: str) -> None:
    checked = check(text, LINE)
    for node in every(checked, checked.node):
        assert id(node) in checked.extents
        assert id(node) in checked.kinds


def every(checked: Checked, node: object) -> list[object]:
    parts = below(node)  # type: ignore[arg-type]
    tables = [node.table] if isinstance(node, Aggregate) else []
    return [node, *(each for part in parts if part not in tables for each in every(checked, part))]
