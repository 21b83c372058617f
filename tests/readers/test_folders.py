"""A department's folder is one submission: documents are merged by subject, and what is not clear is left to a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from perfrules import pipeline
from perfrules.errors import ReadError
from perfrules.model.fact import State
from perfrules.model.subject import Subject
from perfrules.model.submission import Submission
from perfrules.plugins import catalog
from perfrules.reading import Reading

CATALOG = catalog()
CORE = pipeline.prepare(None, CATALOG, with_examples=False)
REPORT = """{unit}2022年上半年部门整体绩效监控报告
一、基本情况
本单位编制12人，在编11人。
二、预算执行情况
截至2022年6月30日，部门年初预算100万元，上年结转0万元，追加调整0万元，实际支出{spent}万元，占调整预算的{rate}。
其中：项目支出年初预算40万元，实际支出{projects}万元。
三、项目情况
1、乡村道路养护经费：年初预算30万元，实际支出{road}万元。
2、防汛物资储备经费：年初预算10万元，实际支出4万元。
四、存在的问题
部分项目付款偏慢，主要原因是合同约定下半年付款。
"""


def report(path: Path, unit: str = "安泉县交通运输局", **figures: str) -> None:
    """A report in words, with these figures."""
    told = {"spent": "60", "rate": "60%", "projects": "20", "road": "16", **figures}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(REPORT.format(unit=unit, **told), encoding="utf-8")


def table(path: Path, *rows: tuple[object, ...], title: str = "安泉县交通运输局项目支出表", period: str = "1—6月") -> None:  # fmt: skip
    """A table of projects in a workbook, in 万元."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    sheet.append([f"2022年{period}" if period else "", "", "单位：万元"])
    sheet.append(["项目名称", "年初预算", f"{period}执行数"])
    for row in rows:
        sheet.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def read(folder: Path) -> Reading:
    return pipeline.read_paths([folder], CATALOG)


def only(folder: Path) -> Submission:
    """The one submission of a folder from which nothing was left out."""
    reading = read(folder)
    assert [fault.code for fault in reading.faults] == []
    (submission,) = reading.submissions
    return submission


def project(submission: Submission, name: str) -> Subject:
    return next(row for row in submission.department.table("projects").rows if row.name == name)


def codes(reading: Reading) -> list[tuple[str, str]]:
    return [(fault.code, Path(fault.where.source).name if fault.where else "") for fault in reading.faults]


def test_a_report_and_a_table_are_one_submission_whose_prints_are_witnesses(tmp_path: Path) -> None:
    report(tmp_path / "报告.txt")
    table(
        tmp_path / "附件" / "项目表.xlsx",
        ("乡村道路养护经费", 30, 16),
        ("防汛物资储备经费", 10, 4),
        ("合计", 40, 20),
    )
    submission = only(tmp_path)
    assert [Path(each.path).name for each in submission.documents] == ["报告.txt", "项目表.xlsx"]
    spent = project(submission, "乡村道路养护经费").facts["spent"]
    assert spent.state is State.PRINTED
    sources = {Path(each.location.source).suffix for each in (spent, *spent.witnesses) if each.location}
    assert sources == {".txt", ".xlsx"}
    assert submission.department.name == "安泉县交通运输局"
    assert submission.department.members["project"].facts["spent"].witnesses
    derived = submission.department.members["total"].facts["adjusted_budget"]
    assert (derived.state, derived.witnesses) == (State.DERIVED, ())


def test_prints_that_cannot_meet_conflict_and_the_finding_names_both_places(tmp_path: Path) -> None:
    report(tmp_path / "报告.txt")
    table(
        tmp_path / "项目表.xlsx",
        ("乡村道路养护经费", 30, 15.2),
        ("防汛物资储备经费", 10, 4),
        ("合计", 40, 19.2),
    )
    submission = only(tmp_path)
    spent = project(submission, "乡村道路养护经费").facts["spent"]
    assert spent.state is State.CONFLICTING
    found = pipeline.check(submission, CORE, CATALOG).findings
    (conflict,) = [each for each in found if each.topic == "conflicting_values" and each.subject.name == "乡村道路养护经费"]  # fmt: skip
    spent_prints = [each for each in conflict.facts if each.field == "spent"]
    told = {(Path(each.location.source).name, each.location.address) for fact in spent_prints for each in (fact, *fact.witnesses) if each.location}  # fmt: skip
    assert told == {("报告.txt", "¶8"), ("项目表.xlsx", "Sheet!C4")}
    assert conflict.message.zh.count("16万元、15.2万元") == 1


