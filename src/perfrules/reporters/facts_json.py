"""The read contract: what was read from the documents, as JSON. Numbers are strings, as printed; order is the source's.

`facts` are money; staffing figures stand under `counts` with the name of their `field` (decision 15).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction

from perfrules.location import Location
from perfrules.model.correction import Correction
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Subject
from perfrules.model.subject_types import label_of
from perfrules.model.submission import Submission
from perfrules.model.unit import Kind

Json = dict[str, object]


def facts_json(submissions: Sequence[Submission]) -> str:
    """The contract of `perfrules read --format json`; the same submissions give the same bytes."""
    contract: Json = {
        "documents": [entry for each in submissions for entry in _documents(each)],
        "facts": [entry for each in submissions for entry in _facts(each)],
        "claims": [entry for each in submissions for entry in _claims(each)],
        "counts": [entry for each in submissions for entry in _counts(each)],
        "targets": [entry for each in submissions for entry in _targets(each)],
        "inferred": [entry for each in submissions for entry in _inferred(each)],
        "unread": [
            {
                "location": place(unread.location),
                "quote": unread.quote,
                "why": unread.why,
                "open": unread.open,
            }
            for each in submissions
            for unread in each.unread
        ],
    }
    corrected = [entry for each in submissions for entry in corrections_json(each.corrections)]
    if corrected:
        contract["corrections"] = corrected
    return json.dumps(contract, ensure_ascii=False, indent=2) + "\n"


def corrections_json(corrections: Sequence[Correction]) -> list[Json]:
    """What persons have corrected of the reading: the figure, what it was read as and is, who says so, when and why."""
    return [
        {
            "location": place(each.location),
            "quote": each.quote,
            "read_as": each.read_as or None,
            "owner": each.owner or None,
            "item": each.item,
            "by": each.by,
            "on": each.on.isoformat(),
            "why": each.why,
            **({"moved_from": each.moved_from} if each.moved_from else {}),
        }
        for each in corrections
    ]


def place(location: Location | None) -> Json | None:
    """A location in the contract's form; None for a fact no document prints."""
    if location is None:
        return None
    span = None if location.span is None else list(location.span)
    return {"source": location.source, "address": location.address, "span": span}


def decimal_or_fraction(number: Fraction) -> str:
    """An exact number as text: a decimal where it ends within forty places, else numerator/denominator."""
    for places in range(41):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = f"{abs(scaled.numerator):0{places + 1}d}"
            sign = "-" if number < 0 else ""
            return (
                f"{sign}{digits[: len(digits) - places]}.{digits[len(digits) - places :]}"
                if places
                else sign + digits
            )
    return f"{number.numerator}/{number.denominator}"


def _documents(submission: Submission) -> Iterator[Json]:
    start, end = submission.period
    period = {"from": start and start.isoformat(), "to": end and end.isoformat()}
    for each in submission.documents:
        yield {
            "path": each.path,
            "sha256": each.sha256,
            "kind": each.kind,
            "department": submission.department.name or None,
            "period": period,
        }


def _owners(submission: Submission) -> Iterator[tuple[str, str | None, Subject]]:
    """Lines and projects with the contract's names for them."""
    for name, line in submission.department.members.items():
        yield "department", name, line
    for row in submission.department.table("projects").rows:
        yield f"project:{row.name}", None, row


def _facts(submission: Submission) -> Iterator[Json]:
    found = [
        (subject, line, witness, fact.state)
        for subject, line, owner in _owners(submission)
        for fact in owner.facts.values()
        if _is_printed(fact, Kind.MONEY)
        for witness in (fact, *fact.witnesses)
    ]
    for subject, line, fact, state in sorted(found, key=lambda each: _order(each[2])):
        assert isinstance(fact.value, Quantity)
        yield {
            "subject": subject,
            "line": line,
            "field": fact.field,
            "value": fact.value.digits,
            "unit": fact.value.unit.name,
            "qualifier": fact.value.qualifier.value,
            "quote": fact.quote,
            "label_quote": fact.label,
            "location": place(fact.location),
            **_state(state),
        }


