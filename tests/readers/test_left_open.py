"""Figures that are printed and were not read: no rule takes them for missing, and each asks for a look."""

from __future__ import annotations

import pytest

from perfrules import pipeline
from perfrules.documents import text_document
from perfrules.model.fact import State
from perfrules.model.finding import Outcome
from perfrules.model.quantity import Quantity
from perfrules.model.submission import Submission
from perfrules.plugins import catalog
from perfrules.readers import read_text

CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG)
TITLE = "石桥县水利局2024年1-6月部门整体绩效监控报告"


def read(body: str, title: str = TITLE) -> Submission:
    """A report of a half year, as it is read."""
    return read_text(text_document("report.txt", f"{title}\n{body}\n".encode()))


def outcomes(body: str, rule: str) -> set[Outcome]:
    """What a rule comes to on a report, without the subjects it does not apply to."""
    report = pipeline.check(read(body), CORE, CATALOG)
    found = {each.outcome for each in report.ledger.verdicts if each.rule == rule}
    return found - {Outcome.NOT_APPLICABLE}


@pytest.mark.parametrize(
    "body",
    [
        "年初预算2000万元。6月末支出进度为45%，较好地使用了预算资金900万元。",
        "年初预算2000万元，预算执行率45%。\n支出数见下：\n支出|1300|900",
    ],
)
def test_a_ratio_without_its_amount_is_undetermined_where_an_amount_was_left_unread(body: str) -> None:
    assert outcomes(body, "CMP101") == {Outcome.UNDETERMINED}


@pytest.mark.parametrize(
    "body",
    [
        "年初预算2000万元。6月末支出进度为45%。",
        "年初预算2000万元。6月末支出进度为45%，群众满意度为95%，党员参与率为88%。",
        "年初预算2000万元。6月末支出进度为45%。罚没收入上缴12万元。",  # decided to be none of the budget
    ],
)
def test_a_ratio_without_its_amount_is_asked_for_it_where_every_amount_was_read(body: str) -> None:
    assert outcomes(body, "CMP101") == {Outcome.VIOLATION}


def open_amounts(body: str) -> set[str]:
    """The amounts that were left and ask for a look, as printed, without blanks and line ends."""
    return {"".join(each.quote.split()) for each in read(body).unread if each.open}


@pytest.mark.parametrize(
    ("body", "amounts"),
    [
        ("年初预算2000万元，6月末支出进度为45%（即900万元），其中基本支出进度50%（100万元）。", "900万元 100万元"),
        ("一、年初预算\n（一）基本支出\n85.5万元。", "85.5万元"),
        ("我局2024年部门预算包括基本支出和项目支出，分别为85万元和215万元，合计300万元。", "85万元 215万元 300万元"),
        ("年初预算项目经费280万元：大气监测80万元，水质监测100万元，土壤详查110万元。", "80万元 100万元 110万元"),
        ("财政部门实拨92万元（基本60万元、项目32万元），尚有12.3万元未使用。", "92万元 60万元 32万元 12.3万元"),
        ("购书经费项目：批复50万元。", "50万元"),
        ("馆舍维修项目20万元。", "20万元"),
        ("2023年我局财政拨款收入预算为1020.36万元。", "1020.36万元"),
        ("年初预算100万元，财政下达指标112万元，用款计划下达70万元。", "70万元"),
    ],
)  # fmt: skip
def test_what_nobody_has_decided_asks_for_a_look(body: str, amounts: str) -> None:
    assert set(amounts.split()) <= open_amounts(body)


@pytest.mark.parametrize(
    "body",
    [
        "新建学校2所，投资1.3亿元；发放助学金326.7万元，惠及学生4316人次。",
        "审计查出问题资金3.2万元；罚没收入上缴12万元。",
        "年初预算100万元，其中财政拨款80万元，自筹20万元。",
        "单户最高补助50万元，带动企业研发投入1.86亿元。",
        "下半年计划支付合同尾款38万元。",
        "年初预算收入100万元，年初预算支出100万元。",
        "年初预算基本支出90万元，其中办公费3万元。",
    ],
)
def test_what_is_decided_asks_for_none(body: str) -> None:
    assert open_amounts(body) == set()


@pytest.mark.parametrize("unit", ["（金额单位：万元）", "单位：万元", "（单位：人民币万元）"])
@pytest.mark.parametrize(
    "body",
    [
        "年初预算1200，其中基本支出800，项目支出400；1-6月支出600，预算执行率50%。",
        "年初预算：1,200；基本支出：800；项目支出：400\n1-6月支出：600",
        "年初预算为1200.00，其中：基本支出800.00，项目支出400.00。\n截至6月底，累计支出600.00。",
    ],
)
def test_a_unit_stated_above_is_that_of_the_numbers_below(unit: str, body: str) -> None:
    lines = read(f"{unit}\n{body}").department.members
    printed = {
        (line, name): fact.value.exact
        for line, member in lines.items()
        for name, fact in member.facts.items()
        if isinstance(fact.value, Quantity) and fact.state is State.PRINTED
    }
    assert printed == {
        ("total", "initial_budget"): 12_000_000,
        ("basic", "initial_budget"): 8_000_000,
        ("project", "initial_budget"): 4_000_000,
        ("total", "spent"): 6_000_000,
    }


@pytest.mark.parametrize(
    "body",
    [
        "年初预算1200，其中基本支出800。",  # no unit is stated
        "（金额单位：万元）\n年初预算1200，其中基本支出800万元。",  # the paragraph has units of its own
        "（金额单位：万元）\n科目|年初预算|支出\n其他|3|2\n年初预算1200，其中基本支出800。",  # it was the table's
        "（金额单位：万元）\n2024年年初预算项目12个，预算科目301，依据预算法第12条，培训支出人员40人。",
    ],
)
def test_a_number_without_a_stated_unit_is_no_money(body: str) -> None:
    assert not any(
        "initial_budget" in each.facts or "spent" in each.facts
        for each in read(body).department.members.values()
    )


def test_a_label_before_a_colon_is_printed_whole() -> None:
    total = read("年初预算：100万元；上年结转：8万元。").department.members["total"]
    assert [total.facts[name].label for name in ("initial_budget", "carried_over")] == [
        "年初预算：",
        "上年结转：",
    ]
