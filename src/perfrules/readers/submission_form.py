"""A workbook that a department fills in: the submission format as sheets, each value in a cell of its own.

Every value has a JSON pointer; a sheet says which pointer each of its cells is, and the sheet 其他 holds the pointers that no
other sheet has a place for, so that nothing is lost. `submission_form_values` reads it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from perfrules.documents.sheet import letters
from perfrules.documents.timeless import timeless
from perfrules.model.subject import SubjectType
from perfrules.readers.narrative.assemble import LINE_NAMES
from perfrules.readers.structured_fields import statable
from perfrules.readers.submission_form_sheets import (
    CHOICES,
    CODES,
    COLUMN_HELP,
    DATES,
    DEPARTMENT,
    FIGURE_FIELDS,
    FIGURES,
    HELP,
    LISTS,
    MARK,
    REST,
    WHOSE,
    YES,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

Leaves = Mapping[str, str]
"""The values of a submission by their JSON pointers."""
_MADE = datetime(2022, 1, 1)


def form_workbook(mapping: Mapping[str, object], types: Mapping[str, SubjectType], own: Sequence[str] = ()) -> bytes:  # fmt: skip
    """The workbook of a submission in the documented format; of an empty one the form to fill in.

    `own` are the fields that project types add and the form asks for; those that are stated have a column in any case.
    """
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    leaves = dict(_leaves(mapping, ""))
    leaves.pop("/perfrules", None)
    names = _project_names(leaves)
    _help(book)
    _department(book, leaves)
    _grid(
        book,
        "支出",
        [f"/lines/{line}" for line in LINE_NAMES],
        _line_fields(types),
        leaves,
        [*LINE_NAMES.values()],
    )
    project = statable(types["project"])
    asked = [name for name in project if name in own or _is_core(name, types) or _stated(leaves, name)]
    rows = [f"/projects/rows/{index}" for index in names]
    _grid(book, "项目", rows, {name: project[name].label.zh for name in asked}, leaves)
    for title, (key, fields) in LISTS.items():
        _list(book, title, key, fields, leaves, names)
    _rest(book, leaves)
    book.properties.created = book.properties.modified = _MADE
    written = BytesIO()
    book.save(written)
    return timeless(written.getvalue())


def _is_core(name: str, types: Mapping[str, SubjectType]) -> bool:
    from perfrules.model.subject_types import PROJECT

    return name in {field.name for field in PROJECT.fields} and name in statable(types["project"])


def _stated(leaves: Leaves, name: str) -> bool:
    return any(pointer.startswith("/projects/rows/") and f"/{name}" in pointer for pointer in leaves)


def _line_fields(types: Mapping[str, SubjectType]) -> dict[str, str]:
    return {name: field.label.zh for name, field in statable(types["line"], ("name",)).items()}


def _leaves(value: object, pointer: str) -> Iterator[tuple[str, str]]:
    """Every value below a mapping with its pointer."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves(each, f"{pointer}/{key}")
    elif isinstance(value, list | tuple):
        for index, each in enumerate(value):
            yield from _leaves(each, f"{pointer}/{index}")
    elif value is not None:
        yield pointer, {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)  # fmt: skip


def _project_names(leaves: Leaves) -> dict[str, str]:
    """The projects by their index."""
    return {
        pointer.split("/")[3]: value
        for pointer, value in leaves.items()
        if pointer.startswith("/projects/rows/") and pointer.endswith("/name") and pointer.count("/") == 4
    }  # fmt: skip


def _help(book: Workbook) -> None:
    sheet = book.create_sheet("说明")
    sheet.column_dimensions["A"].width = 100
    for number, line in enumerate((MARK, *HELP), 1):
        _put(sheet, number, 1, line)
    sheet.row_dimensions[1].hidden = True


def _department(book: Workbook, leaves: dict[str, str]) -> None:
    sheet = book.create_sheet("部门")
    for column, (title, width) in enumerate((("pointer", 4), ("内容", 24), ("填写", 50), ("说明", 60)), 1):
        _put(sheet, 1, column, title)
        sheet.column_dimensions["ABCD"[column - 1]].width = width
    for row, (pointer, (label, told)) in enumerate(DEPARTMENT.items(), 2):
        value = leaves.pop(pointer, "万元" if pointer == "/unit" else "")
        for column, text in enumerate((pointer, label, YES.get(value, value) if pointer.endswith("complete") else value, told), 1):  # fmt: skip
            _put(sheet, row, column, text)
        _name(book, pointer.strip("/").replace("/", "_"), f"部门!$C${row}")
        choices = {"/unit": ("元", "万元", "亿元"), "/projects/complete": ("是", "否")}.get(pointer)
        if choices:
            _choices(sheet, f"C{row}", choices, told)
        elif pointer in DATES:
            _checked(sheet, f"C{row}", f'OR(C{row}="",ISNUMBER(DATEVALUE(C{row})))', told)
        elif told:
            _checked(sheet, f"C{row}", "TRUE", told)
    sheet.column_dimensions["A"].hidden = True


def _name(book: Workbook, name: str, place: str) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    book.defined_names[f"pf_{name}"] = DefinedName(f"pf_{name}", attr_text=place)


