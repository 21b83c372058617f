"""Office files from plain sources, byte for byte the same each time: Word, PDF, workbooks new and old, CSV.

A text source has a line for each paragraph and `| a | b |` lines for the rows of a table; tests/files/README.md lists its
marks. A source of tables is a mapping of sheets to rows. PDF needs reportlab, old workbooks need xlwt.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WIDTH = 9000
"""How wide a table of a Word document is, in twentieths of a point."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REFERS = f'xmlns:r="{_OFFICE}"'
_LINKS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_MARK = re.compile(
    r"\{\+(?P<new>.*?)\+\}|\{-(?P<old>.*?)-\}|\{(?P<kind>note|box|field): (?P<words>[^}]*)\}", re.DOTALL
)
_INNER = re.compile(r"\{table: ([^}]*)\}")
_MODIFIED = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))


def blocks(text: str) -> Iterator[list[str]]:
    """The paragraphs of a source one by one, and the rows of each of its tables together."""
    lines = [line for line in text.split("\n") if line.strip()]
    for is_row, run in groupby(lines, key=lambda line: line.startswith("|")):
        if is_row:
            yield list(run)
        else:
            yield from ([line] for line in run)


def cells(row: str) -> list[str]:
    """The cells of a row `| a | b |`."""
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def packed(parts: Mapping[str, str]) -> bytes:
    """An archive of parts, each with the same date."""
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text)
    return kept.getvalue()


def docx(text: str, seed: int = 0) -> bytes:
    """A Word document of a source; its words are cut into runs at random places, as Word does."""
    writer = _Word(random.Random(seed))
    body = "".join(writer.block(block) for block in blocks(text))
    parts = {"numbering": _numbering(), **writer.parts()}
    kinds = {name: name.rstrip("1") for name in parts}
    types = "".join(_override(f"{name}.xml", kind) for name, kind in kinds.items())
    links = "".join(
        _link(number, f"{name}.xml", kind) for number, (name, kind) in enumerate(kinds.items(), 1)
    )
    edges = "".join(
        f'<w:{kind}Reference w:type="default" r:id="rId{number}"/>'
        for number, (_, kind) in enumerate(kinds.items(), 1)
        if kind in ("header", "footer")
    )
    page = f'<w:p/><w:sectPr>{edges}<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    return packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{_override("document.xml", "document.main")}{types}</Types>',
            "_rels/.rels": f"<Relationships {_LINKS}>{_link(1, 'word/document.xml', 'officeDocument')}</Relationships>",
            "word/_rels/document.xml.rels": f"<Relationships {_LINKS}>{links}</Relationships>",
            "word/document.xml": f"<w:document {NAMES} {_REFERS}><w:body>{body}{page}</w:body></w:document>",
            **{f"word/{name}.xml": part for name, part in parts.items()},
        }
    )


def _override(part: str, kind: str) -> str:
    form = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    return f'<Override PartName="/word/{part}" ContentType="{form}"/>'


