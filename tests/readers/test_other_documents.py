"""Reports as .pdf, .html, .ofd and .doc: the same facts as their text, places by page and line; what cannot be read is said."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from perfrules import readers
from perfrules.documents.kinds import kind_of
from perfrules.documents.ofd import ofd_document
from perfrules.documents.pdf import pdf_document
from perfrules.errors import ReadError
from perfrules.model.fact import State
from perfrules.model.quantity import Quantity
from perfrules.model.submission import Submission

TITLE = "安泉县水利局2023年上半年部门整体绩效监控报告"
BODY = (
    "一、预算情况",
    "2023年年初预算320.5万元，其中基本支出200.5万元，项目支出120万元。上年结转0万元，未发生追加追减。",
    "截至6月30日，实际支出150.25万元，占调整预算的46.88%，其中基本支出100.25万元，项目支出50万元。",
)
EXPECTED = {
    ("total", "initial_budget", "320.5万元"),
    ("basic", "initial_budget", "200.5万元"),
    ("project", "initial_budget", "120万元"),
    ("total", "carried_over", "0万元"),
    ("total", "spent", "150.25万元"),
    ("basic", "spent", "100.25万元"),
    ("project", "spent", "50万元"),
}


def facts(submission: Submission) -> set[tuple[str, str, str]]:
    return {
        (line, fact.field, "".join(fact.quote.split()))
        for line, owner in submission.department.members.items()
        for first in owner.facts.values()
        for fact in (first, *first.witnesses)
        if isinstance(fact.value, Quantity) and fact.state is State.PRINTED
    }


def claims(submission: Submission) -> list[str]:
    rows = (row for owner in submission.department.members.values() for row in owner.table("claims").rows)
    return [row.facts["printed"].quote for row in rows]


def pdf(pages: Sequence[Sequence[str]], table: Sequence[Sequence[str]] = (), **made: Any) -> bytes:
    """Lines of text on pages, each page with its number at the foot; a ruled table below the last."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    kept = BytesIO()
    canvas = Canvas(kept, pagesize=A4, **made)
    for number, lines in enumerate(pages, 1):
        canvas.setFont("STSong-Light", 11)
        for at, line in enumerate(lines):
            canvas.drawString(70, 780 - 20 * at, line)
        if number == len(pages):
            for at, row in enumerate(table):
                for place, cell in enumerate(row):
                    canvas.rect(70 + 100 * place, 480 - 20 * at, 100, 20)
                    canvas.drawString(75 + 100 * place, 486 - 20 * at, cell)
        canvas.drawString(280, 40, f"- {number} -")
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


def hard_wrapped(width: int) -> list[str]:
    """The title, and the body cut after so many characters wherever that is, inside of words and numbers too."""
    cut = [line[at : at + width] for line in BODY for at in range(0, len(line), width)]
    return [TITLE, *cut]


def read(folder: Path, name: str, data: bytes) -> Submission:
    (folder / name).write_bytes(data)
    return readers.read(folder / name)


@pytest.mark.parametrize("width", range(17, 37, 3))
def test_lines_of_a_pdf_are_joined_within_words_numbers_and_over_pages(width: int, tmp_path: Path) -> None:
    lines = hard_wrapped(width)
    middle = len(lines) // 2
    got = read(tmp_path, "r.pdf", pdf([lines[:middle], lines[middle:]]))
    assert facts(got) == EXPECTED
    assert [each.replace("\n", "") for each in claims(got)] == ["46.88%"]
    assert got.department.name == "安泉县水利局"


def test_the_place_of_a_figure_is_its_page_and_line() -> None:
    from perfrules.readers.text import read_text

    document = pdf_document("r.pdf", pdf([[TITLE, BODY[0]], BODY[1:]]))
    got = read_text(document)
    fact = got.department.members["total"].facts["spent"]
    assert fact.location is not None
    assert fact.location.address == "p2 l2"
    assert document.cut(fact.location) == fact.quote == "150.25万元"


