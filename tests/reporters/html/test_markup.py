"""Whatever a report says, it is text on the page and never markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reporters.html import reading

from perfrules.reporters.html.markup import cleaned, element, escaped, joined

ANY = st.text(st.characters(exclude_categories=()))


@given(ANY)
def test_any_text_stands_on_the_page_as_it_is(text: str) -> None:
    page = f"<!DOCTYPE html>{element('html', element('head', element('title', 'a')), element('body', element('p', text, title=text))).text}"
    (found,) = reading.named(reading.parsed(page), "p")
    assert reading.words(found) == cleaned(text)
    assert found.get("title") == cleaned(text)
    assert len(list(found)) == 0


@given(ANY)
def test_a_page_can_always_be_written(text: str) -> None:
    escaped(text).encode("utf-8")
    assert not set(escaped(text)) & set("<>\"'")


def test_texts_are_escaped_and_markup_is_not() -> None:
    inner = element("b", "<i>")
    assert joined("a&b", inner, None, 3, ["<", inner]).text == "a&amp;b<b>&lt;i&gt;</b>3&lt;<b>&lt;i&gt;</b>"


def test_attributes_are_left_out_or_stand_without_a_value() -> None:
    written = element(
        "input", type="checkbox", checked=True, disabled=False, name=None, aria_label='a"b', class_="c"
    ).text
    assert written == '<input type="checkbox" checked aria-label="a&quot;b" class="c">'


@pytest.mark.parametrize(
    "broken", ["<p><div></div></p>", "<table><p>a</p></table>", "<b id=1 id=2>", "&nosuch;", "<span>"]
)
def test_the_parser_of_these_tests_refuses_what_is_not_valid(broken: str) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011 - html5lib raises its own
        reading.parsed(f"<!DOCTYPE html><html><head><title>a</title></head><body>{broken}</body></html>")
