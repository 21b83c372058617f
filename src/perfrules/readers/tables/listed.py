"""Tables with a row for each project, or for each line of a department; the row's name says whose it is.

A figure is read only below a heading that is known and with a unit that is printed; every other one is told as unread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from perfrules.documents.sheet import Cell, Sheet
from perfrules.readers.tables.columns import Column, columns_of
from perfrules.readers.tables.header import NUMBER, Header, headers
from perfrules.readers.tables.headings import MONEY, NAMES_OF_PROJECTS, TARGETS, field_of
from perfrules.readers.tables.labels import owner_told
from perfrules.readers.tables.money import money_of, twice
from perfrules.readers.tables.period import Told, known_of, period_of
from perfrules.readers.tables.row_names import LINES, Of, Row, are_units, named_place, rows_of
from perfrules.readers.tables.taken import ASIDE, Part, Taken
from perfrules.readers.tables.targets import (
    TargetHeader,
    ends,
    section_of,
    target_of,
    targets_of,
)

_OWNERS = re.compile("^(?:主管部门|实施单位|预算单位|项目单位|部门|单位)(?:名称)?$")
"""The headings over the name of the department or unit."""
_INSIDE = re.compile("(?:机关|本级|本部|本单位|[科股处组]|(?<!办公)室)$")
"""What parts of a department are called."""
_DEPARTMENTS = re.compile("^(?:主管部门|部门)(?:名称)?$")


def listed_on(sheet: Sheet) -> Part | None:
    """What the first table of a sheet says; None where its rows are neither projects nor lines of one department."""
    rows = sheet.rows
    header = next(headers(rows), None)
    if header is None:
        return None
    taken = Taken()
    goals = section_of(rows[header.end :])
    end = len(rows) if goals is None else header.end + goals.at
    above = [cell for row in rows[: header.first] for cell in row if cell.text]
    titles = list({cell.location: cell for cell in above}.values())
    headings = [cell for row in rows[header.first : header.end] for cell in row if cell.text]
    period = period_of(Told(titles, headings, _below(rows, header), rows), taken)
    columns = columns_of(rows, header, end, known_of(titles))
    if not any(each.field in MONEY for each in columns):
        return None
    found = list(rows_of(rows, header, end, columns, taken))
    place = named_place(header)
    whole: dict[str, Any] = {"period": period} if period else {}
    if owner := _owner(header, found, titles, taken):
        whole["department"] = owner
    if any(row.name in LINES for row in found):
        whole["lines"] = _lines(found, columns, taken)
        if goals is not None:
            told = targets_of(rows[header.end :], goals, len(rows), "/department_targets/rows", taken)
            whole["department_targets"] = {"complete": True, "rows": list(told)}
            closing = (row for row in rows[header.end + goals.first :] if ends(row))
            taken.leave(
                (cell for row in closing for cell in row if NUMBER.fullmatch(cell.text)), "not_budget"
            )
    elif (
        place is None
        or not NAMES_OF_PROJECTS.fullmatch(header.words[place][-1])
        or not _of_one(header, found)
    ):
        return None
    else:
        target = _target_header(header)
        whole |= _exported(found, columns, target, taken) if target else _projects(found, columns, taken)
    return Part(whole, taken, sheet)


def _below(rows: Sequence[Sequence[Cell]], header: Header) -> Mapping[str, Sequence[Cell]]:
    """The cells with text below each heading."""
    return {
        words: [row[place] for row in rows[header.end :] if row[place].text]
        for place, words in enumerate(header.columns)
    }


def _owner_places(header: Header) -> list[int]:
    places = [place for place, text in enumerate(header.columns) if _OWNERS.match(text)]
    return sorted(places, key=lambda place: "主管" not in header.columns[place])


def _owner(header: Header, rows: Sequence[Row], titles: Sequence[Cell], taken: Taken) -> str | None:
    """The department that the column of them names, where it names one; without such a column the title's."""
    for place in _owner_places(header)[:1]:
        named = {row.cells[place].text: row.cells[place] for row in rows if row.cells[place].text}
        if len(named) > 1:  # of many units, and the title names who gathered them
            return None
        for name, cell in named.items():
            if _INSIDE.search(name):  # a part of the department that the title names
                break
            taken.places["/department"] = cell.location
            return name
    return owner_told(iter(titles), taken)


def _of_one(header: Header, rows: Sequence[Row]) -> bool:
    """Whether the rows are projects of one department: no row is a department itself, and no column names several."""
    places = [place for place, text in enumerate(header.columns) if _DEPARTMENTS.match(text)]
    several = (len({row.cells[place].text for row in rows if row.of is Of.OWN and row.cells[place].text}) > 1 for place in places)  # fmt: skip
    return not are_units(rows) and not any(several)


