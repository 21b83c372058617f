"""A trace tells every step: its text, its operator, its parts as they come out alone, its unit, slack, facts and lacks."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.language import Context, Scope, check, parse, to_python, to_text
from perfrules.language.syntax import Aggregate, below
from perfrules.location import Location
from perfrules.model.fact import Fact, State
from perfrules.model.interval import Interval
from perfrules.model.quantity import Qualifier, printed_quantity
from perfrules.model.subject import Completeness, Field, Subject, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Reason, Unknown
from perfrules.model.unit import DAY, MONEY_UNITS, NUMBER, RATIO, Kind, Unit

WAN = MONEY_UNITS["万元"]
HOUSES = Unit(Kind.COUNT, "家")
SCOPE = Scope(
    CORE_TYPES,
    ("department",),
    {"floor": Kind.RATIO, "names": Kind.TEXT, "unset": Kind.RATIO},
    lists=frozenset({"names"}),
)


def money(name: str, digits: str, qualifier: Qualifier = Qualifier.EXACT) -> Fact:
    return Fact(
        name, printed_quantity(digits, WAN, qualifier), location=Location("报告.txt", f"¶{len(digits)}")
    )


def project(name: str, spent: Fact) -> Subject:
    return Subject("project", f"project:{name}", name, {"name": Fact("name", name), "spent": spent})


PROJECTS = (project("甲", money("spent", "2.5")), project("乙", money("spent", "20", Qualifier.AT_LEAST)))
TOTAL = Subject(
    "line",
    "department/total",
    "合计",
    {"spent": money("spent", "2.7505"), "adjusted_budget": money("adjusted_budget", "13.91")},
)
DEPARTMENT = Subject(
    "department",
    "department",
    "某局",
    {
        "name": Fact("name", "某局"),
        "problems": Fact("problems", "合同未到期"),
        "period_from": Fact("period_from", date(2022, 1, 1)),
        "period_to": Fact("period_to", date(2022, 6, 30)),
        "posts": Fact("posts", printed_quantity("6", HOUSES)),
        "filed_on": Fact("filed_on", date(2022, 7, 8), State.CONFLICTING),
    },
    {
        "projects": Table(PROJECTS, Completeness.COMPLETE),
        "counts": Table((), Completeness.PARTIAL),
        "amounts": Table((), Completeness.COMPLETE),
    },
    {"total": TOTAL},
)
PARAMETERS = {
    name: to_python(check(text, Scope(CORE_TYPES, ("department",), {}), may_be_list=True))(
        Context((DEPARTMENT,), {})
    )
    for name, text in {"floor": "30%", "names": '["甲", "乙"]'}.items()
}
HERE = Context((DEPARTMENT,), PARAMETERS)


def traced(text: str, context: Context = HERE, scope: Scope = SCOPE) -> Trace:
    return to_python(check(text, scope))(context)


EVERY_FORM = [
    "total.spent", "total.forecast", "basic.spent", "1元",
    "total.spent + total.adjusted_budget", "total.spent - 1万元", "total.spent * 2", "total.spent / total.adjusted_budget",
    "-total.spent", "total.spent / total.adjusted_budget >= $floor", "total.spent == 2.7505万元",
    "total.spent ≈ 2.75054万元", "total.spent != 3万元", 'problems has "合同"', 'problems starts with "付款"',
    'problems ends with "期"', 'problems matches ".*到期"', "not (total.spent > 3万元)",
    "total.spent > 3万元 and is_known(total.forecast)", "total.spent > 3万元 or total.forecast > 1元",
    "is_known(total.forecast)", "is_exact(total.spent)", "is_printed(total.spent)", "is_blank(problems)", "agrees(total.spent)", "agrees(filed_on)",
    "abs(total.spent - 3万元)", "max(total.spent, 3万元)", "round(total.spent, -4)", "period_to - period_from",
    "days_between(period_from, period_to)", 'similar(problems, "合同")', "total.spent / 0.5", "posts + 1",
    'has_text(problems, "付款", "合同")', "(total.spent + 1元) * 3 - 2元", "total.forecast + total.unspent",
    "period_to > 2022-06-29", "posts * 450元", "total.spent / posts",
    "(total.spent > 1元) == (posts > 3)", "(total.forecast or else 1元) > 1元", "(if posts > 3 then 1元 else 2元) <= total.spent",
]  # fmt: skip


@pytest.mark.parametrize("text", EVERY_FORM)
def test_each_part_of_a_trace_is_what_it_comes_to_alone(text: str) -> None:
    node, trace = parse(text), traced(text)
    assert trace.text == to_text(node)
    assert trace.parts == tuple(traced(to_text(part)) for part in below(node))


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("total.spent", ""),
        ("3元", ""),
        ("$floor", "parameter"),
        ("is_set($floor)", "is_set"),
        ("-total.spent", "-"),
        ("total.spent / 2", "/"),
        ("total.spent > 1元", ">"),
        ("total.spent ≈ 1元", "≈"),
        ("1元 < total.spent <= 5万元", "and"),
        ("total.spent in [1元..5万元)", "and"),
        ('name in ["某局", "别局"]', "in"),
        ("name in $names", "in"),
        ("total.spent > 1元 or posts > 3", "or"),
        ("not posts > 3", "not"),
        ("if posts > 3 then 1元 else 2元", "if"),
        ("total.forecast or else 2元", "or else"),
        ("name is count", "is"),
        ('name has "局"', "has"),
        ('name matches ".局"', "matches"),
        ("agrees(posts)", "agrees"),
        ("is_known(posts)", "is_known"),
        ("绝对值(total.spent)", "abs"),
        ('has_row(projects, "甲")', "has_row"),
        ("sum(spent for projects)", "sum"),
        ("count(projects)", "count"),
        ("all(spent > 1元 for projects)", "all"),
        ("max(spent for projects)", "max"),
    ],
)
def test_a_trace_names_its_operator(text: str, operator: str) -> None:
    trace = traced(text)
    assert trace.operator == operator
    assert trace.text == to_text(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "sum(spent for projects)",
        "all(spent > 1元 for projects)",
        "any(spent > 99万元 for projects)",
        "min(spent for projects)",
        "count(distinct name for projects)",
        "sum(spent for projects where spent < 3万元)",
    ],
)
def test_the_parts_of_an_aggregate_are_its_body_in_each_row_that_may_take_part(text: str) -> None:
    node, trace = parse(text), traced(text)
    assert isinstance(node, Aggregate)
    assert node.body is not None
    inside = PROJECTS[:1] if node.where else PROJECTS
    rows = Scope(CORE_TYPES, ("project",), {})
    expected = [traced(to_text(node.body), Context((DEPARTMENT, row), PARAMETERS), rows) for row in inside]
    assert list(trace.parts) == expected


def test_the_parts_of_a_count_are_the_rows_by_name() -> None:
    assert traced("count(projects)").parts == tuple(
        Trace(row.name, row.name, fact=row.facts["name"]) for row in PROJECTS
    )


def test_a_chain_is_its_links() -> None:
    trace = traced("1元 < total.spent <= 5万元")
    assert [part.text for part in trace.parts] == ["1元 < total.spent", "total.spent <= 5万元"]
    assert trace.parts[0] == traced("1元 < total.spent")
    low, high = traced("total.spent in (1元..5万元]").parts
    assert (low, high) == trace.parts


def test_only_what_was_chosen_is_part_of_a_choice() -> None:
    trace = traced("if posts > 3 then total.spent else total.forecast")
    assert trace.parts == (traced("posts > 3"), traced("total.spent"))
    assert traced("if posts > 9 then total.spent else total.forecast").parts[1] == traced("total.forecast")
    assert traced("if total.forecast > 1元 then 1元 else 2元").parts == (traced("total.forecast > 1元"),)


def test_what_stands_in_for_an_unknown_carries_its_fact() -> None:
    trace = traced("total.forecast or else total.spent")
    assert (trace.fact, trace.value) == (TOTAL.facts["spent"], traced("total.spent").value)
    assert traced("total.spent or else 1元").parts == (traced("total.spent"),)


def test_a_list_has_its_items_as_parts() -> None:
    trace = traced('name in ["某局", "别局"]')
    assert [part.value for part in trace.parts] == ["某局", "某局", "别局"]
    assert traced("name in $names").parts == (traced("name"), *PARAMETERS["names"].parts)
    assert PARAMETERS["names"].operator == "list"
    assert PARAMETERS["names"].value == Number(
        Interval.point(Fraction(2)), Interval.point(Fraction(2)), NUMBER
    )


def test_a_parameter_has_its_own_trace_as_part() -> None:
    assert traced("$floor").parts == (PARAMETERS["floor"],)
    assert traced("$unset").value == Unknown((Lack(Reason.MISSING, "ruleset", "$unset"),))


def test_a_row_that_is_there_is_shown() -> None:
    trace = traced('has_row(projects, "乙")')
    assert [part.value for part in trace.parts] == ["乙", "乙"]
    assert trace.parts[1].fact == PROJECTS[1].facts["name"]
    assert trace.parts[1].text == "乙"
    assert traced('has_row(projects, "丙")').parts == (traced('"丙"'),)


@pytest.mark.parametrize(
    ("text", "unit", "slack"),
    [
        # half a unit of the fourth decimal of 万元 is half a yuan; half of the second is 50 yuan
        ("total.spent", WAN, Interval(Fraction(55009, 2), Fraction(55011, 2), True, False)),
        ("-total.spent", WAN, Interval(Fraction(-55011, 2), Fraction(-55009, 2), False, True)),
        (
            "total.spent + total.adjusted_budget",
            WAN,
            Interval(Fraction("166554.5"), Fraction("166655.5"), True, False),
        ),
        (
            "total.adjusted_budget - total.spent",
            WAN,
            Interval(Fraction("111544.5"), Fraction("111645.5"), False, False),
        ),
        ("total.spent * 2", WAN, Interval(Fraction(55009), Fraction(55011), True, False)),
        (
            "total.spent / total.adjusted_budget",
            RATIO,
            Interval(Fraction("27504.5") / 139150, Fraction("27505.5") / 139050, False, False),
        ),
        ("posts", HOUSES, Interval.point(Fraction(6))),
        ("posts + 1", HOUSES, Interval.point(Fraction(7))),
        ("1 + posts", HOUSES, Interval.point(Fraction(7))),
        ("period_to - period_from", DAY, Interval.point(Fraction(180))),
        ("60% * 50%", RATIO, Interval.point(Fraction(3, 10))),
        ("2 * 3", NUMBER, Interval.point(Fraction(6))),
        ("6 / 3", NUMBER, Interval.point(Fraction(2))),
        ("2 * 30%", RATIO, Interval.point(Fraction(3, 5))),
        ("2 + 30%", RATIO, Interval.point(Fraction(23, 10))),
        ("30% + 30%", Unit(Kind.RATIO, "%", Fraction(1, 100)), Interval.point(Fraction(3, 5))),
        ("count(projects)", Unit(Kind.COUNT, ""), Interval.point(Fraction(2))),
        ("1 + count(projects)", Unit(Kind.COUNT, ""), Interval.point(Fraction(3))),
        ("count(projects) + posts", HOUSES, Interval.point(Fraction(8))),
        ("count(counts)", Unit(Kind.COUNT, ""), Interval(Fraction(0), None, True, False)),
        ("sum(spent for projects)", WAN, Interval(Fraction(224500), Fraction(325500), True, False)),
        ("sum(spent for projects where spent < 0.1万元)", MONEY_UNITS["元"], Interval.point(Fraction(0))),
        ("sum(value for counts)", Unit(Kind.COUNT, ""), Interval(Fraction(0), None, True, False)),
        ("sum(value for amounts)", NUMBER, Interval.point(Fraction(0))),  # of no rows it is in no unit
        ("count(distinct name for projects)", Unit(Kind.COUNT, ""), Interval.point(Fraction(2))),
    ],
)
def test_the_unit_and_the_slack_of_a_result(text: str, unit: Unit, slack: Interval) -> None:
    value = traced(text).value
    assert isinstance(value, Number)
    assert (value.unit, value.slack) == (unit, slack)


def test_a_divisor_whose_printed_digits_allow_a_zero_leaves_the_slack_open() -> None:
    total = Subject(
        "line", "department/total", facts={"spent": money("spent", "0.1"), "forecast": money("forecast", "2")}
    )
    small = Subject("line", "department/total", facts={**total.facts, "unspent": money("unspent", "0.02")})
    where = Context((Subject("department", "department", members={"total": small}),), {})
    value = traced("total.spent / (total.unspent - 0.02万元 + 0.001万元)", where).value
    assert isinstance(value, Number)
    assert (value.interval.exact, value.slack) == (Fraction(100), Interval(None, None, False, False))


def test_what_an_aggregate_lacks_is_told() -> None:
    incomplete = Lack(Reason.INCOMPLETE, "department", "counts")
    assert traced("count(counts)").lacks == (incomplete,)
    assert traced("count(projects)").lacks == ()
    assert traced("all(value > 3 for counts)").value == Unknown((incomplete,))
    assert traced("max(value for counts)").value == Unknown((incomplete,))
    doubtful = traced("count(projects where spent > 25万元)")
    assert doubtful.lacks == (Lack(Reason.APPROXIMATE, "project:乙", "spent"),)
    assert traced("count(counts) >= 1").value == Unknown((incomplete,)), "the table is to blame, not a figure"


def test_what_is_to_blame_for_what_cannot_be_told() -> None:
    assert traced("sum(spent for projects) > 30万元").value == Unknown(
        (Lack(Reason.APPROXIMATE, "department", "spent"),)
    )
    assert traced("basic.spent > 1元").value == Unknown((Lack(Reason.MISSING, "department/basic", "spent"),))
    assert traced("total.spent / (total.forecast - total.unspent) > 50%").value == Unknown(
        (
            Lack(Reason.MISSING, "department/total", "forecast"),
            Lack(Reason.MISSING, "department/total", "unspent"),
        )
    )
    zero = Lack(Reason.ZERO_DIVISOR, "department", "spent")
    assert traced("1万元 / (total.spent - total.spent) > 50%").value == Unknown((zero,))
    assert traced("filed_on > period_to").value == Unknown(
        (Lack(Reason.CONFLICTING, "department", "filed_on"),)
    )


def test_an_equality_by_rounding_is_marked_all_the_way_up() -> None:
    equal = "total.spent ≈ 2.75054万元"
    for text in (
        equal,
        f"{equal} and posts > 3",
        f"{equal} or posts > 9",
        f"if posts > 3 then {equal} else false",
    ):
        assert traced(text).by_rounding is True, text
    for text in (
        f"{equal} or posts > 3",
        "total.spent ≈ 2.7505万元",
        f"{equal} and posts > 9",
        "total.spent ≈ 3万元",
    ):
        assert traced(text).by_rounding is False, text
    assert traced(f"not ({equal})").by_rounding is True
    assert traced("all(spent ≈ 2.51万元 for projects where spent < 3万元)").by_rounding is True


def test_the_facts_of_a_trace_come_in_the_order_of_the_expression() -> None:
    facts = list(traced("total.spent / total.adjusted_budget >= $floor").facts())
    assert [(fact.field, fact.location and fact.location.address) for fact in facts] == [
        ("spent", "¶6"),
        ("adjusted_budget", "¶5"),
    ]


NOWHERE = Subject("line", "department/total", facts={"spent": money("spent", "3")})


def alone(text: str) -> Trace:
    """Asked of a line by itself, without its department."""
    return traced(text, Context((NOWHERE,), {}), Scope(CORE_TYPES, ("line",), {}))


def test_a_question_about_a_table_that_is_not_there_keeps_its_steps() -> None:
    lack = Unknown((Lack(Reason.MISSING, "department/total", "projects"),))
    assert alone('has_row(projects, "甲")') == Trace(
        'has_row(projects, "甲")', lack, "has_row", (Trace('"甲"', "甲"),)
    )
    assert alone("count(projects)") == Trace("count(projects)", lack, "count")
    assert alone("has_row(projects, name)") == Trace(
        "has_row(projects, name)",
        Unknown((Lack(Reason.MISSING, "department/total", "name"),)),
        "has_row",
        (alone("name"),),
    )
    basic = Unknown((Lack(Reason.MISSING, "department/basic", "claims"),))
    assert traced("count(basic.claims)") == Trace("count(basic.claims)", basic, "count")


def test_what_is_open_keeps_its_steps() -> None:
    guard = traced("total.forecast > 1元")
    choice = "if total.forecast > 1元 then 1元 else 2元"
    assert traced(choice) == Trace(choice, guard.value, "if", (guard,))
    unset = Trace("$unset", Unknown((Lack(Reason.MISSING, "ruleset", "$unset"),)), "parameter")
    assert traced("$unset") == unset
    assert traced("is_blank(problems)").operator == "is_blank"
    assert traced("total.forecast > 1元 or else total.spent ≈ 2.75054万元").by_rounding is True
    incomplete = Unknown((Lack(Reason.INCOMPLETE, "department", "counts"),))
    assert traced('has_row(counts, "丙")').value == incomplete


def test_parameters_are_known_in_the_rows_of_a_table() -> None:
    total = traced("sum(spent * $floor for projects where spent < 3万元)").value
    assert isinstance(total, Number)
    assert total.interval == Interval.point(Fraction(7500))


def test_unknown_rows_leave_an_aggregate_open() -> None:
    rows = (PROJECTS[0], Subject("project", "project:丙", "丙", {"name": Fact("name", "丙")}))
    here = Context(
        (Subject("department", "department", tables={"projects": Table(rows, Completeness.COMPLETE)}),), {}
    )
    partly = Context(
        (Subject("department", "department", tables={"projects": Table(rows, Completeness.PARTIAL)}),), {}
    )
    missing = Unknown((Lack(Reason.MISSING, "project:丙", "spent"),))
    for text in ("sum(spent for projects)", "max(spent for projects)", "count(distinct spent for projects)"):
        assert traced(text, here).value == missing
    assert traced("min(spent for projects where spent > 1元)", here).value == missing
    assert traced("all(spent > 1元 for projects)", here).value == missing
    assert traced("all(spent > 9万元 for projects)", here).value is False
    assert traced("any(spent > 1元 for projects)", here).value is True
    names = traced("count(distinct name for projects)", partly).value
    assert isinstance(names, Number)
    assert names.interval == Interval(Fraction(2), None, True, False)


def test_a_row_that_changes_nothing_leaves_an_aggregate_decided_whether_it_takes_part_or_not() -> None:
    assert traced('all(name != "丙" for projects where spent > 25万元)').value is True
    assert traced('any(name == "丙" for projects where spent > 25万元)').value is False
    open_row = Unknown((Lack(Reason.APPROXIMATE, "project:乙", "spent"),))
    assert traced('all(name == "甲" for projects where spent > 25万元)').value == open_row


def test_lists_and_agreement_are_traced_whole() -> None:
    scope = Scope(CORE_TYPES, ("department",), {})
    two = Number(Interval.point(Fraction(2)), Interval.point(Fraction(2)), NUMBER)
    items = (Trace('"甲"', "甲"), Trace('"乙"', "乙"))
    found = to_python(check('["甲", "乙"]', scope, may_be_list=True))(HERE)
    assert found == Trace('["甲", "乙"]', two, "list", items)
    missing = traced("total.forecast")
    assert traced("agrees(total.forecast)") == Trace(
        "agrees(total.forecast)", missing.value, "agrees", (missing,)
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2 * 3", Kind.NUMBER), ("2 * 30%", Kind.RATIO), ("30% * 30%", Kind.RATIO), ("6 / 3", Kind.NUMBER),
        ("30% / 2", Kind.RATIO), ("6 / 30%", Kind.RATIO), ("2 + 30%", Kind.RATIO), ("posts / posts", Kind.RATIO),
        ("posts / 2", Kind.COUNT), ("450元 * posts", Kind.MONEY), ("total.spent / posts", Kind.MONEY),
        ("posts + 1", Kind.COUNT), ("period_to - period_from", Kind.DAYS), ("3天 / 2", Kind.DAYS),
    ],
)  # fmt: skip
def test_the_kind_of_a_result_is_known_before_it_runs(text: str, kind: Kind) -> None:
    assert check(text, SCOPE).kind is kind


@pytest.mark.parametrize(
    ("state", "printed"),
    [
        (State.PRINTED, True), (State.SUSPECT, True), (State.CONFLICTING, True), (State.DERIVED, False),
        (State.ASSUMED, False),
    ],
)  # fmt: skip
def test_what_is_derived_or_assumed_is_not_printed(state: State, printed: bool) -> None:
    scope, three = Scope(CORE_TYPES, ("line",), {}), Fact("spent", printed_quantity("3", WAN), state)
    found = traced("is_printed(spent)", Context((Subject("line", "x", "", {"spent": three}),), {}), scope)
    assert found.value is printed
    assert tuple(found.facts()) == (three,)


def test_of_a_field_that_could_not_be_derived_the_reasons_are_told() -> None:
    why = (
        Lack(Reason.ZERO_DIVISOR, "department/total", "adjusted_budget"),
        Lack(Reason.MISSING, "department", "month"),
    )
    lacking = Subject("line", "department/total", facts={}, lacks={"forecast": why})
    scope = Scope(CORE_TYPES, ("line",), {})
    assert traced("forecast", Context((lacking,), {}), scope).value == Unknown(why)
    assert traced("spent", Context((lacking,), {}), scope).value == Unknown(
        (Lack(Reason.MISSING, "department/total", "spent"),)
    )


def test_what_is_lacking_of_a_plugins_field_has_its_label() -> None:
    mileage = Field("mileage", Bilingual("里程", "mileage"), Kind.COUNT)
    types = {**CORE_TYPES, "line": evolve(CORE_TYPES["line"], fields=(*CORE_TYPES["line"].fields, mileage))}
    scope, bare = Scope(types, ("line",), {}), Context((Subject("line", "x"),), {})
    found = traced("mileage > 3 or spent > 3元", bare, scope).value
    assert isinstance(found, Unknown)
    assert [lack.label for lack in found.lacks] == [Bilingual("里程", "mileage"), None]
