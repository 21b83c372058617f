"""What kind of file bytes are, by what is in them; the suffix is asked only where they do not tell."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
_PARTS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("OFD.xml", "ofd"))
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta")
BY_SUFFIX = {
    ".json": "json", ".yaml": "yaml", ".yml": "yaml", ".txt": "text", ".text": "text", ".md": "text", ".docx": "docx", ".docm": "docx",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".et": "xls", ".csv": "csv", ".pdf": "pdf", ".html": "html",
    ".htm": "html", ".doc": "doc", ".wps": "doc", ".ofd": "ofd",
}  # fmt: skip
"""The kind that a suffix promises."""


def kind_of(name: str, data: bytes) -> str:
    """The kind of a file: `docx`, `xlsx`, `xls`, `doc`, `pdf`, `ofd`, `html`, else what its suffix promises; empty for neither.

    A workbook that was called .xls by whoever exported it is read as what it is, .xlsx or a page of HTML.
    """
    promised = BY_SUFFIX.get("." + name.lower().rpartition(".")[2], "") if "." in name else ""
    if promised in ("json", "yaml", ""):
        return promised
    return _in_bytes(data) or promised


def _in_bytes(data: bytes) -> str:
    if data.startswith(b"%PDF"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _in_archive(data)
    if data.startswith(_OLE):
        return next((kind for name, kind in _STREAMS if f"{name}\0".encode("utf-16-le") in data), "")
    if data.startswith(_BIFF) and len(data) > 512:
        return "xls"
    start = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return "html" if start.startswith(_HTML) else ""


def _in_archive(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        return ""
    return next((kind for part, kind in _PARTS if part in names), "")
