"""Lines of plain text for terminals: Chinese is two columns wide, labels stand in a column, nothing is boxed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import east_asian_width

from attrs import frozen

from perfrules.plugins.hooks import Page

_NOT_FIRST = "，。；：、！？）》」”’,.;:!?)%"
_NOT_LAST = "（《「“‘("
STYLES = {"error": "bold red", "warning": "bold yellow", "notice": "bold cyan", "green": "bold green",
          "findings": "bold yellow", "grey": "bold", "title": "bold", "": ""}  # fmt: skip


@frozen
class Styled:
    """A line of output with the name of its style; the words alone say everything."""

    text: str
    style: str = ""


def columns(text: str) -> int:
    """How many columns a terminal gives a text at most: “ ” ≥ ÷ and their like are one wide or two, by its font."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


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


def rendered(lines: Iterable[Styled], page: Page) -> str:
    """The lines as text, with colours where the page shows them."""
    listed = list(lines)
    if not page.colour:
        return "".join(f"{line.text}\n" for line in listed)
    return _coloured(listed, page)


def _coloured(lines: Sequence[Styled], page: Page) -> str:
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    console = Console(file=StringIO(), force_terminal=True, width=max(page.width, 20), legacy_windows=False)
    for line in lines:
        console.print(
            Text(line.text, style=STYLES[line.style], no_wrap=True, overflow="ignore"),
            crop=False,
            soft_wrap=True,
        )
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
    figure = before.isdigit() and after in "万亿元个期次家份名人"
    return before == " " or (wide and not figure)
