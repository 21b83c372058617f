"""Events are settled at the ends of quarters; what they cost is told per person and day."""

from __future__ import annotations

from fractions import Fraction

import pytest

from perfrules import pipeline
from perfrules.indicators.recognise import recognised
from perfrules.model.finding import Outcome
from perfrules.model.interval import Interval
from perfrules.model.report import Report
from perfrules.model.truth import Number, Unknown, Value
from perfrules.plugins import catalog
from perfrules.readers import submission_from
from perfrules.testing.contract import breaches
from perfrules_publicity_training_meeting import PUBLICITY_TRAINING_MEETING

NAME = "村级会计培训经费"
CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG)


def report(to: str = "2022-06-30", **facts: object) -> Report:
    given = {"period": {"from": "2022-01-01", "to": to}, "projects": [{"name": NAME, **facts}]}
    return pipeline.check(submission_from(given, "given", CATALOG.types), CORE, CATALOG)


def outcome(found: Report, rule: str) -> Outcome:
    return next(
        each.outcome for each in found.ledger.verdicts if each.rule == rule and each.subject.name == NAME
    )


def values(found: Report) -> dict[str, Value]:
    (told,) = found.projects
    return {each.indicator.name: each.trace.value for each in told.indicators}


def test_it_is_loaded_by_its_entry_point() -> None:
    assert CATALOG.project_types["publicity_training_meeting"] is PUBLICITY_TRAINING_MEETING


@pytest.mark.parametrize("name", [NAME, "全县农业会议经费", "防火宣传", "技能竞赛经费", "普法宣传工作经费"])
def test_its_words_recognise_it(name: str) -> None:
    assert recognised(name, CATALOG.project_types.values()) == ("publicity_training_meeting",)


@pytest.mark.parametrize(
    "name", ["道路养护", "办公设备购置", "网信工作专项经费", "舆情处置经费", "村级活动室建设"]
)
def test_other_projects_are_not_taken(name: str) -> None:
    assert "publicity_training_meeting" not in recognised(name, CATALOG.project_types.values())


def test_training_that_is_contracted_out_is_left_open() -> None:
    found = recognised("委托培训经费", CATALOG.project_types.values())
    assert set(found) == {"contracted_service", "publicity_training_meeting"}


@pytest.mark.parametrize(
    ("to", "spent", "expected"),
    [
        ("2022-02-28", "0元", Outcome.PASS),  # nothing is expected before the first quarter has ended
        ("2022-03-30", "0元", Outcome.PASS),  # nor a day before its end
        ("2022-03-31", "0元", Outcome.VIOLATION),
        ("2022-03-31", "1.5万元", Outcome.PASS),  # 60% of 25% of 10万元
        ("2022-05-31", "1.5万元", Outcome.PASS),  # still that of the first quarter
        ("2022-05-31", "1.4999万元", Outcome.VIOLATION),
        ("2022-06-30", "2.9999万元", Outcome.VIOLATION),
        ("2022-06-30", "3万元", Outcome.PASS),  # 60% of 50%
        ("2022-12-31", "5.9999万元", Outcome.VIOLATION),
        ("2022-12-31", "6万元", Outcome.PASS),
    ],
)
def test_money_is_expected_at_the_ends_of_quarters(to: str, spent: str, expected: Outcome) -> None:
    assert outcome(report(to, adjusted_budget="10万元", spent=spent), "EXE101") is expected


def test_cost_and_rates_by_hand() -> None:
    found = values(
        report(
            spent="6.3万元",
            attendance_actual="70人",
            attendance_planned="80人",
            days_per_person="2",
            events_held="1期",
            events_planned="4期",
        )
    )
    cost, attendance, events = (
        found[each] for each in ("cost_per_person_day", "attendance_rate", "events_rate")
    )
    assert isinstance(cost, Number)
    assert cost.interval.exact == 450
    assert isinstance(attendance, Number)
    assert attendance.interval.exact == Fraction(7, 8)
    assert isinstance(events, Number)
    assert events.interval.exact == Fraction(1, 4)
    assert isinstance(found["pass_rate"], Unknown)


def test_a_target_of_attendances_is_compared_with_those_the_text_counts() -> None:
    target = {"name": "培训人次", "operator": "≥", "planned": "200人次"}
    rows = [{"what": "参训", "value": "260人次"}, {"what": "培训班", "value": "3期"}]
    (told,) = report(targets=[target], counts={"complete": True, "rows": rows}).projects
    found = {each.indicator.name: each for each in told.indicators}
    compared, sessions = found["attendances_counted"].target, found["sessions_counted"].trace.value
    assert compared is not None
    assert compared.met is True
    assert isinstance(sessions, Number)
    assert sessions.interval.exact == 3


def test_with_70_or_more_persons_the_cost_is_a_range() -> None:
    found = values(report(spent="6.3万元", attendance_actual="70余人", days_per_person="1"))
    cost = found["cost_per_person_day"]
    assert isinstance(cost, Number)
    assert cost.interval == Interval(Fraction(63000, 80), Fraction(900), False, True)


def test_persons_and_attendances_are_not_divided_by_each_other() -> None:
    found = values(report(attendance_actual="70人次", attendance_planned="80人"))
    assert isinstance(found["attendance_rate"], Unknown)


@pytest.mark.parametrize(
    ("total", "expected"),
    [("7.2万元", Outcome.PASS), ("7.3万元", Outcome.VIOLATION), ("", Outcome.UNDETERMINED)],
)
def test_the_plan_is_persons_times_days_times_standard(total: str, expected: Outcome) -> None:
    plan = {"attendance_planned": "80人", "days_per_person": "2", "standard_per_person_day": "450元"}
    found = report(**plan, **({"planned_total": total} if total else {}))
    assert outcome(found, "PTM101") is expected


def test_a_cost_above_the_standard_is_noticed_with_its_figures() -> None:
    facts = {"attendance_actual": "80人", "days_per_person": "2", "standard_per_person_day": "450元"}
    (finding,) = report(spent="8万元", adjusted_budget="10万元", **facts).findings
    assert finding.rule == "PTM102"
    assert "500元" in finding.message.zh
    assert "50元" in finding.message.zh


def test_it_keeps_the_contract() -> None:
    assert breaches("publicity_training_meeting") == ()
