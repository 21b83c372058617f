"""What was true before it was rounded for print is never called false: a table that only rounds is never accused."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from hypothesis import assume, given
from hypothesis import strategies as st

from perfrules.language import Context, Scope, check, to_python
from perfrules.model.fact import Fact
from perfrules.model.quantity import Quantity, printed_quantity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.truth import Value
from perfrules.model.unit import MONEY_UNITS, PERCENT, Unit

WAN = MONEY_UNITS["万元"]
FEN = st.integers(0, 10**9).map(lambda fen: Fraction(fen, 100))
SIGNED_FEN = st.integers(-(10**9), 10**9).map(lambda fen: Fraction(fen, 100))
PLACES = st.integers(0, 4)


def printed(amount: Fraction, unit: Unit, places: int) -> Quantity:
    """The amount as an office prints it: half away from zero at that many decimals."""
    scaled = abs(amount) / unit.scale * 10**places
    whole = floor(scaled + Fraction(1, 2))
    digits = f"{whole:0{places + 1}d}"
    digits = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return printed_quantity(f"-{digits}" if amount < 0 and whole else digits, unit)


def asked(text: str, *, rows: tuple[Quantity, ...] = (), **facts: Quantity) -> Value:
    line = Subject("line", "department/project", "", {name: Fact(name, each) for name, each in facts.items()})
    projects = tuple(
        Subject("project", f"project:{n}", "", {"spent": Fact("spent", each)}) for n, each in enumerate(rows)
    )
    tables = {"projects": Table(projects, Completeness.COMPLETE)}
    department = Subject("department", "department", "", {}, tables, {"project": line})
    scope = Scope(CORE_TYPES, ("line",), {})
    return to_python(check(text, scope))(Context((department, line), {})).value


@given(FEN, FEN, SIGNED_FEN, st.lists(PLACES, min_size=4, max_size=4))
def test_a_rounded_sum_of_rounded_parts(
    first: Fraction, second: Fraction, third: Fraction, places: list[int]
) -> None:
    amounts = (first, second, third, first + second + third)
    assume(amounts[-1] >= 0)  # a budget below zero is under suspicion
    figures = [printed(amount, WAN, each) for amount, each in zip(amounts, places, strict=True)]
    assume(not any(_zero_that_hides(figure, amount) for figure, amount in zip(figures, amounts, strict=True)))
    names = ("initial_budget", "carried_over", "adjustment", "adjusted_budget")
    text = "adjusted_budget ≈ initial_budget + carried_over + adjustment"
    assert asked(text, **dict(zip(names, figures, strict=True))) is True


@given(FEN, FEN, PLACES, PLACES, PLACES)
def test_a_rounded_ratio_of_rounded_amounts(
    spent: Fraction, budget: Fraction, spent_places: int, budget_places: int, ratio_places: int
) -> None:
    figures = printed(spent, WAN, spent_places), printed(budget, WAN, budget_places)
    assume(budget > 0 and figures[1].exact != 0 and not _zero_that_hides(figures[0], spent))
    claim = printed(spent / budget, PERCENT, ratio_places)
    assume(not _zero_that_hides(claim, spent / budget))
    text = "forecast ≈ spent / adjusted_budget * 1元"  # the claimed ratio as a field of money, yuan for one
    as_money = Quantity(claim.interval, claim.slack, MONEY_UNITS["元"])
    assert asked(text, spent=figures[0], adjusted_budget=figures[1], forecast=as_money) is True


@given(st.lists(FEN, min_size=1, max_size=8), PLACES, PLACES)
def test_a_rounded_total_of_rounded_rows(amounts: list[Fraction], places: int, of_total: int) -> None:
    rows = tuple(printed(amount, WAN, places) for amount in amounts)
    total = printed(sum(amounts, Fraction(0)), WAN, of_total)
    both = [*zip(rows, amounts, strict=True), (total, sum(amounts, Fraction(0)))]
    assume(not any(_zero_that_hides(figure, amount) for figure, amount in both))
    assert asked("spent ≈ sum(spent for projects)", rows=rows, spent=total) is True


@given(FEN, PLACES, st.integers(1, 10**6))
def test_a_difference_beyond_the_digits_is_seen(amount: Fraction, places: int, steps: int) -> None:
    one = printed(amount, WAN, places)
    assert one.exact is not None
    other = printed(one.exact + Fraction(steps) * WAN.scale / 10**places, WAN, places)
    assert asked("spent ≈ appropriated", spent=one, appropriated=other) is False


def _zero_that_hides(figure: Quantity, amount: Fraction) -> bool:
    """A zero printed without decimals says exactly nothing (decision 4); an amount rounded down to it is another matter."""
    return figure.exact == 0 and amount != 0 and "." not in figure.digits
