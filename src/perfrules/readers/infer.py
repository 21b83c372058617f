"""A submission gets what follows from what it prints: zero parts of a zero total, assumed absences, derived sums.

A fact is assumed only where no part of the submission mentions its field, and derived only by the formula its field
declares, from facts that are neither suspect nor conflicting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import evolve

from perfrules.language import Context, Evaluate, Scope, check, to_python
from perfrules.model.fact import Fact, State
from perfrules.model.interval import Interval
from perfrules.model.quantity import Quantity, computed_quantity
from perfrules.model.subject import Field, Subject, SubjectType, Table
from perfrules.model.submission import Submission
from perfrules.model.truth import Number, Unknown
from perfrules.model.unit import MONEY_UNITS, Kind, Unit

MENTIONS = {
    "carried_over": re.compile("结转|结余"),
    "adjustment": re.compile(
        "追加|追减|调增|调减|调剂|核增|核减|压减|调整(?:后|的|项目|基本|部门|支出|全年)*预算|预算调整|年中调整|收回(?:预算|指标|资金|额度|数|财政|结余|存量)"
        r"|调整[为到至][^，。；]{0,4}\d|(?:增加|减少|净增|净减|调入|调出|统筹)[^，。；]{0,6}预算|预算[^，。；]{0,4}(?:净增|净减|变更|变动)"
    ),
}
"""The words by which a text mentions a field whose absence means something; a text that has them assumes nothing."""

_SENTENCE = re.compile(r"[^。；]+[。；]?")
_COMING = re.compile("下一?年度?|明年|今后|[商请][^，。；]{0,4}财政|建议[^，。；]{0,6}财政")
_AMOUNT = re.compile(r"\d[亿万]?元")
_WAN = MONEY_UNITS["万元"]
Formulas = Sequence[tuple[Field, Evaluate]]
"""Fields with the closures that derive them."""
_USABLE = (State.PRINTED, State.DERIVED)


def infer(submission: Submission, types: Mapping[str, SubjectType], text: str = "") -> Submission:
    """The submission with derived and assumed facts added; `text` is everything the documents say.

    What keeps a declared formula from giving a value is kept in the subject's `lacks`.
    """
    department = _with_zero_parts(submission.department, types)
    absent = _never_mentioned(department, types, text)
    formulas = {kind: _formulas(kind, types) for kind in ("line", "project")}
    members = {
        name: _inferred(member, (department,), types, absent, formulas)
        for name, member in department.members.items()
    }
    tables = dict(department.tables)
    if (projects := department.table("projects")).rows:
        rows = tuple(_inferred(row, (department,), types, absent, formulas) for row in projects.rows)
        tables["projects"] = Table(rows, projects.completeness)
    return evolve(submission, department=evolve(department, members=members, tables=tables))


def _with_zero_parts(department: Subject, types: Mapping[str, SubjectType]) -> Subject:
    """A total of nothing has parts of nothing, where the field cannot be negative."""
    total = department.members.get("total")
    if total is None:
        return department
    zeros = {
        field.name: total.facts[field.name]
        for field in types["line"].fields
        if field.kind is Kind.MONEY and field.nonnegative and _is_zero(total.facts.get(field.name))
    }
    members = {
        name: member if name == "total" else evolve(member, facts={**_zero_parts(zeros), **member.facts})
        for name, member in department.members.items()
    }
    return evolve(department, members=members)


def _zero_parts(zeros: Mapping[str, Fact]) -> dict[str, Fact]:
    return {
        name: Fact(name, _zero(fact), State.DERIVED, fact.location, fact.quote, formula=f"total.{name} = 0")
        for name, fact in zeros.items()
    }


def _is_zero(fact: Fact | None) -> bool:
    """Whether a fact is a zero that leaves no room for anything: 0, not 0.00."""
    return (
        fact is not None
        and fact.state in _USABLE
        and isinstance(fact.value, Quantity)
        and fact.value.slack is not None
        and fact.value.slack.exact == 0
    )


def _zero(fact: Fact) -> Quantity:
    unit = fact.value.unit if isinstance(fact.value, Quantity) else _WAN
    return computed_quantity(Interval.point(Fraction(0)), Interval.point(Fraction(0)), unit)


def _never_mentioned(department: Subject, types: Mapping[str, SubjectType], text: str) -> tuple[Field, ...]:
    subjects = [*department.members.values(), *department.table("projects").rows]
    said = _said(department, text)
    return tuple(
        field
        for field in types["line"].fields
        if field.absence is not None
        and not any(field.name in subject.facts for subject in subjects)
        and not (field.name in MENTIONS and MENTIONS[field.name].search(said))
    )


def said_of_this_year(submission: Submission) -> str:
    """All that a submission says in words, without the sentences that only say what may come."""
    return _said(submission.department, submission.text)


def _said(department: Subject, text: str) -> str:
    sections = [fact.value for fact in department.facts.values() if isinstance(fact.value, str)]
    return _of_this_year("".join("\n".join([text, *sections]).split()))


def _of_this_year(text: str) -> str:
    """The text without the sentences that only say what may come, and name no amount."""
    return "".join(
        sentence
        for sentence in _SENTENCE.findall(text)
        if not _COMING.search(sentence) or _AMOUNT.search(sentence)
    )


def _inferred(
    subject: Subject,
    above: tuple[Subject, ...],
    types: Mapping[str, SubjectType],
    absent: tuple[Field, ...],
    formulas: Mapping[str, Formulas],
) -> Subject:
    facts = dict(subject.facts)
    if any(
        isinstance(fact.value, Quantity) and fact.value.unit.kind is Kind.MONEY for fact in facts.values()
    ):
        for field in absent:
            if not (field.name == "adjustment" and _was_adjusted(facts)):
                facts.setdefault(field.name, _assumed(field, types))
    subject = evolve(subject, facts=facts)
    for field, evaluate in formulas[subject.type]:
        if field.name not in subject.facts:
            subject = _derived(subject, above, field, evaluate)
    return subject


def _was_adjusted(facts: Mapping[str, Fact]) -> bool:
    """Whether a budget is printed before and after adjustment, and the two differ: then there was one, whoever keeps silent."""
    before, after = (facts.get(name) for name in ("initial_budget", "adjusted_budget"))
    if before is None or after is None:
        return False
    slacks = [each.value.slack if isinstance(each.value, Quantity) else None for each in (before, after)]
    return None not in slacks and not slacks[0].meets(slacks[1])  # type: ignore[union-attr,arg-type]


def _formulas(kind: str, types: Mapping[str, SubjectType]) -> Formulas:
    """The fields of a type that a formula derives, each with it compiled."""
    scope = Scope(types, (kind,), {})
    return [
        (field, to_python(check(field.formula, scope)))
        for field in types[kind].fields
        if field.formula is not None
    ]


def _assumed(field: Field, types: Mapping[str, SubjectType]) -> Fact:
    assert field.absence is not None
    checked = check(field.absence, Scope(types, ("department",), {}))
    value = to_python(checked)(Context((Subject("department", "department"),), {})).value
    assert isinstance(value, Number), f"the absence of {field.name} means a number"
    return Fact(field.name, _quantity(value, _WAN), State.ASSUMED, formula=f"{field.name} = {field.absence}")


def _derived(subject: Subject, above: tuple[Subject, ...], field: Field, evaluate: Evaluate) -> Subject:
    trace = evaluate(Context((*above, subject), {}))
    match trace.value:
        case Number() as number:
            unit = next((_unit(fact) for fact in trace.facts()), _WAN)
            fact = Fact(
                field.name, _quantity(number, unit), State.DERIVED, formula=field.formula or "", trace=trace
            )
            return evolve(subject, facts={**subject.facts, field.name: fact})
        case Unknown() as unknown if any(fact.state is not State.ASSUMED for fact in trace.facts()):
            return evolve(subject, lacks={**subject.lacks, field.name: unknown.lacks})
        case _:
            return subject


def _quantity(number: Number, unit: Unit) -> Quantity:
    return computed_quantity(number.interval, number.slack, unit)


def _unit(fact: Fact) -> Unit:
    return fact.value.unit if isinstance(fact.value, Quantity) else _WAN
