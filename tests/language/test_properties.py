"""What must hold of every expression and all facts: trees and text, Kleene's laws, information, tables, slack."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, assume, find, given, settings
from hypothesis import strategies as st

from perfrules.language import Context, Node, Scope, check, parse, syntax, to_python, to_text
from perfrules.language.folding import folded
from perfrules.language.syntax import below
from perfrules.language.values import compared
from perfrules.model.fact import Fact, State
from perfrules.model.interval import Interval
from perfrules.model.quantity import Qualifier, Quantity, printed_quantity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.truth import Number, Unknown, Value
from perfrules.model.unit import MONEY_UNITS
from perfrules.testing import (
    any_conditions,
    conditions,
    expressions,
    money_facts,
    nodes,
    rows,
    subjects,
    target_rows,
)

WAN, YUAN = MONEY_UNITS["万元"], MONEY_UNITS["元"]


def asked(text: str, path: tuple[Subject, ...]) -> Value:
    return to_python(check(text, Scope(CORE_TYPES, (path[-1].type,), {})))(Context(path, {})).value


def of_line(text: str, facts: Mapping[str, Fact]) -> Value:
    line = Subject("line", "department/project", "", facts)
    return asked(text, (Subject("department", "department", members={"project": line}), line))


def decided(value: Value) -> bool | None:
    """True, False, or None for what is not known, whatever the reasons."""
    return value if isinstance(value, bool) else None


@given(nodes())
def test_parsing_what_is_written_gives_the_tree_again(node: Node) -> None:
    assert parse(to_text(node)) == node


@given(nodes())
def test_writing_twice_changes_nothing(node: Node) -> None:
    assert to_text(parse(to_text(node))) == to_text(node)


FULL_WIDTH = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {" ": "\u3000"}


@given(expressions() | conditions())
def test_full_width_and_ascii_texts_parse_alike(text: str) -> None:
    wide = "".join(FULL_WIDTH.get(char, char) for char in text)
    assert folded(wide) == folded(text)
    assert parse(wide) == parse(text)


@given(any_conditions(), subjects("project"))
def test_a_checked_expression_never_raises_whatever_the_facts(text: str, project: Subject) -> None:
    value = asked(text, (project,))
    assert isinstance(value, bool | Unknown)
    assert not isinstance(value, Unknown) or value.lacks, "what is not known says why"


@given(conditions(1), subjects("line"))
def test_a_condition_on_a_line_never_raises_whatever_the_facts(text: str, line: Subject) -> None:
    assert isinstance(asked(text, (line,)), bool | Unknown)


TRUTHS = {True: "1元 < 2元", False: "spent < 1元", None: "forecast < 1元"}
FACTS = {"spent": Fact("spent", printed_quantity("3", YUAN))}


def kleene(text: str, **truths: bool | None) -> bool | None:
    for name, truth in truths.items():
        text = text.replace(name.upper(), f"({TRUTHS[truth]})")
    return decided(of_line(text, FACTS))


ANY = pytest.mark.parametrize("a", [True, False, None])
ANY_TWO = pytest.mark.parametrize("b", [True, False, None])
ANY_THREE = pytest.mark.parametrize("c", [True, False, None])


@ANY
@ANY_TWO
def test_kleenes_tables(a: bool | None, b: bool | None) -> None:
    """False is the least, unknown between, true the greatest: and is the lesser, or the greater."""
    order = {False: 0, None: 1, True: 2}
    back = {rank: truth for truth, rank in order.items()}
    assert kleene("A and B", a=a, b=b) is back[min(order[a], order[b])]
    assert kleene("A or B", a=a, b=b) is back[max(order[a], order[b])]
    assert kleene("not A", a=a) is back[2 - order[a]]


@ANY
@ANY_TWO
@ANY_THREE
def test_kleenes_laws(a: bool | None, b: bool | None, c: bool | None) -> None:
    same = [
        ("A and B", "B and A"), ("A or B", "B or A"),
        ("(A and B) and C", "A and (B and C)"), ("(A or B) or C", "A or (B or C)"),
        ("A and (B or C)", "(A and B) or (A and C)"), ("A or (B and C)", "(A or B) and (A or C)"),
        ("not (A and B)", "not A or not B"), ("not (A or B)", "not A and not B"),
        ("not not A", "A"), ("A and A", "A"), ("A or A", "A"), ("A and (A or B)", "A"), ("A or (A and B)", "A"),
    ]  # fmt: skip
    for left, right in same:
        assert kleene(left, a=a, b=b, c=c) is kleene(right, a=a, b=b, c=c), (left, right)


def learned(facts: Mapping[str, Fact], more: Mapping[str, Fact], part: Fraction) -> dict[str, Fact]:
    """The facts, and further ones; of what is known only within bounds, one number within them."""
    known = dict(more) | dict(facts)
    for name, fact in facts.items():
        assert isinstance(fact.value, Quantity)
        interval = fact.value.interval
        if interval is None:
            number = part
        elif interval.exact is not None:
            continue
        elif interval.high is None:
            number = (interval.low or Fraction(0)) + part
        elif interval.low is None:
            number = interval.high * part
        else:
            number = interval.low + (interval.high - interval.low) * part
        if interval is None or number in interval:
            point = Interval.point(number)
            known[name] = evolve(
                fact, value=evolve(fact.value, interval=point, slack=point, qualifier=Qualifier.EXACT)
            )
    return known


@given(conditions(), money_facts(), money_facts(), st.fractions(Fraction(1, 100), Fraction(99, 100)))
def test_learning_a_fact_never_turns_a_verdict(
    text: str, facts: dict[str, Fact], more: dict[str, Fact], part: Fraction
) -> None:
    before = decided(of_line(text, facts))
    assert before is None or of_line(text, learned(facts, more, part)) is before


@given(target_rows(), target_rows())
def test_learning_of_further_rows_never_turns_a_verdict(
    known: list[dict[str, Fact]], further: list[dict[str, Fact]]
) -> None:
    texts = [
        "all(actual > 0 for targets)",
        "any(actual > 0 for targets)",
        "count(targets) >= 2",
        "count(targets) < 2",
    ]
    for text in texts:
        before = decided(asked(text, (project_of(known, Completeness.PARTIAL),)))
        after = asked(text, (project_of([*known, *further], Completeness.COMPLETE),))
        assert before is None or after is before


def project_of(targets: list[dict[str, Fact]], completeness: Completeness) -> Subject:
    table = Table(
        tuple(Subject("target", f"target:{n}", "", row) for n, row in enumerate(targets)), completeness
    )
    return Subject("project", "project:1", tables={"targets": table})


def department_of(
    projects: list[dict[str, Fact]], completeness: Completeness = Completeness.COMPLETE
) -> Subject:
    table = Table(
        tuple(Subject("project", f"project:{n}", "", row) for n, row in enumerate(projects)), completeness
    )
    return Subject("department", "department", tables={"projects": table})


AGGREGATES = [
    "sum(spent for projects)", "count(projects where spent > 10元)", "min(spent for projects)",
    "max(spent for projects)", "count(distinct spent for projects)",
]  # fmt: skip


@given(st.sampled_from(AGGREGATES), rows(), st.randoms())
def test_the_order_of_rows_does_not_matter(text: str, table: list[dict[str, Fact]], random: Random) -> None:
    shuffled = list(table)
    random.shuffle(shuffled)
    one, other = asked(text, (department_of(table),)), asked(text, (department_of(shuffled),))
    if isinstance(one, Number):
        assert isinstance(other, Number)
        assert (one.interval, one.slack) == (other.interval, other.slack)
    else:
        assert type(one) is type(other)


@given(rows(), st.integers(0, 5))
def test_the_sum_of_a_split_table_is_the_sum_of_its_parts(table: list[dict[str, Fact]], cut: int) -> None:
    text = "sum(spent for projects)"
    whole, left, right = (asked(text, (department_of(part),)) for part in (table, table[:cut], table[cut:]))
    if isinstance(left, Number) and isinstance(right, Number):
        assert isinstance(whole, Number)
        assert whole.interval == left.interval + right.interval
        assert whole.slack == left.slack + right.slack
    else:
        assert isinstance(whole, Unknown)


@given(
    conditions(),
    st.dictionaries(
        st.sampled_from(["spent", "appropriated", "adjusted_budget"]),
        st.tuples(st.integers(1, 10**6), st.integers(1, 4)),
    ),
)
def test_the_same_amounts_to_the_same_place_in_other_units_give_the_same_verdict(
    text: str, amounts: dict[str, tuple[int, int]]
) -> None:
    """29.5342万元 is 0.00295342亿元 and 295.342千元: the last digit printed stands for one yuan in all of them."""
    verdicts = []
    for unit, shift in (("万元", 0), ("亿元", 4), ("千元", -1)):
        facts = {
            name: Fact(
                name, printed_quantity(f"{Decimal(number).scaleb(-places - shift):f}", MONEY_UNITS[unit])
            )
            for name, (number, places) in amounts.items()
        }
        verdicts.append(decided(of_line(text, facts)))
    assert len(set(verdicts)) == 1


NUMBERS = st.fractions(-(10**6), 10**6, max_denominator=1000)


@given(NUMBERS, NUMBERS, st.integers(0, 3), st.integers(0, 3))
def test_about_equal_is_never_false_of_what_was_equal_before_it_was_rounded(
    one: Fraction, other: Fraction, places: int, fewer: int
) -> None:
    for exact in (one, other):
        left, right = rounded(exact, places), rounded(exact, fewer)
        assert compared("≈", left, right) is True
        assert compared("≈", right, left) is True


def rounded(exact: Fraction, places: int) -> Number:
    whole = int(abs(exact) * 10**places + Fraction(1, 2))
    digits = f"{whole:0{places + 1}d}"
    shown = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    assume(whole or places or not exact)  # a zero without decimals is exact
    quantity = printed_quantity(f"-{shown}" if exact < 0 and whole else shown, WAN)
    assert quantity.interval is not None
    assert quantity.slack is not None
    return Number(quantity.interval, quantity.slack, WAN)


QUICKLY = settings(max_examples=3_000, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("verdict", [True, False, None])
def test_the_strategies_reach_every_verdict(verdict: bool | None) -> None:
    reached = find(
        st.tuples(conditions(1), money_facts()),
        lambda each: decided(of_line(*each)) is verdict,
        settings=QUICKLY,
    )
    assert decided(of_line(*reached)) is verdict


@pytest.mark.parametrize("state", State)
def test_the_strategies_reach_every_state_of_a_fact(state: State) -> None:
    in_state = lambda line: any(fact.state is state for fact in line.facts.values())  # noqa: E731
    assert in_state(find(subjects("line"), in_state, settings=QUICKLY))


def test_the_strategies_reach_every_node() -> None:
    reached: set[type] = set()

    @settings(max_examples=300, phases=(Phase.generate,))
    @given(nodes())
    def collect(node: Node) -> None:
        reached.update(type(each) for each in every(node))

    collect()
    assert reached == set(syntax.Node.__args__)


def every(node: Node) -> list[Node]:
    return [node, *(each for part in below(node) for each in every(part))]
