"""Expected progress along every spending curve: what is due by the cut-off, what it stands on, and when it is unknown."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.indicators import with_expected_progress
from perfrules.language import BUILTINS, Context, Scope, check, to_python
from perfrules.location import Location
from perfrules.model.fact import Fact, State
from perfrules.model.project_type import (
    FromRelease,
    Linear,
    LumpSum,
    Monthly,
    ProjectType,
    SpendingCurve,
    Step,
    Steps,
)
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Completeness, Field, Subject, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Reason
from perfrules.model.unit import Kind
from perfrules.plugins.clashes import types_with_fields
from perfrules.plugins.ready import ready_types

ACCEPTANCE = Bilingual("验收日期", "date of acceptance")
FIELDS = (
    Field("signed", Bilingual("签订日期", "date of signing"), Kind.DATE),
    Field("accepted", ACCEPTANCE, Kind.DATE),
)
FACTS = {
    "type": Fact("type", "service"),
    "accepted": Fact(
        "accepted", date(2022, 5, 31), location=Location("a.txt", "¶4", (30, 39)), quote="2022年5月"
    ),
}
END = Fact("period_to", date(2022, 6, 30), location=Location("a.txt", "¶1", (0, 6)), quote="1-6月")
PACE = to_python(check("50%", Scope(CORE_TYPES, ("department",), {})))(
    Context((Subject("department", "department"),), {})
)


def progressed(
    facts: dict[str, Fact],
    end: Fact = END,
    curve: SpendingCurve = LumpSum("accepted"),
    parameters: dict[str, Trace] | None = None,
) -> Subject:
    project = Subject("project", "project:甲", "甲", facts)
    tables = {"projects": Table((project,), Completeness.COMPLETE)}
    submission = Submission(Subject("department", "department", facts={"period_to": end}, tables=tables))
    brought = {"plugin": [ProjectType("service", Bilingual("服务", "service"), fields=FIELDS, curve=curve)]}
    ready = ready_types(brought, types_with_fields(brought), BUILTINS)
    found = with_expected_progress(submission, ready, parameters or {})
    return found.department.table("projects").rows[0]


def due(curve: SpendingCurve, end: date = date(2022, 6, 30), **days: date) -> Fraction | None:
    facts = {"type": FACTS["type"], **{name: Fact(name, day) for name, day in days.items()}}
    fact = progressed(facts, evolve(END, value=end), curve, {"pace": PACE}).facts["expected_progress"]
    assert isinstance(fact.value, Quantity)
    return fact.value.exact


@pytest.mark.parametrize(("day", "due"), [(date(2022, 6, 30), 1), (date(2022, 7, 1), 0)])
def test_the_day_of_acceptance_and_the_cut_off_are_reached_from_the_progress(day: date, due: int) -> None:
    accepted = evolve(FACTS["accepted"], value=day)
    fact = progressed({**FACTS, "accepted": accepted}).facts["expected_progress"]
    assert fact.trace is not None
    assert fact.value.exact == due  # type: ignore[union-attr]
    assert list(fact.trace.facts()) == [accepted, END]


@pytest.mark.parametrize(
    ("state", "reason"), [(State.CONFLICTING, Reason.CONFLICTING), (State.SUSPECT, Reason.SUSPECT)]
)
def test_a_fact_in_doubt_makes_the_progress_unknown_for_that_reason(state: State, reason: Reason) -> None:
    def lacks(doubted: str) -> tuple[Lack, ...]:
        facts = {name: evolve(fact, state=state) if name == doubted else fact for name, fact in FACTS.items()}
        end = evolve(END, state=state) if doubted == "period_to" else END
        project = progressed(facts, end)
        assert "expected_progress" not in project.facts
        return project.lacks["expected_progress"]

    assert lacks("accepted") == (Lack(reason, "project:甲", "accepted", ACCEPTANCE),)
    assert lacks("type") == (Lack(reason, "project:甲", "type"),)
    assert lacks("period_to") == (Lack(reason, "department", "period_to"),)


def test_in_step_with_the_year_is_the_pace_of_the_ruleset() -> None:
    assert due(Linear()) == Fraction(1, 2)
    assert progressed(FACTS, curve=Linear()).lacks["expected_progress"] == (
        Lack(Reason.MISSING, "ruleset", "$pace"),
    )


STEPS = Steps((Step("30%", "signed"), Step("70%", "accepted")))


@pytest.mark.parametrize(
    ("signed", "accepted", "expected"),
    [
        (date(2022, 7, 1), date(2022, 12, 1), 0),
        (date(2022, 6, 30), date(2022, 7, 1), Fraction(3, 10)),
        (date(2021, 12, 1), date(2022, 6, 30), 1),
    ],
)
def test_steps_that_have_come_add_up(signed: date, accepted: date, expected: Fraction) -> None:
    assert due(STEPS, signed=signed, accepted=accepted) == expected


def test_steps_of_which_a_day_is_missing_are_unknown_and_name_it() -> None:
    project = progressed({"type": FACTS["type"], "signed": Fact("signed", date(2022, 1, 1))}, curve=STEPS)
    assert project.lacks["expected_progress"] == (Lack(Reason.MISSING, "project:甲", "accepted", ACCEPTANCE),)


MONTHS = ("0%", "0%", "5%", "5%", "10%", "20%", "30%", "40%", "60%", "80%", "95%", "100%")


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (date(2022, 1, 30), 0),  # no month has ended
        (date(2022, 3, 31), Fraction(1, 20)),
        (date(2022, 6, 29), Fraction(1, 10)),  # the sixth has not
        (date(2022, 6, 30), Fraction(1, 5)),
        (date(2022, 12, 31), 1),
    ],
)
def test_a_table_by_month_counts_the_months_that_have_ended(end: date, expected: Fraction) -> None:
    assert due(Monthly(MONTHS), end) == expected


@pytest.mark.parametrize(
    ("released", "end", "expected"),
    [
        (date(2022, 3, 15), date(2022, 3, 31), 0),  # the month of release
        (date(2022, 3, 15), date(2022, 6, 30), Fraction(1, 3)),  # 3 of 9 months
        (date(2022, 3, 1), date(2022, 6, 29), Fraction(2, 9)),
        (date(2022, 3, 15), date(2022, 12, 31), 1),
        (date(2022, 7, 1), date(2022, 6, 30), 0),
        (date(2022, 12, 5), date(2022, 12, 31), 0),
        (date(2021, 9, 1), date(2022, 6, 30), Fraction(1, 2)),  # last year's money: from January on
        (date(2022, 6, 30), date(2022, 6, 29), 0),
        (date(2022, 6, 1), date(2022, 6, 15), 0),  # fewer months ended than the month of release: not below 0
    ],
)
def test_from_release_on_the_months_left_are_even(released: date, end: date, expected: Fraction) -> None:
    assert due(FromRelease("accepted"), end, accepted=released) == expected


def test_a_type_that_prints_what_is_no_type_has_no_progress() -> None:
    project = progressed({**FACTS, "type": Fact("type", "made_up")})
    assert project.lacks["expected_progress"] == (Lack(Reason.MISSING, "project:甲", "type"),)
