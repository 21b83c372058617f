"""Syntax trees of every shape the parser gives, whatever they mean: for what must hold of any expression."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from perfrules.language import Node, parse
from perfrules.language.parser import COMPARISONS
from perfrules.language.syntax import (
    Aggregate,
    Among,
    Arithmetic,
    Call,
    Comparison,
    HasRow,
    If,
    IsSet,
    KindTest,
    Listing,
    Literal,
    Logic,
    Name,
    Negative,
    Not,
    OrElse,
    Parameter,
    TextTest,
    Within,
)
from perfrules.language.words import KIND_WORDS, TEXT_TESTS

_WORDS = ("spent", "实际支出", "total", "projects", "outer", "x1", "_", "天数", "most", "sum")
_NAMES = st.sampled_from(_WORDS)
_CALLED = st.sampled_from(("abs", "绝对值", "min", "max", "is_known", "is_blank", "agrees", "made_up"))
_NUMBERS = ("0", "30%", "200万元", "3家", "1.50亿元", "10天", "6个月", "5‰", "12.5", "7")
_TEXTS = st.text(st.characters(exclude_characters='\n"“”「」＂', exclude_categories=["Cs"]), max_size=6)


def literals() -> st.SearchStrategy[Literal]:
    """Numbers with and without units, texts of any characters, dates, true and false."""
    numbers = st.sampled_from(_NUMBERS).map(parse)
    texts = _TEXTS.map(lambda text: Literal(text, f'"{text}"'))
    days = st.dates(date(1999, 1, 1), date(2033, 12, 31)).map(lambda day: Literal(day, day.isoformat()))
    truths = st.booleans().map(lambda truth: Literal(truth, str(truth).lower()))
    return (numbers | texts | days | truths).map(_literal)


def names() -> st.SearchStrategy[Name]:
    """Names of one to three parts, of which the first may be `outer`."""
    return st.lists(_NAMES, min_size=1, max_size=3).map(lambda parts: Name(tuple(parts)))


def nodes() -> st.SearchStrategy[Node]:
    """Trees of all kinds of nodes in one another, well typed or not."""
    leaves = literals() | names() | st.builds(Parameter, _NAMES) | st.builds(IsSet, _NAMES)
    return st.recursive(leaves, _composed, max_leaves=12)


def _composed(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    lists = st.builds(Listing, several) | st.builds(Parameter, _NAMES)
    chains = st.lists(st.tuples(st.sampled_from(COMPARISONS), inner), min_size=1, max_size=3)
    return st.one_of(
        st.builds(Negative, inner),
        st.builds(Not, inner),
        st.builds(Arithmetic, st.sampled_from("+-*/"), inner, inner),
        st.tuples(inner, chains).map(_chain),
        st.builds(Within, inner, inner, inner, st.booleans(), st.booleans()),
        st.builds(Among, inner, lists),
        st.builds(_logic, st.sampled_from(("and", "or")), st.lists(inner, min_size=2, max_size=3)),
        st.builds(If, inner, inner, inner),
        st.builds(OrElse, inner, inner),
        st.builds(TextTest, st.sampled_from(TEXT_TESTS), inner, inner),
        st.builds(
            KindTest, inner, st.sampled_from(sorted(set(KIND_WORDS.values()), key=lambda kind: kind.value))
        ),
        st.builds(Call, _CALLED, several),
        st.builds(HasRow, names(), inner),
        st.builds(
            Aggregate, st.sampled_from(("sum", "min", "max", "all", "any")), inner, names(), st.none() | inner
        ),
        st.builds(lambda table, where: Aggregate("count", None, table, where), names(), st.none() | inner),
        st.builds(lambda body, table: Aggregate("count", body, table, None, True), inner, names()),
    )


def _literal(node: Node) -> Literal:
    assert isinstance(node, Literal)
    return node


def _chain(parts: tuple[Node, list[tuple[str, Node]]]) -> Comparison:
    first, links = parts
    return Comparison(tuple(operator for operator, _ in links), (first, *(operand for _, operand in links)))


def _logic(operator: str, parts: list[Node]) -> Logic:
    """A part that is an `and` of an `and` is one `and`: only the first can be met as the parser gives it."""
    first = parts[0].parts if isinstance(parts[0], Logic) and parts[0].operator == operator else parts[:1]
    return Logic(operator, (*first, *parts[1:]))
