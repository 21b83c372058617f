"""A department's answer to a finding, and what the bureau says to it: read from the form that went out with the finding."""

from __future__ import annotations

from datetime import date
from enum import Enum

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.location import Location


class Answer(Enum):
    """What a department answers: it has corrected the figure, it explains it, or it holds that the figure is right."""

    CORRECTED = "corrected"
    EXPLAINED = "explained"
    DISPUTED = "disputed"


class Opinion(Enum):
    """What the bureau says to an answer."""

    AGREED = "agreed"
    REFUSED = "refused"


class Standing(Enum):
    """What has become of a finding that was answered: it is still open, its answer waives it, or it is found no more."""

    OPEN = "open"
    WAIVED = "waived"
    GONE = "gone"


ANSWERS = {
    Answer.CORRECTED: Bilingual("已更正", "corrected"),
    Answer.EXPLAINED: Bilingual("有说明", "explained"),
    Answer.DISPUTED: Bilingual("有异议", "disputed"),
}
OPINIONS = {Opinion.AGREED: Bilingual("同意", "agreed"), Opinion.REFUSED: Bilingual("不同意", "not agreed")}


@frozen
class Reply:
    """One answered row of a form.

    `rule`, `department`, `subject` and `fingerprint` name the finding, `end` is the last day of the period it was found in
    (None where that was not known), `bound` is how far its measure went then, `words` what was printed, `documents` the SHA-256 of the files it was found in. `text` is the department's explanation. Opinion,
    `reviewer`, `reviewed_on` and `expires` are the bureau's. `location` is the cell of the answer.
    """

    rule: str
    department: str
    subject: str
    fingerprint: str
    answer: Answer
    text: str
    location: Location
    end: date | None = None
    bound: str = ""
    words: str = ""
    documents: str = ""
    opinion: Opinion | None = None
    reviewer: str = ""
    reviewed_on: date | None = None
    expires: date | None = None

    @property
    def is_approved(self) -> bool:
        """Whether a named person agreed to an explanation; what a department says it has corrected is looked at, not waived."""
        agreed = self.opinion is Opinion.AGREED and bool(self.reviewer)
        return agreed and self.answer is not Answer.CORRECTED and self.expires is not None


@frozen
class Replied:
    """An answer, and what has become of its finding in this report."""

    reply: Reply
    standing: Standing
