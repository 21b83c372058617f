"""Faults put into each twin on purpose: a handful of rules over a handful of rows tells every one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product

import pytest
from attrs import frozen
from sqlglot import exp
from tests.screening.twins import CloseError, Database, Rule, by_definition, by_doubles, by_integers

from perfrules.language import Scope, check, to_doubles, to_integers, to_sql
from perfrules.language.whole import Figures, Frame, Inline, Path, Rows, amounts, cells, choosing, tables
from perfrules.language.whole.amounts import Amount, Slack
from perfrules.language.whole.nodes import ONE, TRUE, TWO, Int, NotZero, Opposite, Quotient, Whole
from perfrules.language.whole.sums import minus, plus, times
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.unit import NUMBER, PERCENT, YUAN, Kind
from perfrules.screening import functions, queries

HUGE = 10**15 - 5
Record = dict[str, object]


def money(depth: int, name: str, low: int | None = 0) -> Figures:
    return Figures((depth, name), YUAN, Fraction(1, 100), low=low, high=HUGE)


TARGET = Frame("target", 2, {"weight": Figures((2, "weight"), NUMBER, Fraction(1, 10), low=0, high=10**6)})
PROJECT = Frame(
    "project",
    1,
    {"spent": money(1, "p_spent"), "adjusted_budget": money(1, "p_budget")},
    tables={"targets": Rows("targets", TARGET)},
)
PRINTED = Figures((0, "rate"), PERCENT, Fraction(1, 10_000), rounded=True, low=0, high=10**6)
CLAIM = Frame("claim", 0, {"printed": PRINTED}, label="claims/spent", present=PRINTED.read)
LINE = Frame(
    "line",
    0,
    {
        "spent": money(0, "spent"),
        "adjusted_budget": money(0, "budget"),
        "adjustment": money(0, "adjustment", -HUGE),
    },
    tables={"claims": Inline((CLAIM,))},
    label="project",
)
TOP = Frame("department", 0, {}, {"project": LINE}, {"projects": Rows("projects", PROJECT)})
PLACES: dict[str, Path] = {"department": (TOP,), "line": (TOP, LINE), "claim": (TOP, LINE, CLAIM)}
RULES = (
    ("line", "spent / adjusted_budget >= 30%"),
    ("line", "spent / adjusted_budget <= 30%"),
    ("line", "spent / adjusted_budget + adjustment / spent >= 60%"),
    ("line", "spent - adjustment <= adjusted_budget"),
    ("line", "spent / adjustment >= -50%"),
    ("claim", "round(spent / adjusted_budget, 4) == printed"),
    ("claim", "printed ≈ spent / adjusted_budget"),
    ("department", "sum(spent for projects) == project.spent"),
    ("department", "max(spent for projects) <= project.spent"),
    ("department", "count(projects where spent / adjusted_budget < 30%) <= 1"),
    ("department", "all(sum(weight for targets) == 100 for projects)"),
)


def records() -> Iterator[Record]:
    """On the line and beside it, half way between two printed rates, zero, missing, below zero, huge; no project, several."""
    spent_and_budget = (
        (3, 10),
        (29, 100),
        (31, 100),
        (0, 0),
        (0, 7),
        (3, None),
        (None, 3),
        (1, 20_000),
        (3, 20_000),
    )
    for (spent, budget), rate in product(spent_and_budget, (0, 1, 2, 3000)):
        yield department(spent, budget, rate, -6)
    for tenth in (33_333_333_333_333, 7_777_777_777_777, 12_345_678_901_233, 61_803_398_874_989, 666_327):
        for off in (-1, 0, 1):
            yield department(3 * tenth + off, 10 * tenth, 3000, -6 * tenth)
    for adjustment in (-7, 0, 7, None):
        yield department(3, 10, None, adjustment)
    for rows in (
        [(1, 4), (2, 7)],
        [(1, 4), (None, 7)],
        [(1, 0), (2, 9)],
        [(3, 10)],
        [(1, 9), (1, 9), (1, 9)],
        [],
    ):
        projects = [project(spent, budget, [600, 400]) for spent, budget in rows]
        yield {**department(3, 10, 3000, -6), "projects": projects}
    for weights in ([], [1000], [600, 399], [600, None], [600, 401]):
        yield {**department(3, 10, 3000, -6), "projects": [project(3, 10, weights)]}


def department(spent: int | None, budget: int | None, rate: int | None, adjustment: int | None) -> Record:
    return {"spent": spent, "budget": budget, "rate": rate, "adjustment": adjustment, "projects": []}


def project(spent: int | None, budget: int, weights: list[int | None]) -> Record:
    return {"p_spent": spent, "p_budget": budget, "targets": [{"weight": each} for each in weights]}


RECORDS = list(records())


def mistaken(database: Database) -> set[str]:
    """The twins that do not say what the definition says, or break."""
    database.filled(TOP, RECORDS)
    found = set()
    for kind, text in RULES:
        rule = Rule(PLACES[kind], check(text, Scope(CORE_TYPES, (kind,), {}), Kind.TRUTH))
        wanted = by_definition(rule, RECORDS)
        twins: dict[str, Callable[[], object]] = {
            "whole numbers": lambda rule=rule: by_integers(rule, RECORDS),  # type: ignore[misc]
            "doubles": lambda rule=rule: by_doubles(rule, RECORDS),  # type: ignore[misc]
            "SQL": lambda rule=rule: database.asked(rule),  # type: ignore[misc]
        }
        for name, twin in twins.items():
            try:
                if twin() != wanted:
                    found.add(name)
            except (CloseError, to_doubles.BeyondError):
                continue
            except Exception:  # noqa: BLE001 - an overflow is told as well
                found.add(name)
    return found


@frozen
class Fault:
    """A part put in the place of another, and the twins that must be told by it."""

    owner: object
    name: str
    part: object
    told: frozenset[str]


ALL, INTEGERS, DOUBLES, SQL = frozenset({"whole numbers", "SQL"}), frozenset({"whole numbers"}), frozenset({"doubles"}), frozenset({"SQL"})  # fmt: skip


def without(kind: type, method: Callable[..., object]) -> Callable[..., object]:
    """A printer that prints what is inside a node of a kind in its stead."""
    return lambda self, node, *rest: method(self, node.operand if isinstance(node, kind) else node, *rest)


def half_down(top: Int, under: Int) -> Int:
    return Quotient(plus(times(TWO, top), under, Whole(-1)), times(TWO, under))


def closed_above(number: Int, unit: object, step: Fraction) -> Amount:
    """Printed digits that stand for what is half a step more, and not for what is half a step less."""
    twice = times(TWO, number)
    slack = Slack(minus(twice, ONE), plus(twice, ONE), amounts.FALSE, TRUE)
    return Amount(number, number, unit, step, slack=slack)  # type: ignore[arg-type]


FAULTS = {
    "the sign of a divisor is lost": Fault(amounts, "magnitude", lambda number: number, ALL),
    "a divisor may be zero": Fault(amounts, "not_zero", lambda number: number, ALL),
    "fractions are compared without their divisors": Fault(amounts, "alike", amounts.common, ALL),
    "a sum passes over what is missing": Fault(tables, "_all_known", lambda *_: TRUE, ALL),
    "half is rounded down": Fault(choosing, "_near", half_down, ALL),
    "half a step more is printed so": Fault(cells, "printed", closed_above, ALL),
    "code loses a sign": Fault(
        to_integers.Printer, "number", without(Opposite, to_integers.Printer.number), INTEGERS
    ),
    "code takes a sum's sign for plus": Fault(
        to_integers.Printer,
        "_addend",
        lambda self, part: f" + {self.number(part.operand if isinstance(part, Opposite) else part)}",
        INTEGERS,
    ),
    "code divides by zero": Fault(
        to_integers.Printer, "_guards", without(NotZero, to_integers.Printer._guards), INTEGERS
    ),
    "code begins a maximum at zero": Fault(
        functions, "_STARTS", {**functions._STARTS, functions.Utmost: "0"}, INTEGERS
    ),
    "doubles are trusted too far": Fault(to_doubles, "EPSILON", 0.0, DOUBLES),
    "doubles are trusted by rounding": Fault(functions.Exact, "call", lambda *_: "False", DOUBLES),
    "SQL loses a sign": Fault(
        to_sql._Printer,
        "plus",
        lambda self, total, part: exp.Add(
            this=total, expression=self.number(part.operand if isinstance(part, Opposite) else part)
        ),
        SQL,
    ),
    "SQL divides by zero": Fault(
        to_sql._Printer,
        "computed",
        lambda self, node: self.number(node.operand) if isinstance(node, NotZero) else _COMPUTED(self, node),
        SQL,
    ),
    "SQL has no rows where a table is empty": Fault(
        queries._Query,
        "column",
        lambda self, node: exp.column(self.columns[node], table=f"a{self.depths[node.table]}"),
        SQL,
    ),
    "SQL computes in 64 bits": Fault(to_sql, "is_wide", lambda _: False, SQL),
    "SQL divides before it multiplies": Fault(
        to_sql._Printer,
        "quotient",
        lambda self, left, right: exp.IntDiv(this=self.number(left), expression=self.number(right)),
        SQL,
    ),
}
_COMPUTED = to_sql._Printer.computed


@pytest.fixture(scope="module")
def database() -> Database:
    return Database()


def test_nobody_is_mistaken(database: Database) -> None:
    assert mistaken(database) == set()


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_told(name: str, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = FAULTS[name]
    monkeypatch.setattr(fault.owner, fault.name, fault.part)
    assert mistaken(database) >= fault.told
