"""Nodes → canonical text: parse(to_text(node)) is the node again."""

from __future__ import annotations

from typing import assert_never

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

_ATOM = 100
_POWERS = {
    "or else": 5,
    "or": 10,
    "and": 20,
    "not": 30,
    "compare": 40,
    "+": 50,
    "-": 50,
    "*": 60,
    "/": 60,
    "minus": 70,
}


def to_text(node: Node) -> str:
    """The expression as the formatter writes it: English keywords, ASCII operators but ≈, no needless brackets."""
    return _written(node)[0]


def _written(node: Node) -> tuple[str, int]:
    """The text and how strongly it binds."""
    match node:
        case Literal():
            return node.text, _ATOM
        case Name():
            return ".".join(node.parts), _ATOM
        case Parameter():
            return f"${node.name}", _ATOM
        case IsSet():
            return f"is_set(${node.name})", _ATOM
        case Negative():
            return f"-{_inside(node.operand, _POWERS['minus'])}", _POWERS["minus"]
        case Arithmetic():
            power = _POWERS[node.operator]
            return f"{_inside(node.left, power)} {node.operator} {_inside(node.right, power + 1)}", power
        case Comparison():
            return _chain(node), _POWERS["compare"]
        case Within():
            ends = f"{'[('[not node.low_closed]}{to_text(node.low)}..{to_text(node.high)}{'])'[not node.high_closed]}"
            return f"{_inside(node.value, 41)} in {ends}", _POWERS["compare"]
        case Listing():
            return f"[{', '.join(map(to_text, node.items))}]", _ATOM
        case Among():
            return f"{_inside(node.value, 41)} in {to_text(node.choices)}", _POWERS["compare"]
        case Logic():
            power = _POWERS[node.operator]
            return f" {node.operator} ".join(_inside(part, power + 1) for part in node.parts), power
        case Not():
            return f"not {_inside(node.operand, _POWERS['not'])}", _POWERS["not"]
        case If():
            parts = (to_text(node.condition), to_text(node.then), to_text(node.otherwise))
            return "if {} then {} else {}".format(*parts), 0
        case OrElse():
            return f"{_inside(node.value, 5)} or else {_inside(node.fallback, 6)}", _POWERS["or else"]
        case TextTest():
            return f"{_inside(node.text, 41)} {node.operator} {_inside(node.part, 41)}", _POWERS["compare"]
        case KindTest():
            return f"{_inside(node.value, 41)} is {node.kind.value}", _POWERS["compare"]
        case Call():
            return f"{node.function}({', '.join(map(to_text, node.arguments))})", _ATOM
        case HasRow():
            return f"has_row({to_text(node.table)}, {to_text(node.name)})", _ATOM
        case Aggregate():
            return _aggregate(node), _ATOM
        case _:
            assert_never(node)


def _inside(node: Node, power: int) -> str:
    text, binds = _written(node)
    return text if binds >= power else f"({text})"


def _chain(node: Comparison) -> str:
    parts = [_inside(node.operands[0], 41)]
    for operator, operand in zip(node.operators, node.operands[1:], strict=True):
        parts += [operator, _inside(operand, 41)]
    return " ".join(parts)


def _aggregate(node: Aggregate) -> str:
    table = to_text(node.table)
    distinct = "distinct " if node.distinct else ""
    body = table if node.body is None else f"{distinct}{to_text(node.body)} for {table}"
    where = f" where {to_text(node.where)}" if node.where is not None else ""
    return f"{node.operator}({body}{where})"
