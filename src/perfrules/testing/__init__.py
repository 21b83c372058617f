"""Hypothesis strategies for facts and well-typed expressions: for our own tests and those of plugin authors.

Needs the extra `testing`. Expressions are asked of lines and projects and use their money fields.
"""

from __future__ import annotations

from hypothesis import strategies as st

from perfrules.model.fact import Fact
from perfrules.model.quantity import Qualifier, Quantity, printed_quantity
from perfrules.model.subject_types import MONEY_FIELDS
from perfrules.model.unit import MONEY_UNITS, Kind

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


def expressions(kind: Kind = Kind.MONEY, depth: int = 3) -> st.SearchStrategy[str]:
    """Well-typed expressions of money or ratio, in brackets where they are composed."""
    literal = st.sampled_from(_LITERALS[kind])
    leaves = st.sampled_from(FIELDS) | literal if kind is Kind.MONEY else literal
    if depth == 0:
        return leaves
    same, ratio = expressions(kind, depth - 1), st.deferred(lambda: expressions(Kind.RATIO, depth - 1))
    sums = st.tuples(same, st.sampled_from("+-"), same).map(lambda each: f"({each[0]} {each[1]} {each[2]})")
    if kind is Kind.MONEY:
        scaled = st.tuples(same, st.sampled_from("*/"), ratio).map(
            lambda each: f"({each[0]} {each[1]} {each[2]})"
        )
        return leaves | sums | scaled | same.map(lambda each: f"abs({each})")
    money = st.deferred(lambda: expressions(Kind.MONEY, depth - 1))
    return leaves | sums | st.tuples(money, money).map(lambda each: f"({each[0]} / {each[1]})")


def conditions(depth: int = 2) -> st.SearchStrategy[str]:
    """Well-typed conditions: comparisons of money and of ratios, joined by and, or, not."""
    operators = st.sampled_from(["<", "<=", ">", ">=", "==", "!=", "≈"])

    def compared(kind: Kind) -> st.SearchStrategy[str]:
        side = expressions(kind, 2)
        return st.tuples(side, operators, side).map(lambda each: f"({each[0]} {each[1]} {each[2]})")

    simple = compared(Kind.MONEY) | compared(Kind.RATIO)
    if depth == 0:
        return simple
    inner = conditions(depth - 1)
    joined = st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda each: f"({' '.join(each)})")
    return simple | joined | inner.map(lambda each: f"(not {each})")
