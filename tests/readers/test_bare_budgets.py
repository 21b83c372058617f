"""A project's 预算 in a report of several budgets: which of them it is, by the sums, by its own figures, or as nothing else is told."""

from __future__ import annotations

import pytest
from tests.readers.test_left_open import outcomes
from tests.readers.test_money_sentences import facts, left

from perfrules.documents import text_document
from perfrules.model.finding import Outcome
from perfrules.model.submission import Submission
from perfrules.readers import read_text

MOVED = "年初预算500万元，其中基本支出300万元，项目支出200万元。年中追加项目支出30万元。"


def read(projects: str, whole: str = MOVED) -> Submission:
    listed = projects.replace("|", "\n")
    text = f"石桥县水利局2024年1-6月部门整体绩效监控报告\n二、预算执行情况\n{whole}\n三、重点项目执行情况\n{listed}\n"
    return read_text(text_document("report.txt", text.encode()))


def budgets(submission: Submission) -> set[str]:
    """What was read of the budgets of projects, each with its field in short."""
    found = {each.removeprefix("project:") for each in facts(submission) if each.startswith("project:")}
    return {each for each in found if "budget" in each}


@pytest.mark.parametrize("words", ["预算", "年度预算", "本年预算", "当年预算为"])
def test_the_budget_of_a_project_of_which_no_change_is_told_is_the_one_it_began_with(words: str) -> None:
    report = read(f"1.堤防巡查经费。{words}60万元，支出20万元，执行率33.33%。")
    assert budgets(report) == {"堤防巡查经费.initial_budget=60万元"}


def test_a_budget_that_has_come_is_both() -> None:
    report = read("1.堤防巡查经费。预算60万元已全部下达，支出20万元。")
    assert {each.rpartition(".")[2] for each in facts(report) if each.startswith("project:")} == {
        "initial_budget=60万元",
        "appropriated=60万元",
        "spent=20万元",
    }


@pytest.mark.parametrize(
    "told",
    [
        "1.堤防巡查经费。预算60万元，含年中追加10万元，支出20万元。",
        "1.堤防巡查经费。预算60万元，支出20万元。因汛情追加10万元。",
        "1.堤防巡查经费。预算60万元，支出20万元，因故压减经费5万元。",
    ],
)
def test_where_its_own_paragraph_tells_a_change_it_is_left(told: str) -> None:
    report = read(told)
    assert budgets(report) == set()
    assert "60万元 ambiguous open" in left(report)


@pytest.mark.parametrize(
    "moved",
    [
        "年中追加项目支出30万元（省级堤防维修资金）。",
        "追加堤防巡查30万元。",
        "上年结转12万元，系堤防巡查资金。",
    ],
)
def test_where_a_change_told_elsewhere_may_be_its_it_is_left(moved: str) -> None:
    whole = f"年初预算500万元，其中基本支出300万元，项目支出200万元。{moved}"
    assert budgets(read("1.堤防巡查经费。预算60万元，支出20万元。", whole)) == set()
    assert budgets(read("1.档案整理经费。预算60万元，支出20万元。", whole)) == {
        "档案整理经费.initial_budget=60万元"
    }


@pytest.mark.parametrize(("rate", "is_read"), [("33.33%", True), ("22.22%", False), ("30%", False)])
def test_a_change_told_elsewhere_is_not_in_it_where_a_rate_is_on_it(rate: str, is_read: bool) -> None:
    """20 of 60 is 33.33 %; of 60 and the 30 that may be its it is 22.22 %."""
    whole = "年初预算500万元，其中项目支出200万元。年中追加项目支出30万元，用于堤防维修。"
    listed = f"1.堤防巡查经费。预算60万元，支出20万元，执行率{rate}。"
    assert budgets(read(listed, whole)) == ({"堤防巡查经费.initial_budget=60万元"} if is_read else set())
    own = listed.replace("预算60万元", "预算60万元，含追加经费10万元")
    assert budgets(read(own, whole)) == set()


def test_its_change_stays_unknown_where_the_department_has_one() -> None:
    """20 of 60 is 33 %, and of 90 it is 22 %: whether it is slow is not said."""
    body = f"二、预算执行情况\n{MOVED}\n三、重点项目执行情况\n1.堤防巡查经费。预算60万元，支出12万元。"
    assert outcomes(body, "EXE101") == {Outcome.UNDETERMINED}
    still = body.replace("年中追加项目支出30万元。", "")
    assert outcomes(still, "EXE101") == {
        Outcome.UNDETERMINED,
        Outcome.VIOLATION,
    }  # of the line, of the project


@pytest.mark.parametrize(
    ("projects", "expected"),
    [
        (  # 120 + 80 = 200: before the addition, though the paragraph of one tells of it
            "1.堤防巡查经费。预算120万元，追加30万元，支出20万元。|2.档案整理经费。预算80万元，支出9万元。",
            "堤防巡查经费.initial_budget=120万元 档案整理经费.initial_budget=80万元",
        ),
        (  # 150 + 80 = 230: after it
            "1.堤防巡查经费。预算150万元（含追加30万元），支出20万元。|2.档案整理经费。预算80万元，支出9万元。",
            "堤防巡查经费.adjusted_budget=150万元 档案整理经费.adjusted_budget=80万元",
        ),
        (  # 40 + 5 = 45, whatever the others come to
            "1.堤防巡查经费。预算40万元，追加5万元，调整后预算45万元，支出20万元。",
            "堤防巡查经费.initial_budget=40万元 堤防巡查经费.adjusted_budget=45万元",
        ),
        (  # 40 + 6 is not 45
            "1.堤防巡查经费。预算40万元，追加6万元，调整后预算45万元，支出20万元。",
            "堤防巡查经费.adjusted_budget=45万元",
        ),
    ],
)
def test_sums_prove_which_budget_it_is(projects: str, expected: str) -> None:
    whole = MOVED.replace("年中追加项目支出30万元。", "年中追加项目支出30万元，调整后项目支出预算230万元。")
    assert budgets(read(projects, whole)) == set(expected.split())


def test_a_sum_after_adjustment_counts_the_changes_told_beside() -> None:
    """110 + 30 + 90 = 230: the first is the budget before the 30, of the second both are one."""
    listed = "1.堤防巡查经费。预算110万元，追加30万元，支出20万元。|2.档案整理经费。预算90万元，支出9万元。"
    assert budgets(read(listed, "调整后项目支出预算230万元。")) == {
        "堤防巡查经费.initial_budget=110万元",
        "档案整理经费.adjusted_budget=90万元",
    }


def test_budgets_of_all_projects_that_miss_the_sum_are_left() -> None:
    """Two projects are all there are; 110 + 80 is neither 200 nor 230."""
    listed = "本次监控项目共2个，预算190万元。|1.堤防巡查经费。预算110万元，支出20万元。|2.档案整理经费。预算80万元，支出9万元。"
    assert budgets(read(listed)) == set()
