"""Amounts whose words leave open what they are, and the printed sums and rates that prove it; without them they stay unread."""

from __future__ import annotations

import pytest
from tests.readers.test_amounts_in_clauses import LISTED, project_claims, told
from tests.readers.test_left_open import outcomes, read
from tests.readers.test_money_sentences import facts, left

from perfrules.model.fact import State
from perfrules.model.finding import Outcome
from perfrules.model.quantity import Quantity


def own(clause: str) -> set[str]:
    """What is read of the one project listed."""
    found = facts(read(LISTED.format(clause)))
    return {each.removeprefix("project:堤防巡查经费.") for each in found if each.startswith("project:")}


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        # 15 of 60 is 25 %
        ("年初预算60万元，按季支付运维服务费15万元，执行率25%。", "initial_budget=60万元 spent=15万元"),
        ("年初预算60万元，按合同支付维保费15万元，预算执行率25%。", "initial_budget=60万元 spent=15万元"),
        # 15 of 60 + 15
        ("上年结转15万元，年初预算60万元，支付预付款15万元，执行率20%。", "carried_over=15万元 initial_budget=60万元 spent=15万元"),
        # 15 of what came
        ("年初预算60万元，财政已拨付20万元，用于巡查员工资支出15万元，占已拨付资金的75%。", "initial_budget=60万元 appropriated=20万元 spent=15万元"),
        ("年初预算60万元，仅支付巡查设备租赁费15万元。", "initial_budget=60万元 spent=15万元"),
    ],
)  # fmt: skip
def test_what_was_paid_for_something_is_all_that_was_spent_where_a_rate_says_so(
    clause: str, expected: str
) -> None:
    assert own(clause) == set(expected.split())


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("年初预算60万元，支付运维服务费15万元。", "initial_budget=60万元"),  # or more was spent
        ("年初预算60万元，支付运维服务费15万元，执行率50%。", "initial_budget=60万元"),
        ("年初预算60万元，支付设计费15万元，支付监理费15万元，执行率50%。", "initial_budget=60万元"),
        ("年初预算60万元，仅支付服务费15万元，另支付监理费6万元。", "initial_budget=60万元"),
        ("年初预算60万元，应支付服务费15万元，执行率25%。", "initial_budget=60万元"),
        (
            "年初预算60万元，支出30万元，其中支付服务费15万元，执行率50%。",
            "initial_budget=60万元 spent=30万元",
        ),
        ("年初预算60万元，尚未支付服务费15万元，执行率25%。", "initial_budget=60万元"),
        ("年初预算60万元，合同价15万元，执行率25%。", "initial_budget=60万元"),
        ("年初预算60万元，支付服务费约15万元，执行率25%。", "initial_budget=60万元"),
    ],
)
def test_what_was_paid_for_something_is_left_where_nothing_proves_it(clause: str, expected: str) -> None:
    assert own(clause) == set(expected.split())


def test_a_share_stands_or_falls_with_the_amount_it_is_of() -> None:
    clause = "年初预算60万元，财政已拨付20万元，用于巡查员工资支出15万元，占已拨付资金的{}%。"
    assert project_claims(read(LISTED.format(clause.format(75)))) == {"spent/appropriated=75%"}
    wrong = read(LISTED.format(clause.format(70)))
    assert project_claims(wrong) == set()
    assert {"15万元 ambiguous open", "70% unpaired open"} <= left(wrong)


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("年初预算60万元，7月洪灾后追加40万元，支出25万元，执行率25%。", "initial_budget=60万元 adjustment=40万元 spent=25万元"),
        ("年初预算60万元，追加防汛抢险资金40万元，调整后预算100万元。", "initial_budget=60万元 adjustment=40万元 adjusted_budget=100万元"),
        # 60 + 40 is not 110
        ("年初预算60万元，追加防汛抢险资金40万元，调整后预算110万元。", "initial_budget=60万元 adjusted_budget=110万元"),
        # 15 of 60: the rate leaves the addition out, and proves nothing of it
        ("年初预算60万元，追加防汛抢险资金40万元，支出15万元，执行率25%。", "initial_budget=60万元 spent=15万元"),
        ("年初预算60万元，7月洪灾后追加30万元，8月汛后追加10万元，支出25万元，执行率25%。", "initial_budget=60万元 spent=25万元"),
    ],
)  # fmt: skip
def test_what_a_project_was_given_for_something_is_its_adjustment_where_its_figures_say_so(
    clause: str, expected: str
) -> None:
    assert own(clause) == set(expected.split())


