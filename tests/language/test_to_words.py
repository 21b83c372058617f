"""Expressions in words: what they say in Chinese and English, for every form of the language."""

from __future__ import annotations

import pytest

from perfrules.bilingual import Bilingual
from perfrules.language import parse, to_words
from perfrules.model.subject_types import label_of

TITLES = {"project_floor": Bilingual("参考线", "stage line")}


def label(name: str) -> Bilingual:
    return TITLES.get(name) or label_of(name)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            "spent / adjusted_budget >= $project_floor",
            "实际支出 ÷ 调整预算不小于“参考线”",
            "spending ÷ adjusted budget is at least the stage line",
        ),
        ("total.spent ≈ 3万元", "合计的实际支出按所列位数等于3万元",
         "spending of the total equals, as far as the printed digits go, 3万元"),
        ("1 < 2 <= 3", "1小于2不大于3", "1 is less than 2 is at most 3"),
        ("spent > 1元 and spent != 2元", "实际支出大于1元，且实际支出不等于2元", "spending is more than 1元, and spending differs from 2元"),
        ("(1 == 1 or 2 == 2) and 3 == 3", "（1等于1，或2等于2），且3等于3", "(1 equals 1, or 2 equals 2), and 3 equals 3"),
        ("not 1 == 2", "并非（1等于2）", "not (1 equals 2)"),
        ("(spent + unspent) * 2 == -(spent - unspent)", "（实际支出 + 未支出） × 2等于-（实际支出 - 未支出）",
         "(spending + unspent) × 2 equals -(spending - unspent)"),
        ("spent - (unspent - spent) > 0元", "实际支出 - （未支出 - 实际支出）大于0元", "spending - (unspent - spending) is more than 0元"),
        ("-spent < 0元", "-实际支出小于0元", "-spending is less than 0元"),
        ("spent in [0元..5元)", "实际支出在 [0元, 5元) 之内", "spending lies in [0元, 5元)"),
        ("spent in (0元..5元]", "实际支出在 (0元, 5元] 之内", "spending lies in (0元, 5元]"),
        ('name in ["甲", "project"]', "名称为“甲”、“项目支出”之一", "name is one of “甲”, “project spending”"),
        ("name in $project_floor", "名称为“参考线”之一", "name is one of the stage line"),
        ("is_set($project_floor)", "已设“参考线”", "the stage line is set"),
        ("if 1 == 1 then 2 else 3", "（1等于1时为 2，否则为 3）", "(2 where 1 equals 1, else 3)"),
        ("spent or else 0元", "实际支出（未知时作 0元）", "spending (if unknown: 0元)"),
        ('name has "a b"', "名称含有“a b”", "name contains “a b”"),
        ('name starts with "率"', "名称开头为“率”", "name begins with “率”"),
        ("planned is money", "年度指标值为金额", "planned is money"),
        ("is_known(spent)", "已知实际支出", "spending is known"),
        ('has_text(name, ["甲", "乙"])', "名称含有“甲”、“乙”之一", "name contains one of “甲”, “乙”"),
        ("round(spent, 2)", "四舍五入(实际支出, 2)", "round(spending, 2)"),
        ("of_a_plugin(spent)", "of_a_plugin(实际支出)", "of_a_plugin(spending)"),
        ("has_row(projects, name)", "项目中有名称", "name is among the projects"),
        ("count(projects)", "项目的个数", "the number of projects"),
        ('sum(spent for projects where name == "甲")', "项目（名称等于“甲”）的实际支出之和",
         "the sum of spending over the projects where name equals “甲”"),
        ("all(spent > outer.spent for projects)", "每一项目都有: 实际支出大于该项的实际支出",
         "for each of the projects: spending is more than spending of the row around"),
        ("2022-06-30 <= period_to", "2022-06-30不大于截止日期", "2022-06-30 is at most cut-off date"),
    ],
)  # fmt: skip
def test_what_an_expression_says(text: str, zh: str, en: str) -> None:
    assert to_words(parse(text), "zh", label) == zh
    assert to_words(parse(text), "en", label) == en
