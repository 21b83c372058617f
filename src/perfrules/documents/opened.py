"""A file that was read opened once more, as a text or as sheets, to show its own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perfrules.documents.html import html_document
from perfrules.documents.kinds import kind_of
from perfrules.documents.ofd import ofd_document
from perfrules.documents.old_word import old_word_document
from perfrules.documents.pdf import pdf_document
from perfrules.documents.plain import text_document
from perfrules.documents.sheet import Sheet
from perfrules.documents.sheets import sheets_of
from perfrules.documents.text_document import TextDocument
from perfrules.documents.word import word_document

Opened = TextDocument | tuple[Sheet, ...]
_TEXTS: Mapping[str, Callable[[str, bytes], TextDocument]] = {
    "text": text_document,
    "docx": word_document,
    "doc": old_word_document,
    "pdf": pdf_document,
    "html": html_document,
    "ofd": ofd_document,
}


def opened(path: str, data: bytes) -> Opened | None:
    """The text or the sheets of a file as the readers saw them; None where its places are neither, as in JSON and YAML.

    Raises ReadError where it cannot be opened.
    """
    kind = kind_of(path, data)
    if kind in _TEXTS:
        return _TEXTS[kind](path, data)
    return sheets_of(path, data) if kind in ("xlsx", "xls", "csv") else None
