"""Nodes → checked expression: every name, type and unit settled before it runs; all faults at once, each with a hint."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from fractions import Fraction
from typing import assert_never

from attrs import field, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import ExpressionError, Fault
from perfrules.language.faults import fault_at
from perfrules.language.functions import Function
from perfrules.language.kinds import NUMERIC, PLAIN, combined, comparable
from perfrules.language.parser import parse
from perfrules.language.scope import Level, Meaning, Scope, known_names, levels, meaning
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
from perfrules.location import Location
from perfrules.model.rule import Expression
from perfrules.model.truth import Number
from perfrules.model.unit import Kind

FORMS = ("is_known", "is_exact", "is_blank")
"""Forms that look at a value's state rather than at the value; they come to a plain truth."""


@frozen
class Checked:
    """An expression of which everything is known but the facts.

    `kinds` and `meanings` annotate nodes by identity; `reads` are the fields and tables it uses, `parameters` the
    parameters, without the `$`.
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
        text, node, kind, scope, checker.kinds, checker.meanings, reads, frozenset(checker.parameters)
    )


def _serves(kind: Kind, expected: Kind) -> bool:
    return kind is expected or (kind in PLAIN and expected in PLAIN)


LABELS = {
    Kind.MONEY: Bilingual("金额", "money"),
    Kind.RATIO: Bilingual("比率", "a ratio"),
    Kind.NUMBER: Bilingual("数", "a number"),
    Kind.COUNT: Bilingual("数量", "a count"),
    Kind.DAYS: Bilingual("天数", "days"),
    Kind.MONTHS: Bilingual("月数", "months"),
    Kind.DATE: Bilingual("日期", "a date"),
    Kind.TEXT: Bilingual("文字", "text"),
    Kind.TRUTH: Bilingual("条件", "a condition"),
    Kind.MEASURE: Bilingual("指标值", "a target's value"),
}


class _Checker:
    def __init__(self, text: str, location: Location | None, scope: Scope) -> None:
        self.text, self.location, self.scope = text, location, scope
        self.faults: list[Fault] = []
        self.kinds: dict[int, Kind] = {}
        self.meanings: dict[int, Meaning] = {}
        self.parameters: set[str] = set()

    def kind(self, node: Node, rows: tuple[str, ...]) -> Kind | None:
        """The kind of a node, or None where a fault below it leaves it open."""
        found = self.kind_of(node, rows)
        if found is not None:
            self.kinds[id(node)] = found
        return found

    def kind_of(self, node: Node, rows: tuple[str, ...]) -> Kind | None:
        match node:
            case Literal():
                return _literal_kind(node)
            case Name():
                return self.name(node, rows)
            case Parameter():
                return self.parameter(node)
            case IsSet():
                self.parameters.discard(node.name)
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
            case Call():
                return self.call(node, rows)
            case Aggregate():
                return self.aggregate(node, rows)
            case _:
                assert_never(node)

    def name(self, node: Name, rows: tuple[str, ...]) -> Kind | None:
        lookup = levels(self.scope, rows)
        found = meaning(node.parts, self.scope, lookup)
        if found is None:
            self.unknown_name(node, lookup)
        elif found.field is None:
            zh, en = f"{found.table} 是一张表, 不是值", f"{found.table} is a table, not a value"
            hint = Bilingual(f"用 count({found.table}) 等汇总", f"aggregate it, as in count({found.table})")
            self.fault(node, "table_as_value", zh, en, hint)
        else:
            self.meanings[id(node)] = found
            return found.field.kind
        return None

    def unknown_name(self, node: Name, lookup: tuple[Level, ...]) -> None:
        said = ".".join(node.parts)
        known = list(dict.fromkeys(known_names(self.scope, lookup)))
        hint = _missing_space(node.parts[0], known)
        near = get_close_matches(node.parts[-1], known, 1)
        if hint is None and near:
            hint = Bilingual(f"是否为 {near[0]}?", f"did you mean {near[0]}?")
        asked = ", ".join(lookup[0])
        self.fault(node, "unknown_name", f"{asked} 没有字段 {said}", f"{asked} has no field {said}", hint)

    def parameter(self, node: Parameter) -> Kind | None:
        if not self.known_parameter(node):
            return None
        self.parameters.add(node.name)
        return self.scope.parameters[node.name]

    def known_parameter(self, node: Parameter | IsSet) -> bool:
        if node.name in self.scope.parameters:
            return True
        near = get_close_matches(node.name, self.scope.parameters, 1)
        hint = Bilingual(f"是否为 ${near[0]}?", f"did you mean ${near[0]}?") if near else None
        self.fault(
            node, "unknown_parameter", f"没有参数 ${node.name}", f"there is no parameter ${node.name}", hint
        )
        return False

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

    def compared(
        self, node: Comparison, operator: str, kinds: tuple[Kind, Kind], sides: tuple[Node, Node]
    ) -> None:
        left, right = kinds
        if not comparable(left, right):
            hint = None
            if {left, right} == {Kind.MONEY, Kind.NUMBER}:
                hint = Bilingual("金额要写单位, 如 200万元", "write the unit of money, as in 200万元")
            zh = f"{LABELS[left].zh}不能与{LABELS[right].zh}比较"
            self.fault(
                node,
                "not_comparable",
                zh,
                f"{LABELS[left].en} cannot be compared with {LABELS[right].en}",
                hint,
            )
        elif operator not in ("==", "!=") and left not in (*NUMERIC, Kind.DATE):
            self.fault(node, "no_order", f"{LABELS[left].zh}没有大小", f"{LABELS[left].en} has no order")
        elif operator == "≈" and left is Kind.DATE:
            self.fault(node, "no_order", "日期不用 ≈ 比较", "dates are not compared with ≈")
        elif Kind.RATIO in kinds:
            for side in sides:
                self.bare_number(side)

    def bare_number(self, side: Node) -> None:
        """A bare number beside a ratio is nearly always a percentage whose sign was forgotten."""
        if isinstance(side, Literal) and self.kinds.get(id(side)) is Kind.NUMBER:
            assert isinstance(side.value, Number)
            if side.value.interval.exact not in (Fraction(0), Fraction(1)):
                hint = Bilingual(f"是否为 {side.text}%?", f"did you mean {side.text}%?")
                self.fault(
                    side, "bare_number", "比率要与百分数比较", "a ratio is compared with a percentage", hint
                )

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

    def call(self, node: Call, rows: tuple[str, ...]) -> Kind | None:
        kinds = [self.kind(each, rows) for each in node.arguments]
        if node.function in FORMS:
            return self.form(node, kinds)
        function = self.scope.functions.get(node.function)
        if function is None:
            near = get_close_matches(node.function, [*self.scope.functions, *FORMS, "is_set"], 1)
            hint = Bilingual(f"是否为 {near[0]}?", f"did you mean {near[0]}?") if near else None
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
        table = meaning(node.table.parts, self.scope, levels(self.scope, rows))
        if table is None or table.field is not None:
            tables = [
                name for each in self.scope.types.values() for table in each.tables for name in table.names
            ]
            near = get_close_matches(node.table.parts[-1], tables, 1)
            hint = Bilingual(f"是否为 {near[0]}?", f"did you mean {near[0]}?") if near else None
            said = ".".join(node.table.parts)
            self.fault(node.table, "unknown_table", f"没有表 {said}", f"there is no table {said}", hint)
            return None
        self.meanings[id(node.table)] = table
        inner = (*rows, table.row)
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

    def mismatch(self, node: Node, found: Kind | None, expected: Kind) -> None:
        assert found is not None
        zh = f"此处应为{LABELS[expected].zh}, 实为{LABELS[found].zh}"
        self.fault(node, "kind", zh, f"expected {LABELS[expected].en} here, found {LABELS[found].en}")

    def fault(self, node: Node, code: str, zh: str, en: str, hint: Bilingual | None = None) -> None:
        self.faults.append(fault_at(self.text, node.span, code, Bilingual(zh, en), hint, self.location))


def _literal_kind(node: Literal) -> Kind:
    match node.value:
        case bool():
            return Kind.TRUTH
        case str():
            return Kind.TEXT
        case Number():
            return node.value.unit.kind
        case _:
            return Kind.DATE


def _missing_space(said: str, known: list[str]) -> Bilingual | None:
    """A hint where a name is two known names run together by 且, 或 or 非."""
    for word, english in (("且", "and"), ("或", "or"), ("非", "not")):
        left, joined, right = said.partition(word)
        if joined and (left in known or not left) and (right in known or left in known):
            return Bilingual(f"“{word}”前后是否漏了空格?", f"is a space missing around {word} ({english})?")
    return None
