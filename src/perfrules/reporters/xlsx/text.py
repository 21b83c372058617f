"""Text as a cell of a workbook can hold it."""

from __future__ import annotations

import re

from perfrules.reporters.layout import columns

MAX_TEXT = 32_767
"""The most UTF-16 code units that a cell can hold."""
LONGEST_NUMBER = 15
"""Significant digits that a workbook keeps of a number: a double holds every decimal of that many."""
_FORBIDDEN = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def allowed(text: str) -> str:
    """The text without the characters that XML forbids: control characters, halves of pairs, U+FFFE and U+FFFF."""
    return _FORBIDDEN.sub("", text)


def fitting(text: str) -> str:
    """The text, cut where a cell could not hold all of it; the mark at its end says so."""
    if len(text) * 2 <= MAX_TEXT or len(text.encode("utf-16-le")) // 2 <= MAX_TEXT:
        return text
    room = MAX_TEXT - 1
    return text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore") + "…"


def escaped(text: str) -> str:
    """The text as XML; `_x0041_` stays as it stands, though workbooks write characters so, and line ends are line feeds."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = _ESCAPE.sub("_x005F_", plain)
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """The text as the value of an attribute."""
    return escaped(text).replace('"', "&quot;")


def lines(text: str, width: int) -> int:
    """How many lines a wrapped text takes in a column of that width, as far as that can be told without its font."""
    return sum(max(1, -(-columns(line) // max(1, width - 1))) for line in text.split("\n"))


def looks_like_formula(text: str) -> bool:
    """Whether somebody who types the text into a cell would get a formula."""
    return text.startswith(_RISKY)


def holds(digits: str) -> bool:
    """Whether a cell holds a number with exactly these digits."""
    significant = digits.lstrip("-").replace(".", "").lstrip("0")
    return len(significant) <= LONGEST_NUMBER
