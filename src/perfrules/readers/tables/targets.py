"""The targets of a form: a row each, below their headings of one row or two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from perfrules.documents.sheet import Cell
from perfrules.readers.tables.header import Rows
from perfrules.readers.tables.headings import LIKELIHOODS, TABLE_ENDS, TARGETS, Headings, field_of, is_targets
from perfrules.readers.tables.money import is_positive
from perfrules.readers.tables.taken import Taken, bare
from perfrules.readers.values import operator_of, planned

_TICKS = ("√", "✓", "✔", "☑", "是", "1", "●", "v", "V")
_CAUSES = re.compile("(?:经费|制度|人员|硬件条件|其他)(?:保障)?")
_ENDS = re.compile(
    "^(?:总分|合计|总计|注|评价结论|自评结论|存在问题|改进措施|联系人|项目负责人|其他需要?说明|需要?说明)"
)


@frozen
class TargetHeader:
    """The headings of targets: the column of each field, the columns that are ticked, and the row where the targets begin."""

    at: int
    first: int
    columns: Mapping[str, int]
    likelihoods: Mapping[str, int]
    causes: Mapping[str, int]


def target_header(rows: Rows, at: int, headings: Headings = TARGETS) -> TargetHeader:
    """The headings in this row, and in the one below where that divides them."""
    top, under = rows[at], rows[at + 1] if at + 1 < len(rows) else ()
    is_second = _divides(top, under, headings)
    columns: dict[str, int] = {}
    ticked: list[dict[str, int]] = [{}, {}]
    for place, cell in enumerate(top):
        lower = under[place] if is_second and under[place].text else cell
        text = bare(lower)
        if lower is not cell and text in LIKELIHOODS:
            ticked[0].setdefault(text, place)
        elif lower is not cell and _CAUSES.fullmatch(text):
            ticked[1].setdefault(text, place)
        elif (field := field_of(text, headings)) and field not in columns:
            columns[field] = place
    return TargetHeader(at, at + 1 + is_second, columns, *ticked)


def _divides(top: Sequence[Cell], under: Sequence[Cell], headings: Headings) -> bool:
    """Whether a second row of headings stands below the first: it names nothing, and divides what stands above."""
    own = [
        cell for cell, above in zip(under, top, strict=False) if cell.text and cell.location != above.location
    ]
    names = {place for place, cell in enumerate(top) if field_of(cell.text, headings) in ("name", "planned")}
    is_free = all(not under[place].text or under[place].location == top[place].location for place in names) if under else False  # fmt: skip
    return is_free and any(bare(cell) in LIKELIHOODS or _CAUSES.fullmatch(bare(cell)) or field_of(cell.text, headings) for cell in own)  # fmt: skip


def targets_of(
    rows: Rows, header: TargetHeader, end: int, pointer: str, taken: Taken
) -> Iterator[dict[str, str]]:
    """The targets of the rows below the headings; figures in rows that name none are left."""
    held: dict[str, str] = {}
    number = 0
    for row in rows[header.first : end]:
        if ends(row):
            return
        name = row[header.columns["name"]]
        if not name.text or name.text == rows[header.at][header.columns["name"]].text:
            taken.leave(
                row[place] for field, place in header.columns.items() if field in ("planned", "actual")
            )
            continue
        if (
            name.location == row[0].location and header.columns["name"] > 0
        ):  # merged over the whole row: a note
            continue
        target = target_of(row, header, f"{pointer}/{number}", taken)
        if target.get("level1", held.get("level1")) != held.get("level1"):
            held = {}
        for level in ("level1", "level2"):  # a class stands once for the rows below it
            held[level] = target.get(level) or held.get(level, "")
            if held[level]:
                target[level] = held[level]
        number += 1
        yield target


def ends(row: Sequence[Cell]) -> bool:
    """Whether a row closes the targets: their sum, or what is said below them."""
    return any(_ENDS.match(bare(cell)) or TABLE_ENDS.match(bare(cell)) for cell in row[:1])


def target_of(row: Sequence[Cell], header: TargetHeader, pointer: str, taken: Taken) -> dict[str, str]:
    """One target, in the submission format."""
    target: dict[str, str] = {}
    for field, place in header.columns.items():
        cell = row[place]
        if field == "likelihood":
            if cell.text in LIKELIHOODS:
                target[field] = taken.put(f"{pointer}/{field}", cell)
        elif cell.text and (field not in ("weight", "score") or is_positive(cell)):
            target[field] = taken.put(f"{pointer}/{field}", cell)
        else:
            taken.leave([cell])
    if "operator" in target:  # in a column of its own
        target["operator"] = operator_of(target["operator"])
    elif "planned" in target:
        target |= planned(target["planned"])
        taken.places[f"{pointer}/operator"] = taken.places[f"{pointer}/planned"]
    for field, ticks in (("likelihood", header.likelihoods), ("cause", header.causes)):
        ticked = [each for each, place in ticks.items() if row[place].text in _TICKS]
        if field not in target and len(ticked) == 1:
            target[field] = ticked[0]
            taken.places[f"{pointer}/{field}"] = row[ticks[ticked[0]]].location
    return target


def section_of(rows: Rows) -> TargetHeader | None:
    """The headings of the first targets among these rows; None where there are none."""
    at = next((at for at, row in enumerate(rows) if is_targets(row)), None)
    return None if at is None else target_header(rows, at)


def total_score(rows: Rows, header: TargetHeader, end: int, taken: Taken) -> dict[str, str]:
    """The total score, from the row that is called so: below the scores, or the last number of the row."""
    place = header.columns.get("score")
    row = next((row for row in rows[header.first : end] if row[0].text.startswith(("总分", "合计"))), None)
    if place is None or row is None:
        return {}
    found = {cell.location: cell for cell in row if is_positive(cell)}
    last = list(found.values())[-1] if found else None
    cell = row[place] if row[place].location in found else last
    weight = row[header.columns["weight"]] if "weight" in header.columns else None
    if cell is None or (weight is not None and cell.location == weight.location):
        return {}
    return {"total_score": taken.put("/projects/0/total_score", cell)}
