"""What is told to decide rules does decide them: the figures are filled in, in their order, and the rules asked again."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.findings.consistent import FIELDS, JUNE, checked, owner_of, places, submissions

from perfrules.model.finding import Outcome
from perfrules.model.report import Decider, Report


def decided(found: Report) -> set[tuple[str, str]]:
    return {
        (each.rule, each.subject.id)
        for each in found.ledger.verdicts
        if each.outcome is not Outcome.UNDETERMINED
    }


def wanted(decider: Decider) -> list[tuple[str, str]]:
    """The figures of a decider: id of the subject, and field."""
    besides = [(each.subject.id, each.field) for each in decider.besides]
    return [(decider.subject.id, decider.field), *besides]


def told(found: Report) -> list[tuple[list[tuple[str, str]], list[str]]]:
    return [(wanted(each), [rule for rule, _ in each.verdicts]) for each in found.deciders]


def filled_in(submission: dict[str, Any], whole: dict[str, Any], subject: str, field: str) -> bool:
    """Writes a figure of the whole submission where it is wanted; False where that has none either."""
    names = [row["name"] for row in whole["projects"]["rows"]]
    kind, _, name = subject.partition(":")
    line = subject.partition("/")[2]
    place = f"/projects/rows/{names.index(name)}" if kind == "project" else f"/lines/{line}"
    if field not in FIELDS:
        return False
    owner, key = owner_of(whole, f"{place}/{field}")
    owner_of(submission, f"{place}/{field}")[0][key] = owner[key]
    return True


@given(submissions(), st.data())
@settings(max_examples=40)
def test_a_figure_that_is_filled_in_decides_what_was_told(whole: dict[str, Any], data: st.DataObject) -> None:
    submission = deepcopy(whole)
    for place in data.draw(
        st.lists(st.sampled_from(places(whole, *FIELDS)), min_size=1, max_size=6, unique=True)
    ):
        owner, name = owner_of(submission, place)
        del owner[name]
    before = checked(submission)
    for decider in before.deciders:
        assert not set(decider.verdicts) & decided(before)
        known = [filled_in(submission, whole, *each) for each in wanted(decider)]
        if not all(known):
            return
        assert set(decider.verdicts) <= decided(checked(submission))


def test_one_figure_that_decides_most_stands_first() -> None:
    line = {"initial_budget": "40万元", "carried_over": "0万元", "appropriated": "30万元", "spent": "20万元"}
    claim = {"printed": "50.00%", "numerator": "spent", "base": "adjusted_budget"}
    said = {"problems": "年中追加了预算。"}  # so that no adjustment is not taken for none
    found = checked({"period": JUNE, "lines": {"project": {**line, "claims": [claim]}}, "sections": said})
    first = found.deciders[0]
    assert wanted(first) == [("department/project", "adjustment")]
    assert {"ARI106", "EXE101", "EXE115", "EXE116"} <= {rule for rule, _ in first.verdicts}


def test_a_rule_that_needs_two_figures_counts_for_both_together() -> None:
    found = checked({"period": JUNE, "lines": {"total": {"spent": "50万元"}}})
    both = [each for each in told(found) if len(each[0]) == 2]
    assert ([("department/basic", "spent"), ("department/project", "spent")], ["ARI105"]) in both


def test_what_no_figure_decides_is_not_told() -> None:
    about = checked(
        {"period": JUNE, "lines": {"project": {"adjusted_budget": "约40万元", "spent": "20万元"}}}
    )
    assert not any("EXE101" in rules for _, rules in told(about))
    partial = {"complete": False, "rows": [{"name": "甲", "spent": "20万元"}]}
    listed = checked({"period": JUNE, "lines": {"project": {"spent": "20万元"}}, "projects": partial})
    assert not any("ARI113" in rules for _, rules in told(listed))
