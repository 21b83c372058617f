"""Documents with all that must survive: text boxes, controls, links, notes, tracked changes, macros, comments that are there already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
FORM = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable="w14"'
)


def packed(parts: Mapping[str, bytes | str], stored: tuple[str, ...] = ()) -> bytes:
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        for name, text in parts.items():
            kind = ZIP_STORED if name in stored else ZIP_DEFLATED
            archive.writestr(ZipInfo(name, (2024, 5, 6, 7, 8, 10)), text, kind)
    return kept.getvalue()


def r(text: str, look: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inner: str) -> str:
    return f"<w:p>{''.join(inner)}</w:p>"


def box(text: str) -> str:
    """A text box as Word writes it: for new programs and once more for old ones."""
    inside = f"<w:txbxContent>{p(r(text))}</w:txbxContent>"
    size = '<wp:extent cx="1800000" cy="360000"/><wp:docPr id="7" name="框"/>'
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="360000"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp>'
    )
    data = f'<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">{shape}</a:graphicData>'
    new = f"<w:drawing><wp:inline>{size}<a:graphic>{data}</a:graphic></wp:inline></w:drawing>"
    old = (
        f'<w:pict><v:shape style="width:140pt;height:28pt"><v:textbox>{inside}</v:textbox></v:shape></w:pict>'
    )
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'


def control(text: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{r(text)}</w:sdtContent></w:sdt>"


BOUND = '<w:dataBinding w:xpath="/a" w:storeItemID="{0}"/><w:text/>'
CHECKED = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
BODY = "".join(
    [
        p(r("安泉县网信办2022年1-6月绩效监控报告")),
        p(r("年初预算"), r("56.2", "<w:b/>"), r("9万元&amp;追加 7.5 万元，", "<w:b/>"), r("实际支出29.5342万元。")),
        p(f'<w:ins w:id="1" w:author="甲">{r("插入的支出3.5万元。")}</w:ins>', '<w:del w:id="2" w:author="甲"><w:r><w:delText>删去的9万元</w:delText></w:r></w:del>', r("其后。")),
        p(r("链接："), f'<w:hyperlink w:anchor="a">{r("结转1.25万元在此")}</w:hyperlink>', r("。")),
        p(r("控件："), control("拨付42.2787万元"), control("绑定6.41万元", BOUND), control("☑", CHECKED)),
        p(r("框前。"), box("框里的13.91万元"), r("框后。")),
        p(r("脚注处"), '<w:r><w:footnoteReference w:id="2"/></w:r>', r("，尾注处"), '<w:r><w:endnoteReference w:id="2"/></w:r>', r("。")),
        p(r("制表\t"), "<w:r><w:t>前</w:t><w:tab/><w:t>后2.7505万元</w:t><w:br/><w:t>换行后19.77%。</w:t></w:r>"),
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>SUM(ABOVE)</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
          r("域值63.79万元"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>', f'<w:fldSimple w:instr="PAGE">{r("页1")}</w:fldSimple>'),
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="2500"/><w:gridCol w:w="2500"/></w:tblGrid>'
        f"<w:tr><w:tc><w:tcPr/>{p(r('项目'))}</w:tc><w:tc><w:tcPr/>{p(r('支出(万元)'))}</w:tc></w:tr>"
        f"<w:tr><w:tc><w:tcPr/>{p(r('宣传|费'))}</w:tc><w:tc><w:tcPr/>{p(r('8'), r('.88'))}</w:tc></w:tr></w:tbl>",
        p(r("已有批注的"), '<w:commentRangeStart w:id="4"/>', r("94.41%"), '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>', r("比例。")),
        p("<w:r><w:t><![CDATA[原样<5.5>万元]]></w:t></w:r>"),
    ]
)  # fmt: skip


def word(body: str = BODY, *, is_macro: bool = True) -> bytes:
    """The hard document."""
    edges = '<w:headerReference w:type="default" r:id="rId4"/>'
    main = "application/vnd.ms-word.document.macroEnabled.main" if is_macro else f"{FORM}.document.main"
    named = {"comments": "comments", "footnotes": "footnotes", "endnotes": "endnotes", "header1": "header"}
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
        for at, (name, kind) in enumerate(named.items(), 1)
    )
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{FORM}.{kind}+xml"/>' for name, kind in named.items())  # fmt: skip
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    return packed(
        {
            "[Content_Types].xml": f'{head}<Types xmlns="{TYPES}"><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main}+xml"/>{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{LINKS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"{head}<w:document {NAMES}><w:body>{body}<w:sectPr>{edges}</w:sectPr></w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{LINKS}">{links}</Relationships>',
            "word/comments.xml": f'<w:comments {NAMES}><w:comment w:id="4" w:author="乙" w:date="2022-07-01T08:00:00Z">{p(r("部门自己的批注"))}</w:comment></w:comments>',
            "word/footnotes.xml": f'<w:footnotes {NAMES}><w:footnote w:id="2">{p(r("脚注里的1.5万元"))}</w:footnote></w:footnotes>',
            "word/endnotes.xml": f'<w:endnotes {NAMES}><w:endnote w:id="2">{p(r("尾注里的2.5万元"))}</w:endnote></w:endnotes>',
            "word/header1.xml": f"<w:hdr {NAMES}>{p(r('页眉里的3.3万元'))}</w:hdr>",
            "word/vbaProject.bin": b"\xd0\xcf" + bytes(range(256)),
            "word/media/image1.png": bytes(range(256)) * 3,
        },
        stored=("word/media/image1.png",),
    )


def members(data: bytes) -> dict[str, bytes]:
    """Each member's bytes as they are stored, with those of its head."""
    with ZipFile(BytesIO(data)) as archive:
        told, end = archive.infolist(), archive.start_dir
    starts = sorted(each.header_offset for each in told)
    ends = dict(zip(starts, [*starts[1:], end], strict=True))
    return {each.filename: data[each.header_offset : ends[each.header_offset]] for each in told}


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def without_comments(content: bytes, new: set[str]) -> str:
    """The canonical XML of a body without the marks of these comments; runs alike that stand side by side are one."""
    root = ET.fromstring(content)
    for parent in [*root.iter()]:
        for child in [*parent]:
            id = child.get(f"{W}id")
            references = {each.get(f"{W}id") for each in child if each.tag == f"{W}commentReference"}
            is_mark = child.tag in (f"{W}commentRangeStart", f"{W}commentRangeEnd") and id in new
            if is_mark or (child.tag == f"{W}r" and references and references <= new):
                parent.remove(child)
    for parent in [*root.iter()]:
        _join(parent)
    for text in root.iter(f"{W}t"):
        text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    return canonical(root)


