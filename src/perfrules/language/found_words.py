"""Where the words stand that a condition on a text has found: spans of that text, for people who look for them there."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.language.patterns import Pattern, pattern
from perfrules.model.trace import Trace

Span = tuple[int, int]
_LONGEST = 20
"""Characters of what a pattern asks for, up to which its place is looked for."""
_HELD = ("has", "has_text", "starts with", "ends with", "matches")


def found_words(trace: Trace) -> tuple[Span, ...]:
    """The spans of the words a condition has found in its text, in their order; none where it does not hold.

    For `has` and `has_text` every place of every word, of a pattern the first place of what it asks for between `.*` and `.*`.
    """
    if trace.operator not in _HELD or trace.value is not True or not isinstance(trace.parts[0].value, str):
        return ()
    text, *words = (each.value for each in trace.parts)
    assert isinstance(text, str)
    return tuple(sorted({span for word in words for span in _spans(trace.operator, text, str(word))}))


def _spans(operator: str, text: str, word: str) -> Iterator[Span]:
    match operator:
        case "matches":
            yield from _shaped(text, word)
        case "starts with":
            yield 0, len(word)
        case "ends with":
            yield len(text) - len(word), len(text)
        case _:
            at = text.find(word) if word else -1
            while at >= 0:
                yield at, at + len(word)
                at = text.find(word, at + len(word))


def _shaped(text: str, written: str) -> Iterator[Span]:
    """The first stretch of the text with the shape that stands between `.*` and `.*`; all of it where it asks for a whole."""
    core = written.removeprefix(".*").removesuffix(".*")
    shape = pattern(core)
    assert isinstance(shape, Pattern)
    longest = sum(len(text) if each.most is None else each.most for each in shape.items)
    least = sum(each.least for each in shape.items)
    if core == written or longest > _LONGEST:
        yield 0, len(text)
        return
    stretches = ((at, at + length) for at in range(len(text)) for length in range(max(least, 1), longest + 1))
    found = next(
        (span for span in stretches if span[1] <= len(text) and shape.matches(text[slice(*span)])), None
    )
    if found is not None:
        yield found
