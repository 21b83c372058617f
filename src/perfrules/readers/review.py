"""The workbook in which a person looks through what was read: every figure beside its quote and place, and what it really is.

`review_workbook` writes it, `corrections_from` reads back what was entered: what the figure is, who says so, when and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfrules.bilingual import Bilingual
from perfrules.documents.timeless import timeless
from perfrules.documents.workbook import workbook_sheets
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.correction import NOT_USED, Correction
from perfrules.model.submission import Submission
from perfrules.model.unit import MONEY_UNITS, Kind
from perfrules.readers.corrections import FIELDS, RATIOS, amount_of
from perfrules.readers.figures import Figure, figures
from perfrules.readers.values import day

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "核对"
COLUMNS = ("文件", "位置", "原文", "所在句", "读作", "未读原因", "属于 (更正)", "是 (更正)", "单位", "更正人", "日期", "理由", "sha256", "span")  # fmt: skip
ENTERED = ("属于 (更正)", "是 (更正)", "更正人", "日期", "理由")
"""The columns that a person fills in."""
_WIDTHS = (26, 14, 18, 60, 30, 16, 22, 20, 8, 10, 12, 30)
_HELP = (
    "逐行核对读到的数字。读错的, 在浅黄色各列写明它属于谁、是什么, 以及更正人、日期 (2022-07-15) 和理由; 其余留空。",
    "“属于”: 合计、基本支出、项目支出, 或项目名称。“是”: 从下拉列表中选; 不是本期预算数字的选“不采用”。",
    "没有单位的金额在“单位”列写 元、万元 或 亿元。更正的是读法; 部门所列的数字不能改。",
    "追加调整的正负: 选“追加调整 (调增)”或“追加调整 (调减)”写明; 只选“追加调整”时, 同句中最近的字是调减、核减、压减、收回等, 就按减少记为负数。",
    "“属于”可以写没有识别出的项目: 会加入这个项目, 报告写明是人工加入的。",
    "存盘后: perfrules check 路径 --corrections 本文件。文件另存后, 同一句话还在且只有一处, 更正继续有效; 字句改变后自动失效, 报告会写明。",
    "Correct a row where a figure is read wrongly: whose it is, what it is, who says so, when and why; leave the others. 追加调整 (调减) is a cut, (调增) an addition; 追加调整 alone takes the sign from the nearest words of its sentence.",
)


def review_workbook(
    submissions: Sequence[Submission], whys: Mapping[str, str], corrections: Sequence[Correction] = ()
) -> bytes:
    """The workbook with a row for each figure of these documents; corrections that were made stand in it.

    `whys` are the words for the reasons why a figure was left unread.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    _write(sheet, 1, COLUMNS)
    rows = [(each, figure) for each in submissions for figure in figures(each)]
    for number, (submission, figure) in enumerate(rows, 2):
        _write(sheet, number, _row(submission, figure, whys, _made(submission, figure, corrections)))
    _dress(book, sheet, len(rows) + 1)
    written = BytesIO()
    book.save(written)
    return timeless(written.getvalue())


def _made(submission: Submission, figure: Figure, corrections: Sequence[Correction]) -> Correction | None:
    document = submission.documents[0]
    own = (each for each in corrections if each.sha256 == document.sha256)
    same = (each for each in own if (each.location.address, each.location.span, each.quote) == (figure.location.address, figure.location.span, figure.quote))  # fmt: skip
    return next(same, None)


def _row(
    submission: Submission, figure: Figure, whys: Mapping[str, str], made: Correction | None
) -> Sequence[str]:
    span = figure.location.span
    why = whys.get(figure.why, figure.why)
    entered = (
        (made.owner, made.item, made.unit.name if made.unit else figure.unit, made.by, made.on.isoformat(), made.why)
        if made
        else ("", "", figure.unit, "", "", "")
    )  # fmt: skip
    return (
        figure.location.source,
        figure.location.address,
        figure.quote,
        figure.sentence,
        figure.read_as,
        f"请查看: {why}" if figure.is_open else why,
        *entered,
        submission.documents[0].sha256,
        f"{span[0]}-{span[1]}" if span else "",
    )


