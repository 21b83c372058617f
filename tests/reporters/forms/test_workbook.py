"""The workbook: every number comes back, no text is computed, headings stay, long tables go on, and other programs open it."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from attrs import evolve
from defusedxml.ElementTree import fromstring
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from tests.reporters.forms.runs import HOSTILE, county, everything, labelled, reports

from perfrules.bilingual import Bilingual
from perfrules.model.fact import State
from perfrules.model.quantity import Qualifier, Quantity
from perfrules.model.report import Report, Results
from perfrules.model.unit import Kind
from perfrules.reporters.rows import Column, Figure, Marked, Table, tables
from perfrules.reporters.rows.cells import Row
from perfrules.reporters.xlsx import findings_xlsx
from perfrules.reporters.xlsx.book import Book
from perfrules.reporters.xlsx.text import holds

SHEETS = {
    "zh": ["汇总", "问题", "待补数据", "指标", "数据", "核查记录", "未读入", "未能读取", "另请留意", "说明"],
    "en": ["Summary", "Findings", "Figures to give", "Indicators", "Facts", "Ledger", "Unread", "Not read", "Also told", "About"],
}  # fmt: skip


def opened(results: Results, language: Any = "zh", **more: int) -> Workbook:
    return load_workbook(BytesIO(findings_xlsx(results, language, **more)))


def of_rows(*rows: Row, width: int = 20, limit: int = 1_048_576) -> bytes:
    """A workbook with one sheet of these rows."""
    columns = tuple(
        Column(Bilingual(f"列{place}", f"column {place}"), width) for place in range(len(rows[0]))
    )
    book = Book("zh", limit)
    book.add(Table(Bilingual("表", "sheet"), columns, lambda: iter(rows)))
    return book.closed()


def cells(workbook: bytes) -> list[list[Any]]:
    sheet = load_workbook(BytesIO(workbook)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize("language", SHEETS)
def test_every_part_has_its_sheet_with_heading_filter_and_widths(language: Any) -> None:
    book = opened(everything(), language)
    assert book.sheetnames == SHEETS[language]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.font.b and cell.fill.fgColor.rgb == "FFE7EDF3" for cell in sheet[1])
        letters = [cell.column_letter for cell in sheet[1]]
        assert all(8 <= sheet.column_dimensions[each].width <= 110 for each in letters)
        assert all(cell.alignment.wrap_text for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, str))  # fmt: skip


def test_what_nobody_could_read_or_decide_comes_first_and_is_grey() -> None:
    sheet = opened(everything())["汇总"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[0], row[3]) for row in rows] == [
        (None, "未能读取"),
        ("云岭县水文监测站", "灰"),
        ("云岭县互联网信息办公室", "有待处理"),
        ("云岭县农机推广站", "绿"),
    ]
    assert rows[0][-1] == "examples/yunling/坏 的.docx"
    assert rows[0][11] is None  # nothing of it passed
    assert rows[1][5:7] == [1, 1]  # a paper and a figure left unread


def test_the_ledger_has_a_row_for_every_verdict_and_its_sums_are_those_of_the_summary() -> None:
    book = opened(everything())
    summary = {row[0].value: [cell.value for cell in row] for row in book["汇总"].iter_rows(min_row=3)}
    ledger = [[cell.value for cell in row] for row in book["核查记录"].iter_rows(min_row=2)]
    for report in everything().reports:
        own = [row for row in ledger if row[0] == report.department]
        assert len(own) == len(report.ledger.verdicts) == summary[report.department][10]
        for place, outcome in enumerate(("通过", "不符", "未能判断", "不适用", "豁免"), 11):
            assert sum(row[5] == outcome for row in own) == summary[report.department][place]
    waived = next(row for row in ledger if row[5] == "豁免")
    assert waived[1] == "EXE101"
    assert "合同约定验收后一次付清 (预算绩效股批准, 有效至 2022-12-31)" in waived[7]


def quantities(report: Report) -> Iterator[Quantity]:
    """The printed and derived numbers of a submission, each print of each fact, that the sheet of facts shows."""
    computed = {(each.subject.id, one.indicator.name) for each in report.projects for one in each.indicators}
    for path in report.submission.walk():
        subject = path[-1]
        for name, fact in subject.facts.items():
            linked = subject.type == "claim" and name in ("numerator", "named_base")
            if (subject.id, name) not in computed and not linked:
                yield from (
                    each.value for each in (fact, *fact.witnesses) if isinstance(each.value, Quantity)
                )


def ends(number: Fraction) -> bool:
    """Whether its decimals end: nothing but twos and fives below."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def test_every_number_of_labelled_documents_comes_back() -> None:
    """By another road: from the quantities of the submission to the cells, and through openpyxl's float to the digits."""
    checked = 0
    for report in labelled(3):
        sheet = opened(Results((report,)))["数据"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        numbers = [row for row in rows if row[4] is not None and (isinstance(row[4], int | float) or row[5] is not None)]  # fmt: skip
        told = iter(numbers)
        for value in quantities(report):
            if value.exact is None and not value.digits:
                continue
            row = next(told)
            checked += 1
            if value.digits:
                assert Fraction(str(row[4])) == Fraction(value.digits) * value.factor, (report.inputs, row)
                assert (row[5] or "") == value.unit.name
                assert (row[6] is None) == (value.qualifier is Qualifier.EXACT)
            else:
                is_ratio = value.unit.kind is Kind.RATIO
                assert row[5] == ("%" if is_ratio else value.unit.name or None)
                wanted = value.exact * 100 if is_ratio else value.exact / value.unit.scale
                assert abs(Fraction(str(row[4])) - wanted) <= (0 if ends(wanted) else Fraction(1, 200))
    assert checked > 1000


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.from_regex(r"-?[1-9]\d{0,25}(\.\d{1,8})?", fullmatch=True).map(Decimal))  # fmt: skip
@settings(max_examples=150)
def test_any_decimal_comes_back_with_its_digits(value: Decimal) -> None:
    digits = f"{value:f}"
    (cell,) = load_workbook(BytesIO(of_rows((Figure(digits),)))).worksheets[0][2]
    significant = len(digits.replace(".", "").lstrip("-0"))
    assert cell.data_type == ("n" if significant <= 15 else "s")
    assert Decimal(str(cell.value)) == value
    if cell.data_type == "n":
        assert holds(digits)
        assert cell.number_format == (
            "0" if "." not in digits else "0." + "0" * len(digits.partition(".")[2])
        )
        assert f"{cell.value:.{len(digits.partition('.')[2])}f}" == digits or value == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_computed_whatever_it_begins_with(text: str) -> None:
    cell = load_workbook(BytesIO(of_rows((f"{text}", 1)))).worksheets[0]["A2"]
    assert cell.data_type == "s" or cell.value is None
    assert cell.hyperlink is None
    if text.startswith(("=", "+", "-", "@", "\t", "\r", "＝")):
        assert cell.quotePrefix


