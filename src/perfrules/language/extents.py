"""What can be told of every node before any fact is known: the range of its values, its degree, and what can never be.

Ranges are computed by the definition's own arithmetic, so they hold every value that a node can take. The degree is for
backends that compute in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from perfrules.language.functions import BUILTINS
from perfrules.language.kinds import NUMERIC
from perfrules.language.scope import Meaning
from perfrules.language.syntax import (
    Aggregate,
    Arithmetic,
    Call,
    Comparison,
    If,
    Literal,
    Logic,
    Name,
    Negative,
    Node,
    OrElse,
    Within,
    below,
)
from perfrules.language.to_text import to_text
from perfrules.language.values import compared, computed, negative
from perfrules.model.interval import Interval
from perfrules.model.truth import Number, Reason, Value
from perfrules.model.unit import Kind, base_unit

Degree = tuple[int, int]
ANY = Interval(None, None, False, False)
FROM_ZERO = Interval(Fraction(0), None, True, False)
_UNITS = [base_unit(kind) for kind in NUMERIC if kind is not Kind.MEASURE]
_ANYTHING: Mapping[Kind | None, Number] = {unit.kind: Number(ANY, ANY, unit) for unit in _UNITS}
"""Any number of a kind; none of a measure, whose values are of another kind in each row."""
_NO_LESS_THAN_ZERO: Mapping[Kind | None, Number] = {
    unit.kind: Number(FROM_ZERO, ANY, unit) for unit in _UNITS
}
"""What is never below zero; its printed digits may allow less."""


@frozen
class Extent:
    """What a node may come to.

    `known` is a number whose interval holds every value it can take, in base units, or the text or date it always is;
    None where nothing is known. `degree` is how many printed figures are multiplied with one another, at most, above
    and below its fraction bar: (1, 1) for `spent / adjusted_budget`; None where whole numbers cannot say it.
    """

    known: Value | None
    degree: Degree | None

    @property
    def is_nonnegative(self) -> bool:
        """Whether it can never be below zero."""
        low = self.known.interval.low if isinstance(self.known, Number) else None
        return low is not None and low >= 0


@frozen
class Hopeless:
    """A node that can never be true (`never_true`) or never be known (`never_known`)."""

    node: Node
    code: str


def extents(
    node: Node, kinds: Mapping[int, Kind], meanings: Mapping[int, Meaning]
) -> tuple[Mapping[int, Extent], Sequence[Hopeless]]:
    """The extent of every node, by its identity, and the nodes without hope: of nested ones the innermost."""
    found: dict[int, Extent] = {}
    hopeless: list[Hopeless] = []

    def visit(node: Node) -> Extent:
        kind, under = kinds.get(id(node)), below(node)
        if not under and not isinstance(node, Call):
            found[id(node)] = leaf = _of_leaf(node, kind, meanings)
            return leaf
        before = len(hopeless)
        parts = [visit(each) for each in under]
        extent = found[id(node)] = Extent(_known(node, kind, parts), _degree(node, kind, parts))
        code = _never(node, found) if len(hopeless) == before else None
        if code:
            hopeless.append(Hopeless(node, code))
        return extent

    visit(node)
    return found, hopeless


def _never(node: Node, known: Mapping[int, Extent]) -> str | None:
    match node:
        case Arithmetic():
            left, right = known[id(node.left)].known, known[id(node.right)].known
            if left is not None and right is not None and _fixed(right):
                result = computed(node.operator, left, right)
                if result in (Reason.UNIT, Reason.ZERO_DIVISOR):
                    return "never_known"
        case Comparison() | Within():
            links = _links(node)
            results = [_outcome(*link, known) for link in links]
            if False in results or (len(links) > 1 and _contradicts(links, known)):
                return "never_true"
            if Reason.UNIT in results:
                return "never_known"
        case Logic(operator="and"):
            if _contradicts([link for part in node.parts for link in _links(part)], known):
                return "never_true"
    return None


def _of_leaf(node: Node, kind: Kind | None, meanings: Mapping[int, Meaning]) -> Extent:
    match node:
        case Literal():
            return Extent(node.value, (0, 0))
        case Name():
            meaning = meanings.get(id(node))
            bounded = meaning is not None and meaning.field is not None and meaning.field.nonnegative
            return Extent((_NO_LESS_THAN_ZERO if bounded else _ANYTHING).get(kind), (1, 0))
        case _:
            return Extent(_ANYTHING.get(kind), (0, 0))


def _known(node: Node, kind: Kind | None, parts: list[Extent]) -> Value | None:
    values = [part.known for part in parts]
    match node:
        case Negative():
            return _or_anything(None if values[0] is None else negative(values[0]), kind)
        case Arithmetic():
            left, right = values
            if left is None or right is None or _is(ANY, left) or _is(ANY, right):
                return _ANYTHING.get(kind)
            if node.operator == "/" and _is(FROM_ZERO, right):  # it may be zero
                return _ANYTHING.get(kind)
            return _or_anything(computed(node.operator, left, right), kind)
        case If() | OrElse():
            return _hull(values[-2], values[-1])
        case Call(function=name) if name in BUILTINS and kind in NUMERIC:
            arguments = [value for value in values if value is not None]
            return _or_anything(
                BUILTINS[name].applied(*arguments) if len(arguments) == len(values) else None, kind
            )
        case Aggregate(operator="count"):
            return Number(FROM_ZERO, FROM_ZERO, base_unit(Kind.COUNT))
        case Aggregate(operator="sum" | "min" | "max"):
            return (_NO_LESS_THAN_ZERO if parts[0].is_nonnegative else _ANYTHING).get(kind)
        case _:
            return _ANYTHING.get(kind)


def _is(interval: Interval, value: Value) -> bool:
    return isinstance(value, Number) and value.interval is interval


def _or_anything(result: Value | Reason | None, kind: Kind | None) -> Value | None:
    return result if isinstance(result, Number) else _ANYTHING.get(kind)


def _hull(a: Value | None, b: Value | None) -> Value | None:
    if isinstance(a, Number) and isinstance(b, Number):
        return Number(a.interval.hull(b.interval), ANY, a.unit)
    return None


def _degree(node: Node, kind: Kind | None, parts: list[Extent]) -> Degree | None:
    degrees = [part.degree for part in parts if part.degree is not None]
    if len(degrees) < len(parts):
        return None
    match node:
        case Arithmetic():
            return _of_operation(node.operator, *degrees)
        case Comparison():
            return max(_crosswise(*pair) for pair in pairwise(degrees)), 0
        case Within():
            return max(_crosswise(degrees[0], end) for end in degrees[1:]), 0
        case Aggregate(operator="sum"):
            return None if degrees[0][1] else degrees[0]
        case Call() | Aggregate(operator="min" | "max") if kind in NUMERIC:
            return None
        case _:
            return max((above for above, _ in degrees), default=0), max(
                (under for _, under in degrees), default=0
            )


def _of_operation(operator: str, left: Degree, right: Degree) -> Degree:
    if operator == "*":
        return left[0] + right[0], left[1] + right[1]
    if operator == "/":
        return left[0] + right[1], left[1] + right[0]
    return _crosswise(left, right), left[1] + right[1]


def _crosswise(left: Degree, right: Degree) -> int:
    """The degree of two fractions brought to one denominator."""
    return max(left[0] + right[1], right[0] + left[1])


Link = tuple[str, Node, Node]
"""One comparison of two neighbours."""


def _links(node: Node) -> list[Link]:
    match node:
        case Comparison():
            return list(zip(node.operators, node.operands, node.operands[1:], strict=False))
        case Within():
            low, high = "<=" if node.low_closed else "<", "<=" if node.high_closed else "<"
            return [(low, node.low, node.value), (high, node.value, node.high)]
        case _:
            return []


def _outcome(operator: str, left: Node, right: Node, known: Mapping[int, Extent]) -> bool | Reason | None:
    a, b = known[id(left)].known, known[id(right)].known
    if a is None or b is None:
        return None
    return compared(operator, a, b)


def _contradicts(links: Iterable[Link], known: Mapping[int, Extent]) -> bool:
    """Whether comparisons of one expression with fixed values leave nothing that it could be."""
    left_over: dict[str, Interval] = {}
    texts: dict[str, str] = {}
    for operator, left, right in links:
        for said, subject, bound in (
            (operator, left, right),
            (_MIRRORED.get(operator, operator), right, left),
        ):
            fixed = known[id(bound)].known
            if isinstance(fixed, str) and said == "==" and texts.setdefault(to_text(subject), fixed) != fixed:
                return True
            allowed = _allowed(said, fixed) if isinstance(fixed, Number) else None
            if allowed is None:
                continue
            name = to_text(subject)
            met = left_over.get(name, ANY).meet(allowed)
            if met is None:
                return True
            left_over[name] = met
    return False


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _allowed(operator: str, fixed: Number) -> Interval | None:
    """What `x operator fixed` leaves for x, where `fixed` is a single number."""
    end = fixed.interval.exact
    if end is None:
        return None
    return {
        "<": Interval(None, end, False, False),
        "<=": Interval(None, end, False, True),
        ">": Interval(end, None, False, False),
        ">=": Interval(end, None, True, False),
        "==": Interval.point(end),
    }.get(operator)


def _fixed(value: Value) -> bool:
    return not isinstance(value, Number) or value.interval.is_point
