"""What an office file holds besides its text: none of it is run, opened or followed, all of it is told."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from perfrules.documents.archive import MOST_PARTS
from perfrules.documents.xml import root_of
from perfrules.errors import ReadError

_BESIDES = {
    "macro": re.compile(r"vbaProject\.bin$|^xl/macrosheets/"),
    "embedded": re.compile(
        r"/embeddings/[^/]+$|\.(?:zip|rar|7z|docx?|xlsx?|xlsb|pptx?|pdf|ofd|wps|et)$", re.I
    ),
    "external": re.compile(r"^xl/externalLinks/externalLink\d+\.xml$"),
    "picture_inside": re.compile(r"^(?:word|xl)/media/"),
}
"""The parts of an office file by what they are."""
_EACH = ("embedded", "external")
"""What is told one by one; of the others the first stands for all."""
MOST_TOLD = 50
MOST_LINKS = 1_000_000
"""Bytes of a part of relations that are looked at."""


def told_of(data: bytes) -> tuple[tuple[str, str, str], ...]:
    """What an office file holds besides its text, as reason, part of the archive and name.

    `macro`: programs; `embedded`: other documents inside it, of whatever kind, which are not read; `external`: links to
    templates, workbooks, objects and pictures elsewhere; `picture_inside`: pictures, which may show figures. Nothing for what
    is no archive.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = sorted(archive.namelist())[:MOST_PARTS]
            links = list(_links(archive, names))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return ()
    followed = {_owner(part) for _, part, _ in links}
    parts = ((why, name, name.rpartition("/")[2]) for name in names for why, words in _BESIDES.items() if words.search(name) and name not in followed)  # fmt: skip
    found: list[tuple[str, str, str]] = []
    for each in (*parts, *links):
        number = sum(why == each[0] for why, _, _ in found)
        if number < (MOST_TOLD if each[0] in _EACH else 1):
            found.append(each)
    return tuple(sorted(found, key=lambda each: list(_BESIDES).index(each[0])))


def _owner(relations: str) -> str:
    """The part whose relations these are: xl/externalLinks/_rels/externalLink1.xml.rels is of externalLink1.xml."""
    return relations.replace("_rels/", "").removesuffix(".rels")


def _links(archive: ZipFile, names: list[str]) -> Iterator[tuple[str, str, str]]:
    """The relations to what lies outside, and to pieces of other documents inside; links that a reader may click are words of the text, and none of them."""
    for name in names:
        if not name.endswith(".rels") or archive.getinfo(name).file_size > MOST_LINKS:
            continue
        try:
            relations = root_of(archive.read(name), name)
        except ReadError:
            continue
        for each in relations:
            kind = each.get("Type", "").rpartition("/")[2]
            if kind == "aFChunk":  # another document in the place of a paragraph
                yield "embedded", name, each.get("Target", "")[:120]
            elif each.get("TargetMode") == "External" and kind != "hyperlink":
                yield "external", name, f"{kind}: {each.get('Target', '')[:120]}"