def test_no_part_holds_a_formula_a_link_or_anything_outside() -> None:
    with ZipFile(BytesIO(findings_xlsx(everything(), "zh"))) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name).decode() for name in names}
    assert not any("external" in name.lower() or "vba" in name.lower() for name in names)
    for name, xml in parts.items():
        fromstring(xml)
        assert not re.search(r"<f[ >]|<hyperlink|TargetMode=\"External\"|<extLst", xml), name


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_shows_the_texts_and_the_digits_as_they_are(tmp_path: Path) -> None:
    rows = [(each, Figure(digits), 7) for each, digits in zip(HOSTILE, ("29.5342", "-7.50", "12345678901234567890.12", "0.000001") * 9, strict=False)]  # fmt: skip
    (tmp_path / "a.xlsx").write_bytes(of_rows(*rows))
    filters = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", filters, "a.xlsx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    written = next(tmp_path.glob("a-*.csv"), None)
    if written is None:
        pytest.skip("this LibreOffice has no Calc")
    with written.open(encoding="utf-8", newline="") as opened_file:
        told = list(csv.reader(opened_file))[1:]
    assert len(told) == len(rows)
    for (text, figure, _), (shown, digits, _) in zip(rows, told, strict=True):
        kept = re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
        assert shown == kept.replace("\r\n", "\n").replace("\r", "\n"), text
        assert Decimal(digits) == Decimal(figure.digits)


