"""What a text leaves unread beside its sentences: rows of bare figures, pages without text, words that are none of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve

from perfrules.documents import Paragraph, TextDocument
from perfrules.location import Location
from perfrules.model.submission import Unread
from perfrules.readers.narrative.amounts import masked
from perfrules.readers.narrative.readings import Readings

_BARE_ROW = re.compile(r"(?<![\d.,])-?\d[\d,]*(?:\.\d+)?(?: +-?\d[\d,]*(?:\.\d+)?%?){2,}")
_MORE_OF_IT = re.compile(r"(?:(?<![\d%元月年日])[-－])?[\dlIOo][\dlIOo.,]*$|(?<![\d%元月年日])[-－]$")
"""What stands before digits and belongs to their number."""
_LONGEST_NUMBER = 30


def whole_figures(document: TextDocument, unread: Sequence[Unread]) -> Iterator[Unread]:
    """The figures left unread, each with its sign and all of its digits, as far as they stand right before it."""
    for each in unread:
        span = each.location.span
        if span is None or "!" in each.location.address or not each.quote[:1].isdecimal():
            yield each
            continue
        found = _MORE_OF_IT.search(document.text, max(0, span[0] - _LONGEST_NUMBER), span[0])
        more = len(found.group()) if found else 0
        where = document.at(span[0] - more, span[1]) if more else each.location
        yield evolve(each, location=where, quote=document.cut(where)) if more else each


def not_seen(document: TextDocument) -> Iterator[Unread]:
    """The pages that hold no text, which nobody has read, and figures of words that are none of the text."""
    for page in document.pictures:
        yield Unread(Location(document.path, f"p{page}"), f"p{page}", "picture")
    for each in document.left_out:
        if any(character.isnumeric() for character in each.words):
            address = f"p{each.page}" if each.page else ""
            is_open = each.why in ("rotated", "equation")
            yield Unread(Location(document.path, address), each.words[:60], each.why, open=is_open)


def bare_rows(document: TextDocument, paragraph: Paragraph) -> Readings:
    """Rows of a table whose cells nothing but blanks part, as in a PDF without rules: told, for no heading is sure."""
    found = []
    for row in _BARE_ROW.finditer(masked(paragraph.text)):
        where = document.place(paragraph, *row.span())
        found.append(Unread(where, document.cut(where), "no_field"))
    return Readings(unread=tuple(found))


def each_once(readings: Readings, rows: Readings) -> Readings:
    """The readings of a paragraph with its bare rows: what stands unread in a row is told with it, what reaches beyond instead."""
    told = [each.location.span for each in readings.unread if each.location.span]
    whole = [
        (each, span)
        for each in rows.unread
        if (span := each.location.span) and not any(start < span[1] < end for start, end in told)
    ]
    kept = (
        each
        for each in readings.unread
        if not any(each.location.span and start <= each.location.span[0] < end for _, (start, end) in whole)
    )
    return evolve(readings, unread=(*kept, *(each for each, _ in whole)))
