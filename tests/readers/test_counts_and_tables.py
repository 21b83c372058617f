"""Numbers of things, projects in lists and pasted tables, periods: the parts of a report beside its main sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from perfrules.documents import text_document
from perfrules.model.fact import State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Completeness
from perfrules.model.submission import Submission
from perfrules.readers import read_text

Read = Callable[[str], Submission]


def read(text: str) -> Submission:
    return read_text(text_document("report.txt", text.encode()))


def goals(sentence: str) -> Submission:
    return read(f"青禾县档案局2022年1-6月部门整体绩效监控报告\n\n一、绩效目标完成情况\n\n{sentence}\n")


def counts(submission: Submission) -> list[str]:
    rows = []
    for row in submission.department.table("counts").rows:
        value, change = row.facts["value"].value, row.facts.get("change")
        assert isinstance(value, Quantity)
        told = f" {change.value.digits}%" if change and isinstance(change.value, Quantity) else ""
        rows.append(f"{row.name}={value.words}{told}")
    return rows


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("推出网信课堂视频 10 期、相关报道 20 余期。", ["网信课堂视频=10期", "相关报道=20余期"]),
        ("已完成 6 个信息系统审核工作。", ["信息系统审核工作=6个"]),
        ("发放各类材料1万余份，覆盖人群9余万人次。", ["材料=1万余份", "覆盖人群=9余万人次"]),
        ("接待查档1,275人次，修复图纸约410张。", ["查档=1,275人次", "修复图纸=约410张"]),
        ("收到申请7件，与2021年同期相比下降30%。", ["申请=7件 -30%"]),
        ("办结案件27件，同比增长50%，群众满意度98%。", ["案件=27件 50%"]),
        ("依据《条例》第3条和GB/T 3976—2014，2022年6月15日前完成。", []),
        ("检查35家，占年度任务60家的58.3%。", ["检查=35家"]),
        ("发生事故4起，死亡2人，同比分别下降20%、33.3%。", ["发生事故=4起", "死亡=2人"]),
        ("内设办公室、资料科、利用科3个科室。", ["科室=3个"]),
        ("完成抽检2,116批次（全年目标4,200批次）。", ["抽检=2,116批次"]),
        ("办结来信13件，上年同期为21件。", ["来信=13件"]),
        ("对6个重点项目和2个项目进行调度。", []),
        ("检测货车18.3万辆次。", ["检测货车=18.3万辆次"]),
    ],
)
def test_counts_name_what_they_count(sentence: str, expected: list[str]) -> None:
    assert counts(goals(sentence)) == expected


def test_a_change_in_points_is_no_change_of_a_count() -> None:
    assert counts(goals("受理案件27件，同比提高3个百分点。")) == ["案件=27件"]


def test_duties_give_no_counts() -> None:
    submission = read(
        "青禾县档案局2022年1-6月部门整体绩效监控报告\n\n一、工作职能\n\n1.指导12个乡镇、3家网站开展工作。\n"
    )
    assert counts(submission) == []


def test_projects_in_a_list_of_money() -> None:
    submission = read(
        "青禾县档案馆项目绩效运行监控报告\n\n我馆对2022年1-6月资金进行了监控。\n\n二、资金安排\n\n2022年年初专项经费指标总额为50万元，其中：\n"
        "1、档案保管经费指标为38万元，用于消毒。1-6月实际支出17.86万元，完成项目绩效支出47%；\n"
        "2、库房电费指标为12万元，实际支出6万元，完成项目绩效支出50%。\n"
    )
    rows = submission.department.table("projects").rows
    assert [row.name for row in rows] == ["档案保管经费", "库房电费"]
    assert [row.facts["spent"].quote for row in rows] == ["17.86万元", "6万元"]
    assert [row.table("claims").rows[0].name for row in rows] == ["47%", "50%"]
    assert submission.department.members["project"].facts["initial_budget"].quote == "50万元"


TABLE = """青禾县农业局部门项目绩效运行监控报告

现将2023年1-8月情况报告如下：

一、分项目情况