@pytest.mark.parametrize(("height", "expected"), [(3.5, "320.5万元"), (-2, "70万元320.5万元")])
def test_what_is_struck_through_is_left_out_and_what_is_underlined_is_not(
    height: float, expected: str
) -> None:
    """A deletion that was printed: the figure before it stands, where only a line through it tells which is right."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    kept = BytesIO()
    canvas = Canvas(kept)
    canvas.setFont("STSong-Light", 11)
    words, struck = "年初预算", "70万元"
    canvas.drawString(70, 700, f"{words}{struck}320.5万元。")
    start, end = (70 + pdfmetrics.stringWidth(each, "STSong-Light", 11) for each in (words, words + struck))
    canvas.line(start, 700 + height, end, 700 + height)
    canvas.showPage()
    canvas.save()
    document = pdf_document("r.pdf", kept.getvalue())
    assert "".join(document.text.split()) == f"{words}{expected}。"
    told = [(each.why, each.words, each.page) for each in document.left_out]
    assert told == ([("struck", "70万元", 1)] if height > 0 else [])


def test_what_stands_turned_on_a_page_is_none_of_its_text_and_is_told(tmp_path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    kept = BytesIO()
    canvas = Canvas(kept)
    canvas.setFont("STSong-Light", 11)
    for at, line in enumerate((TITLE, BODY[0], "2023年年初预算320.5万元。")):
        canvas.drawString(70, 780 - 20 * at, line)
    canvas.translate(80, 600)
    canvas.rotate(45)
    canvas.drawString(0, 0, "草稿 实际支出999万元")
    canvas.showPage()
    canvas.save()
    got = read(tmp_path, "r.pdf", kept.getvalue())
    assert facts(got) == {("total", "initial_budget", "320.5万元")}
    assert [(each.why, each.quote, each.location.address, each.open) for each in got.unread] == [
        ("rotated", "草稿 实际支出999万元", "p1", True)
    ]


LEFT = ("年初预算100万元，其中", "基本支出60万元，项目", "支出40万元。截至6月")
RIGHT = ("50万元，占年初预算的", "50%。其中基本支出35", "万元，项目支出15万元。")


def test_lines_side_by_side_are_never_one(tmp_path: Path) -> None:
    got = read(tmp_path, "r.pdf", beside([[(70, TITLE)], *zip(LEFT, RIGHT, strict=True)]))
    assert not facts(got)
    assert not got.department.table("counts").rows
    assert [each.why for each in got.unread if each.open] == ["no_field"] * 3


def test_figures_beside_their_labels_are_theirs(tmp_path: Path) -> None:
    rows = [("2023年年初预算", "320.5万元"), ("截至6月末实际支出", "150.25万元")]
    got = read(tmp_path, "r.pdf", beside([[(70, TITLE)], [(70, BODY[0])], *rows]))
    assert ("total", "initial_budget", "320.5万元") in facts(got)


def beside(rows: Sequence[Sequence[Any]]) -> bytes:
    """A page whose rows stand in columns with nothing but blank paper between."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    kept = BytesIO()
    canvas = Canvas(kept)
    canvas.setFont("STSong-Light", 10)
    for at, row in enumerate(rows):
        for number, words in enumerate(row):
            left, text = (
                words if isinstance(words, tuple) else (60 + 120 * number + 100 * (len(row) == 2), words)
            )
            canvas.drawString(left, 780 - 20 * at, text)
    canvas.showPage()
    canvas.save()
    return kept.getvalue()


ROWS = (
    ("项目名称", "年初预算", "实际支出", "执行率"),
    ("防汛抗旱", "100", "50", "50%"),
    ("河道清淤", "60", "20", "33.33%"),
)


def spent_by_project(got: Submission) -> dict[str, str]:
    return {row.name: row.facts["spent"].quote for row in got.department.table("projects").rows}


def test_a_table_that_nothing_but_blanks_part_is_read_where_its_columns_are_certain(tmp_path: Path) -> None:
    title = [[(70, "安泉县水利局2023年1-6月项目支出情况表")], [(400, "单位：万元")]]
    got = read(tmp_path, "r.pdf", beside([*title, *ROWS]))
    assert spent_by_project(got) == {"防汛抗旱": "50", "河道清淤": "20"}
    assert not got.unread


@pytest.mark.parametrize("unit", ["单位：万元", "（单位：万元）"])
def test_rows_of_a_text_in_columns_of_blanks_are_a_table(tmp_path: Path, unit: str) -> None:
    lines = (
        "安泉县水利局2023年1-6月项目支出情况表",
        unit,
        "项目名称            年初预算    实际支出    执行率",
        "防汛抗旱物资储备      100.00       50.00       50%",
        "河道清淤               60.00       20.00    33.33%",
    )
    got = read(tmp_path, "r.txt", "\n".join(lines).encode())
    assert spent_by_project(got) == {"防汛抗旱物资储备": "50.00", "河道清淤": "20.00"}
    assert not got.unread


