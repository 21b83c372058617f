"""Amounts among other words of their clause: split by a blank, behind causes and purposes, within the clause of a ratio."""

from __future__ import annotations

import pytest
from tests.readers.test_left_open import read
from tests.readers.test_money_sentences import claims, facts, left

from perfrules.model.submission import Submission


def told(body: str) -> Submission:
    return read(f"二、预算执行情况\n{body}")


@pytest.mark.parametrize(
    "parts",
    [
        "其中基本支出1 85.20万元，项目支出114.80万元",
        "其中：基本支出185.20万元、项目支出11 4.80万元",
        "一是基本支出1 85.20万元，二是项目支出1 14.80万元",
    ],
)
def test_a_number_that_a_blank_parts_is_one_where_the_parts_make_the_sum(parts: str) -> None:
    found = facts(told(f"年初预算300万元，{parts}。"))
    assert found == {
        "total.initial_budget=300万元",
        "basic.initial_budget=185.20万元",
        "project.initial_budget=114.80万元",
    }


def test_so_it_is_in_the_sum_of_the_parts() -> None:
    found = facts(told("年初预算3 00.50万元，其中：基本支出1 85.20万元，项目支出115.30万元。"))
    assert found == {
        "total.initial_budget=300.50万元",
        "basic.initial_budget=185.20万元",
        "project.initial_budget=115.30万元",
    }
    assert facts(told("年初预算3 00.50万元，其中基本支出185.20万元，项目支出115.40万元。")) == set()
    assert facts(told("年初预算3 00.50万元。")) == set()


@pytest.mark.parametrize(
    "parts",
    ["其中基本支出1 85.20万元，项目支出114.70万元", "其中人员支出1 85.20万元，设备支出114.80万元"],
)
def test_a_number_that_a_blank_parts_is_left_where_nothing_proves_it(parts: str) -> None:
    report = told(f"年初预算300万元，{parts}。")
    assert not any("185.2" in each or "=85.2" in each for each in facts(report))
    assert any(each.startswith("1 85.20万元 ambiguous") for each in left(report))


def test_a_share_behind_an_amount_that_was_not_read_is_not_of_the_line_before() -> None:
    body = "年初预算300万元。支出120万元，其中基本支出80万元，占基本支出预算的40%；项目支出3 9万元，占项目支出预算的40.5%。"
    assert not any(each.startswith("basic") and "40.5%" in each for each in claims(told(body)))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "年初预算300万元。追加50万元（省级服务资金），调整后预算350万元。",
            "total.initial_budget=300万元 total.adjustment=50万元 total.adjusted_budget=350万元",
        ),
        (  # of the line, or of the whole: nobody says
            "年初预算300万元。执行中，项目支出追加50万元，调整后全年预算为350万元。",
            "total.initial_budget=300万元 project.adjustment=50万元",
        ),
        (
            "年初预算300万元。项目支出年初预算120万元，追加50万元，调整后预算170万元。",
            "total.initial_budget=300万元 project.initial_budget=120万元 project.adjustment=50万元 project.adjusted_budget=170万元",
        ),
    ],
)
def test_a_budget_after_adjustment_is_of_whom_the_sentence_speaks(body: str, expected: str) -> None:
    assert facts(told(body)) == set(expected.split())


