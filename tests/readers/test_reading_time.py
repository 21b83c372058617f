"""Reading time grows with the length of a text, not with what it repeats: no pattern goes back and forth for ever."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from perfrules.model.submission import Submission


@pytest.mark.parametrize(
    "word",
    ["共计", "数额", "预算", "年初预算", "项目支出", "结转结余", "占", "截至", "（", "《", "1,", "1月-"],
)
@pytest.mark.parametrize("end", ["甲30万元。", "甲30%。", "甲30个。"])
def test_a_word_repeated_is_read_at_once(read_body: Callable[[str], Submission], word: str, end: str) -> None:
    started = process_time()
    read_body(word * 60 + end)
    assert process_time() - started < 2
