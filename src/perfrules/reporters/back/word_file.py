"""A Word document written from paragraphs and tables: the few parts that it needs, the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from attrs import frozen

from perfrules.documents.comments.parts import escaped

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FORM = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class Align(Enum):
    """Where a paragraph's lines stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Font(Enum):
    """The faces of official letters (GB/T 9704): body, headings, titles."""

    PLAIN = "仿宋"
    BLACK = "黑体"
    TITLE = "宋体"


@frozen
class Paragraph:
    """A paragraph; `size` is in half points, 32 being 三号. `is_indented` sets its first line in by two characters."""

    text: str
    align: Align = Align.LEFT
    font: Font = Font.PLAIN
    size: int = 32
    is_indented: bool = False
    new_page: bool = False


@frozen
class Table:
    """A table with a heading row that is repeated on each page; cells are lines. Widths are in twentieths of a point."""

    widths: tuple[int, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]


def word_file(blocks: Sequence[Paragraph | Table]) -> bytes:
    """The bytes of a .docx on A4 with the margins of official letters."""
    body = "".join(_paragraph(each) if isinstance(each, Paragraph) else _table(each) for each in blocks)
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_FORM}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_FORM}.styles+xml"/>'
        '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>',
        "_rels/.rels": _links(
            ("officeDocument", "word/document.xml"), ("extended-properties", "docProps/app.xml")
        ),
        "word/_rels/document.xml.rels": _links(("styles", "styles.xml")),
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}{page}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{_font(Font.PLAIN)}'
        '<w:sz w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style></w:styles>',
        "docProps/app.xml": f'<Properties xmlns="{_OFFICE.rpartition("/")[0]}/extended-properties"><Application>perfrules</Application></Properties>',
    }
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(ZipInfo(name, _LONG_AGO), _HEAD + text, ZIP_DEFLATED)
    return kept.getvalue()


def _links(*targets: tuple[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_LINKS}">{links}</Relationships>'


def _font(font: Font) -> str:
    return f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font.value}" w:cs="Times New Roman"/>'


def _paragraph(each: Paragraph) -> str:
    lead = 640 if each.size > 36 else 560 if each.size > 24 else 360
    properties = "<w:pageBreakBefore/>" if each.new_page else ""
    properties += f'<w:spacing w:line="{lead}" w:lineRule="exact"/>'
    properties += '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if each.is_indented else ""
    properties += f'<w:jc w:val="{each.align.value}"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{_run(each.text, each.font, each.size)}</w:p>"


def _run(text: str, font: Font, size: int) -> str:
    if not text:
        return ""
    bold = "<w:b/>" if font is Font.TITLE else ""
    look = f'<w:rPr>{_font(font)}{bold}<w:sz w:val="{size}"/></w:rPr>'
    return f'<w:r>{look}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def _table(each: Table) -> str:
    edge = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    edges = "".join(map(edge.format, ("top", "left", "bottom", "right", "insideH", "insideV")))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in each.widths)
    rows = "".join(_row(each.widths, row, is_head=not at) for at, row in enumerate(each.rows))
    properties = f'<w:tblW w:w="{sum(each.widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _row(widths: Sequence[int], row: Sequence[Sequence[str]], *, is_head: bool) -> str:
    font = Font.BLACK if is_head else Font.PLAIN
    align = '<w:jc w:val="center"/>' if is_head else ""
    cells = ""
    for width, lines in zip(widths, row, strict=True):
        inner = "".join(f"<w:p><w:pPr>{align}</w:pPr>{_run(line, font, 21)}</w:p>" for line in lines or ("",))
        cells += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{cells}</w:tr>"
