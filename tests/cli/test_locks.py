"""The lock of a document that is open is told in every form, and counts for nothing: its document is read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from junitparser import JUnitXml
from openpyxl import load_workbook

from perfrules import pipeline
from perfrules.cli.main import outcome
from perfrules.errors import ReadError
from perfrules.plugins import catalog

ROOT = Path(__file__).parents[2]
GOOD = (ROOT / "examples" / "yunling" / "shuiwenzhan.txt").read_text(encoding="utf-8")
NAME = "云岭县水文监测站"
FORMS = {"rich": "t.txt", "json": "r.json", "html": "p.html", "xlsx": "b.xlsx", "csv": "c.csv", "markdown": "m.md", "sarif": "s.sarif", "junit": "j.xml"}  # fmt: skip
LAYOUTS = {
    "county": ("a/报告.txt", "b/报告.txt", "a/~$报告.txt"),
    "flat": ("a.txt", "b.txt", "~$a.txt"),
    "department": ("报告.txt", "~$报告.txt"),
}


def filed(folder: Path, names: tuple[str, ...]) -> Path:
    """A folder with the report that has nothing wrong, one for each name, and locks of 162 bytes that are no text."""
    for at, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.name.startswith("~$"):
            path.write_bytes(b"\x05clerk" + b"\x00" * 156)
        else:
            path.write_text(GOOD.replace(NAME, f"云岭县水文监测{'一二三'[at]}站"), encoding="utf-8")
    return folder


def told(folder: Path, to: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, str]:
    """What each form says of a check that ends well; the workbook as its sheets' names and the cells of the summary."""
    to.mkdir()
    forms = [each for form, file in FORMS.items() for each in ("-f", f"{form}={to / file}")]
    assert outcome(["check", str(folder), *forms, *options]) == 0
    found = {
        form: (to / file).read_text(encoding="utf-8-sig") for form, file in FORMS.items() if form != "xlsx"
    }
    book = load_workbook(to / FORMS["xlsx"])
    found["xlsx"] = " ".join([*book.sheetnames, *(str(cell.value) for row in book["汇总"] for cell in row)])
    return {**found, "errors": capsys.readouterr().err}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_lock_is_told_in_every_form_and_counted_in_none(
    layout: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(filed(tmp_path / "in", LAYOUTS[layout]), tmp_path / "out", capsys)
    for form in ("rich", "html", "csv", "markdown", "junit", "xlsx"):
        assert "另请留意" in found[form], form
    assert not any("未能读取" in found[form] for form in ("rich", "html", "csv", "markdown", "junit"))
    assert found["xlsx"].count("未能读取") == 1  # the sheet, which is empty
    assert "可能正在编辑" in found["errors"]
    contract = json.loads(found["json"])
    assert (contract["status"], [each["code"] for each in contract["remarks"]]) == ("green", ["read.lock"])
    assert "not_read" not in contract
    rows = list(csv.reader(io.StringIO(found["csv"])))
    assert [row[1] for row in rows[1:]] == ["另请留意"]
    suites = JUnitXml.fromstring(found["junit"].encode())
    assert (suites.errors, suites.failures) == (0, 0)
    (invocation,) = json.loads(found["sarif"])["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is True
    assert [each["level"] for each in invocation["toolExecutionNotifications"]] == ["note"]


def test_quiet_tells_a_lock_in_a_line_and_counts_it_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = filed(tmp_path / "in", LAYOUTS["county"])
    assert outcome(["check", str(folder), "--quiet"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("另请留意   ")
    assert lines[-2] == "共 2 份: 灰 0, 有待处理 0, 绿 2"


def test_a_lock_that_is_named_with_its_document_is_told_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = filed(tmp_path / "in", LAYOUTS["department"])
    assert outcome(["check", *(str(each) for each in sorted(folder.iterdir()))]) == 0
    assert "可能正在编辑" in capsys.readouterr().err


def test_a_folder_with_a_lock_alone_is_empty_and_grey(tmp_path: Path) -> None:
    folder = filed(tmp_path, ("a/报告.txt", "b/~$报告.docx"))
    reading = pipeline.read_paths([folder], catalog())
    assert [(each.quote, each.why) for each in reading.submissions[1].unread] == [("b", "empty_folder")]
    assert reading.faults == ()
    (lock,) = reading.remarks
    assert lock.message.zh == "这是文件 报告.docx 打开时的锁, 旁边没有这个文件"


def test_where_there_is_nothing_but_a_lock_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "~$a.docx").write_bytes(b"")
    for path in (tmp_path, tmp_path / "~$a.docx"):
        with pytest.raises(ReadError) as caught:
            pipeline.read_paths([path], catalog())
        assert caught.value.faults[-1].code == "read.lock"
