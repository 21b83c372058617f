"""Expected progress carries what it stands on, and is unknown where that may not be used."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.indicators import with_expected_progress
from perfrules.location import Location
from perfrules.model.fact import Fact, State
from perfrules.model.project_type import LumpSum, ProjectType
from perfrules.model.subject import Completeness, Field, Subject, Table
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Reason
from perfrules.model.unit import Kind

ACCEPTANCE = Bilingual("验收日期", "date of acceptance")
SERVICE = ProjectType(
    "service",
    Bilingual("服务", "service"),
    fields=(Field("accepted", ACCEPTANCE, Kind.DATE),),
    curve=LumpSum("accepted"),
)
FACTS = {
    "type": Fact("type", "service"),
    "accepted": Fact(
        "accepted", date(2022, 5, 31), location=Location("a.txt", "¶4", (30, 39)), quote="2022年5月"
    ),
}
END = Fact("period_to", date(2022, 6, 30), location=Location("a.txt", "¶1", (0, 6)), quote="1-6月")


def progressed(facts: dict[str, Fact], end: Fact = END, pace: Trace | None = None) -> Subject:
    project = Subject("project", "project:甲", "甲", facts)
    tables = {"projects": Table((project,), Completeness.COMPLETE)}
    submission = Submission(Subject("department", "department", facts={"period_to": end}, tables=tables))
    found = with_expected_progress(submission, {"service": SERVICE}, pace)
    return found.department.table("projects").rows[0]


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
