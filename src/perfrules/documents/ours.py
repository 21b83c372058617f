"""Files that perfrules itself has written of results: they stand beside reports and are none."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

_ZIP = b"PK\x03\x04"
_APPLICATION = b"<Application>perfrules</Application>"
_LARGEST_PART = 64 * 1024
_HEADS = re.compile(
    r"\{\s*\"tool\": \{\s*\"name\": \"perfrules\""
    r"|# (?:绩效监控报告核查结果|Check of performance monitoring reports)\n\n- (?:工具|Tool): perfrules"
    r"|(?:绩效监控报告核查结果|Check of a performance monitoring report)\n(?:部门|Department) "
    r"|\ufeff(?:部门,结果,级别,规则|Department,Outcome,Severity,Rule),"
    r"|\{\s*\"\$schema\": \"[^\"]*sarif[^\"]*\",\s*\"version\": \"2\.1\.0\",\s*\"runs\": \[\s*\{\s*\"tool\": \{\s*\"driver\": \{\s*\"name\": \"perfrules\""
    r"|<\?xml[^>]*\?>\n<testsuites name=\"perfrules\""
    r"|<!doctype html>(?s:.{0,2000})<meta name=\"generator\" content=\"perfrules",
    re.IGNORECASE,
)
_HEAD = 4096


def is_ours(path: Path) -> bool:
    """Whether a file holds results that perfrules wrote, by how it begins; False where it cannot be opened.

    What perfrules writes to be filled in or sent back (forms, commented reports) is not meant: that is read like any other.
    """
    try:
        with path.open("rb") as opened:
            head = opened.read(_HEAD)
        if head.startswith(_ZIP):
            return path.suffix.lower() == ".xlsx" and _is_our_workbook(path)
    except OSError:
        return False
    return _HEADS.match(head.decode("utf-8", "ignore")) is not None


def _is_our_workbook(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            part = archive.getinfo("docProps/app.xml")
            return part.file_size < _LARGEST_PART and _APPLICATION in archive.read(part)
    except (BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError, ValueError):
        return False