def test_rows_out_of_line_are_told_once_each(tmp_path: Path) -> None:
    lines = (TITLE, *BODY, "项目名称  年初预算  实际支出  执行率", "防汛抗旱     100    50   50%", "河道清淤及堤防加固工程  县级  20  33.33%")  # fmt: skip
    got = read(tmp_path, "r.txt", "\n".join(lines).encode())
    assert facts(got) == EXPECTED
    assert len(got.unread) == 2
    assert all("50%" in each.quote or "33.33%" in each.quote for each in got.unread)


def test_each_figure_of_a_headed_table_without_a_unit_is_told(tmp_path: Path) -> None:
    lines = (TITLE, *BODY, "项目名称  年初预算  实际支出  执行率", "防汛抗旱     100    50   50%", "河道清淤及堤防加固工程  60  20  33.33%")  # fmt: skip
    got = read(tmp_path, "r.txt", "\n".join(lines).encode())
    assert facts(got) == EXPECTED
    assert [(each.quote, each.why) for each in got.unread] == [
        ("100", "no_unit"),
        ("50", "no_unit"),
        ("50%", "unpaired"),
        ("60", "no_unit"),
        ("20", "no_unit"),
        ("33.33%", "unpaired"),
    ]


def test_a_table_in_a_pdf_is_rows_of_cells(tmp_path: Path) -> None:
    table = (
        ("项目", "年初预算（万元）", "支出（万元）"),
        ("河道清淤", "70", "30"),
        ("堤防巡查", "50", "20"),
        ("合计", "120", "50"),
    )
    got = read(tmp_path, "r.pdf", pdf([[TITLE, *BODY]], table))
    rows = {row.name: row.facts["spent"].quote for row in got.department.table("projects").rows}
    assert rows == {"河道清淤": "30", "堤防巡查": "20"}
    assert facts(got) == EXPECTED | {("project", "initial_budget", "120"), ("project", "spent", "50")}


def test_rows_of_single_blanks_are_told_row_by_row(tmp_path: Path) -> None:
    rows = ["基本支出 200.5 0 100.25", "项目支出 120 0 50"]
    got = read(tmp_path, "r.pdf", pdf([[TITLE, *BODY, *rows]]))
    assert facts(got) == EXPECTED
    told = [each.quote for each in got.unread if each.why == "no_field" and each.open]
    assert told == ["200.5 0 100.25", "120 0 50"]


def test_a_line_that_ends_in_a_colon_goes_on_where_parts_follow(tmp_path: Path) -> None:
    lines = [TITLE, BODY[0], BODY[1].replace("，其中", "。其中："), BODY[2]]
    cut = [piece for line in lines for piece in line.replace("其中：", "其中：@").split("@") if piece]
    assert facts(read(tmp_path, "r.pdf", pdf([cut]))) == EXPECTED


def picture() -> BytesIO:
    """A grey square as a bitmap, the simplest picture there is."""
    from struct import pack

    size, row = 8, b"\x80\x80\x80" * 8
    body = row * size
    head = b"BM" + pack("<IHHI", 54 + len(body), 0, 0, 54)
    return BytesIO(head + pack("<IiiHHIIiiII", 40, size, size, 1, 24, 0, len(body), 2835, 2835, 0, 0) + body)


def scanned(with_text: bool) -> bytes:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    kept = BytesIO()
    canvas = Canvas(kept)
    if with_text:
        canvas.setFont("STSong-Light", 11)
        for at, line in enumerate(hard_wrapped(36)):
            canvas.drawString(70, 780 - 20 * at, line)
        canvas.showPage()
    canvas.drawImage(ImageReader(picture()), 0, 0, 500, 700)
    canvas.showPage()
    canvas.save()
    return kept.getvalue()


def test_a_page_that_is_a_picture_is_told_and_a_file_of_them_is_not_read(tmp_path: Path) -> None:
    got = read(tmp_path, "r.pdf", scanned(with_text=True))
    assert facts(got) == EXPECTED
    assert [(each.location.address, each.why, each.open) for each in got.unread] == [("p2", "picture", True)]
    assert code_of("s.pdf", scanned(with_text=False), tmp_path) == ["read.scan"]


def code_of(name: str, data: bytes, folder: Path) -> list[str]:
    with pytest.raises(ReadError) as caught:
        read(folder, name, data)
    return [fault.code for fault in caught.value.faults]