@pytest.mark.parametrize(
    ("bare", "adjusted", "is_left"),
    [
        (30, 36, False),  # the one before adjustment
        (36, 36, False),  # the one after it
        (33, 36, True),  # neither: which budget it is nobody says
    ],
)
def test_what_a_report_calls_budget_is_the_one_of_the_table_that_it_agrees_with(
    tmp_path: Path, bare: int, adjusted: int, is_left: bool
) -> None:
    text = REPORT.replace("经费：年初预算30万元", f"经费：预算{bare}万元").replace("预算40万元", "预算90万元")
    (tmp_path / "报告.txt").write_text(
        text.format(unit="安泉县交通运输局", spent=60, rate="60%", projects=20, road=16), encoding="utf-8"
    )
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["安泉县交通运输局项目支出表"])
    sheet.append(["2022年1—6月", "", "单位：万元"])
    sheet.append(["项目名称", "年初预算", "调整后预算", "1—6月执行数"])
    sheet.append(["乡村道路养护经费", 30, adjusted, 16])
    book.save(tmp_path / "项目表.xlsx")
    submission = only(tmp_path)
    road = project(submission, "乡村道路养护经费")
    prints = {
        name: [each.quote for each in (road.facts[name], *road.facts[name].witnesses)]
        for name in ("initial_budget", "adjusted_budget")
    }
    assert road.facts["initial_budget"].state is road.facts["adjusted_budget"].state is State.PRINTED
    assert (f"{bare}万元" in prints["initial_budget"]) == (bare == 30)
    assert (f"{bare}万元" in prints["adjusted_budget"]) == (bare == 36)
    assert (f"{bare}万元" in [each.quote for each in submission.unread if each.open]) == is_left


def test_prints_that_agree_as_far_as_their_digits_go_do_not_conflict(tmp_path: Path) -> None:
    report(tmp_path / "报告.txt", road="16.0")
    table(tmp_path / "项目表.xlsx", ("乡村道路养护经费", 30, 15.96), ("防汛物资储备经费", 10, 4))
    spent = project(only(tmp_path), "乡村道路养护经费").facts["spent"]
    assert spent.state is State.PRINTED
    assert spent.quote == "15.96"  # the one with the most digits stands first


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("乡村道路日常养护经费", "similar_name"),
        ("2022年乡村道路养护经费", None),
        ("乡村道路养护（经费）", None),
        ("乡村道路养护二期经费", "other_name"),
        ("县城绿化管护", None),
    ],
)
def test_names_that_differ_slightly_are_one_project_and_the_difference_is_told(
    tmp_path: Path, other: str, why: str | None
) -> None:
    report(tmp_path / "报告.txt")
    table(tmp_path / "项目表.xlsx", (other, 30, 16), ("防汛物资储备经费", 10, 4))
    submission = only(tmp_path)
    names = [row.name for row in submission.department.table("projects").rows]
    is_another = why == "other_name" or other == "县城绿化管护"
    assert (other in names) is is_another
    told = [(each.why, each.quote, each.open) for each in submission.unread]
    assert told == ([] if why is None else [(why, other, why == "other_name")])


def test_what_one_document_prints_is_not_assumed_from_another(tmp_path: Path) -> None:
    report(tmp_path / "报告.txt")
    report(tmp_path / "说明.txt")
    text = (tmp_path / "报告.txt").read_text(encoding="utf-8")
    (tmp_path / "报告.txt").write_text(text.replace("，上年结转0万元，追加调整0万元", ""), encoding="utf-8")
    (tmp_path / "说明.txt").write_text(
        "安泉县交通运输局2022年上半年预算追加情况说明\n一、追加情况\n截至2022年6月30日，部门追加调整7.5万元，其中项目支出追加7.5万元。\n",
        encoding="utf-8",
    )
    total = only(tmp_path).department.members["total"]
    adjustment = total.facts["adjustment"]
    assert (adjustment.state, adjustment.quote) == (State.PRINTED, "7.5万元")


