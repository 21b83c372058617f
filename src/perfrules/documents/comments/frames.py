"""The frames in which a sheet shows its comments: shapes of a VML drawing, beside those that are there already.

Such a drawing is often not sound XML (programs write `<br>` into it), so it is added to as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from perfrules.documents.comments.parts import broken

EMPTY = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_END = re.compile(rb"</(?:\w+:)?xml\s*>\s*$")
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})\b")
_WIDE = 20
"""Characters of a line in a frame."""


def with_frames(drawing: bytes, cells: Mapping[str, str], path: str) -> bytes:
    """The drawing with a frame for each cell, as high as its text needs; raises ReadError for what is no drawing."""
    end = _END.search(drawing)
    if end is None:
        raise broken(path)
    first = 1 + max((int(each) for each in _NUMBER.findall(drawing)), default=1024)
    kind = b"" if b'id="_x0000_t202"' in drawing else _TYPE.encode()
    shapes = (_frame(first + at, cell, text) for at, (cell, text) in enumerate(cells.items()))
    return drawing[: end.start()] + kind + "".join(shapes).encode() + drawing[end.start() :]


def _frame(number: int, cell: str, text: str) -> str:
    name = cell.rstrip("0123456789")
    row, column = int(cell[len(name) :]) - 1, -1
    for letter in name:
        column = (column + 1) * 26 + ord(letter) - 65
    lines = sum(1 + len(line) // _WIDE for line in text.split("\n"))
    high = min(max(4, lines), 30)
    anchor = f"{column + 1}, 15, {max(0, row - 1)}, 10, {column + 5}, 15, {max(0, row - 1) + high}, 4"
    return (
        f'<v:shape {_SPACES} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
        f'width:240pt;height:{high * 15}pt;z-index:{number};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
