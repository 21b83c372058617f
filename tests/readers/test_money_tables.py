"""Tables with a row for each project or line, as .xlsx, .xls and .csv: every figure is read with its cell, or told as unread."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from perfrules import pipeline, readers
from perfrules.documents.cells import as_shown
from perfrules.errors import ReadError
from perfrules.model.fact import State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Completeness, Subject
from perfrules.model.submission import Submission
from perfrules.plugins import catalog
from perfrules.readers.tables.headings import FUNDS, field_of

Rows = Sequence[Sequence[object]]
PROJECTS: Rows = (
    ["安泉县教育局2023年1-6月项目支出情况表"],
    ["单位：万元"],
    ["序号", "项目名称", "年初预算数", "1-6月执行数", "执行率"],
    [1, "校舍维修", 120.5, 30, "24.90%"],
    [2, "营养改善", 80, 40, "50%"],
    ["", "合计", 200.5, 70, "34.91%"],
    ["注：以万元为单位"],
)
LINES: Rows = (
    ["安泉县教育局2023年上半年部门整体监控表（万元）"],
    ["支出类别", "年初预算", "调整", "调整后预算", "上半年执行", "", "备注"],
    ["", "", "", "", "执行数", "执行率", ""],
    ["基本支出", 100, 0, 100, 50, "50%", ""],
    ["项目支出", 200, -20, 180, 30, "16.67%", ""],
    ["其中：A项目", 20, 0, 20, 3, "15%", ""],
    ["合计", 300, -20, 280, 80, "28.57%", ""],
)


def written(rows: Rows, suffix: str) -> bytes:
    if suffix == ".csv":
        text = StringIO()
        csv.writer(text).writerows(rows)
        return text.getvalue().encode("gb18030")
    kept = BytesIO()
    if suffix == ".xls":
        import xlwt  # type: ignore[import-untyped]

        old = xlwt.Workbook()
        page = old.add_sheet("表一")
        for at, row in enumerate(rows):
            for place, value in enumerate(row):
                page.write(at, place, value)
        old.save(kept)
        return kept.getvalue()
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "表一"
    for row in rows:
        sheet.append(row)
    book.save(kept)
    return kept.getvalue()


def read(folder: Path, rows: Rows, suffix: str = ".xlsx") -> Submission:
    path = folder / f"table{suffix}"
    path.write_bytes(written(rows, suffix))
    return readers.read(path)


def printed(subject: Subject) -> dict[str, tuple[str, str]]:
    """Amounts and cells of what is printed of a subject's money; what is quoted is the bare cell."""
    for fact in subject.facts.values():
        if isinstance(fact.value, Quantity) and fact.state is State.PRINTED:
            assert fact.quote.replace(",", "") == fact.value.digits
    return {
        name: (fact.value.digits + fact.value.unit.name, fact.location.address.partition("!")[2] or fact.location.address)
        for name, fact in subject.facts.items()
        if isinstance(fact.value, Quantity) and fact.location is not None and fact.state is State.PRINTED
    }  # fmt: skip


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".et", ".csv"])
def test_a_row_for_each_project(suffix: str, tmp_path: Path) -> None:
    data = written(PROJECTS, ".xls" if suffix == ".et" else suffix)
    (tmp_path / f"t{suffix}").write_bytes(data)
    got = readers.read(tmp_path / f"t{suffix}")
    assert (got.department.name, got.period) == ("安泉县教育局", (date(2023, 1, 1), date(2023, 6, 30)))
    table = got.department.table("projects")
    assert table.completeness is Completeness.COMPLETE
    first, second = table.rows
    assert printed(first) == {"initial_budget": ("120.5万元", "C4"), "spent": ("30万元", "D4")}
    assert printed(second) == {"initial_budget": ("80万元", "C5"), "spent": ("40万元", "D5")}
    assert printed(got.department.members["project"]) == {
        "initial_budget": ("200.5万元", "C6"),
        "spent": ("70万元", "D6"),
    }
    (claim,) = first.table("claims").rows
    assert claim.facts["printed"].quote == "24.90%"
    assert got.unread == ()