def test_a_flat_folder_of_departments_is_grouped_by_the_names_inside(tmp_path: Path) -> None:
    report(tmp_path / "1.txt")
    report(tmp_path / "2.txt", unit="安泉县水利局")
    table(tmp_path / "3.xlsx", ("乡村道路养护经费", 30, 16), title="安泉县交通运输局项目支出表")
    table(tmp_path / "4.xlsx", ("河道清淤经费", 30, 16), title="项目支出表")
    reading = read(tmp_path)
    read_so = {
        each.department.name: [Path(document.path).name for document in each.documents]
        for each in reading.submissions
    }
    assert read_so == {"安泉县交通运输局": ["1.txt", "3.xlsx"], "安泉县水利局": ["2.txt"]}
    assert codes(reading) == [("read.unclear_owner", "4.xlsx")]


def test_a_folder_of_folders_is_a_county(tmp_path: Path) -> None:
    report(tmp_path / "交通" / "报告.txt")
    table(tmp_path / "交通" / "表.xlsx", ("乡村道路养护经费", 30, 16), title="项目支出表")
    report(tmp_path / "水利" / "报告.txt", unit="安泉县水利局")
    reading = read(tmp_path)
    assert [(each.department.name, len(each.documents)) for each in reading.submissions] == [
        ("安泉县交通运输局", 2),
        ("安泉县水利局", 1),
    ]
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("报告终稿.txt", "报告终稿(1).txt"),
        ("报告.txt", "报告（修改稿）.txt"),
        ("监控报告v2.txt", "监控报告.txt"),
        ("半年报.txt", "交通局情况.txt"),
    ],
)
def test_versions_of_a_document_are_left_to_a_person(tmp_path: Path, one: str, other: str) -> None:
    report(tmp_path / one)
    report(tmp_path / other, spent="61", rate="61%")
    table(tmp_path / "项目表.xlsx", ("乡村道路养护经费", 30, 16), ("防汛物资储备经费", 10, 4))
    reading = read(tmp_path)
    assert sorted(codes(reading)) == sorted([("read.versions", one), ("read.versions", other)])
    (submission,) = reading.submissions
    assert [Path(each.path).name for each in submission.documents] == ["项目表.xlsx"]
    assert [each.why for each in submission.unread] == ["not_read", "not_read"]
    assert pipeline.check(submission, CORE, CATALOG).status.value != "green"


def test_reports_of_two_projects_after_one_model_are_no_versions(tmp_path: Path) -> None:
    model = "安泉县交通运输局2022年上半年{name}绩效监控报告\n一、预算情况\n截至2022年6月30日，{name}年初预算{a}万元，实际支出{b}万元。\n二、存在问题\n付款手续较多。\n三、下一步\n加快付款。\n四、其他\n没有其他需要说明的情况。\n"
    for name, a, b in (("道路养护经费", "30", "16"), ("桥梁检测经费", "20", "12")):
        (tmp_path / f"{name}.txt").write_text(model.format(name=name, a=a, b=b), encoding="utf-8")
    assert [row.name for row in only(tmp_path).department.table("projects").rows] == [
        "桥梁检测经费",
        "道路养护经费",
    ]


def test_a_copy_of_a_file_is_read_once(tmp_path: Path) -> None:
    report(tmp_path / "报告.txt")
    report(tmp_path / "报告 - 副本.txt")
    submission = only(tmp_path)
    assert len(submission.documents) == 2
    assert submission.department.members["total"].facts["spent"].witnesses == ()


def test_one_document_in_two_forms_is_its_own_witness(tmp_path: Path) -> None:
    report(tmp_path / "报告.txt")
    (tmp_path / "报告.json").write_text(
        json.dumps(
            {
                "department": "安泉县交通运输局",
                "period": {"from": "2022-01-01", "to": "2022-06-30"},
                "lines": {"total": {"spent": "61万元"}},
            }
        ),
        encoding="utf-8",
    )
    spent = only(tmp_path).department.members["total"].facts["spent"]
    assert (spent.state, len(spent.witnesses)) == (State.CONFLICTING, 1)