def _link(number: int, target: str, kind: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _numbering() -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{shown}"/></w:lvl>'
        for at, (kind, shown) in enumerate(_LEVELS)
    )
    return (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


class _Word:
    """The parts of a Word document while they are written."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.notes: list[str] = []
        self.edges: dict[str, list[str]] = {"header": [], "footer": []}

    def parts(self) -> dict[str, str]:
        notes = "".join(f'<w:footnote w:id="{at}">{note}</w:footnote>' for at, note in enumerate(self.notes))
        found = {"footnotes": f"<w:footnotes {NAMES}>{notes}</w:footnotes>"} if notes else {}
        for name, root in (("header", "hdr"), ("footer", "ftr")):
            if self.edges[name]:
                found[f"{name}1"] = f"<w:{root} {NAMES}>{''.join(self.edges[name])}</w:{root}>"
        return found

    def block(self, lines: Sequence[str]) -> str:
        if lines[0].startswith("|"):
            return self.table([cells(line) for line in lines])
        (line,) = lines
        if edge := re.fullmatch(r"\{(header|footer): (.*)\}", line.strip()):
            self.edges[edge[1]].append(self.paragraph(edge[2]))
            return ""
        if numbered := re.match(r"(#{1,2})\. ", line):
            level = f'<w:ilvl w:val="{len(numbered[1]) - 1}"/><w:numId w:val="1"/>'
            return self.paragraph(line[numbered.end() :], f"<w:pPr><w:numPr>{level}</w:numPr></w:pPr>")
        return self.paragraph(line.strip())

    def paragraph(self, text: str, properties: str = "") -> str:
        pieces, at = [properties], 0
        for mark in _MARK.finditer(text):
            pieces += [self.runs(text[at : mark.start()]), self.marked(mark)]
            at = mark.end()
        return f"<w:p>{''.join(pieces)}{self.runs(text[at:])}</w:p>"

    def runs(self, text: str, tag: str = "t") -> str:
        pieces, at = [], 0
        while at < len(text):
            end = at + self.draw.randint(1, 12)
            words = escape(text[at:end])
            pieces.append(f'<w:r><w:rPr/><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>')
            at = end
        return "".join(pieces)

    def marked(self, mark: re.Match[str]) -> str:
        if mark["new"] is not None:
            return f'<w:ins w:id="1" w:author="a">{self.runs(mark["new"])}</w:ins>'
        if mark["old"] is not None:
            return f'<w:del w:id="2" w:author="a">{self.runs(mark["old"], "delText")}</w:del>'
        words = self.paragraph(mark["words"])
        match mark["kind"]:
            case "note":
                self.notes.append(words)
                return f'<w:r><w:footnoteReference w:id="{len(self.notes) - 1}"/></w:r>'
            case "box":
                return f"<w:r><w:pict><w:txbxContent>{words}</w:txbxContent></w:pict></w:r>"
            case _:
                return f"<w:sdt><w:sdtPr/><w:sdtContent>{self.runs(mark['words'])}</w:sdtContent></w:sdt>"

    def table(self, rows: Sequence[Sequence[str]]) -> str:
        written = []
        for at, row in enumerate(rows):
            below = rows[at + 1] if at + 1 < len(rows) else []
            written.append(
                "<w:tr>" + "".join(self.cell(row, place, below) for place in range(len(row))) + "</w:tr>"
            )
        columns, edge = len(rows[0]), '<w:{} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        edges = "".join(map(edge.format, ("top", "left", "bottom", "right", "insideH", "insideV")))
        grid = f'<w:gridCol w:w="{_WIDTH // columns}"/>' * columns
        properties = f'<w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        return (
            f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(written)}</w:tbl>"
        )

    def cell(self, row: Sequence[str], place: int, below: Sequence[str]) -> str:
        if row[place] == "<":
            return ""
        span = next((at for at in range(1, len(row) - place) if row[place + at] != "<"), len(row) - place)
        words = "" if row[place] == "^" else row[place]
        properties = f'<w:tcW w:w="{_WIDTH // len(row) * span}" w:type="dxa"/>'
        properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        if row[place] == "^":
            properties += "<w:vMerge/>"
        elif place < len(below) and below[place] == "^":
            properties += '<w:vMerge w:val="restart"/>'
        inner = "".join(
            self.table([row.split(" / ") for row in each.split(" ; ")]) for each in _INNER.findall(words)
        )
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}{self.paragraph(_INNER.sub('', words))}</w:tc>"


def pdf(text: str, characters: int = 34, lines: int = 38) -> bytes:
    """A PDF of a source: so many characters in a line, so many lines on a page; tables are ruled."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    size = 13
    style = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=size, leading=706 / lines, firstLineIndent=2 * size, wordWrap="CJK"
    )  # fmt: skip
    small = ParagraphStyle("cell", fontName="STSong-Light", fontSize=9, leading=12, wordWrap="CJK")
    story: list[Flowable] = []
    for block in blocks(text):
        if block[0].startswith("|"):
            rows = [cells(line) for line in block]
            grid = [("GRID", (0, 0), (-1, -1), 0.5, "black"), *_spans(rows)]
            shown = [
                ["" if each in ("<", "^") else Paragraph(escape(each), small) for each in row] for row in rows
            ]
            story.append(Table(shown, colWidths=[440 / len(rows[0])] * len(rows[0]), style=grid))
        else:
            story.append(Paragraph(escape(block[0].strip()), style))
    kept = BytesIO()
    margin = (A4[0] - characters * size) / 2 - 6
    SimpleDocTemplate(
        kept, pagesize=A4, leftMargin=margin, rightMargin=margin, topMargin=60, bottomMargin=60, invariant=1
    ).build(story)
    return kept.getvalue()


