"""Text becomes paragraphs: soft line breaks are closed up, blanks dropped, and every character keeps its position.

Reports come hard-wrapped, cut by page ends, and pasted: `7⏎4.40 万元` is one number. A line goes on in the next where
it does not end a sentence and the next does not open a heading or a list; headings and table rows never go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from attrs import evolve, field, frozen

from perfrules.documents.apart import LABELLED, across, cells_apart, entries_apart, is_table_of
from perfrules.documents.folding import fold, separators

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_ENDS = re.compile(r"[。；：！？…](?:[”’」』）\"']*)$")
_OPENS = re.compile(
    r"第?[一二三四五六七八九十]{1,3}(?:[、.章节]|部分)|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}(?:、|[.）](?!\d|$))|[①-⑳]|[一二三四五六七八九十]是"
    r"|附件|附表|[（]?单位："
)
_HEADING = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:[、.章节]|部分)|（[一二三四五六七八九十]{1,3}）|\d{1,2}(?:、|[.）](?!\d)))[^，。；：！？]{1,40}$"
)
_ITEM_ALONE = re.compile(
    r"(?:（\d{1,3}）|[①-⑳])[^，。；：！？\d]{2,24}(?<!预算)(?<!支出)(?<!到位)(?<!资金)(?<!追加)$"
)
_TELLS_OF_IT = re.compile(
    r"(?:[该本此]|年初|上年|全年|本年|当年|年度|今年|20\d\d年|截[至止]|\d{1,2}月|(?:县|市|区|财政|项目|专项)*(?:资金|经费|预算|指标|安排|到位|支出|追加))"
)
"""How a line opens that tells of what stands alone above it: （1）应急物资储备⏎年初预算120万元."""
_LONGER = 10
"""By so many characters the next line is longer than one that was not cut from it."""
_TITLE_ENDS = re.compile("(?:报告|汇报|总结|情况|说明|材料)(?:（[^）]{0,80}）)?$")
_NO_TITLE = re.compile("[。；：，]|号$|文件$|^附件|单位$|^（|年度?$|局$|委员会$|政府$|中心$")
"""Lines above a title that are none of it: letterheads, document numbers, the unit's name."""
_WHOLE_LINE = re.compile(
    r"[。；：]$|单位：|号$|文件$|^附件|单位$|^（[^）]*）$|\d年度?$|[月日章组股科室]$|局$|委员会$|政府$|中心$|目录$"
)
"""Lines between a title and the text that are cut from nothing: dates, units, names."""
_LEADS_ON = ("其中：", "分别为：", "分别是：")
"""Ends of lines that are no ends of sentences though a colon stands there."""
_LISTED = re.compile("[^，。；：\\d]{2,30}：")
"""An item of a list that names what it is of: 其中：⏎校舍维修改造：到位240万元."""
_ENTRY = re.compile(r"(?:^|；)[^，。；：\d]{2,14}(?:：-?|-)[\d,.]*\d$")
_NEXT_ENTRY = re.compile(r"(?:\d{1,2}[-—–~至]\d{1,2}月|20\d\d年)?[^，。；：\d]{2,14}：?\d")
"""A label and its number, as they stand one below the other where a unit is stated above: 年初预算：1,526,400.00."""
_BRACKETED = re.compile("【[^】]{2,40}】")
_HEADS_A_SHEET = re.compile(f"项目名称：|{_BRACKETED.pattern}$")
"""How the sheet of one project opens."""
_STOPS = re.compile("[，。；、：]")
_BODY = re.compile(
    r"[。；]|，.*，|：$|\d(?:\.\d+)?[亿万]?元|^[^，。]{20,}，|[我本](?:单位|部门|中心|街道|[局委办馆校院站所镇乡])"
)
_BLANK = " \t\u3000\xa0\x0b\x0c\u200b"
_NUMERALS = re.compile(
    r"二[〇○零ΟOoО0][一二三四五六七八九〇○零ΟOoО0]{2}(?=年)|(?<![一二三四五六七八九十\d])[一二三四五六七八九](?=[—–~至到-]{1,2}[一二三四五六七八九]月)"
    r"|(?<=[—–~至到-])[一二三四五六七八九](?=月)"
)
_FIGURES = str.maketrans("〇○零ΟOoО一二三四五六七八九", "0000000123456789")
_SEAL_INDENT = 8
"""From this many blanks on, a line belongs to the seal under a report."""
_CUT = 25
"""Characters that a line has at least which was cut from a paragraph."""
_DATE = re.compile(r"20\d\d\s*年")


