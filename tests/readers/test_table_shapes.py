"""Tables of every shape: what each row and column is of, where the period stands, what a rate divides; or it is told, not guessed."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

import pytest

from perfrules.errors import ReadError
from perfrules.model.quantity import Quantity
from perfrules.model.submission import Submission
from perfrules.plugins import catalog
from perfrules.readers.tables import read_tables

TYPES = catalog().types
TITLE = ["安泉县水利局2023年1-6月项目支出情况表", "", "", "", "", "单位：万元"]
HEADS = ["序号", "项目名称", "年初预算", "实际支出", "执行率"]
WELL = ["1", "机井维修", "100", "40", "40%"]
DYKE = ["2", "堤防加固", "60", "30", "50%"]
Table = Sequence[Sequence[str]]


def read(rows: Table) -> Submission:
    width = max(map(len, rows))
    text = StringIO()
    csv.writer(text).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return read_tables("表.csv", text.getvalue().encode(), TYPES)


def spent(submission: Submission) -> dict[str, str]:
    """Spending by owner: projects by their name, lines by theirs."""
    department = submission.department
    owners = {**department.members, **{row.name: row for row in department.table("projects").rows}}
    return {
        name: words(owner.facts["spent"].value) for name, owner in owners.items() if "spent" in owner.facts
    }


def words(value: object) -> str:
    assert isinstance(value, Quantity)
    return value.words


def left(submission: Submission) -> dict[str, tuple[str, bool]]:
    return {each.quote: (each.why, each.open) for each in submission.unread}


def bases(submission: Submission) -> set[object]:
    rows = submission.department.table("projects").rows
    return {claim.facts["base_name"].value for row in rows for claim in row.table("claims").rows}


@pytest.mark.parametrize(
    ("rows", "why", "is_open"),
    [
        ([["", "其中：省级补助", "7", "3", ""], ["", "县级配套", "8", "4", ""]], "source_row", False),
        ([["", "其中：省级补助", "7", "3", ""], ["", "  县级配套", "8", "4", ""]], "source_row", False),
        ([["", "  财政拨款", "7", "3", ""], ["", "  其他资金", "8", "4", ""]], "source_row", False),
        ([["", "其中：一号井", "7", "3", ""], ["", "二号井", "8", "4", ""]], "ambiguous", True),
        ([["", "维修小计", "7", "3", ""], ["", "—", "8", "4", ""]], "ambiguous", True),
        ([["", "日常维修", "7", "3", ""], ["", "其他", "8", "4", ""]], "ambiguous", True),
        ([["1.1", "一号井", "7", "3", ""], ["1.2", "二号井", "8", "4", ""]], "ambiguous", True),
    ],
)
def test_a_part_of_what_stands_above_is_no_project(rows: Table, why: str, is_open: bool) -> None:
    got = read([TITLE, HEADS, WELL, *rows, DYKE, ["3", "渠道清淤", "20", "9", "45%"]])
    assert {"堤防加固", "渠道清淤"} <= set(spent(got)) <= {"机井维修", "堤防加固", "渠道清淤"}
    assert {left(got)[each] for each in ("7", "8", "4")} == {(why, is_open)}


@pytest.mark.parametrize("number", ["一", "（一）"])
def test_a_class_with_the_sum_of_its_projects_is_none(number: str) -> None:
    got = read([TITLE, HEADS, [number, "经常性项目", "160", "70", ""], WELL, DYKE])
    assert spent(got) == {"机井维修": "40万元", "堤防加固": "30万元"}
    assert left(got)["160"] == ("ambiguous", True)


def test_a_row_that_is_set_in_below_another_may_be_a_part_so_neither_is_read() -> None:
    got = read(
        [TITLE, HEADS[1:], WELL[1:], ["  一号井", "40", "15", ""], ["  二号井", "60", "25", ""], DYKE[1:]]
    )
    assert spent(got) == {"堤防加固": "30万元"}
    assert left(got)["40%"] == ("ambiguous", True)


@pytest.mark.parametrize("at", [0, 2])
def test_the_sum_of_projects_is_project_spendings_wherever_it_stands(at: int) -> None:
    rows = [WELL, DYKE]
    rows.insert(at, ["合计", "", "160", "70", "43.75%"])
    assert spent(read([TITLE, HEADS, *rows]))["project"] == "70万元"


@pytest.mark.parametrize("heading", ["部门名称", "单位名称", "项目单位"])
def test_a_table_with_a_row_for_each_department_is_no_departments(heading: str) -> None:
    rows = [[heading, "年初预算", "实际支出"], ["安泉县教育局", "30", "12"], ["安泉县财政局", "20", "8"]]
    with pytest.raises(ReadError) as caught:
        read([["安泉县2023年1-6月项目支出情况表"], ["单位：万元"], *rows])
    assert [fault.code for fault in caught.value.faults] == ["read.no_form"]


@pytest.mark.parametrize(
    ("title", "heading", "period"),
    [
        ("水利局2023年度项目支出表", "实际支出", "2023-01-01 2023-12-31"),
        ("水利局2023年度项目支出监控表", "实际支出", "None None"),
        ("水利局2023年项目支出表", "实际支出", "None None"),
        ("水利局项目支出表（截至2023年9月30日）", "实际支出", "2023-01-01 2023-09-30"),
        ("水利局项目支出表（截至2023年8月底）", "实际支出", "2023-01-01 2023-08-31"),
        ("水利局2023年1月1日至6月30日项目支出表", "实际支出", "2023-01-01 2023-06-30"),
        ("水利局2023年1月1日至6月20日项目支出表", "实际支出", "None None"),
        ("水利局2023年项目支出表", "1-8月实际支出", "2023-01-01 2023-08-31"),
        ("水利局2023年1-7月项目支出表", "1-8月实际支出", "None None"),
    ],
)
def test_the_period_is_read_where_months_or_a_closed_year_are_printed(
    title: str, heading: str, period: str
) -> None:
    got = read([[title], ["单位：万元"], ["项目名称", "年初预算", heading], ["机井维修", "100", "40"]])
    assert "{} {}".format(*got.period) == period


def test_a_table_of_a_year_that_was_filled_in_before_its_end_is_of_no_known_period() -> None:
    rows = [["水利局2023年度项目支出表"], ["单位：万元"], HEADS, WELL, ["填报日期：2023年7月12日"]]
    assert read(rows).period == (None, None)


@pytest.mark.parametrize(
    ("name", "values", "last"),
    [
        ("截止日期", ("20240630", "20240630"), "2024-06-30"),
        ("截止日期", ("20240630", "20240731"), "None"),
        ("监控期间", ("2024年1-7月", "2024年1-7月"), "2024-07-31"),
    ],
)
def test_a_column_tells_the_period_where_it_says_one(name: str, values: tuple[str, str], last: str) -> None:
    rows = [[*HEADS[:4], name], [*WELL[:4], values[0]], [*DYKE[:4], values[1]]]
    got = read([["水利局项目支出表（万元）"], *rows])
    assert str(got.period[1]) == last


@pytest.mark.parametrize(
    ("headings", "base"),
    [
        (("年初预算", "调整后预算", "实际支出", "执行率"), "budget"),
        (("年初预算", "调整后预算", "实际支出", "执行率（实际支出/调整后预算）"), "adjusted_budget"),
        (
            ("年初预算", "调整后预算", "实际支出", "占年初预算的比例（执行率=实际支出/年初预算）"),
            "initial_budget",
        ),
        (("年初预算（A）", "调整后预算（B）", "实际支出（C）", "执行率（C/B）"), "adjusted_budget"),
        (("年初预算（A）", "调整后预算（B）", "实际支出（C）", "执行率（C/A）"), "initial_budget"),
        (("年初预算", "调整后预算", "实际支出", "年初预算执行率"), "initial_budget"),
        (("年初预算", "已拨付", "实际支出", "执行率（支出/拨付）"), "appropriated"),
        (("年初预算", "追加", "实际支出", "执行率（支出/（年初预算+追加））"), "adjusted_budget"),
        (("备注", "全年预算数", "实际支出", "执行率"), "adjusted_budget"),
        (("备注", "年初预算", "实际支出", "执行率"), "budget"),
    ],
)
def test_what_a_rate_divides_by(headings: Sequence[str], base: str) -> None:
    row = ["机井维修", "" if headings[0] == "备注" else "100", "100", "40", "40%"]
    assert bases(read([TITLE, ["项目名称", *headings], row])) == {base}


def test_a_note_says_what_a_rate_divides_by() -> None:
    rows = [
        TITLE,
        ["项目名称", "年初预算", "调整后预算", "实际支出", "执行率"],
        ["机井维修", "100", "80", "40", "50%"],
    ]
    assert bases(read([*rows, ["注：1.执行率=实际支出/调整后预算；2.单位为万元。"]])) == {"adjusted_budget"}
    assert bases(read([*rows, ["注：执行率低于50%的说明原因。"]])) == {"budget"}


def test_a_row_of_marks_is_no_row_of_figures() -> None:
    rows = [
        ["项目名称", "调整后预算", "实际支出", "执行率"],
        ["栏次", "1", "2", "3=2/1"],
        ["机井维修", "80", "40", "50%"],
    ]
    got = read([TITLE, *rows])
    assert (spent(got), bases(got), got.unread) == ({"机井维修": "40万元"}, {"adjusted_budget"}, ())


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("全年预算执行数", "spent"),
        ("预计支出数", None),
        ("应拨付资金", None),
        ("未拨付资金", None),
        ("待支付数", None),
        ("省级资金到位数", None),
        ("年初预算支出数", None),
        ("调整数", None),
        ("调整数（追加+）", "adjustment"),
    ],
)
def test_what_has_not_moved_or_is_of_one_source_is_no_figure_of_the_project(
    heading: str, field: str | None
) -> None:
    got = read([TITLE, ["项目名称", "年初预算", heading], ["机井维修", "100", "40"]])
    (project,) = got.department.table("projects").rows
    printed = {name for name, fact in project.facts.items() if fact.quote == "40"}
    assert printed == ({field} if field else set())
    assert bool(left(got)) == (field is None)


def test_months_side_by_side_leave_the_period_its_sum() -> None:
    heads = [["项目名称", "年初预算", "支出情况", "", ""], ["", "", "1-3月支出数", "4-6月支出数", "累计支出"]]
    got = read([TITLE, *heads, ["机井维修", "100", "15", "25", "40"]])
    assert spent(got) == {"机井维修": "40万元"}
    assert left(got) == {"15": ("not_budget", False), "25": ("not_budget", False)}
    got = read(
        [["水利局2023年项目支出表（万元）"], *heads[:1], [*heads[1][:4], ""], ["机井维修", "100", "15", "25"]]
    )
    assert (spent(got), left(got)["25"]) == ({}, ("no_field", True))


@pytest.mark.parametrize(
    ("cell", "unit", "value"),
    [
        ("40万元", "万元", "40万元"),
        ("40万元", "", "40万元"),
        ("40万元", "元", None),
        ("40.540.5", "万元", None),
    ],
)
def test_a_cell_may_print_its_unit_itself(cell: str, unit: str, value: str | None) -> None:
    above = [f"单位：{unit}"] if unit else [""]
    got = read(
        [
            ["水利局2023年1-6月项目支出表"],
            above,
            ["项目名称", "年初预算", "实际支出"],
            ["机井维修", "9", cell],
        ]
    )
    assert spent(got).get("机井维修") == value
    assert (cell in left(got)) == (value is None)


def test_two_tables_on_a_sheet_each_have_their_headings_and_units() -> None:
    lines = [
        ["支出类别", "调整后预算", "实际支出"],
        ["基本支出", "300", "150"],
        ["项目支出", "160", "70"],
        ["合计", "460", "220"],
    ]
    projects = [
        ["二、项目支出明细", "", "单位：元"],
        ["项目名称", "实际支出", "年初预算"],
        ["机井维修", "400000", "1000000"],
    ]
    got = read([["安泉县水利局2023年上半年监控表", "", "单位：万元"], *lines, [""], *projects])
    assert spent(got) == {"basic": "150万元", "project": "70万元", "total": "220万元", "机井维修": "400000元"}


def test_lines_side_by_side_are_turned() -> None:
    rows = [
        ["指标", "合计", "基本支出", "项目支出"],
        ["年初预算", "460", "300", "160"],
        ["实际支出", "220", "150", "70"],
    ]
    got = read([["安泉县水利局2023年上半年监控表（万元）"], *rows])
    assert spent(got) == {"basic": "150万元", "project": "70万元", "total": "220万元"}
    assert got.department.members["basic"].facts["spent"].location.address == "C4"  # type: ignore[union-attr]


def test_labels_with_figures_beside_them() -> None:
    rows = [
        ["项目支出监控表（2023年1-6月）"],
        ["项目名称", "机井维修"],
        ["年初预算数（万元）", "100", "执行数（万元）", "40"],
    ]
    got = read([*rows, ["一级指标", "三级指标", "指标值", "完成值"], ["产出指标", "维修机井", "≥8眼", "5眼"]])
    assert spent(got) == {"机井维修": "40万元"}


def test_an_export_with_a_row_for_each_target_prints_the_money_in_each() -> None:
    heads = [
        "年度",
        "监控期间",
        "项目名称",
        "年初预算（万元）",
        "执行数（万元）",
        "三级指标",
        "计算符号",
        "年度指标值",
        "计量单位",
        "完成值",
    ]
    one = ["2024", "1-7月", "机井维修", "100", "40"]
    got = read([heads, [*one, "维修机井", "≥", "8", "眼", "5"], [*one, "合格率", "≥", "95", "%", "98"]])
    (project,) = got.department.table("projects").rows
    fact = project.facts["spent"]
    assert [each.location.address for each in (fact, *fact.witnesses) if each.location] == ["E2", "E3"]
    assert [row.name for row in project.table("targets").rows] == ["维修机井", "合格率"]
    assert str(got.period[1]) == "2024-07-31"


def test_prints_of_an_export_that_differ_conflict() -> None:
    heads = ["项目名称", "年初预算（万元）", "执行数（万元）", "三级指标", "年度指标值"]
    got = read(
        [heads, ["机井维修", "100", "40", "维修机井", "≥8眼"], ["机井维修", "100", "41", "合格率", "≥95%"]]
    )
    (project,) = got.department.table("projects").rows
    assert project.facts["spent"].state.value == "conflicting"


def test_targets_of_the_whole_department_are_its_own() -> None:
    rows = [
        ["支出类型", "全年预算数", "全年执行数"],
        ["年度部门整体支出", "460", "440"],
        ["其中：基本支出", "300", "290"],
    ]
    goals = [
        ["一级指标", "二级指标", "三级指标", "年度指标值", "完成值"],
        ["产出", "数量", "维修机井", "≥8眼", "9眼"],
    ]
    got = read(
        [
            ["安泉县水利局部门整体支出绩效自评表（2023年度，单位：万元）"],
            *rows,
            ["项目支出", "160", "150"],
            *goals,
        ]
    )
    assert spent(got) == {"total": "440万元", "basic": "290万元", "project": "150万元"}
    (target,) = got.department.table("department_targets").rows
    assert (target.type, target.name) == ("department_target", "维修机井")


def test_two_forms_one_under_another() -> None:
    def form(name: str, sum: str) -> list[list[str]]:
        return [
            ["项目支出绩效目标执行监控表（2023年1-6月）"],
            ["项目名称：" + name],
            ["项目资金（万元）", "年初预算数", "1-6月执行数"],
            ["年度资金总额", "100", sum],
            ["一级指标", "三级指标", "年度指标值", "完成值"],
            ["产出指标", "维修机井", "≥8眼", "5眼"],
        ]

    got = read([*form("机井维修", "40"), [""], *form("堤防加固", "30.530.5")])
    assert spent(got) == {"机井维修": "40万元"}
    assert [row.name for row in got.department.table("projects").rows] == ["机井维修", "堤防加固"]
    assert left(got) == {"30.530.5": ("ambiguous", True)}


@pytest.mark.parametrize("text", ["单位：万元", "填报单位：局财务室 单位：万元", "2023年项目支出表"])
def test_a_unit_of_money_is_no_department(text: str) -> None:
    got = read([[text], ["（2023年1-6月，单位：万元）"], HEADS, WELL])
    assert got.department.name in ("", "局财务室")


@pytest.mark.parametrize(
    "heading",
    [
        "本月支出数",
        "当月执行数",
        "上月累计支出",
        "实际支出占比",
        "已支付（%）",
        "一般公共预算支出数",
        "财政拨款执行数",
        "2022年执行数",
        "资金合计（年初预算+上年结转）",
        "年初预算+追加",
        "人均支出数",
    ],
)
def test_headings_that_hold_the_word_of_a_field_and_are_none(heading: str) -> None:
    got = read([TITLE, ["项目名称", "调整后预算", heading, "备注"], ["机井维修", "100", "40", "无"]])
    (project,) = got.department.table("projects").rows
    assert {name for name, fact in project.facts.items() if fact.quote == "40"} == set()
    assert "40" in left(got)


def test_a_unit_in_the_heading_is_the_columns_own() -> None:
    got = read([TITLE, ["项目名称", "调整后预算（千元）", "实际支出（百万元）"], ["机井维修", "100", "40"]])
    assert spent(got) == {"机井维修": "40百万元"}


def test_of_two_sums_the_widest_is_the_whole() -> None:
    rows = [TITLE, HEADS, WELL, ["合计", "", "100", "40", ""], DYKE]
    assert spent(read([*rows, ["总计", "", "160", "70", ""]]))["project"] == "70万元"
    assert "project" not in spent(read([*rows, ["合计", "", "60", "30", ""]]))


def test_a_line_that_stands_twice_is_read_neither_time() -> None:
    rows = [
        ["基本支出", "9", "5"],
        ["项目支出", "60", "30"],
        ["政府性基金", "", ""],
        ["项目支出", "40", "10"],
        ["合计", "109", "45"],
    ]
    got = read([["安泉县水利局2023年上半年支出表（万元）"], ["支出类别", "年初预算", "实际支出"], *rows])
    assert spent(got) == {"basic": "5万元", "total": "45万元"}


@pytest.mark.parametrize(("first", "whole"), [("一般公共预算", None), ("小计", "30万元")])
def test_rows_without_a_name_below_a_project_make_its_row_a_part(first: str, whole: str | None) -> None:
    heads = ["项目名称", "资金来源", "年初预算", "实际支出"]
    rows = [["机井维修", first, "60", "30"], ["", "政府性基金", "40", "10"], ["堤防加固", "小计", "60", "30"]]
    got = spent(read([TITLE, heads, *rows]))
    assert (got.get("机井维修"), got["堤防加固"]) == (whole, "30万元")


def test_figures_of_sources_side_by_side_are_no_pairs() -> None:
    rows = [
        ["项目支出监控表（2023年1-6月，单位：万元）"],
        ["项目名称", "机井维修"],
        ["资金", "中央", "县级", "合计"],
    ]
    money = [["年初预算数", "60", "40", "100"], ["执行数", "30", "10", "40"]]
    got = read(
        [
            *rows,
            *money,
            ["一级指标", "三级指标", "指标值", "完成值"],
            ["产出指标", "维修机井", "≥8眼", "5.5眼"],
        ]
    )
    assert spent(got) == {}


def test_a_negative_figure_where_none_can_be_is_left_and_the_file_is_read() -> None:
    form = [
        ["项目支出绩效自评表（2023年度，单位：万元）"],
        ["项目名称", "机井维修"],
        ["资金来源", "年初预算数", "全年执行数", "得分"],
        ["资金总额", "100", "40", "-4"],
        ["其中：财政拨款", "-20", "40", ""],
        ["一级指标", "三级指标", "年度指标值", "完成值", "分值"],
        ["产出指标", "维修机井", "≥8眼", "5眼", "-10"],
    ]
    got = read(form)
    assert spent(got) == {"机井维修": "40万元"}
    assert {"-4", "-20", "-10"} <= set(left(got))
