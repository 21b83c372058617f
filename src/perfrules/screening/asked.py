"""Questions: rules asked of kinds of subjects, as conditions in whole numbers; and the tables they are asked over."""

from __future__ import annotations

from attrs import frozen

from perfrules.language.whole.making import both, either, may_be_unknown, negated, stated
from perfrules.language.whole.nodes import Truth
from perfrules.language.whole.relief import relieved

VIOLATED, UNKNOWN = 1, 2


@frozen
class Relation:
    """A table: its name in the database, the key of its rows, and the column that names the row above."""

    name: str
    key: str
    parent: str = ""


@frozen
class Question:
    """A rule asked of subjects at a depth: when it is violated, and when it is not known whether it is."""

    rule: str
    subject: str
    depth: int
    violated: Truth
    unknown: Truth


def question(rule: str, subject: str, depth: int, when: Truth, condition: Truth) -> Question:
    """A rule asked: violated where its guard is true and its condition false; unknown where either keeps it open."""
    violated = stated(both(when, negated(condition)), True)
    unknown = either(stated(when, None), both(stated(when, True), stated(condition, None)))
    if not may_be_unknown(both(when, condition)):
        unknown = stated(when, None)
    return Question(rule, subject, depth, relieved(violated), relieved(unknown))
