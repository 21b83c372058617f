"""The spans of the words that a condition on a text has found."""

from __future__ import annotations

import pytest

from perfrules.language import found_words
from perfrules.model.trace import Trace


@pytest.mark.parametrize(
    ("operator", "word", "expected"),
    [
        ("has_text", "培训", [(2, 4), (7, 9)]),
        ("starts with", "开展", [(0, 2)]),
        ("ends with", "完成培训", [(5, 9)]),
        ("matches", ".*完成.*", [(5, 7)]),
        ("matches", ".*", []),  # it asks for nothing
        ("matches", "开展.*", [(0, 2)]),
        ("matches", "开展培训，完成培训", [(0, 9)]),  # it asks for the whole
        ("==", "开展培训，完成培训", []),  # no word is looked for
    ],
)
def test_where_the_words_stand(operator: str, word: str, expected: list[tuple[int, int]]) -> None:
    text = Trace("summary", "开展培训，完成培训")
    trace = Trace("", value=True, operator=operator, parts=(text, Trace("", word)))
    assert list(found_words(trace)) == expected


def test_a_condition_that_does_not_hold_has_found_nothing() -> None:
    parts = (Trace("summary", "开展培训"), Trace("", "会议"))
    assert found_words(Trace("", value=False, operator="has_text", parts=parts)) == ()
