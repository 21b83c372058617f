"""A .pdf file opened: its lines in reading order with page and line as address, tables as rows, page numbers left out.

pdfplumber (extra `pdf`) does the work and is loaded when the first such file is read.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.documents.flow import line_starts, paragraphs
from perfrules.documents.text_document import TextDocument
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

MOST_PAGES = 1_000
_PAGE_NUMBER = re.compile(
    r"[-—–―·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/共，,]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–―·\s]*"
)
THIN = 2.0
"""Points that a stroke through text is high at most."""
Line = tuple[float, str]
"""How far from the top of its page a line stands, and its text."""


def pdf_document(path: str, data: bytes) -> TextDocument:
    """The document in the bytes of a .pdf; raises ReadError for scans, encrypted and broken files, and without the extra.

    Pages that hold pictures and no text are named in `pictures`: nobody has read them.
    """
    try:
        import pdfplumber
    except ImportError:
        raise _fault(
            path,
            "needs_pdf",
            Bilingual("读取 PDF 需要另装组件, 本机没有", "reading PDF needs a part that is not installed"),
            Bilingual("安装: pip install 'perfrules[pdf]'", "install it: pip install 'perfrules[pdf]'"),
        ) from None
    for noisy in ("pdfminer", "pdfplumber"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(BytesIO(data)) as opened:
            if len(opened.pages) > MOST_PAGES:
                raise _fault(path, "too_large", _LONG, _SPLIT)
            pages = [_lines(page) for page in opened.pages]
            pictures = tuple(
                number
                for number, (page, lines) in enumerate(zip(opened.pages, pages, strict=True), 1)
                if page.images and not lines
            )
    except ReadError:
        raise
    except Exception as error:  # noqa: BLE001 - pdfminer raises whatever a broken object makes it raise
        said = f"{type(error).__name__} {error!r} {error.__cause__!r}"
        if "Password" in said or "Encryption" in said:
            raise _fault(path, "encrypted", _LOCKED, _UNLOCK) from None
        raise _fault(path, "broken", _BROKEN, _AGAIN) from None
    if not any(pages):
        raise _fault(path, "scan", _SCAN, _TYPED)
    text = "".join(f"{line}\n" for lines in pages for line in lines)
    firsts, line = [], 1
    for lines in pages:
        firsts.append(line)
        line += len(lines)
    document = TextDocument(path, sha256(data).hexdigest(), text, paragraphs(text), line_starts(text))
    return evolve(document, pages=tuple(firsts), pictures=pictures)


_LONG = Bilingual(f"超过 {MOST_PAGES} 页, 未读取", f"more than {MOST_PAGES} pages, and not read")
_SPLIT = Bilingual("请按部门拆分后再读取", "split it by department")
_LOCKED = Bilingual("PDF 已加密, 未读取", "the PDF is encrypted, and not read")
_UNLOCK = Bilingual("去掉密码后另存", "take the password off and save it")
_BROKEN = Bilingual("PDF 已损坏, 无法打开", "the PDF is broken and does not open")
_AGAIN = Bilingual("请部门重新导出", "have the department export it again")
_SCAN = Bilingual(
    "PDF 里没有文字, 可能是扫描件, 未读取", "the PDF has no text, perhaps it is a scan, and is not read"
)
_TYPED = Bilingual(
    "请部门提供 Word 或 Excel 原件", "ask the department for the Word or Excel file it was made from"
)


def _lines(page: Any) -> list[str]:
    """The lines of a page from its top, page numbers left out; a row of a table is one line with `|` between its cells.

    What is struck through is a deletion that was printed, and is left out.
    """
    strokes = [each for each in (*page.lines, *page.rects) if each["height"] <= THIN]
    if strokes:
        page = page.filter(lambda each: not _is_struck(each, strokes))
    tables = [table for table in page.find_tables() if len(table.rows) > 1]
    found: list[Line] = [row for table in tables for row in _rows(table)]
    boxes = [table.bbox for table in tables]
    running = page.filter(lambda each: not _is_inside(each, boxes)) if boxes else page
    found += [(line["top"], line["text"]) for line in running.extract_text_lines(return_chars=False)]
    lines = [text for _, text in sorted(found, key=lambda each: each[0]) if text.strip()]
    for end in (0, -1):
        if lines and _PAGE_NUMBER.fullmatch(lines[end]):
            del lines[end]
    return lines


def _rows(table: Any) -> list[Line]:
    texts = (["".join((cell or "").split()) for cell in row] for row in table.extract())
    return [
        (row.bbox[1], "|".join(cells)) for row, cells in zip(table.rows, texts, strict=True) if any(cells)
    ]


def _is_struck(each: dict[str, Any], strokes: Sequence[dict[str, Any]]) -> bool:
    """Whether a stroke goes through the middle of a character: one that underlines it lies in its lowest quarter."""
    if each.get("object_type") != "char":
        return False
    middle, margin = (each["x0"] + each["x1"]) / 2, (each["bottom"] - each["top"]) / 4
    return any(
        stroke["x0"] <= middle <= stroke["x1"]
        and each["top"] + margin <= (stroke["top"] + stroke["bottom"]) / 2 <= each["bottom"] - margin
        for stroke in strokes
    )


def _is_inside(each: dict[str, Any], boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    if each.get("object_type") != "char":
        return False
    x, y = (each["x0"] + each["x1"]) / 2, (each["top"] + each["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _fault(path: str, code: str, message: Bilingual, hint: Bilingual) -> ReadError:
    return ReadError(Fault(f"read.{code}", message, Location(path), hint))