def test_documents_of_two_periods_are_two_submissions(tmp_path: Path) -> None:
    report(tmp_path / "上半年.txt")
    text = REPORT.format(unit="安泉县交通运输局", spent="75", rate="75%", projects="30", road="22")
    later = text.replace("上半年", "1-9月").replace("6月30日", "9月30日")
    (tmp_path / "前三季度.txt").write_text(later, encoding="utf-8")
    table(tmp_path / "表.xlsx", ("乡村道路养护经费", 30, 16), period="")
    reading = read(tmp_path)
    assert [str(each.period[1]) for each in reading.submissions] == ["2022-09-30", "2022-06-30"] or [
        str(each.period[1]) for each in reading.submissions
    ] == ["2022-06-30", "2022-09-30"]
    assert codes(reading) == [("read.unclear_period", "表.xlsx")]


def test_a_file_that_is_not_read_keeps_its_department_open(tmp_path: Path) -> None:
    report(tmp_path / "报告.txt")
    (tmp_path / "佐证.pdf").write_bytes(b"%PDF-1.4\n%%EOF")
    reading = read(tmp_path)
    (submission,) = reading.submissions
    assert [(each.why, each.quote, each.open) for each in submission.unread] == [
        ("not_read", "佐证.pdf", True)
    ]
    assert [code for code, _ in codes(reading)] == ["read.broken"]


def test_the_order_of_the_files_does_not_change_what_is_known(tmp_path: Path) -> None:
    figures = []
    for names in (("a.txt", "b.xlsx"), ("b.txt", "a.xlsx")):
        folder = tmp_path / names[0]
        report(folder / names[0])
        table(folder / names[1], ("乡村道路养护经费", 30, 15.2), ("防汛物资储备经费", 10, 4))
        submission = only(folder)
        figures.append(
            {
                (path[-1].id, name): (fact.state, frozenset(each.quote for each in (fact, *fact.witnesses)))
                for path in submission.walk()
                for name, fact in path[-1].facts.items()
                if path[-1].type in ("line", "project")
            }
        )
    assert figures[0] == figures[1]


def test_what_a_table_mentions_is_not_assumed_for_the_report(tmp_path: Path) -> None:
    report(tmp_path / "报告.txt")
    text = (tmp_path / "报告.txt").read_text(encoding="utf-8")
    (tmp_path / "报告.txt").write_text(text.replace("，上年结转0万元，追加调整0万元", ""), encoding="utf-8")
    assert only(tmp_path).department.members["total"].facts["carried_over"].state is State.ASSUMED
    book = Workbook()
    assert book.active is not None
    for row in (
        ["2022年1—6月", "单位：万元"],
        ["项目名称", "上年结转", "实际支出"],
        ["乡村道路养护经费", "", 16],
    ):
        book.active.append(row)
    book.save(tmp_path / "表.xlsx")
    assert "carried_over" not in only(tmp_path).department.members["total"].facts


def test_a_folder_of_which_nothing_is_read_is_a_department_that_is_open(tmp_path: Path) -> None:
    county = tmp_path / "安泉县"
    report(county / "安泉县交通运输局" / "报告.txt")
    for name, file in (
        ("安泉县教育局", "扫描.jpg"),
        ("安泉县林业局", "报告.docx"),
        ("安泉县水利局", "附件/盖章页.pdf"),
    ):
        (county / name / file).parent.mkdir(parents=True)
        (county / name / file).write_bytes(b"%PDF broken" if file.endswith("pdf") else b"x")
    (county / "安泉县体育局").mkdir()
    (county / "安泉县体育局" / "Thumbs.db").write_bytes(b"x")
    reading = read(county)
    left = {each.department.name: [(one.quote, one.why, one.open) for one in each.unread] for each in reading.submissions if not each.documents}  # fmt: skip
    assert left == {
        "安泉县体育局": [("安泉县体育局", "empty_folder", True)],
        "安泉县教育局": [("扫描.jpg", "not_read", True)],
        "安泉县林业局": [("报告.docx", "not_read", True)],
        "安泉县水利局": [("盖章页.pdf", "not_read", True)],
    }
    assert len(reading.submissions) == 5
    for each in reading.submissions:
        if not each.documents:
            assert pipeline.check(each, CORE, CATALOG).status.value == "grey"


