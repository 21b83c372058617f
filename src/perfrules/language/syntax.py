"""The nodes of an expression. Frozen data with spans; what acts on them are functions, one match per purpose.

A span is the half-open range of code points in the expression's text; two nodes are equal whatever their spans.
"""

from __future__ import annotations

from datetime import date
from typing import assert_never

from attrs import field, frozen

from perfrules.model.truth import Number
from perfrules.model.unit import Kind

Span = tuple[int, int]


@frozen
class Literal:
    """A number with its unit, a text, a date, or a truth value; `text` is how it is written canonically."""

    value: Number | str | date | bool
    text: str
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class Name:
    """A field, table or member, as written: `total.spent`; `outer.spent` is that of the row or subject around."""

    parts: tuple[str, ...]
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class Parameter:
    """`$name`, a parameter of the ruleset."""

    name: str
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class IsSet:
    """`is_set($name)`: whether a profile gives the parameter a value."""

    name: str
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class Negative:
    """`-x`."""

    operand: Node
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class Arithmetic:
    """`+ - * /` on two operands."""

    operator: str
    left: Node
    right: Node
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class Comparison:
    """A chain: `0% <= rate < 60%` has three operands and two operators; `≈` is one of them."""

    operators: tuple[str, ...]
    operands: tuple[Node, ...]
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class Within:
    """`x in [a..b)`, each end open or closed."""

    value: Node
    low: Node
    high: Node
    low_closed: bool
    high_closed: bool
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class Listing:
    """`["甲", "乙"]`: the choices of an `in`, or the last arguments of a function; never a value."""

    items: tuple[Node, ...]
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class Among:
    """`x in ["甲", "乙"]` or `x in $list`."""

    value: Node
    choices: Listing | Parameter
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class Logic:
    """`and` or `or` of two or more parts."""

    operator: str
    parts: tuple[Node, ...]
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class Not:
    """`not x`."""

    operand: Node
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class If:
    """`if c then a else b`."""

    condition: Node
    then: Node
    otherwise: Node
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class OrElse:
    """`a or else b`: b where a is unknown."""

    value: Node
    fallback: Node
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class TextTest:
    """`has`, `starts with`, `ends with` on two texts; `matches` on a text and a pattern."""

    operator: str
    text: Node
    part: Node
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class KindTest:
    """`x is money`: what kind of value a row's target has, or which kind of unit a text names."""

    value: Node
    kind: Kind
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class Call:
    """A function of the catalog, or one of the forms is_known, is_exact, is_printed, is_blank, agrees."""

    function: str
    arguments: tuple[Node, ...]
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class HasRow:
    """`has_row(table, name)`: whether a table has a row of that name, which is looked up outside it."""

    table: Name
    name: Node
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


@frozen
class Aggregate:
    """`sum(body for table where condition)` and its kin; `count(table)` has no body."""

    operator: str
    body: Node | None
    table: Name
    where: Node | None
    distinct: bool = False
    span: Span = field(default=(0, 0), eq=False, kw_only=True)


Node = (
    Literal
    | Name
    | Parameter
    | IsSet
    | Negative
    | Arithmetic
    | Comparison
    | Within
    | Listing
    | Among
    | Logic
    | Not
    | If
    | OrElse
    | TextTest
    | KindTest
    | Call
    | HasRow
    | Aggregate
)


def below(node: Node) -> tuple[Node, ...]:
    """The nodes directly below a node, in the order of the text."""
    match node:
        case Literal() | Name() | Parameter() | IsSet():
            return ()
        case Negative() | Not():
            return (node.operand,)
        case Arithmetic():
            return (node.left, node.right)
        case Comparison():
            return node.operands
        case Within():
            return (node.value, node.low, node.high)
        case Listing():
            return node.items
        case Among():
            return (node.value, node.choices)
        case Logic():
            return node.parts
        case If():
            return (node.condition, node.then, node.otherwise)
        case OrElse():
            return (node.value, node.fallback)
        case TextTest():
            return (node.text, node.part)
        case KindTest():
            return (node.value,)
        case Call():
            return node.arguments
        case HasRow():
            return (node.table, node.name)
        case Aggregate():
            return tuple(each for each in (node.body, node.table, node.where) if each is not None)
        case _:
            assert_never(node)
