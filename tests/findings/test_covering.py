"""The fewest repairs: against trying all sets of them, and in the same order always."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from perfrules.findings.origins.covering import Repair, fewest, sound

REPAIRS = st.lists(
    st.builds(Repair, st.integers(0, 5), st.frozensets(st.integers(0, 5), min_size=1), st.integers(0, 2)),
    max_size=6,
    unique_by=lambda each: (each.figure, each.clears),
)


def least(troubles: set[int], repairs: list[Repair]) -> int:
    """How few repairs clear all that can be cleared, by trying every set of them."""
    able = {each for repair in repairs for each in repair.clears} & troubles
    sizes = (
        size
        for size in range(len(repairs) + 1)
        for chosen in combinations(repairs, size)
        if able <= {each for repair in chosen for each in repair.clears}
    )
    return next(sizes) + len(troubles - able)


@given(st.sets(st.integers(0, 5)), REPAIRS)
def test_there_are_as_few_groups_as_can_be_and_each_trouble_is_in_one(
    troubles: set[int], repairs: list[Repair]
) -> None:
    groups = fewest(troubles, repairs)
    assert sorted(each for group in groups for each in group) == sorted(troubles)
    assert len(groups) == least(troubles, repairs)
    assert all(len(group) == 1 or any(set(group) <= each.clears for each in repairs) for group in groups)


def test_a_repair_that_breaks_a_check_is_none_where_another_breaks_none() -> None:
    both, one = Repair(0, frozenset({1, 2}), 1), Repair(1, frozenset({1}))
    assert sound([both, one]) == (Repair(0, frozenset({2}), 1), one)


def test_beyond_the_bound_the_largest_is_taken_first() -> None:
    # every pair of 40 troubles: no cover is smaller than 20, and trying all would never end
    pairs = [Repair(at, frozenset(pair)) for at, pair in enumerate(combinations(range(40), 2))]
    assert len(fewest(range(40), pairs)) == 20
