"""Draws words with their marks: overlapping ones are cut where they meet, and each leads back to what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from perfrules.reporters.html.marks import KINDS, Key, Mark, key_of
from perfrules.reporters.html.markup import Markup, element, joined


class Ink:
    """Draws the words of one document, and knows afterwards which of its marks it has not drawn."""

    def __init__(self, marks: Sequence[Mark], anchors: Mapping[Key, str]) -> None:
        self.marks = marks
        self.anchors = anchors
        self.drawn: set[str] = set()
        self.led_back: set[Mark] = set()

    def stretch(self, text: str, start: int, end: int) -> Markup:
        """The words from `start` up to `end` of a text, with the marks that touch them."""
        spans = [(span, mark) for mark in self.marks if (span := mark.location.span) is not None]
        touching = [(span, mark) for span, mark in spans if span[0] < end and span[1] > start]
        edges = {edge for span, _ in touching for edge in span if start < edge < end}
        pieces: list[Markup | str] = []
        for left, right in pairwise(sorted({start, end, *edges})):
            over = [mark for span, mark in touching if span[0] <= left and span[1] >= right]
            begun = [mark for span, mark in touching if span[0] == left]
            ended = [mark for span, mark in touching if span[1] == right]
            pieces.append(self._marked(text[left:right], over, begun, ended) if over else text[left:right])
        return joined(pieces)

    def cell(self, words: str, address: str) -> Markup:
        """The words of a cell; marks of the cell mark the figure they quote, or all of it."""
        here = [
            each for each in self.marks if each.location.span is None and each.location.address == address
        ]
        if not here:
            return joined(words)
        quotes = {each.quote for each in here}
        quote = quotes.pop() if len(quotes) == 1 else ""
        if not quote or words.count(quote) != 1:
            return self._marked(words or "\xa0", here, here, here)
        before, after = words.split(quote)
        return joined(before, self._marked(quote, here, here, here), after)

    def left(self) -> list[Mark]:
        """The marks that stand nowhere in what was drawn."""
        return [
            each
            for each in self.marks
            if each not in self.led_back or self.anchors[key_of(each.location)] not in self.drawn
        ]

    def listed(self, mark: Mark, marks: Iterable[Mark]) -> Markup:
        """A quote by itself, with all the marks of its place."""
        here = list(marks)
        return self._marked(" ".join(mark.quote.split()) or "\xa0", here, here, here)

    def _marked(
        self, words: str, over: Sequence[Mark], begun: Sequence[Mark], ended: Sequence[Mark]
    ) -> Markup:
        kind = min((each.kind for each in over), key=KINDS.index)
        mark = element("mark", words, class_=kind, id=self._anchor(begun))
        return joined(mark, self._back(ended))

    def _anchor(self, begun: Sequence[Mark]) -> str | None:
        """The id of the place that begins here, the first time it is drawn."""
        found = self.anchors[key_of(begun[0].location)] if begun else ""
        if not found or found in self.drawn:
            return None
        self.drawn.add(found)
        return found

    def _back(self, ended: Sequence[Mark]) -> Markup | None:
        self.led_back.update(ended)
        links = list(_links(ended))
        return element("sup", links) if links else None


def _links(marks: Sequence[Mark]) -> Iterator[Markup]:
    """A link for each thing that is said, with all that it says here."""
    said: dict[tuple[str, str], list[str]] = {}
    for each in marks:
        said.setdefault((each.back, each.sign), []).append(each.label)
    for (back, sign), labels in said.items():
        yield element("a", sign, href=f"#{back}", aria_label="; ".join(dict.fromkeys(labels)))
