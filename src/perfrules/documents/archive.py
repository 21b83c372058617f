"""Office files are zip archives: their parts, within limits, whatever somebody put into them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

MOST_PARTS = 10_000
MOST_BYTES = 256 * 1024 * 1024
"""Bytes of a part, unpacked."""
MOST_RATIO = 400
"""Times that a part may grow; what people write packs less."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage\0".encode("utf-16-le")
"""The name of the part that holds an encrypted document, as an old file keeps it."""


def parts_of(data: bytes, source: str, wanted: Iterable[str]) -> dict[str, bytes]:
    """The parts of these names that the archive has, unpacked; raises ReadError for what is no sound archive.

    An encrypted file, one of the old formats, a broken archive and one that unpacks beyond all measure are each told.
    """
    if data.startswith(_OLD_OFFICE) and _ENCRYPTED in data:
        raise _fault(
            source,
            "encrypted",
            Bilingual("文件已加密, 未读取", "the file is encrypted, and not read"),
            Bilingual("去掉打开密码后另存一份", "take the password off, and save it again"),
        )
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
                raise too_large(source)
            return {name: _part(archive, name, source) for name in wanted if name in names}
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise _fault(
            source,
            "broken",
            Bilingual("文件已损坏, 无法打开", "the file is broken and does not open"),
            Bilingual("用 WPS 或 Word 打开后另存一份", "open it in WPS or Word and save it again"),
        ) from None


def within_limits(data: bytes, source: str) -> None:
    """Raises ReadError where the parts of an archive unpack beyond measure.

    Sizes are those that the archive declares; no more than that is ever unpacked.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS or sum(each.file_size for each in entries) > MOST_BYTES:
                raise too_large(source)
            for each in entries:
                if each.file_size > MOST_RATIO * max(each.compress_size, 1024):
                    raise too_large(source)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return  # whoever opens it says so


def _part(archive: ZipFile, name: str, source: str) -> bytes:
    told = archive.getinfo(name)
    if told.file_size > MOST_BYTES or told.file_size > MOST_RATIO * max(told.compress_size, 1024):
        raise too_large(source)
    with archive.open(told) as part:
        content = part.read(told.file_size + 1)
    if len(content) > told.file_size:
        raise too_large(source)
    return content


def too_large(source: str) -> ReadError:
    """The fault of a file that holds more than is read."""
    return _fault(
        source,
        "too_large",
        Bilingual("文件解开后过大, 未读取", "unpacked the file is too large, and not read"),
        Bilingual(
            "确认它是一份报告; 删去大图、多余的行列和合并区域后另存",
            "see that it is a report; save it without large pictures, spare rows and columns, and merged areas",
        ),
    )


def _fault(source: str, code: str, message: Bilingual, hint: Bilingual) -> ReadError:
    return ReadError(Fault(f"read.{code}", message, Location(source), hint))
