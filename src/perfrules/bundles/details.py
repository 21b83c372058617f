"""In what two JSON values differ, value by value: elements of lists are held against each other by what they are, texts line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from perfrules.model.verification import Detail


def details(before: object, after: object, name: str = "") -> Iterator[Detail]:
    """Every value that is otherwise, whole and with its path in the thing; one that is only on one side has the other empty."""
    match before, after:
        case (Mapping(), Mapping()):
            for key in dict.fromkeys((*before, *after)):
                yield from details(before.get(key), after.get(key), f"{name}.{key}".lstrip("."))
        case (list(), list()):
            yield from _of_lists(before, after, name)
        case (str(), str()) if "\n" in before or "\n" in after:
            yield from _of_texts(before, after, name)
        case _ if said(before) != said(after) or type(before) is not type(after):
            yield Detail(name, said(before), said(after))


def said(value: object) -> str:
    """A value as it is written; null as nothing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _of_lists(before: Sequence[object], after: Sequence[object], name: str) -> Iterator[Detail]:
    for at, there, other in _unlike(tuple(map(_key, before)), tuple(map(_key, after))):
        pairs = zip_longest(before[there], after[other])
        for place, (one, two) in enumerate(pairs, at):
            yield from details(one, two, f"{name}.{place}".lstrip("."))


def _of_texts(before: str, after: str, name: str) -> Iterator[Detail]:
    """Lines that differ, by the line at which they begin."""
    lines, others = before.splitlines(), after.splitlines()
    for at, there, other in _unlike(lines, others):
        was, became = (" ".join(map(str.strip, each)) for each in (lines[there], others[other]))
        yield Detail(f"{name}:{at}", was, became)
    if lines == others:
        yield Detail(name, said([before]), said([after]))


def _unlike(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, slice, slice]]:
    """The stretches that differ: where they begin, counted from one, and what they are on either side."""
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield (start if end > start else first) + 1, slice(start, end), slice(first, last)


def _key(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
