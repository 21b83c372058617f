"""The numbers that Word makes for lists and headings, written out as they are shown."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "〇一二三四五六七八九"
COUNTED = (
    "chineseCounting",
    "chineseCountingThousand",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
)
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PLACE = re.compile(r"%(\d)")


class Numbering:
    """The lists of a document: how each level is shown, and how far each has come."""

    def __init__(self, root: Element | None) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.lists: dict[str, str] = {}
        self.counts: dict[str, dict[int, int]] = {}
        for each in root.iter(f"{W}abstractNum") if root is not None else ():
            id = each.get(f"{W}abstractNumId", "")
            self.levels[id] = {
                int(at): _level(level)
                for level in each.iter(f"{W}lvl")
                if len(at := level.get(f"{W}ilvl", "0")) < 3 and at.isdecimal()
            }
        for each in root.iter(f"{W}num") if root is not None else ():
            abstract = each.find(f"{W}abstractNumId")
            if abstract is not None:
                self.lists[each.get(f"{W}numId", "")] = abstract.get(f"{W}val", "")

    def of(self, paragraph: Element) -> str:
        """The number in front of a paragraph; empty where it has none, or a bullet."""
        found = paragraph.find(f"{W}pPr/{W}numPr")
        if found is None:
            return ""
        id, level = (_value(found.find(f"{W}{name}")) for name in ("numId", "ilvl"))
        abstract = self.lists.get(id, "")
        at = int(level) if level.isdecimal() and len(level) < 3 else 0
        shapes = self.levels.get(abstract, {})
        if at not in shapes:
            return ""
        counts = self.counts.setdefault(abstract, {})
        counts[at] = counts.get(at, shapes[at][2] - 1) + 1
        for deeper in [each for each in counts if each > at]:
            del counts[deeper]
        return _PLACE.sub(lambda place: _shown(shapes, counts, int(place[1]) - 1), shapes[at][1])


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _level(level: Element) -> tuple[str, str, int]:
    """The kind of number, the text around it, and where it begins."""
    kind = _value(level.find(f"{W}numFmt"))
    start = _value(level.find(f"{W}start"))
    text = "" if kind == "bullet" else _value(level.find(f"{W}lvlText"))
    return kind, text, int(start) if start.isdecimal() and len(start) < 9 else 1


def _shown(shapes: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int) -> str:
    kind, _, start = shapes.get(level, ("decimal", "", 1))
    number = counts.get(level, start)
    if kind in COUNTED:
        return chinese(number)
    if kind == "decimalEnclosedCircle" and 1 <= number <= len(CIRCLED):
        return CIRCLED[number - 1]
    return str(number)


def chinese(number: int) -> str:
    """A number up to ninety-nine as Chinese writes it: 十, 十一, 二十; in figures beyond."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")
