"""Patterns of `matches`: the shape of a whole text, followed in time linear in the text whatever the pattern.

`.` any character; `\\d` a digit; `[a-z〇九]` and `[^…]` one of, or none of; `\\` takes the next character literally;
`? * + {3} {2,5} {2,}` repeat the one item before them. There are no groups and no alternatives.
"""

from __future__ import annotations

import re

from attrs import frozen

from perfrules.bilingual import Bilingual

MAX_LENGTH = 200
MAX_REPEATS = 1000
_ITEM = re.compile(
    r"""(?: \\(?P<escaped>d|[^A-Za-z0-9])
          | \[(?P<negated>\^?+)(?P<choices>(?:\\.|[^\]\\])+)\]
          | (?P<plain>[^\\\[\](){}|^$?*+]) )
        (?P<repeats>[?*+]|\{\d{1,4}(?:,\d{0,4})?\})?""",
    re.VERBOSE | re.DOTALL,
)
_CHOICE = re.compile(r"(\\.|[^\\])(?:-(\\.|[^\\]))?", re.DOTALL)
_REPEATS: dict[str | None, tuple[int, int | None]] = {
    None: (1, 1),
    "?": (0, 1),
    "*": (0, None),
    "+": (1, None),
}
_SIGNS = Bilingual("符号 ( ) | ^ $ { } [ ] * + ? 前加 \\", "write \\ before ( ) | ^ $ { } [ ] * + ?")
_ORDER = Bilingual(
    f"范围须从小到大, 重复不超过 {MAX_REPEATS} 次",
    f"ranges go upwards, and nothing repeats more than {MAX_REPEATS} times",
)
_DIGITS = (("0", "9"),)


@frozen
class Item:
    """One character of certain ranges (or, if negated, of none of them), repeated `least` to `most` times."""

    ranges: tuple[tuple[str, str], ...]
    negated: bool
    least: int
    most: int | None


@frozen
class Pattern:
    """A shape: its items in order."""

    items: tuple[Item, ...]

    def matches(self, text: str) -> bool:
        """Whether the whole text has the shape. Bit n of `reached`: the items so far can end before character n."""
        reached, masks = 1, {}
        for item in self.items:
            key = (item.ranges, item.negated)
            if key not in masks:
                masks[key] = _mask(item, text)
            reached = _after(item, reached, masks[key])
        return bool(reached >> len(text) & 1)


def pattern(text: str) -> Pattern | Bilingual:
    """The pattern a text writes, or what is wrong with it."""
    if len(text) > MAX_LENGTH:
        return Bilingual(f"式样超过 {MAX_LENGTH} 个字符", f"a pattern has at most {MAX_LENGTH} characters")
    items, at = [], 0
    while at < len(text):
        found = _ITEM.match(text, at)
        item = _item(found) if found else None
        if found is None or item is None:
            why = _SIGNS if found is None else _ORDER
            return Bilingual(
                f"式样第 {at + 1} 个字符起写法不对 ({why.zh})",
                f"the pattern goes wrong at character {at + 1} ({why.en})",
            )
        items.append(item)
        at = found.end()
    return Pattern(tuple(items))


def _item(found: re.Match[str]) -> Item | None:
    least, most = _repeats(found["repeats"])
    ranges = _ranges(found)
    backwards = any(low > high for low, high in ranges) or (most is not None and most < least)
    return (
        None
        if backwards or max(least, most or 0) > MAX_REPEATS
        else Item(ranges, bool(found["negated"]), least, most)
    )


def _repeats(text: str | None) -> tuple[int, int | None]:
    if text is None or text in _REPEATS:
        return _REPEATS[text]
    least, comma, most = text[1:-1].partition(",")
    return int(least), int(most) if most else None if comma else int(least)


def _ranges(found: re.Match[str]) -> tuple[tuple[str, str], ...]:
    if found["choices"] is None:
        char = found["escaped"] or found["plain"]
        if char == "d" and found["escaped"]:
            return _DIGITS
        return (("\0", "\U0010ffff"),) if found["plain"] == "." else ((char, char),)
    ranges: list[tuple[str, str]] = []
    for low, high in _CHOICE.findall(found["choices"]):
        ranges += _DIGITS if low == "\\d" else [(low[-1], (high or low)[-1])]
    return tuple(ranges)


def _mask(item: Item, text: str) -> int:
    """Bit n: the item can be character n of the text."""
    fits = {char for char in set(text) if any(a <= char <= b for a, b in item.ranges) is not item.negated}
    return int("".join("1" if char in fits else "0" for char in reversed(text)) or "0", 2)


def _after(item: Item, reached: int, mask: int) -> int:
    for _ in range(item.least):
        reached = (reached & mask) << 1
    if item.most is None:
        return _run(reached, mask)
    for _ in range(item.most - item.least):
        further = reached | (reached & mask) << 1
        if further == reached:
            break
        reached = further
    return reached


def _run(reached: int, mask: int) -> int:
    """Any number of steps, by steps of one, two, four characters and so on."""
    step = 1
    while mask:
        reached |= (reached & mask) << step
        mask &= mask >> step
        step *= 2
    return reached
