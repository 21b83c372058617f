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


ONE_LINE = {
    "digits": "年初预算" + "1" * 25_000 + "万元。",
    "digits without a unit": "年初预算" + "1" * 25_000,
    "groups": "年初预算" + "1," * 12_000 + "万元",
    "decimals": "实际支出1." + "1" * 25_000 + "甲",
    "numbers apart": "1 " * 12_000,
    "letters for digits": "预算" + "1l" * 12_000,
    "numerals of cheques": "预算" + "壹" * 25_000,
    "codes": "a-" * 12_000,
    "blanks": "年初预算1" + " " * 25_000 + "甲",
    "ratios": "0%" * 14_000,
    "cells": "年初预算" + "|" * 25_000,
    "titles that do not end": "《" * 25_000,
    "one sentence": "年初预算100万元，实际支出50万元；" * 1_000,
    "one clause after the other": "年初预算100万元，实际支出50万元，" * 1_000,
}


@pytest.mark.parametrize("shape", ONE_LINE)
def test_a_paragraph_as_long_as_one_may_be_is_read_in_seconds(
    read_body: Callable[[str], Submission], shape: str
) -> None:
    started = process_time()
    read_body(ONE_LINE[shape])
    assert process_time() - started < 5
