"""What lets a result be held against a later one: what each subject is about, and digests of the words and the figures read.

Digests leave places out: a document that was saved anew, or whose paragraphs moved, has the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from perfrules.model.fact import Fact, State
from perfrules.model.names import abouts
from perfrules.model.quantity import Quantity
from perfrules.model.submission import Submission
from perfrules.reporters.facts_json import Json


def known_json(submission: Submission) -> Json:
    """`subjects` and `content` of a report; a digest is null where there is nothing of its kind."""
    known = abouts(submission.department)
    return {
        "subjects": {id: list(about) for id, about in known.items()},
        "content": {
            "words": _digest([*_text(submission), *_said(submission, known, words=True)]),
            "figures": _digest(_said(submission, known, words=False)),
        },
    }


def _text(submission: Submission) -> Iterator[str]:
    if text := "".join(submission.text.split()):
        yield text


def _said(submission: Submission, known: dict[str, tuple[str, ...]], *, words: bool) -> list[str]:
    """Every printed fact as a line, in an order of their own; words where asked for, else figures and dates."""
    found = (
        "\0".join((*known[path[-1].id], name, each))
        for path in submission.walk()
        for name, fact in path[-1].facts.items()
        if fact.state not in (State.DERIVED, State.ASSUMED) and isinstance(fact.value, str) is words
        for each in _prints(fact)
    )
    return sorted(set(found))


def _prints(fact: Fact) -> Iterator[str]:
    for each in (fact, *fact.witnesses):
        value = each.value
        if isinstance(value, Quantity):
            known = value.interval
            said = (
                f"{known.low} {known.high}" if known else f"{value.digits} {value.factor} {value.unit.name}"
            )
            yield f"{said} {value.unit.kind.value} {value.qualifier.value}"
        else:
            yield value.isoformat() if isinstance(value, date) else "".join(value.split())


def _digest(lines: list[str]) -> str | None:
    return sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest() if lines else None
