"""A table of a document as a table of the page: cells where they were, merged ones merged, rows and columns by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from perfrules.documents.sheet import Sheet, letters
from perfrules.location import Location
from perfrules.reporters.html.markup import Markup, element
from perfrules.reporters.html.originals.ink import Ink
from perfrules.reporters.html.wording import Say

MOST_CELLS = 4000
"""Cells of a sheet that are shown; of a larger one the rows around its marks, and its first."""
AROUND = 2
FIRST = 6
Place = tuple[int, int]


def sheet_markup(sheet: Sheet, ink: Ink, say: Say) -> Markup | None:
    """A sheet of a workbook with the figures marked; nothing where it is empty."""
    width = max((at + 1 for row in sheet.rows for at, cell in enumerate(row) if cell.text), default=0)
    filled = [at for at, row in enumerate(sheet.rows) if any(cell.text for cell in row)]
    if not width:
        return None
    shown = _shown(sheet, range(filled[0], filled[-1] + 1), width, ink)
    labels = {row: str(row + 1) for row in shown}

    def words(row: int, column: int) -> Markup:
        cell = sheet.rows[row][column]
        return ink.cell(cell.quote, cell.address)

    name = sheet.name or say("表格", "Table")
    title = f"{name} ({say('隐藏的工作表', 'hidden sheet')})" if sheet.is_hidden else name
    caption = ink.cell(title, sheet.name)  # the sheet itself may be marked: none of the forms known
    return rows_markup(sheet, _runs(shown), labels, words, title, lettered=True, width=width, caption=caption)


def _shown(sheet: Sheet, rows: range, width: int, ink: Ink) -> list[int]:
    if len(rows) * width <= MOST_CELLS:
        return list(rows)
    marked = {each.location.address for each in ink.marks}
    near = {at for at in rows if any(cell.address in marked for cell in sheet.rows[at])}
    around = {each for at in near for each in range(at - AROUND, at + AROUND + 1)}
    return [at for at in rows if at in around or at < rows[0] + FIRST]


def _runs(rows: Sequence[int]) -> list[list[int]]:
    """Rows in runs without gaps."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][-1] == row - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def rows_markup(
    sheet: Sheet,
    runs: Sequence[Sequence[int]],
    labels: Mapping[int, str],
    words: Callable[[int, int], Markup],
    title: str,
    *,
    lettered: bool,
    width: int | None = None,
    caption: Markup | None = None,
) -> Markup:
    """Runs of rows of a table, a row of dots where some are left out between them; `labels` name the rows."""
    wide = width or max(map(len, sheet.rows))
    body: list[Markup] = []
    for run in runs:
        if body:
            body.append(element("tr", element("td", "…", colspan=wide + 1, class_="gap")))
        body += _run(sheet, run, labels, words, wide)
    names = (element("th", letters(at), scope="col") for at in range(wide))
    head = element("thead", element("tr", element("td"), names)) if lettered else None
    table = element(
        "table", element("caption", caption or title), head, element("tbody", body), class_="grid"
    )
    return element("div", table, class_="wide", role="group", aria_label=title, tabindex=0)


def _run(
    sheet: Sheet,
    run: Sequence[int],
    labels: Mapping[int, str],
    words: Callable[[int, int], Markup],
    wide: int,
) -> Iterable[Markup]:
    taken: set[Place] = set()
    for row in run:
        cells = []
        for column in range(wide):
            if (row, column) in taken:
                continue
            high, broad = _extent(sheet, run, row, column, wide, taken)
            taken |= {(row + down, column + right) for down in range(high) for right in range(broad)}
            spans = {"rowspan": high if high > 1 else None, "colspan": broad if broad > 1 else None}
            cells.append(element("td", words(row, column), **spans))
        yield element("tr", element("th", labels[row], scope="row"), cells)


def _extent(
    sheet: Sheet, run: Sequence[int], row: int, column: int, wide: int, taken: set[Place]
) -> tuple[int, int]:
    """How many rows and columns a cell takes: those that are the same cell."""
    place = sheet.rows[row][column].location
    broad = 1
    while (
        column + broad < wide
        and (row, column + broad) not in taken
        and _same(sheet, row, column + broad, place)
    ):
        broad += 1
    high = 1
    while row + high <= run[-1] and all(_same(sheet, row + high, column + at, place) for at in range(broad)):
        high += 1
    return high, broad


def _same(sheet: Sheet, row: int, column: int, place: Location) -> bool:
    """Whether there is the same cell: merged areas have one place, and cells without a place are none of one."""
    return bool(place.address or place.span) and sheet.rows[row][column].location == place
