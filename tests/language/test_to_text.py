"""The canonical text of an expression: brackets where they change the meaning, and nowhere else."""

from __future__ import annotations

import pytest

from perfrules.language import parse, to_text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("((spent - spent) - spent)", "spent - spent - spent"),
        ("spent - (spent - spent)", "spent - (spent - spent)"),
        ("(spent * spent) / spent", "spent * spent / spent"),
        ("spent + (spent * spent)", "spent + spent * spent"),
        ("(forecast or else spent) or else appropriated", "forecast or else spent or else appropriated"),
        ("forecast or else (spent or else appropriated)", "forecast or else (spent or else appropriated)"),
        ("forecast or else (if a > 1 then b else c)", "forecast or else (if a > 1 then b else c)"),
        ("(a > 1 and b > 1) and c > 1", "a > 1 and b > 1 and c > 1"),
        ("a > 1 and (b > 1 and c > 1)", "a > 1 and (b > 1 and c > 1)"),
        ("(a > 1 or b > 1) and c > 1", "(a > 1 or b > 1) and c > 1"),
        ("(a > 1 and b > 1) or c > 1", "a > 1 and b > 1 or c > 1"),
        ("not (a > 1)", "not a > 1"),
        ("not (a > 1 and b > 1)", "not (a > 1 and b > 1)"),
        ("not (not (a > 1))", "not not a > 1"),
        ("-(-a)", "--a"),
        ("-(a + b) * c", "-(a + b) * c"),
        ("(a + b) in [1..(2)]", "a + b in [1..2]"),
        ("(a > 1) == (b > 1)", "(a > 1) == (b > 1)"),
        ("(1 < (a + b)) and 2 ≤ c", "1 < a + b and 2 <= c"),
        ('(名称 含 "甲") 且 (原因 是 文字)', '名称 has "甲" and 原因 is text'),
        ("最小(a, b) + 最大(a)", "min(a, b) + max(a)"),
        ("空白(a) 或 已设($b)", "is_blank(a) or is_set($b)"),
        ("有此行(项目, a)", "has_row(项目, a)"),
        ("四舍五入(a, 2)", "四舍五入(a, 2)"),
        ("计数(项目 其中 (a > 1))", "count(项目 where a > 1)"),
    ],
)
def test_the_text_is_the_one_written_by_hand(text: str, canonical: str) -> None:
    assert to_text(parse(text)) == canonical
    assert parse(canonical) == parse(text)
