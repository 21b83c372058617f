"""Whole numbers written in Chinese numerals."""

from __future__ import annotations

_ONES = {each: number for number, each in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}


def whole_number(numerals: str) -> int | None:
    """The number that numerals stand for, below 10 to the 12th; None where they are put together wrongly.

    >>> whole_number("一百二十"), whole_number("二千零五万"), whole_number("十八"), whole_number("三五")
    (120, 20050000, 18, None)
    """
    total = section = 0
    one: int | None = None
    smallest, group = 10**5, 10**12
    for each in numerals:
        if each in _ONES:
            if one:  # two in a row
                return None
            one = _ONES[each]
        elif each in _TENS:
            if _TENS[each] >= smallest or (one is None and (section or total or each != "十")):
                return None
            smallest = _TENS[each]
            section += (1 if one is None else one) * smallest
            one = None
        else:
            if each not in _GROUPS or _GROUPS[each] >= group or not (section or one):
                return None
            group = _GROUPS[each]
            total += (section + (one or 0)) * group
            section, one, smallest = 0, None, 10**5
    return total + section + (one or 0)
