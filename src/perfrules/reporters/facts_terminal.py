"""What `perfrules read` shows in a terminal: figures by whose they are, claims, counts, what was inferred and left unread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from attrs import frozen

from perfrules.bilingual import Language
from perfrules.language import shown
from perfrules.model.fact import Fact
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Subject
from perfrules.model.subject_types import label_of
from perfrules.model.submission import Submission
from perfrules.model.truth import Number
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, fitting, rendered, table
from perfrules.reporters.ledger_lines import corrected_lines, unread_lines
from perfrules.reporters.words import STATES, UNNAMED, place_said

HIDDEN = ("name", "line", "numerator_name", "base_name", "unit")
NAME = re.compile(r"[a-z_][a-z_0-9]*(?:\.[a-z_][a-z_0-9]*)*")
Row = tuple[str, str, str]
"""What it is, its value, and where it stands or how it was inferred."""


@frozen
class Section:
    """Rows under a heading; the first section of a submission has none."""

    title: str
    rows: tuple[Row, ...]


def facts_terminal(submissions: Sequence[Submission], language: Language, page: Page) -> str:
    """All submissions as text for a terminal of that width."""
    return rendered(chain.from_iterable(_submission(each, language, page) for each in submissions), page)


def _submission(submission: Submission, language: Language, page: Page) -> Iterator[Styled]:
    yield Styled(submission.department.name or UNNAMED.said(language), "title")
    yield from block("; ".join(f"{each.path} ({each.kind})" for each in submission.documents), page, 0)
    sections = [each for each in _sections(submission.department, language) if each.rows]
    rows = [row for section in sections for row in section.rows]
    gaps = fitting(rows, page) if rows else ()
    for section in sections:
        if section.title:
            yield Styled("")
            yield from (Styled(line.text, "title") for line in block(section.title, page, 0))
        yield from table(section.rows, gaps, page)
    yield from _named_projects(submission.department, language, page)
    yield from corrected_lines(submission.corrections, language, page)
    yield from unread_lines(submission.unread, language, page)
    yield Styled("")


def _sections(department: Subject, language: Language) -> Iterator[Section]:
    zh = language == "zh"
    yield Section("", (*_facts(department, language), *_targets(department, language)))
    for name, line in department.members.items():
        yield _titled(label_of(name).said(language), line, language)
    for project in department.table("projects").rows:
        yield _titled(f"{'项目' if zh else 'project'}: {project.name}", project, language)
    yield Section("数量" if zh else "Counts", tuple(_counts(department, language)))


def _counts(subject: Subject, language: Language) -> Iterator[Row]:
    return (_count(row, language) for row in subject.table("counts").rows)


def _titled(title: str, subject: Subject, language: Language) -> Section:
    rows = (
        *_facts(subject, language),
        *_claims(subject, language),
        *_counts(subject, language),
        *_targets(subject, language),
    )
    return Section(title, rows)


def _facts(subject: Subject, language: Language) -> Iterator[Row]:
    for name, fact in subject.facts.items():
        if name not in HIDDEN:
            for each in (fact, *fact.witnesses):
                yield label_of(name).said(language), _value(each, language), _evidence(each, language)


def _claims(subject: Subject, language: Language) -> Iterator[Row]:
    for claim in subject.table("claims").rows:
        parts = [_called(claim, field, language) for field in ("numerator_name", "base_name")]
        printed = claim.facts["printed"]
        yield " / ".join(parts), _value(printed, language), _evidence(printed, language)


def _called(claim: Subject, field: str, language: Language) -> str:
    fact = claim.facts.get(field)
    return label_of(str(fact.value)).said(language) if fact is not None else UNNAMED.said(language)


def _targets(subject: Subject, language: Language) -> Iterator[Row]:
    table = "department_targets" if subject.type == "department" else "targets"
    for target in subject.table(table).rows:
        for name in ("planned", "actual"):
            if name in target.facts:
                fact = target.facts[name]
                label = f"{target.name or UNNAMED.said(language)} {label_of(name).said(language)}"
                yield label, _value(fact, language), _evidence(fact, language)


def _count(row: Subject, language: Language) -> Row:
    value, change = row.facts["value"], row.facts.get("change")
    said = _value(value, language)
    if change is not None:
        said += f" ({label_of('change').said(language)} {_value(change, language)})"
    return row.name, said, _evidence(value, language)


def _value(fact: Fact, language: Language) -> str:
    value = fact.value
    if isinstance(value, Quantity):
        if value.words or value.interval is None or value.slack is None:  # with its 约 and its sign
            return "".join(value.words.split())
        return shown(Number(value.interval, value.slack, value.unit), language)
    if isinstance(value, date):
        return value.isoformat()
    joined = "".join(value.split())
    return joined if len(joined) <= 12 else f"{joined[:8]}... ({len(joined)})"


def _evidence(fact: Fact, language: Language) -> str:
    """The place, and for what no document prints how it came about."""
    state = STATES[fact.state.value].said(language) if fact.state.value in STATES else ""
    if state and fact.formula:
        state = f"{state}: {formula_said(fact.formula, language)}"
    return "  ".join(part for part in (place_said(fact.location, language), state) if part)


def formula_said(formula: str, language: Language) -> str:
    """A formula with fields called as people call them: `年初预算 + 上年结转`."""
    joint = "的" if language == "zh" else " "

    def called(match: re.Match[str]) -> str:
        return joint.join(label_of(name).said(language) for name in match.group().split("."))

    return NAME.sub(called, formula)


def _named_projects(department: Subject, language: Language, page: Page) -> Iterator[Styled]:
    named = department.table("problem_projects").rows
    if named:
        zh = language == "zh"
        said = ("、" if zh else ", ").join(row.name for row in named)
        head = "问题部分所列项目: " if zh else "projects named among the problems: "
        yield Styled("")
        yield from block(head + said, page, 0)