def _lines(rows: Sequence[Row], columns: Sequence[Column], taken: Taken) -> dict[str, Any]:
    lines: dict[str, Any] = {}
    whole = _whole(rows)
    several = twice([row.name for row in rows if row.name in LINES])
    for row in rows:
        line = "total" if row is whole else LINES.get(row.name)
        if line is None or row.name in several:
            _leave(row, columns, taken)
        else:
            lines[line] = money_of(row.cells, columns, f"/lines/{line}", taken)
    return lines


def _whole(rows: Sequence[Row]) -> Row | None:
    """The row of the sum of all: the only one, or the one called 总计 where others are 合计."""
    sums = [row for row in rows if row.of is Of.TOTAL and row.has_figures]
    widest = [row for row in sums if row.name.startswith("总计")]
    return sums[0] if len(sums) == 1 else widest[0] if len(widest) == 1 else None


def _projects(rows: Sequence[Row], columns: Sequence[Column], taken: Taken) -> dict[str, Any]:
    """The projects of the rows; they are all there where a total stands with them and no row was left out."""
    found: list[dict[str, Any]] = []
    total: dict[str, Any] = {}
    whole = _whole(rows)
    several = twice([row.name for row in rows if row.of is Of.OWN])
    is_whole = not taken.unread
    for row in rows:
        if row is whole:
            total = money_of(row.cells, columns, "/lines/project", taken)
        elif row.of is Of.OWN and row.name not in several:
            pointer = f"/projects/rows/{len(found)}"
            taken.put(f"{pointer}/name", row.named)
            found.append({"name": row.name, **money_of(row.cells, columns, pointer, taken)})
        elif row.has_figures:
            is_whole &= row.of in (Of.SOURCE, Of.TOTAL)
            _leave(row, columns, taken)
    lines = {"lines": {"project": total}} if total else {}
    return {**lines, "projects": {"complete": True, "rows": found} if total and is_whole else {"rows": found}}


def _leave(row: Row, columns: Sequence[Column], taken: Taken) -> None:
    why = "source_row" if row.of is Of.SOURCE else "ambiguous"
    for column in columns:
        plain = not column.field and column.why in ASIDE
        taken.leave(column.cells(row.cells), column.why if plain else why)


def _target_header(header: Header) -> TargetHeader | None:
    """The columns of targets beside those of money, where every row is one target of its project."""
    columns: dict[str, int] = {}
    for place, words in enumerate(header.columns):
        if (
            (field := field_of(words, TARGETS))
            and field not in columns
            and not re.search("万元|元[）)]", words)
        ):
            columns[field] = place
    fits = {"name", "planned"} <= set(columns)
    return TargetHeader(header.first, header.end, columns, {}, {}) if fits else None


def _exported(
    rows: Sequence[Row], columns: Sequence[Column], header: TargetHeader, taken: Taken
) -> dict[str, Any]:
    """The projects of an export with a row for each target: the money of a project stands in each of its rows."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row.of is not Of.OWN:
            _leave(row, columns, taken)
            continue
        project = found.setdefault(row.name, {"name": row.name, "targets": []})
        pointer = f"/projects/rows/{list(found).index(row.name)}"
        if not project["targets"]:
            taken.put(f"{pointer}/name", row.named)
        own = Taken()
        money = money_of(row.cells, columns, "", own)
        for at, claim in enumerate(money.pop("claims", [])):
            key = _again(project, claim)
            place = f"/claims/{at}/printed"
            taken.places[pointer + key], taken.quotes[pointer + key] = own.places[place], own.quotes[place]
        for field, value in money.items():
            prints = project.setdefault(field, [])
            key = f"{pointer}/{field}/{len(prints)}"
            taken.places[key], taken.quotes[key] = own.places[f"/{field}"], own.quotes[f"/{field}"]
            prints.append(value)
        taken.unread += own.unread
        taken.netted |= own.netted
        targets = project["targets"]
        targets.append(target_of(row.cells, header, f"{pointer}/targets/{len(targets)}", taken))
    return {"projects": {"rows": list(found.values())}}


def _again(project: dict[str, Any], claim: dict[str, Any]) -> str:
    """Adds a rate of a project that stands in several of its rows, and gives its pointer: one claim for each value printed."""
    claims = project.setdefault("claims", [])
    same = next(
        (
            each
            for each in claims
            if (each["printed"][0], each["numerator"]) == (claim["printed"], claim["numerator"])
        ),
        None,
    )
    if same is None:
        same = {**claim, "printed": []}
        claims.append(same)
    same["printed"].append(claim["printed"])
    return f"/claims/{claims.index(same)}/printed/{len(same['printed']) - 1}"
