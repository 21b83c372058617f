"""The definition: a checked expression becomes a closure from a context to a trace, whose value is the meaning.

It never raises and always ends, whatever the facts. Everything faster must agree with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import assert_never

from attrs import frozen

from perfrules.language import values
from perfrules.language.aggregates import Row, aggregated
from perfrules.language.checker import FORMS, Checked
from perfrules.language.functions import Function
from perfrules.language.scope import Meaning
from perfrules.language.syntax import (
    Aggregate,
    Arithmetic,
    Call,
    Comparison,
    If,
    IsSet,
    Literal,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    OrElse,
    Parameter,
    TextTest,
    Within,
)
from perfrules.language.to_text import to_text
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Subject
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Reason, Unknown, Value, lacking

BLANK = frozenset({"", "无", "暂无", "无偏差", "/", "-", "—"})


@frozen
class Context:
    """What an expression is evaluated in: the path from the department to the subject asked, and the parameters."""

    path: tuple[Subject, ...]
    parameters: Mapping[str, Trace]


Evaluate = Callable[[Context], Trace]


def to_python(checked: Checked) -> Evaluate:
    """The closure that evaluates a checked expression."""
    return _Compiler(checked).closure(checked.node)


class _Compiler:
    def __init__(self, checked: Checked) -> None:
        self.checked = checked

    def closure(self, node: Node) -> Evaluate:
        text = to_text(node)
        match node:
            case Literal():
                literal = Trace(text, node.value)
                return lambda _: literal
            case Name():
                return _name(self.checked.meanings[id(node)], text)
            case Parameter():
                return _parameter(node.name, text)
            case IsSet():
                return lambda context: Trace(text, node.name in context.parameters, "is_set")
            case Negative():
                operand = self.closure(node.operand)
                return lambda context: _negated(text, operand(context))
            case Arithmetic():
                left, right = self.closure(node.left), self.closure(node.right)
                return lambda context: _arithmetic(
                    text, node.operator, left(context), right(context), context
                )
            case Comparison():
                return self.comparison(node, text)
            case Within():
                return self.within(node, text)
            case Logic():
                parts = [self.closure(part) for part in node.parts]
                return lambda context: _logic(text, node.operator, [part(context) for part in parts])
            case Not():
                inner = self.closure(node.operand)
                return lambda context: _not(text, inner(context))
            case If():
                return self.choice(node, text)
            case OrElse():
                value, fallback = self.closure(node.value), self.closure(node.fallback)
                return lambda context: _or_else(text, value(context), fallback, context)
            case TextTest():
                whole, part = self.closure(node.text), self.closure(node.part)
                return lambda context: _text_test(text, node.operator, whole(context), part(context))
            case Call():
                return self.call(node, text)
            case Aggregate():
                return self.aggregate(node, text)
            case _:
                assert_never(node)

    def comparison(self, node: Comparison, text: str) -> Evaluate:
        operands = [self.closure(each) for each in node.operands]

        def evaluate(context: Context) -> Trace:
            found = [operand(context) for operand in operands]
            links = [
                _compared(text if len(found) == 2 else "", operator, found[index], found[index + 1], context)
                for index, operator in enumerate(node.operators)
            ]
            return links[0] if len(links) == 1 else _logic(text, "and", links)

        return evaluate

    def within(self, node: Within, text: str) -> Evaluate:
        value, low, high = self.closure(node.value), self.closure(node.low), self.closure(node.high)
        first, second = "<=" if node.low_closed else "<", "<=" if node.high_closed else "<"

        def evaluate(context: Context) -> Trace:
            middle = value(context)
            above = _compared("", first, low(context), middle, context)
            return _logic(text, "and", [above, _compared("", second, middle, high(context), context)])

        return evaluate

    def choice(self, node: If, text: str) -> Evaluate:
        condition, then, otherwise = (
            self.closure(node.condition),
            self.closure(node.then),
            self.closure(node.otherwise),
        )

        def evaluate(context: Context) -> Trace:
            guard = condition(context)
            if isinstance(guard.value, Unknown):
                return Trace(text, guard.value, "if", (guard,))
            chosen = then(context) if guard.value is True else otherwise(context)
            return Trace(text, chosen.value, "if", (guard, chosen), by_rounding=chosen.by_rounding)

        return evaluate

    def call(self, node: Call, text: str) -> Evaluate:
        arguments = [self.closure(each) for each in node.arguments]
        if node.function in FORMS:
            return lambda context: _form(text, node.function, arguments[0](context))
        function = self.checked.scope.functions[node.function]
        return lambda context: _called(text, function, [each(context) for each in arguments], context)

    def aggregate(self, node: Aggregate, text: str) -> Evaluate:
        table = self.checked.meanings[id(node.table)]
        body = self.closure(node.body) if node.body is not None else None
        where = self.closure(node.where) if node.where is not None else None
        named = self.checked.meanings.get(id(node.body))
        nonnegative = named is not None and named.field is not None and named.field.nonnegative

        def evaluate(context: Context) -> Trace:
            owner = _owner(table, context)
            if owner is None:
                return Trace(
                    text, Unknown((Lack(Reason.MISSING, context.path[-1].id, table.table),)), node.operator
                )
            found = owner.table(table.table)
            rows = []
            for subject in found.rows:
                inside = Context((*context.path, subject), context.parameters)
                rows.append(Row(subject, where(inside) if where else None, body(inside) if body else None))
            lack = Lack(Reason.INCOMPLETE, owner.id, table.table)
            kind = self.checked.kinds.get(id(node.body)) if node.body is not None else None
            return aggregated(text, node, rows, found.completeness, lack, nonnegative, kind)

        return evaluate


def _name(meaning: Meaning, text: str) -> Evaluate:
    field = meaning.field
    assert field is not None

    def evaluate(context: Context) -> Trace:
        owner = _owner(meaning, context)
        if owner is None:
            path = "/".join((context.path[-1].id, *meaning.members))
            return Trace(text, Unknown((Lack(Reason.MISSING, path, field.name),)))
        fact = owner.facts.get(field.name)
        if fact is None:
            lacks = owner.lacks.get(field.name) or (Lack(Reason.MISSING, owner.id, field.name),)
            return Trace(text, Unknown(lacks))
        return Trace(text, _value(fact, owner), fact=fact)

    return evaluate


def _owner(meaning: Meaning, context: Context) -> Subject | None:
    """The subject a name speaks of: the innermost of its types on the path, then down its members."""
    wanted = meaning.owners
    tops = [each for each in reversed(context.path) if each.type in wanted]
    if not tops and meaning.members:
        tops = [each for each in reversed(context.path) if meaning.members[0] in each.members]
    subject: Subject | None = tops[0] if tops else None
    for member in meaning.members:
        subject = None if subject is None else subject.members.get(member)
    return subject


def _value(fact: Fact, owner: Subject) -> Value:
    if fact.state is State.SUSPECT:
        return Unknown((Lack(Reason.SUSPECT, owner.id, fact.field),))
    if fact.state is State.CONFLICTING:
        return Unknown((Lack(Reason.CONFLICTING, owner.id, fact.field),))
    if not isinstance(fact.value, Quantity):
        return fact.value
    if fact.value.interval is None or fact.value.slack is None:
        return Unknown((Lack(Reason.APPROXIMATE, owner.id, fact.field),))
    return Number(fact.value.interval, fact.value.slack, fact.value.unit)


def _parameter(name: str, text: str) -> Evaluate:
    def evaluate(context: Context) -> Trace:
        found = context.parameters.get(name)
        if found is None:
            return Trace(text, Unknown((Lack(Reason.MISSING, "ruleset", text),)), "parameter")
        return Trace(text, found.value, "parameter", (found,))

    return evaluate


def _negated(text: str, operand: Trace) -> Trace:
    value = operand.value
    return Trace(text, values.negative(value) if isinstance(value, Number) else value, "-", (operand,))


def _arithmetic(text: str, operator: str, left: Trace, right: Trace, context: Context) -> Trace:
    a, b = left.value, right.value
    if isinstance(a, Number | date) and isinstance(b, Number | date):
        result = values.computed(operator, a, b)
        value = _because(result, (left, right), context, operator) if isinstance(result, Reason) else result
    else:
        value = lacking(a, b)
    return Trace(text, value, operator, (left, right))


def _because(reason: Reason, parts: Sequence[Trace], context: Context, operator: str) -> Unknown:
    """The Unknown of an operation that failed, naming the fields to blame: those of the divisor, or of all parts."""
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


def _compared(text: str, operator: str, left: Trace, right: Trace, context: Context) -> Trace:
    text = text or f"{left.text} {operator} {right.text}"
    a, b, by_rounding = left.value, right.value, False
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return Trace(text, lacking(a, b), operator, (left, right))
    if operator == "≈" and isinstance(a, Number) and isinstance(b, Number):
        result, by_rounding = values.alike(a, b)
    else:
        result = values.compared("==" if operator == "≈" else operator, a, b)
    value = _because(result, (left, right), context, operator) if isinstance(result, Reason) else result
    return Trace(text, value, operator, (left, right), by_rounding=by_rounding)


def _logic(text: str, operator: str, parts: Sequence[Trace]) -> Trace:
    """Kleene's and, or: one part that decides is enough, whatever is unknown beside it."""
    decisive = operator == "or"
    deciding = [part for part in parts if part.value is decisive]
    if deciding:
        exactly = all(part.by_rounding for part in deciding)
        return Trace(text, decisive, operator, tuple(parts), by_rounding=decisive and exactly)
    unknown = [part.value for part in parts if isinstance(part.value, Unknown)]
    value = lacking(*unknown) if unknown else not decisive
    return Trace(text, value, operator, tuple(parts), by_rounding=any(part.by_rounding for part in parts))


