"""What single sentences give: which amounts become facts and claims, and which are left, with the reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perfrules.model.fact import State
from perfrules.model.quantity import Qualifier, Quantity
from perfrules.model.submission import Submission

Read = Callable[[str], Submission]


def facts(submission: Submission) -> set[str]:
    department = submission.department
    subjects = [*department.members.values(), *department.table("projects").rows]
    return {
        f"{subject.id.rpartition('/')[2]}.{field}={print_.value.digits}{print_.value.unit.name}"
        for subject in subjects
        for field, fact in subject.facts.items()
        for print_ in (fact, *fact.witnesses)
        if isinstance(print_.value, Quantity) and print_.state in (State.PRINTED, State.CONFLICTING)
    }


def claims(submission: Submission) -> set[str]:
    return {
        f"{member.id.rpartition('/')[2]}: {claim.facts['numerator_name'].value}"
        f"/{claim.facts['base_name'].value if 'base_name' in claim.facts else '?'}={claim.name}"
        for member in submission.department.members.values()
        for claim in member.table("claims").rows
    }


def left(submission: Submission) -> set[str]:
    return {f"{each.quote} {each.why}{' open' if each.open else ''}" for each in submission.unread}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "年初预算100万元（其中基本支出60万元，项目支出40万元），实际支出50万元（基本支出30万元，项目支出20万元）。",
            "total.initial_budget=100万元 basic.initial_budget=60万元 project.initial_budget=40万元 "
            "total.spent=50万元 basic.spent=30万元 project.spent=20万元",
        ),
        ("调减预算5万元，其中基本支出2万元，项目支出3万元。", "total.adjustment=-5万元 basic.adjustment=-2万元 project.adjustment=-3万元"),
        ("核减项目支出3万元。", "project.adjustment=-3万元"),
        ("年初预算基本支出60万元、项目支出40万元。", "basic.initial_budget=60万元 project.initial_budget=40万元"),
        (
            "基本支出年初预算60万元，已支出30万元；项目支出年初预算40万元，已支出10万元。",
            "basic.initial_budget=60万元 basic.spent=30万元 project.initial_budget=40万元 project.spent=10万元",
        ),
        ("本单位拨付资金12万元，县财政拨付资金20万元。", "total.spent=12万元 total.appropriated=20万元"),
        ("区财政下达0.52亿元。", "total.appropriated=0.52亿元"),
        ("年初预算1,286.50万元。", "total.initial_budget=1286.50万元"),
        ("年初预算９０３．７０万元。", "total.initial_budget=903.70万元"),
        ("年初预算318. 40万元。", "total.initial_budget=318.40万元"),
        ("年初预算7\n4.40万元。", "total.initial_budget=74.40万元"),
        ("年初部\n门预算74.40\n万元。", "total.initial_budget=74.40万元"),
        ("实际支出85.50万，占预算的60%。", "total.spent=85.50万"),
        ("上年结转6.8万元（均为项目支出6.8万元）。", "total.carried_over=6.8万元 project.carried_over=6.8万元"),
        ("上年同期支出30.5万元，今年实际支出25万元。", "total.spent=25万元"),
        ("1-6月支出45万元，其中1-3月支出20万元。", "total.spent=45万元"),
        ("年初预算100万元，较上年减少5万元。", "total.initial_budget=100万元"),
        ("年初预算100万元，其中财政拨款80万元，自筹20万元。", "total.initial_budget=100万元"),
    ],
)  # fmt: skip
def test_sentences_give_these_facts_and_no_others(read_body: Read, sentence: str, expected: str) -> None:
    assert facts(read_body(sentence)) == set(expected.split())


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2021年实际支出30万元。", "30万元 not_budget"),
        ("罚没收入上缴财政12万元。", "12万元 not_budget"),
        ("挽回经济损失412.7万元。", "412.7万元 not_budget"),
        ("实现旅游综合收入3.97亿元。", "3.97亿元 not_budget"),
        ("补助标准为每人每年3000元。", "3000元 not_budget"),
        ("按0.35元/页测算。", "0.35元 not_budget"),
        ("一次性支付合同金额30万元。", "30万元 not_budget"),
        ("申请追加预算20万元。", "20万元 ambiguous open"),
        ("用上年结转资金支出5万元。", "5万元 ambiguous open"),
        ("未到位资金5万元。", "5万元 ambiguous open"),
        ("下达资金20万元。", "20万元 no_field open"),
        ("预算100万元。", "100万元 no_field open"),
        ("基本支出10万元。", "10万元 no_field open"),
        ("实际支出20-30万元。", "30万元 ambiguous open"),
        ("实际支出1，286.50万元。", "286.50万元 ambiguous open"),
        ("实际支出12 345.60万元。", "12 345.60万元 ambiguous open"),
        ("年中追加5万元，调减2万元。", "5万元 ambiguous open|2万元 ambiguous open"),
        ("采购合同金额30万元，已支付10万元。", "30万元 not_budget|10万元 ambiguous open"),
        ("满意度96.5%，较上年提高3.3个百分点。", "96.5% not_budget|3.3个百分点 not_budget"),
        ("比序时进度75%低1.7个百分点。", "75% not_budget|1.7个百分点 not_budget"),
    ],
)
def test_what_is_no_budget_fact_is_told_and_not_read(read_body: Read, sentence: str, expected: str) -> None:
    submission = read_body(sentence)
    assert facts(submission) == set()
    assert claims(submission) == set()
    assert left(submission) == set(expected.split("|"))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("实际支出50万元，占调整预算的40%。", "total: spent/adjusted_budget=40%"),
        ("实际支出50万元，占年初预算40%。", "total: spent/initial_budget=40%"),
        ("实际支出50万元，占已拨付资金的40%。", "total: spent/appropriated=40%"),
        ("实际支出50万元，预算执行率40%（支出数/调整后预算数）。", "total: spent/adjusted_budget=40%"),
        ("实际支出50万元，完成年初预算的45%，完成全年任务的60%。", "total: spent/initial_budget=45%"),
        ("县财政拨付50万元，资金到位率40%。", "total: appropriated/budget=40%"),
        ("实际支出50万元，资金使用率40%。", "total: spent/appropriated=40%"),
        ("基本支出执行率50%，项目支出执行率30%。", "basic: spent/budget=50%|project: spent/budget=30%"),
        ("项目支出占项目调整预算的41.89%。", "project: spent/adjusted_budget=41.89%"),
        ("项目支出占部门总预算的20%。", "project: spent/?=20%"),
        ("实际支出50万元，占总支出的20%。", ""),
        ("开展检查35家，占年度任务60家的58.3%。", ""),
    ],
)
def test_ratios_are_claims_of_the_money_they_follow(read_body: Read, sentence: str, expected: str) -> None:
    assert claims(read_body(sentence)) == set(filter(None, expected.split("|")))


def test_a_ratio_without_its_money_is_left_open(read_body: Read) -> None:
    assert "50% unpaired open" in left(read_body("财政拨款10万元，占基本支出预算的50%。"))


@pytest.mark.parametrize(
    ("sentence", "qualifier", "low", "high"),
    [
        ("实际支出约30万元。", Qualifier.ABOUT, None, None),
        ("实际支出30万元左右。", Qualifier.ABOUT, None, None),
        ("实际支出30余万元。", Qualifier.AT_LEAST, 300000, 400000),
        ("实际支出近30万元。", Qualifier.AT_MOST, None, 300000),
    ],
)
def test_qualified_money(
    read_body: Read, sentence: str, qualifier: Qualifier, low: int | None, high: int | None
) -> None:
    value = read_body(sentence).department.members["total"].facts["spent"].value
    assert isinstance(value, Quantity)
    assert value.qualifier is qualifier
    known = value.interval
    assert (known and known.low, known and known.high) == (low, high)


def test_two_prints_that_agree_are_one_fact_with_a_witness(read_body: Read) -> None:
    fact = (
        read_body("我局实际支出50.12万元。\n\n截至6月末，我局实际支出50.1万元。")
        .department.members["total"]
        .facts["spent"]
    )
    assert (fact.state, fact.quote, len(fact.witnesses)) == (State.PRINTED, "50.12万元", 1)


def test_two_prints_that_cannot_meet_conflict(read_body: Read) -> None:
    fact = (
        read_body("我局实际支出50.12万元。\n\n截至6月末，我局实际支出51万元。")
        .department.members["total"]
        .facts["spent"]
    )
    assert fact.state is State.CONFLICTING
    assert {fact.quote, *(each.quote for each in fact.witnesses)} == {"50.12万元", "51万元"}


def test_a_stated_nothing_is_a_derived_zero(read_body: Read) -> None:
    members = read_body(
        "年初预算10万元，其中基本支出6万元、项目支出4万元，无上年结转，年中未发生追加追减。"
    ).department.members
    for line, budget in (("total", 100000), ("basic", 60000), ("project", 40000)):
        carried, adjusted = members[line].facts["carried_over"], members[line].facts["adjusted_budget"]
        assert (carried.state, carried.quote) == (State.DERIVED, "无上年结转")
        assert isinstance(adjusted.value, Quantity)
        assert adjusted.value.exact == budget


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("年初预算捌佰叁拾贰万元整，实际支出￥3,270,000.50。", "total.initial_budget=832万元 total.spent=3270000.50元"),
        ("我局年初预算八百三十二点五万元，实际支出RMB 90000。", "total.initial_budget=832.5万元 total.spent=90000元"),
        ("年初预算：40万元；实际支出：39.2万元。", "total.initial_budget=40万元 total.spent=39.2万元"),
        ("年初预算100万元，比2021年的90万元增长11.11%，其中基本支出60万元，项目支出40万元。",
         "total.initial_budget=100万元 basic.initial_budget=60万元 project.initial_budget=40万元"),
        ("年初预算100万元，基本支出60万元，项目支出40万元。",
         "total.initial_budget=100万元 basic.initial_budget=60万元 project.initial_budget=40万元"),
        ("年初预算100万元。一是基本支出60万元；二是项目支出40万元。",
         "total.initial_budget=100万元 basic.initial_budget=60万元 project.initial_budget=40万元"),
        ("我局部门预算总额100万元，其中年初预算80万元、上年结转15万元、年中追加5万元。",
         "total.adjusted_budget=100万元 total.initial_budget=80万元 total.carried_over=15万元 total.adjustment=5万元"),
        ("截至6月末，基本支出和项目支出分别支出30万元和20万元。", "basic.spent=30万元 project.spent=20万元"),
        ("共计拨付我局资金20万元，我局累计拨付12万元。", "total.appropriated=20万元 total.spent=12万元"),
        ("水质采样专项：年初预算20万元，支出12.70万元。雨量监测：年初预算36.20万元，支出20万元。",
         "project:水质采样专项.initial_budget=20万元 project:水质采样专项.spent=12.70万元 "
         "project:雨量监测.initial_budget=36.20万元 project:雨量监测.spent=20万元"),
    ],
)  # fmt: skip
def test_wordings_of_other_counties(read_body: Read, sentence: str, expected: str) -> None:
    assert facts(read_body(sentence)) == set(expected.split())


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("本站2020—2022年累计支出980万元。", "980万元 not_budget"),
        ("近三年来，我站累计支出980万元。", "980万元 not_budget"),
        ("项目支出已达预算的三分之二。", "三分之二 no_field open"),
        ("已完成预算的九成以上。", "九成 no_field open"),
        ("预算数35.00，支出数12.60。", "35.00 no_field open|12.60 no_field open"),
        ("实际支出7 3 5.20万元。", "7 3 5.20万元 ambiguous open"),
        ("上半年资金执行率为20.34%，支出100万元。", "100万元 no_field open"),
        ("下半年拟支出100万元，可支付20万元。", "100万元 not_budget|20万元 not_budget"),
        ("（一）办公用房。年初预算30万元。", ""),
        ("说明：预算56.20万元。", "56.20万元 no_field open"),
    ],
)
def test_what_is_told_of_other_counties(read_body: Read, sentence: str, told: str) -> None:
    assert set(told.split("|")) - {""} <= left(read_body(sentence))
