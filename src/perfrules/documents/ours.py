"""Files that perfrules itself has written: they stand beside reports and are none."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from zipfile import BadZipFile, ZipFile

_ZIP = b"PK\x03\x04"
_APPLICATION = b"<Application>perfrules check</Application>"
"""Of the workbook of results; forms to fill in and returned workbooks, which are read, say otherwise."""
_LARGEST_PART = 64 * 1024
_HEADS = re.compile(
    r"\{\s*\"tool\": \{\s*\"name\": \"perfrules\""
    r"|\{\s*\"documents\": \[\s*\{\s*\"path\": "
    r"|# (?:绩效监控报告核查结果|Check of performance monitoring reports)\n\n- (?:工具|Tool): perfrules"
    r"|(?:绩效监控报告核查结果|Check of a performance monitoring report)\n(?:部门|Department) "
    r"|(?:全县核查汇总|The county in sum)\n(?:规则集|Ruleset) "
    r"|\ufeff(?:部门,结果,级别,规则|Department,Outcome,Severity,Rule),"
    r"|\{\s*\"\$schema\": \"[^\"]*sarif[^\"]*\",\s*\"version\": \"2\.1\.0\",\s*\"runs\": \[\s*\{\s*\"tool\": \{\s*\"driver\": \{\s*\"name\": \"perfrules\""
    r"|<\?xml[^>]*\?>\n<testsuites name=\"perfrules\""
    r"|<!doctype html>(?s:.{0,2000})<meta name=\"generator\" content=\"perfrules",
    re.IGNORECASE,
)
_HEAD = 4096
FORM = re.compile(r'<(?:\w+:)?sheet\b[^>]*\bname="(?:反馈单|复核单)"')
"""A sheet of one of the forms that are filled in and read back."""
_MARK = "编号"


def is_ours(path: Path) -> bool:
    """Whether a file is one that perfrules wrote beside reports: results, a letter, a form to be filled in; False where it cannot be opened.

    Reports that perfrules has put comments into are not meant: they are read like any other.
    """
    try:
        with path.open("rb") as opened:
            head = opened.read(_HEAD)
        if head.startswith(_ZIP):
            return path.suffix.lower() in (".xlsx", ".docx") and _is_our_archive(path)
    except OSError:
        return False
    return _HEADS.match(head.decode("utf-8", "ignore")) is not None


def _is_our_archive(path: Path) -> bool:
    """Whether the file says that perfrules made it, or is a form of ours that another program has saved since."""
    try:
        with ZipFile(path) as archive:
            if _APPLICATION in _part(archive, "docProps/app.xml"):
                return True
            if FORM.search(_words(_part(archive, "xl/workbook.xml"))) is None:
                return False
            texts = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
            return any(_MARK in _words(_part(archive, name, 64 * _LARGEST_PART)) for name in texts)
    except (BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        return False


def _part(archive: ZipFile, name: str, largest: int = _LARGEST_PART) -> bytes:
    """A part, if it is there and no larger than ours are."""
    if name not in archive.namelist() or archive.getinfo(name).file_size > largest:
        return b""
    return archive.read(name)


def _words(part: bytes) -> str:
    """The part as text; some programs write every Chinese character as a reference."""
    return unescape(part.decode("utf-8", "ignore"))
