"""A sheet with quotes and places, for files that hold no comments: old formats, PDF, text, and files that are signed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import PurePath

from perfrules.bilingual import Language
from perfrules.documents.comments import Note
from perfrules.documents.forms import Column, Page, workbook
from perfrules.reporters.back.words import place_for_people

SHEET = "核对意见"
_COLUMNS = (Column("文件", 24), Column("位置", 18), Column("原文", 28), Column("核对意见", 80))


def sheet(notes: Sequence[tuple[str, Note]], language: Language, title: str, why: Collection[str]) -> bytes:
    """The workbook for these notes, each with the path of its file; `why` are lines above them."""
    rows = tuple(
        (PurePath(path).name, _place(note, language), note.quote.strip(), "\n".join(note.lines))
        for path, note in notes
    )
    return workbook([Page(SHEET, _COLUMNS, rows, above=(title, *why))])


def _place(note: Note, language: Language) -> str:
    return place_for_people(note.where, language, note.where.source) if note.where else ""
