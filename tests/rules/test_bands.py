"""Bands: one rule, ordered levels; each measure lies in exactly one of them, and settings reach the level they name."""

from __future__ import annotations

from fractions import Fraction
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules import pipeline, readers
from perfrules.errors import RulesetError
from perfrules.model.finding import Outcome
from perfrules.model.rule import Severity
from perfrules.plugins import catalog

CORE_ALONE = catalog(
    found=[each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
)
HEAD = """
id: lights
version: "1"
title: {zh: 灯, en: lights}
extends: core
set:
  light_red: {value: 60%, because: 本轮}
  light_yellow: {value: 80%, because: 本轮}
"""


def lights(folder: Path, more: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "ruleset.yaml").write_text(HEAD + more, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def ruleset(tmp_path_factory: pytest.TempPathFactory) -> pipeline.CompiledRuleset:
    return pipeline.prepare(lights(tmp_path_factory.mktemp("lights")), CORE_ALONE)


def half_year(spent: str) -> dict[str, object]:
    money = {"adjusted_budget": "100万元", "spent": spent}
    return {"period": {"from": "2024-01-01", "to": "2024-06-30"}, "lines": {"project": money}}


@given(yuan=st.integers(0, 1_500_000))
def test_every_measure_has_the_one_level_that_arithmetic_gives(
    ruleset: pipeline.CompiledRuleset, yuan: int
) -> None:
    submission = readers.submission_from(half_year(f"{yuan}元"), "x")
    report = pipeline.check(submission, ruleset, CORE_ALONE)
    (verdict,) = [
        each
        for each in report.ledger.verdicts
        if each.rule == "EXE102" and each.subject.id == "department/project"
    ]
    light = Fraction(yuan, 1_000_000) / Fraction(1, 2)
    percent = light * 100
    level = "red" if percent < 60 else "yellow" if percent < 80 else "green" if percent < 120 else "blue"
    assert verdict.level == level
    assert verdict.outcome is (Outcome.VIOLATION if level in ("red", "yellow") else Outcome.PASS)


def test_a_level_has_its_own_severity(tmp_path: Path) -> None:
    own = lights(tmp_path / "lights", "  project_floor: {value: off, because: 本轮只看灯}\n")
    compiled = pipeline.prepare(own, CORE_ALONE)
    found = {}
    for spent in ("10万元", "35万元"):
        report = pipeline.check(readers.submission_from(half_year(spent), "x"), compiled, CORE_ALONE)
        (finding,) = [each for each in report.findings if each.rule == "EXE102"]
        found[finding.level] = (
            finding.severity,
            "红灯" in finding.message.zh,
            "yellow" in finding.message.en,
        )
    assert found == {"red": (Severity.WARNING, True, False), "yellow": (Severity.NOTICE, False, True)}


def test_a_measure_that_may_lie_in_two_levels_is_undetermined(ruleset: pipeline.CompiledRuleset) -> None:
    report = pipeline.check(readers.submission_from(half_year("不足39万元"), "x"), ruleset, CORE_ALONE)
    (verdict,) = [
        each
        for each in report.ledger.verdicts
        if each.rule == "EXE102" and each.subject.id == "department/project"
    ]
    assert (verdict.outcome, verdict.level) == (Outcome.UNDETERMINED, "")
    assert [lack.field for lack in verdict.lacks] == ["spent"]


def test_the_severity_of_one_level_can_be_set(tmp_path: Path) -> None:
    more = "  EXE102.yellow: {severity: warning, because: 本轮}\n"
    rule = pipeline.prepare(lights(tmp_path / "lights", more), CORE_ALONE).ruleset.rules["EXE102"]
    assert [band.severity for band in rule.bands] == [Severity.WARNING, Severity.WARNING, None, None]
    assert rule.severity is Severity.WARNING


def test_levels_that_cross_in_some_month_are_refused(tmp_path: Path) -> None:
    own = lights(tmp_path / "lights", "  light_blue: {value: {1: 120%, 9: 75%}, because: 本轮}\n")
    with pytest.raises(RulesetError) as caught:
        pipeline.prepare(own, CORE_ALONE)
    assert "ruleset.bands" in [fault.code for fault in caught.value.faults]
    assert "2010-09-30" in str(caught.value.said("zh"))
