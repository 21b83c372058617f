"""The parts of a workbook that are the same in all, or follow from its sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zipfile import ZIP_DEFLATED, ZipInfo

from attrs import frozen

from perfrules.reporters.xlsx.text import quoted

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
LONG_AGO = "2000-01-01T00:00:00Z"
"""The time of every workbook: a clock would make each of them another file."""
ROOT = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{DOCUMENT}/extended-properties" Target="docProps/app.xml"/></Relationships>'
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>perfrules check</Application></Properties>"
)
CORE = (
    f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:creator>perfrules</dc:creator>"
    f'<dcterms:created xsi:type="dcterms:W3CDTF">{LONG_AGO}</dcterms:created>'
    f'<dcterms:modified xsi:type="dcterms:W3CDTF">{LONG_AGO}</dcterms:modified></cp:coreProperties>'
)
_FROZEN = (
    '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
    '<selection pane="topRight"/><selection pane="bottomLeft"/><selection pane="bottomRight" activeCell="B2" sqref="B2"/>'
)


def entry(name: str) -> ZipInfo:
    """An entry of the archive: with one date, one system and one mode for all."""
    made = ZipInfo(name)
    made.compress_type = ZIP_DEFLATED
    made.create_system = 3
    made.external_attr = 0o600 << 16
    return made


def letter(place: int) -> str:
    """The letters of a column, counted from 0: A, …, Z, AA, …"""
    rest, last = divmod(place, 26)
    return (letter(rest - 1) if rest else "") + chr(ord("A") + last)


def sheet_head(widths: Sequence[int], *, is_first: bool) -> str:
    """A sheet up to its first row: the heading and the first column stay in sight."""
    listed = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)
    )
    chosen = ' tabSelected="1"' if is_first else ""
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"{chosen}>{_FROZEN}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="14.25"/><cols>{listed}</cols><sheetData>'
    )


def sheet_end(last_column: str, last_row: int) -> str:
    """The rest of a sheet: a filter on every column, and a page as wide as all of them."""
    return (
        f'</sheetData><autoFilter ref="A1:{last_column}{last_row}"/>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


@frozen
class Sheet:
    """A sheet that was written: its name, the last column of its cells and of those that are printed, and its last row."""

    name: str
    last_column: str
    last_on_paper: str
    last_row: int


def workbook(sheets: Sequence[Sheet]) -> str:
    """The list of the sheets, with their filters, what of them is printed, and the row repeated on every page."""
    listed, names = [], []
    for at, each in enumerate(sheets):
        said = quoted(each.name)
        listed.append(f'<sheet name="{said}" sheetId="{at + 1}" r:id="rId{at + 1}"/>')
        areas = (
            ('_FilterDatabase" hidden="1', f"$A$1:${each.last_column}${each.last_row}"),
            ("Print_Area", f"$A$1:${each.last_on_paper}${each.last_row}"),
            ("Print_Titles", "$1:$1"),
        )
        names += [
            f'<definedName name="_xlnm.{name}" localSheetId="{at}">\'{said}\'!{area}</definedName>'
            for name, area in areas
        ]
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{''.join(listed)}</sheets><definedNames>{''.join(names)}</definedNames></workbook>"
    )


def relations(sheets: int) -> str:
    """Where the workbook's parts are."""
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, sheets + 1)
    )
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">{listed}'
        f'<Relationship Id="rId{sheets + 1}" Type="{DOCUMENT}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId{sheets + 2}" Type="{DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )


def content_types(sheets: int) -> str:
    """What each part is."""
    listed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{CONTENT}.worksheet+xml"/>'
        for at in range(1, sheets + 1)
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.sheet.main+xml"/>{listed}'
        f'<Override PartName="/xl/styles.xml" ContentType="{CONTENT}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{CONTENT}.sharedStrings+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


def strings(texts: Iterable[str], uses: int) -> str:
    """The texts of all cells, each once, in the order in which they were first used; they are XML already."""
    listed = [f'<si><t xml:space="preserve">{each}</t></si>' for each in texts]
    return f'<sst xmlns="{MAIN}" count="{uses}" uniqueCount="{len(listed)}">{"".join(listed)}</sst>'
