"""Full-width and half-width twins made one, character by character, so that positions stay true.

Not NFKC: ① is not 1, and ㎡ stays one character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS_AND_LETTERS = {
    code + 0xFEE0: code for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))
}
_MARKS = str.maketrans("％．－＋｜　", "%.-+| ") | str.maketrans("(:;,!?﹪", "（：；，！？%")
_TABLE = {**_DIGITS_AND_LETTERS, **_MARKS}

_THOUSANDS = re.compile(
    r"(?<![\d０-９])[\d]{1,3}(?:,\d{3})+(?![\d０-９,])|[０-９]{1,3}(?:，[０-９]{3})+(?![\d０-９，])"
)
_CLOSING = str.maketrans(")", "）")


def fold(text: str) -> str:
    """The text with digits, letters, % and points in their ASCII form and brackets and stops in their Chinese form.

    A comma between groups of three digits stays a comma, so that 1,286.50 is still one number; a full-width comma is a
    thousands separator only between full-width digits.

    >>> fold("９０３．７０万元(1,286.50)，①")
    '903.70万元（1,286.50），①'
    """
    folded = list(text.translate(_TABLE).translate(_CLOSING))
    for place in separators(text):
        folded[place] = ","
    return "".join(folded)


def separators(text: str) -> Iterator[int]:
    """The places of the commas between groups of three digits."""
    for found in _THOUSANDS.finditer(text):
        yield from (place for place in range(*found.span()) if text[place] in ",，")
