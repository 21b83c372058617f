"""The form that was filled in, as values of the submission format with the address of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from perfrules.bilingual import Bilingual
from perfrules.documents.sheet import Cell, Sheet
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.readers.narrative.assemble import LINE_NAMES
from perfrules.readers.submission_form_sheets import CODES, LISTS, MARK, REST, YES

_DATE = re.compile(r"\s*(20\d\d)\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?\s*")
"""A date as people write it, the year first: 2023年7月8日, 2023/7/8; no other order can be meant."""
_IS_DATE = re.compile("/(?:from|to|[a-z_]+_on)$")


def is_form(sheets: Sequence[Sheet]) -> bool:
    """Whether a workbook is such a form, by the mark in its first cell."""
    return any(row[0].quote == MARK for sheet in sheets[:1] for row in sheet.rows[:1] if row)


def form_values(sheets: Sequence[Sheet]) -> tuple[dict[str, object], dict[str, Location]]:
    """What a form says in the documented format, and the address of each value by its pointer.

    Raises ReadError for a row that belongs to a project which the form does not have.
    """
    faults: list[Fault] = []
    cells: dict[str, Cell] = {}
    by_name = {sheet.name: sheet.rows for sheet in sheets}
    for row in by_name.get("部门", ())[1:]:
        cells |= (
            {row[0].quote: row[2]}
            if len(row) > 2 and row[0].quote and row[2].quote and row[0].quote != "/unit"
            else {}
        )
    for row, line in zip(by_name.get("支出", ())[2:], LINE_NAMES, strict=False):
        cells |= _named(row, by_name["支出"][0], f"/lines/{line}")
    filled = [row for row in by_name.get("项目", ())[2:] if any(cell.quote for cell in row)]
    for index, row in enumerate(filled):
        cells |= _named(row, by_name["项目"][0], f"/projects/rows/{index}")
    owners = {"": ""} | {label: f"/lines/{line}" for line, label in LINE_NAMES.items()}
    owners |= {cells[f"/projects/rows/{index}/name"].quote: f"/projects/rows/{index}" for index in range(len(filled)) if f"/projects/rows/{index}/name" in cells}  # fmt: skip
    for title, (key, _) in LISTS.items():
        numbers: dict[str, int] = defaultdict(int)
        for row in (each for each in by_name.get(title, ())[2:] if any(cell.quote for cell in each)):
            whose = row[0].quote
            if whose not in owners:
                faults.append(_no_owner(row[0]))
                continue
            owner = owners[whose]
            tail = "" if key == "claims" else "/rows"
            cells |= _named(row, by_name[title][0], f"{owner}/{key}{tail}/{numbers[owner]}")
            numbers[owner] += 1
    for row in by_name.get(REST, ())[1:]:
        cells |= {row[0].quote: row[1]} if len(row) > 1 and row[0].quote and row[1].quote else {}
    values = {pointer: _value(pointer, cell.quote) for pointer, cell in cells.items()}
    unit = next(
        (row[2].quote for row in by_name.get("部门", ()) if len(row) > 2 and row[0].quote == "/unit"), ""
    )
    whole = _nested(values)
    if faults:
        raise ReadError(faults)
    said = (
        whole if isinstance(whole, dict) else {"0": whole}
    )  # a pointer that is none: its key is told as unknown
    if said and unit:
        said["unit"] = unit
    return said, {pointer: cell.location for pointer, cell in cells.items()}


def _no_owner(cell: Cell) -> Fault:
    message = Bilingual(f"“{cell.quote}”不在“项目”表中", f"{cell.quote} is none of the projects of this form")
    hint = Bilingual("“属于”写 合计、基本支出、项目支出 或“项目”表中的名称", "write 合计, 基本支出, 项目支出, or a name on the sheet 项目")  # fmt: skip
    return Fault("submission.owner", message, cell.location, hint)


def _named(row: Sequence[Cell], keys: Sequence[Cell], base: str) -> dict[str, Cell]:
    return {
        f"{base}/{key.quote}": cell for key, cell in zip(keys, row, strict=True) if key.quote and cell.quote
    }


def _value(pointer: str, text: str) -> str:
    if pointer.endswith("/complete"):
        return next((code for code, said in YES.items() if said == text), text)
    if _IS_DATE.search(pointer) and (found := _DATE.fullmatch(text)):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return CODES.get(text, text) if pointer.endswith(("/numerator", "/base")) else text


def _nested(values: Mapping[str, str]) -> object:
    """Values by pointer as objects and lists again; a table that says whether it is complete may be written either way."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for pointer, value in values.items():
        if not pointer:
            return value
        key, _, rest = pointer.removeprefix("/").partition("/")
        groups[key][f"/{rest}" if rest else ""] = value
    if groups and all(key.isdecimal() for key in groups):
        return [_nested(groups[key]) for key in sorted(groups, key=int)]
    return {key: _nested(each) for key, each in groups.items()}
