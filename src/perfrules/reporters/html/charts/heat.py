"""The county as a heat map: departments by families of rules, each cell with its number of findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from unicodedata import east_asian_width

from attrs import frozen

from perfrules.model.report import Report
from perfrules.reporters.html.charts.rates import data_table
from perfrules.reporters.html.charts.svg import box, drawing, words
from perfrules.reporters.html.lists import Told
from perfrules.reporters.html.markup import Markup, element, joined, name_markup
from perfrules.reporters.html.wording import FAMILIES, OTHERS, Say
from perfrules.reporters.rows.names import apart
from perfrules.reporters.rule_markdown import FAMILIES as IN_FULL

CELL, ROW, TOP = 31, 24, 26
NARROWEST, WIDEST = 20, 40
"""Columns of a name that is shown in full, at least and at most; a Chinese character takes two."""
LETTER = 7
"""The width of one of these columns."""
OPEN, OTHER = "open", "other"


@frozen
class Heat:
    """A department's findings by family of rules, with what was required and could not be decided."""

    told: Told
    counts: Mapping[str, int]


def heats(told: Sequence[Told]) -> list[Heat]:
    """The departments with their counts, in the order given."""
    return [Heat(each, _counts(each.report)) for each in told]


def _counts(report: Report) -> Mapping[str, int]:
    counted = Counter(family(each.rule) for each in report.findings)
    counted[OPEN] = len(report.open_required) + sum(each.open for each in report.unread)
    return counted


def family(rule: str) -> str:
    """The letters a rule's id begins with, where they are a family of the core."""
    letters = rule.rstrip("0123456789")
    return letters if letters in FAMILIES else OTHER


def heat_map(rows: Sequence[Heat], id: str, say: Say) -> Markup:
    """A drawing of these departments; darker is more, and the number says how many."""
    columns = _columns(rows)
    prefix = _shared([each.told.name for each in rows if "/" not in each.told.name])
    room = min(WIDEST, max(NARROWEST, *(_wide(each.told.name.removeprefix(prefix)) for each in rows)))
    left = 8 + LETTER * room
    width, height = left + CELL * len(columns) + 2, TOP + ROW * len(rows) + 2
    title = say("部门 × 规则类别的发现数", "Findings by department and family of rules")
    about = say(
        "格中数字是发现的项数; 虚线框中是未能判断的规则和未读入的材料、数字, 不算通过。",
        "Each cell has its number of findings; dashed ones count what could not be decided or read, which is no pass.",
    )
    heads = [
        words(left + CELL * at + Fraction(CELL, 2), TOP - 8, _head(each, say), "tick", "middle")
        for at, each in enumerate(columns)
    ]
    cells = [_row(each, at, columns, prefix, room) for at, each in enumerate(rows)]
    return drawing(id, width, height, title, about, heads, cells)


def heat_key(rows: Sequence[Heat], say: Say) -> str:
    """What the heads of the columns stand for, in full and with the letters that the ids of their rules begin with."""
    parts = []
    for each in _columns(rows):
        code = f" ({each})" if each in FAMILIES and _head(each, say) != each else ""
        parts.append(f"{_head(each, say)} = {_full(each, say)}{code}")
    return say("列: ", "Columns: ") + say("; ", "; ").join(parts)


def _columns(rows: Sequence[Heat]) -> list[str]:
    """What was open first, then the families that have findings."""
    met = {name for each in rows for name, count in each.counts.items() if count}
    return [OPEN, *(each for each in (*FAMILIES, OTHER) if each in met)]


def _head(column: str, say: Say) -> str:
    if column == OPEN:
        return say("未判", "open")
    return say.of(FAMILIES.get(column, OTHERS))


def _shared(names: Sequence[str]) -> str:
    """The county's name, where every department's begins with it."""
    low, high = (min(names), max(names)) if len(names) > 1 else ("", "")
    alike = [a == b for a, b in zip(low, high, strict=False)]  # what these two share, all between them share
    found = low[: (*alike, False).index(False)]
    cut = max((found.rfind(mark) for mark in "省市县区州旗镇乡"), default=-1)
    return found[: cut + 1]


def _row(heat: Heat, at: int, columns: Sequence[str], prefix: str, room: int) -> Markup:
    top = TOP + ROW * at
    name = heat.told.name.removeprefix(prefix)
    left = 8 + LETTER * room
    label = words(left - 6, top + 17, _short(name, room), "name", "end")
    cells = [
        _cell(heat.counts.get(each, 0), each, left + CELL * column, top)
        for column, each in enumerate(columns)
    ]
    return element("g", label, cells)


def _cell(count: int, column: str, x: int, y: int) -> Markup:
    shade = f"open{min(count, 1)}" if column == OPEN else f"heat{_shade(count)}"
    number = words(x + Fraction(CELL, 2), y + 16, str(count), f"on{shade}", "middle") if count else None
    return joined(box(x + 1, y + 1, CELL - 2, ROW - 2, shade), number)


def _shade(count: int) -> int:
    """0, 1, 2, 3 to 4, 5 to 8, more."""
    return next((shade for shade, most in enumerate((0, 1, 2, 4, 8)) if count <= most), 5)


def _short(name: str, room: int) -> str:
    """A name that fits its column, with dots where it was cut: before its last word, the end of a period."""
    if _wide(name) <= room:
        return name
    kept, end = apart(name)
    if _wide(end) > room - 4:
        kept, end = name, ""
    while _wide(kept) + _wide(end) + 1 > room:
        kept = kept[:-1]
    return f"{kept}…{end}"


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WFA" else 1 for each in text)


def heat_numbers(rows: Sequence[Heat], say: Say) -> Markup:
    """The same numbers as a table, with every department's full name as a link to its section."""
    columns = _columns(rows)
    title = say("部门 × 规则类别的发现数", "Findings by department and family of rules")
    heads = [say("部门", "Department"), *(_full(each, say) for each in columns)]
    lines = [
        element("tr", _linked(each), (element("td", each.counts.get(column, 0)) for column in columns))
        for each in rows
    ]
    return data_table(title, heads, lines, say)


def _linked(heat: Heat) -> Markup:
    return element("th", element("a", name_markup(heat.told.name), href=f"#{heat.told.id}"), scope="row")


def _full(column: str, say: Say) -> str:
    if column == OPEN:
        return say("应判断而未判断或未读入", "Required and undetermined, or unread")
    return say.of(IN_FULL.get(column, OTHERS))
