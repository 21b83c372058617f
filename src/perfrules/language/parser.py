"""Tokens → nodes: a Pratt parser. One table of binding powers; depth is bounded; the first syntax fault ends it."""

from __future__ import annotations

from typing import NoReturn

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.errors import ExpressionError
from perfrules.language.advice import advice
from perfrules.language.faults import fault_at
from perfrules.language.folding import folded
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
from perfrules.language.tokens import Token, tokens
from perfrules.language.words import (
    AGGREGATES,
    FORMS,
    HAS_ROW,
    IS_SET,
    KIND_WORDS,
    OUTER,
    TEXT_TESTS,
)
from perfrules.location import Location

MAX_DEPTH = 100
MAX_PARTS = 8
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=", "≈")
POWERS = {
    "or else": 5, "or": 10, "and": 20, **dict.fromkeys((*COMPARISONS, "in", *TEXT_TESTS, "is"), 40),
    "+": 50, "-": 50, "*": 60, "/": 60,
}  # fmt: skip
NOT_POWER, MINUS_POWER = 30, 70
_QUOTES = (('"', '"'), ("“", "”"), ("「", "」"))
_NAMED = {
    "parameter": "参数($…)",
    "name": "名称",
    "for": "for(于)",
    "then": "then(那么)",
    "else": "else(否则)",
}
"""What the parser expects, as Chinese readers call it."""
_TOO_DEEP = Bilingual(f"嵌套超过 {MAX_DEPTH} 层", f"nested deeper than {MAX_DEPTH}")


def parse(text: str, location: Location | None = None) -> Node:
    """The expression's tree. `location` is where it starts in its file; raises ExpressionError."""
    return _Parser(text, location).whole()


