"""Thresholds as a workbook and back: what is changed is what the new ruleset sets, and every fault has its cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from perfrules import pipeline
from perfrules.cli.main import outcome
from perfrules.documents.cells import as_kept
from perfrules.errors import RulesetError
from perfrules.model.rule import Ruleset, Severity
from perfrules.plugins import catalog
from perfrules.rules import load_ruleset
from perfrules.rules.workbook import changed_from, workbook_of
from perfrules.rules.workbook.changes import head_text

CORE = load_ruleset("core")
BOOK = workbook_of(CORE)
VALUE, JUNE, SOURCE, BECAUSE = 4, 10, 17, 18
"""Columns of the sheet of parameters, counted by hand in an office program."""


def edited(change: Callable[[Any], None]) -> bytes:
    book = load_workbook(BytesIO(BOOK))
    change(book)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def row(book: Workbook, name: str, sheet: str = "参数") -> int:
    return next(cells[0].row for cells in book[sheet].iter_rows(min_row=2) if cells[0].value == name)


def set_value(name: str, text: object, because: str = "本轮要求", form: str = "@") -> Callable[[Any], None]:
    def change(book: Any) -> None:
        at = row(book, name)
        book["参数"].cell(at, VALUE).value = text
        book["参数"].cell(at, VALUE).number_format = form
        book["参数"].cell(at, BECAUSE).value = because

    return change


def written(content: bytes, folder: Path) -> Ruleset:
    """The ruleset that the command writes from a workbook."""
    (folder / "e.xlsx").write_bytes(content)
    code = outcome(["rules", "params", "--from", str(folder / "e.xlsx"), "--to", str(folder / "xian")])
    assert code == 0
    return pipeline.prepare(folder / "xian", catalog()).ruleset


def faults(content: bytes, ruleset: Ruleset = CORE) -> list[tuple[str, str]]:
    with pytest.raises(RulesetError) as caught:
        changed_from(content, "e.xlsx", ruleset)
    return [(fault.code, str(fault.where)) for fault in caught.value.faults]


def test_the_same_ruleset_gives_the_same_bytes_and_no_change() -> None:
    assert workbook_of(CORE) == BOOK
    assert not changed_from(BOOK, "e.xlsx", CORE)


def test_every_cell_is_text_and_no_formula() -> None:
    book = load_workbook(BytesIO(BOOK))
    assert book.sheetnames == ["参数", "规则", "说明"]
    cells = [
        cell for sheet in book for cells in sheet.iter_rows() for cell in cells if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    assert len(list(book["规则"].iter_rows(min_row=2))) > 80


def test_a_text_that_begins_like_a_formula_stays_text() -> None:
    ruleset = load_ruleset("core")
    first = next(iter(ruleset.parameters.values()))
    from attrs import evolve

    value = evolve(first.values[0], source='=HYPERLINK("x")')
    changed = evolve(ruleset, parameters={**ruleset.parameters, first.name: evolve(first, values=(value,))})
    cell = load_workbook(BytesIO(workbook_of(changed)))["参数"].cell(2, SOURCE)
    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")


def test_what_is_changed_is_what_the_new_ruleset_sets(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        set_value("project_floor", 0.35, form="0%")(book)
        set_value("light_red", "60%")(book)
        set_value("deadline", date(2025, 7, 20), form="yyyy-mm-dd")(book)
        at = row(book, "idle_spent")
        for column, text in ((VALUE, None), (JUNE, "50%"), (JUNE + 3, "70%"), (BECAUSE, "按月")):
            book["参数"].cell(at, column).value = text
        rules = book["规则"]
        rules.cell(row(book, "EXE106", "规则"), 4).value = "提示"
        rules.cell(row(book, "EXE106", "规则"), 6).value = "本轮只提示"
        rules.cell(row(book, "EXE102.yellow", "规则"), 4).value = "请说明"
        rules.cell(row(book, "EXE102.yellow", "规则"), 6).value = "黄灯也请说明"
        rules.cell(row(book, "YOY108", "规则"), 5).value = "是"
        rules.cell(row(book, "YOY108", "规则"), 6).value = "不写同比"

    ruleset = written(edited(change), tmp_path)
    values = {name: ruleset.parameters[name].values for name in ("project_floor", "light_red", "deadline")}
    assert {name: [each.value and each.value.text for each in held] for name, held in values.items()} == {
        "project_floor": ["35%"],
        "light_red": ["60%"],
        "deadline": ["2025-07-20"],
    }
    (by_month,) = ruleset.parameters["idle_spent"].values
    assert {month: each.text for month, each in by_month.by_month.items()} == {6: "50%", 9: "70%"}
    assert ruleset.rules["EXE106"].severity is Severity.NOTICE
    assert [band.severity for band in ruleset.rules["EXE102"].bands][:2] == [Severity.WARNING] * 2
    assert "YOY108" not in ruleset.rules
    assert {change.what: change.because for change in ruleset.changes} == {
        "project_floor": "本轮要求",
        "light_red": "本轮要求",
        "deadline": "本轮要求",
        "idle_spent": "按月",
        "EXE106": "本轮只提示",
        "EXE102.yellow": "黄灯也请说明",
        "YOY108": "不写同比",
    }


def test_a_row_copied_with_another_day_is_a_dated_value(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet, at = book["参数"], row(book, "project_floor")
        sheet.insert_rows(at + 1)
        for column in range(1, 22):
            sheet.cell(at + 1, column).value = sheet.cell(at, column).value
        sheet.cell(at + 1, 3).value = "2026-01-01"
        sheet.cell(at + 1, VALUE).value = "40%"
        sheet.cell(at + 1, BECAUSE).value = "自二〇二六年起"

    values = written(edited(change), tmp_path).parameters["project_floor"].values
    assert [(str(each.since), each.value and each.value.text) for each in values] == [
        ("2010-01-01", "60% * $pace"),
        ("2026-01-01", "40%"),
    ]


def test_columns_are_found_by_their_heading(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        set_value("project_floor", "35%")(book)
        book["参数"].move_range("Q1:R200", cols=10)

    assert written(edited(change), tmp_path).changes[0].what == "project_floor"


@settings(max_examples=25, deadline=None)
@given(
    texts=st.dictionaries(
        st.sampled_from(["project_floor", "idle_released", "idle_spent", "deviation_limit"]),
        st.decimals(0, 300, places=2).map(lambda number: f"{number}%"),
        min_size=1,
    )
)
def test_any_values_come_back_as_they_were_typed(texts: dict[str, str]) -> None:
    def change(book: Any) -> None:
        for name, text in texts.items():
            set_value(name, text)(book)

    found = changed_from(edited(change), "e.xlsx", CORE)
    told = {name: each.values[0].value and each.values[0].value.text for name, each in found.settings.items()}
    same = {name for name in texts if texts[name] == str(CORE.parameters[name].values[0].value and CORE.parameters[name].values[0].value.text)}  # fmt: skip
    assert told == {name: text for name, text in texts.items() if name not in same}
    assert all(text in head_text(found, "x", "core", "县") for text in told.values() if text)


@given(st.decimals(-(10**9), 10**9, places=6, allow_nan=False))
def test_a_number_is_shown_with_the_digits_typed(number: Decimal) -> None:
    shown = as_kept(float(number))
    assert Decimal(shown) == number or float(shown) == float(number)
    assert "e" not in shown.lower()


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (0.35, "0%", "35%"),
        (0.355, "0.0%", "35.5%"),
        (0.07, "0%", "7%"),
        (0.1, "General", "0.1"),
        (3, "General", "3"),
        (1e-7, "General", "0.0000001"),
        (True, "General", "true"),
        (date(2025, 7, 20), "yyyy", "2025-07-20"),
        (" 30% ", "@", "30%"),
        (None, "@", ""),
    ],
)
def test_a_cell_as_kept(value: Any, form: str, shown: str) -> None:
    assert as_kept(value, form) == shown


def without_sheet(book: Any) -> None:
    del book["规则"]


def without_column(book: Any) -> None:
    book["参数"].cell(1, VALUE).value = "数值"


def without_row(book: Any) -> None:
    book["参数"].delete_rows(row(book, "pace"))


def with_both(book: Any) -> None:
    book["参数"].cell(row(book, "pace"), JUNE).value = "1"


def with_two_days(book: Any) -> None:
    sheet, at = book["参数"], row(book, "pace")
    for column in range(1, 22):
        sheet.cell(sheet.max_row + (column == 1), column).value = sheet.cell(at, column).value


def with_a_formula(book: Any) -> None:
    book["参数"].cell(row(book, "pace"), VALUE).value = "=1/2"


def with_many_rows(book: Any) -> None:
    book["参数"].cell(6000, 1).value = "x"


def with_a_rule(column: int, text: str, name: str = "EXE106") -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book["规则"].cell(row(book, name, "规则"), column).value = text

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (without_sheet, [("workbook.no_sheet", "e.xlsx")]),
        (without_column, [("workbook.no_column", "e.xlsx 参数!1:1")]),
        (without_row, [("workbook.missing", "e.xlsx 参数")]),
        (with_many_rows, [("workbook.too_long", "e.xlsx 参数")]),
        (with_both, [("workbook.both", "e.xlsx 参数!D2"), ("workbook.because", "e.xlsx 参数!R2")]),
        (with_two_days, [("workbook.two_values", "e.xlsx 参数!C47")]),
        (with_a_formula, [("workbook.formula", "e.xlsx 参数!D2"), ("workbook.no_value", "e.xlsx 参数!D2"), ("workbook.because", "e.xlsx 参数!R2")]),
        (set_value("pace", "1", because=""), [("workbook.because", "e.xlsx 参数!R2")]),
        (set_value("pace", None), [("workbook.no_value", "e.xlsx 参数!D2")]),
        (lambda book: setattr(book["参数"]["A2"], "value", "paces"), [("workbook.no_parameter", "e.xlsx 参数!A2"), ("workbook.missing", "e.xlsx 参数")]),
        (lambda book: setattr(book["参数"]["C2"], "value", "去年"), [("workbook.not_a_date", "e.xlsx 参数!C2"), ("workbook.because", "e.xlsx 参数!R2")]),
        (with_a_rule(4, "严重"), [("workbook.severity", "e.xlsx 规则!D39")]),
        (with_a_rule(5, "y"), [("workbook.withdrawn", "e.xlsx 规则!E39")]),
        (with_a_rule(4, "提示"), [("workbook.because", "e.xlsx 规则!F39")]),
        (with_a_rule(1, "EXE999"), [("workbook.no_rule", "e.xlsx 规则!A39")]),
    ],
)  # fmt: skip
def test_every_fault_has_its_cell(change: Callable[[Any], None], expected: list[tuple[str, str]]) -> None:
    assert faults(edited(change)) == expected


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"\xd0\xcf\x11\xe0 an encrypted one"])
def test_what_is_no_workbook_is_told(content: bytes) -> None:
    assert faults(content) == [("workbook.unreadable", "e.xlsx")]


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        (set_value("idle_spent", "50%%"), "参数!D5: 此处不能有 %", "参数!D5: % cannot stand here"),
        (set_value("project_floor", 0.35, form="General"), "参数!D3: 参数 $project_floor 的取值种类不一", "write a ratio as 35%"),
        (set_value("project_floor", "$nothing"), "参数!D3: 没有参数 $nothing", "there is no parameter $nothing"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh", "en"])
def test_expressions_are_checked_before_anything_is_written(
    change: Callable[[Any], None],
    zh: str,
    en: str,
    language: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "e.xlsx").write_bytes(edited(change))
    call = ["rules", "params", "--from", str(tmp_path / "e.xlsx"), "--to", str(tmp_path / "xian")]
    assert outcome([*call, "--lang", language]) == 2
    assert (zh if language == "zh" else en) in capsys.readouterr().err
    assert not (tmp_path / "xian").exists()


def test_a_value_milder_than_a_closed_parent_is_told_at_its_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = 'id: city\nversion: "1"\ntitle: {zh: 市, en: city}\nextends: core\nset:\n'
    (tmp_path / "city").mkdir()
    (tmp_path / "city" / "ruleset.yaml").write_text(
        head + "  project_floor: {value: 40%, because: 市里要求}\n", encoding="utf-8"
    )
    book = load_workbook(BytesIO(workbook_of(load_ruleset(tmp_path / "city"))))
    set_value("project_floor", "35%")(book)
    book.save(tmp_path / "e.xlsx")
    call = ["rules", "params", "-r", str(tmp_path / "city"), "--from", str(tmp_path / "e.xlsx")]
    assert outcome([*call, "--to", str(tmp_path / "xian")]) == 2
    assert (
        "参数!D3: 参数 $project_floor 在 2010-01-31 为 35.00%, 比 city 的 40.00% 宽"
        in capsys.readouterr().err
    )
    assert outcome([*call, "--to", str(tmp_path / "elsewhere" / "xian")]) == 2
    assert "并列" in capsys.readouterr().err


def test_nothing_changed_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["rules", "params", "--xlsx", str(tmp_path / "p.xlsx")]) == 0
    assert (tmp_path / "p.xlsx").read_bytes() == BOOK
    call = ["rules", "params", "--from", str(tmp_path / "p.xlsx"), "--to", str(tmp_path / "xian")]
    assert outcome(call) == 0
    assert "没有改动" in capsys.readouterr().out
    assert not (tmp_path / "xian").exists()


@pytest.mark.parametrize(("language", "said"), [("zh", "越高越严"), ("en", "higher is stricter")])
def test_the_terminal_lists_them(language: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["rules", "params", "-r", "sichuan-2025", "--lang", language]) == 0
    shown = capsys.readouterr().out
    assert said in shown
    assert "4: 25%, 6: 40%, 8: 60%, 10: 80%" in shown