项目名称|年初预算（万元）|到位资金（万元）|1-8月执行数（万元）|执行率
动物防疫经费|186.6|186.6|141.2|75.67%
质量监测经费|300|-|106.8|35.60%
合计|486.6|186.6|248|50.97%
"""


def test_a_pasted_table_with_a_total_row_is_complete() -> None:
    submission = read(TABLE)
    department = submission.department
    table = department.table("projects")
    assert table.completeness is Completeness.COMPLETE
    first, second = table.rows
    assert (first.name, first.facts["initial_budget"].quote, first.facts["spent"].quote) == (
        "动物防疫经费",
        "186.6",
        "141.2",
    )
    assert "appropriated" not in second.facts
    value = department.members["project"].facts["spent"].value
    assert isinstance(value, Quantity)
    assert value.exact == 2480000
    assert submission.unread == ()


def test_a_pasted_table_of_lines_takes_its_unit_from_above() -> None:
    submission = read(
        "青禾县司法局2022年1-6月部门整体绩效监控报告\n\n二、预算收支情况（单位：万元）\n\n科目\t年初预算\t年中追加\t实际支出\n"
        "基本支出\t865.42\t0\t421.07\n项目支出\t214.5\t-36\t104.93\n合计\t1,079.92\t-36\t526.00\n"
    )
    members = submission.department.members
    assert {line: member.facts["adjustment"].quote for line, member in members.items()} == {
        "total": "-36",
        "basic": "0",
        "project": "-36",
    }
    value = members["total"].facts["initial_budget"].value
    assert isinstance(value, Quantity)
    assert value.exact == 10799200


ROWS = "序号\t项目名称\t年初预算\t实际支出\t备注\n1\t抚恤补助\t560.00\t286.40\t按月发放\n2\t优待金\t240.00\t72.00\t节前兑现\n"


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("\t小计\t800.00\t358.40", ["抚恤补助", "优待金"]),  # the empty remark at the end is lost
        ("3\t陵园维护\t50.00", []),  # which of two figures is lost?
        ("小计\t800.00\t358.40", []),  # the cell before and the one behind
    ],
)
def test_rows_between_tabs_may_lose_their_last_remark(last: str, expected: list[str]) -> None:
    submission = read(
        f"青禾县优抚局2022年1-6月部门整体绩效监控报告\n\n二、项目支出明细（单位：万元）\n\n{ROWS}{last}\n"
    )
    assert [each.name for each in submission.department.table("projects").rows] == expected


def test_a_pasted_table_without_a_unit_is_left_open() -> None:
    submission = read("青禾县司法局2022年1-6月监控报告\n\n二、收支\n\n科目|年初预算\n合计|12\n")
    assert submission.department.members == {}
    assert [(each.why, each.open) for each in submission.unread] == [("no_field", True)]


@pytest.mark.parametrize(
    ("title", "opening", "period"),
    [
        ("档案局2022年1-6月监控报告", "如下：", (date(2022, 1, 1), date(2022, 6, 30))),
        ("档案局2023年前三季度监控报告", "如下：", (date(2023, 1, 1), date(2023, 9, 30))),
        (
            "档案局1—8月监控报告",
            "按照《关于开展2024年度监控的通知》，如下：",
            (date(2024, 1, 1), date(2024, 8, 31)),
        ),
        ("档案局上半年监控报告", "截至2022年6月末，如下：", (date(2022, 1, 1), date(2022, 6, 30))),
        ("档案局2021年度经费自评报告", "如下：", (date(2021, 1, 1), date(2021, 12, 31))),
        ("档案局2024年1-2月监控报告", "如下：", (date(2024, 1, 1), date(2024, 2, 29))),
        ("档案局上半年监控报告", "如下：", (None, None)),
    ],
)
def test_periods(title: str, opening: str, period: tuple[date | None, date | None]) -> None:
    assert read(f"{title}\n\n{opening}\n\n一、概况\n\n略。\n").period == period


def test_money_stated_for_another_cut_off_makes_the_period_conflict(read_body: Read) -> None:
    department = read_body("截止5月末，我局实际支出10万元。").department
    assert department.facts["period_to"].state is State.CONFLICTING
    assert department.facts["month"].state is State.CONFLICTING


@pytest.mark.parametrize(
    ("sentence", "named", "completeness"),
    [
        ("主要原因是档案保护经费和库房电费资金涉及外部公司。", 2, Completeness.COMPLETE),
        ("主要原因是档案保护经费、库房维修工程等未验收。", 1, Completeness.UNKNOWN),
        ("主要原因是第三方公司尚未验收。", 0, Completeness.UNKNOWN),
    ],
)
def test_projects_named_as_problems(sentence: str, named: int, completeness: Completeness) -> None:
    submission = read(f"档案局2022年1-6月监控报告\n\n一、存在问题\n\n影响目标的主要项目有三个。{sentence}\n")
    claimed = submission.department.facts["claimed_problem_count"]
    assert isinstance(claimed.value, Quantity)
    assert (claimed.quote, claimed.value.exact) == ("三个", 3)
    table = submission.department.table("problem_projects")
    assert (len(table.rows), table.completeness) == (named, completeness)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("序号  项目名称  年初预算  实际支出  备注\n1  抚恤补助  560  286.4  按月发放\n2  优待金及慰问补助  240.00  72.00  节前\n", ["抚恤补助", "优待金及慰问补助"]),
        ("序号  项目名称  年初预算  实际支出  备注\n1  抚恤补助  560  286.4  按月发放\n2  优待金  节前  240.00  72.00\n", []),  # a cell elsewhere
        ("序号  项目名称  年初预算  实际支出  备注\n1  抚恤补助  560  286.4  按月发放\n", []),  # one row: nothing to hold it against
    ],
)  # fmt: skip
def test_rows_parted_by_blanks_that_do_not_stand_in_line(rows: str, expected: list[str]) -> None:
    submission = read(
        f"青禾县优抚局2022年1-6月部门整体绩效监控报告\n\n二、项目支出明细（单位：万元）\n\n{rows}\n三、问题\n无。\n"
    )
    assert [each.name for each in submission.department.table("projects").rows] == expected