def test_a_row_for_each_line_below_two_rows_of_headings(tmp_path: Path) -> None:
    got = read(tmp_path, LINES)
    lines = got.department.members
    assert printed(lines["total"]) == {
        "initial_budget": ("300万元", "B7"),
        "adjustment": ("-20万元", "C7"),
        "adjusted_budget": ("280万元", "D7"),
        "spent": ("80万元", "E7"),
    }
    assert [printed(lines[name])["spent"] for name in ("basic", "project")] == [
        ("50万元", "E4"),
        ("30万元", "E5"),
    ]
    # 其中 stands below the line it is part of, and its name is no line: told, never added up.
    assert [each.location.address for each in got.unread] == [f"表一!{column}6" for column in "BCDEF"]
    assert all(each.open for each in got.unread)


def test_without_a_unit_nothing_is_an_amount(tmp_path: Path) -> None:
    rows = [row for row in PROJECTS if row != ["单位：万元"]]
    rows[-1] = ["注：无"]
    got = read(tmp_path, rows)
    assert not any(printed(each) for each in got.department.table("projects").rows)
    assert {each.why for each in got.unread} == {"no_unit", "unpaired"}


@pytest.mark.parametrize(
    ("heading", "why"),
    [("上年执行数", "not_budget"), ("预算数", "no_field"), ("1-6月执行数", "no_field")],
)
def test_another_year_a_bare_budget_and_a_heading_twice_are_not_guessed(
    heading: str, why: str, tmp_path: Path
) -> None:
    """A second column of spending: neither can be told from the other, so both are left."""
    rows = [[*row, extra] for row, extra in zip(PROJECTS, ["", "", heading, 7, 8, 15, ""], strict=True)]
    got = read(tmp_path, rows)
    left = {each.location.address for each in got.unread if each.why == why}
    assert {"表一!F4", "表一!F5", "表一!F6"} <= left
    assert ("spent" in printed(got.department.table("projects").rows[0])) == (heading != "1-6月执行数")


def test_an_adjustment_left_unread_is_not_assumed_to_be_nothing(tmp_path: Path) -> None:
    rows = [
        [*row, extra] for row, extra in zip(PROJECTS, ["", "", "追加", "见文件", "", "", ""], strict=True)
    ]
    got = read(tmp_path, rows)
    assert "adjustment" not in got.department.table("projects").rows[0].facts


@pytest.mark.parametrize(
    ("owners", "name"),
    [(("县一中", "县一中"), "县一中"), (("县一中", "县二中"), ""), (("", ""), "安泉县教育局")],
)
def test_a_column_of_departments_names_the_department_where_it_names_one(
    owners: tuple[str, str], name: str, tmp_path: Path
) -> None:
    rows = [[*row, extra] for row, extra in zip(PROJECTS, ["", "", "实施单位", *owners, "", ""], strict=True)]
    assert read(tmp_path, rows).department.name == name


def test_a_name_that_stands_twice_is_read_neither_time(tmp_path: Path) -> None:
    rows = [*PROJECTS[:5], [3, "营养改善", 1, 1, ""], *PROJECTS[5:]]
    got = read(tmp_path, rows)
    assert [row.name for row in got.department.table("projects").rows] == ["校舍维修"]
    assert (
        got.department.table("projects").completeness is Completeness.UNKNOWN
    )  # so that no sum is asked of it
    assert {"表一!C5", "表一!D5", "表一!C6", "表一!D6"} <= {each.location.address for each in got.unread}


@pytest.mark.parametrize(
    ("row", "whole"),
    [(["", "", 7.5, 3, ""], False), (["", "其中：二中", 7.5, 3, ""], False), (["", "", "", "", ""], True)],
)
def test_a_row_without_a_project_is_told_and_the_table_is_not_whole(
    row: list[object], whole: bool, tmp_path: Path
) -> None:
    got = read(tmp_path, [*PROJECTS[:5], row, *PROJECTS[5:]])
    table = got.department.table("projects")
    assert (table.completeness is Completeness.COMPLETE) == whole
    assert {each.location.address for each in got.unread} == (set() if whole else {"表一!C6", "表一!D6"})


