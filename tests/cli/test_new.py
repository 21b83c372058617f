"""`perfrules new submission`: the form as a department fills it in, and what is told of one that is filled in wrongly."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from perfrules.cli.main import outcome
from perfrules.plugins import catalog

REPORT = Path(__file__).parents[2] / "examples" / "yunling" / "wangxinban.txt"


def form(tmp_path: Path, *options: str) -> Path:
    tmp_path.mkdir(exist_ok=True)
    path = tmp_path / "报送表.xlsx"
    assert outcome(["new", "submission", "--xlsx", str(path), *options]) == 0
    return path


def fill(path: Path, cells: dict[str, object]) -> Path:
    """The form with these values typed in, `部门!名称` by the words beside or above the cell."""
    book = load_workbook(path)
    for place, value in cells.items():
        title, row, column = place.split("!")
        sheet = book[title]
        if title == "部门":
            at = next(each for each in sheet["B"] if each.value == row)
            sheet.cell(at.row, 3).value = value
        else:
            heading = next(each for each in sheet[2] if each.value == column)
            sheet.cell(int(row), heading.column).value = value
    book.save(path)
    return path


FILLED: dict[str, object] = {
    "部门!部门名称!": "云岭县水文监测站",
    "部门!期间起!": "2022-01-01",
    "部门!截止日期!": "2022-06-30",
    "支出!3!年初预算": 50.5,
    "支出!3!实际支出": "20.20万元",
    "项目!3!名称": "水质采样专项",
    "项目!3!年初预算": "300000元",
    "项目!3!实际支出": 9,
    "占比!3!属于": "合计",
    "占比!3!占比": "40.00%",
    "占比!3!分子": "实际支出",
    "占比!3!基数": "年初预算",
}


def test_a_form_that_was_filled_in_is_read_as_it_was_meant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    path = fill(form(tmp_path), FILLED)
    capsys.readouterr()
    assert outcome(["read", str(path), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["documents"][0]["department"] == "云岭县水文监测站"
    assert told["documents"][0]["period"] == {"from": "2022-01-01", "to": "2022-06-30"}
    facts = [(each["subject"], each["field"], each["value"], each["unit"], each["location"]["address"]) for each in told["facts"]]  # fmt: skip
    assert ("department", "initial_budget", "50.5", "万元", "支出!B3") in facts
    assert ("project:水质采样专项", "initial_budget", "300000", "元") in [each[:4] for each in facts]
    assert [(each["printed"], each["denominator_named"]) for each in told["claims"]] == [("40.00%", "initial_budget")]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ({"支出!3!年初预算": "很多"}, "支出!"),
        ({"支出!3!年初预算": -5}, "支出!"),
        ({"部门!截止日期!": "六月底"}, "部门!C"),
        ({"占比!3!属于": "不存在的项目", "占比!3!占比": "5%"}, "占比!"),
        ({"项目!3!年初预算": 5}, "项目"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cells: dict[str, object], address: str
) -> None:
    path = fill(form(tmp_path), cells)
    capsys.readouterr()
    assert outcome(["check", str(path)]) == 2
    assert address in capsys.readouterr().err


def test_an_empty_form_is_no_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["check", str(form(tmp_path))]) == 2
    assert "没有读到任何金额" in capsys.readouterr().err


def test_what_was_read_of_a_report_stands_in_the_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    path = form(tmp_path, "--from", str(REPORT))
    capsys.readouterr()
    assert outcome(["check", str(path), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {"wrong_base", "slow_progress"} <= {each["topic"] for each in told["findings"]}


def test_a_project_type_adds_its_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kind, own = next((name, each) for name, each in catalog().project_types.items() if each.fields)
    plain, more = ({each.value for each in load_workbook(form(tmp_path / name, *options))["项目"][1]} for name, options in (("a", []), ("b", ["--type", kind])))  # fmt: skip
    assert more - plain == {field.name for field in own.fields}
    assert outcome(["new", "submission", "--xlsx", str(tmp_path / "c.xlsx"), "--type", "none"]) == 2
    assert "没有项目类型 none" in capsys.readouterr().err


def test_the_form_has_named_cells_and_the_same_bytes_every_time(tmp_path: Path) -> None:
    path = form(tmp_path)
    assert "pf_department" in load_workbook(path).defined_names
    first = {name: ZipFile(path).read(name) for name in ZipFile(path).namelist()}
    path.unlink()
    form(tmp_path)
    assert {name: ZipFile(path).read(name) for name in ZipFile(path).namelist()} == first


@pytest.mark.parametrize("options", [[], ["--json", "a.json"], ["--json", "a.json", "--xlsx", "a.xlsx"]])
def test_how_it_is_called_is_told(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["new", "submission", *options]) == 2
    assert "--xlsx" in capsys.readouterr().err
