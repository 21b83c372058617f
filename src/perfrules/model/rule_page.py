"""A rule's page: everything there is to say of it, in parts that a terminal and a document show alike."""

from __future__ import annotations

from attrs import frozen

from perfrules.bilingual import Bilingual


@frozen
class Words:
    """One thing said under its label; `code` is in the rule language and the same in both languages."""

    label: Bilingual
    text: Bilingual | None = None
    code: str = ""


@frozen
class Rows:
    """A table under its label: a heading for each column, and the rows."""

    label: Bilingual
    header: tuple[Bilingual, ...]
    rows: tuple[tuple[Bilingual, ...], ...]


@frozen
class Shown:
    """One of the rule's examples: how it ends, what it is about, its submission, and how the outcome comes about."""

    outcome: Bilingual
    note: Bilingual
    submission: str
    steps: Bilingual
    message: Bilingual | None = None


@frozen
class RulePage:
    """A rule with its parts in the order of reading, then its examples."""

    id: str
    topic: str
    title: Bilingual
    parts: tuple[Words | Rows, ...]
    examples: tuple[Shown, ...]
