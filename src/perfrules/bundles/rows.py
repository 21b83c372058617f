"""Parts of a JSON document whose shape nobody vouches for: what is of another shape counts as empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Json = Mapping[str, object]


def rows_of(value: object) -> Sequence[Json]:
    """The objects of a list."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def dict_of(value: object) -> Json:
    """An object."""
    return value if isinstance(value, Mapping) else {}
