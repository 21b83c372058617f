"""The real report this product began with: exactly its findings, and none of what must not fire."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfrules.cli.main import outcome

ROOT = Path(__file__).parents[2]
OWN = ROOT / "examples" / "yunling" / "wangxinban.txt"
SEED = ROOT.parent / "shared" / "seed-report.txt"


@pytest.fixture(params=[OWN, SEED], ids=["own", "seed"])
def contract(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    path: Path = request.param
    if not path.exists():
        pytest.skip(f"{path.name} is not here; the same is covered by {OWN.name}")
    assert outcome(["check", str(path), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_the_period_comes_from_the_text(contract: dict[str, object]) -> None:
    assert contract["period"] == {"from": "2022-01-01", "to": "2022-06-30"}


def test_exactly_these_findings(contract: dict[str, object]) -> None:
    told = [(each["topic"], each["severity"], each["subject"]["parent"]) for each in contract["findings"]]
    assert told == [
        ("wrong_base", "error", "department/total"),
        ("wrong_base", "error", "department/basic"),
        ("count_mismatch", "warning", ""),
        ("slow_progress", "warning", "department"),
        ("idle_appropriation", "warning", "department"),
    ]


def test_their_figures(contract: dict[str, object]) -> None:
    total, basic, count, slow, idle = contract["findings"]
    assert [total["values"]["printed"]["shown"], total["recomputed"]["shown"]] == ["69.86%", "46.30%"]
    assert [basic["values"]["printed"]["shown"], basic["recomputed"]["shown"]] == ["94.41%", "53.70%"]
    assert (
        [each["label"] for each in total["cause"]] == [each["label"] for each in basic["cause"]] == ["已拨付"]
    )
    assert [count["measure"]["value"], count["margin"]["value"]] == ["2", "1"]
    assert [slow["measure"]["shown"], slow["margin"]["shown"]] == ["19.77%", "1.4225万元"]
    assert slow["explanation"]["quote"].startswith("主要原因是")
    assert idle["margin"]["shown"] == "11.1595万元"


def test_what_must_not_fire_was_decided_well(contract: dict[str, object]) -> None:
    outcomes = {(each["rule"], each["subject"]): each["outcome"] for each in contract["ledger"]}
    for rule in ("ARI101", "ARI102", "ARI104", "ARI105"):
        assert outcomes[rule, "department"] == "pass"
    assert outcomes["ARI106", "department/project/claim:1"] == "pass"  # 19.77%
    assert (
        sorted(each for (rule, _), each in outcomes.items() if rule == "YOY108" and each == "pass")
        == ["pass"] * 2
    )
    assert (
        outcomes["EXE101", "department/total"] == outcomes["EXE101", "department/basic"] == "not_applicable"
    )
    assert (
        outcomes["EXE106", "department/total"] == outcomes["EXE106", "department/basic"] == "not_applicable"
    )
    projects = [
        each
        for (rule, subject), each in outcomes.items()
        if rule == "EXE101" and subject.startswith("project:")
    ]
    assert projects == ["undetermined"] * 4