def test_what_a_workbook_cannot_hold_is_taken_out_and_told() -> None:
    first, *rest = everything().reports
    hostile = evolve(first, department="云岭\x00县\x1b[2J\ud800局\ufffe")
    book = opened(Results((hostile, *rest)))
    assert book["核查记录"]["A2"].value == "云岭县[2J局"
    about = {row[0].value: row[1].value for row in book["说明"].iter_rows(min_row=2)}
    assert "核查记录!A2" in about["删去的控制字符"] or "汇总!A" in about["删去的控制字符"]
    assert "删去的控制字符" not in {row[0].value for row in opened(county())["说明"].iter_rows()}


def test_a_text_longer_than_a_cell_is_cut_and_told() -> None:
    book = Book("zh", 100)
    rows = [("甲" * 40_000,), ("𠀀" * 16_384,), ("乙" * 32_767,)]
    book.add(Table(Bilingual("表", "sheet"), (Column(Bilingual("列", "column"), 20),), lambda: iter(rows)))
    told = cells(book.closed())
    assert [len(row[0].encode("utf-16-le")) // 2 for row in told] == [32_767, 32_767, 32_767]
    assert [row[0][-1] for row in told] == ["…", "…", "乙"]
    assert book.cut == ["表!A2", "表!A3"]


def test_a_table_of_more_rows_than_a_sheet_holds_goes_on_in_the_next() -> None:
    whole = opened(county())
    split = opened(county(), rows=101)
    names = [name for name in split.sheetnames if name.startswith("核查记录")]
    assert names == ["核查记录", *(f"核查记录 ({number})" for number in range(2, 9))]
    assert all(split[name].max_row <= 101 for name in names)
    assert all([c.value for c in split[name][1]] == [c.value for c in whole["核查记录"][1]] for name in names)
    told = [[c.value for c in row] for name in names for row in split[name].iter_rows(min_row=2)]
    assert told == [[c.value for c in row] for row in whole["核查记录"].iter_rows(min_row=2)]


def test_a_table_that_just_fits_does_not_go_on() -> None:
    for rows, sheets in ((9, 1), (10, 2), (18, 2), (19, 3), (0, 1)):
        book = Book("zh", 10)
        made = [(number,) for number in range(rows)]
        book.add(
            Table(Bilingual("表", "t"), (Column(Bilingual("列", "c"), 20),), lambda made=made: iter(made))
        )  # type: ignore[misc]
        assert len(load_workbook(BytesIO(book.closed())).sheetnames) == sheets


def test_all_entries_have_one_date_and_the_parts_no_clock() -> None:
    with ZipFile(BytesIO(findings_xlsx(county(), "zh"))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2
        assert archive.testzip() is None
    assert findings_xlsx(county(), "zh") == findings_xlsx(county(), "zh")


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(reports(), st.sampled_from(["zh", "en"]))
def test_any_report_becomes_a_workbook_that_opens(report: Report, language: Any) -> None:
    results = Results((report,))
    book = opened(results, language)
    for table, sheet in zip(tables(results, language), book, strict=False):
        assert sheet.max_row == 1 + len(list(table.rows()))
        assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row if cell.value is not None)  # fmt: skip


def test_figures_are_derived_or_assumed_in_words() -> None:
    sheet = opened(county())["数据"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    derived = next(row for row in rows if row[3] == "调整预算" and row[2] == "合计" and row[0] == "云岭县互联网信息办公室")  # fmt: skip
    assert derived[4:6] == [63.79, "万元"]
    assert derived[9:11] == ["推算", "年初预算 + 上年结转 + 追加调整"]
    assert {row[9] for row in rows} <= {None, "推算", "假定", "存疑", "前后不一"}
    assert State.DERIVED.value == "derived"


def test_words_with_a_mark_are_coloured_and_say_the_same() -> None:
    sheet = load_workbook(BytesIO(of_rows((Marked("灰", "grey"), Marked("请更正", "error"))))).worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["灰", "请更正"]
    assert [cell.fill.fgColor.rgb for cell in sheet[2]] == ["FFD9D9D9", "FFF8D7DA"]