def _grid(
    book: Workbook,
    title: str,
    rows: Sequence[str],
    fields: Mapping[str, str],
    leaves: dict[str, str],
    labels: Sequence[str] = (),
) -> None:
    """A sheet with a row for each owner and a column for each field; its first row, hidden, has the keys of the fields."""
    sheet = book.create_sheet(title)
    for column, (name, label) in enumerate(fields.items(), 2):
        _put(sheet, 1, column, name)
        _put(sheet, 2, column, label)
        _name(book, f"{'lines' if labels else 'projects'}_{name}", f"{title}!${sheet.cell(2, column).column_letter}$2")  # fmt: skip
        for number, pointer in enumerate(rows, 3):
            _put(sheet, number, column, leaves.pop(f"{pointer}/{name}", ""))
        _help_column(sheet, column, name)
    for number, label in enumerate(labels, 3):
        _put(sheet, number, 1, label)
    _dress(sheet, len(fields) + 1)


def _list(
    book: Workbook,
    title: str,
    key: str,
    fields: Mapping[str, str],
    leaves: dict[str, str],
    names: Mapping[str, str],
) -> None:
    """A sheet with a row for each row of a table of the lines and projects, and whose it is before it."""
    sheet = book.create_sheet(title)
    _put(sheet, 2, 1, "属于")
    for column, (name, label) in enumerate(fields.items(), 2):
        _put(sheet, 1, column, name)
        _put(sheet, 2, column, label)
    owners = {f"/lines/{line}": label for line, label in LINE_NAMES.items()}
    owners |= {f"/projects/rows/{index}": name for index, name in names.items()}
    owners |= {"": ""} if key == "counts" else {}
    number = 3
    for owner, label in owners.items():
        base = next((each for each in (f"{owner}/{key}/rows", f"{owner}/{key}") if any(pointer.startswith(f"{each}/0/") for pointer in leaves)), None)  # fmt: skip
        index = 0
        while base and any(pointer.startswith(f"{base}/{index}/") for pointer in leaves):
            _put(sheet, number, 1, label)
            for column, name in enumerate(fields, 2):
                value = leaves.pop(f"{base}/{index}/{name}", "")
                _put(
                    sheet,
                    number,
                    column,
                    next((said for said, code in CODES.items() if code == value), value),
                )
            number += 1
            index += 1
    _checked(sheet, _column(1), "TRUE", WHOSE)
    for column, name in enumerate(fields, 2):
        _help_column(sheet, column, name)
    _dress(sheet, len(fields) + 1)


def _column(number: int) -> str:
    """The cells of a column that a person fills in: its first hundred rows below the headings."""
    letter = letters(number - 1)
    return f"{letter}3:{letter}102"


def _help_column(sheet: Worksheet, column: int, name: str) -> None:
    """What a column's cells ask for, and what they check; other entries are told of, not refused."""
    if name in CHOICES:
        _choices(sheet, _column(column), CHOICES[name], "")
        return
    told = COLUMN_HELP.get(name) or (FIGURES if name in FIGURE_FIELDS else "")
    first = f"{letters(column - 1)}3"
    has_digit = f'OR({first}="",SUMPRODUCT(--ISNUMBER(FIND({{0,1,2,3,4,5,6,7,8,9}},{first})))>0)'
    if told:
        _checked(sheet, _column(column), has_digit if name in FIGURE_FIELDS else "TRUE", told)


def _choices(sheet: Worksheet, cells: str, words: Sequence[str], told: str) -> None:
    """A list to choose from; other words are told of, not refused."""
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = '"' + ",".join(words) + '"'
    validation = DataValidation("list", formula1=listed, allow_blank=True, errorStyle="warning")
    _prompt(sheet, cells, validation, told)


def _checked(sheet: Worksheet, cells: str, formula: str, told: str) -> None:
    """A check that warns, with the help that stands beside a cell while it is filled in."""
    from openpyxl.worksheet.datavalidation import DataValidation

    _prompt(
        sheet, cells, DataValidation("custom", formula1=formula, allow_blank=True, errorStyle="warning"), told
    )


def _prompt(sheet: Worksheet, cells: str, validation: DataValidation, told: str) -> None:
    validation.showInputMessage = bool(told)
    validation.showErrorMessage = True
    validation.prompt = told or None
    validation.error = f"请核对: {told}"[:220] if told else "请从列表中选择"
    validation.add(cells)
    sheet.add_data_validation(validation)


def _rest(book: Workbook, leaves: dict[str, str]) -> None:
    sheet = book.create_sheet(REST)
    for row, values in enumerate((("pointer", "内容"), *leaves.items()), 1):
        for column, value in enumerate(values, 1):
            _put(sheet, row, column, value)
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 40


def _put(sheet: Worksheet, row: int, column: int, value: str) -> None:
    """A cell of text; what begins with = is text too, never a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell: Any = sheet.cell(row, column)
    cell.number_format = "@"
    if value:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))


def _dress(sheet: Worksheet, columns: int) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.row_dimensions[1].hidden = True
    sheet.freeze_panes = "B3"
    for column in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 16
        sheet.cell(2, column).font = Font(bold=True)
