"""A system is paid in steps, and reaches the level of protection it was to reach."""

from __future__ import annotations

from fractions import Fraction

import pytest

from perfrules import pipeline
from perfrules.indicators.recognise import recognised
from perfrules.model.finding import Outcome, Verdict
from perfrules.model.report import Report
from perfrules.model.truth import Number, Reason
from perfrules.plugins import catalog
from perfrules.readers import submission_from
from perfrules.testing.contract import breaches
from perfrules_it_build import IT_BUILD
from perfrules_it_build.levels import security_level

NAME = "智慧政务平台建设"
CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG)


def report(to: str = "2022-06-30", **facts: object) -> Report:
    given = {"period": {"from": "2022-01-01", "to": to}, "projects": [{"name": NAME, **facts}]}
    return pipeline.check(submission_from(given, "given", CATALOG.types), CORE, CATALOG)


def verdict(found: Report, rule: str = "EXE101") -> Verdict:
    return next(each for each in found.ledger.verdicts if each.rule == rule and each.subject.name == NAME)


def exact(found: Report, name: str) -> Fraction | None:
    (project,) = found.projects
    value = next(each.trace.value for each in project.indicators if each.indicator.name == name)
    assert isinstance(value, Number)
    return value.interval.exact


def test_it_is_loaded_by_its_entry_point() -> None:
    assert CATALOG.project_types["it_build"] is IT_BUILD


@pytest.mark.parametrize("name", ["智慧政务平台建设", "数字档案系统开发", "政务信息系统", "平台升级费"])
def test_its_words_recognise_it(name: str) -> None:
    assert recognised(name, CATALOG.project_types.values()) == ("it_build",)


@pytest.mark.parametrize("name", ["绿化维护", "道路升级改造", "队伍建设经费", "智慧城管平台运维费"])
def test_other_projects_are_not_taken(name: str) -> None:
    assert "it_build" not in recognised(name, CATALOG.project_types.values())


def test_it_keeps_the_contract() -> None:
    assert breaches("it_build") == ()


DAYS = {
    "signed_on": "2022-02-01",
    "trial_run_on": "2022-06-30",
    "acceptance_date": "2022-11-01",
    "warranty_ends_on": "2023-11-01",
}


@pytest.mark.parametrize(
    ("to", "spent", "expected"),
    [
        ("2022-01-31", "0元", Outcome.PASS),  # nothing is due before it is signed
        ("2022-03-31", "18万元", Outcome.PASS),  # 60% of the 30% that are due
        ("2022-03-31", "17.9999万元", Outcome.VIOLATION),
        ("2022-06-30", "42万元", Outcome.PASS),  # 60% of 70%
        ("2022-06-30", "41.9999万元", Outcome.VIOLATION),
    ],
)
def test_what_is_due_is_due_in_steps(to: str, spent: str, expected: Outcome) -> None:
    found = report(to, adjusted_budget="100万元", spent=spent, **DAYS)
    # the project's line is 60% of what its curve asks for
    assert verdict(found).outcome is expected


def test_a_day_that_is_missing_is_asked_for() -> None:
    found = report(
        adjusted_budget="100万元",
        spent="0元",
        **{**DAYS, "payment_terms": "按进度付款", "acceptance_date": "2022-11-01"},
    )
    assert found.projects[0].asks == ()
    without = {name: day for name, day in DAYS.items() if name != "trial_run_on"}
    open_report = report(adjusted_budget="100万元", spent="0元", **without)
    assert verdict(open_report).outcome is Outcome.UNDETERMINED
    assert [lack.field for lack in verdict(open_report).lacks] == ["trial_run_on"]
    assert [each.field for each in open_report.projects[0].asks] == ["payment_terms", "trial_run_on"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("等保二级", 2), ("第三级", 3), ("等级保护2级", 2), ("二级", 2), ("1级", 1), ("三级等保", 3), ("等保2.0三级", 3),
        ("等保 三 级", 3), ("网络安全等级保护第二级", 2), ("信息系统安全保护等级第四级", 4), ("等级保护第２级", 2), ("五级", 5),
    ],
)  # fmt: skip
def test_a_level_is_read_in_words_and_in_digits(text: str, level: int) -> None:
    found = security_level(text)
    assert isinstance(found, Number)
    assert found.interval.exact == level


@pytest.mark.parametrize(
    "text",
    [
        "",
        "已备案",
        "六级",
        "0级",
        "12级",
        "①级",
        "三级以上",
        "不低于二级",
        "未达到三级",
        "二级或三级",
        "二级单位",
        "等保2.0",
        "等保二级备案",
    ],
)
def test_what_names_no_level_or_several_or_denies_it_is_refused(text: str) -> None:
    assert security_level(text) is Reason.UNIT


def test_milestones_and_users_by_hand() -> None:
    found = report(
        milestones_reached="3个", milestones_planned="4个", users_active="180人", users_expected="200人"
    )
    assert exact(found, "milestone_rate") == Fraction(3, 4)
    assert exact(found, "user_rate") == Fraction(9, 10)