def test_figures_below_the_notes_are_told(tmp_path: Path) -> None:
    got = read(tmp_path, [*PROJECTS, ["", "另：图书", 9.5, "", ""]])
    assert [each.location.address for each in got.unread] == ["表一!C8"]
    assert len(got.department.table("projects").rows) == 2


def test_a_workbook_is_read_as_what_it_is_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "t.xls").write_bytes(written(PROJECTS, ".xlsx"))
    assert readers.read(tmp_path / "t.xls").department.name == "安泉县教育局"
    (tmp_path / "t.xlsx").write_bytes(written(PROJECTS, ".xls"))
    assert readers.read(tmp_path / "t.xlsx").department.name == "安泉县教育局"


@pytest.mark.parametrize("cut", [9, 600, 3000])
def test_a_broken_old_workbook_is_told(cut: int, tmp_path: Path) -> None:
    (tmp_path / "t.xls").write_bytes(written(PROJECTS, ".xls")[:cut])
    with pytest.raises(ReadError) as caught:
        readers.read(tmp_path / "t.xls")
    assert {fault.code for fault in caught.value.faults} <= {"read.broken", "read.encrypted"}


def test_a_further_sheet_with_figures_is_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in PROJECTS:
        sheet.append(row)
    other: Any = book.create_sheet("往来")
    other.append(["借款", 12.5])
    book.save(tmp_path / "t.xlsx")
    got = readers.read(tmp_path / "t.xlsx")
    assert [(each.location.address, each.why, each.open) for each in got.unread] == [
        ("往来", "no_form", True)
    ]


def test_a_hidden_sheet_is_read_and_marked(tmp_path: Path) -> None:
    book = Workbook()
    cover: Any = book.active
    cover.append(["封面"])
    sheet: Any = book.create_sheet("表一")
    for row in PROJECTS:
        sheet.append(row)
    sheet.sheet_state = "hidden"
    book.save(tmp_path / "t.xlsx")
    got = readers.read(tmp_path / "t.xlsx")
    assert printed(got.department.members["project"])["spent"] == ("70万元", "D6")
    assert [(each.location.address, each.why, each.open) for each in got.unread] == [
        ("表一", "hidden", False)
    ]


@pytest.mark.parametrize("value", ["5万", "1" * 50, "约5", "12.5.6", "-3", "2023年", "=8个"])
def test_a_cell_that_is_no_plain_number_is_told_and_the_rest_is_read(value: str, tmp_path: Path) -> None:
    rows = [list(row) for row in PROJECTS]
    rows[3][3] = value
    got = read(tmp_path, rows)
    first = got.department.table("projects").rows[0]
    assert printed(first) == {"initial_budget": ("120.5万元", "C4")}
    assert "表一!D4" in {each.location.address for each in got.unread}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("实际支出", "spent"),
        ("累计支出数", "spent"),
        ("1-6月实际支付（万元）", "spent"),
        ("已支出金额", "spent"),
        ("年初批复数", "initial_budget"),
        ("未执行数", "unspent"),
        ("支出率", "rate"),
        ("年初预算支出率", "rate"),
        ("上年实际支出", "spent"),
        ("支出功能分类", None),
        ("备注", None),
    ],
)
def test_headings_of_one_column_by_many_names(heading: str, field: str | None) -> None:
    assert field_of(heading, FUNDS) == field


@pytest.mark.parametrize("heading", ["上年实际支出", "去年同期支出数", "同期累计支出"])
def test_a_column_of_another_year_is_not_this_years(heading: str, tmp_path: Path) -> None:
    table = [
        ["安泉县体育局项目支出表"],
        ["2022年1—6月", "", "单位：万元"],
        ["项目名称", "年初预算", heading],
        ["器材更新经费", "30", "12"],
    ]
    (tmp_path / "t.csv").write_text("\n".join(",".join(row) for row in table), encoding="utf-8")
    (submission,) = pipeline.read_paths([tmp_path / "t.csv"], catalog()).submissions
    (row,) = submission.department.table("projects").rows
    assert "spent" not in row.facts
    assert [(each.quote, each.why) for each in submission.unread] == [("12", "not_budget")]