LISTED = "三、重点项目执行情况\n1.堤防巡查经费。{}"


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (
            "县级财力紧张情况下仍安排年初预算60万元，但截至6月底仅支出20万元。",
            "initial_budget=60万元 spent=20万元",
        ),
        (
            "列入年初预算60万元，分两批到位40万元，截止监控期末支出20万元。",
            "initial_budget=60万元 appropriated=40万元 spent=20万元",
        ),
        ("年初预算60万元，3月全额调减60万元。", "initial_budget=60万元 adjustment=-60万元"),
        ("年初预算60万元，目前形成支出20万元。", "initial_budget=60万元 spent=20万元"),
        ("年初预算60万元，尚未形成支出。", "initial_budget=60万元"),
        ("县级配套60万元，支出20万元。", "spent=20万元"),
    ],
)
def test_circumstances_beside_an_amount_name_nothing(clause: str, expected: str) -> None:
    found = facts(read(LISTED.format(clause)))
    assert found <= {f"project:堤防巡查经费.{each}" for each in expected.split()}
    assert {f"project:堤防巡查经费.{each}" for each in expected.split() if "spent=20" not in each} <= found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "年初预算300万元，年中调增调减相抵后净增加43.3万元。",
            "total.initial_budget=300万元 total.adjustment=43.3万元",
        ),
        (
            "年初预算300万元，追加与压减相抵后净减少43.3万元。",
            "total.initial_budget=300万元 total.adjustment=-43.3万元",
        ),
        ("年初预算300万元，年中净减20万元。", "total.initial_budget=300万元 total.adjustment=-20万元"),
        ("年初预算300万元，年中净增20万元。", "total.initial_budget=300万元 total.adjustment=20万元"),
        (
            "年初预算300万元（其中人员和公用等基本支出180万元，项目支出120万元）。",
            "total.initial_budget=300万元 basic.initial_budget=180万元 project.initial_budget=120万元",
        ),
        ("年初预算300万元（其中人员补助等支出180万元）。", "total.initial_budget=300万元"),
    ],
)
def test_words_of_how_and_of_what_are_no_field_of_their_own(body: str, expected: str) -> None:
    assert facts(told(body)) == set(expected.split())


def project_claims(submission: Submission) -> set[str]:
    return {
        f"{claim.facts['numerator_name'].value}/{claim.facts['base_name'].value}={claim.name}"
        for project in submission.department.table("projects").rows
        for claim in project.table("claims").rows
    }


@pytest.mark.parametrize(
    ("clause", "expected", "claim"),
    [
        (
            "支出20万元，占年初预算50万元的40%。",
            "spent=20万元 initial_budget=50万元",
            "spent/initial_budget=40%",
        ),
        (
            "支出20万元，完成全年预算60万元的33.33%。",
            "spent=20万元 adjusted_budget=60万元",
            "spent/budget=33.33%",
        ),
        (
            "20万元已支出，占全年预算60万元的33.3%。",
            "spent=20万元 adjusted_budget=60万元",
            "spent/budget=33.3%",
        ),
        ("支出20万元，占预算50万元的40%。", "spent=20万元 initial_budget=50万元", "spent/budget=40%"),
        # the ratio is not that of the two: which of the three is wrong nobody says
        ("支出20万元，占年初预算50万元的45%。", "spent=20万元", "spent/initial_budget=45%"),
        # of another's budget
        ("支出20万元，占项目支出年初预算200万元的10%。", "spent=20万元", ""),
        # a change of it is told: before it or after it
        (
            "支出20万元，占预算50万元的40%。年中追加经费8万元。",
            "spent=20万元 adjustment=8万元",
            "spent/budget=40%",
        ),
    ],
)
def test_the_base_of_a_ratio_is_read_where_the_ratio_is_that_of_the_two(
    clause: str, expected: str, claim: str
) -> None:
    whole = "二、预算执行情况\n年初预算300万元，其中项目支出200万元，年中追加项目支出8万元。\n"
    report = read(whole + LISTED.format(clause))
    found = {each for each in facts(report) if each.startswith("project:")}
    assert found == {f"project:堤防巡查经费.{each}" for each in expected.split()}
    assert project_claims(report) == ({claim} if claim else set())


@pytest.mark.parametrize(
    ("clause", "claim"),
    [
        ("年初预算50万元，支出20万元，完成40%。", "spent/initial_budget=40%"),
        ("支出20万元（全年预算60万元），完成33.33%。", "spent/budget=33.33%"),
        ("支出20万元（全年预算60万元），完成巡查33.33%。", ""),
        ("年初预算50万元，全年预算60万元，支出20万元，完成40%。", ""),
        ("年初预算50万元，巡查点位20个，完成40%。", ""),
    ],
)
def test_done_by_a_ratio_is_of_the_one_budget_told(clause: str, claim: str) -> None:
    assert project_claims(read(LISTED.format(clause))) == ({claim} if claim else set())
