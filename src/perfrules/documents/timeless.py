"""A workbook without the time it was saved at, so that the same content gives the same bytes."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_CORE, _APP, _LONG_AGO = "docProps/core.xml", "docProps/app.xml", b"2000-01-01T00:00:00Z"
_STAMP = re.compile(rb"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_THEIRS = re.compile(rb"<Application>[^<]*</Application>")


def timeless(written: bytes) -> bytes:
    """The same workbook with one time on all its parts, made by perfrules: so it is known again beside reports."""
    kept = BytesIO()
    with ZipFile(BytesIO(written)) as before, ZipFile(kept, "w", ZIP_DEFLATED) as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename == _CORE:
                content = _STAMP.sub(_LONG_AGO, content)
            if part.filename == _APP:
                content = _THEIRS.sub(b"<Application>perfrules</Application>", content)
            after.writestr(ZipInfo(part.filename), content, ZIP_DEFLATED)
    return kept.getvalue()
