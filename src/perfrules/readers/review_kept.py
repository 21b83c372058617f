"""Whether a review may be written over a file that is there: never over what somebody has filled in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.documents.workbook import workbook_sheets
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.submission import Submission
from perfrules.readers.review import COLUMNS, ENTERED, SHEET


def keep_review(path: Path, documents: Sequence[Submission]) -> None:
    """Raises ReadError where a file is there that is no review of these documents, or one with anything entered."""
    if not path.exists():
        return
    try:
        sheets = workbook_sheets(str(path), path.read_bytes())
    except (ReadError, OSError):
        raise ReadError(_exists(path)) from None
    sheet = next((each for each in sheets if each.name == SHEET and each.rows), None)
    if sheet is None or tuple(cell.quote for cell in sheet.rows[0])[: len(COLUMNS)] != COLUMNS:
        raise ReadError(_exists(path))
    places = [COLUMNS.index(name) for name in ENTERED]
    filled = [row for row in sheet.rows[1:] if any(row[at].quote for at in places)]
    if filled:
        first = next(filled[0][at] for at in places if filled[0][at].quote)
        raise ReadError(_filled(path, len(filled), first.address))
    names = {Path(document.path).name for each in documents for document in each.documents}
    if {Path(row[0].quote).name for row in sheet.rows[1:] if row[0].quote} - names:
        raise ReadError(_exists(path))


def _filled(path: Path, number: int, address: str) -> Fault:
    message = Bilingual(
        f"这份核对表已填有 {number} 行更正, 没有覆盖",
        f"somebody has filled in {number} rows of this review; it was not written over",
    )
    hint = Bilingual(
        f"换一个文件名; 要带上已填的内容: --corrections {path.name} --review 新文件.xlsx",
        f"choose another name; to take along what was entered: --corrections {path.name} --review NEW.xlsx",
    )
    return Fault("output.filled", message, Location(path.as_posix(), address), hint)


def _exists(path: Path) -> Fault:
    message = Bilingual(
        "文件已经存在, 不是这些文件的未填写的核对表, 没有覆盖",
        "the file is there already, and is no empty review of these documents; it was not written over",
    )
    hint = Bilingual("换一个文件名", "choose another name")
    return Fault("output.exists", message, Location(path.as_posix()), hint)
