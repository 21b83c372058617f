"""Files that would do harm, or hide something: refused with one clear message, or read with what was found in them told."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from attrs import evolve
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from perfrules import pipeline
from perfrules.bilingual import Bilingual
from perfrules.errors import ReadError
from perfrules.model.submission import Submission
from perfrules.plugins import catalog
from perfrules.plugins.hooks import Reader

CATALOG = catalog()
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINES = (
    "安泉县体育局2022年上半年部门整体绩效监控报告",
    "一、预算",
    "截至2022年6月30日，部门年初预算100万元，实际支出60万元。",
)


def word(path: Path, lines: tuple[str, ...] = LINES, **parts: bytes) -> Path:
    """A .docx of these paragraphs with further parts, `__` in their names for /."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
        archive.writestr("word/document.xml", f"<w:document {SPACE}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return path


def book(path: Path) -> Path:
    """A table of projects whose fifth row and third column are hidden."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (["安泉县体育局项目支出表"], ["2022年1—6月", "", "单位：万元"], ["项目名称", "年初预算", "实际支出"], ["器材更新经费", 30, 12], ["场馆维护经费", 20, 8]):  # fmt: skip
        sheet.append(row)
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    made.save(path)
    return path


def read(path: Path) -> Submission:
    (submission,) = pipeline.read_paths([path], CATALOG).submissions
    return submission


def refused(path: Path) -> list[str]:
    with pytest.raises(ReadError) as caught:
        read(path)
    return [fault.code for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("part", "why", "is_open"),
    [
        ("word__vbaProject_DOT_bin", "macro", False),
        ("word__embeddings__Sheet1_DOT_xlsx", "embedded", True),
        ("word__media__image1_DOT_png", "picture_inside", False),
        ("more_DOT_zip", "embedded", True),
        ("word__embeddings__oleObject1_DOT_bin", "embedded", True),
        ("word__embeddings__inner_DOT_zip", "embedded", True),
        ("word__embeddings__whatever", "embedded", True),
    ],
)
def test_what_a_document_holds_besides_its_text_is_told(
    tmp_path: Path, part: str, why: str, *, is_open: bool
) -> None:
    submission = read(word(tmp_path / "报告.docm", **{part: b"x"}))
    assert [(each.why, each.open) for each in submission.unread] == [(why, is_open)]
    assert submission.department.members["total"].facts["spent"].quote == "60万元"


def test_every_embedded_document_is_told(tmp_path: Path) -> None:
    parts = {"word__embeddings__a_DOT_xlsx": b"x", "word__embeddings__b_DOT_bin": b"x"}
    told = [each.quote for each in read(word(tmp_path / "报告.docx", **parts)).unread]
    assert told == ["a.xlsx", "b.bin"]


@pytest.mark.parametrize("kind", ["attachedTemplate", "oleObject", "image", "externalLinkPath", "frame"])
def test_every_link_to_what_lies_elsewhere_is_told(tmp_path: Path, kind: str) -> None:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(f'<Relationship Id="r{at}" Type="{space}/{of}" Target="http://x.example/{of}" TargetMode="External"/>' for at, of in enumerate((kind, "hyperlink")))  # fmt: skip
    relations = f"<Relationships>{links}</Relationships>".encode()
    submission = read(word(tmp_path / "报告.docx", word___rels__document_DOT_xml_DOT_rels=relations))
    assert [(each.why, each.quote) for each in submission.unread] == [("external", f"{kind}: http://x.example/{kind}")]  # fmt: skip


def test_text_that_word_does_not_show_is_no_fact(tmp_path: Path) -> None:
    path = word(tmp_path / "报告.docx", (*LINES, "说明。"))
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>上年结转5万元。</w:t></w:r></w:p>"
    body = ZipFile(path).read("word/document.xml").decode().replace("</w:body>", f"{hidden}</w:body>")
    with ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", body)
    submission = read(path)
    assert submission.department.members["total"].facts.get("carried_over") is None or "5" not in submission.department.members["total"].facts["carried_over"].quote  # fmt: skip
    assert [(each.why, each.quote) for each in submission.unread] == [("hidden", "上年结转5万元。")]


def test_links_to_other_workbooks_are_told(tmp_path: Path) -> None:
    path = book(tmp_path / "表.xlsx")
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    assert ("external", False) in [(each.why, each.open) for each in read(path).unread]


def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    submission = read(book(tmp_path / "表.xlsx"))
    assert [row.name for row in submission.department.table("projects").rows] == [
        "器材更新经费",
        "场馆维护经费",
    ]
    told = [(each.why, each.location.address, each.open) for each in submission.unread]
    assert told == [("hidden", "Sheet!5:5", False), ("hidden", "Sheet!C:C", False)]


@pytest.mark.parametrize("lines", [("一段。",) * 25_000, ("长" * 600_000,)], ids=["paragraphs", "characters"])
def test_a_text_of_a_thousand_pages_is_no_report(tmp_path: Path, lines: tuple[str, ...]) -> None:
    text = tmp_path / "报告.txt"
    text.write_text("\n".join((*LINES, *lines)), encoding="utf-8")
    assert refused(text) == ["read.too_large"]
    assert refused(word(tmp_path / "报告.docx", (*LINES, *lines))) == ["read.too_large"]


def cells(number: int) -> Iterator[bytes]:
    yield b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    for row in range(number // 100):
        yield b"<row>" + b'<c t="n"><v>%d</v></c>' % (row * 7919) * 100 + b"</row>"
    yield b"</sheetData></worksheet>"


@pytest.mark.parametrize("sheet", ["sheet1", "sheet2"])
def test_a_workbook_of_a_million_cells_is_refused_before_it_is_unpacked(tmp_path: Path, sheet: str) -> None:
    path = book(tmp_path / "表.xlsx")
    kept = BytesIO()
    with ZipFile(path) as old, ZipFile(kept, "w", ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            if name != f"xl/worksheets/{sheet}.xml":
                new.writestr(name, old.read(name))
        new.writestr(f"xl/worksheets/{sheet}.xml", b"".join(cells(1_000_000)))
    path.write_bytes(kept.getvalue())
    assert refused(path) == ["read.too_large"]


@pytest.mark.parametrize(
    "area",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<mergeCells><mergeCell ref="A4:Z99999"/><mergeCell ref="A1:B1"/></mergeCells>',
        '<hyperlinks><hyperlink location="A1" ref="B:D"/></hyperlinks>',
    ],
)
def test_an_area_of_a_million_cells_is_refused_before_it_is_made(tmp_path: Path, area: str) -> None:
    path = book(tmp_path / "表.xlsx")
    kept = BytesIO()
    with ZipFile(path) as old, ZipFile(kept, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", b"</sheetData>" + area.encode())
            new.writestr(name, content)
    path.write_bytes(kept.getvalue())
    assert refused(path) == ["read.too_large"]


def test_numbers_of_lists_that_are_none_are_left_out(tmp_path: Path) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        for at, start in ((".", "1"), ("²", "1"), ("0", "²"), ("1", "9" * 30))
    )
    shapes = f'<w:numbering {SPACE}><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum></w:numbering>'
    path = word(tmp_path / "报告.docx", word__numbering_DOT_xml=shapes.encode())
    (submission,) = pipeline.read_paths([path], CATALOG).submissions
    assert submission.department.name == "安泉县体育局"


def test_a_part_that_unpacks_beyond_measure_is_refused(tmp_path: Path) -> None:
    assert len(zlib.compress(b"0" * 50_000_000)) < 60_000
    path = book(tmp_path / "表.xlsx")
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * 50_000_000)
    assert refused(path) == ["read.too_large"]


def test_the_other_files_of_the_folder_are_read_and_the_report_says_which_were_not(tmp_path: Path) -> None:
    word(tmp_path / "报告.docx")
    with ZipFile(tmp_path / "附件.zip", "w") as archive:
        archive.writestr("报告.docx", (tmp_path / "报告.docx").read_bytes())
    (tmp_path / "坏.docx").write_bytes((tmp_path / "报告.docx").read_bytes()[:200])
    reading = pipeline.read_paths([tmp_path], CATALOG)
    (submission,) = reading.submissions
    assert sorted(fault.code for fault in reading.faults) == ["read.broken", "read.unknown_format"]
    assert sorted((each.quote, each.why, each.open) for each in submission.unread) == [
        ("坏.docx", "not_read", True),
        ("附件.zip", "not_read", True),
    ]


def test_whatever_a_reader_raises_is_told_of_its_file_and_the_others_are_read(tmp_path: Path) -> None:
    def broken(*_: object) -> Submission:
        raise RecursionError("maximum recursion depth exceeded")

    about = Bilingual("坏的", "one that breaks")
    faulty = Reader("broken", about, (".odd",), lambda path, _: path.suffix == ".odd", broken)
    word(tmp_path / "报告.docx")
    (tmp_path / "坏.odd").write_text("x", encoding="utf-8")
    reading = pipeline.read_paths([tmp_path], evolve(CATALOG, readers=(faulty, *CATALOG.readers)))
    (submission,) = reading.submissions
    assert submission.department.members["total"].facts["spent"].quote == "60万元"
    assert [(each.quote, each.why, each.open) for each in submission.unread] == [("坏.odd", "not_read", True)]
    (fault,) = reading.faults
    assert (fault.code, fault.where and Path(fault.where.source).name) == ("read.failed", "坏.odd")
    assert "RecursionError" in fault.message.zh
    assert fault.hint


def test_struck_cells_are_left_out_and_told(tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (["安泉县体育局项目支出表"], ["2022年1—6月", "", "单位：万元"], ["项目名称", "年初预算", "实际支出"], ["器材更新经费", 30, 12], ["场馆维护经费", 20, 8]):  # fmt: skip
        sheet.append(row)
    sheet["C4"].font = Font(strike=True)
    sheet["B5"] = CellRichText(TextBlock(InlineFont(strike=True), "2"), "20")
    made.save(tmp_path / "表.xlsx")
    submission = read(tmp_path / "表.xlsx")
    first, second = submission.department.table("projects").rows
    assert "spent" not in first.facts
    assert second.facts["initial_budget"].quote == "20"
    assert [(each.why, each.quote, each.location.address, each.open) for each in submission.unread] == [
        ("struck", "12", "Sheet!C4", False)
    ]


def test_a_piece_of_another_document_inside_one_is_told(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        f'<Relationships><Relationship Id="r9" Type="{space}/aFChunk" Target="chunk.html"/></Relationships>'
    )
    parts = {"word___rels__document_DOT_xml_DOT_rels": relations.encode(), "word__chunk_DOT_html": b"x"}
    told = [(each.why, each.quote, each.open) for each in read(word(tmp_path / "报告.docx", **parts)).unread]
    assert told == [("embedded", "chunk.html", True)]


def test_a_font_that_names_more_characters_than_there_are_is_refused(tmp_path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    kept = BytesIO()
    canvas = Canvas(kept, pageCompression=0)
    canvas.setFont("STSong-Light", 12)
    for number, line in enumerate(LINES):
        canvas.drawString(40, 720 - 20 * number, line)
    canvas.save()
    sound = kept.getvalue()
    assert b"/W [" in sound
    path = tmp_path / "报告.pdf"
    path.write_bytes(sound)
    assert not pipeline.read_paths([path], CATALOG).faults
    path.write_bytes(sound.replace(b"/W [", b"/W [ 1 999999999 500 "))
    assert refused(path) == ["read.broken"]


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'


def with_sheet(path: Path, rows: str, rest: str = "", **parts: str) -> Path:
    """A workbook whose first sheet has this XML."""
    kept = BytesIO()
    with ZipFile(book(path)) as old, ZipFile(kept, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = SHEET.format(rows, rest).encode()
            new.writestr(name, parts.pop(name.replace("/", "__").replace(".", "_DOT_"), content))
    path.write_bytes(kept.getvalue())
    return path


@pytest.mark.parametrize(
    ("rows", "rest"),
    [
        ("<row>" + "<c><v>1</v></c>" * 50 + "</row>", ""),
        ("<row>" + "<c\n><v>1</v></c>" * 50 + "</row>", ""),
        ("<row/>" * 50, ""),
        ("<row><c r='A1'><v>1</v></c><c r='ZZ9'><v>1</v></c></row>", ""),
        ("<row><c><v>1</v></c></row>", "<mergeCells><mergeCell ref='A1:Z9'/></mergeCells>"),
        ("<row><c><v>1</v></c></row>", "<mergeCells><mergeCell other='' ref='$A$1:$Z$9'/></mergeCells>"),
    ],
)
def test_cells_are_counted_however_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: str, rest: str
) -> None:
    monkeypatch.setattr("perfrules.documents.sheet_scan.MOST_CELLS", 40)
    monkeypatch.setattr("perfrules.documents.workbook.MOST_CELLS", 40)
    path = with_sheet(tmp_path / "表.xlsx", rows, rest)
    assert refused(path) == ["read.too_large"]
    prefixed = SHEET.replace("xmlns=", "xmlns:x=").replace("<worksheet", "<x:worksheet").replace("</", "</x:").replace("<sheetData", "<x:sheetData")  # fmt: skip
    monkeypatch.setattr(f"{__name__}.SHEET", prefixed)
    other = with_sheet(tmp_path / "表2.xlsx", rows.replace("<", "<x:").replace("<x:/", "</x:"), rest.replace("<", "<x:").replace("<x:/", "</x:"))  # fmt: skip
    assert refused(other) == ["read.too_large"]


@pytest.mark.parametrize("name", ["MOST_TAGS", "MOST_ELEMENTS", "MOST_BYTES"])
def test_other_parts_of_a_workbook_have_limits_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = book(tmp_path / "表.xlsx")
    read(path)
    monkeypatch.setattr(f"perfrules.documents.sheet_scan.{name}", 3)
    assert refused(path) == ["read.too_large"]


def test_a_table_of_many_lines_is_refused_while_it_is_read(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "表.csv"
    path.write_text("项目名称,年初预算\n" + "甲项目,1\n" * 150_000, encoding="utf-8")
    tracemalloc.start()
    assert refused(path) == ["read.too_large"]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 150 * 1024 * 1024


@pytest.mark.parametrize(
    "line", ["我局实际支出1万元，" * 20_000, "1" * 100_000, "  1" * 20_000, "报告（" * 20_000]
)
def test_a_paragraph_without_end_is_no_report(tmp_path: Path, line: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("\n".join((*LINES, line)), encoding="utf-8")
    assert refused(path) == ["read.too_large"]


def test_a_document_type_is_named(tmp_path: Path) -> None:
    path = word(tmp_path / "报告.docx")
    body = ZipFile(path).read("word/document.xml").decode()
    with ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>{body}')
    assert refused(path) == ["read.doctype"]
    sheet = with_sheet(tmp_path / "表.xlsx", "")
    kept = BytesIO()
    with ZipFile(sheet) as old, ZipFile(kept, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, b"<!DOCTYPE w>" + content if name.endswith("sheet1.xml") else content)
    sheet.write_bytes(kept.getvalue())
    assert refused(sheet) == ["read.doctype"]


def test_a_table_of_more_rows_than_a_department_has_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("perfrules.documents.sheets.MOST_ROWS", 4)
    assert refused(book(tmp_path / "表.xlsx")) == ["read.too_large"]


def test_a_page_whose_cells_take_a_thousand_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    rows = "<tr><td rowspan=100 colspan=100>1万元</td></tr>" * 3000
    path.write_text(f"<html><body><h1>{LINES[0]}</h1><table>{rows}</table></body></html>", encoding="utf-8")
    assert refused(path) == ["read.too_large"]
