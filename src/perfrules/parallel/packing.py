"""Data as bytes for another process, and back: what `pickle` does, at half its time for the frozen data of the model."""

from __future__ import annotations

import copyreg
import pickle
from collections.abc import Callable
from fractions import Fraction
from io import BytesIO
from operator import attrgetter
from typing import Any

import attrs

Way = Callable[[Any], Any]
"""From a value what makes it again: a callable, and what that is called with."""


def packed(value: object) -> bytes:
    """The value as bytes; raises as `pickle` does where a part of it is no data (a closure, an open file)."""
    content = BytesIO()
    _Packer(content, protocol=5).dump(value)
    return content.getvalue()


unpacked = pickle.loads
"""The value in bytes that another process of the same run has packed."""


class _Ways(dict[type, Way]):
    """How a value of each class is made again, found once for each; KeyError where `pickle` knows best."""

    def __missing__(self, kind: type) -> Way:
        way = self[kind] = _from_fields(kind) or copyreg.dispatch_table[kind]
        return way


def _from_fields(kind: type) -> Way | None:
    """A class of frozen data from its fields in order; None for all else, and where making it does more than that."""
    fields = attrs.fields(kind) if attrs.has(kind) else ()
    if not fields or hasattr(kind, "__attrs_post_init__"):
        return None
    if any(each.kw_only or each.converter or not each.init for each in fields):
        return None
    values = attrgetter(*(each.name for each in fields))
    if len(fields) == 1:
        return lambda value: (kind, (values(value),))
    return lambda value: (kind, values(value))


class _Packer(pickle.Pickler):
    dispatch_table = _Ways({Fraction: lambda value: (Fraction, value.as_integer_ratio())})
