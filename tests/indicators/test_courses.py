"""How far spending should be, month by month: even for lines, by its type's curve for a project."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from perfrules import pipeline
from perfrules.indicators import courses
from perfrules.model.report import Report
from perfrules.model.subject import Subject
from perfrules.model.submission import Submission
from perfrules.model.truth import Number, Unknown
from perfrules.plugins import catalog

CATALOG = catalog(())
SAID = """
perfrules: submission/1
department: 云岭县测试局
period: {from: 2024-01-01, to: 2024-06-30}
lines: {project: {initial_budget: 10万元, spent: 2万元}}
projects:
  complete: true
  rows:
    - {name: 台式机购置, initial_budget: 10万元, spent: 2万元, delivery_date: 2024-09-15}
    - {name: 无名事项, initial_budget: 1万元, spent: 0万元}
"""


@pytest.fixture
def report(tmp_path: Path) -> Report:
    path = tmp_path / "a.yaml"
    path.write_text(SAID, encoding="utf-8")
    ruleset = pipeline.prepare("core", CATALOG, with_examples=False)
    return pipeline.check_paths([path], ruleset, CATALOG).reports[0]


def shares(report: Report, subject: str) -> list[Fraction | None]:
    course = next(each for each in report.courses if each.subject.id == subject)
    values = (trace.value for _, trace in course.points)
    return [each.interval.exact if isinstance(each, Number) else None for each in values]


def test_a_line_is_expected_evenly(report: Report) -> None:
    assert shares(report, "department/project") == [Fraction(month, 12) for month in range(1, 13)]


def test_the_points_are_the_last_days_of_the_months(report: Report) -> None:
    days = [day for day, _ in report.courses[0].points]
    assert days[:2] == [date(2024, 1, 31), date(2024, 2, 29)]
    assert days[-1] == date(2024, 12, 31)


def test_a_lump_sum_is_expected_from_the_day_it_falls_due(report: Report) -> None:
    assert shares(report, "project:台式机购置") == [0] * 8 + [1] * 4


def test_the_course_at_the_cut_off_is_the_progress_that_rules_use(report: Report) -> None:
    for project in report.projects:
        course = next(each for each in report.courses if each.subject == project.subject)
        there, here = course.points[5][1].value, project.progress.value
        assert isinstance(there, Number) == isinstance(here, Number)
        assert not isinstance(there, Number) or there.interval == here.interval  # type: ignore[union-attr]


def test_without_a_cut_off_there_is_no_course() -> None:
    assert courses(Submission(Subject("department", "department")), {}, lambda _: {}) == ()


def test_a_project_whose_type_is_open_has_an_unknown_course() -> None:
    found = pipeline.check_paths(
        [Path("examples/yunling/wangxinban.txt")],
        pipeline.prepare("core", CATALOG, with_examples=False),
        CATALOG,
    ).reports[0]
    kinds = {each.subject.name: isinstance(each.points[0][1].value, Unknown) for each in found.courses}
    assert kinds["合计"] is False
    assert len(found.courses) == 3 + len(found.projects)