def _spans(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell in ("<", "^"):
                continue
            right = next((n for n in range(place + 1, len(row)) if row[n] != "<"), len(row)) - 1
            down = next((n for n in range(at + 1, len(rows)) if rows[n][place] != "^"), len(rows)) - 1
            if (right, down) != (place, at):
                yield ("SPAN", (place, at), (right, down))


def xlsx(source: Mapping[str, Any]) -> bytes:
    """A workbook of a source of tables."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, told in source["sheets"].items():
        sheet = book.create_sheet(name)
        for at, row in enumerate(told["rows"], 1):
            for place, value in enumerate(row or (), 1):
                if value is not None:
                    sheet.cell(at, place, value)
        for area in told.get("merged", ()):
            sheet.merge_cells(area)
        for address, form in told.get("formats", {}).items():
            sheet[address].number_format = form
        for each in told.get("hidden", ()):
            if each[0] == "R":
                sheet.row_dimensions[int(each[1:])].hidden = True
            else:
                sheet.column_dimensions[each[1:]].hidden = True
        sheet.sheet_state = told.get("state", "visible")
    book.properties.created = book.properties.modified = datetime(2024, 1, 1)
    kept = BytesIO()
    book.save(kept)
    with ZipFile(kept) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    return packed({name: _MODIFIED.sub("2024-01-01T00:00:00Z", part) for name, part in parts.items()})


def xls(source: Mapping[str, Any]) -> bytes:
    """An old workbook of a source of tables."""
    import xlwt  # type: ignore[import-untyped]
    from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

    book = xlwt.Workbook(encoding="utf-8")
    for name, told in source["sheets"].items():
        sheet = book.add_sheet(name)
        sheet.visibility = 1 if told.get("state") else 0
        forms = {coordinate_to_tuple(address): form for address, form in told.get("formats", {}).items()}
        values = {
            (at, place): value
            for at, row in enumerate(told["rows"], 1)
            for place, value in enumerate(row or (), 1)
            if value is not None
        }
        for area in told.get("merged", ()):
            left, top, right, bottom = map(int, range_boundaries(area))  # type: ignore[arg-type]
            sheet.merge(top - 1, bottom - 1, left - 1, right - 1)
        for (at, place), value in values.items():
            form = forms.get((at, place), "General")
            sheet.write(at - 1, place - 1, value, xlwt.easyxf(num_format_str=form))
        for each in told.get("hidden", ()):
            if each[0] == "R":
                sheet.row(int(each[1:]) - 1).hidden = True
            else:
                sheet.col(coordinate_to_tuple(f"{each[1:]}1")[1] - 1).hidden = True
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def csv_file(source: Mapping[str, Any]) -> bytes:
    """A CSV of the one sheet of a source of tables, in its encoding."""
    kept = StringIO(newline="")
    (told,) = source["sheets"].values()
    csv.writer(kept, lineterminator="\r\n").writerows(["" if value is None else value for value in row or ()] for row in told["rows"])  # fmt: skip
    return kept.getvalue().encode(source.get("encoding", "utf-8"))
