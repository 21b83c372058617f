"""Hints for words in a wrong place: what a person most likely meant by them."""

from __future__ import annotations

from perfrules.bilingual import Bilingual
from perfrules.language.tokens import Token
from perfrules.language.words import KEYWORDS, UNITS

_GLUED = [word for word in KEYWORDS if not word.isascii()]
"""Keywords that Chinese writes without a space, and that then are part of a name."""


def advice(token: Token, last: Token) -> Bilingual | None:
    """A hint for a word in a wrong place: one run together with its neighbour, a unit apart, a `not` without brackets."""
    if token.text in UNITS and last.kind == "number":
        return Bilingual(
            f"单位紧跟数字, 如 3{token.text}", f"the unit follows its number directly, as in 3{token.text}"
        )
    for word in _GLUED:
        for name in (token, last):
            if name.kind == "name" and (name.text.startswith(word) or name.text.endswith(word)):
                return Bilingual(f"“{word}”前后是否漏了空格?", f"is a space missing around {word}?")
    if token.kind in ("then", "else"):
        return Bilingual(
            "写 如果 … 那么 … 否则 …, 词间有空格", "write if … then … else …, with spaces between"
        )
    if token.kind in ("starts", "ends"):
        return Bilingual(f"写 {token.kind} with", f"write {token.kind} with")
    if token.kind == "not":
        return Bilingual("用括号: (not …)", "put it in brackets: (not …)")
    return None
