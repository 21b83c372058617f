"""What lets a result be held against a later one: what each subject is about, what is printed of it, and digests of words and figures.

Digests leave places out: a document that was saved anew, or whose paragraphs moved, has the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from perfrules.bilingual import Language
from perfrules.model.fact import Fact, State
from perfrules.model.names import abouts
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Subject
from perfrules.model.subject_types import label_of, title_of
from perfrules.model.submission import Submission
from perfrules.reporters.facts_json import Json
from perfrules.reporters.values_json import evidence_json

LONGEST = 200
"""Characters of what is told as printed: sections of text are no figures."""


def known_json(submission: Submission, language: Language) -> Json:
    """`subjects`, `printed` and `content` of a report; a digest is null where there is nothing of its kind."""
    known = abouts(submission.department)
    return {
        "subjects": {id: list(about) for id, about in known.items()},
        "printed": list(_printed(submission, language)),
        "content": {
            "words": _digest([*_text(submission), *_said(submission, known, words=True)]),
            "figures": _digest(_said(submission, known, words=False)),
        },
    }


def _printed(submission: Submission, language: Language) -> Iterator[Json]:
    """Every printed figure, date and short word with its subject; of what stands in several places each of them.

    The label has the name of a line or project before that of the field.
    """
    for path in submission.walk():
        owner = _owner(path[-1], language)
        for fact in path[-1].facts.values():
            for each in (fact, *fact.witnesses):
                if each.quote and each.location is not None and len(each.quote) <= LONGEST:
                    label = f"{owner} {title_of(each).said(language)}".lstrip()
                    yield {"subject": path[-1].id, "label": label, **evidence_json(each)}


def _owner(subject: Subject, language: Language) -> str:
    """What people call a line or a project; of what is known by its words alone nothing."""
    if subject.type == "line":
        return label_of(subject.id.rpartition("/")[2]).said(language)
    return subject.name if subject.type == "project" else ""


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
