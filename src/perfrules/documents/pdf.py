"""A .pdf file opened: its lines in reading order with page and line as address, tables as rows, page numbers left out.

pdfplumber (extra `pdf`) does the work and is loaded when the first such file is read.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.documents.flow import paragraphs
from perfrules.documents.pdf_lines import Line, running_lines
from perfrules.documents.text_document import LeftOut, TextDocument, document_of
from perfrules.documents.text_tables import Grid, Place, with_tables
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

MOST_PAGES = 1_000
_PAGE_NUMBER = re.compile(
    r"[-—–―·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/共，,]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–―·\s]*"
)
MOST_CODES = 5_000_000
"""Codes of characters and numbers of objects that the spans in a file may name in all; large fonts name some 60,000."""
THIN = 2.0
"""Points that a stroke through text is high at most."""


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
    _bound_ranges()
    for noisy in ("pdfminer", "pdfplumber"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(BytesIO(data)) as opened:
            if len(opened.pages) > MOST_PAGES:
                raise _fault(path, "too_large", _LONG, _SPLIT)
            pages = [_page(page) for page in opened.pages]
            pictures = tuple(
                number
                for number, (page, read) in enumerate(zip(opened.pages, pages, strict=True), 1)
                if page.images and not read.lines
            )
    except ReadError:
        raise
    except Exception as error:  # noqa: BLE001 - pdfminer raises whatever a broken object makes it raise
        said = f"{type(error).__name__} {error!r} {error.__cause__!r}"
        if "Password" in said or "Encryption" in said:
            raise _fault(path, "encrypted", _LOCKED, _UNLOCK) from None
        raise _fault(path, "broken", _BROKEN, _AGAIN) from None
    if not any(page.lines for page in pages):
        raise _fault(path, "scan", _SCAN, _TYPED)
    text = "".join(f"{line}\n" for page in pages for line in page.lines)
    firsts, line = [], 1
    for page in pages:
        firsts.append(line)
        line += len(page.lines)
    document = document_of(path, data, text, paragraphs)
    left_out = tuple(
        LeftOut(why, words, number) for number, page in enumerate(pages, 1) for why, words in page.left_out
    )
    document = evolve(document, pages=tuple(firsts), pictures=pictures, left_out=left_out)
    return with_tables(document, _grids(pages, firsts))


def _bound_ranges() -> None:
    """Keeps a damaged or hostile font from naming more characters than there are: pdfminer would make each of them.

    Its modules take `range` for the spans that a file names, without a bound of their own (widths of fonts, character maps,
    tables of objects); here they get one that stops when all spans of a document are longer than any document's are.
    """
    from pdfminer import cmapdb, pdfdocument, pdffont

    left = MOST_CODES

    def bounded(*ends: int) -> range:
        nonlocal left
        span = range(*ends)
        left -= len(span)
        if left < 0:
            raise ValueError("the spans that the file names are too long")
        return span

    for module in (cmapdb, pdfdocument, pdffont):
        vars(module)["range"] = bounded


@frozen
class _Page:
    """A page's lines, and its tables: the numbers of the lines of its rows on the page, from 0, and the merged areas.

    `left_out` are words of the page that are none of its lines, each with the reason.
    """

    lines: tuple[str, ...]
    grids: tuple[Grid, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


def _grids(pages: Sequence[_Page], firsts: Sequence[int]) -> list[Grid]:
    """The tables of all pages with their lines in the text; one that goes on over a page's end is one."""
    found: list[Grid] = []
    widths: list[int] = []
    ends_page = False
    for page, first in zip(pages, firsts, strict=True):
        for grid in page.grids:
            lines = tuple(first + each for each in grid.lines)
            first_row = page.lines[grid.lines[0]]
            width = first_row.count("|") or first_row.count("\t")
            if ends_page and grid.lines[0] == 0 and widths[-1] == width:
                above = len(found[-1].lines)
                moved = {(row + above, column): (top + above, left) for (row, column), (top, left) in grid.merged.items()}  # fmt: skip
                found[-1] = Grid((*found[-1].lines, *lines), {**found[-1].merged, **moved})
            else:
                found.append(Grid(lines, grid.merged))
                widths.append(width)
            ends_page = grid.lines[-1] == len(page.lines) - 1
        if not page.grids:
            ends_page = False
    return found


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


