"""Laws of the language on generated expressions and facts."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given, reject
from hypothesis import strategies as st

from perfrules.errors import ExpressionError
from perfrules.language import Context, Scope, calculation, check, parse, to_python, to_text
from perfrules.language.folding import folded
from perfrules.model.fact import Fact
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.trace import Trace
from perfrules.model.truth import Number, Unknown, Value
from perfrules.model.unit import Kind
from perfrules.testing import conditions, expressions, money_facts, rows

SCOPE = Scope(CORE_TYPES, ("line",), {})
DEPARTMENT = Scope(CORE_TYPES, ("department",), {})


def value_of(text: str, facts: dict[str, Fact]) -> Value:
    return trace_of(text, facts).value


def trace_of(text: str, facts: dict[str, Fact]) -> Trace:
    line = Subject("line", "department/project", "", facts)
    department = Subject("department", "department", "", members={"project": line})
    return to_python(check(text, SCOPE))(Context((department, line), {}))


@given(expressions())
def test_writing_and_parsing_is_the_identity(text: str) -> None:
    node = parse(text)
    assert parse(to_text(node)) == node


@given(conditions(), money_facts())
def test_a_checked_condition_never_raises_and_shows_itself(text: str, facts: dict[str, Fact]) -> None:
    trace = trace_of(text, facts)
    assert isinstance(trace.value, bool | Unknown)
    assert calculation(trace, "zh")
    assert calculation(trace, "en")


@given(conditions(), money_facts())
def test_not_not_is_nothing(a: str, facts: dict[str, Fact]) -> None:
    assert value_of(f"not (not ({a}))", facts) == value_of(a, facts)


@given(conditions(), money_facts())
def test_what_is_unknown_only_by_want_of_a_fact_was_not_false_before(a: str, facts: dict[str, Fact]) -> None:
    for name in facts:
        poorer = {other: fact for other, fact in facts.items() if other != name}
        before, after = value_of(a, poorer), value_of(a, facts)
        assert isinstance(before, Unknown) or before == after


@given(expressions(Kind.MONEY), expressions(Kind.MONEY), money_facts())
def test_about_equal_is_symmetric(a: str, b: str, facts: dict[str, Fact]) -> None:
    try:
        check(f"{a} ≈ {b}", SCOPE)
    except ExpressionError:
        reject()  # two numbers written out that are not equal
    left, right = value_of(f"{a} ≈ {b}", facts), value_of(f"{b} ≈ {a}", facts)
    assert isinstance(left, Unknown) == isinstance(right, Unknown)
    assert isinstance(left, Unknown) or left == right


@given(expressions(Kind.MONEY), money_facts())
def test_the_slack_holds_the_value(a: str, facts: dict[str, Fact]) -> None:
    value = value_of(a, facts)
    if isinstance(value, Number):
        assert value.slack.meets(value.interval)
        assert value.interval.exact is None or value.interval.exact in value.slack


@given(conditions(), money_facts())
def test_full_width_says_the_same(a: str, facts: dict[str, Fact]) -> None:
    wide = a.translate({code: code + 0xFEE0 for code in map(ord, "()+-*/<>=%0123456789.")})
    assert folded(wide) == a
    assert value_of(wide, facts) == value_of(a, facts)


@given(rows(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(table: list[dict[str, Fact]], random: object) -> None:
    shuffled = list(table)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for text in ("sum(spent for projects)", "count(projects where spent > 1万元)", "max(spent for projects)"):
        results = [_of_rows(text, each) for each in (table, shuffled)]
        assert _known(results[0]) == _known(results[1])


def _of_rows(text: str, table: list[dict[str, Fact]]) -> Value:
    subjects = tuple(Subject("project", f"project:{n}", "", facts) for n, facts in enumerate(table))
    tables = {"projects": Table(subjects, Completeness.COMPLETE)}
    department = Subject("department", "department", "", tables=tables)
    return to_python(check(text, DEPARTMENT))(Context((department,), {})).value


def _known(value: Value) -> object:
    return evolve(value, unit=value.unit).interval if isinstance(value, Number) else type(value)
