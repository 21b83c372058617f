"""Workbooks with all that must survive: form controls, notes and discussions that are there, formulas, formats, macros."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree as ET

from openpyxl import Workbook
from openpyxl.comments import Comment
from tests.back.hard import OFFICE, canonical, packed, parts

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_CONTROL = (
    '<v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201" path="m,l,21600r21600,l21600,xe"/>'
    '<v:shape id="_x0000_s1029" type="#_x0000_t201" style="position:absolute;width:80pt;height:20pt;z-index:1">'
    '<v:textbox><div>已核对<br></div></v:textbox><x:ClientData ObjectType="Checkbox"><x:Anchor>5,0,1,0,7,0,2,0</x:Anchor></x:ClientData></v:shape>'
)


def book(*, with_notes: bool = True) -> bytes:
    """A workbook with a sheet of figures and a second sheet, hidden; controls, notes and a discussion are put in by hand."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "监控 & 表"
    sheet.append(["项目支出绩效目标执行监控表"])
    sheet.append(["项目", "预算", "支出", "执行率"])
    sheet.append(["宣传费", 56.29, 29.5342, "=C3/B3"])
    sheet.merge_cells("A1:D1")
    sheet["D3"].number_format = "0.00%"
    sheet.column_dimensions["B"].hidden = True
    sheet.conditional_formatting.add("C3:C9", _rule())
    sheet.print_options.horizontalCentered = True
    made.create_sheet("旧表").sheet_state = "hidden"
    if with_notes:
        sheet["C3"].comment = Comment("部门自己的批注", "部门")
    kept = BytesIO()
    made.save(kept)
    whole: dict[str, bytes | str] = {**parts(kept.getvalue())}
    if with_notes:
        _add(whole)
    whole["xl/vbaProject.bin"] = b"\xd0\xcf" + bytes(range(256))
    return packed(whole, stored=("xl/vbaProject.bin",))


def _rule() -> object:
    from openpyxl.formatting.rule import CellIsRule

    return CellIsRule(operator="greaterThan", formula=["20"])


def _add(whole: dict[str, bytes | str]) -> None:
    """A check box in the drawing of the notes, its references in the sheet, and a discussion on D3."""
    drawing = next(name for name in whole if name.endswith(".vml"))
    said = _text(whole[drawing])
    whole[drawing] = said.replace("</xml>", f"{_CONTROL}</xml>")
    sheet = _text(whole["xl/worksheets/sheet1.xml"])
    controls = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14">'
        f'<controls><control shapeId="1029" r:id="rId77" name="已核对" xmlns:r="{OFFICE}"/></controls></mc:Choice></mc:AlternateContent>'
    )
    whole["xl/worksheets/sheet1.xml"] = sheet.replace("</worksheet>", f"{controls}</worksheet>")
    whole["xl/ctrlProps/ctrlProp1.xml"] = '<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="CheckBox"/>'  # fmt: skip
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    links = (
        f'<Relationship Id="rId77" Type="{OFFICE}/ctrlProp" Target="../ctrlProps/ctrlProp1.xml"/>'
        f'<Relationship Id="rId78" Type="{_THREADS}" Target="../threadedComments/threadedComment1.xml"/>'
    )
    whole[rels] = _text(whole[rels]).replace("</Relationships>", f"{links}</Relationships>")
    whole["xl/threadedComments/threadedComment1.xml"] = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="D3" id="{1}" personId="{2}"><text>讨论</text></threadedComment></ThreadedComments>'
    )
    comments = next(
        name for name in whole if "comment" in name and name.endswith(".xml") and "threaded" not in name
    )
    note = '<comment ref="D3" authorId="0"><text><t>[Threaded comment] 讨论</t></text></comment>'
    whole[comments] = _text(whole[comments]).replace("</commentList>", f"{note}</commentList>")


def _text(content: bytes | str) -> str:
    return content if isinstance(content, str) else content.decode()


def comments(content: bytes) -> dict[str, str]:
    """The notes of a part by cell."""
    root = ET.fromstring(content)
    return {
        each.get("ref", ""): "".join(t.text or "" for t in each.iter(f"{S}t"))
        for each in root.iter(f"{S}comment")
    }


def plain_sheet(content: bytes) -> str:
    """The canonical XML of a sheet without its reference to the drawing of notes."""
    root = ET.fromstring(content)
    for each in root.findall(f"{S}legacyDrawing"):
        root.remove(each)
    return canonical(root)
