"""≈ is symmetric, slack holds the value, and whatever comes out can be shown."""

from __future__ import annotations

from hypothesis import given, reject

from perfrules.errors import ExpressionError
from perfrules.language import Context, Scope, calculation, check, to_python
from perfrules.model.fact import Fact
from perfrules.model.subject import Subject
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.trace import Trace
from perfrules.model.truth import Number, Unknown, Value
from perfrules.model.unit import Kind
from perfrules.testing import conditions, expressions, money_facts

SCOPE = Scope(CORE_TYPES, ("line",), {})


def value_of(text: str, facts: dict[str, Fact]) -> Value:
    return trace_of(text, facts).value


def trace_of(text: str, facts: dict[str, Fact]) -> Trace:
    line = Subject("line", "department/project", "", facts)
    department = Subject("department", "department", "", members={"project": line})
    return to_python(check(text, SCOPE))(Context((department, line), {}))


@given(conditions(), money_facts())
def test_a_checked_condition_never_raises_and_shows_itself(text: str, facts: dict[str, Fact]) -> None:
    trace = trace_of(text, facts)
    assert isinstance(trace.value, bool | Unknown)
    assert calculation(trace, "zh")
    assert calculation(trace, "en")


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
