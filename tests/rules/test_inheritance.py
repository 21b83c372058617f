"""A ruleset that extends another: what it may change, what it must say, and what its parent keeps closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfrules import pipeline
from perfrules.errors import RulesetError
from perfrules.model.finding import Outcome
from perfrules.model.rule import Change, Severity
from perfrules.plugins import catalog
from perfrules.readers import submission_from
from perfrules.rules import load_ruleset

CATALOG = catalog()
RULE = """
id: {id}
title: {{zh: 支出为零, en: nothing spent}}
topic: zero_spend
severity: warning
for: line
assert: spent > 0元
message: {{zh: 没有支出, en: nothing spent}}
why: {{zh: 说明, en: why}}
required: []
examples:
  pass: [{{submission: {{lines: {{total: {{spent: 1元}}}}}}}}]
  violation: [{{submission: {{lines: {{total: {{spent: 0元}}}}}}}}]
"""
PROVINCE = """
id: province
version: "1"
title: {zh: 省, en: province}
parameters:
  floor:
    title: {zh: 参考线, en: floor}
    tighter: higher
    values: [{since: 2020-01-01, value: {3: 20%, 6: 40%}, source: 省}]
  ceiling:
    title: {zh: 上限, en: ceiling}
    tighter: lower
    values: [{since: 2020-01-01, value: 10%, source: 省}]
  fixed:
    title: {zh: 固定, en: fixed}
    values: [{since: 2020-01-01, value: 5%, source: 省}]
  free:
    title: {zh: 自定, en: free}
    open: true
    values: [{since: 2020-01-01, value: 5%, source: 省}]
"""
COUNTY = """
id: county
version: "1"
title: {zh: 县, en: county}
extends: province
"""


def ruleset(folder: Path, name: str, head: str, *rules: str) -> Path:
    (folder / name / "rules").mkdir(parents=True)
    (folder / name / "ruleset.yaml").write_text(head, encoding="utf-8")
    for number, rule in enumerate(rules):
        (folder / name / "rules" / f"{number}.yaml").write_text(rule, encoding="utf-8")
    return folder / name


def tiers(folder: Path, county: str, *rules: str, province: str = PROVINCE) -> Path:
    ruleset(folder, "province", province, RULE.format(id="ZER101"), RULE.format(id="ZER102") + "open: true\n")
    return ruleset(folder, "county", COUNTY + county, *rules)


def prepared(folder: Path) -> pipeline.CompiledRuleset:
    return pipeline.prepare(folder, CATALOG)


def codes(folder: Path) -> list[str]:
    with pytest.raises(RulesetError) as caught:
        prepared(folder)
    for fault in caught.value.faults:
        assert fault.where is not None
        assert fault.where.line is not None
        assert fault.message.zh
        assert fault.message.en
    return [fault.code.removeprefix("ruleset.") for fault in caught.value.faults]


TEN_LINES = """\
id: anquan
version: "2025"
title: {zh: 安泉县规则集, en: rules of Anquan county}
extends: core
set:
  project_floor: {value: 35%, because: 县财政局本轮要求}
  idle_spent: {value: 60%, because: 县财政局本轮要求}
  EXE106: {severity: notice, because: 本轮只提示}
withdraw:
  YOY108: 本县报告不写同比
