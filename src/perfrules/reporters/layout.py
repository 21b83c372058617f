"""Lines of plain text for terminals: Chinese is two columns wide, labels stand in a column, nothing is boxed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from unicodedata import category, east_asian_width

from attrs import frozen

from perfrules.plugins.hooks import Page

_NOT_FIRST = "，。；：、！？）》」”’,.;:!?)%"
_NOT_LAST = "（《「“‘("
STYLES = {"error": "bold red", "warning": "bold yellow", "notice": "bold cyan", "green": "bold green",
          "findings": "bold yellow", "grey": "bold", "title": "bold", "marked": "", "": ""}  # fmt: skip

_MARKS = ((r"【(?![?-])[^】]*】?", "bold green"), (r"【\?[^】]*】?", "bold red"), (r"【-[^】]*】?", "yellow"))
"""The colours of figures marked in a text: read, to be looked at, none of the budget's."""


@frozen
class Styled:
    """A line of output with the name of its style; the words alone say everything."""

    text: str
    style: str = ""


def columns(text: str) -> int:
    """How many columns a terminal gives a text at most: “ ” ≥ ÷ and their like are one wide or two, by its font."""
    return sum(_width(character) for character in text)


def printable(text: str) -> str:
    """The text on one line and without characters that steer a terminal: a report may quote any bytes."""
    return "".join(_visible(character) for character in text)


def _width(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WFA" else 1


def _visible(character: str) -> str:
    kind = category(character)
    if kind in ("Zl", "Zp") or character.isspace():
        return " "
    return "" if kind == "Cf" else "?" if kind in ("Cc", "Cs") else character


def padded(text: str, width: int) -> str:
    """The text filled with spaces to a number of columns."""
    return text + " " * max(0, width - columns(text))


def wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most `width` columns; Latin words and figures stay whole where they fit."""
    line = ""
    for piece in _pieces(text):
        if columns(line) + columns(piece) <= width or not line:
            line += piece
            continue
        yield line.rstrip()
        line = piece.lstrip()
    while columns(line) > width:  # a single word wider than the page
        cut = next(at for at in range(len(line), 0, -1) if columns(line[:at]) <= max(width, 2))
        yield line[:cut]
        line = line[cut:]
    yield line.rstrip()


def labelled(label: str, text: str, page: Page, indent: int = 3, gap: int = 12) -> Iterator[Styled]:
    """A label in its column and the text beside it, wrapped under itself."""
    left = " " * indent + padded(label, gap)
    for line in wrapped(text, max(20, page.width - indent - gap)):
        yield Styled((left + line).rstrip())
        left = " " * (indent + gap)


def block(text: str, page: Page, indent: int = 3) -> Iterator[Styled]:
    """A paragraph, indented."""
    for line in wrapped(text, max(20, page.width - indent)):
        yield Styled((" " * indent + line).rstrip())


def table(rows: Sequence[Sequence[str]], gaps: Sequence[int], page: Page) -> Iterator[Styled]:
    """Rows in columns that begin at the same place, without lines; a cell too long for its column is wrapped in it.

    `gaps` are the widths of all columns but the last, which takes what is left of the page.
    """
    last = max(12, page.width - 3 - sum(gap + 2 for gap in gaps))
    for row in rows:
        cells = [list(wrapped(cell, gap)) for cell, gap in zip(row, (*gaps, last), strict=True)]
        for line in zip_longest(*cells, fillvalue=""):
            beside = "".join(padded(cell, gap + 2) for cell, gap in zip(line, gaps, strict=False))
            yield Styled(f"   {beside}{line[-1]}".rstrip())


def fitting(rows: Sequence[Sequence[str]], page: Page) -> tuple[int, ...]:
    """The widths that the rows' columns need, the last one left out; none takes more than a third of the page."""
    most = (page.width - 3) // 3
    return tuple(min(most, max(map(columns, column))) for column in list(zip(*rows, strict=True))[:-1])


def rendered(lines: Iterable[Styled], page: Page) -> str:
    """The lines as text, with colours where the page shows them."""
    listed = [Styled(printable(line.text), line.style) for line in lines]
    if not page.colour:
        return "".join(f"{line.text}\n" for line in listed)
    return _coloured(listed, page)


def _coloured(lines: Sequence[Styled], page: Page) -> str:
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    # The page has been asked whether it shows colour: the environment is not asked again.
    console = Console(
        file=StringIO(),
        force_terminal=True,
        color_system="standard",
        width=max(page.width, 20),
        legacy_windows=False,
        no_color=False,
        _environ={},
    )
    for line in lines:
        text = Text(line.text, style=STYLES[line.style], no_wrap=True, overflow="ignore")
        for pattern, style in _MARKS if line.style == "marked" else ():
            text.highlight_regex(pattern, style)
        console.print(text, crop=False, soft_wrap=True)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def _pieces(text: str) -> Iterator[str]:
    """Pieces between which a line may end: Chinese characters one by one, other words whole."""
    piece = ""
    for character in text:
        if piece and _may_break(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST or after == " ":
        return False
    wide = east_asian_width(before) in "WF" or east_asian_width(after) in "WF"
    if before == "/" and after.isalnum():  # the parts of a path
        return True
    figure = before.isdigit() and after in "万亿元个期次家份名人"
    return before == " " or (wide and not figure)
