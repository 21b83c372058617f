"""A person's corrections applied to what was read of a document: each figure moved, or taken out; then all inferred anew.

A correction holds while its document has the same bytes, or while the same words stand once in the same sentence and are
read the same, wherever that is; else it has lapsed, or cannot be taken up, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve

from perfrules.documents.folding import fold
from perfrules.location import Location
from perfrules.model.correction import NOT_USED, Correction
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Subject, SubjectType, Table
from perfrules.model.subject_types import MONEY_FIELDS, label_of
from perfrules.model.submission import Submission, Unread
from perfrules.model.unit import Kind, Unit
from perfrules.readers.correction_places import NOT_APPLIED, figure_of
from perfrules.readers.correction_signs import ADDED, CUT, signed
from perfrules.readers.figures import Figure, figures
from perfrules.readers.infer import infer
from perfrules.readers.link import with_claims_linked
from perfrules.readers.merging import as_printed
from perfrules.readers.narrative.assemble import LINE_NAMES
from perfrules.readers.narrative.readings import PROJECT_PREFIX
from perfrules.readers.values import quantity
from perfrules.readers.witnesses import merged

FIELDS = {field.label.zh: field.name for field in MONEY_FIELDS} | {ADDED: "adjustment", CUT: "adjustment"}
"""What a figure of money may be, by label; of an adjustment the sign may be said."""
RATIOS = {
    f"{label_of(numerator).zh}/{label_of(base).zh}": (numerator, base)
    for numerator in ("spent", "appropriated")
    for base in ("adjusted_budget", "initial_budget", "appropriated", "budget")
    if numerator != base
}
"""What a ratio may be, by label: of what, over what."""
_LINE_IDS = {label: name for name, label in LINE_NAMES.items()}


def corrected(
    submission: Submission, corrections: Sequence[Correction], types: Mapping[str, SubjectType]
) -> Submission:
    """The submission of one document as a person reads it; those that have lapsed are told as unread."""
    document = submission.documents[0]
    own = [each for each in corrections if each.document == Path(document.path).name]
    if not own:
        return submission
    known, text = list(figures(submission)), "".join(submission.text.split())
    whole = evolve(submission, department=as_printed(submission.department))
    for each in own:
        found = figure_of(each, known, text, is_same=each.sha256 == document.sha256)
        moved = None if isinstance(found, str) else _moved(whole, each, found)
        if isinstance(found, Figure) and moved is not None:
            before = each.location.address
            done = evolve(each, location=found.location, moved_from="" if found.location.address == before else before)  # fmt: skip
            whole = evolve(moved, corrections=(*moved.corrections, done))
        else:
            where = evolve(each.location, source=document.path)
            why = found if isinstance(found, str) else NOT_APPLIED
            whole = evolve(whole, unread=(*whole.unread, Unread(where, each.quote, why)))
    return with_claims_linked(infer(whole, types, submission.text))


def amount_of(quote: str, kind: Kind, unit: Unit | None) -> Quantity | None:
    """The quantity that printed words are, of a kind; None where they are none."""
    return quantity("".join(fold(quote).split()), kind, unit)


def _moved(submission: Submission, correction: Correction, figure: Figure) -> Submission | None:
    """The submission with a figure where a person sees it; None where that cannot be."""
    where = figure.location
    before = next(_facts_at(submission.department, where), None)
    department = _without(submission.department, where)
    unread = tuple(each for each in submission.unread if (each.location, each.quote) != (where, figure.quote))
    if correction.item != NOT_USED:
        value = _value(correction, figure, before)
        if value is None:
            return None
        fact = Fact("", value, location=where, quote=figure.quote, label=before.label if before else "")
        if _is_new(department, correction.owner):
            unread = (*unread, Unread(where, correction.owner, "added_project", open=False))
        department = _placed(department, correction, fact)
    return evolve(submission, department=department, unread=unread)


def _value(correction: Correction, figure: Figure, before: Fact | None) -> Quantity | None:
    """The quantity that the words are, as what a person says they are; None where they are none."""
    kind = Kind.RATIO if correction.item in RATIOS else Kind.MONEY
    value = before.value if before and isinstance(before.value, Quantity) else None
    is_adjustment = FIELDS.get(correction.item) == "adjustment"
    is_other = before is not None and (before.field == "adjustment") != is_adjustment
    if value is None or value.unit.kind is not kind or is_other:
        value = amount_of(figure.quote, kind, correction.unit)
    if value is None or not is_adjustment or (before and before.field == "adjustment" and correction.item not in (ADDED, CUT)):  # fmt: skip
        return value
    return signed(value, correction.item, figure.quote, figure.sentence, before.label if before else "")


def _facts_at(subject: Subject, where: Location) -> Iterator[Fact]:
    """The prints at a place, anywhere below a subject."""
    for fact in subject.facts.values():
        yield from (each for each in (fact, *fact.witnesses) if each.location == where and isinstance(each.value, Quantity))  # fmt: skip
    for member in subject.members.values():
        yield from _facts_at(member, where)
    for table in subject.tables.values():
        for row in table.rows:
            yield from _facts_at(row, where)


def _without(subject: Subject, where: Location) -> Subject:
    """The subject without the print at a place; a row of a ratio or of a count goes with its figure."""
    facts = {name: fact for name, each in subject.facts.items() if (fact := _rest(each, where)) is not None}
    members = {name: _without(member, where) for name, member in subject.members.items()}
    tables = {
        name: Table(tuple(_without(row, where) for row in table.rows if not _stands(row, where)), table.completeness)
        for name, table in subject.tables.items()
    }  # fmt: skip
    return evolve(subject, facts=facts, members=members, tables=tables)


def _stands(row: Subject, where: Location) -> bool:
    """Whether a row is nothing but the figure at a place."""
    figure = {"claim": "printed", "count": "value", "source": "amount"}.get(row.type)
    return figure is not None and figure in row.facts and row.facts[figure].location == where


def _rest(fact: Fact, where: Location) -> Fact | None:
    if not isinstance(fact.value, Quantity) or all(
        each.location != where for each in (fact, *fact.witnesses)
    ):
        return fact
    prints = [each for each in (fact, *fact.witnesses) if each.location != where]
    return _merged(prints) if prints else None


def _merged(prints: Sequence[Fact]) -> Fact:
    return merged(
        [
            evolve(
                each,
                state=State.PRINTED if each.state is State.CONFLICTING else each.state,
                witnesses=(),
            )
            for each in prints
        ]
    )


def _is_new(department: Subject, owner: str) -> bool:
    """Whether a correction names a project that was not recognised."""
    return owner not in _LINE_IDS and owner not in [row.name for row in department.table("projects").rows]


def _placed(department: Subject, correction: Correction, fact: Fact) -> Subject:
    """The department with a print added to the line or project that a correction names; a project that was not
    recognised is added, and then nobody knows whether the list of them is whole.
    """
    line = _LINE_IDS.get(correction.owner)
    if line is not None:
        name = LINE_NAMES[line]
        words = {"name": Fact("name", name), "line": Fact("line", line)}
        member = department.members.get(line) or Subject("line", f"department/{line}", name, words)
        return evolve(department, members={**department.members, line: _with(member, correction, fact)})
    table = department.table("projects")
    if _is_new(department, correction.owner):
        said = f"人工更正: {correction.by} {correction.on.isoformat()}"
        named = Fact("name", correction.owner, State.DERIVED, formula=said)
        known = {"name": named, "line": Fact("line", "project")}
        added = Subject("project", PROJECT_PREFIX + correction.owner, correction.owner, known)
        table = Table((*table.rows, added))
    rows = tuple(_with(row, correction, fact) if row.name == correction.owner else row for row in table.rows)
    return evolve(department, tables={**department.tables, "projects": Table(rows, table.completeness)})


def _with(owner: Subject, correction: Correction, fact: Fact) -> Subject:
    if correction.item in RATIOS:
        numerator, base = RATIOS[correction.item]
        words = {"numerator_name": Fact("numerator_name", numerator), "base_name": Fact("base_name", base)}
        claims = owner.table("claims")
        row = Subject("claim", f"{owner.id}/claim:{len(claims.rows) + 1}", fact.quote, {"printed": evolve(fact, field="printed"), **words})  # fmt: skip
        return evolve(owner, tables={**owner.tables, "claims": Table((*claims.rows, row), claims.completeness)})  # fmt: skip
    field = FIELDS[correction.item]
    there = owner.facts.get(field)
    prints = [*((there, *there.witnesses) if there else ()), evolve(fact, field=field)]
    return evolve(owner, facts={**owner.facts, field: _merged(prints)})