def test_encrypted_and_broken_pdf_files_are_told(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = pdf([[TITLE, *BODY]], encrypt=StandardEncryption("secret", canPrint=0))
    assert code_of("l.pdf", locked, tmp_path) == ["read.encrypted"]
    assert code_of("b.pdf", b"%PDF-1.7\n" + b"\x00" * 400, tmp_path) in (["read.broken"], ["read.scan"])
    whole = pdf([[TITLE, *BODY]])
    for end in (20, len(whole) // 3, len(whole) // 2):
        assert code_of("c.pdf", whole[:end], tmp_path) in (
            ["read.broken"],
            ["read.scan"],
            ["read.no_figures"],
        )


def test_html_is_read_as_it_is_shown(tmp_path: Path) -> None:
    page = f"""<!DOCTYPE html><html><head><title>不读 9万元</title><style>p {{}}</style></head><body>
    <h1>{TITLE}</h1><script>var x = "8万元";</script>
    {"".join(f"<p>{line.replace('实际', '<b>实际</b>')}</p>" for line in BODY)}
    <table><tr><th>项目</th><th>年初预算（万元）</th><th>支出（万元）</th></tr>
    <tr><td>河道清淤</td><td><p>70</p></td><td>30</td></tr><tr><td>合计</td><td>120</td><td>50</td></tr></table>
    </body></html>"""
    for encoding in ("utf-8", "gb18030"):
        got = read(tmp_path, "r.html", page.encode(encoding))
        assert facts(got) == EXPECTED | {("project", "initial_budget", "120"), ("project", "spent", "50")}
        assert not any(
            fact.witnesses and fact.doubt for fact in got.department.members["project"].facts.values()
        )
        assert [row.name for row in got.department.table("projects").rows] == ["河道清淤"]
        assert not any("9" in each.quote or "8万" in each.quote for each in got.unread)


def ofd(pages: Sequence[Sequence[str]]) -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        archive.writestr("OFD.xml", f"<ofd:OFD {space}/>")
        for number, lines in enumerate(pages):
            objects = "".join(
                f'<ofd:TextObject Boundary="20 {30 + 8 * at} 150 6"><ofd:TextCode>{line}</ofd:TextCode></ofd:TextObject>'
                for at, line in reversed(list(enumerate(lines)))
            )
            archive.writestr(
                f"Doc_0/Pages/Page_{number}/Content.xml", f"<ofd:Page {space}>{objects}</ofd:Page>"
            )
    return kept.getvalue()


def test_ofd_is_read_from_the_top_where_it_has_text(tmp_path: Path) -> None:
    pages = [hard_wrapped(23)[:4], hard_wrapped(23)[4:]]
    got = read(tmp_path, "r.ofd", ofd(pages))
    assert facts(got) == EXPECTED
    assert code_of("s.ofd", ofd([[], []]), tmp_path) == ["read.scan"]
    assert ofd_document("r.ofd", ofd([*pages, []])).pictures == (3,)


@pytest.mark.parametrize("name", ["WordDocument", "Workbook", "Book"])
def test_an_old_office_file_is_known_by_its_streams(name: str) -> None:
    """A report in .doc may have `Bookmark` in it, which opens like the name of a workbook's stream."""
    opening, stream = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, f"{name}\0".encode("utf-16-le")
    other = "Bookmark".encode("utf-16-le")
    assert kind_of("r", opening + other + stream) == ""
    assert kind_of("r.doc", opening + other + stream) == ("doc" if name == "WordDocument" else "xls")


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500 + "WordDocument".encode("utf-16-le") + b"\x00" * 500


def test_an_old_word_file_needs_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert code_of("r.doc", OLD, tmp_path) == ["read.needs_office"]
    assert code_of("r.wps", OLD, tmp_path) == ["read.needs_office"]
    assert code_of("r.docx", OLD, tmp_path) == ["read.needs_office"]


def test_an_old_word_file_that_does_not_open_or_takes_too_long_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("soffice", 60)

    monkeypatch.setattr(shutil, "which", lambda _: "/bin/true")
    assert code_of("r.doc", OLD, tmp_path) == ["read.broken"]
    monkeypatch.setattr(subprocess, "run", slow)
    assert code_of("r.doc", OLD, tmp_path) == ["read.broken"]


@pytest.mark.parametrize(
    ("name", "data"), [("r.html", b"<html><body> </body></html>"), ("r.ofd", b"PK\x03\x04 broken")]
)
def test_a_file_without_text_is_told(name: str, data: bytes, tmp_path: Path) -> None:
    assert code_of(name, data, tmp_path) in (["read.empty"], ["read.scan"], ["read.broken"])


HEAD = "<h1>安泉县体育局2022年上半年部门整体绩效监控报告</h1><p>截至2022年6月30日，部门年初预算100万元。</p>"


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">实际支出60万元。</p>',
        '<div style="color:red; VISIBILITY : hidden"><p>实际支出60万元。</p></div>',
        "<p hidden>实际支出60万元。<p>其他。",
        "<template><p>实际支出60万元。</p></template>",
        "<noscript><p>实际支出60万元。</p></noscript>",
        '<p>说明<span style="font-size:0px">实际支出60万元</span>。</p>',
        "<style>.gone {display: none} @media print {.kept {display:none}}</style><p class='gone'>实际支出60万元。</p>",
        '<p>说明<span style="mso-hide:all">实际支出60万元</span>。</p>',
    ],
)
def test_what_a_page_does_not_show_is_no_fact_and_is_told(tmp_path: Path, hidden: str) -> None:
    page = f"<html><body>{HEAD}{hidden}<p class='kept'>上年结转5万元。</p></body></html>"
    submission = read(tmp_path, "r.html", page.encode())
    total = submission.department.members["total"].facts
    assert "spent" not in total
    assert (total["initial_budget"].quote, total["carried_over"].quote) == ("100万元", "5万元")
    (told,) = [each for each in submission.unread if each.why == "hidden"]
    assert "60万元" in told.quote


