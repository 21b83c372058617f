"""A file of tables becomes a submission: the forms of its projects, or the one table with a row for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.documents.sheets import sheets_of
from perfrules.documents.workbook import Sheet
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.subject import SubjectType
from perfrules.model.submission import Document, Submission, Unread
from perfrules.readers.form import Form, form_on
from perfrules.readers.money_table import MoneyTable
from perfrules.readers.structured import submission_from

_FIGURE = re.compile(r"-?\d[\d,]*\.?\d*%?")


def read_tables(source: str, data: bytes, types: Mapping[str, SubjectType]) -> Submission:
    """The submission in a workbook of forms; raises ReadError where no sheet is one that is known."""
    sheets = sheets_of(source, data)
    forms = [form for sheet in sheets if (form := form_on(source, sheet))]
    if not forms and (told := _table(source, data, sheets, types)):
        return told
    if not forms:
        message = Bilingual("没有找到能识别的绩效表", "no form that is known was found in it")
        hint = Bilingual(
            "能读项目支出绩效目标执行监控表、绩效自评表, 和每个项目一行的表",
            "forms of monitoring and of self-evaluation, and tables with a row for each project are read",
        )
        raise ReadError(Fault("read.no_form", message, Location(source), hint))
    head: dict[str, Any] = {}
    names: list[str] = []
    for form in list(forms):
        head = {**form.head, **head}
        if form.project["name"] in names:
            raise ReadError(_twice(source, form))
        names.append(form.project["name"])
    places = {key.replace("/projects/0", f"/projects/{at}"): place for at, form in enumerate(forms) for key, place in form.places.items()}  # fmt: skip
    mapping = {**head, "projects": [dict(form.project) for form in forms]}
    read = submission_from(mapping, source, types, places, _words(sheets))
    document = Document(source, sha256(data).hexdigest(), "form")
    unread = [each for form in forms for each in form.unread]
    unread += _sheets_told(source, sheets, [form.sheet for form in forms])
    return evolve(read, documents=(document,), unread=tuple(unread))


def _table(
    source: str, data: bytes, sheets: Sequence[Sheet], types: Mapping[str, SubjectType]
) -> Submission | None:
    """The submission in a workbook with one table of projects or of lines; None where there is none, or several."""
    tables = [MoneyTable(source, sheet) for sheet in sheets]
    found = [(each, mapping) for each in tables if (mapping := each.mapping()) is not None]
    if len(found) != 1:
        return None
    table, mapping = found[0]
    read = submission_from(mapping, source, types, table.places, _words(sheets), table.quotes)
    document = Document(source, sha256(data).hexdigest(), "table")
    told = _sheets_told(source, sheets, [table.sheet])
    return evolve(read, documents=(document,), unread=(*table.unread, *told))


def _words(sheets: Sequence[Sheet]) -> str:
    """The words that the sheets hold, each cell a sentence."""
    return "。".join(
        dict.fromkeys(cell.text for sheet in sheets for row in sheet.rows for cell in row if cell.text)
    )


def _sheets_told(source: str, sheets: Sequence[Sheet], read: Sequence[Sheet]) -> Iterator[Unread]:
    """The sheets with figures that are none of the forms known: somebody has to look; and hidden ones that were read."""
    for sheet in sheets:
        is_read = any(sheet is each for each in read)
        if is_read and sheet.is_hidden:
            yield Unread(Location(source, sheet.name), sheet.name, "hidden", open=False)
        if is_read:
            for area in sheet.hidden:
                yield Unread(Location(source, f"{sheet.name}!{area}"), area, "hidden", open=False)
        if not is_read and _has_figures(sheet):
            yield Unread(Location(source, sheet.name), sheet.name, "no_form")


def _has_figures(sheet: Sheet) -> bool:
    """Whether a sheet holds figures; those in its first column are numbers of items."""
    return any(_FIGURE.fullmatch(cell.text) for row in sheet.rows for cell in row[1:])


def _twice(source: str, form: Form) -> Fault:
    name = form.project["name"]
    message = Bilingual(f"项目 {name} 的表有两张", f"there are two forms of the project {name}")
    hint = Bilingual("分成两个文件, 或删去其中一张", "make two files of them, or take one out")
    return Fault("read.two_forms", message, Location(source, form.places["/projects/0/name"]), hint)
