"""Patterns: what they match is what Python's own regular expressions match, and what is malformed is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.language.patterns import Pattern, pattern

REPEATS = ["", "", "?", "*", "+", "{0}", "{2}", "{1,3}", "{0,2}", "{2,}", "{0,}", "{1,1}"]
ITEMS = ["a", "b", "1", "号", ".", r"\d", r"\.", r"\[", r"\*", "[ab]", "[^ab]", "[a-c1]", r"[\d号]", r"[\]a]", r"[^\d]", "[-a]", "[0-9]"]  # fmt: skip
TEXTS = st.text("ab1.[]*-号\n", max_size=8)


def python_says(written: str, text: str) -> bool:
    ascii_digits = written.replace(r"[^\d]", "[^0-9]").replace(r"[\d", "[0-9").replace(r"\d", "[0-9]")
    return re.fullmatch(ascii_digits, text, re.DOTALL) is not None


@given(st.lists(st.tuples(st.sampled_from(ITEMS), st.sampled_from(REPEATS)), max_size=5), TEXTS)
def test_a_pattern_matches_what_a_regular_expression_of_python_matches(
    items: list[tuple[str, str]], text: str
) -> None:
    written = "".join(item + repeats for item, repeats in items)
    shape = pattern(written)
    assert isinstance(shape, Pattern)
    assert shape.matches(text) is python_says(written, text)


@pytest.mark.parametrize(
    ("written", "text", "holds"),
    [
        (r"〔\d{4}〕\d{1,4}号", "〔2023〕9号", True),
        (r"〔\d{4}〕\d{1,4}号", "[2023]9号", False),
        (r"〔\d{4}〕\d{1,4}号", "〔2023〕9号文", False),  # the whole text
        (r"\d", "５", False),  # as printed: a full-width five is no ASCII digit
        (r"a{1000}", "a" * 1000, True),
        (r"a{1000}", "a" * 999, False),
        (r"a{2,}", "a" * 300, True),
        (r"[a\-z]+", "a-z", True),
        (r"[a\-z]+", "b", False),
        (r"[z-z]", "z", True),
        ("", "", True),
        ("", "a", False),
        ("a?" * 20 + "a" * 20, "a" * 20, True),
        ("a?" * 20 + "a" * 20, "a" * 19, False),
        ("[0-9]{3,5}", "12", False),
        ("[0-9]{3,5}", "12345", True),
        ("[0-9]{3,5}", "123456", False),
        (".*b.*", "aaabaaa", True),
        (".{0,1000}", "a" * 1000, True),
        (".{0,1000}", "a" * 1001, False),
        ("a" * 200, "a" * 200, True),
        ("a{2}", "aaa", False),  # two, and no more
        (".", "1", True),
        (".", "\0", True),
        (".", "\U0010ffff", True),
        (r"[\d号]+", "3号", True),
        (r"[\d号]", "d", False),
        ("a*", "ba", False),  # what is passed over must be there
        ("a*b?a*", "aabaa", True),
        ("a*", "aabaa", False),
    ],
)
def test_a_pattern_by_hand(written: str, text: str, holds: bool) -> None:
    shape = pattern(written)
    assert isinstance(shape, Pattern)
    assert shape.matches(text) is holds


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("(a)", 1), ("a|b", 2), ("^a", 1), ("a$", 2), ("*a", 1), ("a**", 3), ("a{2", 2), ("a{1,2,3}", 2), ("a}", 2),
        ("[", 1), ("a[]", 2), ("[^]", 1), ("\\", 1), (r"\w", 1), (r"ab\9", 3), ("[b-a]", 1), ("a{3,2}", 1),
        ("ab{1001}", 2), ("a{0,1001}", 1), ("a{10000}", 2), ("]", 1), ("ab?+", 4), (r"a\1", 2),
    ],
)  # fmt: skip
def test_a_malformed_pattern_is_refused_with_its_place(written: str, place: int) -> None:
    wrong = pattern(written)
    assert not isinstance(wrong, Pattern)
    assert f"第 {place} 个字符" in wrong.zh
    assert f"character {place} " in wrong.en


def test_a_long_pattern_is_refused() -> None:
    assert isinstance(pattern("a" * 200), Pattern)
    wrong = pattern("a" * 201)
    assert not isinstance(wrong, Pattern)
    assert "200" in wrong.zh
    assert "200" in wrong.en
