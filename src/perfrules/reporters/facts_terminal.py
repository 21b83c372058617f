"""What `perfrules read` shows in a terminal: figures by whose they are, claims, counts, what was inferred and left unread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from perfrules.bilingual import Language
from perfrules.language import shown
from perfrules.model.fact import Fact
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Subject
from perfrules.model.subject_types import label_of
from perfrules.model.submission import Submission
from perfrules.model.truth import Number
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, padded, rendered
from perfrules.reporters.ledger_lines import unread_lines
from perfrules.reporters.words import STATES, UNNAMED, place_said

COLUMNS = (20, 26)
HIDDEN = ("name", "line", "numerator_name", "base_name", "unit")


def facts_terminal(submissions: Sequence[Submission], language: Language, page: Page) -> str:
    """All submissions as text for a terminal of that width."""
    return rendered(chain.from_iterable(_submission(each, language, page) for each in submissions), page)


def _submission(submission: Submission, language: Language, page: Page) -> Iterator[Styled]:
    zh, department = language == "zh", submission.department
    yield Styled(department.name or UNNAMED.said(language), "title")
    yield from block("; ".join(f"{each.path} ({each.kind})" for each in submission.documents), page, 0)
    yield from _facts(department, language, page)
    for line in department.members.values():
        yield from _titled(line, label_of(str(line.facts["line"].value)).said(language), language, page)
    for project in department.table("projects").rows:
        yield from _titled(project, f"{'项目' if zh else 'project'}: {project.name}", language, page)
    counts = department.table("counts").rows
    if counts:
        yield Styled("")
        yield Styled("数量" if zh else "Counts", "title")
    for row in counts:
        change = f"  {''.join(row.facts['change'].quote.split())}" if "change" in row.facts else ""
        yield from _row(
            row.name, "".join(row.facts["value"].quote.split()) + change, row.facts["value"], language, page
        )
    named = department.table("problem_projects").rows
    if named:
        yield Styled("")
        joint = "、" if zh else ", "
        said = joint.join(row.name for row in named)
        yield from block(
            ("问题部分所列项目: " if zh else "projects named among the problems: ") + said, page, 0
        )
    yield from unread_lines(submission.unread, language, page)
    yield Styled("")


def _titled(subject: Subject, title: str, language: Language, page: Page) -> Iterator[Styled]:
    if any(name not in HIDDEN for name in subject.facts) or subject.tables:
        yield Styled("")
        yield from (Styled(line.text, "title") for line in block(title, page, 0))
        yield from _facts(subject, language, page)
        yield from _claims(subject, language, page)


def _facts(subject: Subject, language: Language, page: Page) -> Iterator[Styled]:
    for name, fact in subject.facts.items():
        if name not in HIDDEN:
            for each in (fact, *fact.witnesses):
                yield from _row(label_of(name).said(language), _value(each, language), each, language, page)


def _claims(subject: Subject, language: Language, page: Page) -> Iterator[Styled]:
    for claim in subject.table("claims").rows:
        numerator = label_of(str(claim.facts["numerator_name"].value)).said(language)
        base = claim.facts.get("base_name")
        named = label_of(str(base.value)).said(language) if base else UNNAMED.said(language)
        yield from _row(
            f"{numerator} / {named}",
            _value(claim.facts["printed"], language),
            claim.facts["printed"],
            language,
            page,
        )


def _value(fact: Fact, language: Language) -> str:
    value = fact.value
    if isinstance(value, Quantity):
        if value.words or value.interval is None or value.slack is None:  # with its 约 and its sign
            return "".join(value.words.split())
        return shown(Number(value.interval, value.slack, value.unit), language)
    if isinstance(value, date):
        return value.isoformat()
    joined = "".join(value.split())
    return joined if len(joined) <= 24 else f"{joined[:20]}... ({len(joined)})"


def _row(label: str, value: str, fact: Fact, language: Language, page: Page) -> Iterator[Styled]:
    state = STATES[fact.state.value].said(language) if fact.state.value in STATES else ""
    formula = f" = {fact.formula}" if fact.formula and state else ""
    where = place_said(fact.location, language)
    tail = "  ".join(part for part in (where, f"{state}{formula}") if part)
    row = f"{padded(label, COLUMNS[0])} {padded(value, COLUMNS[1])} {tail}"
    yield from block(row, page)
