"""The forms of one project, for monitoring and for self-evaluation, as sheets: cells become the submission format.

Only what stands under a heading that is known is read; a figure without a unit, or under another heading, is told as unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from perfrules.documents.sheet import Cell, Sheet
from perfrules.location import Location
from perfrules.model.submission import Unread
from perfrules.model.unit import Kind
from perfrules.readers.form_headings import (
    FUNDS,
    LIKELIHOODS,
    LIST_OF_TARGETS,
    MONEY,
    OWNERS,
    SUM_PLANNED,
    TARGETS,
    Headings,
    field_of,
    is_funds,
    is_list_of_targets,
    is_targets,
)
from perfrules.readers.values import operator_of, planned, quantity

_UNIT = re.compile(r"(?:[（(]|单位[:：])\s*(元|万元|亿元)\s*[）)]?")
_FIGURE = re.compile(r"-?\d[\d,]*\.?\d*%?")
_YEAR = re.compile(r"(20\d\d)\s*年")
_MONTHS = re.compile(r"(\d{1,2})\s*[—–\-~～至到]\s*(\d{1,2})\s*月")
_TICKS = ("√", "✓", "✔", "是", "1")
_LONGEST_LABEL = 12
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@frozen
class Form:
    """What was found on one sheet: a project with where each of its values stands, and cells not read."""

    project: Mapping[str, Any]
    places: Mapping[str, Location]
    quotes: Mapping[str, str]
    unread: tuple[Unread, ...]
    head: Mapping[str, Any]
    sheet: Sheet


def form_on(sheet: Sheet) -> Form | None:
    """The form on a sheet; None where it is none that is known."""
    return _Reading(sheet).form()


def targets_on(sheet: Sheet, project: str) -> Form | None:
    """The targets of a project on a sheet that holds nothing but them; None where it holds none."""
    reading = _Reading(sheet)
    at = next((at for at, row in enumerate(sheet.rows) if is_list_of_targets(row)), None)
    rows = list(reading.targets(at, LIST_OF_TARGETS)) if at is not None else []
    if not rows:
        return None
    said = {"name": project, "targets": {"complete": False, "rows": rows}}
    return Form(said, reading.places, reading.quotes, tuple(reading.unread), {}, sheet)


class _Reading:
    """One sheet while it is read."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.places: dict[str, Location] = {}
        self.quotes: dict[str, str] = {}
        self.unread: list[Unread] = []
        self.funds_rows = {at: True for at, row in enumerate(sheet.rows) if is_funds(row)}
        self.labels = self._labels()

    def form(self) -> Form | None:
        rows = self.sheet.rows
        funds = next(iter(self.funds_rows), None)
        targets = next((at for at, row in enumerate(rows) if is_targets(row)), None)
        name = self.beside("项目名称")
        if name is None or (funds is None and targets is None):
            return None
        project: dict[str, Any] = {"name": self.put("/projects/0/name", name)}
        if funds is not None:
            project |= self.funds(rows[funds], self.below(funds, targets))
            head = self.head(rows[funds], funds)
        else:
            project |= self.planned_funds(targets or 0)
            head = self.head((), (targets or 1) - 1)
        if targets is not None:
            project["targets"] = {"complete": True, "rows": list(self.targets(targets))}
            project |= self.total(targets)
        return Form(project, self.places, self.quotes, tuple(self.unread), head, self.sheet)

    def put(self, pointer: str, cell: Cell) -> str:
        self.places[pointer], self.quotes[pointer] = cell.location, cell.quote
        return cell.text

    def beside(self, label: str) -> Cell | None:
        """The first cell with text to the right of a label's own; none in a row of headings, which names no project."""
        return self.labels.get(label)

    def _labels(self) -> dict[str, Cell]:
        """What stands beside each cell that may be a label, the first of each."""
        headings = {cell.location for at in self.funds_rows for cell in self.sheet.rows[at]}
        found: dict[str, Cell] = {}
        for number, row in enumerate(self.sheet.rows):
            if number in self.funds_rows:
                continue
            for at, cell in enumerate(row):
                label = cell.text.strip("：: ")
                if not label or len(label) > _LONGEST_LABEL or label in found or cell.location in headings:
                    continue
                beside = next((each for each in row[at + 1 :] if each.text and each.text != cell.text), None)
                if beside is not None:
                    found[label] = beside
        return found

    def head(self, funds: Sequence[Cell], at: int) -> dict[str, Any]:
        above = [cell.text for row in self.sheet.rows[: at + 1] for cell in row]
        head: dict[str, Any] = {"unit": self.unit(at)} if self.unit(at) else {}
        unit = next((cell for label in OWNERS if (cell := self.beside(label)) is not None), None)
        if unit is not None:
            head["department"] = self.put("/department", unit).strip("0123456789 -")
        year = next((found[1] for text in above if (found := _YEAR.search(text))), None)
        told = next((cell for cell in funds if _MONTHS.search(cell.text) or "全年执行" in cell.text), None)
        months = _MONTHS.search(told.text) if told else None
        first, last = (int(months[1]), int(months[2])) if months else (1, 12)
        if year and told and 1 <= first <= last <= 12:
            self.places |= {"/period/from": told.location, "/period/to": told.location}
            leap = last == 2 and int(year) % 4 == 0
            head["period"] = {
                "from": f"{year}-{first:02}-01",
                "to": f"{year}-{last:02}-{_LAST_DAYS[last - 1] + leap:02}",
            }
        return head

    def unit(self, at: int) -> str | None:
        texts = [cell.text for row in self.sheet.rows[: at + 2] for cell in row]
        found = {match[1] for text in texts for match in _UNIT.finditer("".join(text.split()))}
        return found.pop() if len(found) == 1 else None

    def below(self, at: int, end: int | None) -> Iterator[tuple[Cell, ...]]:
        """The rows of money below their headings, up to the first that has none."""
        for row in self.sheet.rows[at + 1 : end]:
            if any("总体目标" in cell.text or "预期目标" in cell.text for cell in row):
                return
            yield row

    def funds(self, header: Sequence[Cell], rows: Iterator[tuple[Cell, ...]]) -> dict[str, Any]:
        columns = {at: field for at, cell in enumerate(header) if (field := field_of(cell.text, FUNDS))}
        columns = {
            at: field for at, field in columns.items() if columns.get(at - 1) != field
        }  # merged headings
        unit = bool(self.unit(next(i for i, row in enumerate(self.sheet.rows) if row is header)))
        project: dict[str, Any] = {}
        sources: list[dict[str, str]] = []
        for row in rows:
            label = next(
                (
                    cell.text
                    for cell in row[: min(columns)]
                    if _is_label(cell.text) and cell.text.strip("：: ") != "其中"
                ),
                "",
            )
            cells = {field: row[at] for at, field in columns.items() if row[at].text or row[at].is_unsaved}
            if not label or not cells:
                continue
            if "总额" in label or label.strip("：: ") in ("合计", "总计"):
                project |= self.money(cells, unit)
            elif "initial_budget" in cells and unit and quantity(cells["initial_budget"].text, Kind.NUMBER):
                pointer = f"/projects/0/sources/{len(sources)}"
                name = label.removeprefix("其中").strip("：: ")
                sources.append(
                    {"name": name, "amount": self.put(f"{pointer}/amount", cells["initial_budget"])}
                )
                self.leave(cells, ("initial_budget",))
        return project | ({"sources": sources} if sources else {})

    def planned_funds(self, end: int) -> dict[str, Any]:
        """The money of a form that plans a project: the sum beside its label, and what the sources bring below it."""
        project: dict[str, Any] = {}
        unit = bool(self.unit(end))
        for row in self.sheet.rows[:end]:
            at = next((at for at, cell in enumerate(row) if SUM_PLANNED.match(cell.text)), None)
            beside = (cell for cell in row[at + 1 :] if cell.text != row[at].text) if at is not None else ()
            cell = next((each for each in beside if each.text or each.is_unsaved), None)
            if cell is None:
                sources = [
                    each for each in row if "initial_budget" in project and quantity(each.text, Kind.NUMBER)
                ]
                self.leave({str(at): each for at, each in enumerate(sources)}, ())
                continue
            if unit and "initial_budget" not in project and quantity(cell.text, Kind.NUMBER):
                project["initial_budget"] = self.put("/projects/0/initial_budget", cell)
            else:
                self.leave({"initial_budget": cell}, (), "ambiguous" if unit else "no_unit")
        return project

    def money(self, cells: Mapping[str, Cell], unit: bool) -> dict[str, Any]:
        project: dict[str, Any] = {}
        for field, cell in cells.items():
            if field != "rate" and quantity(cell.text, Kind.NUMBER) and (unit or field not in MONEY):
                project[field] = self.put(f"/projects/0/{field}", cell)
        if "rate" in cells and "spent" in project and cells["rate"].text.endswith("%"):
            base = "adjusted_budget" if "adjusted_budget" in cells else "initial_budget"
            printed = self.put("/projects/0/claims/0/printed", cells["rate"])
            project["claims"] = [{"printed": printed, "numerator": "spent", "base": base}]
        read = (*project, *(("rate",) if "claims" in project else ()))
        self.leave(cells, read, "unpaired" if unit else "no_unit")
        return project

    def leave(self, cells: Mapping[str, Cell], read: Sequence[str], why: str = "source_row") -> None:
        """Figures that were seen and not placed; those of a source's row are not checked by themselves."""
        for field, cell in cells.items():
            if field not in read and (cell.is_unsaved or re.search(r"\d", cell.text)):
                where = cell.location
                reason = "formula" if cell.is_unsaved else why
                self.unread.append(Unread(where, cell.text or "=", reason, reason != "source_row"))

    def targets(self, at: int, headings: Headings = TARGETS) -> Iterator[dict[str, str]]:
        header, under = self.sheet.rows[at], self.sheet.rows[min(at + 1, len(self.sheet.rows) - 1)]
        columns: dict[str, int] = {}
        for row in (header, under):
            for place, cell in enumerate(row):
                if (field := field_of(cell.text, headings)) and field not in columns:
                    columns[field] = place
        ticks = {cell.text: place for place, cell in enumerate(under) if cell.text in LIKELIHOODS}
        held: dict[str, str] = {}
        number = 0
        for row in self.sheet.rows[at + 1 :]:
            name = row[columns["name"]]
            if (
                row[0].text.startswith(("总分", "合计", "注"))
                or not name.text
                or name.text == header[columns["name"]].text
            ):
                if row[0].text.startswith(("总分", "合计", "注")):
                    return
                continue
            pointer = f"/projects/0/targets/rows/{number}"
            target = self.target(row, columns, pointer)
            if target.get("level1", held.get("level1")) != held.get("level1"):
                held = {}
            for level in ("level1", "level2"):  # a class stands once for the rows below it
                held[level] = target.get(level) or held.get(level, "")
                if held[level]:
                    target[level] = held[level]
            ticked = [each for each, place in ticks.items() if row[place].text in _TICKS]
            if len(ticked) == 1:
                target["likelihood"] = ticked[0]
            number += 1
            yield target

    def target(self, row: Sequence[Cell], columns: Mapping[str, int], pointer: str) -> dict[str, str]:
        target = {}
        for field, place in columns.items():
            cell = row[place]
            numeric = field in ("weight", "score")
            if cell.text and (not numeric or quantity(cell.text, Kind.NUMBER)):
                target[field] = self.put(f"{pointer}/{field}", cell)
            elif cell.is_unsaved or cell.text:
                self.leave({field: cell}, (), "ambiguous")
        if "operator" in target:  # in a column of its own
            target["operator"] = operator_of(target["operator"])
        elif "planned" in target:
            target |= planned(target["planned"])
            self.places[f"{pointer}/operator"] = self.places[f"{pointer}/planned"]
        return target

    def total(self, at: int) -> dict[str, str]:
        """The total score, from the row that is called so."""
        header = self.sheet.rows[at]
        place = next(
            (place for place, cell in enumerate(header) if field_of(cell.text, TARGETS) == "score"), None
        )
        for row in self.sheet.rows[at + 1 :] if place is not None else ():
            if (
                row[0].text.startswith(("总分", "合计"))
                and place is not None
                and quantity(row[place].text, Kind.NUMBER)
            ):
                return {"total_score": self.put("/projects/0/total_score", row[place])}
        return {}


def _is_label(text: str) -> bool:
    return bool(text) and not _UNIT.search("".join(text.split())) and not re.match(r"[\d.—-]+$", text)