"""


def test_a_county_of_ten_lines(tmp_path: Path) -> None:
    assert len(TEN_LINES.splitlines()) == 10
    found = prepared(ruleset(tmp_path, "anquan", TEN_LINES))
    core = load_ruleset("core")
    own = {id for id, rule in found.ruleset.rules.items() if not rule.plugin}
    assert own == set(core.rules) - {"YOY108"}
    assert found.ruleset.rules["EXE106"].severity is Severity.NOTICE
    given = {
        "period": {"from": "2022-01-01", "to": "2022-06-30"},
        "lines": {"project": {"adjusted_budget": "10.00万元", "spent": "3.40万元"}},
    }
    submission = submission_from(given, "given", CATALOG.types)
    outcomes = {
        name: next(
            each.outcome
            for each in pipeline.check(submission, rules, CATALOG).ledger.verdicts
            if each.rule == "EXE101"
        )
        for name, rules in (("core", prepared(Path("core"))), ("anquan", found))
    }
    assert outcomes == {
        "core": Outcome.PASS,
        "anquan": Outcome.VIOLATION,
    }  # 34% of 10万元: above 30%, below 35%
    assert found.ruleset.changes == (
        Change("withdraw", "YOY108", "本县报告不写同比"),
        Change("parameter", "project_floor", "县财政局本轮要求", "60% * $pace", "35%"),
        Change("parameter", "idle_spent", "县财政局本轮要求", "50%", "60%"),
        Change("severity", "EXE106", "本轮只提示", "warning", "notice"),
    )


def test_rules_no_longer_give_way_to_one_that_is_withdrawn(tmp_path: Path) -> None:
    head = TEN_LINES.replace("YOY108: 本县报告不写同比", "ARI105: 另行核对")
    rules = prepared(ruleset(tmp_path, "anquan", head)).ruleset.rules
    assert "ARI105" in load_ruleset("core").rules["EXE115"].yields_to
    assert not [id for id, rule in rules.items() if "ARI105" in rule.yields_to]


def test_rules_and_parameters_know_where_they_come_from(tmp_path: Path) -> None:
    found = prepared(
        tiers(tmp_path, "set: {floor: {value: 50%, because: 从严}}", RULE.format(id="ZER103"))
    ).ruleset
    assert {id: rule.origin for id, rule in found.rules.items() if id.startswith("ZER")} == {
        "ZER101": "province", "ZER102": "province", "ZER103": "county",
    }  # fmt: skip
    assert found.parameters["floor"].origin == "county"
    assert found.parameters["fixed"].origin == "province"
    assert found.parent is not None
    assert found.sha256 not in (found.parent.sha256, load_ruleset(tmp_path / "province").sha256)


@pytest.mark.parametrize(
    "county",
    [
        "set: {floor: {value: 40%, because: 从严}}",  # as strict at six months, stricter at three
        "set: {floor: {value: {3: 20%, 6: 45%}, because: 从严}}",
        "set: {floor: {value: {1: 5%, 3: 20%, 6: 40%}, because: 从严}}",  # on where the province has none
        "set: {ceiling: {value: 9%, because: 从严}}",
        "set: {free: {value: 90%, because: 放开}}",
        "set: {ZER101: {severity: error, because: 从严}}",
        "set: {ZER102: {severity: notice, because: 放开}}",
        "withdraw: {ZER102: 放开}",
    ],
)
def test_what_is_stricter_or_left_open_may_be_changed(tmp_path: Path, county: str) -> None:
    assert len(prepared(tiers(tmp_path, county)).ruleset.changes) == 1


@pytest.mark.parametrize(
    ("county", "code"),
    [
        ("set: {floor: {value: 39%, because: 放宽}}", "loosened"),  # milder from June on
        ("set: {floor: {value: {6: 40%}, because: 放宽}}", "loosened"),  # unset from March to May
        ("set: {ceiling: {value: 11%, because: 放宽}}", "loosened"),
        ("set: {floor: {values: [{since: 2020-01-01, value: 50%}, {since: 2024-01-01, value: 30%}], because: 放宽}}", "loosened"),
        ("set: {fixed: {value: 6%, because: 更改}}", "closed"),
        ("set: {ZER101: {severity: notice, because: 放宽}}", "closed"),
        ("withdraw: {ZER101: 放宽}", "closed"),
        ("withdraw: {ZER999: 没有}", "not_in_parent"),
        ("set: {flor: {value: 40%, because: 错字}}", "not_in_parent"),
        ("set: {ZER999: {severity: error, because: 错字}}", "not_in_parent"),
        ("set: {floor: {value: 40%}}", "missing_key"),
        ("set: {floor: {because: 没有值}}", "setting"),
        ("set: {floor: {value: 40%, severity: error, because: 两样}}", "setting"),
        ("parameters: {fixed: {title: {zh: 同名, en: same}, values: [{since: 2020-01-01, value: 5%}]}}", "parameter_there"),
    ],
)  # fmt: skip
def test_what_is_milder_closed_or_unknown_is_refused(tmp_path: Path, county: str, code: str) -> None:
    assert codes(tiers(tmp_path, county)) == [code]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (RULE.format(id="ZER101") + "because: 更改\n", "closed"),
        (RULE.format(id="ZER102"), "because"),
        (RULE.format(id="ZER103") + "because: 无可替换\n", "not_in_parent"),
    ],
)
def test_a_rule_is_replaced_only_where_it_is_open_and_with_a_reason(
    tmp_path: Path, rule: str, code: str
) -> None:
    assert codes(tiers(tmp_path, "", rule)) == [code]


def test_an_open_rule_is_replaced_whole(tmp_path: Path) -> None:
    mine = RULE.format(id="ZER102").replace("spent > 0元", "spent > 1元") + "because: 县里口径\n"
    found = prepared(tiers(tmp_path, "", mine)).ruleset
    assert found.rules["ZER102"].condition.text == "spent > 1元"
    assert found.rules["ZER102"].origin == "county"
    assert found.changes == (Change("replace", "ZER102", "县里口径"),)


def test_all_faults_of_a_county_come_at_once(tmp_path: Path) -> None:
    county = "withdraw: {ZER101: 放宽, ZER999: 没有}\nset: {fixed: {value: 6%, because: 更改}}"
    assert codes(tiers(tmp_path, county)) == ["closed", "not_in_parent", "closed"]


def test_an_open_ruleset_may_be_changed_at_will(tmp_path: Path) -> None:
    county = "withdraw: {ZER101: 放宽}\nset: {fixed: {value: 6%, because: 更改}, floor: {value: 1%, because: 放宽}}"
    assert len(prepared(tiers(tmp_path, county, province=PROVINCE + "open: true\n")).ruleset.changes) == 3


def test_rulesets_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    ruleset(tmp_path, "one", COUNTY.replace("county", "one").replace("province", "two"))
    ruleset(tmp_path, "two", COUNTY.replace("county", "two").replace("province", "one"))
    assert codes(tmp_path / "one") == ["circle"]


def test_a_parent_that_is_not_there_is_named_where_it_is_asked_for(tmp_path: Path) -> None:
    assert codes(ruleset(tmp_path, "county", COUNTY.replace("province", "provinz"))) == ["not_found"]


@pytest.mark.parametrize("head", ["withdraw: {ZER101: 放宽}", "set: {floor: {value: 1%, because: 更改}}"])
def test_without_a_parent_there_is_nothing_to_change(tmp_path: Path, head: str) -> None:
    assert codes(ruleset(tmp_path, "alone", COUNTY.replace("extends: province", head))) == ["no_parent"]
    alone = ruleset(
        tmp_path, "other", COUNTY.replace("extends: province", ""), RULE.format(id="ZER101") + "because: x\n"
    )
    assert codes(alone) == ["no_parent"]
