"""What a subject is known by from one report to the next: words that stay when rows are reordered and figures change.

Names are compared without blanks, marks and the year before them; whether two names that still differ mean one thing is
asked of the characters put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from perfrules.model.quantity import Quantity
from perfrules.model.subject import Subject

_NO_NAME = re.compile(r"[\s“”\"'《》（）()【】\[\]、,，.。:：_—-]|^(?:20\d\d)年?度?")
_TELLS_APART = re.compile(
    "[0-9〇零一二三四五六七八九十东西南北中上下前后新旧老大小内外期批次段标区县市乡镇村校站厂港]"
)
"""Characters that make another thing of a name: 一期 and 二期, 东片 and 西片."""
_KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "line": ("line",),
    "claim": ("numerator_name", "base_name"),
    "amount": ("name", "column"),
    "report_year": ("value",),
    "item_number": ("value",),
}
"""The facts that say what a subject is about; of all other types their name."""


def name_key(name: str) -> str:
    """A name without blanks, marks and the year before it."""
    return _NO_NAME.sub("", name)


def added(shorter: str, longer: str) -> str | None:
    """What the longer name has beside the shorter one's characters in order; None where it lacks one of them."""
    more, rest = "", shorter
    for character in longer:
        if rest.startswith(character):
            rest = rest[1:]
        else:
            more += character
    return None if rest else more


def differ_slightly(one: str, other: str) -> bool:
    """Whether one name is the other with four characters at most put in, none of which tells two things apart."""
    shorter, longer = sorted((name_key(one), name_key(other)), key=len)
    more = added(shorter, longer)
    return bool(shorter) and more is not None and len(more) <= 4 and not _TELLS_APART.search(more)


def abouts(department: Subject) -> dict[str, tuple[str, ...]]:
    """What each subject of a submission is about, by its id, from the department down: types and words.

    Rows that are about the same are told apart by their other words, and where those agree too by their order: 2, 3, ….
    """
    return dict(_below(department, ()))


def _below(subject: Subject, owner: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield subject.id, (own := (*owner, *_words(subject)) if owner else (subject.type,))
    for member in subject.members.values():
        yield from _below(member, own)
    for table in subject.tables.values():
        alike: dict[tuple[str, ...], list[Subject]] = {}
        for row in table.rows:
            alike.setdefault(_words(row), []).append(row)
        for rows in alike.values():
            for place, row in enumerate(sorted(rows, key=_other_words)):
                yield from ((id, _nth(about, len(own), row, place)) for id, about in _below(row, own))


def _nth(about: tuple[str, ...], depth: int, row: Subject, place: int) -> tuple[str, ...]:
    """What a row or a subject below it is about, with the row's place among those that are about the same."""
    end = depth + len(_words(row))
    return (*about[:end], *([str(place + 1)] if place else []), *about[end:])


def _words(subject: Subject) -> tuple[str, ...]:
    found = (subject.facts.get(name) for name in _KNOWN_BY.get(subject.type, ()))
    said = [_said(fact.value) for fact in found if fact is not None]
    return (subject.type, *(said if subject.type in _KNOWN_BY else [name_key(subject.name)]))


def _other_words(subject: Subject) -> tuple[tuple[str, str], ...]:
    said = ((name, fact.value) for name, fact in subject.facts.items())
    return tuple(sorted((name, value) for name, value in said if isinstance(value, str)))


def _said(value: object) -> str:
    return value.digits if isinstance(value, Quantity) else name_key(str(value))
