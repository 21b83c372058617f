"""One cause, one question: what is not spent, not explained or far off is asked about once."""

from __future__ import annotations

import pytest

from perfrules import pipeline, readers
from perfrules.plugins import catalog

CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG)
JUNE = {"from": "2022-01-01", "to": "2022-06-30"}
DECEMBER = {"from": "2022-01-01", "to": "2022-12-31"}
PROJECT = "project:渠道清淤"


def told(**given: object) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Of each finding its rule, its subject and what is folded into it."""
    found = pipeline.check(readers.submission_from(given, "given", CATALOG.types), CORE, CATALOG)
    return [
        (each.rule, each.subject.id, [(also.rule, also.subject.id) for also in each.also])
        for each in found.findings
    ]


def test_a_unit_that_spent_nothing_is_asked_on_its_project_line_alone() -> None:
    budget = {"total": "30万元", "project": "20万元"}
    lines = {line: {"adjusted_budget": each, "spent": "0万元"} for line, each in budget.items()}
    projects = [{"name": "渠道清淤", "adjusted_budget": "20万元", "spent": "0万元"}]
    (found,) = told(period=JUNE, lines=lines, projects=projects)
    assert found[:2] == ("EXE104", "department/project")
    assert sorted(found[2]) == [
        ("EXE101", "department/project"),
        ("EXE101", PROJECT),
        ("EXE104", PROJECT),
    ]


def test_released_and_not_spent_stands_beside_nothing_spent() -> None:
    money = {"adjusted_budget": "20万元", "appropriated": "20万元", "spent": "0万元"}
    assert told(period=JUNE, projects=[{"name": "渠道清淤", **money}]) == [
        ("EXE104", PROJECT, [("EXE101", PROJECT)]),
        ("EXE106", PROJECT, []),
    ]


def test_two_blank_columns_are_one_reason_not_given() -> None:
    money = {"adjusted_budget": "20万元", "spent": "8万元", "reason": "无", "cause": "无"}
    found = told(period=DECEMBER, projects=[{"name": "渠道清淤", **money}])
    assert found[0] == ("EXE111", PROJECT, [("CMP103", PROJECT)])


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ({"name": "清淤长度", "planned": "100米", "actual": "160米", "cause": "无"}, "TGT102"),
        ({"name": "单位成本", "planned": "100元", "actual": "125元"}, "TGT105"),
    ],
)
def test_a_target_far_exceeded_is_asked_about_once(target: dict[str, str], host: str) -> None:
    rows = [{"level1": "产出指标", "operator": "≥", **target}]
    found = told(period=DECEMBER, projects=[{"name": "渠道清淤", "targets": rows}])
    assert found == [(host, f"{PROJECT}/target:1", [("TGT104", f"{PROJECT}/target:1")])]