def sheets(path: Path, **tables: list[list[object]]) -> Path:
    """A workbook with these sheets."""
    book = Workbook()
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(path)
    return path


PROJECT_ROWS: list[list[object]] = [
    ["安泉县体育局2022年1—6月项目支出表"],
    ["", "", "单位：万元"],
    ["项目名称", "年初预算", "实际支出"],
    ["器材更新经费", 30, 12],
    ["场馆维护经费", 20, 8],
    ["合计", 50, 20],
]
LINE_ROWS: list[list[object]] = [
    ["安泉县体育局2022年1—6月整体支出表"],
    ["", "", "单位：万元"],
    ["支出类别", "年初预算", "实际支出"],
    ["基本支出", 100, 48],
    ["项目支出", 50, 21],
    ["合计", 150, 69],
]


def test_two_tables_of_a_workbook_are_one_submission_and_disagreements_conflict(tmp_path: Path) -> None:
    path = sheets(tmp_path / "t.xlsx", 整体=LINE_ROWS, 项目=PROJECT_ROWS)
    (submission,) = pipeline.read_paths([path], catalog()).submissions
    spent = submission.department.members["project"].facts["spent"]
    assert {(each.quote, each.location.address) for each in (spent, *spent.witnesses) if each.location} == {
        ("21", "整体!C5"),
        ("20", "项目!C6"),
    }
    assert spent.state is State.CONFLICTING
    assert submission.department.members["project"].facts["initial_budget"].state is State.PRINTED
    assert submission.unread == ()


@pytest.mark.parametrize(
    "title",
    [
        "安泉县水利局2022年1—6月整体支出表",
        "安泉县体育局2022年1—9月整体支出表",
        "安泉县体育局2021年整体支出表",
    ],
)
def test_tables_of_other_departments_periods_or_years_are_never_merged(tmp_path: Path, title: str) -> None:
    path = sheets(tmp_path / "t.xlsx", 整体=[[title], *LINE_ROWS[1:]], 项目=PROJECT_ROWS)
    with pytest.raises(ReadError) as caught:
        pipeline.read_paths([path], catalog())
    assert [fault.code for fault in caught.value.faults] == ["read.no_form"]


@pytest.mark.parametrize(("adjusted", "state"), [("30", State.ASSUMED), ("32", None)])
def test_an_adjustment_that_two_budgets_show_is_not_assumed_to_be_nothing(
    adjusted: str, state: State | None, tmp_path: Path
) -> None:
    table = [["安泉县体育局项目支出表"], ["2022年1—6月", "", "单位：万元"], ["项目名称", "年初预算", "全年预算数"], ["器材更新经费", "30", adjusted]]  # fmt: skip
    (tmp_path / "t.csv").write_text("\n".join(",".join(row) for row in table), encoding="utf-8")
    (submission,) = pipeline.read_paths([tmp_path / "t.csv"], catalog()).submissions
    (row,) = submission.department.table("projects").rows
    fact = row.facts.get("adjustment")
    assert (fact.state if fact else None) is state


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (655.31 / 1286.40, "0.00%", "50.94%"),  # a formula keeps more than anybody sees
        (0.355, "0%", "36%"),
        (-0.1325, "0.00%;[Red]-0.00%", "-13.25%"),
        (0.6, "0.00%", "60.00%"),
        (0.1 + 0.2, "0.00", "0.30"),
        (75, "0.00", "75.00"),  # not any amount that rounds to 75
        (75, "#,##0.000", "75.000"),
        (75.125, "0.00", "75.125"),
        (75, "0.##", "75"),
        (214.72, "General", "214.72"),
        (0.5, "0.000000000000000000000000000000%", "50.0000000000%"),
    ],
)
def test_a_computed_ratio_is_printed_as_its_format_shows_it(value: float, form: str, shown: str) -> None:
    assert as_shown(value, form).text == shown


