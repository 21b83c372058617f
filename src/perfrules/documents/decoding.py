"""Bytes become text: byte-order mark, else UTF-8, else GB18030; anything else is named and refused."""

from __future__ import annotations

import codecs
import re

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is opened, in bytes."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (
        b"PK\x03\x04",
        Bilingual("压缩包或 Office 文件（docx/xlsx）", "a zip archive or an Office file (docx/xlsx)"),
    ),
    (
        b"\xd0\xcf\x11\xe0",
        Bilingual("旧版 Office 或 WPS 文件（doc/xls/wps）", "an old Office or WPS file (doc/xls/wps)"),
    ),
    (b"%PDF", Bilingual("PDF 文件", "a PDF file")),
    (b"\x89PNG", Bilingual("PNG 图片", "a PNG picture")),
    (b"\xff\xd8\xff", Bilingual("JPEG 图片", "a JPEG picture")),
    (b"{\\rtf", Bilingual("RTF 文件", "an RTF file")),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_HANZI = re.compile("[\u4e00-\u9fff]")
_LOOKED_AT = 200_000
"""Characters by which an encoding is judged."""
_AS_TEXT = Bilingual("请另存为纯文本（UTF-8 编码）后再读取", "save it as plain text (UTF-8) and read that")


def decode(data: bytes, source: str) -> str:
    """The text of a file, byte-order mark removed and line ends kept.

    Raises ReadError for an empty file, one over 64 MiB, a binary one, and an encoding that is none of these.
    """
    if len(data) > MAX_BYTES:
        raise _refused(source, "read.too_large", "文件超过 64 MiB", "the file is larger than 64 MiB", _SPLIT)
    for magic, what in _MAGIC:
        if data.startswith(magic):
            zh, en = f"这不是文本文件，而是{what.zh}", f"this is no text file but {what.en}"
            raise _refused(source, "read.binary", zh, en, _AS_TEXT)
    text = _decoded(data, source)
    if not text.strip():
        raise _refused(source, "read.empty", "文件是空的", "the file is empty", _EMPTY)
    if control := _CONTROL.search(text):
        code = f"U+{ord(control.group()):04X}"
        zh, en = (
            f"文件含控制字符 {code}，不是文本文件",
            f"the file holds control characters ({code}) and is no text",
        )
        raise _refused(source, "read.binary", zh, en, _AS_TEXT)
    return text


_SPLIT = Bilingual("请按部门拆分后再读取", "split it by department")
_EMPTY = Bilingual(
    "请确认导出是否成功，并重新提供文件", "check that it was exported properly and provide it again"
)


def _decoded(data: bytes, source: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, source)
    if b"\x00" in data:
        zh, en = "文件含空字节，不是文本文件", "the file holds NUL bytes and is no text"
        raise _refused(source, "read.binary", zh, en, _AS_TEXT)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = _strictly(data, "gb18030", source)
    if not _is_plausible(text):
        raise _unknown_encoding(source)
    return text


def _strictly(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unknown_encoding(source) from error


def _is_plausible(text: str) -> bool:
    """Whether bytes read as GB18030 look like Chinese: Big5 and others decode too, to characters hardly ever used."""
    hanzi = _HANZI.findall(text[:_LOOKED_AT])
    common = sum(1 for each in hanzi if _is_common(each))
    return not _PRIVATE.search(text) and bool(hanzi) and common * 5 >= len(hanzi) * 4


def _is_common(character: str) -> bool:
    """Whether a character is of the first level of GB 2312, the 3,755 in daily use."""
    try:
        return character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def _unknown_encoding(source: str) -> ReadError:
    zh = "无法识别文字编码（不是 UTF-8，也不是 GB18030）"
    return _refused(source, "read.encoding", zh, "unknown encoding (neither UTF-8 nor GB18030)", _AS_TEXT)


def _refused(source: str, code: str, zh: str, en: str, hint: Bilingual) -> ReadError:
    return ReadError(Fault(code, Bilingual(zh, en), Location(source), hint))
