"""Titles: whose report it is, on which project, and whether a fund in the title is one project or several."""

from __future__ import annotations

import pytest
from tests.readers.test_money_sentences import facts

from perfrules.documents import text_document
from perfrules.readers import read_text

BODY = "一、项目概况\n项目由住房建设局实施。\n\n二、资金情况\n2024年度项目预算520万元。截至2024年6月30日，累计支出327.6万元。\n"
SHARED = (
    "一、资金总体情况\n{counted}，全年预算100万元，全年支出80万元。\n\n二、分项目自评情况\n"
    "（一）校舍安全保障长效机制\n1.资金情况：全年预算60万元，全年支出50万元。\n"
    "（二）家庭经济困难学生资助\n1.资金情况：全年预算40万元，全年支出30万元。\n"
)


@pytest.mark.parametrize(
    ("title", "department", "project"),
    [
        ("栖凤市城镇老旧小区改造项目2024年绩效运行监控报告", "", "栖凤市城镇老旧小区改造"),
        ("云岭县城乡居民基本医疗保险补助资金2024年绩效监控报告", "", "云岭县城乡居民基本医疗保险补助资金"),
        ("云岭县乡村振兴衔接资金2024年绩效监控报告", "", "云岭县乡村振兴衔接资金"),
        ("云岭县治超站点运行项目2024年绩效监控报告", "", "云岭县治超站点运行"),
        ("云岭县社区矫正项目2024年绩效监控报告", "", "云岭县社区矫正"),
        ("云岭县街道路灯维护项目2024年绩效监控报告", "", "云岭县街道路灯维护"),
        ("云岭县办公用房维修项目2024年绩效监控报告", "", "云岭县办公用房维修"),
        ("云岭县医院设备购置项目2024年绩效监控报告", "云岭县医院", "设备购置项目"),
        ("云岭县水利局山洪灾害防治项目2024年绩效监控报告", "云岭县水利局", "山洪灾害防治项目"),
        ("桃溪镇人居环境整治项目2024年绩效监控报告", "桃溪镇", "人居环境整治项目"),
    ],
)
def test_a_unit_ends_where_the_projects_name_begins(title: str, department: str, project: str) -> None:
    submission = read_text(text_document("report.txt", f"{title}\n\n{BODY}".encode()))
    assert submission.department.name == department
    assert [each.name for each in submission.department.table("projects").rows] == [project]
    assert facts(submission) == {
        f"project:{project}.initial_budget=520万元",
        f"project:{project}.spent=327.6万元",
    }


def test_a_fund_of_several_projects_is_none_of_them() -> None:
    read = read_text(
        text_document(
            "report.txt",
            f"云麓县教育体育局2022年度教育专项资金绩效自评报告\n\n{SHARED.format(counted='纳入自评的教育专项共2项')}".encode(),
        )
    )
    told = facts(read)
    assert {each.partition(".")[0] for each in told} <= {
        "project",
        "project:校舍安全保障长效机制",
        "project:家庭经济困难学生资助",
    }
    assert {"project:校舍安全保障长效机制.spent=50万元", "project:家庭经济困难学生资助.spent=30万元"} <= told


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("年初预算100万元，压减后为82万元，支出50万元。", {"initial_budget=100万元", "adjusted_budget=82万元", "spent=50万元"}),
        ("年初预算60万元，调增后预算为75万元，支出20万元。", {"initial_budget=60万元", "adjusted_budget=75万元", "spent=20万元"}),
        ("年初预算40万元，核减10万元后为30万元，支出20万元。", {"initial_budget=40万元", "adjustment=-10万元", "adjusted_budget=30万元", "spent=20万元"}),
        ("年初预算40万元，支出20万元。上年结余8.6万元已由县财政收回。", {"initial_budget=40万元", "spent=20万元"}),
        ("年初预算40万元，支出20万元，结余2万元已上缴国库。", {"initial_budget=40万元", "spent=20万元"}),
        ("年初预算40万元，支出20万元，结余20万元。", {"initial_budget=40万元", "spent=20万元", "unspent=20万元"}),
    ],
)  # fmt: skip
def test_what_became_of_a_budget(sentence: str, expected: set[str]) -> None:
    text = f"云岭县文化馆2024年上半年部门预算绩效监控报告\n\n二、项目情况\n1.馆藏修缮经费：{sentence}\n"
    read = read_text(text_document("report.txt", text.encode()))
    assert facts(read) == {f"project:馆藏修缮经费.{each}" for each in expected}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("概算总投资3860万元，2024年安排1520万元，支付684.35万元。", {"initial_budget=1520万元", "spent=684.35万元"}),
        ("总投资3860万元，今年安排1520万元，支付684.35万元。", {"initial_budget=1520万元", "spent=684.35万元"}),
        ("总投资3860万元，2023年安排1520万元，支付684.35万元。", set()),
        ("总投资3860万元，2023至2025年安排1520万元，支付684.35万元。", set()),
        ("总投资3860万元，支付684.35万元。", set()),  # since it was begun, or this year?
    ],
)  # fmt: skip
def test_this_years_share_of_an_investment(sentence: str, expected: set[str]) -> None:
    text = f"云岭县水利局2024年上半年部门预算绩效监控报告\n\n二、项目情况\n（一）水库除险加固。{sentence}\n"
    read = read_text(text_document("report.txt", text.encode()))
    assert facts(read) == {f"project:水库除险加固.{each}" for each in expected}


def test_lines_in_a_bracket_behind_what_all_levels_released() -> None:
    text = "云岭县水利局2024年上半年部门预算绩效监控报告\n\n二、资金情况\n1—6月各级财政资金到位631.75万元（基本支出77.35万元，项目支出554.4万元）。\n"
    read = read_text(text_document("report.txt", text.encode()))
    assert facts(read) == {"total.appropriated=631.75万元", "basic.appropriated=77.35万元", "project.appropriated=554.4万元"}  # fmt: skip


def test_who_approved_a_change_names_nothing() -> None:
    text = "云岭县水利局2024年上半年部门预算绩效监控报告\n\n二、资金情况\n上半年经县政府批准追加预算333.4万元，其中：基本支出18.4万元，项目支出315万元。\n"
    read = read_text(text_document("report.txt", text.encode()))
    assert facts(read) == {"total.adjustment=333.4万元", "basic.adjustment=18.4万元", "project.adjustment=315万元"}  # fmt: skip


def test_the_same_time_is_last_years_only_where_that_is_said() -> None:
    text = (
        "云岭县残联2024年1-7月部门预算绩效监控报告\n\n二、资金情况\n1-7月，县财政已下达用款额度552.18万元。"
        "同期我会支出486.92万元，其中基本支出125.6万元，项目支出361.32万元。去年同期我会支出401.5万元。\n"
    )
    read = read_text(text_document("report.txt", text.encode()))
    assert facts(read) == {"total.appropriated=552.18万元", "total.spent=486.92万元", "basic.spent=125.6万元", "project.spent=361.32万元"}  # fmt: skip
