"""Office files are zip archives: their parts, within limits, whatever somebody put into them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

MOST_PARTS = 10_000
MOST_BYTES = 256 * 1024 * 1024
"""Bytes of a part, unpacked."""
MOST_RATIO = 400
"""Times that a part may grow; what people write packs less."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def parts_of(data: bytes, source: str, wanted: Iterable[str]) -> dict[str, bytes]:
    """The parts of these names that the archive has, unpacked; raises ReadError for what is no sound archive.

    An encrypted file, one of the old formats, a broken archive and one that unpacks beyond all measure are each told.
    """
    if data.startswith(_OLD_OFFICE):
        raise _fault(
            source,
            "encrypted",
            Bilingual("文件已加密, 或是旧版格式", "the file is encrypted, or of an old format"),
            Bilingual(
                "去掉密码, 另存为 .docx 或 .xlsx", "take the password off, and save it as .docx or .xlsx"
            ),
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if len(archive.infolist()) > MOST_PARTS:
                raise _too_large(source)
            return {name: _part(archive, name, source) for name in wanted if name in names}
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise _fault(
            source,
            "broken",
            Bilingual("文件已损坏, 无法打开", "the file is broken and does not open"),
            Bilingual("用 WPS 或 Word 打开后另存一份", "open it in WPS or Word and save it again"),
        ) from None


def told_of(data: bytes) -> tuple[tuple[str, str], ...]:
    """What an office file holds besides its text, as reason and name of the part: none of it is run, opened or followed.

    `macro`: programs; `embedded`: other documents inside it, which are not read; `external`: links to other files;
    `picture_inside`: pictures, which may show figures. Nothing for what is no archive.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = sorted(archive.namelist())[:MOST_PARTS]
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        return ()
    found: dict[str, str] = {}
    for name in names:
        for why, words in _BESIDES.items():
            if words.search(name):
                found.setdefault(why, name)
    return tuple(found.items())


_BESIDES = {
    "macro": re.compile(r"vbaProject\.bin$|^xl/macrosheets/"),
    "embedded": re.compile(r"^(?:word|xl)/embeddings/|\.(?:zip|rar|7z|docx?|xlsx?|pdf)$"),
    "external": re.compile(r"^xl/externalLinks/externalLink\d+\.xml$"),
    "picture_inside": re.compile(r"^(?:word|xl)/media/"),
}
"""The parts of an office file by what they are."""


def within_limits(data: bytes, source: str, cells: str = "", most: int = 0) -> None:
    """Raises ReadError where the parts of an archive unpack beyond measure, or its sheets (`cells`) hold more cells than `most`,
    or merge more.

    Sizes are those that the archive declares; no more than that is ever unpacked.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS or sum(each.file_size for each in entries) > MOST_BYTES:
                raise _too_large(source)
            for each in entries:
                if each.file_size > MOST_RATIO * max(each.compress_size, 1024):
                    raise _too_large(source)
            sheets = [each for each in entries if cells and each.filename.startswith(cells)]
            if sum(_cells(archive, each) for each in sheets) > most > 0:
                raise _too_large(source)
            if sum(_area(archive, each) for each in sheets) > most > 0:
                raise _too_large(source)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return  # whoever opens it says so


def _cells(archive: ZipFile, sheet: ZipInfo) -> int:
    """How many cells a part of XML has, counted without reading it into memory."""
    number, before = 0, b""
    with archive.open(sheet) as part:
        while block := part.read(1 << 20):
            number += (before[-2:] + block).count(b"<c ")
            before = block
    return number


_RANGE = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^<>]*?\bref=[\"']\$?([A-Za-z]{0,4})\$?(\d{0,9}):\$?([A-Za-z]{0,4})\$?(\d{0,9})[\"']"
)
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


def _area(archive: ZipFile, sheet: ZipInfo) -> int:
    """How many cells the merged areas and links of a sheet take: each of them is made when it is opened."""
    number, before = 0, b""
    with archive.open(sheet) as part:
        while block := part.read(1 << 20):
            whole = before + block
            for left, top, right, bottom in _RANGE.findall(whole):
                rows = abs(_number(bottom, LAST_ROW) - _number(top, 1)) + 1
                columns = abs(_column(right, LAST_COLUMN) - _column(left, 1)) + 1
                number += rows * columns
            before = whole[whole.rfind(b"<") :] if b"<" in whole[-500:] else b""
    return number


def _number(digits: bytes, default: int) -> int:
    return int(digits) if digits else default


def _column(letters: bytes, default: int) -> int:
    """The number of a column from its letters, A being 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number or default


def _part(archive: ZipFile, name: str, source: str) -> bytes:
    told = archive.getinfo(name)
    if told.file_size > MOST_BYTES or told.file_size > MOST_RATIO * max(told.compress_size, 1024):
        raise _too_large(source)
    with archive.open(told) as part:
        content = part.read(told.file_size + 1)
    if len(content) > told.file_size:
        raise _too_large(source)
    return content


def _too_large(source: str) -> ReadError:
    return _fault(
        source,
        "too_large",
        Bilingual("文件解开后过大, 未读取", "unpacked the file is too large, and not read"),
        Bilingual(
            "确认它是一份报告, 删去大图后另存", "see that it is a report; save it without large pictures"
        ),
    )


def _fault(source: str, code: str, message: Bilingual, hint: Bilingual) -> ReadError:
    return ReadError(Fault(f"read.{code}", message, Location(source), hint))
