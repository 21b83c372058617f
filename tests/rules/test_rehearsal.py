"""Examples as a rehearsal: those that do not hold are told, and every change of a threshold, operator or base is noticed."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest

from perfrules.cli.main import outcome
from perfrules.language import parse, to_text
from perfrules.plugins import catalog
from perfrules.rehearsal import rehearse
from perfrules.rules.mutants import variants

CORE_ALONE = catalog(
    found=[each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
)
RULE = """
id: ZER101
title: {zh: 支出偏低, en: little spent}
topic: slow_progress
severity: warning
for: line
assert: spent / adjusted_budget >= $least
message: {zh: 支出偏低, en: little spent}
why: {zh: 说明, en: why}
required: []
examples:
  pass:
    - submission: {period: {from: 2022-01-01, to: 2022-06-30}, lines: {total: {spent: 3.0万元, adjusted_budget: 10.0万元, initial_budget: 5.0万元, appropriated: 6.0万元}}}
  violation:
    - submission: {period: {from: 2022-01-01, to: 2022-06-30}, lines: {total: {spent: %s万元, adjusted_budget: 10.0万元, initial_budget: 5.0万元, appropriated: 6.0万元}}}
"""
HEAD = """
id: small
version: "1"
title: {zh: 小, en: small}
parameters:
  least: {title: {zh: 最低, en: least}, values: [{since: 2010-01-01, value: 30%}]}
"""


def small(folder: Path, spent: str = "2.99") -> Path:
    (folder / "rules").mkdir()
    (folder / "ruleset.yaml").write_text(HEAD, encoding="utf-8")
    (folder / "rules" / "ZER101.yaml").write_text(RULE % spent, encoding="utf-8")
    return folder


def test_every_change_of_core_is_noticed_by_an_example() -> None:
    done = rehearse("core", CORE_ALONE, mutate=True)
    assert done.faults == ()
    assert done.unnoticed == ()
    assert done.mutants >= 130


def test_a_threshold_between_the_examples_is_told(tmp_path: Path) -> None:
    done = rehearse(small(tmp_path, "2"), CORE_ALONE, mutate=True)
    assert done.unnoticed == (("ZER101", "$least: 30% → 29%"),)


def test_examples_at_both_sides_of_the_line_notice_everything(tmp_path: Path) -> None:
    done = rehearse(small(tmp_path), CORE_ALONE, mutate=True)
    # >= to >; two other bases; 31% and 29%
    assert (done.examples, done.mutants, done.unnoticed) == (2, 5, ())


DOUBTING = """
id: ZER102
title: {zh: 存疑, en: in doubt}
topic: unit_slip
severity: warning
for: line
assert: spent < 900万元
message: {zh: 存疑, en: in doubt}
why: {zh: 说明, en: why}
doubts: [spent]
required: []
examples:
  pass:
    - submission: {lines: {total: {spent: 899万元}}}
  violation:
    - submission: {lines: {total: {spent: 900万元}}}
"""


def test_changes_are_tried_beside_the_rules_that_cast_doubt(tmp_path: Path) -> None:
    folder = small(tmp_path, "2")
    rule = folder / "rules" / "ZER101.yaml"
    doubted = "  undetermined:\n    - submission: {period: {from: 2022-01-01, to: 2022-06-30}, lines: {total: {spent: 900万元, adjusted_budget: 10.0万元}}}\n"
    rule.write_text(rule.read_text(encoding="utf-8") + doubted, encoding="utf-8")
    (folder / "rules" / "ZER102.yaml").write_text(DOUBTING, encoding="utf-8")
    done = rehearse(folder, CORE_ALONE, mutate=True)
    assert done.faults == ()
    assert ("ZER101", "$least: 30% → 29%") in done.unnoticed


def test_an_example_that_does_not_hold_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = small(tmp_path, "4")
    (fault,) = rehearse(folder, CORE_ALONE).faults
    assert fault.where is not None
    assert fault.where.line == 15
    assert outcome(["rules", "test", "-r", str(folder), "--lang", "en", "--mutate"]) == 1
    assert "1 do not hold" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("spent < 3元", {"spent <= 3元", "spent < 4元", "spent < 2元"}),
        ("spent >= 0元", {"spent > 0元", "spent >= 1元"}),
        ("spent / adjusted_budget == 1.50", {
            "spent / adjusted_budget != 1.50", "spent / adjusted_budget == 1.51", "spent / adjusted_budget == 1.49",
            "spent / initial_budget == 1.50", "spent / appropriated == 1.50",
        }),
        ("month in [3..6)", {"month in (3..6)", "month in [3..6]", "month in [4..6)", "month in [2..6)", "month in [3..7)", "month in [3..5)"}),
        ("spent <= forecast or spent ≈ forecast", {"spent <= forecast or spent == forecast"}),
        ('all(name == "甲" for projects)', {'all(name != "甲" for projects)'}),
    ],
)  # fmt: skip
def test_each_place_is_changed_alone(text: str, changed: set[str]) -> None:
    assert {to_text(node) for node in variants(parse(text))} == changed
