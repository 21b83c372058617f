"""Word documents: what stands in them, in order; what is deleted is not read; what is hostile is told and not opened."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from perfrules import readers
from perfrules.documents import word_document
from perfrules.documents.numbering import chinese
from perfrules.errors import ReadError

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def packed(**parts: str) -> bytes:
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return kept.getvalue()


def docx(body: str, **others: str) -> bytes:
    return packed(document=f"<w:document {NAMES}><w:body>{body}</w:body></w:document>", **others)


def p(inner: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{p(r(cell))}</w:tc>" for cell in cells) + "</w:tr>"


def lines(data: bytes) -> list[str]:
    return word_document("报告.docx", data).text.rstrip("\n").split("\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(r("年初预算") + r("56.29万元")), ["年初预算56.29万元"]),
        (p(r("支出") + f"<w:ins>{r('29万元')}</w:ins><w:del><w:r><w:delText>92万元</w:delText></w:r></w:del>"), ["支出29万元"]),
        (p(f"<w:moveFrom>{r('甲')}</w:moveFrom>{r('乙')}") + p(f"<w:moveTo>{r('甲')}</w:moveTo>"), ["乙", "甲"]),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('控件中的段落'))}</w:sdtContent></w:sdt>", ["控件中的段落"]),
        (p(f"<w:hyperlink>{r('链接')}</w:hyperlink><w:sdt><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt>"), ["链接控件"]),
        (p("<w:r><w:fldChar/><w:instrText>DATE</w:instrText></w:r>" + r("6月")), ["6月"]),
        (p(r("一") + "<w:r><w:tab/></w:r>" + r("二") + "<w:r><w:br/></w:r>" + r("三")), ["一\t二", "三"]),
        (f"<w:tbl><w:tblPr/>{row('科目', '预算')}{row('合计', '3万元')}</w:tbl>", ["科目|预算", "合计|3万元"]),
        (
            f"<w:tbl><w:tr><w:tc>{p(r('外'))}<w:tbl>{row('内甲', '内乙')}</w:tbl></w:tc><w:tc>{p(r('右'))}</w:tc></w:tr></w:tbl>",
            ["外|右", "内甲|内乙"],
        ),
        (f"<w:tbl><w:sdt><w:sdtContent>{row('甲', '乙')}</w:sdtContent></w:sdt></w:tbl>", ["甲|乙"]),
        (
            p(
                r("正文")
                + "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
                + p(r("框中"))
                + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
                + p(r("框中"))
                + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
            ),
            ["正文", "框中"],
        ),
    ],
)  # fmt: skip
def test_what_stands_in_it(body: str, expected: list[str]) -> None:
    assert lines(docx(body)) == expected


def test_numbers_that_word_makes_are_written_out() -> None:
    def level(at: int, kind: str, text: str) -> str:
        return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'

    shapes = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.") + level(2, "bullet", "•")
    numbers = (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="7">{shapes}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )

    def numbered(text: str, at: int) -> str:
        return p(r(text), f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="3"/></w:numPr>')

    body = "".join(
        numbered(*each) for each in (("概况", 0), ("甲", 1), ("乙", 1), ("支出", 0), ("丙", 1), ("点", 2))
    )
    assert lines(docx(body, numbering=numbers)) == ["一、概况", "1.甲", "2.乙", "二、支出", "1.丙", "点"]
    assert [chinese(each) for each in (1, 10, 11, 20, 35, 99, 100, 0)] == [
        *("一", "十", "十一", "二十", "三十五", "九十九", "100", "0"),
    ]


def test_notes_follow_at_the_end() -> None:
    notes = f'<w:footnotes {NAMES}><w:footnote w:id="1">{p(r("注: 不含结转"))}</w:footnote></w:footnotes>'
    assert lines(docx(p(r("正文")), footnotes=notes)) == ["正文", "注: 不含结转"]


def test_a_report_reads_as_its_text_does(tmp_path: Path) -> None:
    text = Path(__file__).parents[2] / "examples" / "yunling" / "wangxinban.txt"
    said = [line for line in text.read_text(encoding="utf-8").splitlines() if line.strip()]
    (tmp_path / "a.txt").write_text("\n".join(said), encoding="utf-8")
    (tmp_path / "a.docx").write_bytes(docx("".join(p(r(line)) for line in said)))
    one, other = (readers.read(tmp_path / name) for name in ("a.txt", "a.docx"))

    def quotes(submission: object) -> list[tuple[str, str, str]]:
        return [
            (path[-1].id, name, fact.quote)
            for path in submission.walk()  # type: ignore[attr-defined]
            for name, fact in path[-1].facts.items()
        ]

    assert quotes(one) == quotes(other)
    assert len(quotes(one)) > 60


def test_every_quote_stands_at_its_place(tmp_path: Path) -> None:
    body = p(r("青禾县档案局2023年1-6月绩效监控报告")) + p(r("年初预算 30 万元，截至6月末实际支出 9 万元。"))
    (tmp_path / "a.docx").write_bytes(docx(body))
    submission = readers.read(tmp_path / "a.docx")
    document = word_document("a.docx", docx(body))
    found = [
        fact
        for path in submission.walk()
        for fact in path[-1].facts.values()
        if fact.location and fact.location.span
    ]
    assert {"".join(fact.quote.split()) for fact in found} >= {"30万元", "9万元"}
    for fact in found:
        if fact.quote:
            assert document.text[slice(*fact.location.span)] == fact.quote  # type: ignore[union-attr,misc]


BOMB = packed(document=f"<w:document {NAMES}><w:body>{p(r('0' * 40_000_000))}</w:body></w:document>")
ENTITY = packed(
    document='<!DOCTYPE x [<!ENTITY a "b">]><w:document ' + NAMES + "><w:body>&a;</w:body></w:document>"
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 broken", "read.broken"),
        (docx(p(r("甲")))[:-30], "read.broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 encrypted", "read.encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage\0".encode("utf-16-le"), "read.encrypted"),
        (packed(other="<x/>"), "read.no_document"),
        (packed(document="<w:document"), "read.broken"),
        (ENTITY, "read.doctype"),
        (BOMB, "read.too_large"),
    ],
)
def test_what_is_no_sound_document_is_told(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        word_document("报告.docx", data)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert all(fault.hint for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("<w:ins>", "</w:ins>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:r><w:txbxContent><w:p>", "</w:p></w:txbxContent></w:r>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    ],
)
@pytest.mark.parametrize("times", [400, 20_000])
def test_what_is_nested_beyond_measure_is_told(begin: str, end: str, times: int) -> None:
    with pytest.raises(ReadError) as caught:
        word_document("报告.docx", docx(p(r("正文")) + begin * times + r("底") + end * times))
    assert [fault.code for fault in caught.value.faults] == ["read.too_deep"]


def test_tables_in_tables_are_read_thirty_deep() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 30 + p(r("底")) + "</w:tc></w:tr></w:tbl>" * 30
    assert "底" in lines(docx(p(r("正文")) + deep))


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>", '<w:strike w:val="true"/>'])
def test_what_is_struck_through_is_left_out_and_told(mark: str) -> None:
    struck = f"<w:r><w:rPr>{mark}</w:rPr><w:t>2</w:t></w:r><w:r><w:rPr>{mark}</w:rPr><w:t>40</w:t></w:r>"
    document = word_document("报告.docx", docx(p(r("实际支出") + struck + r("250万元。"))))
    assert document.text == "实际支出250万元。\n"
    assert [(each.why, each.words) for each in document.left_out] == [("struck", "240")]


def test_a_strike_that_is_taken_back_is_none() -> None:
    run = '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>240</w:t></w:r>'
    assert lines(docx(p(r("支出") + run + r("万元")))) == ["支出240万元"]


MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def test_a_number_in_an_equation_is_read_where_it_is_a_row_of_characters_and_else_told() -> None:
    row_of = f"<m:oMath {MATH}><m:r><m:t>2</m:t></m:r><m:r><m:t>50</m:t></m:r></m:oMath>"
    assert lines(docx(p(r("实际支出") + row_of + r("万元")))) == ["实际支出250万元"]
    half = f"<m:oMath {MATH}><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    document = word_document("报告.docx", docx(p(r("支出3") + half + r("5万元"))))
    assert document.text == "支出3\ufffc5万元\n"  # the figures beside it are never one
    assert [(each.why, each.words) for each in document.left_out] == [("equation", "1 2")]


def test_a_paragraph_that_was_cut_into_two_is_one_again() -> None:
    cut = "（一）影响部门整体绩效目标实现的主要项目有 3 个。主要原因是网络安全公司聘经费和信息化项"
    whole = "截至6月底，本单位共支出45万元，占年初预算的50%，其中项目支出20万元"
    document = word_document(
        "报告.docx",
        docx(p(r(cut)) + p(r("目初审经费需待年底支付。")) + p(r(whole)) + p(r("截至7月底，另有支出。"))),
    )
    assert [each.text[-6:] for each in document.paragraphs] == ["待年底支付。", "支出20万元", "，另有支出。"]


def _grid(*widths: int) -> str:
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"


def _spanning(*cells: tuple[str, int]) -> str:
    written = (
        f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{p(r(text))}</w:tc>' for text, span in cells
    )
    return f"<w:tr>{''.join(written)}</w:tr>"


def test_edges_that_do_not_meet_are_no_columns() -> None:
    """A table drawn by hand: below 年初预算 the edge is a hair further left."""
    rows = _spanning(("项目名称", 1), ("年初预算", 2), ("支出", 1)) + _spanning(
        ("道路养护", 1), ("30", 1), ("12", 2)
    )
    told = word_document("表.docx", docx(f"<w:tbl>{_grid(2000, 2000, 20, 2000)}{rows}</w:tbl>"))
    assert [[cell.text for cell in each] for each in told.tables[0].rows] == [
        ["项目名称", "年初预算", "支出"],
        ["道路养护", "30", "12"],
    ]
    assert lines(docx(f"<w:tbl>{rows}</w:tbl>")) == ["项目名称|年初预算||支出", "道路养护|30|12|"]


def test_a_cell_that_is_a_hair_wide_is_one() -> None:
    rows = _spanning(("甲", 1), ("乙", 1), ("丙", 1))
    assert lines(docx(f"<w:tbl>{_grid(2000, 20, 2000)}{rows}</w:tbl>")) == ["甲|乙|丙"]


def test_a_row_that_begins_later_keeps_its_columns() -> None:
    later = "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:p/></w:tc></w:tr>".replace(
        "<w:p/>", p(r("30"))
    )
    assert lines(docx(f"<w:tbl>{row('项目', '预算')}{later}</w:tbl>")) == ["项目|预算", "|30"]
