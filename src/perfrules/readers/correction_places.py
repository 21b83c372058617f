"""Whether the figure that a correction speaks of still stands in a document, and where."""

from __future__ import annotations

from collections.abc import Sequence

from perfrules.model.correction import Correction
from perfrules.readers.figures import Figure

LAPSED, NOT_APPLIED = "lapsed", "not_applied"
"""Why a correction does not hold: its words stand there no longer; they do, and yet it cannot be taken up."""


def figure_of(correction: Correction, known: Sequence[Figure], text: str, *, is_same: bool) -> Figure | str:
    """The figure that a correction speaks of, or why there is none; `text` is all that the document says, without blanks.

    In the document with the same bytes (`is_same`) it is the one at its place. In another version it is the one with the same
    words in the same sentence, wherever that stands now, if there is only one; in a cell, the one at the same address.
    """
    words = _bare(correction.quote)
    here = [each for each in known if _bare(each.quote) == words]
    if is_same:
        place = (correction.location.address, correction.location.span)
        here = [each for each in here if (each.location.address, each.location.span) == place]
    elif correction.sentence:
        here = [each for each in here if each.sentence == correction.sentence]
        if text.count(correction.sentence) != 1:
            return LAPSED
    else:
        here = [each for each in here if each.location.address == correction.location.address]
    same = [each for each in here if each.read_as == correction.read_as]
    if len(same) == 1:
        return same[0]
    return NOT_APPLIED if here or is_same else LAPSED


def _bare(words: str) -> str:
    return "".join(words.split())
