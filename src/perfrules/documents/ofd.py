"""An .ofd file opened: the text its pages carry, line by line from the top; a page of pictures has none."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.documents.archive import parts_of
from perfrules.documents.flow import paragraphs
from perfrules.documents.text_document import TextDocument, document_of
from perfrules.documents.text_tables import with_tables
from perfrules.documents.xml import root_of
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

_PAGE = re.compile(r"Doc_(\d+)/Pages/Page_(\d+)/Content\.xml")
SAME_LINE = 1.0
"""Millimetres within which two pieces of text stand on one line."""


def ofd_document(path: str, data: bytes) -> TextDocument:
    """The document in the bytes of an .ofd; raises ReadError where it is broken, or holds no text."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            named = [found for name in archive.namelist() if (found := _PAGE.fullmatch(name))]
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        named = []
    named.sort(key=lambda found: (int(found[1]), int(found[2])))
    parts = parts_of(data, path, [found.group() for found in named])
    pages = [_lines(root_of(parts[found.group()], path)) for found in named]
    if not any(pages):
        message = Bilingual(
            "OFD 里没有文字, 可能是扫描件, 未读取",
            "the OFD has no text, perhaps it is a scan, and is not read",
        )
        hint = Bilingual("请部门提供 Word 或 Excel 原件", "ask the department for the Word or Excel file")
        raise ReadError(Fault("read.scan", message, Location(path), hint))
    text = "".join(f"{line}\n" for lines in pages for line in lines)
    firsts, line = [], 1
    for lines in pages:
        firsts.append(line)
        line += len(lines)
    empty = tuple(number for number, lines in enumerate(pages, 1) if not lines)
    document = document_of(path, data, text, paragraphs)
    return with_tables(evolve(document, pages=tuple(firsts), pictures=empty))


def _lines(page: Element) -> list[str]:
    pieces = sorted(
        piece for each in page.iter() if each.tag.endswith("}TextObject") and (piece := _piece(each))
    )
    lines: list[tuple[float, list[tuple[float, str]]]] = []
    for top, left, text in pieces:
        if not lines or top - lines[-1][0] > SAME_LINE:
            lines.append((top, []))
        lines[-1][1].append((left, text))
    return [" ".join(text for _, text in sorted(line)) for _, line in lines]


def _piece(element: Element) -> tuple[float, float, str] | None:
    text = "".join(each.text or "" for each in element.iter() if each.tag.endswith("}TextCode")).strip()
    try:
        left, top = map(float, element.get("Boundary", "").split()[:2])
    except ValueError:
        left, top = 0.0, 0.0
    return (top, left, " ".join(text.split())) if text else None
