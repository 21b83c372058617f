"""The workbook read back: what differs from the ruleset it was written from, every fault with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.documents.cells import as_kept
from perfrules.errors import Fault, RulesetError
from perfrules.location import Location
from perfrules.model.rule import DatedValue, Expression, Parameter, Ruleset, Severity
from perfrules.rules.inheritance import Setting, severities_of
from perfrules.rules.workbook.changes import Changed
from perfrules.rules.workbook.columns import (
    BECAUSE,
    ID,
    MONTHS,
    NAME,
    NEW_SEVERITY,
    OFF,
    PARAMETER_NEEDED,
    PARAMETERS,
    RULE_NEEDED,
    RULES,
    SEVERITIES,
    SINCE,
    SOURCE,
    VALUE,
    WITHDRAWN,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell as Kept
    from openpyxl.cell import MergedCell

MOST_ROWS = 5000
MOST_BYTES = 16 * 1024 * 1024
_BEFORE_ALL = date.min


@frozen
class Cell:
    """A cell's text and its place."""

    text: str
    where: Location


Row = Mapping[str, Cell]
"""A row's cells by the headings of their columns."""


def changed_from(content: bytes, path: str, ruleset: Ruleset) -> Changed:
    """What the workbook changes of the ruleset; raises RulesetError with the faults of all its cells."""
    return _Reading(path, _opened(content, path, formulas=True)).changed(_opened(content, path), ruleset)


def _opened(content: bytes, path: str, *, formulas: bool = False) -> Workbook:
    from openpyxl import load_workbook

    hint = Bilingual(
        "用 WPS 或 Excel 打开并另存为 .xlsx, 不加密码", "open it, and save it as .xlsx without a password"
    )
    if len(content) > MOST_BYTES:
        raise RulesetError(_fault("workbook.too_large", path, "文件过大", "the file is too large", hint))
    try:
        return load_workbook(BytesIO(content), data_only=not formulas)
    except (BadZipFile, KeyError, ValueError, OSError, TypeError, SyntaxError):
        raise RulesetError(
            _fault(
                "workbook.unreadable",
                path,
                "不是可以打开的 .xlsx 文件",
                "this is no .xlsx file that opens",
                hint,
            )
        ) from None


def _fault(code: str, path: str, zh: str, en: str, hint: Bilingual | None = None) -> Fault:
    return Fault(code, Bilingual(zh, en), Location(path), hint)