def _not(text: str, inner: Trace) -> Trace:
    value = inner.value if isinstance(inner.value, Unknown) else inner.value is False
    return Trace(text, value, "not", (inner,), by_rounding=inner.by_rounding)


def _or_else(text: str, value: Trace, fallback: Evaluate, context: Context) -> Trace:
    chosen = fallback(context) if isinstance(value.value, Unknown) else value
    return Trace(text, chosen.value, "or else", (chosen,), chosen.fact, chosen.by_rounding)


def _text_test(text: str, operator: str, whole: Trace, part: Trace) -> Trace:
    a, b = whole.value, part.value
    if not (isinstance(a, str) and isinstance(b, str)):
        return Trace(text, lacking(a, b), operator, (whole, part))
    tests = {"has": b in a, "starts with": a.startswith(b), "ends with": a.endswith(b)}
    return Trace(text, tests[operator], operator, (whole, part))


def _form(text: str, form: str, inner: Trace) -> Trace:
    value = inner.value
    if form == "is_known":
        return Trace(text, not isinstance(value, Unknown), form, (inner,))
    if form == "is_exact":
        point = value.interval.is_point if isinstance(value, Number) else not isinstance(value, Unknown)
        return Trace(text, point, form, (inner,))
    blank = value.strip() in BLANK if isinstance(value, str) else value
    return Trace(text, blank, form, (inner,))


def _called(text: str, function: Function, arguments: Sequence[Trace], context: Context) -> Trace:
    unknown = [each.value for each in arguments if isinstance(each.value, Unknown)]
    if unknown:
        return Trace(text, lacking(*unknown), function.name, tuple(arguments))
    value = function.apply(*(each.value for each in arguments))
    if isinstance(value, Unknown) and not any(lack.subject for lack in value.lacks):
        value = _because(value.lacks[0].reason, arguments, context, function.name)
    return Trace(text, value, function.name, tuple(arguments))
