"""Nodes → checked expression: every name, type and unit settled before it runs; all faults at once, each with a hint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from attrs import field, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import ExpressionError
from perfrules.language.functions import Function
from perfrules.language.kinds import NUMERIC, PLAIN, combined, kind_of
from perfrules.language.naming import LABELS, near
from perfrules.language.parser import parse
from perfrules.language.relating import Relating
from perfrules.language.scope import Meaning, Scope
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
from perfrules.model.rule import Expression
from perfrules.model.unit import Kind

MAX_AGGREGATES = 4
"""How deep aggregates may stand in aggregates: each multiplies the work by the rows of its table."""
FORMS = ("is_known", "is_exact", "is_blank")
"""Forms that look at a value's state rather than at the value; they come to a plain truth."""


@frozen
class Checked:
    """An expression of which everything is known but the facts.

    `kinds` and `meanings` annotate nodes by identity; `reads` are the fields and tables it uses, `parameters` the
    parameters it cannot do without, named without the `$`: those it guards by `is_set` are not among them.
    """

    text: str
    node: Node
    kind: Kind
    scope: Scope
    kinds: Mapping[int, Kind] = field(repr=False)
    meanings: Mapping[int, Meaning] = field(repr=False)
    reads: frozenset[str]
    parameters: frozenset[str]


def check(expression: Expression | str, scope: Scope, expected: Kind | None = None) -> Checked:
    """The expression checked in a scope, of the expected kind if one is given; raises ExpressionError with all faults."""
    text = expression if isinstance(expression, str) else expression.text
    location = None if isinstance(expression, str) else expression.location
    node = parse(text, location)
    checker = _Checker(text, location, scope)
    kind = checker.kind(node, ())
    if kind is not None and expected is not None and not _serves(kind, expected):
        checker.mismatch(node, kind, expected)
    if checker.faults or kind is None:
        raise ExpressionError(checker.faults)
    reads = frozenset(each.field.name if each.field else each.table for each in checker.meanings.values())
    return Checked(
        text,
        node,
        kind,
        scope,
        checker.kinds,
        checker.meanings,
        reads,
        frozenset(checker.parameters - checker.guarded),
    )


def _serves(kind: Kind, expected: Kind) -> bool:
    return kind is expected or (kind in PLAIN and expected in PLAIN)


class _Checker(Relating):
    def kind(self, node: Node, rows: tuple[str, ...]) -> Kind | None:
        """The kind of a node, or None where a fault below it leaves it open."""
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
                return self.parameter(node)
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

    def truths(self, parts: tuple[Node, ...], rows: tuple[str, ...]) -> Kind | None:
        for part in parts:
            kind = self.kind(part, rows)
            if kind is not None and kind is not Kind.TRUTH:
                self.mismatch(part, kind, Kind.TRUTH)
        return Kind.TRUTH

    def same(self, first: Node, second: Node, rows: tuple[str, ...]) -> Kind | None:
        left, right = self.kind(first, rows), self.kind(second, rows)
        if left is None or right is None:
            return None
        if left is not right and not (left in PLAIN and right in PLAIN):
            self.mismatch(second, right, left)
        return left if left is right else Kind.RATIO

    def text_test(self, node: TextTest, rows: tuple[str, ...]) -> Kind:
        for side in (node.text, node.part):
            kind = self.kind(side, rows)
            if kind is not None and kind is not Kind.TEXT:
                self.mismatch(side, kind, Kind.TEXT)
        return Kind.TRUTH

    def kind_test(self, node: KindTest, rows: tuple[str, ...]) -> Kind:
        kind = self.kind(node.value, rows)
        if kind not in (Kind.MEASURE, Kind.TEXT, None):
            zh = f"{LABELS[kind].zh}的类别已定, 只问指标值或写单位的文字"
            self.fault(node, "kind_is_settled", zh, f"{LABELS[kind].en} is never of another kind")
        return Kind.TRUTH

    def call(self, node: Call, rows: tuple[str, ...]) -> Kind | None:
        kinds = [self.kind(each, rows) for each in node.arguments]
        if node.function in FORMS:
            return self.form(node, kinds)
        function = self.scope.functions.get(node.function)
        if function is None:
            hint = near(node.function, [*self.scope.functions, *FORMS, "is_set"])
            zh, en = f"没有函数 {node.function}", f"there is no function {node.function}"
            self.fault(node, "unknown_function", zh, en, hint)
            return None
        return self.applied(node, function, kinds)

    def form(self, node: Call, kinds: list[Kind | None]) -> Kind:
        if len(kinds) != 1:
            self.fault(
                node, "arguments", f"{node.function} 要一个参数", f"{node.function} takes one argument"
            )
        elif node.function == "is_blank" and kinds[0] not in (Kind.TEXT, None):
            self.mismatch(node.arguments[0], kinds[0], Kind.TEXT)
        return Kind.TRUTH

    def applied(self, node: Call, function: Function, kinds: list[Kind | None]) -> Kind | None:
        wanted = list(function.parameters)
        if function.variadic:
            wanted += [wanted[-1]] * (len(kinds) - len(wanted))
        if len(kinds) != len(wanted):
            zh, en = (
                f"{function.name} 要 {len(wanted)} 个参数",
                f"{function.name} takes {len(wanted)} arguments",
            )
            self.fault(node, "arguments", zh, en)
            return function.result
        for argument, kind, expected in zip(node.arguments, kinds, wanted, strict=True):
            if kind is not None and expected is None and kind not in NUMERIC:
                self.mismatch(argument, kind, Kind.NUMBER)
            elif kind is not None and expected is not None and not _serves(kind, expected):
                self.mismatch(argument, kind, expected)
        if function.variadic and len({kind for kind in kinds if kind}) > 1:
            self.fault(
                node,
                "arguments",
                f"{function.name} 的参数要同类",
                f"{function.name} takes values of one kind",
            )
        return function.result or kinds[0]

    def aggregate(self, node: Aggregate, rows: tuple[str, ...]) -> Kind | None:
        table = self.table(node.table, rows)
        if table is None:
            return None
        inner = (*rows, table.row)
        if len(inner) > MAX_AGGREGATES:
            zh, en = (
                f"汇总嵌套超过 {MAX_AGGREGATES} 层",
                f"more than {MAX_AGGREGATES} aggregates in one another",
            )
            self.fault(node, "too_deep", zh, en)
            return None
        if node.where is not None:
            self.truths((node.where,), inner)
        return self.body(node, inner)

    def body(self, node: Aggregate, inner: tuple[str, ...]) -> Kind | None:
        if node.body is None:
            return Kind.COUNT
        kind = self.kind(node.body, inner)
        match node.operator:
            case "all" | "any":
                if kind is not None and kind is not Kind.TRUTH:
                    self.mismatch(node.body, kind, Kind.TRUTH)
                return Kind.TRUTH
            case "count":
                if node.distinct or kind is None:
                    return Kind.COUNT
                self.fault(
                    node,
                    "count_body",
                    "count 只数行",
                    "count counts rows",
                    Bilingual("写 count(表 where 条件)", "write count(TABLE where CONDITION)"),
                )
                return None
            case _:
                if kind is not None and kind not in NUMERIC:
                    self.mismatch(node.body, kind, Kind.NUMBER)
                return kind
