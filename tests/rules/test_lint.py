"""What a reader of a ruleset would stop at: each kind of remark once, and nothing where there is nothing."""

from __future__ import annotations

from datetime import date
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from perfrules import pipeline
from perfrules.cli.main import outcome
from perfrules.plugins import catalog
from perfrules.rules import load_ruleset
from perfrules.rules.lint import remarks

CORE_ALONE = catalog(
    found=[each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
)
HEAD = """
id: small
version: "1"
title: {zh: 小, en: small}
parameters:
  least: {title: {zh: 最低, en: least}, values: [{since: 2010-01-01, value: 30%}]}
  used_by_another: {title: {zh: 间接, en: indirect}, values: [{since: 2010-01-01, value: 2}]}
  twice: {title: {zh: 两倍, en: twice}, values: [{since: 2010-01-01, value: $used_by_another * 10%}]}
"""
RULE = """
id: ZER101
title: {zh: 支出偏低, en: little spent}
topic: slow_progress
severity: warning
for: line
assert: spent / adjusted_budget >= $least + $twice
message: {zh: "{name}支出{spent}", en: "{name}: {spent}"}
why: {zh: 说明, en: why}
basis: [{document: 某办法, confirmed: true}]
required: []
examples:
  pass: [{submission: {lines: {total: {spent: 3元, adjusted_budget: 3元}}}}]
  violation: [{submission: {lines: {total: {spent: 0元, adjusted_budget: 3元}}}}]
"""


def codes(
    folder: Path, rule: str, head: str = HEAD, days: tuple[date | None, date | None] = (None, None)
) -> list[str]:
    (folder / "rules").mkdir()
    (folder / "ruleset.yaml").write_text(head, encoding="utf-8")
    (folder / "rules" / "ZER101.yaml").write_text(rule, encoding="utf-8")
    compiled = pipeline.prepare(folder, CORE_ALONE)
    found = remarks(compiled, CORE_ALONE.types, CORE_ALONE.functions, days)
    for each in found:
        assert each.message.zh
        assert each.message.en
    return [each.code for each in found if each.code != "unread_fields"]


def test_a_rule_with_everything_in_order_is_left_alone(tmp_path: Path) -> None:
    assert codes(tmp_path, RULE) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("confirmed: true", "confirmed: false", "no_basis"),
        ("confirmed: true", "confirmed: true, repealed: 2024-01-01", "repealed"),
        ("支出偏低", "支出弄虚作假", "accusing"),
        ("zh: 说明", "zh: 资金闲置沉淀", "accusing"),
        ("en: why}", "en: why}\nfix: {zh: 说明, en: money was misappropriated}", "accusing"),
        ("{name}支出{spent}", "{name}支出{spent}, 拨付{appropriated}", "shown_unused"),
        ("required: []", "required: []\nsince: 2024-01-01\nuntil: 2023-01-01", "never_applies"),
        ("$least + $twice", "$twice", "unused_parameter"),
        ("$least + $twice", "$least", "unused_parameter"),
    ],
)
def test_each_remark(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in RULE
    assert codes(tmp_path, RULE.replace(old, new)) == [code]


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ((date(2022, 1, 1), date(2022, 12, 31)), ["never_applies"]),
        ((date(2022, 1, 1), date(2023, 6, 30)), []),
        ((None, None), []),
    ],
)
def test_a_rule_that_does_not_come_into_force_on_the_days_given(
    tmp_path: Path, days: tuple[date | None, date | None], code: list[str]
) -> None:
    assert codes(tmp_path, RULE.replace("required: []", "required: []\nsince: 2023-01-01"), days=days) == code


def test_a_document_repealed_later_still_counts(tmp_path: Path) -> None:
    rule = RULE.replace("confirmed: true", "confirmed: true, repealed: 2024-01-01")
    assert codes(tmp_path, rule, days=(None, date(2023, 12, 31))) == []


def test_core_has_no_accusing_words_and_no_unused_parameters() -> None:
    found = remarks(pipeline.prepare("core", CORE_ALONE), CORE_ALONE.types, CORE_ALONE.functions)
    assert {each.code for each in found} <= {"no_basis", "unread_fields", "shown_unused"}


def test_the_command_points_and_never_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["rules", "lint", "--from", "2022-01-01", "--to", "2022-12-31", "--lang", "en"]) == 0
    assert "remarks" in capsys.readouterr().out


def test_a_new_ruleset_loads_and_is_its_parents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["rules", "new", "anxin", "--title", "安信县规则集", "--to", str(tmp_path)]
    assert outcome(call) == 0
    assert "anxin/ruleset.yaml" in capsys.readouterr().out
    found = load_ruleset(tmp_path / "anxin")
    assert (found.id, found.title.zh, found.changes) == ("anxin", "安信县规则集", ())
    assert found.rules == load_ruleset("core").rules
    assert outcome([*call, "--lang", "en"]) == 2
    assert "is there already" in capsys.readouterr().err
    changed = (tmp_path / "anxin" / "ruleset.yaml").read_text(encoding="utf-8").replace("# set:", "set:")
    for line in ("project_floor", "EXE106", "withdraw", "YOY108"):
        changed = "\n".join(
            each[2:] if each.startswith("# ") and line in each else each for each in changed.split("\n")
        )
    (tmp_path / "anxin" / "ruleset.yaml").write_text(changed, encoding="utf-8")
    assert len(load_ruleset(tmp_path / "anxin").changes) == 3


@pytest.mark.parametrize("name", ["../x", "a b", "", "x:y"])
def test_a_name_that_is_none_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert outcome(["rules", "new", name, "--to", str(tmp_path), "--lang", "en"]) == 2
    assert capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
