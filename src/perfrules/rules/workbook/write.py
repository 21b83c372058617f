"""The workbook of a ruleset's thresholds: text cells, so that what is typed stays as typed. The same ruleset, the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from perfrules.documents.timeless import timeless
from perfrules.model.rule import DatedValue, Parameter, Rule, Ruleset, Severity
from perfrules.rules.workbook.columns import (
    HELP,
    HELP_LINES,
    NEW_SEVERITY,
    NOT_READ,
    OFF,
    PARAMETER_COLUMNS,
    PARAMETERS,
    RULE_COLUMNS,
    RULES,
    SEVERITIES,
    WITHDRAWN,
)

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

SAID = {written: said for said, written in SEVERITIES.items()}
WIDTHS = {"参数": 20, "名称": 34, "自何日起": 12, "取值": 24, "来源": 30, "更改原因": 28, "编号": 16}
ROOM = 200
"""Rows below the last that have the lists to choose from too."""


def workbook_of(ruleset: Ruleset) -> bytes:
    """The workbook as bytes; every cell is text."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    first.title = PARAMETERS
    parameters = [row for each in ruleset.parameters.values() for row in _rows(each)]
    _fill(first, PARAMETER_COLUMNS, parameters)
    rules = book.create_sheet(RULES)
    _fill(rules, RULE_COLUMNS, [row for each in ruleset.rules.values() for row in _rule_rows(each)])
    _choose(rules, RULE_COLUMNS.index(NEW_SEVERITY), list(SEVERITIES))
    _choose(rules, RULE_COLUMNS.index(WITHDRAWN), ["是"])
    told = book.create_sheet(HELP)
    told.column_dimensions["A"].width = 110
    for number, line in enumerate(HELP_LINES, 1):
        _write(told, number, 1, line.replace("{ruleset}", ruleset.id))
    book.properties.creator = "perfrules"
    kept = BytesIO()
    book.save(kept)
    return timeless(kept.getvalue())


def _rows(parameter: Parameter) -> Iterator[list[str]]:
    tighter = {"higher": "越高越严", "lower": "越低越严"}.get(parameter.tighter, "")
    ends = [tighter, "是" if parameter.is_open else "", parameter.origin]
    name = [parameter.name, f"{parameter.title.zh} / {parameter.title.en}"]
    for value in parameter.values:
        months = [value.by_month[month].text if month in value.by_month else "" for month in range(1, 13)]
        since = value.since.isoformat() if value.since.year > 1 else ""
        yield [*name, since, _said(value), *map(_one_line, months), value.source, "", *ends]
    if not parameter.values:
        yield [*name, "", OFF, *[""] * 12, "", "", *ends]


def parameter_rows(parameter: Parameter) -> Iterator[tuple[str, str, str]]:
    """A parameter's dated values: since when, the value or its months, and its source."""
    for value in parameter.values:
        months = ", ".join(f"{month}: {_one_line(each.text)}" for month, each in value.by_month.items())
        since = value.since.isoformat() if value.since.year > 1 else ""
        yield since, months or _said(value), value.source
    if not parameter.values:
        yield "", OFF, ""


def _said(value: DatedValue) -> str:
    if value.value is not None:
        return _one_line(value.value.text)
    return "" if value.by_month else OFF


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _rule_rows(rule: Rule) -> Iterator[list[str]]:
    levels = [(f"{rule.id}.{band.level}", band.severity) for band in rule.bands if band.severity]
    for name, severity in levels or [(rule.id, rule.severity)]:
        yield [name, f"{rule.title.zh} / {rule.title.en}", _severity(severity), "", "", ""]


def _severity(severity: Severity) -> str:
    return SAID[severity.value]


def _fill(sheet: Worksheet, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    grey = PatternFill("solid", fgColor="E7E6E6")
    for place, heading in enumerate(columns, 1):
        cell = _write(sheet, 1, place, heading)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(heading, 9)
        for number in range(1, len(rows) + 2) if heading in NOT_READ else ():
            sheet.cell(number, place).fill = grey
    for number, row in enumerate(rows, 2):
        for place, text in enumerate(row, 1):
            _write(sheet, number, place, text)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _write(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """A cell of text, whatever the text begins with: nothing in it is a formula."""
    from openpyxl.cell import MergedCell

    cell = sheet.cell(row, column)
    assert not isinstance(cell, MergedCell)
    cell.number_format = "@"
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@"
    return cell


def _choose(sheet: Worksheet, column: int, choices: Sequence[str]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    letter = get_column_letter(column + 1)
    listed.add(f"{letter}2:{letter}{sheet.max_row + ROOM}")
    sheet.add_data_validation(listed)
