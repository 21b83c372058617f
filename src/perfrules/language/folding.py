"""Full-width characters mean the same as their ASCII twins; folded one to one, so that columns stay true."""

from __future__ import annotations

_PAIRS = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    "\u3000": " ",
    "×": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "‘": "'",
    "’": "'",
    "。": ".",
    "、": ",",
}
_TABLE = str.maketrans(_PAIRS)


def folded(text: str) -> str:
    """The text with full-width letters, digits and punctuation as ASCII, of the same length; ① stays ①."""
    return text.translate(_TABLE)
