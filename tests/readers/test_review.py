"""A person has the last word on reading: the review, what is entered in it, and how long it holds."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from perfrules.cli.main import outcome

TEXT = """安泉县体育局2022年上半年部门整体绩效监控报告
一、预算执行情况
截至2022年6月30日，部门年初预算100万元，无上年结转，未发生追加，实际支出60万元，占调整预算的60%。
另有一笔24.5万元已转入共管账户。
"""
HEAD = ("属于 (更正)", "是 (更正)", "单位", "更正人", "日期", "理由")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    folder.mkdir()
    (folder / "报告.txt").write_text(TEXT, encoding="utf-8")
    return folder


def review(folder: Path, *options: str) -> Path:
    """The review of a folder, as the command writes it."""
    path = folder.parent / "核对.xlsx"
    assert outcome(["read", str(folder), "--review", str(path), *options]) == 0
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    sheet = load_workbook(path)["核对"]
    heading, *below = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heading), row, strict=True)) for row in below]


def entered(path: Path, quote: str, *values: str) -> Path:
    """The review with these values entered beside the one figure of this quote."""
    book = load_workbook(path)
    sheet = book["核对"]
    heading = [cell.value for cell in sheet[1]]
    (row,) = [row for row in sheet.iter_rows(min_row=2) if row[heading.index("原文")].value == quote]
    for name, value in zip(HEAD, values, strict=True):
        if value:
            row[heading.index(name)].value = value
    book.save(path)
    return path


def read_json(capsys: pytest.CaptureFixture[str], folder: Path, corrections: Path, command: str = "read", code: int = 0) -> dict[str, Any]:  # fmt: skip
    capsys.readouterr()
    assert outcome([command, str(folder), "--corrections", str(corrections), "--format", "json"]) == code
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def spent(told: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each["line"], each["value"], each["unit"]) for each in told["facts"] if each["field"] == "spent"]


MOVED = ("合计", "实际支出", "", "绩效股", "2022-07-15", "共管账户已支付")


def test_every_figure_stands_in_the_review_beside_its_words_and_place(county: Path) -> None:
    found = [(row["原文"], row["位置"], row["读作"]) for row in rows(review(county))]
    assert ("60万元", "¶3", "合计 实际支出") in found
    assert ("60%", "¶3", "合计 实际支出 / 调整预算") in found
    left = next(row for row in rows(review(county)) if row["原文"] == "24.5万元")
    assert left["所在句"] == "另有一笔24.5万元已转入共管账户。"
    assert left["未读原因"]


def test_a_figure_left_unread_is_placed_and_the_report_shows_who_says_so(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        (county / "报告.txt")
        .read_text(encoding="utf-8")
        .replace("实际支出60万元，占调整预算的60%", "进展顺利")
    )
    (county / "报告.txt").write_text(text, encoding="utf-8")
    path = entered(review(county), "24.5万元", *MOVED)
    told = read_json(capsys, county, path)
    assert spent(told) == [("total", "24.5", "万元")]
    assert "24.5万元" not in [each["quote"] for each in told["unread"]]
    report = read_json(capsys, county, path, "check")
    (said,) = report["corrections"]
    assert (said["by"], said["on"], said["why"], said["item"]) == (
        "绩效股",
        "2022-07-15",
        "共管账户已支付",
        "实际支出",
    )
    assert outcome(["check", str(county), "--corrections", str(path)]) in (0, 1)
    assert "绩效股 2022-07-15: 共管账户已支付" in capsys.readouterr().out


def test_what_was_read_wrongly_is_taken_out_and_what_was_inferred_of_it_too(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = entered(review(county), "100万元", "", "不采用", "", "绩效股", "2022/7/15", "是上年数")
    told = read_json(capsys, county, path)
    assert [each["quote"] for each in told["facts"]] == ["60万元"]
    assert "adjusted_budget" not in [each["field"] for each in told["inferred"]]


def test_a_moved_figure_beside_another_print_conflicts_as_any_other(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = read_json(capsys, county, entered(review(county), "24.5万元", *MOVED))
    assert {each.get("state") for each in told["facts"] if each["field"] == "spent"} == {"conflicting"}


def test_a_ratio_is_placed(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    values = ("基本支出", "实际支出/年初预算", "", "绩效股", "2022-07-15", "指基本支出")
    told = read_json(capsys, county, entered(review(county), "60%", *values))
    (claim,) = told["claims"]
    assert (claim["line"], claim["denominator_named"], claim["printed"]) == ("basic", "initial_budget", "60%")


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        (("未发生追加", "未发生任何追加"), True),  # another sentence
        (("24.5万元", "25.5万元"), False),  # the words themselves
        (("另有一笔", "另有上年一笔"), False),  # the sentence around them
        (("一、预算", "本报告已经审核。\n\n一、预算"), True),  # the place
        (
            ("一、预算", "另有一笔24.5万元已转入共管账户。\n一、预算"),
            False,
        ),  # the sentence stands there twice
    ],
)
def test_it_holds_while_the_same_words_stand_once_in_the_same_sentence(
    county: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], *, holds: bool
) -> None:
    path = entered(review(county), "24.5万元", "基本支出", *MOVED[1:])
    (county / "报告.txt").write_text(TEXT.replace(*change), encoding="utf-8")
    told = read_json(capsys, county, path)
    assert (("basic", "24.5", "万元") in spent(told)) is holds
    assert ("lapsed" in [each["why"] for each in told["unread"]]) is not holds
    assert ("corrections" in told) is holds


def test_a_bare_number_gets_its_unit_and_what_a_cell_holds_is_not_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "county"
    folder.mkdir()
    book = Workbook()
    assert book.active is not None
    for row in (
        ["安泉县体育局项目支出表"],
        ["2022年1—6月"],
        ["项目名称", "年初预算", "支出情况"],
        ["器材更新经费", 30, 12],
    ):
        book.active.append(row)
    book.save(folder / "表.xlsx")
    path = entered(
        review(folder), "12", "器材更新经费", "实际支出", "万元", "绩效股", "2022-07-15", "表头漏写单位"
    )
    told = read_json(capsys, folder, path)
    (fact,) = told["facts"]
    assert (fact["value"], fact["unit"], fact["quote"], fact["location"]["address"]) == (
        "12",
        "万元",
        "12",
        "Sheet!C4",
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("合计", "实际支出", "", "", "2022-07-15", "核对"), "缺少“更正人”"),
        (("合计", "实际支出", "", "绩效股", "7月", "核对"), "不是日期"),
        (("合计", "支出数", "", "绩效股", "2022-07-15", "核对"), "不在列表中"),
        (("合计", "实际支出/年初预算", "", "绩效股", "2022-07-15", "核对"), "不能读成"),
    ],
)
def test_what_is_entered_wrongly_is_told_with_its_cell(
    county: Path, capsys: pytest.CaptureFixture[str], values: tuple[str, ...], said: str
) -> None:
    path = entered(review(county), "24.5万元", *values)
    assert outcome(["check", str(county), "--corrections", str(path)]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "核对!" in told


def test_other_files_are_no_corrections(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = county.parent / "other.xlsx"
    Workbook().save(other)
    for path in (other, county.parent / "none.xlsx", county / "报告.txt"):
        assert outcome(["read", str(county), "--corrections", str(path)]) == 2
        told = capsys.readouterr().err
        assert str(path) in told
        assert "--review" in told


def test_a_review_in_the_folder_is_no_report_and_keeps_what_was_entered(county: Path) -> None:
    path = entered(review(county), "24.5万元", *MOVED)
    again = review(county, "--corrections", str(path.rename(county / "旧核对.xlsx")))
    row = next(each for each in rows(again) if each["原文"] == "24.5万元")
    assert tuple(row[name] or "" for name in HEAD) == MOVED


def test_no_cell_of_the_review_is_a_formula(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(county)
    Path("=1+1.txt").write_text(TEXT.replace("24.5万元", "-24.5万元"), encoding="utf-8")
    assert outcome(["read", "=1+1.txt", "--review", "../核对.xlsx"]) == 0
    book = load_workbook(BytesIO(Path("../核对.xlsx").read_bytes()))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "=1+1.txt" in [cell.value for cell in cells]
    for name, part in zip_parts(Path("../核对.xlsx").read_bytes()):
        assert b"<f>" not in part, name


def zip_parts(data: bytes) -> list[tuple[str, bytes]]:
    """The parts of a workbook."""
    with ZipFile(BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def test_the_review_does_not_replace_a_report(county: Path) -> None:
    report = county / "报告.txt"
    assert outcome(["read", str(report), "--review", str(report)]) == 2
    assert report.read_text(encoding="utf-8") == TEXT


def test_a_correction_whose_words_have_moved_says_where_they_stood(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = entered(review(county), "24.5万元", "基本支出", *MOVED[1:])
    (county / "报告.txt").write_text(TEXT.replace("一、预算", "本报告已经审核。\n一、预算"), encoding="utf-8")
    (said,) = read_json(capsys, county, path)["corrections"]
    assert (said["location"]["address"], said["moved_from"]) == ("¶5", "¶4")


def test_a_project_that_was_not_recognised_is_added_and_that_is_told(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = entered(review(county), "24.5万元", "共管账户项目", *MOVED[1:])
    told = read_json(capsys, county, path)
    assert ("project:共管账户项目", "spent", "24.5") in [(each["subject"], each["field"], each["value"]) for each in told["facts"]]  # fmt: skip
    assert [(each["quote"], each["open"]) for each in told["unread"] if each["why"] == "added_project"] == [
        ("共管账户项目", False)
    ]
    report = read_json(capsys, county, path, "check")
    assert report["corrections"][0]["owner"] == "共管账户项目"


@pytest.mark.parametrize(
    ("sentence", "item", "value"),
    [
        ("另有项目支出额度24.5万元被收回。", "追加调整", "-24.5"),
        ("因机构改革调减额度24.5万元。", "追加调整", "-24.5"),
        ("年中压减10万元，另追加额度24.5万元。", "追加调整", "24.5"),
        ("本年追加追减额度24.5万元。", "追加调整", "24.5"),
        ("另有一笔24.5万元已转入共管账户。", "追加调整 (调减)", "-24.5"),
        ("因机构改革调减额度24.5万元。", "追加调整 (调增)", "24.5"),
        ("因机构改革调减额度24.5万元。", "实际支出", "24.5"),
    ],
)
def test_a_cut_that_a_person_has_placed_is_negative(
    county: Path, capsys: pytest.CaptureFixture[str], sentence: str, item: str, value: str
) -> None:
    text = TEXT.replace("另有一笔24.5万元已转入共管账户。", sentence)
    (county / "报告.txt").write_text(text, encoding="utf-8")
    path = entered(review(county), "24.5万元", "项目支出", item, *MOVED[2:])
    found = [each for each in read_json(capsys, county, path)["facts"] if each["line"] == "project"]
    assert [each["value"] for each in found if each["quote"] == "24.5万元"] == [value]


def test_a_correction_that_cannot_be_applied_is_not_called_lapsed(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = entered(review(county), "60万元", "基本支出", *MOVED[1:])
    book = load_workbook(path)
    for row in book["核对"].iter_rows(min_row=2):
        if row[2].value == "60万元":
            row[4].value = "合计 年初预算"
    book.save(path)
    told = read_json(capsys, county, path)
    assert [each["why"] for each in told["unread"] if each["quote"] == "60万元"] == ["not_applied"]


def test_a_review_that_was_filled_in_is_not_written_over(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = entered(review(county), "24.5万元", *MOVED)
    before = path.read_bytes()
    assert outcome(["read", str(county), "--review", str(path)]) == 2
    told = capsys.readouterr().err
    assert "已填有 1 行更正" in told
    assert "核对!G" in told
    assert "--corrections 核对.xlsx" in told
    assert path.read_bytes() == before


def test_only_an_empty_review_of_the_same_documents_is_written_over(county: Path, tmp_path: Path) -> None:
    path = review(county)
    assert review(county) == path
    other = tmp_path / "other"
    other.mkdir()
    (other / "另一份.txt").write_text(TEXT, encoding="utf-8")
    assert outcome(["read", str(other), "--review", str(path)]) == 2
    Workbook().save(tmp_path / "book.xlsx")
    (tmp_path / "notes.txt").write_text("notes", encoding="utf-8")
    for name in ("book.xlsx", "notes.txt"):
        before = (tmp_path / name).read_bytes()
        assert outcome(["read", str(county), "--review", str(tmp_path / name)]) == 2
        assert (tmp_path / name).read_bytes() == before


def test_a_heading_is_no_part_of_the_sentence_below_it(county: Path) -> None:
    told = {each["原文"]: each["所在句"] for each in rows(review(county))}
    assert told["100万元"].startswith("截至2022年6月30日，部门年初预算100万元")
    assert told["24.5万元"] == "另有一笔24.5万元已转入共管账户。"


def test_a_title_is_no_part_of_the_sentence_below_it(county: Path) -> None:
    text = TEXT.replace("一、预算执行情况\n", "")
    (county / "报告.txt").write_text(text, encoding="utf-8")
    told = {each["原文"]: each["所在句"] for each in rows(review(county))}
    assert told["100万元"].startswith("截至2022年6月30日，部门年初预算100万元")
