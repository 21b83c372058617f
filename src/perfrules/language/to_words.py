"""Nodes → words: an expression as a sentence of Chinese or English, for people who do not read expressions.

It says what the expression says and nothing is computed: fields by their labels, parameters by their titles.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from attrs import frozen

from perfrules.bilingual import Bilingual, Language
from perfrules.language.functions import BUILTINS
from perfrules.language.naming import LABELS as KINDS
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

Label = Callable[[str], Bilingual]
"""What people call a field, table, member or parameter, by its name."""

_SIGNS = {"/": " ÷ ", "*": " × ", "+": " + ", "-": " - "}
_POWERS = {"+": 1, "-": 1, "*": 3, "/": 3}
_TIGHT = 3
_RELATIONS = {
    "<": Bilingual("小于", "is less than"),
    "<=": Bilingual("不大于", "is at most"),
    ">": Bilingual("大于", "is more than"),
    ">=": Bilingual("不小于", "is at least"),
    "==": Bilingual("等于", "equals"),
    "!=": Bilingual("不等于", "differs from"),
    "≈": Bilingual("按所列位数等于", "equals, as far as the printed digits go,"),
    "has": Bilingual("含有", "contains"),
    "starts with": Bilingual("开头为", "begins with"),
    "ends with": Bilingual("结尾为", "ends with"),
    "matches": Bilingual("符合式样", "has the shape"),
}
_FORMS = {
    "is_known": Bilingual("已知{}", "{} is known"),
    "is_exact": Bilingual("{}为确数", "{} is exact"),
    "is_printed": Bilingual("已列示{}", "{} is printed"),
    "is_blank": Bilingual("{}为空白", "{} is blank"),
    "agrees": Bilingual("{}前后一致", "all prints of {} agree"),
    "has_text": Bilingual("{}含有{}之一", "{} contains one of {}"),
    "unit_fits": Bilingual("{}的单位与{}相符", "the unit of {} fits {}"),
    "whole_base": Bilingual("{}按{}推算的基数可以是整数", "some whole number before {} fits the change {}"),
    "similar": Bilingual("{}与{}的相似度", "the likeness of {} and {}"),
    "abs": Bilingual("{}的绝对值", "the absolute value of {}"),
    "year_of": Bilingual("{}的年份", "the year of {}"),
    "month_of": Bilingual("{}的月份", "the month of {}"),
}
_AGGREGATES = {
    "sum": Bilingual("{table}{where}的{body}之和", "the sum of {body} over the {table}{where}"),
    "count": Bilingual("{table}{where}的个数", "the number of {table}{where}"),
    "all": Bilingual("每一{table}{where}都有: {body}", "for each of the {table}{where}: {body}"),
    "any": Bilingual("有{table}{where}: {body}", "for some of the {table}{where}: {body}"),
    "min": Bilingual("{table}{where}中最小的{body}", "the smallest {body} of the {table}{where}"),
    "max": Bilingual("{table}{where}中最大的{body}", "the greatest {body} of the {table}{where}"),
}


def to_words(node: Node, language: Language, label: Label) -> str:
    """The expression in words of one language."""
    return _Words(language, label).said(node)


@frozen
class _Words:
    language: Language
    label: Label

    def said(self, node: Node) -> str:
        match node:
            case Literal():
                return self.literal(node)
            case Name():
                return self.named(node.parts)
            case Parameter():
                return self.either(f"“{self.called(node.name)}”", f"the {self.called(node.name)}")
            case IsSet():
                return self.either(f"已设“{self.called(node.name)}”", f"the {self.called(node.name)} is set")
            case Negative():
                return f"-{self.operand(node.operand, _TIGHT)}"
            case Arithmetic():
                return self.arithmetic(node)
            case Comparison():
                return self.chain(node)
            case Within():
                return self.within(node)
            case Listing():
                return self.either("、", ", ").join(map(self.said, node.items))
            case Among():
                value, choices = self.inside(node.value), self.said(node.choices)
                return self.either(f"{value}为{choices}之一", f"{value} is one of {choices}")
            case Logic():
                joint = (
                    self.either("，且", ", and ") if node.operator == "and" else self.either("，或", ", or ")
                )
                return joint.join(map(self.inside, node.parts))
            case Not():
                return self.either(f"并非（{self.said(node.operand)}）", f"not ({self.said(node.operand)})")
            case If():
                when, then, otherwise = map(self.said, (node.condition, node.then, node.otherwise))
                return self.either(
                    f"（{when}时为 {then}，否则为 {otherwise}）", f"({then} where {when}, else {otherwise})"
                )
            case OrElse():
                value, fallback = self.inside(node.value), self.said(node.fallback)
                return self.either(f"{value}（未知时作 {fallback}）", f"{value} (if unknown: {fallback})")
            case TextTest():
                relation = _RELATIONS[node.operator].said(self.language)
                return self.joined(self.said(node.text), relation, self.said(node.part))
            case KindTest():
                kind = KINDS[node.kind].said(self.language)
                return self.joined(self.said(node.value), self.either("为", "is"), kind)
            case Call():
                return self.call(node)
            case HasRow():
                table, name = self.said(node.table), self.said(node.name)
                return self.either(f"{table}中有{name}", f"{name} is among the {table}")
            case Aggregate():
                return self.aggregate(node)
            case _:
                assert_never(node)

    def either(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def called(self, name: str) -> str:
        return self.label(name).said(self.language)

    def joined(self, *parts: str) -> str:
        return self.either("", " ").join(parts)

    def inside(self, node: Node) -> str:
        return self.bracketed(node) if isinstance(node, Logic) else self.said(node)

    def bracketed(self, node: Node) -> str:
        return self.either(f"（{self.said(node)}）", f"({self.said(node)})")

    def operand(self, node: Node, power: int) -> str:
        loose = isinstance(node, Arithmetic) and _POWERS[node.operator] < power
        return self.bracketed(node) if loose else self.said(node)

    def arithmetic(self, node: Arithmetic) -> str:
        power = _POWERS[node.operator]
        left, right = self.operand(node.left, power), self.operand(node.right, power + 1)
        return left + _SIGNS[node.operator] + right

    def literal(self, node: Literal) -> str:
        if not isinstance(node.value, str):
            return node.text
        return f"“{self.called(node.value)}”" if node.value.isidentifier() else f"“{node.value}”"

    def named(self, parts: tuple[str, ...]) -> str:
        own = [part for part in parts if part != "outer"]
        outer = self.either("该项", "row around") if "outer" in parts else ""
        words = [*([outer] if outer else []), *(self.called(part) for part in own)]
        return "的".join(words) if self.language == "zh" else " of the ".join(reversed(words))

    def chain(self, node: Comparison) -> str:
        said = [self.inside(node.operands[0])]
        for operator, operand in zip(node.operators, node.operands[1:], strict=True):
            said += [_RELATIONS[operator].said(self.language), self.inside(operand)]
        return self.joined(*said)

    def within(self, node: Within) -> str:
        value, low, high = self.inside(node.value), self.said(node.low), self.said(node.high)
        ends = f"{'[('[not node.low_closed]}{low}, {high}{'])'[not node.high_closed]}"
        return self.either(f"{value}在 {ends} 之内", f"{value} lies in {ends}")

    def call(self, node: Call) -> str:
        arguments = [self.said(each) for each in node.arguments]
        form = _FORMS.get(node.function)
        if form is not None:
            last = self.either("、", ", ").join(arguments[1:])
            return form.said(self.language).format(arguments[0], last)
        function = BUILTINS.get(node.function)
        name = self.either(function.alias, function.name) if function else node.function
        return f"{name}({', '.join(arguments)})"

    def aggregate(self, node: Aggregate) -> str:
        where = "" if node.where is None else self.said(node.where)
        parts = {
            "table": self.said(node.table),
            "body": "" if node.body is None else self.said(node.body),
            "where": where and self.either(f"（{where}）", f" where {where}"),
        }
        return _AGGREGATES[node.operator].said(self.language).format(**parts)