@frozen
class Paragraph:
    """A paragraph of folded text without blanks; `offsets` are the positions of its characters in the document.

    `line` is the number of the source line it opens on, counted from 1. `is_row` tells a row of a pasted table,
    which keeps its blanks and separators.
    """

    text: str
    offsets: tuple[int, ...] = field(repr=False)
    line: int
    is_row: bool = False

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the document the characters from start up to end stand."""
        return self.offsets[start], self.offsets[end - 1] + 1


@frozen
class _Line:
    """One source line: folded text without its outer blanks, the same as it was, where that starts, and what surrounds it.

    `left` is how many columns of a screen stand before it.
    """

    number: int
    start: int
    text: str
    raw: str
    indent: int
    blank_before: int
    is_row: bool
    """Whether it is a row of a pasted table."""
    left: int = 0

    @property
    def is_heading(self) -> bool:
        return bool(_HEADING.match(self.text))


def line_starts(text: str) -> tuple[int, ...]:
    """Where each line of the text starts."""
    starts = [found.start() for found in _LINE.finditer(text)]
    return tuple(dict.fromkeys(starts))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text in order; empty lines leave none."""
    groups: list[list[_Line]] = []
    lines = _with_rows(list(_lines(text)))
    in_body = _body_start(lines)
    title = _rest_of_title(lines[:in_body])
    has_stop = False
    for index, line in enumerate(lines):
        if index in title or (index > in_body and _goes_on(groups[-1][-1], line, has_stop=has_stop)):
            groups[-1].append(line)
        else:
            groups.append([line])
            has_stop = False
        has_stop = has_stop or bool(_STOPS.search(line.text))
    return tuple(_paragraph(group) for group in groups)


