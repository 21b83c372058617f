"""What every rule of core has and how it speaks: both languages, no blame, examples on both sides, invented names."""

from __future__ import annotations

import json
import re

import pytest

from perfrules.model.rule import Rule
from perfrules.rules import load_ruleset
from perfrules.rules.lint import ACCUSING, texts_of

RULES = load_ruleset().rules.values()
DESIGN = ("违规", "虚报", "瞒报", "挪用", "故意", "闲置沉淀", "系统认定")
"""The words that the design rules out; ACCUSING has more."""
QUOTED = re.compile(r"\{[^{}]*\}|“[^“”]*”")
"""Places filled with figures, and words quoted from the report: they are in either language."""
UNITS = re.compile("[万亿]?元")
CHINESE = re.compile(r"[\u3400-\u9fff]")
INVENTED = {"安泉", "临沣"}
"""Counties and cities of the examples. A new one is invented, looked up to be nowhere, and added here."""
PLACE = re.compile(r"[\u4e00-\u9fff]{2}(?<![全本各我该由在到向对与])(?=[县市])")
REAL = (
    *("北京", "天津", "上海", "重庆", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建"),
    *("江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "四川", "贵州", "云南", "西藏", "陕西", "甘肃"),
    *("青海", "宁夏", "新疆", "香港", "澳门", "台湾", "百色", "朔州", "溧阳", "利州", "介休", "北塔"),
)  # fmt: skip
"""Regions, and the places whose public papers were read for this ruleset."""

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


@every_rule
def test_it_says_in_both_languages_what_it_asks_why_and_how_it_is_mended(rule: Rule) -> None:
    assert rule.fix is not None
    assert all(text.zh and text.en for text in texts_of(rule))
    assert all(CHINESE.search(text.zh) for text in (rule.title, rule.message, rule.why, rule.fix))


def test_the_list_has_the_words_the_design_rules_out() -> None:
    assert set(DESIGN) <= set(ACCUSING)


@every_rule
def test_it_accuses_nobody(rule: Rule) -> None:
    found = {word for word in ACCUSING for text in texts_of(rule) if word in text.zh + text.en.lower()}
    assert found == set()


@every_rule
def test_each_language_keeps_to_itself(rule: Rule) -> None:
    for text in texts_of(rule):
        assert re.findall("[A-Za-z]+", QUOTED.sub("", text.zh)) == []
        assert CHINESE.findall(UNITS.sub("", QUOTED.sub("", text.en))) == []


@every_rule
def test_its_examples_show_more_than_once_when_it_stays_silent(rule: Rule) -> None:
    outcomes = [each.outcome for each in rule.examples]
    assert {"pass", "violation"} <= set(outcomes)
    assert len(outcomes) - outcomes.count("violation") >= 2


@every_rule
def test_its_examples_name_invented_places_only(rule: Rule) -> None:
    for example in rule.examples:
        said = json.dumps(example.submission, ensure_ascii=False, default=str)
        assert [name for name in REAL if name in said] == []
        assert set(places(said)) <= INVENTED


def places(text: str) -> list[str]:
    """The two characters before 县 or 市, where they are a name and not 全县 or 本市."""
    return PLACE.findall(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("安泉县文化馆在全县培训", ["安泉"]),
        ("负责全市统计工作, 本县, 已由县财政拨付", []),
        ("清河县与临沣市", ["清河", "临沣"]),
    ],
)
def test_a_place_is_told_from_a_whole_county(text: str, named: list[str]) -> None:
    assert places(text) == named