BUDGET = "年初预算300万元，其中基本支出180万元，项目支出120万元。"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # 300 + 20 - 3 = 317
        ("执行中，项目支出追加20万元，基本支出中的公用经费压减3万元，调整后全年预算为317万元。", "project.adjustment=20万元 basic.adjustment=-3万元 total.adjusted_budget=317万元"),
        ("执行中，公用经费压减3万元，调整后全年预算为297万元。", "basic.adjustment=-3万元 total.adjusted_budget=297万元"),
        # 320 - 3 is not 316: a part, or a wrong sum
        ("执行中，项目支出追加20万元，基本支出中的公用经费压减3万元，调整后全年预算为316万元。", "project.adjustment=20万元 total.adjusted_budget=316万元"),
        ("执行中，公用经费压减3万元。", ""),
    ],
)  # fmt: skip
def test_a_cut_of_a_kind_of_expense_is_that_of_its_line_where_the_budgets_prove_it(
    body: str, expected: str
) -> None:
    start = facts(told(BUDGET))
    assert facts(told(BUDGET + body)) - start == set(expected.split())


def test_an_addition_to_the_one_project_that_had_one_is_that_of_the_whole() -> None:
    body = "执行中追加堤防巡查经费20万元。调整后预算{}万元。\n三、重点项目\n1.堤防巡查经费。年初预算60万元，年中追加20万元，支出40万元。"
    assert "total.adjustment=20万元" in facts(told(BUDGET + body.format(320)))
    assert "total.adjustment=20万元" not in facts(told(BUDGET + body.format(330)))


def test_an_addition_and_a_cut_are_one_adjustment_where_the_budgets_prove_it() -> None:
    body = "年初预算300万元。年中追加50万元，调减20万元，全年预算数{}万元，支出200万元。"
    proved = told(body.format(330)).department.members["total"].facts["adjustment"]
    assert proved.state is State.DERIVED
    assert isinstance(proved.value, Quantity)
    assert (proved.value.exact, proved.formula, proved.quote) == (300_000, "50万元 - 20万元", "50万元")
    assert {"20万元 netted"} <= left(told(body.format(330)))
    mixed = (
        told(body.format(330).replace("20万元", "200,000元")).department.members["total"].facts["adjustment"]
    )
    assert isinstance(mixed.value, Quantity)
    assert (mixed.value.exact, mixed.value.digits) == (300_000, "30")
    for other in (335, 320):
        report = told(body.format(other))
        assert "adjustment" not in report.department.members["total"].facts
        assert {"50万元 ambiguous open", "20万元 ambiguous open"} <= left(report)
    text = body.format(330).replace("。年中", "，其中基本支出180万元，项目支出120万元。年中")
    assert outcomes(f"二、预算执行情况\n{text}", "ARI103") == {Outcome.PASS}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # 200 - 80 = 120
        ("全年实际支出200万元。\n（一）基本支出情况\n基本支出120万元，其中工资90万元。\n（二）项目支出情况\n项目支出实际支出80万元。", "basic.spent=120万元"),
        ("全年实际支出200万元。\n（一）基本支出情况\n基本支出125万元，其中工资90万元。\n（二）项目支出情况\n项目支出实际支出80万元。", ""),
    ],
)  # fmt: skip
def test_a_line_told_without_a_field_is_what_the_sum_leaves_for_it(body: str, expected: str) -> None:
    found = {each for each in facts(told(BUDGET + body)) if each.startswith("basic.spent")}
    assert found == set(expected.split())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("截至6月末，支出120万元，占年初预算的40%。", "total.spent=120万元"),
        ("截至6月末，支出120万元，完成年初预算的40%。", "total.spent=120万元"),
        ("截至6月末，支出120万元。", ""),  # whose, and all of it?
        ("堤防巡查进展顺利，支出120万元，占年初预算的40%。", ""),
        ("三、重点工作\n1.堤防巡查进展顺利。支出120万元，占年初预算的40%。", ""),
    ],
)
def test_spending_alone_is_of_the_whole_where_it_is_a_share_of_the_budget(body: str, expected: str) -> None:
    assert facts(told(f"年初预算300万元。{body}")) - {"total.initial_budget=300万元"} == set(expected.split())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("加强与施工单位对接，按月结算。预计全年支出290万元，可以完成目标。", "total.forecast=290万元"),
        ("10月底前完成验收，不再拖延。预计全年支出290万元。", "total.forecast=290万元"),
        ("加快工程验收，不再拖延。预计全年支出140万元。", ""),  # less than was spent: another's
        ("加快工程验收，不再拖延。预计全年支出310万元。", ""),
        ("堤防巡查项目进展较快，预计全年支出290万元。", ""),
        ("力争全年支出290万元。", ""),
    ],
)
def test_what_is_expected_to_be_spent_stands_among_the_measures(body: str, expected: str) -> None:
    report = read(f"二、预算执行情况\n年初预算300万元，实际支出150万元。\n五、下一步措施\n{body}")
    assert {each for each in facts(report) if "forecast" in each} == set(expected.split())