def _state(state: State) -> Json:
    """Named only where a figure is not plainly printed; all witnesses of a conflict carry it."""
    return {} if state is State.PRINTED else {"state": state.value}


def _is_printed(fact: Fact, kind: Kind) -> bool:
    printed = fact.state in (State.PRINTED, State.SUSPECT, State.CONFLICTING)
    return printed and isinstance(fact.value, Quantity) and fact.value.unit.kind is kind


def _order(fact: Fact) -> tuple[str, int]:
    where = fact.location
    return (where.source, where.span[0]) if where is not None and where.span is not None else ("", 0)


def _claims(submission: Submission) -> Iterator[Json]:
    for subject, line, owner in _owners(submission):
        for claim in owner.table("claims").rows:
            printed = claim.facts["printed"]
            assert isinstance(printed.value, Quantity)
            yield {
                "subject": subject,
                "line": line,
                "numerator": claim.facts["numerator_name"].value,
                "denominator_named": claim.facts["base_name"].value if "base_name" in claim.facts else None,
                "printed": f"{printed.value.digits}{printed.value.unit.name}",
                "quote": printed.quote,
                "location": place(printed.location),
            }


def _counts(submission: Submission) -> Iterator[Json]:
    department = submission.department
    for name, fact in department.facts.items():
        if _is_printed(fact, Kind.COUNT):
            for each in (fact, *fact.witnesses):
                yield {"field": name, **_count(each, label_of(name).zh), **_state(fact.state)}
    for owner in (department, *department.table("projects").rows):
        whose = f"project:{owner.name}" if owner.type == "project" else "department"
        for row in owner.table("counts").rows:
            value, change = row.facts["value"], row.facts.get("change")
            entry = {**_count(value, row.name, whose), **_state(value.state)}
            if change is not None and isinstance(change.value, Quantity):
                entry["change"] = f"{change.value.digits}{change.value.unit.name}"
                entry["change_quote"] = change.quote
            yield entry


def _count(fact: Fact, what: str, subject: str = "department") -> Json:
    assert isinstance(fact.value, Quantity)
    interval = fact.value.interval
    low = None if interval is None else interval.low if interval.low is not None else interval.high
    return {
        "subject": subject,
        "what": what,
        "value": decimal_or_fraction(Fraction(fact.value.digits) * fact.value.factor if low is None else low),
        "unit": fact.value.unit.name,
        "qualifier": fact.value.qualifier.value,
        "quote": fact.quote,
        "location": place(fact.location),
    }


def _targets(submission: Submission) -> Iterator[Json]:
    department = submission.department
    for owner in (department, *department.table("projects").rows):
        whose = f"project:{owner.name}" if owner.type == "project" else "department"
        table = "department_targets" if owner is department else "targets"
        for row in owner.table(table).rows:
            values = {name: fact.value.words if isinstance(fact.value, Quantity) else str(fact.value) for name, fact in row.facts.items()}  # fmt: skip
            where = (row.facts.get("name") or next(iter(row.facts.values()))).location
            yield {"subject": whose, **values, "location": place(where)}


def _inferred(submission: Submission) -> Iterator[Json]:
    for subject, line, owner in _owners(submission):
        for fact in owner.facts.values():
            if fact.state not in (State.DERIVED, State.ASSUMED) or not isinstance(fact.value, Quantity):
                continue
            exact, unit = fact.value.exact, fact.value.unit
            yield {
                "subject": subject,
                "line": line,
                "field": fact.field,
                "value": None if exact is None else decimal_or_fraction(exact / unit.scale),
                "unit": unit.name,
                "state": fact.state.value,
                "formula": fact.formula,
                "location": place(fact.location),
            }
