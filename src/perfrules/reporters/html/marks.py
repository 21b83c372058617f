"""What is marked in the documents of a report: the words findings stand on, explanations, and figures left unread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.finding import Finding
from perfrules.model.report import Report
from perfrules.model.rule import Severity
from perfrules.model.subject_types import title_of
from perfrules.reporters.html.wording import Say
from perfrules.reporters.words import WHY_UNREAD

KINDS = ("error", "warning", "notice", "explained", "unread", "aside")
"""The gravest first: a stretch with several marks looks as the gravest does."""
Key = tuple[str, int | str]
"""Where a place begins: its file, and its first code point or its address."""


@frozen
class Mark:
    """A place and what is said of it: `back` is the id of that, `sign` how it is called in the text, `label` aloud."""

    location: Location
    quote: str
    kind: str
    back: str
    sign: str
    label: str


@frozen
class Numbered:
    """A finding with the number and the id it has in its report."""

    number: int
    id: str
    finding: Finding


def key_of(location: Location) -> Key:
    """Where a place begins."""
    return location.source, location.address if location.span is None else location.span[0]


def numbered(report: Report, prefix: str) -> tuple[Numbered, ...]:
    """The findings of a report, the gravest first, as the terminal numbers them."""
    found = [each for severity in Severity for each in report.findings if each.severity is severity]
    return tuple(Numbered(at, f"{prefix}f{at}", each) for at, each in enumerate(found, 1))


def marks_of(report: Report, findings: Iterable[Numbered], prefix: str, say: Say) -> tuple[Mark, ...]:
    """Every mark of a report, each place once for each finding."""
    found = [mark for each in findings for mark in _of_finding(each, say)]
    for at, unread in enumerate(report.unread, 1):
        why = say.of(WHY_UNREAD[unread.why]) if unread.why in WHY_UNREAD else unread.why
        kind, sign = ("unread", "?") if unread.open else ("aside", "–")
        label = f"{say('未读入', 'left unread')}: {why}"
        found.append(Mark(unread.location, unread.quote, kind, f"{prefix}u{at}", sign, label))
    return tuple(dict.fromkeys(found))


def _of_finding(each: Numbered, say: Say) -> Iterator[Mark]:
    finding, sign = each.finding, str(each.number)
    title = f"{say('发现', 'finding ')}{each.number}: {say.of(finding.title)}"
    for fact in shown_facts(finding):
        assert fact.location is not None
        label = f"{title} – {say.of(title_of(fact))}"
        yield Mark(fact.location, fact.quote, finding.severity.value, each.id, sign, label)
    explained = finding.explanation
    if explained is not None and explained.location is not None:
        label = f"{title} – {say('报告中的说明', 'the explanation in the report')}"
        yield Mark(explained.location, explained.quote, "explained", each.id, sign, label)


def shown_facts(finding: Finding) -> tuple[Fact, ...]:
    """The printed figures a finding stands on, with the other prints of each, those at one place once."""
    facts = (each for fact in finding.evidence for each in (fact, *fact.witnesses))
    printed = [each for each in facts if each.quote and each.location is not None]
    return tuple({(each.field, each.location): each for each in printed}.values())


def anchors_of(marks: Iterable[Mark], prefix: str) -> Mapping[Key, str]:
    """The id of every place that is marked; marks that begin together share it."""
    keys = dict.fromkeys(key_of(each.location) for each in marks)
    return {key: f"{prefix}p{at}" for at, key in enumerate(keys, 1)}
