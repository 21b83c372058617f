"""The definition: a checked expression becomes a closure from a context to a trace, whose value is the meaning.

It never raises and always ends, whatever the facts. Everything faster must agree with it. This page says which parts are
evaluated, in which context; `steps` says what becomes of unknown parts, `values` computes with known ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import assert_never

from perfrules.language import steps, values
from perfrules.language.aggregates import Row, aggregated, row_named
from perfrules.language.checker import Checked
from perfrules.language.context import Context, Evaluate
from perfrules.language.patterns import Pattern, pattern
from perfrules.language.scope import Meaning
from perfrules.language.syntax import (
    Aggregate,
    Among,
    Arithmetic,
    Call,
    Comparison,
    HasRow,
    If,
    IsSet,
    KindTest,
    Listing,
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
    below,
)
from perfrules.language.to_text import to_text
from perfrules.model.subject import Subject
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Reason, Unknown, Value
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
                return partial(_named, self.checked.meanings[id(node)], text)
            case Parameter():
                return partial(_parameter, node.name, text)
            case IsSet():
                return lambda context: Trace(text, node.name in context.parameters, "is_set")
            case Negative():
                return self.strict(node, text, "-", values.negative)
            case Arithmetic():
                kind = self.checked.kinds[id(node)]
                return self.strict(
                    node, text, node.operator, partial(values.computed, node.operator, kind=kind)
                )
            case Comparison():
                return self.comparison(node.operators, node.operands, text)
            case Within():
                first, second = "<=" if node.low_closed else "<", "<=" if node.high_closed else "<"
                return self.comparison((first, second), (node.low, node.value, node.high), text)
            case Listing():
                items = self.closures(node.items)
                return lambda context: steps.listed(text, [item(context) for item in items])
            case Among():
                value, choices = self.closures(below(node))
                return lambda context: steps.among(text, value(context), choices(context), context)
            case Logic():
                parts = self.closures(node.parts)
                return lambda context: steps.logic(text, node.operator, [part(context) for part in parts])
            case Not():
                return self.strict(node, text, "not", values.negation)
            case If():
                return self.choice(node, text)
            case OrElse():
                return self.or_else(node, text)
            case TextTest():
                test = (
                    self.shapes(node) if node.operator == "matches" else partial(values.tested, node.operator)
                )
                return self.strict(node, text, node.operator, test)
            case KindTest():
                of_unit = self.checked.kinds[id(node.value)] is Kind.TEXT and node.kind is not Kind.TEXT
                is_kind = values.names_unit_of_kind if of_unit else values.is_of_kind
                return self.strict(node, text, "is", partial(is_kind, node.kind))
            case Call():
                return self.call(node, text)
            case HasRow():
                return self.has_row(node, text)
            case Aggregate():
                return self.aggregate(node, text)
            case _:
                assert_never(node)

    def closures(self, nodes: Sequence[Node]) -> list[Evaluate]:
        return [self.closure(node) for node in nodes]

    def strict(self, node: Node, text: str, operator: str, apply: steps.Apply) -> Evaluate:
        parts = self.closures(below(node))
        return lambda context: steps.strict(text, operator, [part(context) for part in parts], context, apply)

    def comparison(self, operators: Sequence[str], operands: Sequence[Node], text: str) -> Evaluate:
        """One comparison, or a chain: each between neighbours, and all must hold."""
        closures, only = self.closures(operands), text if len(operators) == 1 else ""

        def evaluate(context: Context) -> Trace:
            found = [closure(context) for closure in closures]
            links = [
                steps.comparison(operator, found[index], found[index + 1], context, only)
                for index, operator in enumerate(operators)
            ]
            return links[0] if only else steps.logic(text, "and", links)

        return evaluate

    def choice(self, node: If, text: str) -> Evaluate:
        condition, then, otherwise = self.closures(below(node))

        def evaluate(context: Context) -> Trace:
            guard = condition(context)
            if isinstance(guard.value, Unknown):
                return Trace(text, guard.value, "if", (guard,))
            chosen = then(context) if guard.value is True else otherwise(context)
            by_rounding = guard.by_rounding or chosen.by_rounding
            return Trace(text, chosen.value, "if", (guard, chosen), by_rounding=by_rounding)

        return evaluate

    def or_else(self, node: OrElse, text: str) -> Evaluate:
        value, fallback = self.closures(below(node))

        def evaluate(context: Context) -> Trace:
            first = value(context)
            chosen = fallback(context) if isinstance(first.value, Unknown) else first
            return Trace(text, chosen.value, "or else", (chosen,), chosen.fact, chosen.by_rounding)

        return evaluate

    def shapes(self, node: TextTest) -> steps.Apply:
        """The test of a text against a pattern, each pattern it may be read once, beforehand."""
        known = {text: pattern(text) for text in self.checked.shapes[id(node.part)]}

        def matches(whole: Value, written: Value) -> Value | Reason:
            shape = known.get(str(written))
            if isinstance(whole, str) and isinstance(shape, Pattern):
                return shape.matches(whole)
            return Reason.UNIT

        return matches

    def call(self, node: Call, text: str) -> Evaluate:
        arguments = self.closures(node.arguments)
        match node.function:
            case "is_known" | "is_exact":
                return lambda context: steps.of_state(text, node.function, arguments[0](context))
            case "is_printed":
                return lambda context: steps.is_printed(text, arguments[0](context))
            case "agrees":
                return lambda context: steps.agrees(text, arguments[0](context))
            case "is_blank":
                return self.strict(node, text, "is_blank", values.is_blank)
        function = self.checked.scope.functions[node.function]

        def evaluate(context: Context) -> Trace:
            found = [argument(context) for argument in arguments]
            spread = [*found[:-1], *(item for last in found[-1:] for item in steps.items_of(last))]
            return steps.strict(text, function.name, spread, context, function.applied)

        return evaluate

    def has_row(self, node: HasRow, text: str) -> Evaluate:
        table, name = self.checked.meanings[id(node.table)], self.closure(node.name)
        return lambda context: row_named(text, name(context), _owner(table, context), table, context.path[-1])

    def aggregate(self, node: Aggregate, text: str) -> Evaluate:
        table, kinds = self.checked.meanings[id(node.table)], self.checked.kinds
        body, where = (self.closure(each) if each else None for each in (node.body, node.where))
        nonnegative = node.body is not None and self.checked.extents[id(node.body)].is_nonnegative
        kind = kinds[id(node.body)] if node.body is not None else Kind.COUNT

        def evaluate(context: Context) -> Trace:
            owner = _owner(table, context)
            if owner is None:
                return Trace(text, _absent(table, context), node.operator)
            rows = []
            for subject in owner.table(table.table).rows:
                inside = Context((*context.path, subject), context.parameters)
                member = where(inside) if where else None
                if member is None or member.value is not False:
                    rows.append(Row(subject, member, body(inside) if body else None))
            return aggregated(text, node, rows, owner, table, nonnegative, kind)

        return evaluate


def _named(meaning: Meaning, text: str, context: Context) -> Trace:
    owner = _owner(meaning, context)
    if owner is None:
        return Trace(text, _absent(meaning, context))
    assert meaning.field is not None
    return steps.fact_read(text, owner, meaning.field)


def _owner(meaning: Meaning, context: Context) -> Subject | None:
    """The subject a name speaks of: the innermost of its types on the path, then down its members."""
    subject: Subject | None = None
    for each in reversed(context.path[: len(context.path) - meaning.outward]):
        if each.type in meaning.owners:
            subject = each
            break
    for member in meaning.members:
        subject = None if subject is None else subject.members.get(member)
    return subject


def _absent(meaning: Meaning, context: Context) -> Unknown:
    """What is lacking where the subject a name speaks of is not there: a line that the report does not have."""
    path = "/".join((context.path[-1].id, *meaning.members))
    return Unknown((Lack(Reason.MISSING, path, meaning.field.name if meaning.field else meaning.table),))


def _parameter(name: str, text: str, context: Context) -> Trace:
    found = context.parameters.get(name)
    if found is None:
        return Trace(text, Unknown((Lack(Reason.MISSING, "ruleset", text),)), "parameter")
    return Trace(text, found.value, "parameter", (found,))
