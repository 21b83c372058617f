"""Figures of another owner, another time or another sum than they seem to be: read as theirs, or left."""

from __future__ import annotations

import pytest
from tests.readers.test_left_open import outcomes, read
from tests.readers.test_money_sentences import facts, left

from perfrules.model.fact import State
from perfrules.model.finding import Outcome
from perfrules.model.submission import Submission


def project_facts(submission: Submission) -> set[str]:
    return {each for each in facts(submission) if each.startswith("project:")}


@pytest.mark.parametrize("mark", ["，", "；", "。"])
def test_a_figure_behind_brackets_is_of_the_name_before_them(mark: str) -> None:
    body = f"甲培训经费（预算60万元）支出30万元{mark}乙会议专项（预算80万元）支出40万元。"
    assert project_facts(read(body)) == {
        "project:甲培训经费.initial_budget=60万元",
        "project:甲培训经费.spent=30万元",
        "project:乙会议专项.initial_budget=80万元",
        "project:乙会议专项.spent=40万元",
    }


@pytest.mark.parametrize("name", ["堤防巡查", "会议费", "绿化养护外包"])
@pytest.mark.parametrize("mark", ["，", "；"])
def test_a_figure_behind_brackets_is_never_of_the_project_before(name: str, mark: str) -> None:
    """A name that nothing marks as a project's keeps its figures from the project that opens the paragraph."""
    body = f"甲培训经费（预算60万元）支出30万元{mark}{name}（预算80万元）支出40万元。"
    found = project_facts(read(body))
    assert "project:甲培训经费.spent=30万元" in found
    assert not any("=80" in each or "=40" in each for each in found if "甲培训经费" in each)
    assert outcomes(body, "CON101") <= {Outcome.PASS}


def test_parts_named_before_brackets_are_not_the_one_project_of_a_report() -> None:
    title = "石桥县水利局农村饮水安全项目2024年1-6月绩效监控报告"
    body = "项目年初预算300万元，实际支出150万元。\n场地租赁（预算20万元）支出15万元，演出服装（预算10万元）支出8万元。"
    assert facts(read(body, title)) == {
        "project:农村饮水安全项目.initial_budget=300万元",
        "project:农村饮水安全项目.spent=150万元",
    }


@pytest.mark.parametrize("whole", ["1-6月支出140万元", "实际支出140万元", "累计支出140万元"])
@pytest.mark.parametrize(
    "part",
    [
        "，其中财政拨款支出130万元",
        "，其中：财政资金支出130万元，自有资金支出10万元",
        "（其中财政拨款支出130万元）",
        "。其中财政拨款支出130万元",
        "，其中局机关支出90万元、下属单位支出50万元",
    ],
)
def test_a_part_of_a_sum_is_no_second_sum(whole: str, part: str) -> None:
    body = f"年初预算300万元，{whole}{part}。"
    assert facts(read(body)) == {"total.initial_budget=300万元", "total.spent=140万元"}
    assert outcomes(body, "CON101") == {Outcome.PASS}


def test_the_lines_of_a_sum_are_read_beside_it() -> None:
    body = "实际支出140万元，其中基本支出90万元，项目支出50万元。"
    assert facts(read(body)) == {"total.spent=140万元", "basic.spent=90万元", "project.spent=50万元"}


def test_two_different_sums_without_a_part_still_conflict() -> None:
    body = "年初预算300万元。我局实际支出140万元。\n我局实际支出130万元。"
    assert outcomes(body, "CON101") == {Outcome.VIOLATION}


@pytest.mark.parametrize(
    "cut_off", ["截至5月末，", "截至2024年5月31日，", "截止5月底，", "截至4月份，", "截至2024年5月31日止，"]
)
@pytest.mark.parametrize("words", ["我局实际支出40万元", "财政拨付40万元"])
def test_a_sum_as_of_another_month_is_relied_on_by_no_rule(cut_off: str, words: str) -> None:
    total = read(f"年初预算100万元。\n{cut_off}{words}，占年初预算的55%。").department.members["total"]
    assert {fact.state for name, fact in total.facts.items() if name in ("spent", "appropriated")} == {
        State.SUSPECT
    }
    assert Outcome.VIOLATION not in outcomes(
        f"年初预算100万元。\n{cut_off}{words}，占年初预算的55%。", "ARI106"
    )


