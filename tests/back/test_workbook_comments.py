"""Comments in workbooks: at their cells, nothing else changed, and the file reads as before."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook
from tests.back import hard, hard_book
from tests.back.test_word_comments import AUTHOR, facts, is_placed, read

from perfrules.documents.comments import Author, Note, commented
from perfrules.documents.comments.workbook import commented_workbook
from perfrules.errors import ReadError
from perfrules.location import Location

FILES = sorted((Path(__file__).parents[1] / "files").glob("x*.xlsx"))
TITLE = "监控 & 表"
EDITED = ("xl/comments", "xl/drawings/", "xl/worksheets/sheet", "xl/worksheets/_rels/", "[Content_Types].xml")


def note(cell: str, *lines: str, sheet: str = TITLE) -> Note:
    return Note(lines or (f"请核对{cell}",), Location("表.xlsx", f"{sheet}!{cell}"), "")


def assert_only_comments(before: bytes, after: bytes) -> None:
    """Every other part has the same bytes; sheets are what they were but for the reference to the drawing."""
    old, new = hard.members(before), hard.members(after)
    changed = {name for name in new if old.get(name) != new[name]}
    assert all(name.startswith(EDITED) for name in changed)
    was, now = hard.parts(before), hard.parts(after)
    for name in changed & was.keys():
        if name.startswith("xl/worksheets/sheet"):
            assert hard_book.plain_sheet(now[name]) == hard_book.plain_sheet(was[name])
        elif name.endswith(".vml"):
            start = was[name].rindex(b"</xml>")
            assert now[name].startswith(was[name][:start])
        elif "comments" in name:
            old_notes, new_notes = hard_book.comments(was[name]), hard_book.comments(now[name])
            assert all(new_notes[cell].startswith(said) for cell, said in old_notes.items())
        else:
            kept = [hard.canonical(each) for each in ET.fromstring(was[name])]
            assert set(kept) <= {hard.canonical(each) for each in ET.fromstring(now[name])}


def shown(data: bytes) -> list[tuple[str, str, object, str, str | None]]:
    """What openpyxl sees in every cell."""
    book = load_workbook(BytesIO(data))
    return [
        (sheet.title, cell.coordinate, cell.value, cell.number_format, cell.fill.fgColor.rgb)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_fact_of_a_labelled_workbook_can_be_commented(path: Path) -> None:
    """At its own cell, and reading the commented file gives the same facts, claims and places."""
    data = path.read_bytes()
    before = read(path.name, data)
    notes = [
        Note((f"请核对{each.quote}",), each.location, each.quote) for each in facts(before) if is_placed(each)
    ]
    after = commented(path.name, data, "xlsx", notes, AUTHOR)
    assert after is not None
    assert_only_comments(data, after)
    assert read(path.name, after) == before
    assert shown(after) == shown(data)
    book = load_workbook(BytesIO(after))
    for each in notes:
        assert each.where is not None
        title, _, cell = each.where.address.rpartition("!")
        found = book[title][cell].comment
        assert found is not None
        assert each.lines[0] in found.text
        assert found.author == AUTHOR.name


def test_notes_controls_and_discussions_stay() -> None:
    data = hard_book.book()
    after = commented_workbook("表.xlsm", data, [note("A3"), note("C3"), note("D3"), note("E3")], AUTHOR)
    assert_only_comments(data, after)
    made = hard.parts(after)
    name = next(
        each for each in made if "comment" in each and each.endswith("1.xml") and "threaded" not in each
    )
    assert hard_book.comments(made[name]) == {
        "C3": "部门自己的批注\n\n请核对C3",
        "D3": "[Threaded comment] 讨论",
        "A3": "请核对A3",
        "F3": "针对 D3:\n请核对D3",
        "E3": "请核对E3",
    }
    drawing = next(made[each] for each in made if each.endswith(".vml")).decode()
    assert "已核对<br></div>" in drawing
    assert drawing.count('ObjectType="Note"') == 4
    ids = re.findall(r'<\w+:shape [^>]*?\bid="([^"]+)"', drawing)
    assert len(ids) == 5
    assert len(ids) == len(set(ids))
    assert made["xl/vbaProject.bin"] == hard.parts(data)["xl/vbaProject.bin"]


def test_a_sheet_without_notes_gets_them_where_they_belong() -> None:
    data = hard_book.book(with_notes=False)
    after = commented_workbook("表.xlsx", data, [note("C3", "一"), note("C3", "二"), Note(("整份",))], AUTHOR)
    assert_only_comments(data, after)
    made = hard.parts(after)
    assert hard_book.comments(made["xl/comments1.xml"]) == {"C3": "一\n\n二", "A1": "整份"}
    sheet = ET.fromstring(made["xl/worksheets/sheet1.xml"])
    assert [*sheet][-1].tag == f"{hard_book.S}legacyDrawing"
    types = made["[Content_Types].xml"].decode()
    assert 'Extension="vml"' in types
    assert "/xl/comments1.xml" in types
    assert shown(after) == shown(data)


@pytest.mark.parametrize(
    "following", ["legacyDrawingHF", "picture", "oleObjects", "controls", "tableParts", "extLst"]
)
def test_the_reference_comes_before_what_must_follow_it(following: str) -> None:
    whole: dict[str, bytes | str] = {**hard.parts(hard_book.book(with_notes=False))}
    sheet = whole["xl/worksheets/sheet1.xml"]
    assert isinstance(sheet, bytes)
    whole["xl/worksheets/sheet1.xml"] = sheet.decode().replace("</worksheet>", f"<{following}/></worksheet>")
    after = commented_workbook("表.xlsx", hard.packed(whole), [note("C3")], AUTHOR)
    order = [
        each.tag.rpartition("}")[2] for each in ET.fromstring(hard.parts(after)["xl/worksheets/sheet1.xml"])
    ]
    assert order[-2:] == ["legacyDrawing", following]


def test_a_comment_of_plain_text_goes_on_as_runs() -> None:
    whole: dict[str, bytes | str] = {**hard.parts(hard_book.book())}
    name = next(
        each for each in whole if "comment" in each and each.endswith("1.xml") and "threaded" not in each
    )
    whole[name] = (
        f'<x:comments xmlns:x="{hard_book.S[1:-1]}"><x:authors/><x:commentList><x:comment ref="A3" authorId="0">'
        "<x:text><x:t>旧</x:t></x:text></x:comment></x:commentList></x:comments>"
    )
    after = commented_workbook("表.xlsx", hard.packed(whole), [note("A3", "新"), note("B3", "另")], AUTHOR)
    made = hard.parts(after)[name]
    assert hard_book.comments(made) == {"A3": "旧\n\n新", "B3": "另"}
    text = next(ET.fromstring(made).iter(f"{hard_book.S}text"))
    assert [each.tag for each in text] == [f"{hard_book.S}r", f"{hard_book.S}r"]


def test_long_texts_and_last_cells() -> None:
    data = hard_book.book(with_notes=False)
    after = commented_workbook("表.xlsx", data, [note("XFD1048576", "长" * 40_000), note("A1", "头")], AUTHOR)
    said = hard_book.comments(hard.parts(after)["xl/comments1.xml"])
    assert len(said["XFD1048576"]) == 32_000
    assert load_workbook(BytesIO(after))[TITLE]["XFD1048576"].comment is not None


@pytest.mark.parametrize(
    "address", ["没有这张表!C3", "C3", f"{TITLE}!C0x", f"{TITLE}!c3", "/projects/0/name", ""]
)
def test_what_has_no_cell_is_at_the_first_that_is_seen(address: str) -> None:
    after = commented_workbook("表.xlsx", hard_book.book(with_notes=False), [Note(("看",), Location("表.xlsx", address))], AUTHOR)  # fmt: skip
    assert hard_book.comments(hard.parts(after)["xl/comments1.xml"]) == {"A1": "看"}


def test_the_same_input_gives_the_same_bytes_and_text_is_no_markup() -> None:
    data = hard_book.book()
    notes = [note("A3", "<b>&\x07", "=1+1")]
    after = commented_workbook("表.xlsx", data, notes, Author('核"<对'))
    assert after == commented_workbook("表.xlsx", data, notes, Author('核"<对'))
    assert "<b>&\n=1+1" in "".join(hard_book.comments(hard.parts(after)[_name(after)]).values())


def _name(data: bytes) -> str:
    return next(each for each in hard.parts(data) if "comment" in each and each.endswith("1.xml") and "threaded" not in each)  # fmt: skip


@pytest.mark.parametrize("content", ["", "<xml", "<!DOCTYPE a><comments/>"])
def test_parts_that_are_not_sound_are_told(content: str) -> None:
    data = hard_book.book()
    broken = hard.packed({**hard.parts(data), _name(data): content})
    with pytest.raises(ReadError) as told:
        commented_workbook("表.xlsx", broken, [note("A3")], AUTHOR)
    assert "表.xlsx" in told.value.said("zh")


def test_a_drawing_that_is_none_is_told() -> None:
    whole: dict[str, bytes | str] = {**hard.parts(hard_book.book())}
    whole[next(each for each in whole if each.endswith(".vml"))] = "nothing"
    with pytest.raises(ReadError):
        commented_workbook("表.xlsx", hard.packed(whole), [note("A3")], AUTHOR)