def test_what_lies_below_a_department_and_is_not_read_keeps_that_open(tmp_path: Path) -> None:
    folder = tmp_path / "交通局"
    report(folder / "报告.txt")
    (folder / "照片").mkdir()
    (folder / "照片" / "1.jpg").write_bytes(b"x")
    (folder / "空").mkdir()
    (submission,) = read(folder).submissions
    assert [(each.quote, each.why) for each in submission.unread if each.open] == [("1.jpg", "not_read")]


def test_a_folder_of_nothing_but_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "甲局").mkdir()
    (tmp_path / "甲局" / "扫描.jpg").write_bytes(b"x")
    with pytest.raises(ReadError):
        read(tmp_path)


def test_a_link_that_leads_out_of_the_folder_is_told_and_not_opened(tmp_path: Path) -> None:
    report(tmp_path / "外面" / "报告.txt", "安泉县教育局")
    report(tmp_path / "交通局" / "报告.txt")
    (tmp_path / "交通局" / "链接.txt").symlink_to(tmp_path / "外面" / "报告.txt")
    (tmp_path / "交通局" / "文件夹").symlink_to(tmp_path / "外面")
    reading = read(tmp_path / "交通局")
    assert [fault.code for fault in reading.faults] == ["read.link", "read.link"]
    (submission,) = reading.submissions
    assert submission.department.name == "安泉县交通运输局"
    assert sorted(each.quote for each in submission.unread if each.why == "not_read") == [
        "文件夹",
        "链接.txt",
    ]


def test_what_systems_leave_in_folders_is_passed_over(tmp_path: Path) -> None:
    report(tmp_path / "报告.txt")
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "__MACOSX/报告.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    only(tmp_path)


def test_a_folder_of_programs_is_no_department(tmp_path: Path) -> None:
    report(tmp_path / "安泉县交通运输局" / "报告.txt")
    (tmp_path / "making").mkdir()
    (tmp_path / "making" / "county.py").write_text("x = 1", encoding="utf-8")
    reading = read(tmp_path)
    assert [each.department.name for each in reading.submissions] == ["安泉县交通运输局"]
    assert [fault.code for fault in reading.faults] == ["read.unknown_format"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("报告.txt", "报告-盖章版.txt"),
        ("教育局.txt", "教育局（最终）.txt"),
        ("报告(修订).txt", "报告.txt"),
        ("绩效监控报告.txt", "绩效监控报告新.txt"),
        ("报告0710.txt", "报告0712.txt"),
        ("报告7.10.txt", "报告.txt"),
        ("报告(终稿).txt", "报告(终稿1).txt"),
        ("报告（正式版）.txt", "报告签字.txt"),
        ("报告.txt", "新建文本文档.txt"),
    ],
)
def test_short_reports_that_are_versions_are_left_to_a_person(tmp_path: Path, one: str, other: str) -> None:
    short = "安泉县水利局2022年1-6月部门整体绩效监控报告\n年初预算100万元，实际支出{}万元。\n"
    (tmp_path / one).write_text(short.format(50), encoding="utf-8")
    (tmp_path / other).write_text(short.format(51), encoding="utf-8")
    with pytest.raises(ReadError) as caught:
        read(tmp_path)
    assert {fault.code for fault in caught.value.faults} == {"read.versions"}


def test_reports_of_two_periods_whose_names_end_in_a_day_are_no_versions(tmp_path: Path) -> None:
    for months, name in (("1-3", "报告0331.txt"), ("1-6", "报告0630.txt")):
        text = f"安泉县水利局2022年{months}月部门整体绩效监控报告\n年初预算100万元，实际支出50万元。\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    reading = read(tmp_path)
    assert len(reading.submissions) == 2
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2022年度白河县卫生健康局部门整体支出绩效自评报告", "白河县卫生健康局"),
        ("白河县红十字会2022年1-6月部门整体绩效监控报告", "白河县红十字会"),
        ("关于报送白河县水利局2022年1-6月部门整体绩效监控情况的函", "白河县水利局"),
        ("2022年白河县农村饮水项目绩效监控报告", ""),
    ],
)
def test_the_department_of_a_title(tmp_path: Path, title: str, name: str) -> None:
    (tmp_path / "报告.txt").write_text(f"{title}\n年初预算100万元，实际支出50万元。\n", encoding="utf-8")
    assert only(tmp_path).department.name == name
