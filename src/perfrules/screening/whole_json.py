"""A submission as JSON with nothing lost, and back: every fact with its state, digits, place, witnesses and steps.

The documented format says what a department prints; what was read says more (what is derived, conflicting, said in words), and
rules may ask for it. What is written here is read by the same version of perfrules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from attrs import Factory, fields, has

from perfrules.bilingual import Bilingual
from perfrules.location import Location
from perfrules.model.fact import Fact, State
from perfrules.model.interval import Interval
from perfrules.model.quantity import Qualifier, Quantity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.submission import Document, Submission, Unread
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Reason, Unknown
from perfrules.model.unit import Kind, Unit

_FROZEN: Mapping[str, Callable[..., object]] = {
    each.__name__: each
    for each in (
        *(Bilingual, Location, Fact, Interval, Quantity, Subject, Table, Document, Submission, Unread),
        *(Trace, Lack, Number, Unknown, Unit),
    )
}
_ENUMS: Mapping[str, type[Enum]] = {
    each.__name__: each for each in (State, Qualifier, Completeness, Reason, Kind)
}
_NOT_KEPT = ("corrections",)
"""What has been worked into the facts already."""
T = TypeVar("T")


def to_json(value: object) -> object:
    """A value of the model as what JSON holds; what a field has by default is left out."""
    match value:
        case None | bool() | str() | int():
            return value
        case Fraction():
            return {"Fraction": str(value)}
        case date():
            return {"date": value.isoformat()}
        case Enum():
            return {type(value).__name__: value.value}
        case tuple():
            return [to_json(each) for each in value]
        case Mapping():
            return {"map": {str(key): to_json(each) for key, each in value.items()}}
        case _ if has(kind := type(value)) and kind.__name__ in _FROZEN:
            kept = {
                each.name: to_json(found)
                for each in fields(kind)
                if each.name not in _NOT_KEPT
                and (found := getattr(value, each.name)) != _default(each.default)
            }
            return {type(value).__name__: kept}
        case _:
            raise TypeError(f"no part of a submission: {type(value).__name__}")


def _default(default: object) -> object:
    return default.factory() if isinstance(default, Factory) else default  # type: ignore[arg-type,attr-defined]


def from_json(read: object, expected: type[T]) -> T:
    """The value again; raises ValueError where it is none of that type."""
    try:
        found = _value(read)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None
    if not isinstance(found, expected):
        raise ValueError(f"expected a {expected.__name__}")
    return found


def _value(read: object) -> object:
    if isinstance(read, list):
        return tuple(_value(each) for each in read)
    if not isinstance(read, dict):
        if isinstance(read, float):
            raise TypeError("a number with a point")
        return read
    ((name, inside),) = read.items()
    if name == "map":
        return {key: _value(each) for key, each in inside.items()}
    if name == "Fraction":
        return Fraction(inside)
    if name == "date":
        return date.fromisoformat(inside)
    if name in _ENUMS:
        return _ENUMS[name](inside)
    return _FROZEN[name](**{key: _value(each) for key, each in inside.items()})
