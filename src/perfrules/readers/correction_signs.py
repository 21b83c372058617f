"""The sign of an adjustment that a person has placed: a cut is negative, whether the person says so or the sentence does."""

from __future__ import annotations

import re

from perfrules.model.quantity import Qualifier, Quantity, printed_quantity

ADDED, CUT = "追加调整 (调增)", "追加调整 (调减)"
"""What a person picks to say the sign; 追加调整 alone leaves it to the words around the figure."""
_CUTS = re.compile("[调核压追缩削扣冲]减|减|扣除|收回|上缴")
_ADDS = re.compile("[调核新]增|增|追加|补充")
_BOTH = re.compile("追加追减|追加[（(]?(?:调减|追减|核减)[）)]?|调?增[、/和（(]?调?减[）)]?")
"""Names of the field that say nothing of the sign."""


def signed(value: Quantity, item: str, quote: str, sentence: str, label: str) -> Quantity:
    """An adjustment with its sign: the one a person picked, else the one printed, else that of the nearest words.

    The words are those before the figure in its sentence, else those behind it, else the label of its cell.
    """
    if item == CUT:
        return _with_sign(value, negative=True)
    if item == ADDED:
        return _with_sign(value, negative=False)
    is_printed = value.digits.startswith(("-", "+"))
    return value if is_printed else _with_sign(value, negative=is_cut(quote, sentence, label))


def is_cut(quote: str, sentence: str, label: str = "") -> bool:
    """Whether the words nearest to a figure say that the budget was cut by it."""
    before, _, behind = sentence.partition("".join(quote.split()))
    for said, last in ((before, True), (behind.partition("，")[0], False), (label, True)):
        words = _BOTH.sub("", said)
        cuts, adds = ([found.start() for found in each.finditer(words)] for each in (_CUTS, _ADDS))
        if cuts or adds:
            nearest = max if last else min
            return bool(cuts) and (not adds or nearest(cuts) == nearest([*cuts, *adds]))
    return False


def _with_sign(value: Quantity, *, negative: bool) -> Quantity:
    digits = value.digits.lstrip("+-")
    if not digits or value.digits.startswith("-") == negative:
        return value
    sign = "-" if negative else ""
    is_open = value.interval is not None and value.interval.high is None
    return printed_quantity(
        sign + digits, value.unit, value.qualifier, words=value.words, open_ended=value.qualifier is Qualifier.AT_LEAST and is_open, factor=value.factor
    )  # fmt: skip