def test_an_adjusted_budget_beside_what_was_added(tmp_path: Path) -> None:
    table = [
        ["部门整体支出绩效监控表（2023年1-6月）"],
        ["部门名称：松岭县自然资源和规划局（盖章）", "", "", "", "单位：万元"],
        ["项目", "年初预算", "上年结转", "追加（调减）", "调整预算"],
        ["基本支出", "1286.4", "0", "0", "1286.4"],
        ["项目支出", "742.6", "118.35", "-36", "824.95"],
    ]
    (tmp_path / "t.csv").write_text("\n".join(",".join(row) for row in table), encoding="utf-8")
    (submission,) = pipeline.read_paths([tmp_path / "t.csv"], catalog()).submissions
    assert submission.department.name == "松岭县自然资源和规划局"
    project = submission.department.members["project"].facts
    names = ("initial_budget", "carried_over", "adjustment", "adjusted_budget")
    assert [project[name].quote for name in names] == ["742.6", "118.35", "-36", "824.95"]


def test_last_years_columns_stand_beside_this_years(tmp_path: Path) -> None:
    table = [["安泉县体育局2023年1-6月项目支出表"], ["单位：万元"], ["项目名称", "2022年", "2022年", "2023年", "2023年"], ["项目名称", "年初预算", "支出", "年初预算", "支出"], ["器材更新经费", "90", "88", "100", "50"], ["场馆维护经费", "210", "200", "200", "80"]]  # fmt: skip
    (tmp_path / "t.csv").write_text("\n".join(",".join(row) for row in table), encoding="utf-8")
    (submission,) = pipeline.read_paths([tmp_path / "t.csv"], catalog()).submissions
    rows = submission.department.table("projects").rows
    assert [(row.name, row.facts["initial_budget"].quote, row.facts["spent"].quote) for row in rows] == [("器材更新经费", "100", "50"), ("场馆维护经费", "200", "80")]  # fmt: skip
    assert {(each.quote, each.why, each.open) for each in submission.unread} == {(quote, "not_budget", False) for quote in ("90", "88", "210", "200")}  # fmt: skip


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_table_of_text_by_whatever_parts_its_cells(tmp_path: Path, mark: str, encoding: str) -> None:
    table = [["安泉县体育局2023年1-6月项目支出表"], ["单位：万元"], ["项目名称", "年初预算（万元）", "1-6月支出（万元）"], ["器材更新经费", "100", "50"], ["场馆维护经费", "200", "80"]]  # fmt: skip
    (tmp_path / "t.csv").write_bytes("\n".join(mark.join(row) for row in table).encode(encoding))
    (submission,) = pipeline.read_paths([tmp_path / "t.csv"], catalog()).submissions
    rows = submission.department.table("projects").rows
    assert [(row.name, row.facts["initial_budget"].quote, row.facts["spent"].quote) for row in rows] == [("器材更新经费", "100", "50"), ("场馆维护经费", "200", "80")]  # fmt: skip


def told_in_a_row(tmp_path: Path, headings: Sequence[str], values: Sequence[str]) -> Submission:
    """A table of projects with one row below these headings."""
    rows = (["安泉县体育局项目支出表"], ["2022年1—6月", "", "单位：万元"], ["项目名称", *headings], ["器材更新经费", *values])  # fmt: skip
    (tmp_path / "t.csv").write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    (submission,) = pipeline.read_paths([tmp_path / "t.csv"], catalog()).submissions
    return submission


