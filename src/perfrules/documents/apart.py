"""Columns that nothing but blanks part: rows of a text or of a page that stand under one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import east_asian_width

APART = re.compile(r"[ \xa0]{2,}")
"""What parts the cells of a row of folded text."""
FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:%|[亿万]?元)?")
"""A cell that is a figure and nothing else."""
LABELLED = re.compile(r"(?:\d{1,2}月?[-—–~至]\d{1,2}月)?[^，。；：\d\s]{2,16}：[^，。；：]*")
"""One entry of a sheet: a label and what it says: 年初预算数：180.0000."""
Span = tuple[float, float]
"""From where to where something reaches across a line."""


def cells_apart(text: str) -> list[tuple[int, int]]:
    """Where the cells of a row stand in it, parted by two blanks at least."""
    ends = [0, *(place for found in APART.finditer(text) for place in found.span()), len(text)]
    return list(zip(ends[::2], ends[1::2], strict=True))


def across(text: str) -> int:
    """How many columns of a screen a text takes: a Chinese character takes two."""
    return sum(2 if east_asian_width(each) in "WFA" else 1 for each in text)


def are_columns(rows: Sequence[Sequence[Span]]) -> bool:
    """Whether rows have as many cells each, three at least, and between them a gap that goes down through all rows."""
    numbers = {len(row) for row in rows}
    if len(rows) < 2 or len(numbers) != 1 or numbers.pop() < 3:
        return False
    columns = list(zip(*rows, strict=True))
    return all(
        max(end for _, end in left) <= min(start for start, _ in right) for left, right in pairwise(columns)
    )


def is_table_of(texts: Sequence[str], reaches: Sequence[Sequence[Span]]) -> bool:
    """Whether lines of as many cells each are a table: one has two figures at least, and they stand in columns or below headings."""
    return any(
        sum(bool(FIGURE.fullmatch(text[start:end])) for start, end in cells_apart(text)) > 1 for text in texts
    ) and (are_columns(reaches) or is_headed(texts))


def is_headed(rows: Sequence[str]) -> bool:
    """Whether rows that do not stand in line are a table still: headings, and below each figures only or none."""
    cells = [[row[start:end] for start, end in cells_apart(row)] for row in rows]
    figures = [[FIGURE.fullmatch(cell) is not None for cell in row] for row in cells]
    if len(rows) < 3 or any(figures[0]):
        return False
    columns = list(zip(*figures[1:], strict=True))
    return all(len(set(column)) == 1 for column in columns) and sum(map(all, columns)) > 1


def entries_apart(inner: str) -> list[tuple[int, int]]:
    """Where the entries of a sheet stand that one line holds, parted by two blanks at least; none where anything else is on it."""
    found = cells_apart(inner) if "：" in inner else []
    return found if all(LABELLED.fullmatch(inner[start:end]) for start, end in found) else []