def _write(sheet: Worksheet, row: int, values: Sequence[str]) -> None:
    """Cells of text; what begins with = is text too, never a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    for column, value in enumerate(values, 1):
        cell: Any = sheet.cell(row, column)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.number_format = "@"
        if value.startswith(("=", "+", "-", "@")):
            cell.quotePrefix = True


def _dress(book: Any, sheet: Worksheet, last: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    yellow = PatternFill("solid", fgColor="FFF8DC")
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for column in range(1, len(COLUMNS) + 1):
        sheet.cell(1, column).font = Font(bold=True)
        for row in range(2, last + 1):
            cell = sheet.cell(row, column)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if COLUMNS[column - 1] in (*ENTERED, "单位"):
                cell.fill = yellow
    for letter in "MN":
        sheet.column_dimensions[letter].hidden = True
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:L{last}"
    lists = book.create_sheet("列表")
    for number, item in enumerate((NOT_USED, *FIELDS, *RATIOS), 1):
        lists.cell(number, 1, item)
    lists.sheet_state = "hidden"
    items = DataValidation("list", formula1=f"列表!$A$1:$A${1 + len(FIELDS) + len(RATIOS)}", allow_blank=True)
    units = DataValidation("list", formula1='"元,万元,亿元"', allow_blank=True)
    for validation, letter in ((items, "H"), (units, "I")):
        validation.add(f"{letter}2:{letter}{max(last, 2)}")
        sheet.add_data_validation(validation)
    told = book.create_sheet("说明")
    for number, line in enumerate(_HELP, 1):
        told.cell(number, 1, line)


def corrections_from(path: Path) -> tuple[Correction, ...]:
    """The corrections entered in a workbook; raises ReadError with every fault it has, each with its cell."""
    try:
        data = path.read_bytes()
    except OSError:
        message = Bilingual("打不开更正文件", "the file of corrections cannot be opened")
        hint = Bilingual("检查路径; 用 perfrules read 路径 --review 文件 写出", "check the path; perfrules read PATH --review FILE writes one")  # fmt: skip
        raise ReadError(Fault("corrections.not_there", message, Location(str(path)), hint)) from None
    try:
        sheet = next((each for each in workbook_sheets(str(path), data) if each.name == SHEET), None)
    except ReadError:
        sheet = None
    if sheet is None or tuple(cell.quote for cell in sheet.rows[0])[: len(COLUMNS)] != COLUMNS:
        message = Bilingual("不是 perfrules 写出的核对表", "this is no review that perfrules has written")
        hint = Bilingual("用 perfrules read 路径 --review 文件 写出, 不要改动表头", "perfrules read PATH --review FILE writes one; leave its heading as it is")  # fmt: skip
        raise ReadError(Fault("corrections.no_review", message, Location(str(path)), hint))
    faults: list[Fault] = []
    found = []
    for row in sheet.rows[1:]:
        cells = dict(zip(COLUMNS, row, strict=False))
        if not any(cells[name].quote for name in ENTERED):
            continue
        wrong = list(_faults(str(path), cells))
        faults += wrong
        if not wrong:
            found.append(_correction(cells))
    if faults:
        raise ReadError(faults)
    return tuple(found)


def _faults(path: str, cells: Mapping[str, Any]) -> Iterator[Fault]:
    def fault(name: str, zh: str, en: str) -> Fault:
        return Fault("corrections.value", Bilingual(zh, en), Location(path, cells[name].address))

    item = cells["是 (更正)"].quote
    is_used = item != NOT_USED
    for name in ENTERED:
        if not cells[name].quote and (is_used or name != "属于 (更正)"):
            yield fault(name, f"更正缺少“{name}”", f"the correction has no {name}")
    if item and is_used and item not in FIELDS and item not in RATIOS:
        listed = "、".join((NOT_USED, *FIELDS))
        yield fault("是 (更正)", f"“{item}”不在列表中: {listed} …", f"{item} is none of {listed} …")
    elif item and is_used:
        kind = Kind.RATIO if item in RATIOS else Kind.MONEY
        unit = MONEY_UNITS.get(cells["单位"].quote)
        if amount_of(cells["原文"].quote, kind, unit) is None:
            yield fault("是 (更正)", f"原文“{cells['原文'].quote}”不能读成“{item}”; 没有单位的写上单位", f"{cells['原文'].quote} cannot be {item}; give a bare number its unit")  # fmt: skip
    if cells["日期"].quote and day(_date(cells["日期"].quote)) is None:
        yield fault(
            "日期", f"“{cells['日期'].quote}”不是日期, 请写成 2022-07-15", "write the date as 2022-07-15"
        )


def _date(text: str) -> str:
    """A date as typed, or as a spreadsheet program made of it."""
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d", "%Y年%m月%d日"):
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return text


def _correction(cells: Mapping[str, Any]) -> Correction:
    text = {name: cell.quote for name, cell in cells.items()}
    start, _, end = text["span"].partition("-")
    span = (int(start), int(end)) if start.isdigit() and end.isdigit() else None
    on = day(_date(text["日期"]))
    assert isinstance(on, date)
    return Correction(
        Path(text["文件"]).name,
        text["sha256"],
        Location(text["文件"], text["位置"], span),
        text["原文"],
        text["所在句"],
        text["读作"],
        text["属于 (更正)"],
        text["是 (更正)"],
        MONEY_UNITS.get(text["单位"]),
        text["更正人"],
        on,
        text["理由"],
    )
