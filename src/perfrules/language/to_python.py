"""The definition: a checked expression becomes a closure from a context to a trace, whose value is the meaning.

It never raises and always ends, whatever the facts. Everything faster must agree with it.
"""

from __future__ import annotations

from typing import assert_never

from perfrules.language.aggregates import Row, aggregated
from perfrules.language.checker import FORMS, Checked
from perfrules.language.context import Context, Evaluate
from perfrules.language.scope import Meaning
from perfrules.language.steps import (
    arithmetic,
    called,
    compared,
    form,
    kind_test,
    logic,
    negated,
    negation,
    or_else,
    text_test,
    unit_test,
)
from perfrules.language.syntax import (
    Aggregate,
    Arithmetic,
    Call,
    Comparison,
    If,
    IsSet,
    KindTest,
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
from perfrules.language.values import fits
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Subject
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Reason, Unknown, Value
from perfrules.model.unit import Kind


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
                return lambda context: negated(text, operand(context), context)
            case Arithmetic():
                return self.arithmetic(node, text)
            case Comparison():
                return self.comparison(node, text)
            case Within():
                return self.within(node, text)
            case Logic():
                parts = [self.closure(part) for part in node.parts]
                return lambda context: logic(text, node.operator, [part(context) for part in parts])
            case Not():
                inner = self.closure(node.operand)
                return lambda context: negation(text, inner(context))
            case If():
                return self.choice(node, text)
            case OrElse():
                value, fallback = self.closure(node.value), self.closure(node.fallback)
                return lambda context: or_else(text, value(context), fallback, context)
            case TextTest():
                whole, part = self.closure(node.text), self.closure(node.part)
                return lambda context: text_test(text, node.operator, whole(context), part(context))
            case KindTest():
                tested = self.closure(node.value)
                if self.checked.kinds[id(node.value)] is Kind.TEXT:
                    return lambda context: unit_test(text, node.kind, tested(context), context)
                return lambda context: kind_test(text, node.kind, tested(context))
            case Call():
                return self.call(node, text)
            case Aggregate():
                return self.aggregate(node, text)
            case _:
                assert_never(node)

    def arithmetic(self, node: Arithmetic, text: str) -> Evaluate:
        left, right = self.closure(node.left), self.closure(node.right)
        kind = self.checked.kinds[id(node)]
        return lambda context: arithmetic(text, node.operator, left(context), right(context), context, kind)

    def comparison(self, node: Comparison, text: str) -> Evaluate:
        operands = [self.closure(each) for each in node.operands]

        def evaluate(context: Context) -> Trace:
            found = [operand(context) for operand in operands]
            links = [
                compared(text if len(found) == 2 else "", operator, found[index], found[index + 1], context)
                for index, operator in enumerate(node.operators)
            ]
            return links[0] if len(links) == 1 else logic(text, "and", links)

        return evaluate

    def within(self, node: Within, text: str) -> Evaluate:
        value, low, high = self.closure(node.value), self.closure(node.low), self.closure(node.high)
        first, second = "<=" if node.low_closed else "<", "<=" if node.high_closed else "<"

        def evaluate(context: Context) -> Trace:
            middle = value(context)
            above = compared("", first, low(context), middle, context)
            return logic(text, "and", [above, compared("", second, middle, high(context), context)])

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
            return lambda context: form(text, node.function, arguments[0](context))
        function = self.checked.scope.functions[node.function]
        return lambda context: called(text, function, [each(context) for each in arguments], context)

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
        value = _value(fact, owner)
        if not fits(value, field.kind):  # 30% where money should stand
            value = Unknown((Lack(Reason.UNIT, owner.id, field.name),))
        return Trace(text, value, fact=fact)

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