def test_a_cut_of_one_line_is_one_of_the_moves_of_the_whole() -> None:
    """300 + 50 - 10 = 340: the 50 alone are not the adjustment, and told as it they would make the sum wrong."""
    body = BUDGET + "年中追加50万元，基本支出中的公用经费压减10万元，调整后全年预算为{}万元。"
    proved = told(body.format(340))
    total = proved.department.members["total"].facts["adjustment"]
    assert (total.state, total.formula) == (State.DERIVED, "50万元 - 10万元")
    assert "basic.adjustment=-10万元" in facts(proved)
    other = told(body.format(345))
    assert not any("adjustment" in each for each in facts(other))
    assert "adjustment" not in other.department.members["total"].facts
    assert outcomes(f"二、预算执行情况\n{body.format(340)}", "ARI103") <= {Outcome.PASS, Outcome.UNDETERMINED}
    assert Outcome.VIOLATION not in outcomes(f"二、预算执行情况\n{body.format(345)}", "ARI103")


def test_what_is_expected_is_not_the_last_project_of_the_list_above() -> None:
    listed = (
        "1.堤防巡查经费。年初预算60万元，支出20万元。\n下一步：督促施工单位加快进度，预计全年支出{}万元。"
    )
    body = "二、预算执行情况\n年初预算300万元，实际支出150万元。\n三、重点项目\n"
    assert not any(
        "project:" in each and "forecast" in each for each in facts(read(body + listed.format(290)))
    )
    named = "1.堤防巡查经费。年初预算60万元，支出20万元，预计全年支出55万元。"
    assert "project:堤防巡查经费.forecast=55万元" in facts(read(body + named))


@pytest.mark.parametrize(
    ("clause", "expected", "is_conflict"),
    [
        ("年初预算60万元。3月追加20万元。6月追加10万元。", "initial_budget=60万元", False),
        ("年初预算60万元。追加20万元。另追加10万元。", "initial_budget=60万元", False),
        ("年初预算60万元。追加20万元。年底调减10万元。", "initial_budget=60万元", False),
        ("年初预算60万元。3月追加20万元。3月追加的20万元已支付。", "initial_budget=60万元 adjustment=20万元", False),
        # one figure with two values
        ("年初预算60万元，追加20万元。因追加25万元下达较晚，进度偏慢。", "initial_budget=60万元 adjustment=20万元 adjustment=25万元", True),
    ],
)  # fmt: skip
def test_movements_of_one_budget_are_no_figure_told_with_two_values(
    clause: str, expected: str, is_conflict: bool
) -> None:
    assert own(clause) == set(expected.split())
    assert (Outcome.VIOLATION in outcomes(LISTED.format(clause), "CON101")) == is_conflict


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("资金60万元已全部下达，支出20万元。", "appropriated=60万元 spent=20万元"),
        (
            "年初预算60万元，5月份区里追加二十万元，支出20万元。",
            "initial_budget=60万元 adjustment=20万元 spent=20万元",
        ),
        (
            "年初预算60万元，上级转移支付追加20万元，支出20万元。",
            "initial_budget=60万元 adjustment=20万元 spent=20万元",
        ),
        ("年初预算60万元，支出59万元，节约1万元。", "initial_budget=60万元 spent=59万元 unspent=1万元"),
        ("年初预算60万元，支出59万元，为群众节约2万元。", "initial_budget=60万元 spent=59万元"),
        (
            "年初预算60万元，到账40万元，支出了20万元。",
            "initial_budget=60万元 appropriated=40万元 spent=20万元",
        ),
    ],
)
def test_other_words_of_a_project_and_its_money(clause: str, expected: str) -> None:
    assert own(clause) == set(expected.split())