class _Reading:
    """One reading: the faults so far, and the same workbook with its formulas."""

    def __init__(self, path: str, formulas: Workbook) -> None:
        self.path, self.formulas = path, formulas
        self.faults: list[Fault] = []

    def blame(self, where: Location, code: str, zh: str, en: str, hint: Bilingual | None = None) -> None:
        self.faults.append(Fault(f"workbook.{code}", Bilingual(zh, en), where, hint))

    def changed(self, book: Workbook, ruleset: Ruleset) -> Changed:
        rows: dict[str, list[Row]] = {}
        for row in self.rows(book, PARAMETERS, PARAMETER_NEEDED):
            rows.setdefault(row[NAME].text, []).append(row)
        settings = {}
        for name, listed in rows.items():
            parameter = ruleset.parameters.get(name)
            if parameter is None:
                self.blame(
                    listed[0][NAME].where, "no_parameter", f"没有参数 {name}", f"there is no parameter {name}"
                )
            elif setting := self.setting(parameter, listed):
                settings[name] = setting
        for name in (name for name in ruleset.parameters if rows and name not in rows):
            hint = Bilingual(
                "不用的参数写“不设”, 不要删行", "write 不设 for one not used; do not delete rows"
            )
            self.blame(
                Location(self.path, PARAMETERS), "missing", f"缺少参数 {name}", f"{name} is missing", hint
            )
        withdrawn = {}
        for row in self.rows(book, RULES, RULE_NEEDED):
            made = self.of_rule(row, ruleset)
            if isinstance(made, Setting):
                settings[made.name] = made
            elif made is not None:
                withdrawn[row[ID].text.partition(".")[0]] = made
        if self.faults:
            raise RulesetError(self.faults)
        return Changed(settings, withdrawn)

    def rows(self, book: Workbook, sheet: str, needed: Sequence[str]) -> Iterator[Row]:
        """The rows of a sheet that are not blank; faults where the sheet, a column or a value is missing."""
        if sheet not in book.sheetnames:
            self.blame(
                Location(self.path), "no_sheet", f"缺少工作表“{sheet}”", f"the sheet {sheet} is missing"
            )
            return
        table = book[sheet]
        headings = {_text(cell): at for at, cell in enumerate(next(table.iter_rows(max_row=1), ()))}
        for heading in (each for each in needed if each not in headings):
            where = Location(self.path, f"{sheet}!1:1")
            self.blame(where, "no_column", f"缺少列“{heading}”", f"the column {heading} is missing")
        if any(each not in headings for each in needed):
            return
        if table.max_row > MOST_ROWS:
            where = Location(self.path, sheet)
            self.blame(where, "too_long", f"多于 {MOST_ROWS} 行", f"more than {MOST_ROWS} rows")
            return
        for cells in table.iter_rows(min_row=2):
            row = {
                heading: Cell(
                    _text(cells[at]),
                    Location(self.path, f"{sheet}!{cells[at].coordinate}"),
                )
                for heading, at in headings.items()
                if heading in needed
            }
            self.blame_formulas(cells, sheet)
            if any(cell.text for cell in row.values()):
                yield row

    def blame_formulas(self, cells: Sequence[Kept | MergedCell], sheet: str) -> None:
        """Faults for formulas whose result was not saved with them."""
        for cell in (each for each in cells if each.value is None):
            if self.formulas[sheet][cell.coordinate].data_type == "f":
                hint = Bilingual("在 WPS 中重新计算并保存", "recalculate it, and save")
                where = Location(self.path, f"{sheet}!{cell.coordinate}")
                self.blame(where, "formula", "公式没有保存结果", "a formula without its result", hint)

    def setting(self, parameter: Parameter, rows: Sequence[Row]) -> Setting | None:
        """What the rows of a parameter set, where that differs from what it is."""
        values: dict[date, DatedValue] = {}
        for row in rows:
            value = self.value(row)
            if value is None:
                continue
            if value.since in values:
                self.blame(
                    row[SINCE].where,
                    "two_values",
                    f"{parameter.name} 在同一天有两个取值",
                    f"{parameter.name} has two values from one day on",
                )
            values[value.since] = value
        known = {value.since: _said(value) for value in parameter.values}
        known = known or {_BEFORE_ALL: ("", (), "")}
        if {since: _said(value) for since, value in values.items()} == known:
            return None
        because = "; ".join(dict.fromkeys(row[BECAUSE].text for row in rows if row[BECAUSE].text))
        place = next((row for row in rows if row[BECAUSE].text), rows[0])
        if not because:
            self.blame(
                place[BECAUSE].where,
                "because",
                f"{parameter.name} 有改动, 请写更改原因",
                f"{parameter.name} was changed; please give the reason",
            )
        ordered = tuple(values[since] for since in sorted(values))
        return Setting(parameter.name, because, rows[0][VALUE].where, None, ordered) if ordered else None

    def value(self, row: Row) -> DatedValue | None:
        since = self.since(row[SINCE])
        by_month = {
            number: Expression(row[month].text, row[month].where)
            for number, month in enumerate(MONTHS, 1)
            if row[month].text
        }
        held = row[VALUE]
        if held.text and by_month:
            self.blame(
                held.where, "both", "“取值”与各月只能填一种", "fill in either 取值 or the months, not both"
            )
        elif not held.text and not by_month:
            hint = Bilingual("不用的写“不设”", "write 不设 where it is not used")
            self.blame(held.where, "no_value", "没有取值", "there is no value", hint)
        elif since is not None:
            off = held.text in (OFF, "off")
            expression = Expression(held.text, held.where) if held.text and not off else None
            return DatedValue(since, expression, by_month, row[SOURCE].text)
        return None

    def since(self, cell: Cell) -> date | None:
        if not cell.text:
            return _BEFORE_ALL
        try:
            return date.fromisoformat(cell.text.replace("/", "-"))
        except ValueError:
            self.blame(
                cell.where,
                "not_a_date",
                f"{cell.text} 不是日期, 写成 2025-01-01",
                f"{cell.text} is no date; write 2025-01-01",
            )
            return None

    def of_rule(self, row: Row, ruleset: Ruleset) -> Setting | Expression | None:
        """The severity a row sets, or the reason it withdraws its rule for; None where it does neither."""
        name, said, out, why = (row[each] for each in (ID, NEW_SEVERITY, WITHDRAWN, BECAUSE))
        id, _, level = name.text.partition(".")
        rule = ruleset.rules.get(id)
        old = severities_of(rule).get(level) if rule else None
        if old is None:
            self.blame(name.where, "no_rule", f"没有规则 {name.text}", f"there is no rule {name.text}")
            return None
        severity = SEVERITIES.get(said.text, said.text)
        if severity and severity not in SEVERITIES.values():
            listed = "、".join(SEVERITIES)
            self.blame(said.where, "severity", f"新级别只能是{listed}", f"a severity is one of {listed}")
            return None
        if out.text not in ("", "是"):
            self.blame(out.where, "withdrawn", "撤销只写“是”", "write 是 to withdraw, or nothing")
            return None
        if not out.text and severity in ("", old.value):
            return None
        if not why.text:
            self.blame(
                why.where,
                "because",
                f"{name.text} 有改动, 请写更改原因",
                f"{name.text} was changed; please give the reason",
            )
        if out.text:
            return Expression(why.text, out.where)
        return Setting(name.text, why.text, said.where, Severity(severity))


def _text(cell: Kept | MergedCell) -> str:
    return as_kept(cell.value, cell.number_format)


def _said(value: DatedValue) -> tuple[str, tuple[tuple[int, str], ...], str]:
    """A value as its cells say it."""
    months = tuple((month, " ".join(each.text.split())) for month, each in sorted(value.by_month.items()))
    held = " ".join(value.value.text.split()) if value.value else ""
    return held, months, value.source
