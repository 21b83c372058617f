"""One step of an evaluation: traces of the parts in, the trace of the whole out. Nothing here raises."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from perfrules.language.context import Context
from perfrules.language.values import compared, fits, only_by_rounding, point
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Field, Subject
from perfrules.model.subject_types import own_label
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Reason, Unknown, Value, lacking
from perfrules.model.unit import NUMBER

Apply = Callable[..., Value | Reason]
"""An operation on known values; the reason where it has no result."""
_DOUBTS = {State.SUSPECT: Reason.SUSPECT, State.CONFLICTING: Reason.CONFLICTING}


def fact_read(text: str, owner: Subject, field: Field) -> Trace:
    """The value of a subject's field; unknown where no fact gives it, where it is in doubt or of another kind."""
    fact = owner.facts.get(field.name)
    if fact is None:
        lacks = owner.lacks.get(field.name) or (_lack(Reason.MISSING, owner, field),)
        return Trace(text, Unknown(lacks))
    value = _held(fact, field)
    if isinstance(value, Reason):
        value = Unknown((_lack(value, owner, field),))
    return Trace(text, value, fact=fact)


def _lack(reason: Reason, owner: Subject, field: Field) -> Lack:
    """The lack of a field, with its label where a plugin brought it."""
    return Lack(reason, owner.id, field.name, own_label(field))


def _held(fact: Fact, field: Field) -> Value | Reason:
    """What a fact gives, or why it may not be used: 30% where money should stand, spending below zero."""
    if fact.state in _DOUBTS:
        return _DOUBTS[fact.state]
    value = fact.value
    if not isinstance(value, Quantity):
        return value if fits(value, field.kind) else Reason.UNIT
    if value.interval is None or value.slack is None:
        return Reason.APPROXIMATE
    number = Number(value.interval, value.slack, value.unit)
    if not fits(number, field.kind):
        return Reason.UNIT
    return Reason.SUSPECT if field.nonnegative and value.interval.is_negative else number


def strict(text: str, operator: str, parts: Sequence[Trace], context: Context, apply: Apply) -> Trace:
    """A step that needs all its parts: unknown with all their reasons where one is, or with its own."""
    values = [part.value for part in parts]
    if Unknown in map(type, values):
        return Trace(text, lacking(*values), operator, tuple(parts))
    result = apply(*values)
    if isinstance(result, Reason):
        result = _blamed(result, parts, context, operator)
    by_rounding = isinstance(result, bool) and any(part.by_rounding for part in parts)
    return Trace(text, result, operator, tuple(parts), by_rounding=by_rounding)


def comparison(operator: str, left: Trace, right: Trace, context: Context, text: str = "") -> Trace:
    """One comparison; an equality of printed figures tells whether only their rounding allows it."""

    def apply(a: Value, b: Value) -> Value | Reason:
        return compared(operator, a, b)

    step = strict(text or f"{left.text} {operator} {right.text}", operator, (left, right), context, apply)
    if operator != "≈" or step.value is not True or not only_by_rounding(left.value, right.value):
        return step
    return Trace(step.text, True, operator, step.parts, by_rounding=True)


def logic(text: str, operator: str, parts: Sequence[Trace]) -> Trace:
    """Kleene's and, or: one part that decides is enough, whatever is unknown beside it."""
    decisive = operator == "or"
    deciding = [part for part in parts if part.value is decisive]
    if deciding:
        by_rounding = decisive and all(part.by_rounding for part in deciding)
        return Trace(text, decisive, operator, tuple(parts), by_rounding=by_rounding)
    unknown = [part.value for part in parts if isinstance(part.value, Unknown)]
    value = lacking(*unknown) if unknown else not decisive
    return Trace(text, value, operator, tuple(parts), by_rounding=any(part.by_rounding for part in parts))


def among(text: str, value: Trace, choices: Trace, context: Context) -> Trace:
    """Whether a value is one of the items of a list."""
    items = items_of(choices)
    equal = logic(text, "or", [comparison("==", value, item, context) for item in items])
    return Trace(text, equal.value, "in", (value, *items))


def listed(text: str, items: Sequence[Trace]) -> Trace:
    """A list: no value of its own but how many items it has, which are its parts."""
    return Trace(text, point(Fraction(len(items)), NUMBER), "list", tuple(items))


def items_of(trace: Trace) -> tuple[Trace, ...]:
    """The items of a list, given in place or by a parameter; of anything else the one trace itself."""
    inside = trace.parts[0] if trace.operator == "parameter" and trace.parts else trace
    return inside.parts if inside.operator == "list" else (trace,)


def of_state(text: str, form: str, inner: Trace) -> Trace:
    """is_known and is_exact look at the state of a value and are never unknown."""
    known = not isinstance(inner.value, Unknown)
    inexact = isinstance(inner.value, Number) and not inner.value.interval.is_point
    return Trace(text, known and not (form == "is_exact" and inexact), form, (inner,))


def is_printed(text: str, inner: Trace) -> Trace:
    """Whether the submission prints a field, whatever it says there; what is derived or assumed is not printed.

    Unknown where a figure that was left unread may be it.
    """
    if isinstance(inner.value, Unknown) and any(each.reason is Reason.UNREAD for each in inner.value.lacks):
        return Trace(text, inner.value, "is_printed", (inner,))
    printed = inner.fact is not None and inner.fact.state not in (State.DERIVED, State.ASSUMED)
    return Trace(text, printed, "is_printed", (inner,))


def agrees(text: str, inner: Trace) -> Trace:
    """Whether all that is printed of one fact can be one value."""
    if inner.fact is None or inner.fact.state is State.SUSPECT:
        return Trace(text, inner.value, "agrees", (inner,))
    return Trace(text, inner.fact.state is not State.CONFLICTING, "agrees", (inner,))


def _blamed(reason: Reason, parts: Sequence[Trace], context: Context, operator: str) -> Unknown:
    """The Unknown of a step that failed, naming the fields to blame: those of the divisor, or of all parts."""
    open_tables = [lack for part in parts for lack in _lacks(part)]
    if reason is Reason.APPROXIMATE and open_tables:
        return Unknown(tuple(dict.fromkeys(open_tables)))
    blamed = parts[-1:] if reason is Reason.ZERO_DIVISOR else parts
    fields = [
        fact.field
        for part in blamed
        for fact in part.facts()
        if reason is not Reason.APPROXIMATE or _vague(fact)
    ]
    subject = context.path[-1].id
    return Unknown(tuple(Lack(reason, subject, field) for field in dict.fromkeys(fields or [operator])))


def _lacks(trace: Trace) -> Iterator[Lack]:
    yield from trace.lacks
    for part in trace.parts:
        yield from _lacks(part)


def _vague(fact: Fact) -> bool:
    return isinstance(fact.value, Quantity) and fact.value.exact is None
