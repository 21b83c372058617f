"""The forms of one project, for monitoring, for self-evaluation and for planning, as parts in the submission format.

Only what stands under a heading that is known is read; a figure without a unit, or under another heading, is told as unread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from perfrules.documents.sheet import Cell, Sheet
from perfrules.readers.tables.beside import pairs
from perfrules.readers.tables.columns import columns_of
from perfrules.readers.tables.header import Header, Rows, headers
from perfrules.readers.tables.headings import (
    LIST_OF_TARGETS,
    SUM_PLANNED,
    UNITS,
    is_list_of_targets,
    is_targets,
)
from perfrules.readers.tables.labels import labels_of, owner_beside, owner_told
from perfrules.readers.tables.money import as_read, is_positive, money_of
from perfrules.readers.tables.period import Known, Told, known_of, months_of, period_of
from perfrules.readers.tables.row_names import Of, Row, rows_of
from perfrules.readers.tables.taken import Part, Taken, bare, is_figure
from perfrules.readers.tables.targets import target_header, targets_of, total_score

AT = "/projects/0"
_NO_NAME = re.compile(
    "(?:20\\d\\d|本|上|去|今|当)年度?(?:预算|支出|执行|安排)?数?|预算数?|支出数?|执行数?|年初预算数?|金额"
)
"""What stands beside 项目名称 where that is the heading of a column."""


def form_on(sheet: Sheet) -> Part | None:
    """The form on a sheet, or on a part of one; None where it is none that is known."""
    rows = sheet.rows
    found = list(headers(rows))
    header = found[0] if found else None
    goals = [at for at, row in enumerate(rows) if is_targets(row)]
    at = goals[0] if goals else None
    over = [number for each in found for number in range(each.first, each.end)]
    name = labels_of(rows, [*over, *goals]).get("项目名称")
    if (
        name is None
        or _NO_NAME.fullmatch(bare(name))
        or (header is None and at is None)
        or (at is not None and header and header.first > at)
    ):
        return None
    taken = Taken()
    project: dict[str, Any] = {"name": taken.put(f"{AT}/name", name)}
    if header is not None:
        project |= _funds(rows, header, len(rows) if at is None else at, taken)
    elif beside := pairs(rows[:at]):
        project |= _beside(*beside, taken)
    else:
        project |= _planned_funds(rows[: at or 0], taken)
    if at is not None:
        told = target_header(rows, at)
        targets = list(targets_of(rows, told, len(rows), f"{AT}/targets/rows", taken))
        project["targets"] = {"complete": True, "rows": targets}
        project |= total_score(rows, told, len(rows), taken)
    return Part({**_head(rows, header, at, taken), "projects": [project]}, taken, sheet, is_form=True)


def targets_on(sheet: Sheet, project: str) -> Part | None:
    """The targets of a project on a sheet that holds nothing but them; None where it holds none."""
    at = next((at for at, row in enumerate(sheet.rows) if is_list_of_targets(row)), None)
    if at is None:
        return None
    taken = Taken()
    header = target_header(sheet.rows, at, LIST_OF_TARGETS)
    rows = list(targets_of(sheet.rows, header, len(sheet.rows), f"{AT}/targets/rows", taken))
    said = {"name": project, "targets": {"complete": False, "rows": rows}}
    return Part({"projects": [said]}, taken, sheet, is_form=True) if rows else None


def _head(rows: Rows, header: Header | None, at: int | None, taken: Taken) -> dict[str, Any]:
    """Department and period."""
    first = header.first if header else at or 0
    over = [*range(header.first, header.end)] if header else []
    titles = title_cells(rows[:first])
    name = owner_beside(labels_of(rows[:first], over), taken) or owner_told(iter(titles), taken)
    headings = [cell for each in over for cell in rows[each]]
    if at is not None and not any(months_of(cell.text) for cell in headings):
        headings += rows[at]
    period = period_of(Told(titles, headings, {}, rows), taken)
    return {**({"department": name} if name else {}), **({"period": period} if period else {})}


def title_cells(rows: Rows) -> list[Cell]:
    """The cells of the titles above a table: of rows that hold one cell or two, none a label with its value beside."""
    found = []
    for row in rows:
        cells = list({cell.location: cell for cell in row if cell.text}.values())
        if len(cells) <= 2 and "项目名称" not in map(bare, cells):
            found += cells
        elif any(bare(cell) == "项目名称" for cell in cells):
            break
    return found


def _funds(rows: Rows, header: Header, end: int, taken: Taken) -> dict[str, Any]:
    """The money of the project, and what each source brings; a row of another name is of a source."""
    titles = title_cells(rows[: header.first])
    headings = [cell for row in rows[header.first : header.end] for cell in row]
    end = next((at for at in range(header.end, end) if _is_goal(rows[at])), end)
    columns = columns_of(rows, header, end, known_of(titles, headings), is_form=True)
    over = {cell.location for row in rows[header.first : header.end] for cell in row}
    below = list(rows_of(rows, header, end, columns, taken)) if columns else []
    own = [row for row in below if row.named.location not in over]
    whole = [row for row in own if row.of is Of.TOTAL or "总额" in row.name]
    if not whole and len(below) == 1:  # one row of money, below 项目资金
        whole = below
    project: dict[str, Any] = {}
    sources: list[dict[str, str]] = []
    for row in below:
        if whole and row is whole[0]:
            project |= money_of(row.cells, columns, AT, taken, scored=True)
        else:
            sources += _source(row, columns, len(sources), taken)
    return project | ({"sources": sources} if sources else {})


def _beside(rows: Rows, header: Header, taken: Taken) -> dict[str, Any]:
    """The money of a form whose figures stand beside their labels."""
    columns = columns_of(rows, header, len(rows), Known(), is_form=True)
    return money_of(rows[header.end], columns, AT, taken, scored=True)


def _source(row: Row, columns: Sequence[Any], number: int, taken: Taken) -> list[dict[str, str]]:
    """What a source brings to the first budget; the other figures of its row are not checked by themselves."""
    budget = next((each for each in columns if each.field == "initial_budget" and each.unit), None)
    cell = budget.cell(row.cells) if budget else None
    cell = cell and budget and as_read(cell, budget.unit)
    found = []
    name = row.name.removeprefix("其中").strip("：: ")
    if budget and cell is not None and is_positive(cell) and name:
        amount = taken.put(f"{AT}/sources/{number}/amount", cell) + budget.unit
        found = [{"name": name, "amount": amount}]
    others = (
        each
        for column in columns
        for each in column.cells(row.cells)
        if not found or cell is None or each.location != cell.location
    )
    taken.leave((each for each in others if is_figure(each)), "source_row")
    return found


def _is_goal(row: Sequence[Cell]) -> bool:
    return any("总体目标" in cell.text or "预期目标" in cell.text or "年度目标" in cell.text for cell in row)


def _planned_funds(rows: Rows, taken: Taken) -> dict[str, Any]:
    """The money of a form that plans a project: the sum beside its label, and what the sources bring below it."""
    units = {unit for row in rows for cell in row for unit in UNITS.findall(bare(cell))}
    unit = units.pop() if len(units) == 1 else None
    project: dict[str, Any] = {}
    for row in rows:
        at = next((at for at, cell in enumerate(row) if SUM_PLANNED.match(bare(cell))), None)
        if at is None:
            taken.leave((each for each in row if "initial_budget" in project and is_positive(each)), "source_row")  # fmt: skip
            continue
        taken.leave((each for each in row[:at] if is_positive(each)), "not_budget")
        beside = (each for each in row[at + 1 :] if each.text != row[at].text and (each.text or each.why))
        cell = next(beside, None)
        cell = cell and as_read(cell, unit)
        if cell is not None and unit and "initial_budget" not in project and is_positive(cell):
            project["initial_budget"] = taken.put(f"{AT}/initial_budget", cell) + unit
        elif cell is not None:
            taken.leave([cell], "ambiguous" if unit else "no_unit")
    return project
