"""What the language says of facts that are only partly known holds for every number they may be."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, example, given
from hypothesis import strategies as st

from perfrules.errors import ExpressionError
from perfrules.language import Checked, Context, Scope, calculation, check, parse, to_python, to_text
from perfrules.model.fact import Fact
from perfrules.model.interval import Interval
from perfrules.model.quantity import Quantity, computed_quantity, printed_quantity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.truth import Number, Unknown, Value
from perfrules.model.unit import MONEY_UNITS, Kind
from perfrules.testing import any_conditions, conditions, expressions, money_facts, target_rows

LINE = Scope(CORE_TYPES, ("line",), {})
PROJECT = Scope(CORE_TYPES, ("project",), {})
WAN, YUAN = MONEY_UNITS["万元"], MONEY_UNITS["元"]


def value_of(text: str, facts: dict[str, Fact]) -> Value:
    line = Subject("line", "department/project", "", facts)
    department = Subject("department", "department", "", members={"project": line})
    return to_python(check(text, LINE))(Context((department, line), {})).value


def inside(interval: Interval, part: Fraction) -> Fraction:
    """A number of the interval, `part` of the way from its low end; strictly between its ends if it has two."""
    if interval.exact is not None:
        return interval.exact
    if interval.low is None:
        return -part if interval.high is None else interval.high - part
    return interval.low + (part if interval.high is None else (interval.high - interval.low) * part)


def settled(facts: dict[str, Fact], part: Fraction) -> dict[str, Fact]:
    """The facts with one number of each interval in its place; any number at all for 约."""
    known = {}
    for name, fact in facts.items():
        assert isinstance(fact.value, Quantity)
        interval = fact.value.interval
        point = Interval.point(part if interval is None else inside(interval, part))
        known[name] = Fact(name, computed_quantity(point, point, fact.value.unit))
    return known


@given(conditions(), money_facts(), st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=100))
def test_a_verdict_holds_for_every_number_the_facts_may_be(
    text: str, facts: dict[str, Fact], part: Fraction
) -> None:
    assume("≈" not in text)  # which asks what the digits allow, not what the number is
    verdict = value_of(text, facts)
    assert isinstance(verdict, Unknown) or value_of(text, settled(facts, part)) is verdict


@given(
    expressions() | expressions(Kind.RATIO),
    money_facts(),
    st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=100),
)
def test_a_number_lies_in_what_is_known_of_it(text: str, facts: dict[str, Fact], part: Fraction) -> None:
    known = value_of(text, facts)
    assume(isinstance(known, Number))
    assert isinstance(known, Number)
    exact = value_of(text, settled(facts, part))
    assert isinstance(exact, Number)
    assert exact.interval.exact is not None
    assert exact.interval.exact in known.interval


NUMBERS = st.integers(-40, 40).map(lambda n: Fraction(n, 4))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    if low == high:
        return Interval.point(low)
    ends: tuple[Fraction | None, Fraction | None] = draw(
        st.sampled_from([(low, high), (low, high), (low, None), (None, high)])
    )
    closed = draw(st.tuples(st.booleans(), st.booleans()))
    return Interval(*ends, closed[0] and ends[0] is not None, closed[1] and ends[1] is not None)


@given(
    st.sampled_from(
        [
            "abs(planned)",
            "min(planned, actual)",
            "max(planned, actual)",
            "round(planned, 0)",
            "round_even(planned, 0)",
            "floor(planned)",
            "ceiling(planned)",
            "round(planned, -1)",
        ]
    ),
    intervals(),
    intervals(),
    st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=100),
)
def test_a_function_of_an_interval_holds_the_function_of_each_number(
    text: str, first: Interval, second: Interval, part: Fraction
) -> None:
    facts = {
        name: Fact(name, computed_quantity(interval, interval, YUAN))
        for name, interval in (("planned", first), ("actual", second))
    }
    asked = to_python(check(text, Scope(CORE_TYPES, ("target",), {})))
    wide, exact = (
        asked(Context((Subject("target", "target:1", "", known),), {})).value
        for known in (facts, settled(facts, part))
    )
    assert isinstance(wide, Number)
    assert isinstance(exact, Number)
    assert exact.interval.exact is not None
    assert exact.interval.exact in wide.interval
    assert exact.interval.exact in wide.slack


@given(conditions(), st.dictionaries(st.sampled_from(["spent", "appropriated"]), st.integers(1, 10**6)))
def test_the_verdict_is_the_same_in_yuan_and_in_wan(text: str, amounts: dict[str, int]) -> None:
    whole = {name: Fact(name, printed_quantity(f"{amount}0000.00", YUAN)) for name, amount in amounts.items()}
    wan = {name: Fact(name, printed_quantity(f"{amount}.000000", WAN)) for name, amount in amounts.items()}
    one, other = value_of(text, whole), value_of(text, wan)
    assert isinstance(one, Unknown) == isinstance(other, Unknown)
    assert isinstance(one, Unknown) or one is other


@given(any_conditions(), target_rows(), st.sampled_from(Completeness))
def test_any_condition_on_any_targets_is_decided_or_says_what_it_lacks(
    text: str, rows: list[dict[str, Fact]], completeness: Completeness
) -> None:
    targets = tuple(Subject("target", f"target:{n}", "", facts) for n, facts in enumerate(rows))
    project = Subject("project", "project:one", "", {}, {"targets": Table(targets, completeness)})
    department = Subject("department", "department")
    trace = to_python(check(text, PROJECT))(Context((department, project), {}))
    assert isinstance(trace.value, bool | Unknown)
    assert not isinstance(trace.value, Unknown) or trace.value.lacks
    assert calculation(trace, "zh")
    assert calculation(trace, "en")
    assert parse(to_text(parse(text))) == parse(text)


WORDS = st.sampled_from(
    [
        "实际支出",
        "spent",
        "name",
        "targets",
        "projects",
        "$floor",
        "is_set",
        "且",
        "或",
        "非",
        "and",
        "or",
        "else",
        "not",
        "if",
        "then",
        "in",
        "is",
        "count",
        "money",
        "has",
        "starts",
        "with",
        "sum(",
        "count(",
        "all(",
        "max(",
        "for",
        "where",
        "distinct",
        "(",
        ")",
        "[",
        "]",
        "..",
        ",",
        ".",
        "+",
        "-",
        "*",
        "/",
        "≈",
        "<=",
        ">",
        "=",
        "3",
        "3元",
        "30%",
        "2022-06-30",
        '"甲"',
        "“乙”",
        "①",
        "#",
        "。",
        "\n",
    ]
)


@given(st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=40))
@example("1" + "+1" * 3000)
@example("部门." * 3000 + "名称")
@example("(" * 5000)
@example("- " * 4000 + "1")
@example("1 or else " * 900 + "1")
@example("if true then 1 else " * 400 + "1")
@example("true and " * 1000 + "true")
@example("1 < " * 2000 + "2")
def test_any_text_is_checked_or_refused_with_a_place(text: str) -> None:
    checked = checked_or_faults(text)
    if isinstance(checked, ExpressionError):
        assert checked.faults
        assert all(fault.excerpt is not None and fault.caret is not None for fault in checked.faults)
        assert all(fault.message.zh and fault.message.en for fault in checked.faults)
        assert checked.said("zh")
        return
    project = Subject("project", "project:one")
    to_python(checked)(Context((Subject("department", "department"), project), {}))
    assert parse(to_text(checked.node)) == checked.node


def checked_or_faults(text: str) -> Checked | ExpressionError:
    try:
        return check(text, PROJECT)
    except ExpressionError as error:
        return error
