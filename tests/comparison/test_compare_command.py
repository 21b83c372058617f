"""`perfrules compare` on the command line: what people see, exit codes, what is told of inputs at fault."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import county
from perfrules.cli.main import outcome
from perfrules.reporters import schemas

ROOT = Path(__file__).parents[2]
REPORT = "examples/yunling/wangxinban.txt"
MENDED = (("69.86%", "46.30%"), ("94.41%", "53.70%"), ("，项目支出 13.91 万元。", "。"), ("2.7505 万元，占", "2.9000 万元，占"))  # fmt: skip


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The report of the example, sent again: one ratio mended, one deleted figure, one altered."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    text = (ROOT / REPORT).read_text(encoding="utf-8")
    for before, after in MENDED:
        assert before in text
        text = text.replace(before, after)
    Path("old.txt").write_text((ROOT / REPORT).read_text(encoding="utf-8"), encoding="utf-8")
    Path("new.txt").write_text(text, encoding="utf-8")
    return "new.txt"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_people_see(
    new: str, language: str, golden: Callable[[str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert outcome(["compare", "old.txt", new, "--lang", language]) == 1
    golden(f"wangxinban.compare.{language}.txt", capsys.readouterr().out)
    assert outcome(["compare", "old.txt", new, "--lang", language, "-f", "json"]) == 1
    told = capsys.readouterr().out
    golden(f"wangxinban.compare.{language}.json", told)
    Draft202012Validator(schemas.OF["comparison"]()).validate(json.loads(told))


def test_exit_codes_go_by_what_is_open(new: str, capsys: pytest.CaptureFixture[str]) -> None:
    good = str(ROOT / "examples/yunling/shuiwenzhan.txt")
    assert outcome(["compare", good, good]) == 0
    assert "文件与上次完全相同" in capsys.readouterr().out
    assert outcome(["compare", "old.txt", new, "--fail-on", "never"]) == 0
    assert outcome(["compare", "old.txt", "missing.txt"]) == 2
    assert "missing.txt" in capsys.readouterr().err


def test_a_finding_that_can_no_longer_be_decided_is_open(tmp_path: Path) -> None:
    report = {
        "perfrules": "submission/1", "department": "云岭县水务局", "period": {"from": "2022-01-01", "to": "2022-06-30"},
        "lines": {"project": {"adjusted_budget": "60.00万元", "spent": "61.00万元"}},
    }  # fmt: skip
    (tmp_path / "old.json").write_text(json.dumps(report), encoding="utf-8")
    del report["lines"]["project"]["adjusted_budget"]  # type: ignore[index, attr-defined, call-overload]
    (tmp_path / "new.json").write_text(json.dumps(report), encoding="utf-8")
    assert outcome(["compare", str(tmp_path / "old.json"), str(tmp_path / "new.json")]) == 1


def test_inputs_are_not_written_over(new: str) -> None:
    assert outcome(["compare", "old.txt", new, "-o", new]) == 2
    assert outcome(["compare", "old.txt", ".", "-o", "old.txt"]) == 2
    assert outcome(["compare", "old.txt", new, "-o", "told.txt"]) == 1
    assert Path("told.txt").read_text(encoding="utf-8").startswith("核查结果对比")


def test_a_comparison_is_no_result(new: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["compare", "old.txt", new, "-f", "json", "-o", "told.json"]) == 1
    assert outcome(["compare", "told.json", new]) == 2
    assert "told.json" in capsys.readouterr().err


def test_a_county_and_its_next_filing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, departments, faults in (("old", 18, 24), ("new", 17, 0)):
        for path, data in county.county(departments, faults, 7)[0].items():
            if "~$" not in path and int(path[:3]) <= departments:
                (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name / path).write_bytes(data)
    assert outcome(["check", str(tmp_path / "old"), "-f", f"json={tmp_path / 'old.json'}"]) == 1
    assert outcome(["compare", str(tmp_path / "old.json"), str(tmp_path / "new"), "-f", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    counts = Counter(told["summary"])
    gone = [each for pair in told["pairs"] for each in pair["findings"] if each["change"] == "gone"]
    # A year left over and a second number 2 are there no more, and nothing looks like a slip of units.
    assert {each["before"]["rule"] for each in gone} <= {"TXT101", "TXT104", "TXT107", "ARI111"}
    alone = told["only_old"]
    assert {each["department"] for each in alone} == {f"云岭县{county.names(18)[-1]}"}
    assert counts["fixed"] + counts["gone"] >= 18
    assert counts["new"] == counts["still"] == counts["moved"] == counts["undecided"] == 0
    assert told["only_new"] == []
    assert {each["same"] for each in told["pairs"]} >= {"files", "no"}
    assert outcome(["compare", str(tmp_path / "old.json"), str(tmp_path / "old.json")]) == 1
    page = capsys.readouterr().out
    assert "文件相同" in page
    assert "合计" in page
