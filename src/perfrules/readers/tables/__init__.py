"""A file of tables becomes a submission: the forms of its projects, or the one table with a row for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from hashlib import sha256
from typing import Any

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.documents.sheet import Sheet
from perfrules.documents.sheets import sheets_of
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.subject import SubjectType
from perfrules.model.submission import Document, Submission, Unread
from perfrules.readers.link import with_unread
from perfrules.readers.merging import merged_submission
from perfrules.readers.structured import submission_from
from perfrules.readers.submission_form_values import form_values, is_form
from perfrules.readers.tables.parts import parts_on
from perfrules.readers.tables.taken import ASIDE, Part, Taken, with_netted

_YEAR = re.compile(r"20\d\d(?=\s*年)")
_AMOUNT = re.compile(
    r"\d\s*(?:[亿万千百]*[元块]|[%‰])|\d\.\d|(?:[￥¥]|RMB|CNY)\s*\d|\d[亿万](?![\u4e00-\u9fff])", re.I
)
_DECIMAL = re.compile(r"-?\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+")
_FIGURE = re.compile(r"-?\d[\d,]*\.?\d*%?")


def read_tables(source: str, data: bytes, types: Mapping[str, SubjectType]) -> Submission:
    """The submission in a workbook of forms and tables; raises ReadError where no sheet is one that is known.

    Sheets that print the same figure are witnesses of each other. Tables of another department, period or year than the
    others are told and not read; where they are all there is, nothing can be told apart and the file is refused.
    """
    sheets = sheets_of(source, data)
    if is_form(sheets):
        values, places = form_values(sheets)
        filled = submission_from(values, source, types, places)
        return evolve(filled, documents=(Document(source, sha256(data).hexdigest(), "submission"),))
    parts = [part for sheet in sheets for part in parts_on(sheet)]
    forms = [part for part in parts if part.is_form]
    listed = [part for part in parts if not part.is_form]
    words = _words(sheets)
    of_forms = [_forms(source, forms, types, words)] if forms else []
    found = [with_netted(submission_from(part.said, source, types, part.taken.places, words, part.taken.quotes), part.taken) for part in listed]  # fmt: skip
    seen = [each for each, part in zip(found, listed, strict=True) if not part.sheet.is_hidden]
    if not _is_one([*of_forms, *found], [part.sheet for part in listed]):
        # what nobody sees may be of another year, or of another department
        listed = [part for part in listed if not part.sheet.is_hidden]
        is_one = _is_one([*of_forms, *seen], [part.sheet for part in listed])
        found, listed = (seen, listed) if is_one else ([], [])
    read = [*forms, *listed]
    if not read:
        raise ReadError(_no_form(source))
    document = Document(source, sha256(data).hexdigest(), "form" if forms else "table")
    whole = merged_submission([evolve(part, text=words) for part in (*of_forms, *found)], types)
    told = [each for part in read for each in part.taken.unread]
    told += _sheets_told(source, sheets, {part.sheet.name for part in read})
    whole = evolve(whole, documents=(document,), unread=tuple(told))
    return with_unread(whole, _cells_left(whole, sheets))


def _no_form(source: str) -> Fault:
    message = Bilingual("没有找到能识别的绩效表", "no form that is known was found in it")
    hint = Bilingual(
        "能读项目支出绩效目标执行监控表、绩效自评表, 和每个项目一行的表; 不同部门、期间的表分成几个文件",
        "forms of monitoring and of self-evaluation, and tables with a row for each project are read; make a file for each department and period",
    )
    return Fault("read.no_form", message, Location(source), hint)


def _forms(source: str, forms: Sequence[Part], types: Mapping[str, SubjectType], words: str) -> Submission:
    """The submission of the forms of a workbook, one project on each."""
    head: dict[str, Any] = {}
    projects: list[Mapping[str, Any]] = []
    places: dict[str, Location] = {}
    quotes: dict[str, str] = {}
    for at, form in enumerate(forms):
        (project,) = form.said["projects"]
        if project["name"] in [each["name"] for each in projects]:
            raise ReadError(_twice(form))
        head = {**form.said, **head}
        projects.append(project)
        places |= {_of_project(key, at): place for key, place in form.taken.places.items()}
        quotes |= {_of_project(key, at): quote for key, quote in form.taken.quotes.items()}
    netted = Taken(netted={place: formula for form in forms for place, formula in form.taken.netted.items()})
    return with_netted(
        submission_from({**head, "projects": projects}, source, types, places, words, quotes), netted
    )


def _of_project(pointer: str, number: int) -> str:
    return re.sub("^/projects/0(?=/)", f"/projects/{number}", pointer)


def _is_one(parts: Sequence[Submission], sheets: Sequence[Sheet]) -> bool:
    """Whether the forms and tables of a workbook are of one department and one period, as far as they say."""
    names = sorted({part.department.name for part in parts} - {""}, key=len)
    periods = {part.period for part in parts} - {(None, None)}
    years = [
        set(found)
        for sheet in sheets
        if (found := _YEAR.findall(_words([evolve(sheet, rows=sheet.rows[:4])])))
    ]
    one_year = not years or bool(set.intersection(*years))
    return bool(parts) and all(names[-1].endswith(name) for name in names) and len(periods) <= 1 and one_year


def _words(sheets: Sequence[Sheet]) -> str:
    """The words that the sheets hold, each cell a sentence."""
    return "。".join(
        dict.fromkeys(cell.text for sheet in sheets for row in sheet.rows for cell in row if cell.text)
    )


def _cells_left(whole: Submission, sheets: Sequence[Sheet]) -> Iterator[Unread]:
    """The cells with figures that nothing has taken up: sums and ratios in words are goals and reasons; a bare decimal may matter."""
    taken = {each.location for each in whole.unread} | {Location(each.location.source, each.location.address.partition("!")[0]) for each in whole.unread if each.why == "no_form"}  # fmt: skip
    for path in whole.walk():
        for fact in path[-1].facts.values():
            taken |= {each.location for each in (fact, *fact.witnesses) if each.location is not None}
    for sheet in sheets:
        for row in sheet.rows if Location(whole.documents[0].path, sheet.name) not in taken else ():
            for cell in row:
                is_bare = bool(_DECIMAL.fullmatch(cell.text))
                why = cell.why or ("no_field" if is_bare else "not_budget")
                if (cell.why or is_bare or _AMOUNT.search(cell.text)) and cell.location not in taken:
                    taken.add(cell.location)
                    yield Unread(cell.location, cell.quote or "=", why, why not in ASIDE)


def _sheets_told(source: str, sheets: Sequence[Sheet], read: Set[str]) -> Iterator[Unread]:
    """The sheets with figures that are none of the forms known: somebody has to look; and hidden ones that were read."""
    for sheet in sheets:
        is_read = sheet.name in read
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


def _twice(form: Part) -> Fault:
    name = form.said["projects"][0]["name"]
    message = Bilingual(f"项目 {name} 的表有两张", f"there are two forms of the project {name}")
    hint = Bilingual("分成两个文件, 或删去其中一张", "make two files of them, or take one out")
    return Fault("read.two_forms", message, form.taken.places["/projects/0/name"], hint)
