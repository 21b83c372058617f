"""Every form that whole numbers say, over one dataset with all that may be amiss; and why they do not say the others."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve
from tests.screening.twins import CloseError, Database, Rule, by_definition, by_doubles, by_integers

from perfrules.language import Scope, check
from perfrules.language.whole import (
    BeyondError,
    ByType,
    Days,
    Figures,
    Frame,
    Given,
    Inline,
    Path,
    Rows,
    Texts,
    lowered_amount,
)
from perfrules.language.whole.nodes import Column
from perfrules.model.interval import Interval
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.truth import Number
from perfrules.model.unit import MONEY_UNITS, NUMBER, PERCENT, RATIO, Kind, Unit
from perfrules.screening.asked import UNKNOWN, VIOLATED
from perfrules.screening.exactly import Wholes

WAN, COUNT = MONEY_UNITS["万元"], Unit(Kind.COUNT, "")
OPEN = Interval(Fraction(20), None, True, False)
Record = dict[str, object]


def money(depth: int, name: str, *, rounded: bool = False) -> Figures:
    return Figures((depth, name), WAN, Fraction(100), rounded, -(10**9), 10**9)


def number(value: Fraction, unit: Unit = NUMBER) -> Number:
    point = Interval.point(value)
    return Number(point, point, unit)


TARGET = Frame(
    "target",
    2,
    {
        "name": Texts((2, "t_name")),
        "unit": Texts((2, "t_unit")),
        "planned": Texts((2, "t_planned")),
        "actual": Days((2, "t_actual")),
        "expected": Figures((2, "t_expected"), Unit(Kind.COUNT, "家"), Fraction(1), low=0, high=99),
        "stage_planned": money(2, "t_stage"),
        "weight": Figures((2, "t_weight"), NUMBER, Fraction(1, 10), low=0, high=1000),
    },
)
CLAIMS = Inline(
    tuple(
        Frame(
            "claim",
            1,
            {
                "printed": Figures((1, f"p_{name}_rate"), PERCENT, Fraction(1, 100), True, 0, 200),
                "numerator": money(1, f"p_{name}"),
            },
            label=f"claims/{name}",
            present=(1, f"p_{name}_rate"),
        )
        for name in ("spent", "appropriated")
    ),
    True,
)
SOURCES = Inline(
    tuple(
        Frame("source", 1, {"amount": money(1, name)}, label=name) for name in ("p_spent", "p_appropriated")
    ),
    True,
)
PROJECT = Frame(
    "project",
    1,
    {
        "name": Texts((1, "p_name")),
        "type": Texts((1, "p_type")),
        "line": Given("project"),
        "starts_on": Days((1, "p_starts")),
        "spent": money(1, "p_spent", rounded=True),
        "appropriated": money(1, "p_appropriated"),
        "adjustment": money(1, "p_adjustment"),
        "adjusted_budget": money(1, "p_budget"),
        "quantity": Figures((1, "p_quantity"), COUNT, Fraction(1), low=0, high=99),
        "goal_rate": Figures((1, "p_goal"), PERCENT, Fraction(1, 100), True, 0, 10**4),
        "execution_weight": Given("no number"),
        "grade": Figures((1, "p_goal"), PERCENT, Fraction(1, 100)),
    },
    tables={
        "targets": Rows("targets", TARGET, (1, "targets_complete")),
        "claims": CLAIMS,
        "sources": SOURCES,
    },
)
LINE = Frame("line", 0, {"spent": money(0, "spent", rounded=True)}, label="project")
DEPARTMENT = Frame(
    "department",
    0,
    {
        "period_to": Given(date(2022, 6, 30)),  # type: ignore[arg-type]
        "filed_on": Days((0, "filed")),
        "month": Given(number(Fraction(6))),
        "staff": Given(Number(OPEN, OPEN, COUNT)),
        "posts": Figures((0, "posts"), COUNT, Fraction(1), low=0, high=99, is_derived=True),
    },
    {"project": LINE},
    {"projects": Rows("projects", PROJECT, (0, "projects_complete"))},
)
PATHS: dict[str, Path] = {
    "department": (DEPARTMENT,),
    "line": (DEPARTMENT, LINE),
    "project": (DEPARTMENT, PROJECT),
    "target": (DEPARTMENT, PROJECT, TARGET),
}


def department(
    projects: list[Record], *, complete: bool | None, spent: int | None, posts: int | None
) -> Record:
    return {
        "filed": date(2022, 7, 10),
        "posts": posts,
        "spent": spent,
        "projects_complete": complete,
        "projects": projects,
    }


def project(number: int, targets: list[Record], *, complete: bool | None = True) -> Record:
    choices: dict[str, tuple[object, ...]] = {
        "p_name": ("甲", None, "乙", "甲"),
        "p_type": ("一", "二", None, "三"),
        "p_starts": (date(2022, 1, 31), None, date(1969, 12, 31), date(2024, 2, 29)),
        "p_spent": (300, 0, None, -5),
        "p_appropriated": (300, 301, 1000, None),
        "p_adjustment": (-10, 0, 10, None),
        "p_budget": (1000, 0, 1000, 7),
        "p_quantity": (0, 3, None, 5),
        "p_goal": (30, 0, 100, None),
        "p_spent_rate": (30, None, 0, 50),
        "p_appropriated_rate": (None, 30, 100, 0),
    }
    found = {name: values[number % 4] for name, values in choices.items()}
    return {**found, "targets_complete": complete, "targets": targets}


def target(number: int) -> Record:
    choices: dict[str, tuple[object, ...]] = {
        "t_name": ("甲", "", None),
        "t_unit": ("家", "元", None),
        "t_planned": ("已完成", None, "甲"),
        "t_actual": (date(2022, 6, 30), None, date(2021, 1, 1)),
        "t_expected": (3, 0, None),
        "t_stage": (3, None, 7),
        "t_weight": (400, 600, None),
    }
    return {name: values[number % 3] for name, values in choices.items()}


RECORDS: list[Record] = [
    department([], complete=True, spent=300, posts=0),
    department([], complete=None, spent=None, posts=None),
    department([project(0, [target(0), target(1)]), project(0, [])], complete=True, spent=600, posts=2),
    department([project(each, [target(each)]) for each in range(4)], complete=True, spent=601, posts=1),
    department(
        [project(each, [target(0), target(2)], complete=False) for each in (0, 1)],
        complete=False,
        spent=300,
        posts=3,
    ),
]

SAID = """
line: spent ≈ sum(spent for department.projects)
line: spent >= sum(spent for department.projects where name == "甲")
department: count(projects) * 2 >= posts
department: 2 * count(projects where spent > 1万元) >= count(projects where appropriated > 1万元)
department: count(projects where spent > 1万元) / posts < 50%
department: count(projects where spent > 1万元) - 1 >= 0
department: is_exact(count(projects where spent > 1万元))
department: (if posts > 1 then count(projects) else posts) == 2
department: (count(projects where spent > 1万元) or else posts) != 1
department: count(distinct name for projects) == 1
department: count(distinct appropriated for projects where spent >= 0元) <= 1
department: is_known(max(appropriated for projects where name == "甲"))
department: min(adjustment for projects) < 0元
department: sum(appropriated for projects where sum(weight for targets) > 50) > 3万元
department: max(abs(adjustment) for projects) == 0.1万元
department: days_between(period_to, filed_on) <= 10天
department: filed_on - period_to > 9天
department: year_of(filed_on) == year_of(period_to)
department: month_of(period_to) == 6
department: is_printed(posts)
department: is_known(duties) or agrees(posts)
department: duties has "甲" or is_blank(duties) or duties matches "甲"
department: count(project.claims) == 0
department: year_of(period_from) == 2022
department: is_set($none) or posts > 1
project: count(claims where printed > 10%) >= 1
project: all(printed <= 100% for claims)
project: any(printed > 30% for claims where numerator > 0元)
project: sum(amount for sources) <= 10万元
project: goal_rate ≈ appropriated / adjusted_budget
project: 2 * goal_rate ≈ 60%
project: goal_rate * 50% ≈ 15%
project: goal_rate / 2 ≈ 15%
project: goal_rate + 0.5% ≈ 30.5%
project: goal_rate + 1% ≈ 0.5%
project: min(goal_rate, 30%) < 30%
project: round(goal_rate, 0) == 0
project: spent in [0万元..3万元)
project: -adjustment <= 0.1万元
project: floor(adjustment / 3万元) == -1 or ceiling(adjustment / 3万元) == 0
project: floor(quantity) == quantity
project: adjustment / adjusted_budget > -1%
project: appropriated / adjustment < 0
project: (appropriated / adjusted_budget) / (adjustment / adjusted_budget) > 300%
project: max(appropriated / adjusted_budget, spent / adjusted_budget) >= 30%
project: (appropriated / adjusted_budget or else 30%) >= 30%
project: (if adjustment > 0元 then appropriated / adjusted_budget else spent / appropriated) >= 30%
project: (if adjustment > 0元 then goal_rate else 2 * goal_rate) ≈ 30%
project: (if adjustment > 0元 then spent > 0元 else not (spent > 3万元))
project: (spent > 0元 or else adjustment > 0元)
project: (if adjustment > 0元 then name else type) == "甲"
project: (name or else type) in ["甲", "三"]
project: (duties or else name) has "甲"
project: (name or else duties) ends with "甲"
project: "甲乙" has name
project: is_blank("无") and "无" has "无"
project: expected_progress >= 30% or else spent > 0元
project: is_known(expected_progress)
project: is_printed(line) and is_printed(name) and is_printed(starts_on) and is_printed(spent)
project: agrees(adjustment) or agrees(measures)
project: is_known(execution_weight) or is_known(grade)
project: starts_on in [2022-01-31, 2024-02-29]
project: year_of(starts_on) >= 2022 and month_of(starts_on) <= 2
project: count(distinct name for targets) == 1
target: planned < actual or planned == "甲"
target: planned is text and actual is date
target: planned is money or actual is money
target: actual > 2022-01-01
target: actual - expected > 3
target: planned + expected > 3
target: expected / actual > 50%
target: expected + expected > 4家
target: actual - actual >= 0天
target: actual * 2 > 3
target: abs(planned) > 3 or -actual > 3
target: max(actual, expected) > 1
target: max(expected, stage_planned) > 3
target: expected + stage_planned > 4家
target: expected == 3家 and expected != 3人
"""

UNSAID = {
    "line: -sum(spent for department.projects) <= 0元": "the opposite of a sum over a table that is not complete",
    "department: sum(spent for projects) * count(projects where spent > 0元) > 1元": "the product of two spans",
    "department: count(projects where spent > 0元) * (month - 7) > 1": "a span times a number that may be negative",
    "department: posts / count(projects where spent > 0元) > 1": "a span as a divisor",
    "department: count(projects where spent > 0元) / (month - 7) > 1": "a span divided by a number that may be negative",
    "department: abs(count(projects)) > 1": "the distance of a span from zero",
    "department: max(count(projects), posts) > 1": "a span where one number is due",
    "department: sum(count(targets) for projects) > 1": "sum of ratios or spans",
    "project: sum(numerator for claims) > 1元": "sum over rows in a row",
    "department: staff > 3": "a parameter that is no exact number",
    'department: has_row(projects, "甲")': "a row looked for by its name",
    "department: sum(spent / adjusted_budget for projects) > 1": "sum of ratios or spans",
    "department: count(distinct spent / adjusted_budget for projects) > 1": "how many different ratios or spans",
    "department: count(distinct spent > 0元 for projects) > 1": "how many different conditions",
    "department: posts > $none": "a parameter that is unknown",
    "department: posts in $many": "a parameter that is unknown",
    "department: month_of(filed_on or else 2022-01-01) == 1": "the year or month of a date that was chosen",
    "project: sum(expected for targets) > 1": "a sum whose unit is another where there are no rows",
    "project: max(planned for targets) > 1": "max of what is no number",
    "project: min(printed for claims) > 1%": "min over rows in a row",
    "project: goal_rate * (appropriated / adjusted_budget) ≈ 3%": "printed digits that went through a product or quotient",
    "project: round(spent, 19) > 1元": "too many decimals",
    "project: round(spent, quantity / quantity) > 1元": "decimals that are no whole number written out",
    "project: similar(name, type) > 50%": "the function similar",
    'project: name matches "甲+"': "a pattern",
    "target: unit is count": "the kind of the unit that a text names",
    "target: (if weight > 3 then expected else stage_planned) > 3": "a choice between two units",
    "target: (if weight > 3 then expected else planned) > 3": "a choice between a number and a text",
}


def rule_of(line: str) -> Rule:
    kind, _, text = line.partition(": ")
    parameters = {"none": Kind.NUMBER, "many": Kind.NUMBER}
    scope = Scope(CORE_TYPES, (kind,), parameters, lists=frozenset(("many",)))
    return Rule(PATHS[kind], check(text, scope, Kind.TRUTH))


@pytest.fixture(scope="module")
def database() -> Database:
    found = Database()
    found.filled(DEPARTMENT, RECORDS)
    return found


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_twins_say_it(line: str, database: Database) -> None:
    rule = rule_of(line)
    wanted = by_definition(rule, RECORDS)
    assert by_integers(rule, RECORDS) == wanted
    assert database.asked(rule) == wanted
    try:
        assert by_doubles(rule, RECORDS) == wanted
    except (BeyondError, CloseError):
        return


@pytest.mark.parametrize("line", UNSAID)
def test_the_definition_is_left_to_say_it(line: str) -> None:
    with pytest.raises(BeyondError) as caught:
        rule_of(line).question()
    assert str(caught.value) == UNSAID[line]
    assert caught.value.said.zh


def asked_in_whole_numbers(path: Path, text: str, record: Record) -> list[int]:
    """The outcomes of a condition in code and in SQL, which agree: whatever the definition is not given."""
    rule = Rule(path, check(text, Scope(CORE_TYPES, (path[-1].type,), {}), Kind.TRUTH))
    database = Database()
    database.filled(path[0], [record])
    found = by_integers(rule, [record])
    assert database.asked(rule) == found
    return [outcome for _, outcome in sorted(found)]


def test_what_the_type_of_a_project_settles() -> None:
    # by hand: 一 is expected at 30%, 二 at what was appropriated of the budget, 三 at nothing
    share = check("appropriated / adjusted_budget", Scope(CORE_TYPES, ("project",), {}))
    cases = ((("一", "甲"), number(Fraction(30, 100), RATIO)), (("二",), share))
    typed = evolve(PROJECT, cells={**PROJECT.cells, "expected_progress": ByType(Texts((1, "p_type")), cases)})
    top = evolve(DEPARTMENT, tables={"projects": Rows("projects", typed)})
    rows = [
        {**project(0, []), "p_type": name, "p_spent": spent, "p_appropriated": 500, "p_budget": 1000}
        for name, spent in (("一", 300), ("甲", 299), ("二", 300), ("二", 500), ("三", 300), (None, 300))
    ]
    record = department(rows, complete=True, spent=0, posts=0)  # type: ignore[arg-type]
    text = "spent / adjusted_budget >= expected_progress"
    assert asked_in_whole_numbers((top, typed), text, record) == [VIOLATED, VIOLATED, UNKNOWN, UNKNOWN]
    assert asked_in_whole_numbers((top, typed), "not is_printed(expected_progress)", record) == []
    given = evolve(typed, cells={**typed.cells, "expected_progress": ByType(Given("一"), cases)})
    assert asked_in_whole_numbers(
        (evolve(top, tables={"projects": Rows("projects", given)}), given), text, record
    ) == [VIOLATED]
    with pytest.raises(BeyondError, match="what is computed"):
        asked_in_whole_numbers((top, typed), "agrees(expected_progress)", record)


def test_units_that_rows_name() -> None:
    # by hand: a figure meets one of its own row, whatever the unit
    planned, actual = (
        Figures((2, name), COUNT, Fraction(1, 10), low=0, high=999, unit_from=(2, "t_unit"))
        for name in ("plan", "done")
    )
    row = evolve(TARGET, cells={**TARGET.cells, "planned": planned, "actual": actual})
    middle = evolve(PROJECT, tables={"targets": Rows("targets", row)})
    path = (evolve(DEPARTMENT, tables={"projects": Rows("projects", middle)}), middle, row)
    figures = ((10, 5), (10, 10), (0, 5), (None, 5))
    rows = [{**target(0), "plan": plan, "done": done} for plan, done in figures]
    record = department([project(0, rows)], complete=True, spent=0, posts=0)
    assert asked_in_whole_numbers(path, "actual >= planned", record) == [VIOLATED, UNKNOWN]
    assert asked_in_whole_numbers(path, "actual / planned >= 60%", record) == [VIOLATED, UNKNOWN, UNKNOWN]
    assert asked_in_whole_numbers(path, "actual - planned >= -actual * 2", record) == [UNKNOWN]
    for text in (
        "actual > 3",
        "actual - expected > 3",
        "max(actual, planned) > 3",
        "round(actual, 1) > planned",
        "actual is count",
        "(if weight > 3 then actual else expected) > 3",
    ):
        with pytest.raises(BeyondError):
            asked_in_whole_numbers(path, text, record)
    for text in ("sum(actual for targets) > 3", "count(distinct actual for targets) > 3"):
        with pytest.raises(BeyondError, match="from row to row"):
            asked_in_whole_numbers(path[:2], text, record)
    rounded = evolve(row, cells={"planned": evolve(planned, rounded=True), "actual": actual})
    with pytest.raises(BeyondError, match="from row to row"):
        asked_in_whole_numbers((*path[:2], rounded), "actual >= planned", record)


def test_a_number_that_ranks_subjects() -> None:
    measure = check("appropriated / adjusted_budget", Scope(CORE_TYPES, ("project",), {}))
    top, under = lowered_amount(measure, PATHS["project"], {})
    assert (Column((1, "p_appropriated"), -(10**9), 10**9), Column((1, "p_budget"), -(10**9), 10**9)) != (
        top,
        under,
    )
    assert "p_appropriated" in str(top)
    assert "p_budget" in str(under)


def test_a_double_that_is_no_decimal_is_too_close() -> None:
    wholes = Wholes(100)
    assert wholes[0.29] == 29
    for number in (0.295, 1e14):
        with pytest.raises(CloseError):
            wholes[number]
    for each in range(100_001):
        wholes[each / 100]
    assert len(wholes) < 100_000  # it forgets
