"""Pieces of HTML: every text and every attribute is escaped as it is put in, so that no report can write markup of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

_PLANES = "".join(f"{chr(0x10000 * plane + 0xFFFE)}{chr(0x10000 * plane + 0xFFFF)}" for plane in range(17))
_NOT_SHOWN = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef{_PLANES}]"
)
"""What a page may not hold: controls, halves of characters, and marks that turn the direction of what stands around them."""
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_VOID = ("meta", "input", "br")
_BLOCKS = frozenset(
    [
        "html",
        "head",
        "body",
        "meta",
        "title",
        "style",
        "script",
        "header",
        "nav",
        "main",
        "footer",
        "section",
        "article",
        "aside",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "details",
        "summary",
        "form",
        "fieldset",
        "figure",
        "figcaption",
        "svg",
        "g",
        "text",
    ]
)


@frozen
class Markup:
    """HTML that may stand in a page as it is."""

    text: str


Child = Markup | str | int | None | Iterable["Child"]
"""What an element may hold; texts are escaped, None is nothing."""


def cleaned(text: str) -> str:
    """The text as a page can hold it: line ends alike, and � for what it cannot.

    >>> cleaned("a\\x00\\r\\nb")
    'a�\\nb'
    """
    return _NOT_SHOWN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(text: str) -> str:
    """The text as it stands in HTML, between tags and in attributes alike."""
    return re.sub("[&<>\"']", lambda found: _ESCAPES[found.group()], cleaned(text))


def joined(*children: Child) -> Markup:
    """Several pieces one after another."""
    return Markup("".join(_written(each) for each in children))


def name_markup(name: str) -> Child:
    """A name, its end kept on one line where that is a day: 2022-06-30."""
    front, blank, last = name.rpartition(" ")
    return (
        joined(f"{front} ", element("span", last, class_="whole")) if blank and _DAY.fullmatch(last) else name
    )


def element(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Markup:
    """An element; `class_` and `for_` are the attributes of those names, and `aria_label` is `aria-label`.

    An attribute that is False or None is left out; True stands without a value.
    """
    said = "".join(_attribute(key, value) for key, value in attributes.items())
    end = "\n" if name in _BLOCKS else ""
    if name in _VOID:
        return Markup(f"<{name}{said}>{end}")
    return Markup(f"<{name}{said}>{joined(*children).text}</{name}>{end}")


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escaped(str(value))}"'


def _written(child: Child) -> str:
    match child:
        case None:
            return ""
        case Markup(text):
            return text
        case str() | int():
            return escaped(str(child))
        case _:
            return "".join(_written(each) for each in child)
