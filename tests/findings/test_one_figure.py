"""One cause, one finding, across levels: what stands on one printed figure is folded where the rules say so."""

from __future__ import annotations

from collections.abc import Mapping

from perfrules import pipeline, readers
from perfrules.model.finding import Outcome
from perfrules.model.report import Report
from perfrules.plugins import catalog

CATALOG = catalog(found=[])
CORE = pipeline.prepare("core", CATALOG)
JUNE = {"from": "2022-01-01", "to": "2022-06-30"}
NOTHING = {"carried_over": "0万元", "adjustment": "0万元"}


def report(**parts: object) -> Report:
    return pipeline.check(
        readers.submission_from({"period": JUNE, **parts}, "given", CATALOG.types), CORE, CATALOG
    )


def told(found: Report) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (each.rule, each.subject.id, [(also.rule, also.subject.id) for also in each.also])
        for each in found.findings
    ]


def lines(**changed: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Three lines that are in order but for what is changed: 100 = 60 + 40 budgeted, 70 = 40 + 30 released, 55 = 30 + 25 spent."""
    budget = {"total": (100, 70, 55), "basic": (60, 40, 30), "project": (40, 30, 25)}
    names = ("initial_budget", "appropriated", "spent")
    return {
        line: {
            **dict(zip(names, (f"{each}万元" for each in money), strict=True)),
            **NOTHING,
            **changed.get(line, {}),
        }
        for line, money in budget.items()
    }


def test_lines_in_order_give_no_finding() -> None:
    assert told(report(lines=lines())) == []


def test_overspending_is_folded_into_the_sum_that_fails_over_the_same_figure() -> None:
    found = report(lines=lines(basic={"spent": "300万元"}))
    assert told(found) == [
        (
            "ARI105",
            "department",
            [(rule, "department/basic") for rule in ("EXE109", "EXE114", "EXE115")],
        )
    ]


def test_overspending_apart_from_the_figures_of_a_failing_sum_stands_alone() -> None:
    # the sum of what was released fails; the project line spends 50 of 40 besides
    found = report(
        lines=lines(
            total={"appropriated": "90万元", "spent": "80万元"},
            project={"appropriated": "55万元", "spent": "50万元", "carried_over": "0万元"},
            basic={"appropriated": "30万元"},
        )
    )
    assert told(found) == [
        ("ARI104", "department", [("EXE116", "department/project")]),
        ("EXE115", "department/project", []),
    ]


def test_two_projects_are_not_one_finding_though_one_sum_holds_both() -> None:
    # the sum that proves the slip of one amount stands on the budget of the other project too
    rows = [
        {"name": "甲项目", "initial_budget": "18元"},
        {"name": "乙项目", "initial_budget": "55万元", "spent": "60万元", **NOTHING},
    ]
    found = report(lines={"project": {"initial_budget": "73万元"}}, projects={"complete": True, "rows": rows})
    assert told(found) == [("EXE115", "project:乙项目", []), ("TXT104", "project:甲项目", [])]


def test_spending_beyond_release_and_budget_is_one_finding() -> None:
    project = {
        "adjusted_budget": "13万元",
        "appropriated": "12万元",
        "spent": "15万元",
        "carried_over": "0万元",
    }
    assert told(report(lines={"project": project})) == [
        ("EXE115", "department/project", [("EXE114", "department/project")])
    ]


def test_a_share_above_the_whole_is_folded_into_the_overspending_of_its_line() -> None:
    claim = {"printed": "106.2%", "numerator": "spent", "base": "adjusted_budget"}
    project = {**NOTHING, "initial_budget": "50万元", "spent": "53.1万元", "claims": [claim]}
    assert told(report(lines={"project": project})) == [
        ("EXE115", "department/project", [("ARI112", "department/project/claim:1")])
    ]


def test_no_rule_relies_on_figures_that_seem_to_be_in_different_units() -> None:
    project = {
        "adjusted_budget": "26元",
        "appropriated": "20万元",
        "spent": "15万元",
        "carried_over": "0万元",
    }
    found = report(lines={"project": project})
    assert told(found) == [("TXT112", "department/project", [])]
    outcomes = {
        each.rule: each.outcome for each in found.ledger.verdicts if each.subject.id == "department/project"
    }
    for rule in ("EXE101", "EXE114", "EXE115", "EXE116"):
        assert outcomes[rule] is Outcome.UNDETERMINED


def test_the_amount_whose_unit_the_sum_proves_is_told_once() -> None:
    rows = [
        {"name": "甲项目", "initial_budget": "18元", "spent": "10万元", **NOTHING},
        {"name": "乙项目", "initial_budget": "55万元"},
    ]
    found = report(lines={"project": {"initial_budget": "73万元"}}, projects={"complete": True, "rows": rows})
    assert told(found) == [("TXT104", "project:甲项目", [("TXT112", "project:甲项目")])]


def test_a_count_and_its_change_are_told_once() -> None:
    count = {"what": "预警信息", "value": "7期", "prior": "10期", "change": "-45%"}
    assert told(report(counts=[count])) == [("YOY110", "count:1", [("YOY108", "count:1")])]


def test_an_assumption_on_which_nothing_hangs_is_not_told() -> None:
    # CON101 looks at carry-over too, which is assumed to be nothing; what fails is the spending
    found = report(lines={"total": {"initial_budget": "10万元", "spent": ["5.00万元", "6.00万元"]}})
    (finding,) = found.findings
    assert (finding.rule, finding.severity.value) == ("CON101", "error")
    assert "按 0 计算" not in finding.message.zh


def test_an_assumption_on_which_a_violation_hangs_makes_it_a_warning() -> None:
    found = report(lines={"project": {"initial_budget": "10万元", "spent": "12万元"}})
    (finding,) = [each for each in found.findings if each.rule == "EXE115"]
    assert finding.severity.value == "warning"
    assert "未见列示上年结转、追加调整, 本条按 0 计算" in finding.message.zh
