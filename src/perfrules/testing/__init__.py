"""Hypothesis strategies for our own tests and those of plugin authors; needs the extra `testing`.

`units`, `printed`, `facts` and `subjects` give what reports hold, in every state; `expressions`, `conditions` and
`any_conditions` well-typed expressions as text (asked of a line; of a project and its targets), `nodes` trees of any shape;
`quantities`, `money_facts`, `rows` and `target_rows` the facts those expressions use.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import reject
from hypothesis import strategies as st

from perfrules.errors import ExpressionError
from perfrules.language import Scope, check
from perfrules.model.fact import Fact
from perfrules.model.quantity import Qualifier, Quantity, printed_quantity
from perfrules.model.subject_types import CORE_TYPES, MONEY_FIELDS
from perfrules.model.unit import MONEY_UNITS, NUMBER, PERCENT, Kind, Unit
from perfrules.testing.nodes import nodes
from perfrules.testing.subjects import facts, printed, subjects, units

__all__ = [
    "any_conditions",
    "conditions",
    "expressions",
    "facts",
    "money_facts",
    "nodes",
    "printed",
    "quantities",
    "rows",
    "subjects",
    "target_rows",
    "target_values",
    "units",
]

FIELDS = tuple(field.name for field in MONEY_FIELDS)
_LITERALS = {
    Kind.MONEY: ("0元", "1元", "12.5元", "3万元", "200万元", "0.1亿元"),
    Kind.RATIO: ("0%", "30%", "100%", "19.77%", "5‰"),
    Kind.NUMBER: ("0", "1", "2", "0.5"),
}


def quantities() -> st.SearchStrategy[Quantity]:
    """Printed amounts of money from zero up: exact ones mostly, some with 余, 约 or 以上."""
    digits = st.decimals(0, 10**6, places=2).map(str) | st.integers(0, 10**6).map(str)
    qualifiers = st.sampled_from(
        [Qualifier.EXACT] * 5 + [Qualifier.AT_LEAST, Qualifier.ABOUT, Qualifier.AT_MOST]
    )
    units = st.sampled_from([MONEY_UNITS["元"], MONEY_UNITS["万元"]])
    return st.builds(printed_quantity, digits, units, qualifiers)


@st.composite
def money_facts(draw: st.DrawFn) -> dict[str, Fact]:
    """Facts for some of the money fields, the others missing."""
    names = draw(st.lists(st.sampled_from(FIELDS), unique=True))
    return {name: Fact(name, draw(quantities())) for name in names}


def rows() -> st.SearchStrategy[list[dict[str, Fact]]]:
    """Facts of the rows of a table of projects."""
    return st.lists(money_facts(), max_size=5)


@st.composite
def expressions(draw: st.DrawFn, kind: Kind = Kind.MONEY, depth: int = 3) -> str:
    """Well-typed expressions of money or ratio, asked of a line, in brackets where they are composed."""
    return _sound(draw(_composed(kind, depth)), "line")


@cache
def _composed(kind: Kind, depth: int) -> st.SearchStrategy[str]:
    literal = st.sampled_from(_LITERALS[kind])
    leaves = st.sampled_from(FIELDS) | literal if kind is Kind.MONEY else literal
    if depth == 0:
        return leaves
    same, ratio = _composed(kind, depth - 1), st.deferred(lambda: _composed(Kind.RATIO, depth - 1))
    sums = st.tuples(same, st.sampled_from("+-"), same).map(lambda each: f"({each[0]} {each[1]} {each[2]})")
    if kind is Kind.MONEY:
        scaled = st.tuples(same, st.sampled_from("*/"), ratio).map(
            lambda each: f"({each[0]} {each[1]} {each[2]})"
        )
        return leaves | sums | scaled | same.map(lambda each: f"abs({each})")
    money = st.deferred(lambda: _composed(Kind.MONEY, depth - 1))
    return leaves | sums | st.tuples(money, money).map(lambda each: f"({each[0]} / {each[1]})")


@st.composite
def conditions(draw: st.DrawFn, depth: int = 2) -> str:
    """Well-typed conditions, asked of a line: comparisons of money and of ratios, joined by and, or, not."""
    return _sound(draw(_joined(depth)), "line")


@cache
def _joined(depth: int) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["<", "<=", ">", ">=", "==", "!=", "≈"])

    def compared(kind: Kind) -> st.SearchStrategy[str]:
        side = _composed(kind, 2)
        return st.tuples(side, operators, side).map(lambda each: f"({each[0]} {each[1]} {each[2]})")

    simple = compared(Kind.MONEY) | compared(Kind.RATIO)
    if depth == 0:
        return simple
    inner = _joined(depth - 1)
    joined = st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda each: f"({' '.join(each)})")
    return simple | joined | inner.map(lambda each: f"(not {each})")


def target_values() -> st.SearchStrategy[Quantity | str | date]:
    """What a target's value may be: money, a ratio, a number, one of two counts, a text, a date."""
    units = [*map(MONEY_UNITS.__getitem__, ("元", "万元")), PERCENT, NUMBER]
    counted = [Unit(Kind.COUNT, word) for word in ("家", "人")]
    digits = st.integers(-3, 3).map(str) | st.sampled_from(["0.00", "2.50", "100"])
    qualifiers = st.sampled_from([Qualifier.EXACT] * 3 + [Qualifier.AT_LEAST, Qualifier.ABOUT])
    numbers = st.builds(printed_quantity, digits, st.sampled_from([*units, *counted]), qualifiers)
    return numbers | st.sampled_from(["已完成", "家", ""]) | st.dates(date(2022, 6, 29), date(2022, 7, 1))