@pytest.mark.parametrize(
    "struck",
    [
        "<s>60</s>",
        "<del>6</del><del>0</del>",
        "<strike>60</strike>",
        '<span style="color:red;text-decoration: line-through">60</span>',
        '<span style="text-decoration-line:underline line-through">60</span>',
        "<style>.off {text-decoration: line-through}</style><i class='off'>60</i>",
    ],
)
def test_what_a_page_strikes_through_is_left_out_and_told(tmp_path: Path, struck: str) -> None:
    page = f"<html><body>{HEAD}<p>实际支出{struck}62万元。</p></body></html>"
    submission = read(tmp_path, "r.html", page.encode())
    assert submission.department.members["total"].facts["spent"].quote == "62万元"
    assert "".join(each.quote for each in submission.unread if each.why == "struck") == "60"


def test_a_struck_cell_of_a_page_keeps_its_column(tmp_path: Path) -> None:
    table = """<table><tr><td>项目名称<td>年初预算（万元）<td>实际支出（万元）
    <tr><td>河道清淤<td style="text-decoration:line-through">60<td>20<tr><td>堤防巡查<td>30<td>10</table>"""
    page = f"<html><body><p>安泉县水利局2023年1-6月项目支出表</p>{table}</body></html>"
    submission = read(tmp_path, "r.html", page.encode())
    first, second = submission.department.table("projects").rows
    assert (first.facts["spent"].quote, "initial_budget" in first.facts) == ("20", False)
    assert (second.facts["spent"].quote, second.facts["initial_budget"].quote) == ("10", "30")


@pytest.mark.parametrize("shown", ["<!-- 实际支出60万元 -->", "<script>x='实际支出60万元'</script>"])
def test_comments_and_programs_of_a_page_say_nothing(tmp_path: Path, shown: str) -> None:
    submission = read(tmp_path, "r.html", f"<html><body>{HEAD}{shown}</body></html>".encode())
    assert "spent" not in submission.department.members["total"].facts
    assert not submission.unread


def test_merged_cells_of_a_page(tmp_path: Path) -> None:
    table = """<table><tr><td colspan=4>安泉县体育局项目支出表</td></tr><tr><td colspan=3>2022年1—6月</td><td>单位：万元</td></tr>
    <tr><th rowspan=2>序号</th><th rowspan=2>项目名称</th><th colspan=2>资金</th></tr><tr><td>年初预算</td><td>实际支出
    <tr><td>1<td>器材更新经费<td>30<td>12<tr style="display:none"><td>2<td>作废经费<td>9<td>9</tr>
    <tr><td>2</td><td>场馆维护经费</td><td style="visibility:hidden">20</td><td>8</td></tr></table>"""
    submission = read(tmp_path, "r.html", f"<html><body>{HEAD}{table}</body></html>".encode())
    rows = submission.department.table("projects").rows
    found = {row.name: {name: fact.quote for name, fact in row.facts.items() if name in ("initial_budget", "spent")} for row in rows}  # fmt: skip
    assert found == {"器材更新经费": {"initial_budget": "30", "spent": "12"}, "场馆维护经费": {"spent": "8"}}
