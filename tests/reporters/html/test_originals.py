"""The documents on the page: texts whole whatever is marked, large sheets, figures within cells, pages."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reporters.html import reading
from tests.reporters.html.made import (
    marked,
    page_of,
)

from perfrules.documents.flow import line_starts, paragraphs
from perfrules.documents.sheet import Cell, Sheet, letters
from perfrules.documents.text_document import TextDocument
from perfrules.location import Location
from perfrules.reporters.html.marks import Mark, anchors_of
from perfrules.reporters.html.markup import element
from perfrules.reporters.html.originals.grids import sheet_markup
from perfrules.reporters.html.originals.ink import Ink
from perfrules.reporters.html.originals.texts import text_markup
from perfrules.reporters.html.wording import Say


def sheet_of(rows: int, columns: int) -> Sheet:
    cells = (
        tuple(Cell(f"{row}.{at}", Location("a.xlsx", f"表!{letters(at)}{row + 1}")) for at in range(columns))
        for row in range(rows)
    )
    return Sheet("表", tuple(cells))


def drawn_of(sheet: Sheet, *marks: Mark) -> Element:
    drawn = sheet_markup(sheet, Ink(marks, anchors_of(marks, "")), Say("zh"))
    assert drawn is not None
    return reading.parsed(
        f"<!DOCTYPE html><html><head><title>a</title></head><body>{drawn.text}</body></html>"
    )


def test_of_a_large_sheet_the_first_rows_and_those_around_marks_are_shown() -> None:
    mark = Mark(Location("a.xlsx", "表!B901"), "900.1", "error", "f1", "1", "发现1")
    found = drawn_of(sheet_of(1000, 10), mark)
    names = [reading.words(row[0]).strip() for row in reading.named(found, "tr")]
    assert names == ["", "1", "2", "3", "4", "5", "6", "…", "899", "900", "901", "902", "903"]
    assert marked(found) == {"p1": "900.1"}


def test_a_figure_within_a_cell_is_marked_and_not_the_words_around_it() -> None:
    cell = Cell("预算30万元，支出9万元", Location("a.xlsx", "表!A1"))
    mark = Mark(cell.location, "30万元", "unread", "u1", "?", "未读入")
    found = drawn_of(Sheet("表", ((cell,),)), mark)
    assert marked(found) == {"p1": "30万元"}
    assert reading.words(next(reading.named(found, "td", "th"))).strip() == ""


def test_pages_of_a_pdf_are_numbered_and_its_lines_counted_on_each() -> None:
    root = reading.lawful(page_of("tests/files/p11-zhujian.pdf"))
    assert [reading.words(each) for each in reading.by_class(root, "page")] == ["第1页"]
    (first, *_) = (each for each in reading.named(root, "li") if each.get("value"))
    assert first.get("value") == "1"


@settings(max_examples=25)
@given(st.data())
def test_whatever_is_marked_the_text_is_whole_and_just_that_is_marked(data: st.DataObject) -> None:

    text = data.draw(st.text("甲乙1.万元<&|， \n", min_size=1, max_size=60))
    edges = st.integers(0, len(text))
    spans = data.draw(
        st.lists(st.tuples(edges, edges).map(sorted).filter(lambda each: each[0] < each[1]), max_size=6)
    )
    marks = tuple(
        Mark(Location("a", "", (start, end)), text[start:end], "error", f"f{at}", str(at), "l")
        for at, (start, end) in enumerate(spans)
    )
    document = TextDocument("a", "", text, paragraphs(text), line_starts(text))
    ink = Ink(marks, anchors_of(marks, ""))
    drawn = element("div", text_markup(document, ink, Say("zh"))).text
    drawn = re.sub("<sup>.*?</sup>", "", drawn)
    body = reading.parsed(f"<!DOCTYPE html><html><head><title>a</title></head><body>{drawn}</body></html>")
    lines = [reading.words(each) for each in reading.named(body, "li")]
    assert lines == [each for each in re.split("\n", text) if each.strip()]
    inside = "".join(text[at] for at in range(len(text)) if any(start <= at < end for start, end in spans))
    kept = "".join(each for line in re.finditer("[^\n]+", text) if line.group().strip() for at, each in enumerate(line.group(), line.start()) if any(start <= at < end for start, end in spans))  # fmt: skip
    assert "".join(reading.words(each) for each in reading.named(body, "mark")) == kept
    assert set(kept) <= set(inside)
