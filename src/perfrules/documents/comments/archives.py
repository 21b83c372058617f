"""An archive with some of its parts replaced or added, and every other one byte for byte as it was, compressed bytes and all."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from attrs import frozen

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF_8, _LONG_AGO = 20, 0x800, (1 << 5) | 1
_ZIP_64 = 1


@frozen
class _Member:
    """A member as the archive has it: its bytes with those of its head, and its entry in the list of contents."""

    info: ZipInfo | None
    stored: bytes
    entry: bytes


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The archive with these parts in place of those of their names; those it has not are added behind all others.

    Nothing is asked of the clock: a part that is replaced keeps its date, one that is added has the earliest there is.
    """
    with ZipFile(BytesIO(data)) as archive:
        told, start, comment = archive.infolist(), archive.start_dir, archive.comment
        last = {name: archive.getinfo(name) for name in parts if name in archive.namelist()}
    entries = _entries(data, start, len(told))
    by_place = sorted(range(len(told)), key=lambda at: told[at].header_offset)
    ends = [*(told[at].header_offset for at in by_place[1:]), start]
    whole, found = BytesIO(), dict[int, bytes]()
    for at, end in zip(by_place, ends, strict=True):
        info, offset = told[at], whole.tell()
        if last.get(info.filename) is info:
            stored, entry = _replaced(entries[at], parts[info.filename], offset)
        else:
            stored, entry = data[info.header_offset : end], _moved(entries[at], info, offset)
        whole.write(stored)
        found[at] = entry
    listed = [found[at] for at in range(len(told))]
    for name, content in parts.items():
        if name not in last:
            stored, entry = _replaced(_new(name), content, whole.tell())
            whole.write(stored)
            listed.append(entry)
    return whole.getvalue() + _contents(listed, whole.tell(), comment)


def _contents(listed: list[bytes], at: int, comment: bytes) -> bytes:
    written = b"".join(listed)
    number = len(listed)
    return written + _END.pack(b"PK\5\6", 0, 0, number, number, len(written), at, len(comment)) + comment


def _entries(data: bytes, at: int, number: int) -> list[bytes]:
    """The entries of the list of contents, in its order."""
    found = []
    for _ in range(number):
        fields = _CENTRAL.unpack_from(data, at)
        end = at + _CENTRAL.size + fields[10] + fields[11] + fields[12]
        found.append(data[at:end])
        at = end
    return found


def _moved(entry: bytes, info: ZipInfo, offset: int) -> bytes:
    """The entry of a member that is copied, at its new place."""
    fields = list(_CENTRAL.unpack_from(entry))
    fields[8:10] = info.compress_size, info.file_size
    fields[16] = offset
    return _entry(fields, *_texts(entry))


def _entry(fields: list[int], name: bytes, extra: bytes, comment: bytes) -> bytes:
    fields[10:13] = len(name), len(extra), len(comment)
    return _CENTRAL.pack(*fields) + name + extra + comment


def _texts(entry: bytes) -> tuple[bytes, bytes, bytes]:
    """Name, further fields and comment of an entry; the fields of sizes beyond four bytes are none we need."""
    fields = _CENTRAL.unpack_from(entry)
    name = entry[_CENTRAL.size :][: fields[10]]
    extra = entry[_CENTRAL.size + fields[10] :][: fields[11]]
    comment = entry[_CENTRAL.size + fields[10] + fields[11] :]
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        kept += b"" if kind == _ZIP_64 else extra[at : at + 4 + size]
        at += 4 + size
    return name, kept, comment


def _new(name: str) -> bytes:
    said = name.encode()
    flags = 0 if said.isascii() else _UTF_8
    fields = [
        b"PK\1\2",
        _VERSION,
        _VERSION,
        flags,
        ZIP_DEFLATED,
        0,
        _LONG_AGO,
        0,
        0,
        0,
        len(said),
        0,
        0,
        0,
        0,
        0,
        0,
    ]
    return _CENTRAL.pack(*fields) + said


def _replaced(entry: bytes, content: bytes, offset: int) -> tuple[bytes, bytes]:
    """The bytes of a member with other content, and its entry."""
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    fields = list(_CENTRAL.unpack_from(entry))
    name, _, comment = _texts(entry)
    flags = fields[3] & _UTF_8
    fields[2:5] = _VERSION, flags, ZIP_DEFLATED
    fields[7:10] = zlib.crc32(content), len(packed), len(content)
    fields[16] = offset
    head = _LOCAL.pack(b"PK\3\4", _VERSION, flags, ZIP_DEFLATED, *fields[5:10], len(name), 0)
    return head + name + packed, _entry(fields, name, b"", comment)