def _page(page: Any) -> _Page:
    """The lines of a page from its top, page numbers left out; a row of a table is one line with `|` between its cells.

    What is struck through is a deletion that was printed, and is left out; so is what stands turned, as watermarks do.
    """
    strokes = [each for each in (*page.lines, *page.rects) if each["height"] <= THIN]
    left_out = {at: why for at, each in enumerate(page.chars) if (why := _why_left_out(each, strokes))}
    told = tuple(
        (why, "".join(page.chars[at]["text"] for at in run))
        for why, run in groupby(left_out, key=left_out.__getitem__)
    )
    if left_out:
        gone = {id(page.chars[at]) for at in left_out}
        page = page.filter(lambda each: id(each) not in gone)
    tables = [table for table in page.find_tables() if len(table.rows) > 1]
    found: list[Line] = [row for number, table in enumerate(tables) for row in _rows(table, number)]
    boxes = [table.bbox for table in tables]
    running = page.filter(lambda each: not _is_inside(each, boxes)) if boxes else page
    found += running_lines(running.extract_text_lines(), len(tables))
    lines = sorted((each for each in found if each[1].strip()), key=lambda each: each[0])
    for end in (0, -1):
        if lines and _PAGE_NUMBER.fullmatch(lines[end][1]):
            del lines[end]
    grids = []
    for number in range(1 + max((place[0] for _, _, place in found if place), default=-1)):
        at = {place[1]: line for line, (_, _, place) in enumerate(lines) if place and place[0] == number}
        if at:
            rows = {row: place for place, row in enumerate(sorted(at))}
            areas = _merged(tables[number]) if number < len(tables) else {}
            merged = {
                (rows[row], column): (rows[top], left)
                for (row, column), (top, left) in areas.items()
                if row in rows and top in rows
            }
            grids.append(Grid(tuple(at[row] for row in sorted(at)), merged))
    return _Page(tuple(text for _, text, _ in lines), tuple(grids), told)


def _rows(table: Any, number: int) -> list[Line]:
    texts = ([_words(cell) for cell in row] for row in table.extract())
    return [
        (row.bbox[1], "|".join(cells), (number, at))
        for at, (row, cells) in enumerate(zip(table.rows, texts, strict=True))
        if any(cells)
    ]


def _words(cell: str | None) -> str:
    return "".join((cell or "").split()).replace("|", "¦")


def _merged(table: Any) -> dict[Place, Place]:
    """Where the text of each cell stands that is none of its own: in the one whose box it lies in."""
    rows = [row.cells for row in table.rows]
    tops = [row.bbox[1] for row in table.rows]
    lefts = [min((row[column][0] for row in rows if row[column]), default=None) for column in range(len(rows[0]))]  # fmt: skip
    boxes = {(at, column): box for at, row in enumerate(rows) for column, box in enumerate(row) if box}
    found: dict[Place, Place] = {}
    for at, row in enumerate(rows):
        for column, box in enumerate(row):
            left = lefts[column]
            if box is None and left is not None:
                x, y = left + 1, tops[at] + 1
                over = [place for place, (x0, y0, x1, y1) in boxes.items() if x0 <= x < x1 and y0 <= y < y1]
                if len(over) == 1:
                    found[at, column] = over[0]
    return found


def _why_left_out(each: dict[str, Any], strokes: Sequence[dict[str, Any]]) -> str:
    """Why a character is none of the text: it stands turned, or is struck through; empty where it is."""
    along, up = each["matrix"][:2]
    return "rotated" if abs(up) > abs(along) / 100 else "struck" if _is_struck(each, strokes) else ""


def _is_struck(each: dict[str, Any], strokes: Sequence[dict[str, Any]]) -> bool:
    """Whether a stroke goes through the middle of a character: one that underlines it lies in its lowest quarter."""
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