def target_rows() -> st.SearchStrategy[list[dict[str, Fact]]]:
    """Facts of the rows of a table of targets, some missing."""
    fields = st.dictionaries(st.sampled_from(["planned", "actual", "expected"]), target_values())
    return st.lists(
        fields.map(lambda row: {name: Fact(name, value) for name, value in row.items()}), max_size=4
    )


@st.composite
def any_conditions(draw: st.DrawFn) -> str:
    """Conditions on the targets of a project, of every form the language has."""
    return _sound(draw(_aggregated(_target_conditions(2))), "project")


def _target_values(depth: int) -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["planned", "actual", "expected"])
    if depth == 0:
        return leaves
    inner = _target_values(depth - 1)
    one = st.sampled_from(["-{}", "abs({})", "round({}, 1)", "floor({})", "({} * 2)", "({} / 50%)"])
    two = st.sampled_from(
        ["({} + {})", "({} - {})", "min({}, {})", "({} or else {})", "(if is_known(planned) then {} else {})"]
    )
    return leaves | _filled(one, inner) | _filled(two, inner, inner)


def _target_conditions(depth: int) -> st.SearchStrategy[str]:
    value = _target_values(2)
    relations = ["<", "<=", ">", ">=", "==", "!=", "≈"]
    literals = st.sampled_from(["3", "30%", "1万元", "3家", "0"])
    against = st.sampled_from([f"{{}} {relation} {{}}" for relation in relations])
    kinds = ["money", "ratio", "number", "count", "text", "date"]
    simple = (
        _filled(against, value, value | literals)
        | _filled(st.sampled_from([f"{{}} / {{}} {relation} 50%" for relation in relations]), value, value)
        | _filled(st.sampled_from([f"{{}} is {kind}" for kind in kinds]), value)
        | _filled(st.sampled_from(["{} in [0..3)", "is_known({})", "is_exact({})"]), value)
        | st.sampled_from(['name has "甲"', "unit is count", "is_blank(name)", 'name starts with "甲"'])
    )
    if depth == 0:
        return simple
    inner = _target_conditions(depth - 1)
    return (
        simple
        | _filled(st.sampled_from(["({} and {})", "({} or {})"]), inner, inner)
        | _filled(st.just("(not {})"), inner)
    )


def _aggregated(condition: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The condition asked of the targets through one of the aggregates."""
    value = _target_values(1)
    totals = st.sampled_from(["sum", "min", "max"]).map("{}({{}} for targets where {{}}) > 3".format)
    return (
        _filled(st.sampled_from(["all({} for targets)", "any({} for targets)"]), condition)
        | _filled(st.just("all({} for targets where {})"), condition, condition)
        | _filled(st.just("count(targets where {}) >= 2"), condition)
        | _filled(st.just("count(distinct {} for targets) == 2"), value)
        | _filled(totals, value, condition)
    )


def _filled(form: st.SearchStrategy[str], *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A form with its gaps filled, in order."""
    return st.tuples(form, *parts).map(lambda each: each[0].format(*each[1:]))


def _sound(expression: str, subject_type: str) -> str:
    """The expression, if the checker takes it: what can never be true or never be known it does not."""
    try:
        check(expression, Scope(CORE_TYPES, (subject_type,), {}))
    except ExpressionError:
        reject()
    return expression
