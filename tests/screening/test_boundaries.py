"""Verdicts exactly on a threshold, one step beside it, half way between two printed figures, up to 1e14 yuan: none is wrong.

In: rows of whole numbers, and what each rule comes to by plain arithmetic of fractions. Every row is asked by generated code, by
the filter in doubles (where no figure is too long for it) and by SQL.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from math import floor

import pytest
from attrs import evolve, frozen
from tests.screening.twins import BeyondError, Database, Open, Rule, by_doubles, by_integers

from perfrules.language import Scope, check
from perfrules.language.whole import Cell, Figures, Frame, Inline, Rows
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.unit import NUMBER, PERCENT, YUAN, Kind
from perfrules.screening.asked import VIOLATED
from perfrules.screening.subjects import Record

Row = dict[str, int]
Values = Mapping[str, Fraction]
ROWS = 200
LONGEST = 10**15


@frozen
class Suite:
    """A rule, rows on its boundary (figures below a number of steps, so many to the yuan), and what it comes to."""

    rule: str
    rows: Callable[[random.Random, int, int], Iterator[Row]]
    holds: Callable[[Values], bool]


def on_the_line(rng: random.Random, most: int, _: int) -> Iterator[Row]:
    while True:
        tenth = rng.randrange(1, most // 10)
        yield {"spent": 3 * tenth, "adjusted_budget": 10 * tenth}


def one_step_under(rng: random.Random, most: int, _: int) -> Iterator[Row]:
    for row in on_the_line(rng, most, _):
        yield {**row, "spent": row["spent"] - 1}


def one_step_over(rng: random.Random, most: int, _: int) -> Iterator[Row]:
    for row in on_the_line(rng, most, _):
        yield {**row, "spent": row["spent"] + 1}


def half_up(rng: random.Random, most: int, _: int) -> Iterator[Row]:
    """A true share of …5 in the third decimal of a percentage, printed half up, as it should be, or one lower."""
    while True:
        basis, part = rng.randrange(10_000), rng.randrange(1, max(2, most // 20_000))
        budget = 20_000 * part
        yield {
            "spent": (2 * basis + 1) * part,
            "adjusted_budget": budget,
            "spent_rate": basis + rng.randrange(2),
        }


def off_by_the_tolerance(rng: random.Random, most: int, yuan: int) -> Iterator[Row]:
    while True:
        a, b = rng.randrange(200 * yuan, most // 2), rng.randrange(1, most // 2)
        off = 100 * yuan * rng.choice([1, -1]) + rng.choice([-1, 0, 0, 1])
        yield {"initial_budget": a, "carried_over": b, "adjusted_budget": a + b - off}


def cuts(rng: random.Random, most: int, _: int) -> Iterator[Row]:
    """Cuts against a budget: the numerator is negative, or zero."""
    while True:
        tenth = rng.randrange(1, most // 10)
        yield {"adjustment": rng.choice([-tenth, -tenth - 1, 1 - tenth, 0]), "initial_budget": 10 * tenth}


def share(value: Values) -> Fraction:
    return value["spent"] / value["adjusted_budget"]


def is_printed_half_up(value: Values) -> bool:
    return Fraction(floor(share(value) * 10_000 + Fraction(1, 2)), 10_000) == value["spent_rate"]


def is_within(value: Values) -> bool:
    return abs(value["initial_budget"] + value["carried_over"] - value["adjusted_budget"]) <= 100


THIRTY = Fraction(3, 10)
SUITES = {
    "on the line, as a quotient": Suite(
        "spent / adjusted_budget >= 30%", on_the_line, lambda v: share(v) >= THIRTY
    ),
    "on the line, as a product": Suite(
        "spent >= 30% * adjusted_budget", on_the_line, lambda v: share(v) >= THIRTY
    ),
    "one step under": Suite("spent / adjusted_budget >= 30%", one_step_under, lambda v: share(v) >= THIRTY),
    "one step over": Suite("spent / adjusted_budget <= 30%", one_step_over, lambda v: share(v) <= THIRTY),
    "half up": Suite("round(spent / adjusted_budget, 4) == printed", half_up, is_printed_half_up),
    "half up, by the printed digits": Suite("printed ≈ spent / adjusted_budget", half_up, is_printed_half_up),
    "a tolerance of 100 yuan": Suite(
        "abs(initial_budget + carried_over - adjusted_budget) <= 100元", off_by_the_tolerance, is_within
    ),
    "cuts against a budget": Suite(
        "abs(adjustment) / initial_budget <= 10%",
        cuts,
        lambda v: abs(v["adjustment"]) / v["initial_budget"] <= Fraction(1, 10),
    ),
}
MOST = {"a county, in yuan": (10**8, 0), "1e14 yuan": (10**14, 0), "1e14 yuan in fen": (10**16, 2)}


def path_of(row: Mapping[str, int], most: int, decimals: int) -> tuple[Frame, ...]:
    """The frames down to the line whose columns those of a row are, or to the claim that stands in it."""
    steps = Fraction(1, 10**decimals)
    cells: dict[str, Cell] = {
        name: Figures((0, name), YUAN, steps, low=-most if name == "adjustment" else 0, high=most)
        for name in row
        if name != "spent_rate"
    }
    line = Frame("line", 0, cells, label="project")
    if "spent_rate" not in row:
        return Frame("department", 0, {}, {"project": line}), line
    printed = Figures((0, "spent_rate"), PERCENT, Fraction(1, 10_000), rounded=True, low=0, high=10_000)
    claim = Frame("claim", 0, {"printed": printed}, label="claims/spent", present=printed.read)
    line = evolve(line, tables={"claims": Inline((claim,))})
    return Frame("department", 0, {}, {"project": line}), line, claim


@pytest.mark.parametrize("size", MOST)
@pytest.mark.parametrize("name", SUITES)
def test_no_verdict_on_a_boundary_is_wrong(name: str, size: str) -> None:
    suite, (most, decimals) = SUITES[name], MOST[size]
    records = list(islice(suite.rows(random.Random(f"{name} {size}"), most, 10**decimals), ROWS))
    path = path_of(records[0], most, decimals)
    wanted = frozenset(
        ((number,), VIOLATED) for number, each in enumerate(records) if not suite.holds(worth(each, decimals))
    )
    asked(suite.rule, path, [{**each, "projects": []} for each in records], wanted, in_doubles=most < LONGEST)


def worth(row: Mapping[str, int], decimals: int) -> Values:
    """The figures of a row: money in yuan, the rate as a ratio."""
    return {
        name: Fraction(steps, 10_000 if name == "spent_rate" else 10**decimals) for name, steps in row.items()
    }


def asked(
    text: str, path: tuple[Frame, ...], records: Sequence[Record], wanted: Open, *, in_doubles: bool
) -> None:
    """Asks every twin."""
    rule = Rule(path, check(text, Scope(CORE_TYPES, (path[-1].type,), {}), Kind.TRUTH))
    database = Database()
    database.filled(path[0], records)
    assert by_integers(rule, records) == wanted
    assert database.asked(rule) == wanted
    if in_doubles:
        assert doubled(rule, records) == wanted


def doubled(rule: Rule, records: Sequence[Record]) -> Open:
    """The filter in doubles, or the whole numbers where there is none."""
    try:
        return by_doubles(rule, records)
    except BeyondError:
        return by_integers(rule, records)


def test_weights_that_sum_to_a_hundred() -> None:
    rng = random.Random(7)
    projects: list[dict[str, object]] = []
    wanted = set()
    for number in range(ROWS):
        weights = [rng.randrange(100, 1_500) for _ in range(6)]
        weights.append(10_000 - sum(weights) + (off := rng.choice([0, 0, 1, -1])))
        projects.append({"targets": [{"weight": each} for each in weights]})
        if off:
            wanted.add(((0, number), VIOLATED))
    weight = Figures((2, "weight"), NUMBER, Fraction(1, 100), low=0, high=10_000)
    project = Frame("project", 1, tables={"targets": Rows("targets", Frame("target", 2, {"weight": weight}))})
    path = (Frame("department", 0, tables={"projects": Rows("projects", project)}), project)
    asked(
        "sum(weight for targets) == 100", path, [{"projects": projects}], frozenset(wanted), in_doubles=True
    )
