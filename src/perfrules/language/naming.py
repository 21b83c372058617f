"""What the names of an expression stand for: fields, tables, parameters; and the faults of those that stand for nothing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from difflib import get_close_matches

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault
from perfrules.language.faults import fault_at
from perfrules.language.scope import Level, Meaning, Scope, known_names, levels, meaning
from perfrules.language.syntax import IsSet, Name, Node, Parameter
from perfrules.location import Location
from perfrules.model.subject import SubjectType
from perfrules.model.unit import Kind

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


class Naming(ABC):
    """The names of one expression while it is checked; gathers kinds, meanings, parameters used, and faults."""

    def __init__(self, text: str, location: Location | None, scope: Scope) -> None:
        self.text, self.location, self.scope = text, location, scope
        self.faults: list[Fault] = []
        self.kinds: dict[int, Kind] = {}
        self.meanings: dict[int, Meaning] = {}
        self.parameters: set[str] = set()
        self.guarded: set[str] = set()
        self.shapes: dict[int, tuple[str, ...]] = {}
        self.lookups: dict[tuple[str, ...], tuple[Level, ...]] = {}
        self.said: dict[tuple[str, ...], Meaning | None] = {}

    @abstractmethod
    def kind(self, node: Node, rows: tuple[str, ...]) -> Kind | None:
        """The kind of a node, or None where a fault below it leaves it open; `rows` are the row types around it."""

    def name(self, node: Name, rows: tuple[str, ...]) -> Kind | None:
        """The kind of the field a name stands for; None and a fault where it stands for none."""
        outward = node.parts.count("outer")
        if outward > len(rows) or outward == len(node.parts):
            zh, en = "outer 只用于汇总之内, 后接名称", "outer stands inside an aggregate, before a name"
            self.fault(node, "no_outer", zh, en)
            return None
        around = rows[: len(rows) - outward]
        found = self.meaning(node.parts[outward:], around)
        if found is None:
            self.unknown_name(node, self.lookup(around))
        elif found.field is None:
            zh, en = f"{found.table} 是一张表, 不是值", f"{found.table} is a table, not a value"
            hint = Bilingual(f"用 count({found.table}) 等汇总", f"aggregate it, as in count({found.table})")
            self.fault(node, "table_as_value", zh, en, hint)
        else:
            self.meanings[id(node)] = evolve(found, outward=outward) if outward else found
            return found.field.kind
        return None

    def lookup(self, rows: tuple[str, ...]) -> tuple[Level, ...]:
        """The levels a name is looked up in, found once for each surrounding of rows."""
        if rows not in self.lookups:
            self.lookups[rows] = levels(self.scope, rows)
        return self.lookups[rows]

    def meaning(self, parts: tuple[str, ...], rows: tuple[str, ...]) -> Meaning | None:
        """What a name means, found once for each name and surrounding: rules repeat their few names."""
        asked = (*rows, "", *parts)
        if asked not in self.said:
            self.said[asked] = meaning(parts, self.scope, self.lookup(rows))
        return self.said[asked]

    def unknown_name(self, node: Name, lookup: tuple[Level, ...]) -> None:
        """A fault with the nearest name, or the space that seems to be missing."""
        said = ".".join(node.parts)
        known = list(dict.fromkeys(known_names(self.scope, lookup)))
        hint = missing_space(node.parts[0], known) or self.in_some_only(node, lookup[0])
        hint = hint or near(node.parts[-1], known)
        asked = ", ".join(lookup[0])
        self.fault(node, "unknown_name", f"{asked} 没有字段 {said}", f"{asked} has no field {said}", hint)

    def in_some_only(self, node: Name, asked: Level) -> Bilingual | None:
        """A hint where a rule asked of several types uses a name that only some of them have."""
        having = [each for each in asked if meaning(node.parts, self.scope, ((each,),))]
        if not having:
            return None
        said, listed = ".".join(node.parts), ", ".join(having)
        if having != list(asked):
            return Bilingual(f"只有 {listed} 有 {said}", f"only {listed} has {said}")
        return Bilingual(f"{said} 在 {listed} 中含义不同", f"{said} means different things in {listed}")

    def parameter(self, node: Parameter) -> Kind | None:
        """The kind of a parameter, which is then used; None and a fault where there is none."""
        if not self.known_parameter(node):
            return None
        if node.name not in self.scope.parameters:
            hint = Bilingual("在规则集中为它取值", "give it a value in the ruleset")
            zh, en = f"参数 ${node.name} 未设值", f"${node.name} is left unset"
            self.fault(node, "unset_parameter", zh, en, hint)
            return None
        self.parameters.add(node.name)
        return self.scope.parameters[node.name]

    def known_parameter(self, node: Parameter | IsSet) -> bool:
        """Whether the ruleset has the parameter; a fault where not."""
        if node.name in self.scope.parameters or node.name in self.scope.unset:
            return True
        hint = near(node.name, self.scope.parameters, "$")
        self.fault(
            node, "unknown_parameter", f"没有参数 ${node.name}", f"there is no parameter ${node.name}", hint
        )
        return False

    def table(self, node: Name, rows: tuple[str, ...]) -> Meaning | None:
        """What a table's name stands for; None and a fault where it is no table."""
        outward = min(node.parts.count("outer"), len(rows))
        found = self.meaning(node.parts[outward:], rows[: len(rows) - outward])
        if found is not None and found.field is None:
            self.meanings[id(node)] = evolve(found, outward=outward) if outward else found
            return found
        said = ".".join(node.parts)
        hint = self.where_table_is(node.parts[-1])
        self.fault(node, "unknown_table", f"没有表 {said}", f"there is no table {said}", hint)
        return None

    def where_table_is(self, name: str) -> Bilingual | None:
        """A hint for a table that is not found here: the types that have it, or the nearest name."""
        tables = [(kind.id, names) for kind in self.scope.types.values() for names in _table_names(kind)]
        having = ", ".join(id for id, names in tables if name in names)
        if having:
            return Bilingual(f"只有 {having} 有表 {name}", f"only {having} has a table {name}")
        return near(name, [each for _, names in tables for each in names])

    def mismatch(self, node: Node, found: Kind | None, expected: Kind) -> None:
        """A fault: another kind was expected at this place."""
        assert found is not None
        zh = f"此处应为{LABELS[expected].zh}, 实为{LABELS[found].zh}"
        hint = Bilingual("条件要与某值比较, 如 x >= 30%", "compare it with something, as in x >= 30%")
        wanted = hint if expected is Kind.TRUTH else None
        self.fault(node, "kind", zh, f"expected {LABELS[expected].en} here, found {LABELS[found].en}", wanted)

    def fault(self, node: Node, code: str, zh: str, en: str, hint: Bilingual | None = None) -> None:
        """Notes a fault at a node."""
        self.faults.append(fault_at(self.text, node.span, code, Bilingual(zh, en), hint, self.location))


def _table_names(kind: SubjectType) -> list[tuple[str, ...]]:
    return [table.names for table in kind.tables]


def near(said: str, known: Iterable[str], mark: str = "") -> Bilingual | None:
    """A hint with the nearest known name, `mark` before it; None where none is near."""
    found = get_close_matches(said, known)
    return Bilingual(f"是否为 {mark}{found[0]}?", f"did you mean {mark}{found[0]}?") if found else None


def missing_space(said: str, known: list[str]) -> Bilingual | None:
    """A hint where a name is two known names run together by 且, 或 or 非."""
    for word, english in (("且", "and"), ("或", "or"), ("非", "not")):
        left, joined, right = said.partition(word)
        if joined and (left in known or not left) and (right in known or left in known):
            return Bilingual(f"“{word}”前后是否漏了空格?", f"is a space missing around {word} ({english})?")
    return None
