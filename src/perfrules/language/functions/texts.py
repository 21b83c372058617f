"""Functions of texts: what they hold, how alike they are, and which unit they name."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import pairwise

from perfrules.language.values import ratio, together
from perfrules.language.words import UNITS
from perfrules.model.truth import Number, Reason, Value
from perfrules.model.unit import Kind


def has_text(text: str, *words: str) -> Value:
    """Whether the text holds one of the words, as printed."""
    return any(word in text for word in words)


def similar(a: str, b: str) -> Value:
    """How alike two texts are: twice the pairs of neighbouring characters they share, over the pairs of both.

    White space aside. Texts of fewer than two characters have no pairs: 1 where they are equal, else 0.
    """
    first, second = "".join(a.split()), "".join(b.split())
    pairs, others = _pairs(first), _pairs(second)
    if not pairs or not others:
        return ratio(Fraction(first == second))
    return ratio(Fraction(2 * (pairs & others).total(), pairs.total() + others.total()))


def unit_fits(value: Value, unit: str) -> Value | Reason:
    """Whether a target's value is in the kind of unit that a text names, and for counts in that measure word."""
    named = UNITS.get(unit.strip())
    if named is None or not isinstance(value, Number):
        return Reason.UNIT
    if Kind.RATIO in (named.kind, value.unit.kind):  # 95 is no 95%
        return named.kind is value.unit.kind
    return together(named, value.unit)


def _pairs(text: str) -> Counter[str]:
    return Counter(a + b for a, b in pairwise(text))
