"""What the cells of a workbook show: ordinary formats, formats that show a number smaller than it is, and cells that cannot be read."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from perfrules import pipeline
from perfrules.documents.cells import as_shown
from perfrules.documents.sheet import ERRORS
from perfrules.model.submission import Submission
from perfrules.plugins import catalog

CATALOG = catalog()
VALUES = (3270000, 3274567.89, 12.5, -12.5, -3270000, 0, 0.006, 327.456)
ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '
ORDINARY = ("General", "0", "0.00", "#,##0", "#,##0.00", ACCOUNTING, "#,##0.00_);[Red](#,##0.00)", "0.00_);(0.00)", "#,##0.00;[Red]#,##0.00", "[$¥-804]#,##0.00", "¥#,##0.00;¥-#,##0.00", "0.00_ ", "@", "[DBNum2][$-804]General")  # fmt: skip
"""Formats under which a number is read as it is kept."""
SCALED = ('0!.0000', '0\\.0000', '0!.0,"万"', '0"."0,"万元"', "#,##0.00,", "0.00,,", "#,##0,", '[>=10000]0!.0,"万";0')  # fmt: skip
STRANGE = (";;;", "0.00;0.00", "-0.00", '0"-"0', '"2023-"0', "[$$-409]#,##0", "[h]:mm", 'yyyy"年"', "0.00%%", '0!.0%', "# ?/?", "0" * 300)  # fmt: skip


@pytest.mark.parametrize("form", ORDINARY)
@pytest.mark.parametrize("value", VALUES)
def test_an_ordinary_format_leaves_a_number_as_it_is_kept(form: str, value: float) -> None:
    shown = as_shown(value, form)
    assert (shown.is_sure, shown.places, Decimal(shown.text)) == (True, 0, Decimal(str(value)))


@pytest.mark.parametrize(
    ("value", "form", "text", "places"),
    [
        (3270000, "0!.0000", "327.0000", 4),
        (-3270000, "0!.0000", "-327.0000", 4),
        (3274567, '0!.0,"万"', "327.5万", 4),
        (3274567, '0\\.0,"万元"', "327.5万元", 4),
        (3274567, "#,##0.00,", "3274.57", 3),
        (3274567, "0.00,,", "3.27", 6),
        (3270000, '[>=10000]0!.0,"万";0', "327.0万", 4),
        (9000, '[>=10000]0!.0,"万";0', "9000", 0),
        (327, '0.00"万元"', "327.00万元", 0),
        (327, '#,##0.00"(万元)"', "327.00万元", 0),
        (8, '0"个"', "8个", 0),
        (2, '"第"0"季度"', "第2季度", 0),
        (35, '0.0"%"', "35.0%", 0),
        (0, ACCOUNTING, "0", 0),
        (3270000, "0.00E+00", "3270000", 0),
        (3, "# ?/?", "3", 0),
    ],
)
def test_a_number_is_read_as_it_is_shown(value: float, form: str, text: str, places: int) -> None:
    shown = as_shown(value, form)
    assert (shown.is_sure, shown.text, shown.places) == (True, text, places)


@pytest.mark.parametrize("form", STRANGE)
def test_what_is_shown_is_not_guessed(form: str) -> None:
    assert any(not as_shown(value, form).is_sure for value in VALUES)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_what_is_read_is_what_another_program_shows(tmp_path: Path) -> None:
    """Within the places shown; what a cell shows that is no number is never read as one."""
    book = Workbook()
    assert book.active is not None
    formats = [
        form for form in (*ORDINARY, *SCALED, *STRANGE[:-1]) if "!" not in form and "DBNum" not in form
    ]
    for row, form in enumerate(formats, 1):
        for column, value in enumerate(VALUES, 1):
            cell = book.active.cell(row, column, value)
            cell.number_format = form
    book.save(tmp_path / "book.xlsx")
    call = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(tmp_path), str(tmp_path / "book.xlsx")]  # fmt: skip
    subprocess.run(call, capture_output=True, check=False, timeout=100)
    if not (tmp_path / "book.csv").exists():
        pytest.skip("LibreOffice made nothing of it")
    with (tmp_path / "book.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    for form, row in zip(formats, rows, strict=True):
        for value, words in zip(VALUES, row, strict=True):
            shown = as_shown(value, form)
            if shown.is_sure:
                assert is_within(shown.text, words, form), (form, value, shown, words)


def is_within(text: str, words: str, form: str) -> bool:
    """Whether a number read is the one shown, as far as its places go; red and brackets are signs."""
    plain = re.sub(r"[\s¥,¥￥]", "", words).replace("(", "-").replace(")", "")
    found = re.search(r"-?\d+(?:\.\d+)?", plain)
    if found is None:
        return Decimal(re.sub("[^\\d.-]", "", text)) == 0
    read = Decimal(re.sub("[^\\d.-]", "", text))
    seen = Decimal(found[0])
    if "[Red]#,##0.00" in form:
        read = abs(read)
    exponent = seen.as_tuple().exponent
    assert isinstance(exponent, int)
    return abs(read - seen) <= Decimal(1).scaleb(exponent) / 2


def table(path: Path, unit: str, cells: list[tuple[object, str]]) -> Submission:
    """A table of projects whose budgets are these values in these formats."""
    book = Workbook()
    sheet: Any = book.active
    for row in (["安泉县体育局项目支出表"], ["2022年1—6月", "", unit], ["项目名称", "年初预算", "实际支出"]):
        sheet.append(row)
    for number, (value, form) in enumerate(cells):
        sheet.append([f"第{'甲乙丙丁戊己庚'[number]}项目", value, 1])
        sheet.cell(4 + number, 2).number_format = form
    book.save(path)
    (submission,) = pipeline.read_paths([path], CATALOG).submissions
    return submission


def budgets(submission: Submission) -> list[str]:
    facts = (row.facts.get("initial_budget") for row in submission.department.table("projects").rows)
    return [fact.value.words if fact else "" for fact in facts]  # type: ignore[union-attr]


def told(submission: Submission) -> list[tuple[str, str, str, bool]]:
    return [(each.location.address, each.quote, each.why, each.open) for each in submission.unread if each.location.address.startswith("Sheet!B")]  # fmt: skip


def test_a_number_shown_smaller_is_read_where_its_unit_is_smaller_by_as_much(tmp_path: Path) -> None:
    cells = [(3270000, "0!.0000"), (3270000, '0!.0,"万"'), (3270000, "#,##0.00,"), (327, "0.00"), (3270000, ";;;")]  # fmt: skip
    submission = table(tmp_path / "表.xlsx", "单位：万元", cells)  # type: ignore[arg-type]
    assert budgets(submission) == ["327.0000万元", "327.0万元", "", "327.00万元", ""]
    assert told(submission) == [
        ("Sheet!B6", "3270.00", "number_format", True),
        ("Sheet!B8", "3270000", "number_format", True),
    ]


def test_a_number_shown_smaller_below_another_unit_is_told(tmp_path: Path) -> None:
    cells = [(3270000, "0!.0000"), (3270000, '0!.0,"万元"'), (3270000, "#,##0"), (327, '0.00"万元"')]
    submission = table(tmp_path / "表.xlsx", "单位：元", cells)  # type: ignore[arg-type]
    assert budgets(submission) == ["", "327.0万元", "3270000元", ""]
    assert [each[0] for each in told(submission)] == ["Sheet!B4", "Sheet!B7"]


def test_an_error_in_a_cell_is_told(tmp_path: Path) -> None:
    submission = table(tmp_path / "表.xlsx", "单位：万元", [(error, "0.00") for error in ERRORS[:7]])
    assert [each[1:] for each in told(submission)] == [(error, "cell_error", True) for error in ERRORS[:7]]


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("￥327,000.00", "327,000.00元"),
        ("RMB 327,000", "327,000元"),
        ("327000元整", "327000元"),
        ("327000块", "327000元"),
        ("人民币32.7万元整", ""),
        ("叁拾贰万柒仟元整", ""),
    ],
)
def test_amounts_with_a_currency_are_read_or_told(tmp_path: Path, words: str, read: str) -> None:
    submission = table(tmp_path / "表.xlsx", "单位：元", [(words, "General"), (5, "0")])
    assert budgets(submission) == [read.replace(",", "") or "", "5元"] or budgets(submission) == [read, "5元"]
    assert [each[1] for each in told(submission)] == ([] if read else [words])
