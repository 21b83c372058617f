"""The notes for each file of a report: one for each finding that stands on its figures, at the first of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfrules.bilingual import Language
from perfrules.documents.comments import Note
from perfrules.model.fact import Fact, State
from perfrules.model.finding import Finding
from perfrules.reporters.back.items import Item
from perfrules.reporters.back.words import Titles, figures_of, lines


def notes(
    items: Sequence[Item], files: Sequence[str], language: Language, titles: Titles
) -> Mapping[str, tuple[Note, ...]]:
    """The notes of each file, in the order of the form; a finding that stands on no printed figure goes to the first file."""
    found: dict[str, list[Note]] = {each: [] for each in files}
    for item in items:
        for number, finding in zip(item.numbers, item.findings, strict=True):
            places = {path: at for path in files if (at := first_in(finding, path)) is not None}
            for path, at in places.items():
                found[path].append(Note(lines(finding, number, language, at, titles), at.location, at.quote))
            if not places:
                found[files[0]].append(Note(lines(finding, number, language, None, titles)))
    return {path: tuple(each) for path, each in found.items()}


def first_in(finding: Finding, path: str) -> Fact | None:
    """The figure of a file at which a finding is told: one with a place in it, and printed before one only said in words."""
    facts = finding.facts[:1] if finding.singles_out else finding.facts
    here = [each for each in figures_of(facts) if each.location is not None and each.location.source == path]
    return min(here, key=lambda each: (not _is_placed(each), each.state is State.DERIVED), default=None)


def _is_placed(fact: Fact) -> bool:
    where = fact.location
    return where is not None and (where.span is not None or "!" in where.address)
