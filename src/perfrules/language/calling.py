"""Calls, lists and aggregates while they are checked: what they are made of, and what they come to."""

from __future__ import annotations

from perfrules.bilingual import Bilingual
from perfrules.language.functions import Function
from perfrules.language.kinds import NUMERIC, serves
from perfrules.language.naming import missing_space, near
from perfrules.language.patterns import pattern
from perfrules.language.relating import Relating
from perfrules.language.syntax import (
    Aggregate,
    Among,
    Call,
    HasRow,
    Listing,
    Literal,
    Name,
    Node,
    Parameter,
    below,
)
from perfrules.language.words import AGGREGATES, FORMS, HAS_ROW, IS_SET
from perfrules.model.unit import Kind

MAX_AGGREGATES = 2
"""How deep aggregates may stand in aggregates: each multiplies the work by the rows of its table."""


class Calling(Relating):
    """The calls, lists and aggregates of one expression while it is checked."""

    def is_list(self, node: Node) -> bool:
        """Whether a node is a list: one in place, or a parameter that is one."""
        return isinstance(node, Listing) or (isinstance(node, Parameter) and node.name in self.scope.lists)

    def items(self, node: Node, rows: tuple[str, ...]) -> Kind | None:
        """The kind of the items of a list."""
        if isinstance(node, Parameter):
            kind = self.parameter(node)
        else:
            parts = below(node)
            kinds = [self.kind(part, rows) for part in parts]
            kind = kinds[0]
            for part, other in zip(parts, kinds, strict=True):
                if kind is not None and other is not None and not serves(other, kind):
                    self.mismatch(part, other, kind)
        if kind is not None:
            self.kinds[id(node)] = kind
        return kind

    def no_value(self, node: Node) -> Kind | None:
        """A fault: a list where a value is due."""
        zh, en = "列表不是值", "a list is no value"
        hint = Bilingual(
            "用于 in 之后, 或多参数函数的最后一项", "it stands after in, or last in a function of many"
        )
        self.fault(node, "list_as_value", zh, en, hint)
        return None

    def among(self, node: Among, rows: tuple[str, ...]) -> Kind:
        """Whether a value is in a list: both of kinds that may be equal."""
        kind = self.kind(node.value, rows)
        if not self.is_list(node.choices):
            self.kind(node.choices, rows)
            hint = Bilingual("写 == , 或列表 [a, b]", "write ==, or a list [a, b]")
            self.fault(
                node.choices,
                "not_a_list",
                "in 之后应为列表或区间",
                "in is followed by a list or a range",
                hint,
            )
            return Kind.TRUTH
        items = self.items(node.choices, rows)
        if kind is not None and items is not None:
            self.compared(node, "==", (kind, items), (node.value, node.choices))
        return Kind.TRUTH

    def pattern(self, node: Node) -> None:
        """Notes the patterns a text may be held against; a fault where they are not written out, or wrongly."""
        match node:
            case Literal(value=str(shape)):
                shapes: tuple[str, ...] = (shape,)
            case Parameter(name=name) if name in self.scope.texts:
                shapes = self.scope.texts[name]
            case _:
                zh, en = (
                    "式样须是写明的文字或参数",
                    "a pattern is a text written out, or a parameter that is one",
                )
                self.fault(node, "pattern", zh, en)
                return
        self.shapes[id(node)] = shapes
        for wrong in (each for each in map(pattern, shapes) if isinstance(each, Bilingual)):
            self.fault(node, "pattern", wrong.zh, wrong.en)

    def has_row(self, node: HasRow, rows: tuple[str, ...]) -> Kind:
        """The table's rows have names, and the name looked for is a text outside it."""
        table, kind = self.table(node.table, rows), self.kind(node.name, rows)
        if kind not in (Kind.TEXT, None):
            self.mismatch(node.name, kind, Kind.TEXT)
        if table is not None and not any(each.name == "name" for each in self.scope.types[table.row].fields):
            zh, en = f"{table.table} 的行没有名称", f"rows of {table.table} have no name"
            self.fault(node.table, "rows_without_name", zh, en)
        return Kind.TRUTH

    def call(self, node: Call, rows: tuple[str, ...]) -> Kind | None:
        """The kind of what a function or a form gives."""
        function = self.scope.functions.get(node.function)
        spread = (
            function is not None and function.variadic and len(node.arguments) >= len(function.parameters)
        )
        kinds = [
            self.items(each, rows)
            if spread and each is node.arguments[-1] and self.is_list(each)
            else self.kind(each, rows)
            for each in node.arguments
        ]
        if node.function in FORMS:
            return self.form(node, kinds)
        if function is None:
            known = [*self.scope.functions, *FORMS, *AGGREGATES, *IS_SET, *HAS_ROW]
            hint = missing_space(node.function, known) or near(node.function, known)
            zh, en = f"没有函数 {node.function}", f"there is no function {node.function}"
            self.fault(node, "unknown_function", zh, en, hint)
            return None
        return self.applied(node, function, kinds)

    def form(self, node: Call, kinds: list[Kind | None]) -> Kind:
        """A form takes one argument: is_blank a text, is_printed and agrees a field's name, the others anything."""
        if len(kinds) != 1:
            self.fault(
                node, "arguments", f"{node.function} 要一个参数", f"{node.function} takes one argument"
            )
        elif node.function == "is_blank" and kinds[0] not in (Kind.TEXT, None):
            self.mismatch(node.arguments[0], kinds[0], Kind.TEXT)
        elif node.function in ("is_printed", "agrees") and not isinstance(node.arguments[0], Name):
            zh, en = f"{node.function} 问一个字段", f"{node.function} asks about a field"
            self.fault(node.arguments[0], "not_a_field", zh, en)
        return Kind.TRUTH

    def applied(self, node: Call, function: Function, kinds: list[Kind | None]) -> Kind | None:
        """The kind of a function's result; faults for arguments too many, too few or of the wrong kind."""
        wanted = list(function.parameters)
        if function.variadic:
            wanted += [wanted[-1]] * (len(kinds) - len(wanted))
        if len(kinds) != len(wanted):
            least = Bilingual("至少", "at least ") if function.variadic else Bilingual("", "")
            zh = f"{function.name} {least.zh}要 {len(wanted)} 个参数"
            en = f"{function.name} takes {least.en}{len(wanted)} argument{'s' * (len(wanted) > 1)}"
            self.fault(node, "arguments", zh, en)
            return function.result
        for argument, kind, expected in zip(node.arguments, kinds, wanted, strict=True):
            if kind is not None and expected is None and kind not in NUMERIC:
                self.mismatch(argument, kind, Kind.NUMBER)
            elif kind is not None and expected is not None and not serves(kind, expected):
                self.mismatch(argument, kind, expected)
        repeated = kinds[len(function.parameters) - 1 :]
        if function.variadic and len({kind for kind in repeated if kind}) > 1:
            self.fault(
                node,
                "arguments",
                f"{function.name} 的参数要同类",
                f"{function.name} takes values of one kind",
            )
        return function.result or kinds[0]

    def aggregate(self, node: Aggregate, rows: tuple[str, ...]) -> Kind | None:
        """The kind of an aggregate; its parts are looked up in the rows of its table."""
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
        """The kind of what is aggregated, as the operator needs it."""
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
                    return None
                return kind