@pytest.mark.parametrize(
    ("raised", "cut"),
    [
        ("追加", "调减"),
        ("调增", "调减"),
        ("年中追加", "收回资金"),
        ("追加数", "追减数"),
        ("预算追加数", "预算追减数"),
        ("调增（+）", "调减（-）"),
        ("追加资金（万元）", "收回指标（万元）"),
    ],
)
@pytest.mark.parametrize(
    ("values", "net"),
    [(("20", "10"), Decimal(10)), (("0", "5"), Decimal(-5)), (("7.50", ""), Decimal("7.5")), (("", "2.5"), Decimal("-2.5"))],
)  # fmt: skip
def test_what_was_raised_and_cut_in_columns_of_their_own_is_one_adjustment(
    raised: str, cut: str, values: tuple[str, str], net: Decimal, tmp_path: Path
) -> None:
    got = told_in_a_row(tmp_path, ("年初预算", raised, cut, "实际支出"), ("100", *values, "50"))
    (row,) = got.department.table("projects").rows
    fact = row.facts["adjustment"]
    assert isinstance(fact.value, Quantity)
    assert (fact.state, Decimal(fact.value.digits), fact.value.unit.name) == (State.DERIVED, net, "万元")
    assert [each.why for each in got.unread] == ["netted"] * (len([each for each in values if each]) - 1)


@pytest.mark.parametrize("values", [("20", "-10"), ("20", "约10"), ("#REF!", "10")])
def test_an_adjustment_that_cannot_be_told_is_neither_of_its_columns(
    values: tuple[str, str], tmp_path: Path
) -> None:
    got = told_in_a_row(tmp_path, ("年初预算", "调增", "调减", "实际支出"), ("100", *values, "50"))
    (row,) = got.department.table("projects").rows
    assert "adjustment" not in row.facts
    assert [each.quote for each in got.unread if each.open] == list(values)


def test_a_cut_alone_is_negative_and_parts_of_an_adjustment_are_told(tmp_path: Path) -> None:
    got = told_in_a_row(tmp_path, ("年初预算", "调减", "实际支出"), ("100", "10", "50"))
    (row,) = got.department.table("projects").rows
    assert isinstance(row.facts["adjustment"].value, Quantity)
    assert row.facts["adjustment"].value.digits == "-10"
    got = told_in_a_row(tmp_path, ("年初预算", "年中调整增减", "追加追减", "追加", "追减"), ("100", "1", "10", "20", "10"))  # fmt: skip
    (row,) = got.department.table("projects").rows
    assert row.facts["adjustment"].quote == "10"
    assert ("20", "source_row") in [(each.quote, each.why) for each in got.unread]


@pytest.mark.parametrize(
    ("heading", "is_read"),
    [
        ("1-6月执行", True),
        ("截至6月底支出", True),
        ("截至6月末累计执行数", True),
        ("截至5月底支出", False),
        ("1-5月执行", False),
        ("单位支付", False),
        ("预计执行数", False),
    ],
)
def test_a_column_is_spending_where_it_is_the_periods(heading: str, is_read: bool, tmp_path: Path) -> None:
    got = told_in_a_row(tmp_path, ("年初预算", heading), ("100", "50"))
    (row,) = got.department.table("projects").rows
    assert ("spent" in row.facts) is is_read
    assert [(each.quote, each.open) for each in got.unread] == ([] if is_read else [("50", True)])


@pytest.mark.parametrize("heading", ["预算数", "预算金额", "指标金额"])
@pytest.mark.parametrize("value", ["100", "100万元"])
def test_a_budget_that_may_be_either_is_left_to_be_looked_at(heading: str, value: str, tmp_path: Path) -> None:  # fmt: skip
    got = told_in_a_row(tmp_path, (heading, "到位资金", "实际支出"), (value, "60", "50"))
    (row,) = got.department.table("projects").rows
    assert not {"initial_budget", "adjusted_budget"} & set(row.facts)
    assert [(each.quote, each.open) for each in got.unread] == [(value, True)]


@pytest.mark.parametrize("unit", ["局机关", "办公室", "规划股", "机关本级"])
def test_a_part_of_the_department_is_not_its_name(unit: str, tmp_path: Path) -> None:
    rows = (["安泉县体育局2022年1—6月项目支出表"], ["单位：万元"], ["单位", "项目名称", "年初预算", "实际支出"], [unit, "器材更新经费", "30", "12"])  # fmt: skip
    (tmp_path / "t.csv").write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    (submission,) = pipeline.read_paths([tmp_path / "t.csv"], catalog()).submissions
    assert submission.department.name == ("办公室" if unit == "办公室" else "安泉县体育局")
