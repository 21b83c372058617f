"""The tables that stand in a report: read as forms and tables of money are, and told row by row where they are neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from perfrules.documents import Paragraph, TextDocument
from perfrules.documents.sheet import Cell, Sheet
from perfrules.errors import ReadError
from perfrules.model.fact import Fact
from perfrules.model.subject import Subject, SubjectType
from perfrules.model.submission import Submission, Unread
from perfrules.readers.structured import submission_from
from perfrules.readers.tables.form import targets_on
from perfrules.readers.tables.headings import UNITS
from perfrules.readers.tables.parts import parts_on
from perfrules.readers.tables.taken import Part, with_netted

_ABOVE, _LONGEST = 3, 50
"""How many lines above a table may be its title and its unit, and how long they are at most."""
_ENDS = re.compile("[。；：，]")


@frozen
class TableRead:
    """What a table in a report says, and on which lines of the text it stands."""

    submission: Submission
    unread: tuple[Unread, ...]
    lines: tuple[int, ...]


def tables_read(
    document: TextDocument,
    paragraphs: Sequence[Paragraph],
    types: Mapping[str, SubjectType],
    department: Subject,
    project: Fact | None,
) -> Iterator[TableRead]:
    """The tables of the document that are forms, tables of money or, in a report on one project, of its targets.

    One that names another period than the report is none of them. `department` is what the words say of it.
    """
    period = tuple(_day(department, name) for name in ("period_from", "period_to"))
    for sheet in document.tables:
        whole = evolve(sheet, rows=(*_above(document, paragraphs, sheet), *sheet.rows))
        for part in parts_on(whole) or (_targets(whole, project) if project else []):
            said = dict(part.said)
            if department.name:
                said.pop("department", None)
            try:
                read = submission_from(said, document.path, types, part.taken.places, "", part.taken.quotes)
            except ReadError:
                continue
            read = with_netted(read, part.taken)
            if read.period in (period, (None, None)) or None in period:
                yield TableRead(read, tuple(part.taken.unread), sheet.lines)


def _targets(sheet: Sheet, project: Fact) -> list[Part]:
    part = targets_on(sheet, str(project.value))
    if part is None:
        return []
    assert project.location is not None
    part.taken.places["/projects/0/name"] = project.location
    part.taken.quotes["/projects/0/name"] = project.quote
    return [part]


def _day(department: Subject, name: str) -> object:
    return department.facts[name].value if name in department.facts else None


def _above(
    document: TextDocument, paragraphs: Sequence[Paragraph], sheet: Sheet
) -> Iterator[tuple[Cell, ...]]:
    """The short lines above a table, each a row; and the unit that stands below it, as if it stood above."""
    width = len(sheet.rows[0])
    first, last = sheet.lines[0], sheet.lines[-1]
    near = [each for each in paragraphs if first - 2 * _ABOVE <= each.line < first][-_ABOVE:]
    for each in near:
        if (
            not each.is_row
            and len(each.text) <= _LONGEST
            and not _ENDS.search(each.text.rstrip("：").replace("单位：", ""))
        ):
            yield (_cell(document, each, 0, len(each.text)),) * width
    for each in (each for each in paragraphs if last < each.line <= last + 2 and not each.is_row):
        if found := UNITS.search(each.text):
            yield (_cell(document, each, *found.span()),) * width


def _cell(document: TextDocument, paragraph: Paragraph, start: int, end: int) -> Cell:
    where = document.place(paragraph, start, end)
    return Cell(paragraph.text[start:end], where, printed=document.cut(where))


def rows_left(
    document: TextDocument, paragraphs: Sequence[Paragraph], read: Sequence[TableRead]
) -> Iterator[Unread]:
    """The rows with figures of the tables that were not read."""
    lines = {line for each in read for line in each.lines}
    for row in paragraphs:
        if row.is_row and row.line not in lines and re.search(r"\d", row.text):
            where = document.place(row, 0, len(row.text))
            yield Unread(where, document.cut(where), "no_field")
