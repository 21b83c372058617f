"""The ruleset is prepared once for all tests of what goes back: it is the same each time, and takes longest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from perfrules import pipeline

_KNOWN: dict[object, Any] = {}


@pytest.fixture(scope="package", autouse=True)
def prepared_once() -> Iterator[None]:
    """Calls of the command get the ruleset of the call before."""

    def prepare(ruleset: Any, catalog: Any, *, with_examples: bool = True) -> Any:
        key = (ruleset, with_examples, tuple(each.name for each in catalog.plugins))
        if key not in _KNOWN:
            _KNOWN[key] = original(ruleset, catalog, with_examples=with_examples)
        return _KNOWN[key]

    original, patch = pipeline.prepare, pytest.MonkeyPatch()
    patch.setattr(pipeline, "prepare", prepare)
    yield
    patch.undo()
