"""All that goes to one department for one report: names of files and their contents."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePath

from attrs import frozen

from perfrules.bilingual import Language
from perfrules.documents.comments import Author, Note, commented
from perfrules.documents.kinds import kind_of
from perfrules.errors import Fault, ReadError
from perfrules.model.finding import Finding
from perfrules.model.report import Report
from perfrules.reporters.back.items import Item, items
from perfrules.reporters.back.letter import Kind, letter
from perfrules.reporters.back.notes import notes
from perfrules.reporters.back.sheet import sheet
from perfrules.reporters.back.words import (
    department_said,
    end_of,
    first_of,
    only_file,
    period_said,
    place_for_people,
    printed,
    shortened,
    titles_of,
)
from perfrules.reporters.words import ASKED, quote_said
from perfrules.rules.replies import Row, bound_of, bound_said, reply_form

FORM, SHEET = "反馈单.xlsx", "核对意见.xlsx"
_MOST = 6
"""Printed figures of a finding in the form."""


@frozen
class Asked:
    """How things are sent: whom comments are from, which letter, if any, and the language of comments."""

    author: Author
    letter: Kind | None = Kind.DRAFT
    language: Language = "zh"


@frozen
class Sending:
    """What goes to a department: its files by name, how many comments are in each of its own, and which could hold none."""

    report: Report
    items: tuple[Item, ...]
    files: Mapping[str, bytes]
    comments: Mapping[str, int]
    faults: tuple[Fault, ...] = ()


def sending(
    report: Report, contents: Mapping[str, bytes], struck: Collection[str], asked: Asked
) -> Sending | None:
    """What goes back of a report, `contents` being its files by path; None where nothing is left to send."""
    matters = items(report, struck)
    if not matters:
        return None
    given = notes(matters, _by_rank(contents), asked.language, titles_of(report))
    files, comments, sheets, faults = (
        dict[str, bytes](),
        dict[str, int](),
        list[tuple[str, Note]](),
        list[Fault](),
    )
    for path, each in given.items():
        try:
            made = commented(path, contents[path], kind_of(PurePath(path).name, contents[path]), each, asked.author) if each else None  # fmt: skip
        except ReadError as error:
            made, faults = None, [*faults, *error.faults]
        if made is None:
            sheets += [(path, note) for note in each]
        else:
            name = _free(PurePath(path).name, files)
            files[name], comments[name] = made, len(each)
    title = f"{department_said(report)} {period_said(report.period)}"
    if sheets:
        files[SHEET] = sheet(sheets, asked.language, f"{title} 核对意见", ())
    files[FORM] = reply_form([*_rows(report, matters)], f"{title} 反馈单")
    if asked.letter is not None:
        files[asked.letter.file_name] = letter(report, matters, asked.letter, [*comments], bool(sheets))
    return Sending(report, matters, files, comments, tuple(faults))


def _by_rank(contents: Mapping[str, bytes]) -> Sequence[str]:
    """The files that hold comments first: what is about no figure goes to the first of all."""
    holds = {path: kind_of(PurePath(path).name, data) in ("docx", "xlsx") for path, data in contents.items()}
    return sorted(contents, key=lambda path: not holds[path])


def _free(name: str, taken: Collection[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    number = 2
    found = name
    while found in taken or found in (FORM, SHEET):
        found = f"{stem} ({number}){dot}{suffix}"
        number += 1
    return found


def _rows(report: Report, matters: Sequence[Item]) -> Iterator[Row]:
    files, within = " ".join(each.sha256 for each in report.inputs), only_file(report)
    for item in matters:
        for finding in item.findings:
            figures = list(printed(finding))
            places = (place_for_people(each.location, "zh", within) for each in figures)
            yield Row(
                asked=ASKED[finding.severity].zh,
                finding=_said(finding),
                words="；".join(first_of((shortened(quote_said(each, "zh")) for each in figures), _MOST)),
                place="；".join(first_of(places, _MOST)),
                bound=bound_said(bound_of(finding)),
                fingerprint=finding.fingerprint,
                rule=finding.rule,
                department=report.department,
                end=end_of(report),
                subject=finding.subject.id,
                files=files,
            )


def _said(finding: Finding) -> str:
    return f"{finding.title.zh}: {finding.message.zh}"
