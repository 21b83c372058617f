"""Two rulesets over the same reports: the verdicts that flip, counted by rule and by department."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest

from perfrules.cli.main import outcome
from perfrules.model.finding import Outcome
from perfrules.plugins import catalog
from perfrules.replay import replay

CORE_ALONE = catalog(
    found=[each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
)
COUNTY = """\
id: anquan
version: "2025"
title: {zh: 安泉县规则集, en: rules of Anquan county}
extends: core
set:
  project_floor: {value: %s, because: 县财政局本轮要求}
withdraw:
  YOY108: 本县报告不写同比
"""
REPORT = """{"department": "%s", "period": {"from": "2022-01-01", "to": "2022-06-30"},
 "lines": {"project": {"adjusted_budget": "10.00万元", "spent": "%s万元"}},
 "counts": [{"what": "预警", "value": "7期", "change": "-45%%"}]}"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for name, spent in (("安泉县档案馆", "3.40"), ("安泉县统计局", "2.00"), ("安泉县气象局", "9.00")):
        (tmp_path / f"{name}.json").write_text(REPORT % (name, spent), encoding="utf-8")
    return tmp_path


def county(folder: Path, floor: str) -> Path:
    (folder / "anquan").mkdir()
    (folder / "anquan" / "ruleset.yaml").write_text(COUNTY % floor, encoding="utf-8")
    return folder / "anquan"


def test_a_stricter_line_and_a_rule_withdrawn(
    reports: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    done = replay("core", county(tmp_path_factory.mktemp("rules"), "35%"), [reports], CORE_ALONE)
    assert done.submissions == 3
    # 34% of the budget: above the core's 30% in June, below 35%; 20% fails and 90% passes both
    flips = {(each.department, each.rule): (each.before, each.after) for each in done.flips}
    assert flips[("安泉县档案馆", "EXE101")] == (Outcome.PASS, Outcome.VIOLATION)
    assert {rule for _, rule in flips} == {"EXE101", "YOY108"}
    assert done.by_rule()["YOY108"] == {(Outcome.VIOLATION, None): 3}
    assert done.by_department() == {"安泉县档案馆": 2, "安泉县统计局": 1, "安泉县气象局": 1}


def test_a_ruleset_against_itself_flips_nothing(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay("core", "core", [reports], CORE_ALONE).flips == ()
    assert outcome(["rules", "diff", "core", "core", "--against", str(reports), "--lang", "en"]) == 0
    assert "3 reports, 0 verdicts differ" in capsys.readouterr().out


def test_the_command_shows_them(
    reports: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = county(tmp_path_factory.mktemp("rules"), "35%")
    assert outcome(["rules", "diff", "core", str(folder), "--against", str(reports)]) == 1
    shown = capsys.readouterr().out
    assert "3 份报告, 4 个结果不同" in shown
    assert "EXE101    通过 → 不符 1\n" in shown
    assert "YOY108    不符 → 无此规则 3\n" in shown
    assert "EXE101    安泉县档案馆: 项目支出: 通过 → 不符\n" in shown
