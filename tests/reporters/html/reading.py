"""A page read by a parser that is none of ours, and the laws that every page keeps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib

SVG = "{http://www.w3.org/2000/svg}"
LEFT_TO_ITSELF = re.compile(r"https?:|url\(|@import|\bfetch\b|XMLHttpRequest|\.src\b|import\(")


def parsed(page: str) -> Element:
    """The tree of a page; a page that is not valid raises."""
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert isinstance(root, Element)
    return root


def words(element: Element) -> str:
    """All the text below an element."""
    return "".join(element.itertext())


def named(root: Element, *names: str) -> Iterator[Element]:
    """The elements of these names, in order."""
    return (each for each in root.iter() if each.tag in names)


def by_class(root: Element, name: str) -> list[Element]:
    """The elements of a class."""
    return [each for each in root.iter() if name in each.get("class", "").split()]


def by_id(root: Element, id: str) -> Element:
    """The one element with that id."""
    (found,) = (each for each in root.iter() if each.get("id") == id)
    return found


def lawful(page: str) -> Element:
    """The tree of a page that keeps every law: valid, whole, in order, and with nothing outside."""
    root = parsed(page)
    ids = Counter(each.get("id") for each in root.iter() if each.get("id"))
    assert [id for id, count in ids.items() if count > 1] == []
    for each in root.iter():
        for name, value in each.attrib.items():
            assert name[:2] != "on", (each.tag, name)
            if name == "href":
                assert value[1:] in ids, value
                assert value[0] == "#"
            if name == "aria-labelledby":
                assert set(value.split()) <= set(ids), value
            assert name not in ("src", "srcset", "action", "style"), name
    _policy(root, page)
    _headings(root)
    for table in named(root, "table"):
        assert table.find("caption") is not None
        _even(table)
    for chart in named(root, "svg", f"{SVG}svg"):
        assert chart.get("role") == "img"
        assert {"title", "desc"} <= {each.tag.removeprefix(SVG) for each in chart}
    for label in named(root, "input", "select"):
        assert any(label in list(each) for each in named(root, "label"))
    assert [each.tag for each in root.iter() if each.tag in ("header", "main", "footer")] == [
        "header",
        "main",
        "footer",
    ]
    return root


def _policy(root: Element, page: str) -> None:
    (policy,) = (each for each in named(root, "meta") if each.get("http-equiv") == "Content-Security-Policy")
    assert policy.get("content", "").startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy.get("content", "")
    for part in (
        *re.findall(r"<style>.*?</style>", page, re.S),
        *re.findall(r"<script>.*?</script>", page, re.S),
    ):
        assert not LEFT_TO_ITSELF.search(part)


def _headings(root: Element) -> None:
    """One h1, and no level left out on the way down."""
    levels = [int(each.tag[1]) for each in named(root, "h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    for before, after in pairwise(levels):
        assert after <= before + 1, levels


def _even(table: Element) -> None:
    """Every row of a part of a table is as wide as the others, merged cells counted."""
    widths = set()
    for part in (*table.findall("thead"), *table.findall("tbody")):
        taken: Counter[int] = Counter()
        for at, row in enumerate(part.findall("tr")):
            width = taken[at]
            for cell in row:
                broad, high = int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))
                width += broad
                for below in range(1, high):
                    taken[at + below] += broad
            widths.add(width)
    assert len(widths) <= 1, widths