class _Parser:
    def __init__(self, text: str, location: Location | None) -> None:
        self.text, self.location = text, location
        self.coming, self.depth = iter(tokens(text, location)), 0
        self.next = self.last = next(self.coming)

    def advance(self) -> Token:
        self.last = token = self.next
        self.next = next(self.coming, token)
        return token

    def whole(self) -> Node:
        node = self.expression(0)
        if self.next.kind != "end":
            self.refuse(self.next)
        for each in _too_deep(node):
            hint = Bilingual(
                "用 sum(… for 表) 汇总, 或拆成参数", "aggregate a table, or split off a parameter"
            )
            raise ExpressionError(fault_at(self.text, each.span, "too_deep", _TOO_DEEP, hint, self.location))
        return node

    def take(self, *kinds: str) -> Token | None:
        if self.next.kind not in kinds:
            return None
        return self.advance()

    def expect(self, *kinds: str) -> Token:
        token = self.take(*kinds)
        return token if token is not None else self.refuse(self.next, kinds)

    def refuse(self, token: Token, expected: tuple[str, ...] = ()) -> NoReturn:
        wanted = " ".join(expected)
        named = " ".join(_NAMED.get(each, each) for each in expected)
        if token.kind == "end":
            message = Bilingual("表达式没有写完", "the expression ends too early")
        else:
            message = Bilingual(f"此处不能有 {token.text}", f"{token.text} cannot stand here")
        hint = advice(token, self.last)
        if wanted and hint is None:
            hint = Bilingual(f"此处应为 {named}", f"expected {wanted}")
        raise ExpressionError(fault_at(self.text, token.span, "syntax", message, hint, self.location))

    def expression(self, power: int) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(
                fault_at(self.text, self.next.span, "too_deep", _TOO_DEEP, None, self.location)
            )
        left = self.prefix(power)
        while POWERS.get(self.next.kind, 0) > power:
            left = self.infix(left)
        self.depth -= 1
        return left

    def prefix(self, power: int) -> Node:
        token = self.advance()
        start = token.span[0]
        match token.kind:
            case "number" | "text" | "date":
                assert token.value is not None
                written = _quoted(token.value) if isinstance(token.value, str) else token.text
                return Literal(token.value, written, span=token.span)
            case "true" | "false":
                return Literal(token.kind == "true", token.kind, span=token.span)
            case "parameter":
                return Parameter(token.text, span=token.span)
            case "name":
                return self.named(token)
            case "(":
                inside = self.expression(0)
                return evolve(inside, span=(start, self.expect(")").span[1]))
            case "-":
                operand = self.expression(MINUS_POWER)
                return Negative(operand, span=(start, operand.span[1]))
            case "not" if power <= NOT_POWER:
                operand = self.expression(NOT_POWER)
                return Not(operand, span=(start, operand.span[1]))
            case "if":
                return self.choice(start)
            case "[":
                return self.listing(start, [self.expression(0)])
            case _:
                return self.refuse(token)

    def choice(self, start: int) -> Node:
        condition = self.expression(0)
        self.expect("then")
        then = self.expression(0)
        self.expect("else")
        otherwise = self.expression(0)
        return If(condition, then, otherwise, span=(start, otherwise.span[1]))

    def listing(self, start: int, items: list[Node]) -> Listing:
        while self.take(","):
            items.append(self.expression(0))
        return Listing(tuple(items), span=(start, self.expect("]", ",").span[1]))

    def named(self, first: Token) -> Node:
        if self.next.kind == "(":
            return self.aggregate(first) if first.text in AGGREGATES else self.call(first)
        return self.dotted(first)

    def dotted(self, first: Token) -> Name:
        parts, end = [first.text], first.span[1]
        while self.take("."):
            part = self.expect("name")
            parts.append(part.text)
            if len(parts) > MAX_PARTS:
                self.refuse(part)
            end = part.span[1]
        outward = next((n for n, part in enumerate(parts) if part not in OUTER), len(parts))
        return Name(("outer",) * outward + tuple(parts[outward:]), span=(first.span[0], end))

    def call(self, name: Token) -> Call | IsSet | HasRow:
        self.expect("(")
        if name.text in IS_SET:
            parameter = self.expect("parameter")
            return IsSet(parameter.text, span=(name.span[0], self.expect(")").span[1]))
        if name.text in HAS_ROW:
            table = self.dotted(self.expect("name"))
            self.expect(",")
            looked_for = self.expression(0)
            return HasRow(table, looked_for, span=(name.span[0], self.expect(")").span[1]))
        return self.arguments(name, [])

    def arguments(self, name: Token, found: list[Node]) -> Call:
        if not found and self.next.kind != ")":
            found.append(self.expression(0))
        while self.take(","):
            found.append(self.expression(0))
        said = FORMS.get(name.text) or AGGREGATES.get(name.text) or name.text
        return Call(said, tuple(found), span=(name.span[0], self.expect(")").span[1]))

    def aggregate(self, name: Token) -> Node:
        self.expect("(")
        operator = AGGREGATES[name.text]
        if operator in ("min", "max") and self.next.kind == ")":
            return self.arguments(name, [])
        distinct = operator == "count" and self.take("distinct") is not None
        body: Node | None = self.expression(0)
        assert body is not None
        if operator in ("min", "max") and self.next.kind != "for":
            return self.arguments(name, [body])
        if operator == "count" and isinstance(body, Name) and not distinct and self.next.kind != "for":
            table, body = body, None
        else:
            self.expect("for")
            table = self.dotted(self.expect("name"))
        where = self.expression(0) if self.take("where") else None
        end = self.expect(")").span[1]
        return Aggregate(operator, body, table, where, distinct, span=(name.span[0], end))

    def infix(self, left: Node) -> Node:
        token = self.advance()
        match token.kind:
            case "+" | "-" | "*" | "/":
                right = self.expression(POWERS[token.kind])
                return Arithmetic(token.kind, left, right, span=(left.span[0], right.span[1]))
            case "and":
                return self.logic("and", left)
            case "or else":
                fallback = self.expression(POWERS["or else"])
                return OrElse(left, fallback, span=(left.span[0], fallback.span[1]))
            case "or":
                return self.logic("or", left)
            case "in":
                return self.within(left)
            case "has" | "starts with" | "ends with" | "matches":
                part = self.expression(POWERS[token.kind])
                return TextTest(token.kind, left, part, span=(left.span[0], part.span[1]))
            case "is":
                return self.kind_test(left)
            case _:
                return self.chain(token, left)

    def logic(self, operator: str, left: Node) -> Node:
        right = self.expression(POWERS[operator])
        parts = left.parts if isinstance(left, Logic) and left.operator == operator else (left,)
        return Logic(operator, (*parts, right), span=(left.span[0], right.span[1]))

    def chain(self, first: Token, left: Node) -> Node:
        operators, operands = [first.kind], [left, self.expression(POWERS[first.kind])]
        while token := self.take(*COMPARISONS):
            operators.append(token.kind)
            operands.append(self.expression(POWERS[token.kind]))
        return Comparison(tuple(operators), tuple(operands), span=(left.span[0], operands[-1].span[1]))

    def within(self, left: Node) -> Node:
        if parameter := self.take("parameter"):
            given = Parameter(parameter.text, span=parameter.span)
            return Among(left, given, span=(left.span[0], given.span[1]))
        opening = self.expect("[", "(")
        low = self.expression(0)
        if opening.kind == "[" and self.next.kind in (",", "]"):
            choices = self.listing(opening.span[0], [low])
            return Among(left, choices, span=(left.span[0], choices.span[1]))
        self.expect("..")
        high = self.expression(0)
        closing = self.expect("]", ")")
        span = (left.span[0], closing.span[1])
        return Within(left, low, high, opening.kind == "[", closing.kind == "]", span=span)

    def kind_test(self, left: Node) -> Node:
        word = self.advance()
        if word.text not in KIND_WORDS:
            self.refuse(word, tuple(each for each in KIND_WORDS if each.isascii()))
        return KindTest(left, KIND_WORDS[word.text], span=(left.span[0], word.span[1]))


def _too_deep(node: Node) -> list[Node]:
    """The first node deeper than allowed, if there is one: a sum of a hundred parts is a deep tree without brackets."""
    layer = [node]
    for _ in range(MAX_DEPTH):
        layer = [each for above in layer for each in below(above)]
        if not layer:
            break
    return layer[:1]


def _quoted(text: str) -> str:
    """The text between the first quotation marks that do not end inside it."""
    opening, closing = next(pair for pair in _QUOTES if pair[1] not in folded(text))
    return f"{opening}{text}{closing}"
