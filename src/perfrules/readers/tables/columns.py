"""The columns of a table's money: the field that each stands for, its unit, and what a rate divides by what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from attrs import evolve, frozen

from perfrules.documents.sheet import Cell
from perfrules.readers.tables.header import NUMBER, Header, Rows
from perfrules.readers.tables.headings import FUNDS, MONEY, MONEY_UNIT, NETTED, UNITS, field_of
from perfrules.readers.tables.meanings import OF_SOURCE, OTHER_TIME, RATES, meaning
from perfrules.readers.tables.period import Known
from perfrules.readers.tables.taken import bare

SCORES = ("execution_weight", "execution_score")
_NO_MONEY = re.compile(
    "年度$|编码|代码|科目编号|名称|单位$|来源$|原因|备注|说明|类别|类型|性质|序时|日期|期间|是否"
)
_UNIT = re.compile("(?:%|[千百]?[亿万]?元)$")
_FORMULA = re.compile(r"([^（）()/÷，,。；;=＝、：:]+?(?:[（(][A-Za-z][）)])?)[/÷]([^/÷，,。；;=＝×*、]+)")
_SUM = re.compile("[+＋]|加上?|[-－]|扣除|减")
_SHARE = re.compile("([^，,。；;、=]{2,12}?)占([^，,。；;、]{2,14}?)(?:的|之)?(?:比例|比重|比率|百分比)")
_SUM_UP = (("appropriated", "到位|拨付|下达|拨款"), ("initial_budget", "年初"), ("adjusted_budget", "全年预算|调整后|调整预算|调整数?$"), ("budget", "预算|指标|资金总额"))  # fmt: skip


@frozen
class Column:
    """One column of figures, or several under one merged heading.

    `field` is empty where it cannot be told, and `why` says then what the figures below are left as. `unit` is None where none
    is printed. A rate has the field it divides and what it divides it by, as far as the table says.
    """

    places: tuple[int, ...]
    field: str
    unit: str | None = None
    why: str = "no_field"
    base: str | None = None

    def cell(self, row: Sequence[Cell]) -> Cell | None:
        """The cell of a row below the heading; None where there is none, or more than one that differ."""
        cells = {row[place].location: row[place] for place in self.places if row[place].text or row[place].why}  # fmt: skip
        return next(iter(cells.values())) if len(cells) == 1 else None

    def cells(self, row: Sequence[Cell]) -> list[Cell]:
        """Every cell of a row below the heading."""
        return [row[place] for place in self.places]


def columns_of(
    rows: Rows, header: Header, end: int, known: Known, *, is_form: bool = False
) -> tuple[Column, ...]:
    """The columns of money and its rates, from the left; one field that stands over two columns is told by neither.

    `known` is what is known of the table's time: spending in other months or years is not the period's.
    """
    found: list[Column] = []
    for place, words in enumerate(header.words):
        said = meaning(words, known)
        if said is None:
            continue
        column = Column((place,), said.field, why=said.why)
        before = found[-1] if found else None
        if before and before.places[-1] == place - 1 and _is_same(rows, header, place):
            found[-1] = evolve(before, places=(*before.places, place))
        else:
            found.append(column)
    found = [each for each in found if each.field or _has_numbers(each, rows[header.end : end])]
    is_told = any(each.field == "spent" for each in found)
    has_budget = any(each.field in ("initial_budget", "adjusted_budget") for each in found)
    plain = {
        OTHER_TIME: "not_budget" if is_told else "no_field",
        OF_SOURCE: "source_row" if has_budget else "no_field",
    }
    found = [evolve(each, why=plain.get(each.why, each.why)) for each in found]
    found = _of_adjustments(found)
    has_result = any(each.field == "adjusted_budget" for each in found)
    found = [evolve(each, field="") if not has_result and _may_be_result(each, header, rows[header.end : end]) else each for each in found]  # fmt: skip
    several = Counter(each.field for each in found)
    found = [evolve(each, field="") if each.field and several[each.field] > 1 else each for each in found]
    above = _units_above(rows, header, found)
    notes = notes_of(rows[header.end :])
    done = [_with_unit(each, rows, header, above) for each in found]
    return tuple(evolve(each, base=base_of(each, done, header, notes, is_form=is_form)) if each.field in RATES else each for each in done)  # fmt: skip


def _of_adjustments(columns: list[Column]) -> list[Column]:
    """Of columns that tell an adjustment one way: with no cut beside it what was raised is all of it.

    Beside a column of the adjustment itself they are its parts.
    """
    fields = {each.field for each in columns}
    if "adjustment" in fields:
        return [
            evolve(each, field="", why="source_row") if each.field in NETTED else each for each in columns
        ]
    if "cut" in fields:
        return columns
    return [evolve(each, field="adjustment") if each.field == "raised" else each for each in columns]


def _has_numbers(column: Column, rows: Rows) -> bool:
    """Whether numbers stand in a column, bare or with their unit; under 项目资金 stand the names of sources."""
    cells = (cell for row in rows for cell in column.cells(row))
    return any(cell.why or NUMBER.fullmatch(_UNIT.sub("", cell.text)) for cell in cells)


def _may_be_result(column: Column, header: Header, rows: Rows) -> bool:
    """Whether 调整数 may be the budget after adjustment: nothing in the column is negative, and no heading says 追加."""
    heading = header.columns[column.places[0]]
    if column.field != "adjustment" or re.search("追|增|减", heading):
        return False
    return not any(cell.text.startswith("-") for row in rows for cell in column.cells(row))


def _is_same(rows: Rows, header: Header, place: int) -> bool:
    """Whether the headings of a column are the same merged cells as those of the one before it."""
    over = rows[header.first : header.end]
    return all(row[place].location == row[place - 1].location and row[place].text for row in over)


def _units_above(rows: Rows, header: Header, columns: Sequence[Column]) -> str | None:
    """The unit printed above the table, or beside its headings; None where there is none or more than one."""
    of_columns = {place for column in columns for place in column.places}
    found = {
        unit
        for at, row in enumerate(rows[: header.end])
        for place, cell in enumerate(row)
        if at < header.first or place not in of_columns
        for unit in UNITS.findall(bare(cell))
    }
    return found.pop() if len(found) == 1 else None


def _with_unit(column: Column, rows: Rows, header: Header, above: str | None) -> Column:
    """A column with the unit in its heading, else with the one above the table; of rates with their per cent."""
    heading = header.columns[column.places[0]]
    if column.field in RATES:
        return evolve(column, unit=_percent(heading, column, rows[header.end :]))
    own = set(MONEY_UNIT.findall(heading))
    unit = (own.pop() if len(own) == 1 else None) if own else above
    return evolve(column, unit=unit, why="no_unit" if column.field and not unit else column.why)


def _percent(heading: str, column: Column, below: Rows) -> str | None:
    """`%` for a column of rates that are in percent: by its heading, or because they can be nothing else."""
    shown = (cell.text for row in below if (cell := column.cell(row)) is not None)
    found = [Decimal(each.replace(",", "")) for each in shown if NUMBER.fullmatch(each)]
    is_said = "%" in heading or "％" in heading  # and yet 0.74 below it may be 74 %
    large = [each > 2 for each in found]
    return "%" if found and (all(large) or (is_said and (any(large) or not any(found)))) else None


def base_of(
    column: Column, columns: Sequence[Column], header: Header, notes: Sequence[str], *, is_form: bool
) -> str | None:
    """What a rate divides by: by the formula in its heading, below it or in the notes; else what budgets the table has.

    Without a formula a lone adjusted budget is the base, and in a form a lone first one; otherwise `budget`, which may be
    either: no rate is held against a budget that it was not taken on (decision 41).
    """
    heading, mark = (each[column.places[0]] for each in (header.columns, header.marks))
    for text in (heading, mark, *(each for each in notes if _is_of(each, column.field))):
        for found in (_FORMULA.search(text), _SHARE.search(text)):
            if found and (base := _named(found[2], columns, header)):
                return base
    named = re.match("(年初|调整后|全年|调整)预算", header.words[column.places[0]][-1])
    if named:
        return "initial_budget" if named[1] == "年初" else "adjusted_budget"
    fields = {each.field for each in columns}
    if column.field == "use_rate" and "appropriated" in fields:
        return None  # of the money received, or of the budget
    if "adjusted_budget" in fields and "initial_budget" not in fields:
        return "adjusted_budget"
    changes = {"adjusted_budget", "adjustment", "carried_over", *NETTED}
    return "initial_budget" if is_form and "initial_budget" in fields and not fields & changes else "budget"


def notes_of(rows: Rows) -> list[str]:
    """The clauses of what is said below a table."""
    texts = {cell.location: bare(cell) for row in rows for cell in row if len(cell.text) > 6}
    clauses = [clause for text in texts.values() for clause in re.split("[；;。，,]", text)]
    return [each.rpartition("：")[2].lstrip("0123456789.、 注说明") for each in clauses]


def _is_of(note: str, field: str) -> bool:
    """Whether a clause of the notes says how this rate is taken."""
    return field_of(re.split("[=＝:：为是]", note)[0], FUNDS) == field


def _named(words: str, columns: Sequence[Column], header: Header) -> str | None:
    """The field that a formula divides by: a letter or a number stands for the column it marks."""
    words = re.sub(r"[×*]?100%?$", "", words.strip("（）() ")).strip("（）() ")
    if _SUM.search(words):
        return "adjusted_budget" if "年初" in words and re.search("追加|调整|调增|增减", words) else None
    if re.fullmatch(r"[A-Za-z]|\d{1,2}", words):
        marked = [each.field for each in columns if _has_mark(each, words, header)]
        return marked[0] if len(marked) == 1 and marked[0] in ("initial_budget", "adjusted_budget", "appropriated") else None  # fmt: skip
    return next((field for field, told in _SUM_UP if re.search(told, words)), None)


def _has_mark(column: Column, mark: str, header: Header) -> bool:
    place = column.places[0]
    told = re.split("[=＝]", header.marks[place])[0].strip("（）()")
    return told == mark or bool(
        re.search(rf"[（(]{mark}(?:[=＝][^）)]*)?[）)]|(?<=[\u4e00-\u9fff]){mark}$", header.columns[place])
    )


def is_money(field: str) -> bool:
    """Whether a field is one of money."""
    return field in MONEY
