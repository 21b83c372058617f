"""Forms of projects in workbooks: what stands under a known heading is read with its cell; the rest is told, not guessed."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from perfrules import pipeline, readers
from perfrules.errors import ReadError
from perfrules.model.quantity import Quantity
from perfrules.model.submission import Submission
from perfrules.plugins import catalog
from perfrules.readers.tables import read_tables

CATALOG = catalog()


def as_it_is(_: Any) -> None:
    """No change."""


def monitoring(change: Callable[[Any], None] = as_it_is) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "监控表"
    rows: list[list[object]] = [
        ["项目支出绩效目标执行监控表"],
        ["（2023年度）"],
        ["项目名称", "", "路灯养护"],
        ["主管部门及代码", "", "301 安泉县城管局", "", "实施单位", "安泉县城管局"],
        ["项目资金（万元）", "", "", "年初预算数", "1—7月执行数", "1—7月执行率", "全年预计执行数"],
        ["", "", "年度资金总额：", 236.5, 101.7, 0.48, 236.5],
        ["", "", "其中：一般公共预算拨款", 190, 80, "42.11%", 190],
        ["", "", "其他资金", 46.5, 21.7, "46.67%", 46.5],
        ["年度总体目标", "", "亮灯率 98% 以上"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "1—7月执行情况", "全年预计完成情况", "偏差原因分析", "完成目标可能性"],
        ["", "", "", "", "", "", "原因说明", "确定能", "有可能", "完全不可能"],
        ["产出指标", "数量指标", "养护路灯", "≥5200盏", "3100盏", "5200盏", "", "√"],
        ["", "", "更换灯头", "=8个", "5个", "8个", "", "√"],
        ["", "质量指标", "亮灯率", ">=98%", "98.6%", "98%", "", "", "√"],
        ["", "时效指标", "完成时间", "12月底前", "按计划", "12月底前", "", "√"],
        ["效益指标", "社会效益", "夜间出行", "有所改善", "有所改善", "有所改善", "", "√"],
        ["满意度指标", "服务对象满意度", "居民满意度", "≥90%", "尚未测评", "92%", "尚未开展", "", "√"],
        ["注：1.偏差原因分析"],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    sheet["F6"].number_format = "0.00%"
    sheet.merge_cells("A12:A15")
    sheet.merge_cells("B12:B13")
    change(sheet)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(data: bytes) -> Submission:
    return read_tables("表.xlsx", data, CATALOG.types)


def said(submission: Submission) -> dict[str, tuple[str, str]]:
    """The printed values of the project and its claims, each with its address."""
    (project,) = submission.department.tables["projects"].rows
    rows = [project, *project.table("claims").rows]
    return {
        fact.field: (fact.quote, fact.location.address)
        for row in rows
        for fact in row.facts.values()
        if fact.location is not None and fact.quote and isinstance(fact.value, Quantity)
    }


def words_of(value: object) -> str:
    return value.words if isinstance(value, Quantity) else str(value)


def test_what_stands_under_a_known_heading_is_read_with_its_cell() -> None:
    submission = read(monitoring())
    assert submission.department.name == "安泉县城管局"
    assert [str(day) for day in submission.period] == ["2023-01-01", "2023-07-31"]
    found = said(submission)
    assert {name: found[name] for name in ("initial_budget", "spent", "forecast", "printed")} == {
        "initial_budget": ("236.5", "监控表!D6"),
        "spent": ("101.7", "监控表!E6"),
        "forecast": ("236.5", "监控表!G6"),
        "printed": ("48.00%", "监控表!F6"),
    }
    (project,) = submission.department.tables["projects"].rows
    assert [(row.name, row.facts["amount"].quote) for row in project.table("sources").rows] == [
        ("一般公共预算拨款", "190"),
        ("其他资金", "46.5"),
    ]
    told = [
        tuple(words_of(row.facts[name].value) for name in ("level1", "level2", "operator", "planned", "likelihood"))
        for row in project.table("targets").rows
    ]  # fmt: skip
    assert told == [
        ("产出指标", "数量指标", "≥", "5200盏", "确定能"),
        ("产出指标", "数量指标", "=", "8个", "确定能"),
        ("产出指标", "质量指标", "≥", "98%", "有可能"),
        ("产出指标", "时效指标", "定性", "12月底前", "确定能"),
        ("效益指标", "社会效益", "定性", "有所改善", "确定能"),
        ("满意度指标", "服务对象满意度", "≥", "90%", "有可能"),
    ]
    assert [(each.quote, each.why, each.open) for each in submission.unread] == [
        *(("80", "source_row", False), ("42.11%", "source_row", False), ("190", "source_row", False)),
        *(("21.7", "source_row", False), ("46.67%", "source_row", False), ("46.5", "source_row", False)),
        ("亮灯率 98% 以上", "not_budget", False),
    ]


def test_the_wrong_rate_is_found_and_nothing_else() -> None:
    submission = read(monitoring())  # 101.7 / 236.5 = 43.00 %, and the form says 48 %
    report = pipeline.check(submission, pipeline.prepare("core", CATALOG), CATALOG)
    assert [(each.rule, each.topic) for each in report.findings] == [("ARI106", "wrong_value")]


def without_unit(sheet: Any) -> None:
    sheet["A5"] = "项目资金"


def with_two_units(sheet: Any) -> None:
    sheet["A2"] = "（2023年度，单位：元）"


def with_a_formula(sheet: Any) -> None:
    sheet["E6"] = "=SUM(E7:E8)"


@pytest.mark.parametrize("change", [without_unit, with_two_units])
def test_money_without_one_unit_is_not_read(change: Callable[[Any], None]) -> None:
    submission = read(monitoring(change))
    assert not {"initial_budget", "spent", "forecast"} & set(said(submission))
    assert {(each.quote, each.why) for each in submission.unread if each.open} >= {
        ("236.5", "no_unit"),
        ("101.7", "no_unit"),
    }


def test_a_formula_without_its_result_is_told() -> None:
    submission = read(monitoring(with_a_formula))
    assert "spent" not in said(submission)
    assert ("formula", True) in {(each.why, each.open) for each in submission.unread}


def test_a_self_evaluation_has_weights_scores_and_its_total() -> None:
    def change(sheet: Any) -> None:
        sheet["D5"], sheet["E5"], sheet["F5"] = "全年预算数（A）", "全年执行数（B）", "分值"
        sheet["G5"], sheet["H5"], sheet["I5"] = "执行率（B/A）", "得分", None
        for row in (6, 7, 8):
            sheet.cell(row, 6).number_format = "General"
            for column, value in ((6, 10 if row == 6 else "—"), (7, "43.00%"), (8, 4.3 if row == 6 else "—")):
                sheet.cell(row, column).value = value
        for column, text in (
            (4, "年度指标值"),
            (5, "实际完成值"),
            (6, "分值"),
            (7, "得分"),
            (8, "偏差原因分析及改进措施"),
        ):
            sheet.cell(10, column).value = text
            sheet.cell(11, column).value = None
        sheet["I11"] = sheet["J11"] = None
        for row in range(12, 18):
            for column, value in ((6, 18), (7, 17.5), (8, None), (9, None)):
                sheet.cell(row, column).value = value
        sheet["A18"], sheet["F18"], sheet["G18"] = "总分", 100, 91.8

    found = said(read(monitoring(change)))
    assert found["adjusted_budget"] == ("236.5", "监控表!D6")
    assert found["execution_weight"] == ("10", "监控表!F6")
    assert found["execution_score"] == ("4.3", "监控表!H6")
    assert found["total_score"] == ("91.8", "监控表!G18")
    assert str(read(monitoring(change)).period[1]) == "2023-12-31"


def test_two_forms_of_one_project_are_told() -> None:
    def change(sheet: Any) -> None:
        sheet.parent.copy_worksheet(sheet).title = "又一张"

    with pytest.raises(ReadError) as caught:
        read(monitoring(change))
    assert [fault.code for fault in caught.value.faults] == ["read.two_forms"]


def test_a_workbook_without_a_known_form_is_told() -> None:
    def change(sheet: Any) -> None:
        sheet["A3"] = "名称"

    with pytest.raises(ReadError) as caught:
        read(monitoring(change))
    assert [fault.code for fault in caught.value.faults] == ["read.no_form"]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"PK\x03\x04 broken", "read.broken"), (b"\xd0\xcf\x11\xe0", "read.encrypted"), (monitoring()[:-40], "read.broken")],
)  # fmt: skip
def test_what_is_no_sound_workbook_is_told(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_files_are_read_by_their_suffix(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(monitoring())
    assert readers.read(tmp_path / "a.xlsx").department.name == "安泉县城管局"
