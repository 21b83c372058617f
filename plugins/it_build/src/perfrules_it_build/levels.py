"""The level of protection that a text names."""

from __future__ import annotations

import re
from fractions import Fraction

from perfrules.language.values import point
from perfrules.model.truth import Number, Reason
from perfrules.model.unit import NUMBER

_LEVEL = re.compile(r"(?<!\d)([1-5一二三四五])\s*级")
_ANY = re.compile(r"[\d一二三四五六七八九十]+\s*级")
_IN_WORDS = {word: str(number) for number, word in enumerate("一二三四五", 1)}


def security_level(text: str) -> Number | Reason:
    """The level, 1 to 5, of 等保二级, 第三级 or 等级保护2级, exact.

    No answer (`unit`) where the text names none of these levels, or more than one.
    """
    found, named = _LEVEL.findall(text), _ANY.findall(text)
    if len(named) != 1 or len(found) != 1:
        return Reason.UNIT
    return point(Fraction(_IN_WORDS.get(found[0], found[0])), NUMBER)
