"""The algebra of kinds: what may be added, multiplied, divided and compared, and what comes out."""

from __future__ import annotations

from datetime import date

from perfrules.model.truth import Number
from perfrules.model.unit import Kind

PLAIN = (Kind.RATIO, Kind.NUMBER)
NUMERIC = (Kind.MONEY, *PLAIN, Kind.COUNT, Kind.DAYS, Kind.MONTHS, Kind.MEASURE)


def kind_of(value: Number | str | date | bool) -> Kind:
    """The kind of a known value."""
    match value:
        case bool():
            return Kind.TRUTH
        case str():
            return Kind.TEXT
        case Number():
            return value.unit.kind
        case _:
            return Kind.DATE


def serves(kind: Kind, expected: Kind) -> bool:
    """Whether a kind may stand where another is expected: ratios and plain numbers for each other."""
    return kind is expected or (kind in PLAIN and expected in PLAIN)


def combined(operator: str, left: Kind, right: Kind) -> Kind | None:
    """The kind of `left operator right`; None where the kinds do not go together."""
    if operator in "+-":
        return _sum(operator, left, right)
    return _product(left, right) if operator == "*" else _quotient(left, right)


def comparable(left: Kind, right: Kind) -> bool:
    """Whether two kinds may be compared."""
    if left is right or (left in PLAIN and right in PLAIN):
        return True
    if {left, right} == {Kind.COUNT, Kind.NUMBER}:
        return True
    valued = (*NUMERIC, Kind.TEXT, Kind.DATE)
    return Kind.MEASURE in (left, right) and left in valued and right in valued


def _sum(operator: str, left: Kind, right: Kind) -> Kind | None:
    if left is right and left in NUMERIC:
        return left
    if left in PLAIN and right in PLAIN:
        return Kind.RATIO
    if left is right is Kind.DATE and operator == "-":
        return Kind.DAYS
    counted = {left, right} == {Kind.COUNT, Kind.NUMBER}
    return Kind.COUNT if counted else None


def _product(left: Kind, right: Kind) -> Kind | None:
    if left in PLAIN and right in PLAIN:
        return Kind.NUMBER if left is right is Kind.NUMBER else Kind.RATIO
    if left in PLAIN or right in PLAIN:
        other = right if left in PLAIN else left
        return other if other in NUMERIC else None
    return Kind.MONEY if {left, right} == {Kind.MONEY, Kind.COUNT} else None


def _quotient(left: Kind, right: Kind) -> Kind | None:
    if left not in NUMERIC or right not in NUMERIC:
        return None
    if left is right:
        return Kind.NUMBER if left is Kind.NUMBER else Kind.RATIO
    if right in PLAIN:
        return Kind.RATIO if left in PLAIN else left
    return Kind.MONEY if (left, right) == (Kind.MONEY, Kind.COUNT) else None
