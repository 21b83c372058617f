"""Nodes → checked expression: every name, type and unit settled before it runs; all faults at once, each with a hint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from attrs import field, frozen

from perfrules.errors import ExpressionError
from perfrules.language.calling import Calling
from perfrules.language.extents import Extent, Hopeless, extents
from perfrules.language.kinds import NUMERIC, PLAIN, combined, kind_of, serves
from perfrules.language.naming import LABELS
from perfrules.language.parser import parse
from perfrules.language.relating import meeting
from perfrules.language.scope import Meaning, Scope
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
)
from perfrules.model.rule import Expression
from perfrules.model.unit import Kind


@frozen
class Checked:
    """An expression of which everything is known but the facts.

    `kinds`, `meanings` and `extents` annotate nodes by identity, `shapes` the patterns that a text may be held against;
    `reads` are the fields and tables it uses, `parameters` the parameters it cannot do without, named without the `$`:
    those it guards by `is_set` are not among them. `listed` tells a list, of which `kind` is the kind of the items.
    """

    text: str
    node: Node
    kind: Kind
    scope: Scope
    kinds: Mapping[int, Kind] = field(repr=False)
    meanings: Mapping[int, Meaning] = field(repr=False)
    extents: Mapping[int, Extent] = field(repr=False)
    shapes: Mapping[int, tuple[str, ...]] = field(repr=False)
    reads: frozenset[str]
    parameters: frozenset[str]
    listed: bool = False


def check(
    expression: Expression | str, scope: Scope, expected: Kind | None = None, *, may_be_list: bool = False
) -> Checked:
    """The expression checked in a scope, of the expected kind if one is given; raises ExpressionError with all faults.

    Only where `may_be_list` (the value of a parameter) may it be a list.
    """
    text = expression if isinstance(expression, str) else expression.text
    location = None if isinstance(expression, str) else expression.location
    node = parse(text, location)
    checker = _Checker(text, location, scope)
    listed = may_be_list and checker.is_list(node)
    kind = checker.items(node, ()) if listed else checker.kind(node, ())
    if kind is not None and expected is not None and not serves(kind, expected):
        checker.mismatch(node, kind, expected)
    if checker.faults or kind is None:
        raise ExpressionError(checker.faults)
    known, hopeless = extents(node, checker.kinds, checker.meanings)
    checker.without_hope(node, hopeless)
    if checker.faults:
        raise ExpressionError(checker.faults)
    reads = frozenset(each.field.name if each.field else each.table for each in checker.meanings.values())
    return Checked(
        text,
        node,
        kind,
        scope,
        checker.kinds,
        checker.meanings,
        known,
        checker.shapes,
        reads,
        frozenset(checker.parameters - checker.guarded),
        listed,
    )


class _Checker(Calling):
    def kind(self, node: Node, rows: tuple[str, ...]) -> Kind | None:
        found = self.kind_of(node, rows)
        if found is not None:
            self.kinds[id(node)] = found
        return found

    def kind_of(self, node: Node, rows: tuple[str, ...]) -> Kind | None:
        match node:
            case Literal():
                return kind_of(node.value)
            case Name():
                return self.name(node, rows)
            case Parameter():
                return self.no_value(node) if self.is_list(node) else self.parameter(node)
            case IsSet():
                self.guarded.add(node.name)
                return Kind.TRUTH if self.known_parameter(node) else None
            case Negative():
                return self.numeric(node.operand, rows)
            case Arithmetic():
                return self.arithmetic(node, rows)
            case Comparison():
                return self.comparison(node, rows)
            case Within():
                chain = Comparison(("<=", "<="), (node.low, node.value, node.high), span=node.span)
                return self.comparison(chain, rows)
            case Listing():
                return self.no_value(node)
            case Among():
                return self.among(node, rows)
            case Logic():
                return self.truths(node.parts, rows)
            case Not():
                return self.truths((node.operand,), rows)
            case If():
                self.truths((node.condition,), rows)
                return self.same(node.then, node.otherwise, rows)
            case OrElse():
                return self.same(node.value, node.fallback, rows)
            case TextTest():
                return self.text_test(node, rows)
            case KindTest():
                return self.kind_test(node, rows)
            case Call():
                return self.call(node, rows)
            case HasRow():
                return self.has_row(node, rows)
            case Aggregate():
                return self.aggregate(node, rows)
            case _:
                assert_never(node)

    def numeric(self, node: Node, rows: tuple[str, ...]) -> Kind | None:
        kind = self.kind(node, rows)
        if kind is not None and kind not in NUMERIC:
            self.fault(
                node,
                "not_a_number",
                f"{LABELS[kind].zh}不能计算",
                f"{LABELS[kind].en} cannot be computed with",
            )
            return None
        return kind

    def arithmetic(self, node: Arithmetic, rows: tuple[str, ...]) -> Kind | None:
        left, right = self.kind(node.left, rows), self.kind(node.right, rows)
        if left is None or right is None:
            return None
        kind = combined(node.operator, left, right)
        if kind is None:
            a, b = LABELS[left], LABELS[right]
            self.fault(
                node,
                "units",
                f"{a.zh} {node.operator} {b.zh} 没有意义",
                f"{a.en} {node.operator} {b.en} means nothing",
                meeting(left, right),
            )
        return kind

    def comparison(self, node: Comparison, rows: tuple[str, ...]) -> Kind | None:
        kinds = [self.kind(each, rows) for each in node.operands]
        for index, operator in enumerate(node.operators):
            left, right = kinds[index], kinds[index + 1]
            if left is None or right is None:
                continue
            self.compared(node, operator, (left, right), (node.operands[index], node.operands[index + 1]))
        return Kind.TRUTH

    def same(self, first: Node, second: Node, rows: tuple[str, ...]) -> Kind | None:
        left, right = self.kind(first, rows), self.kind(second, rows)
        if left is None or right is None:
            return None
        if left is not right and not (left in PLAIN and right in PLAIN):
            self.mismatch(second, right, left)
            return None
        return left if left is right else Kind.RATIO

    def text_test(self, node: TextTest, rows: tuple[str, ...]) -> Kind:
        for side, allowed in ((node.text, (Kind.TEXT, Kind.MEASURE)), (node.part, (Kind.TEXT,))):
            kind = self.kind(side, rows)
            if kind is not None and kind not in allowed:
                self.mismatch(side, kind, Kind.TEXT)
        if node.operator == "matches":
            self.pattern(node.part)
        return Kind.TRUTH

    def without_hope(self, node: Node, hopeless: Sequence[Hopeless]) -> None:
        """Faults for what can never be true, and for what can never be known."""
        if isinstance(node, Literal) and node.value is False:
            hopeless = [Hopeless(node, "never_true")]
        for each in hopeless:
            if each.code == "never_true":
                self.fault(each.node, each.code, "此条件永不成立", "this can never hold")
            else:
                self.fault(each.node, each.code, "此处永远得不出结果", "this can never be known")

    def kind_test(self, node: KindTest, rows: tuple[str, ...]) -> Kind:
        kind = self.kind(node.value, rows)
        if kind not in (Kind.MEASURE, Kind.TEXT, None):
            zh = f"{LABELS[kind].zh}的类别已定, 只问指标值或写单位的文字"
            self.fault(node, "kind_is_settled", zh, f"{LABELS[kind].en} is never of another kind")
        return Kind.TRUTH
