"""Consoles that lack characters: what they cannot show is said otherwise, and nothing stops the program."""

from __future__ import annotations

import codecs
import sys
from unicodedata import normalize

OTHERWISE = {
    "✓": "√", "✔": "√", "✗": "×", "✘": "×", "•": "·", "‑": "-", "−": "-", "–": "-", "⁃": "-", "→": "->", "←": "<-",
    "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "×": "x", "÷": "/", "…": "...", "—": "-", "·": ".", "¥": "￥", "¶": "段",
    "“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "━": "-", "●": "o", "○": "o",
    "▲": "^", "☑": "√", "☒": "×", "□": "[ ]", "☐": "□", "㎡": "m2", "³": "3", "²": "2",
}  # fmt: skip
"""Characters that have a likeness; what has none but a plainer form (NFKC) is written in that."""


def sayable(error: UnicodeError) -> tuple[str, int]:
    """What to write for characters that an encoding lacks: a likeness, a plainer form, else its number as [U+4DAE].

    Half of a character, as broken file names have, is a question mark.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_otherwise(each, error.encoding) for each in missing), error.end


def _otherwise(character: str, encoding: str) -> str:
    if "\ud800" <= character <= "\udfff":
        return "?"
    for said in (OTHERWISE.get(character, character), normalize("NFKC", character)):
        if said != character and _has(said, encoding):
            return said
    return f"[U+{ord(character):04X}]"


def _has(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def tolerate() -> None:
    """The standard streams write what they lack otherwise instead of stopping the program."""
    codecs.register_error("perfrules", sayable)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="perfrules")