def canonical(element: ET.Element) -> str:
    return ET.canonicalize(ET.tostring(element, encoding="unicode"))


def _join(parent: ET.Element) -> None:
    before: ET.Element | None = None
    for child in [*parent]:
        if before is not None and child.tag == before.tag == f"{W}r" and _look(child) == _look(before):
            before.extend(each for each in child if each.tag != f"{W}rPr")
            parent.remove(child)
        else:
            before = child
    before = None
    for child in [*parent]:
        if before is not None and child.tag == before.tag == f"{W}t":
            before.text = (before.text or "") + (child.text or "")
            parent.remove(child)
        else:
            before = child


def _look(run: ET.Element) -> str:
    found = run.find(f"{W}rPr")
    said = "" if found is None else canonical(found)
    return f"{sorted(run.attrib.items())}{said}"


def commented_words(content: bytes) -> Iterator[tuple[str, str]]:
    """The words between the marks of each comment of a body, and the id."""
    open_: dict[str, list[str]] = {}
    for each in ET.fromstring(content).iter():
        id = each.get(f"{W}id", "")
        if each.tag == f"{W}commentRangeStart":
            open_[id] = []
        elif each.tag == f"{W}commentRangeEnd":
            yield id, "".join(open_.pop(id))
        elif each.tag == f"{W}t":
            for words in open_.values():
                words.append(each.text or "")
        elif each.tag == f"{W}tab":
            for words in open_.values():
                words.append("\t")
    assert not open_
