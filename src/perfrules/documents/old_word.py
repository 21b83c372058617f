"""A .doc or .wps file opened: LibreOffice, where it is installed, makes a .docx of it, which is read as any other."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.documents.text_document import TextDocument
from perfrules.documents.word import word_document
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

PROGRAMS = ("soffice", "libreoffice")
LONGEST = 60
"""Seconds after which the program is stopped."""


def old_word_document(path: str, data: bytes) -> TextDocument:
    """The document in the bytes of a .doc or .wps; raises ReadError without LibreOffice, and where that makes nothing of it.

    It runs with a profile of its own that is thrown away, so that no macro is trusted and no open window is in the way.
    """
    import subprocess
    from tempfile import TemporaryDirectory

    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    hint = Bilingual("用 WPS 或 Word 打开后另存为 .docx", "open it in WPS or Word and save it as .docx")
    if program is None:
        message = Bilingual(
            "读取旧版 Word 文件需要 LibreOffice, 本机没有",
            "reading an old Word file needs LibreOffice, which is not here",
        )
        raise ReadError(Fault("read.needs_office", message, Location(path), hint))
    with TemporaryDirectory() as folder:
        source = Path(folder, "report.doc")
        source.write_bytes(data)
        call = [
            program,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless",
            "--norestore",
        ]
        call += ["--convert-to", "docx", "--outdir", str(Path(folder, "out")), str(source)]
        try:
            subprocess.run(call, capture_output=True, timeout=LONGEST, check=False)
            made = Path(folder, "out", "report.docx").read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            message = Bilingual(
                "LibreOffice 无法打开这个文件, 可能已加密或损坏",
                "LibreOffice does not open the file; it may be encrypted or broken",
            )
            raise ReadError(Fault("read.broken", message, Location(path), hint)) from None
    return evolve(word_document(path, made), sha256=sha256(data).hexdigest())