def test_of_two_cut_offs_the_one_of_the_period_counts() -> None:
    found = read("截至5月末，我局支出80万元；截至6月末，累计支出100万元。")
    assert facts(found) == {"total.spent=100万元"}
    assert left(found) == {"80万元 ambiguous open"}


@pytest.mark.parametrize(
    "line",
    [
        "（上年同期：年初预算90万元，支出40万元，占年初预算44.4%）",
        "（去年同期年初预算90万元，支出40万元，占年初预算44.4%）",
        "上年同期：年初预算90万元，支出40万元，占年初预算44.4%。",
        "去年同期年初预算90万元，支出40万元，占年初预算44.4%。",
        "上年度同期预算90万元，实际支出40万元，执行率44.4%。",
    ],
)
@pytest.mark.parametrize("joint", ["\n", ""])
def test_what_is_told_of_last_year_is_nobodys_this_year(line: str, joint: str) -> None:
    found = read(f"年初预算100万元，实际支出50万元。{joint}{line}")
    assert facts(found) == {"total.initial_budget=100万元", "total.spent=50万元"}
    assert not found.department.table("projects").rows
    assert not found.department.members["total"].table("claims").rows


def test_this_year_told_beside_last_year_is_read() -> None:
    assert "total.spent=25万元" in facts(read("上年同期支出30.5万元，今年实际支出25万元。"))


QUOTAS = ["财政下达指标112万元，用款计划下达70万元，", "财政下达指标112万元，批复用款计划70万元，", "财政下达用款计划70万元，下达指标112万元，"]  # fmt: skip


@pytest.mark.parametrize("sums", QUOTAS)
@pytest.mark.parametrize("rest", ["已支付56万元，支付率80%。", "已支付56万元，未支付14万元，支付率80%。", "已支付56万元，支付率为80%，未支付14万元。"])  # fmt: skip
def test_a_rate_of_payment_is_of_neither_where_quota_and_plan_are_told(sums: str, rest: str) -> None:
    body = f"年初预算100万元。\n{sums}{rest}"
    assert Outcome.VIOLATION not in outcomes(body, "ARI106")
    assert Outcome.VIOLATION not in outcomes(body, "ARI110")


def test_a_rate_of_payment_is_of_what_was_released_where_only_that_is_told() -> None:
    assert outcomes("年初预算100万元。\n财政拨付70万元，已支付56万元，支付率75%。", "ARI106") == {
        Outcome.VIOLATION
    }


@pytest.mark.parametrize(
    "body",
    [
        "年初预算100万元，追加预算20万元；收回预算8万元，其中项目支出8万元。",
        "年初预算100万元，追加预算20万元，其中：项目支出追加15万元、基本支出追加5万元；收回预算8万元，其中项目支出8万元。",
        "年初预算100万元，年中追加20万元，压减8万元。",
    ],
)
def test_a_cut_beside_an_addition_leaves_the_adjustment_open(body: str) -> None:
    members = read(body).department.members
    assert not any("adjustment" in member.facts for member in members.values())
    assert "adjusted_budget" not in members["total"].facts


@pytest.mark.parametrize(
    "change",
    [
        "2024年6月末调整为115万元",
        "年中调整到115万元",
        "后调整至115万元",
        "预算净增15万元",
        "年中增加部门预算15万元",
    ],
)
def test_a_change_that_was_not_read_is_not_assumed_to_be_none(change: str) -> None:
    body = f"2024年年初预算100万元，{change}。到6月底，共计实现支出57.5万元，执行率达到50%。"
    facts_ = read(body).department.members["total"].facts
    assert "adjustment" not in facts_ or facts_["adjustment"].state is not State.ASSUMED
    assert Outcome.VIOLATION not in outcomes(body, "ARI106")


@pytest.mark.parametrize(
    "marks",
    [("一、", "二、", "三、"), ("（一）", "（二）", "（三）"), ("1、", "2、", "3、")],
)
@pytest.mark.parametrize("end", ["。", ""])
def test_a_numbered_line_that_tells_an_amount_is_no_heading(marks: tuple[str, ...], end: str) -> None:
    lines = ("年初预算100万元", "上年结转8万元", "实际支出50万元，占年初预算的50%")
    found = read("\n".join(f"{mark}{line}{end}" for mark, line in zip(marks, lines, strict=True)))
    assert facts(found) == {"total.initial_budget=100万元", "total.carried_over=8万元", "total.spent=50万元"}
    assert not found.department.table("projects").rows