def separate(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text whose every line is one, as word processors keep them.

    Only a line that was plainly cut goes on in the next: one with marks inside and none at its end, as text is that was
    pasted from pages.
    """
    groups: list[list[_Line]] = []
    for line in _lines(text):
        if groups and _is_cut(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(_paragraph(group) for group in groups)


def _is_cut(line: _Line, following: _Line) -> bool:
    """Whether a line of body text stops within a sentence; one that ends in an amount may have lost its mark."""
    return (
        len(line.text) >= _CUT
        and bool(_STOPS.search(line.text))
        and not line.text.endswith(("元", "%", "）"))
        and following.blank_before == 0
        and not _DATE.match(following.text)
        and _goes_on(line, following, has_stop=True)
    )


def _lines(text: str) -> Iterator[_Line]:
    blank = 0
    for number, found in enumerate(_LINE.finditer(text), 1):
        unfolded = found.group().rstrip("\r\n")
        raw = fold(unfolded)
        inner = raw.strip(_BLANK)
        if not inner:
            blank += 1
            continue
        indent = len(raw) - len(raw.lstrip(_BLANK))
        row = raw.rstrip(_BLANK) if "\t" in raw and raw.startswith("\t") else None
        if row is not None and _STOPS.search(inner) is None:
            yield _Line(number, found.start(), row, unfolded[: len(row)], 0, blank, is_row=True)
        elif len(entries := entries_apart(inner)) > 1:
            for start, end in entries:
                at = indent + start
                words = unfolded[at : indent + end]
                yield _Line(number, found.start() + at, inner[start:end], words, indent, blank, is_row=False)
        else:
            words = unfolded[indent : indent + len(inner)]
            is_row = "|" in inner or "\t" in inner
            left = across(unfolded[:indent])
            yield _Line(number, found.start() + indent, inner, words, indent, blank, is_row, left)
        blank = 0


def _with_rows(lines: list[_Line]) -> list[_Line]:
    """The lines, with those made rows of a table that stand in columns which nothing but blanks part."""
    found: list[_Line] = []
    for number, run in groupby(lines, key=lambda each: 0 if each.is_row else len(cells_apart(each.text))):
        together = list(run)
        is_table = number > 2 and is_table_of(
            [each.text for each in together], [_reach(each) for each in together]
        )
        found += [evolve(each, is_row=is_table) for each in together] if is_table else together
    return found


def _reach(line: _Line) -> list[tuple[float, float]]:
    """From which column of a screen to which each cell of a line reaches."""
    return [
        (line.left + across(line.raw[:start]), line.left + across(line.raw[:end]))
        for start, end in cells_apart(line.text)
    ]


def _body_start(lines: list[_Line]) -> int:
    """The index of the first line that is no title: lines above never go on in the next."""
    for index, line in enumerate(lines):
        if line.is_heading or _BODY.search(line.text):
            return _first_of(lines, index)
    return len(lines)


def _first_of(lines: list[_Line], body: int) -> int:
    """The line on which the paragraph begins that a line of the body belongs to: below the title it may be cut too."""
    title = next((at for at in range(body - 1, -1, -1) if _TITLE_ENDS.search(lines[at].text)), body)
    first = body
    while (
        first - 1 > title
        and not lines[first].blank_before
        and not lines[first].is_heading
        and not lines[first - 1].is_row
        and not _OPENS.match(lines[first].text)
        and not _WHOLE_LINE.search(lines[first - 1].text)
    ):
        first -= 1
    return first


def _rest_of_title(lines: list[_Line]) -> range:
    """The lines that go on with the title above the body: those up to the first that ends as a title does."""
    texts = ["", *(line.text for line in lines)]
    end = next((at for at in range(len(lines)) if _TITLE_ENDS.search(texts[at] + texts[at + 1])), 0)
    start = end
    while start and not lines[start].blank_before and not _NO_TITLE.search(lines[start - 1].text) and not lines[start - 1].is_row:  # fmt: skip
        start -= 1
    return range(start + 1, end + 1)


def _goes_on(line: _Line, following: _Line, *, has_stop: bool) -> bool:
    """Whether the paragraph that a line ends goes on in the next; over an empty line only where it has a mark of a sentence."""
    if line.is_row or following.is_row or line.is_heading or _OPENS.match(following.text):
        return False
    if _HEADS_A_SHEET.match(following.text) or _BRACKETED.fullmatch(line.text):
        return False
    if LABELLED.fullmatch(line.text) and LABELLED.fullmatch(following.text):
        return False
    if _ENTRY.search(line.text) and _NEXT_ENTRY.match(following.text):
        return False
    if _ITEM_ALONE.match(line.text) and (
        _TELLS_OF_IT.match(following.text) or len(following.text) > len(line.text) + _LONGER
    ):
        return False
    if (
        _ENDS.search(line.text)
        and (not line.text.endswith(_LEADS_ON) or following.blank_before or _LISTED.match(following.text))
    ) or following.indent >= _SEAL_INDENT > line.indent:
        return False
    if following.indent >= _SEAL_INDENT and _DATE.match(following.text):
        return False
    return following.blank_before == 0 or (following.blank_before == 1 and has_stop)


def _paragraph(group: list[_Line]) -> Paragraph:
    characters, unfolded, offsets = list[str](), list[str](), list[int]()
    for line in group:
        kept = set[int]() if line.is_row else _between_numbers(line.text)
        for place, character in enumerate(line.text):
            if not line.is_row and character in _BLANK and place not in kept:
                continue
            characters.append(character)
            unfolded.append(line.raw[place])
            offsets.append(line.start + place)
    for place in separators("".join(unfolded)) if len(group) > 1 else ():
        characters[place] = ","  # a line may end within a number
    text = _NUMERALS.sub(_in_figures, "".join(characters))
    return Paragraph(text, tuple(offsets), group[0].number, group[0].is_row)


def _in_figures(found: re.Match[str]) -> str:
    """A year or a range of months in numerals as figures, one for each: 二〇二三年, 一至八月."""
    return found.group().translate(_FIGURES)


_BETWEEN_NUMBERS = re.compile(rf"(?<=\d)[{_BLANK}]+(?=\d)")


def _between_numbers(text: str) -> set[int]:
    """The places of blanks between two numbers: they are kept, because closing them up would make a third.

    Within one number (318. 40) there is a point beside them; then they go.
    """
    return {place for found in _BETWEEN_NUMBERS.finditer(text) for place in range(*found.span())}
