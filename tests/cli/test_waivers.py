"""`perfrules check --waivers FILE`: exit codes, what is shown and what is not changed."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from perfrules.cli.main import outcome

NAME = "云岭县互联网信息办公室"
WAIVER = """\
  - rule: {rule}
    department: {department}
    subject: department/project
    bound: ">= 15%"
    reason: 合同约定验收后一次付清
    approved_by: 预算绩效股
    expires: 2022-12-31
"""


def waivers(folder: Path, *named: tuple[str, str]) -> str:
    path = folder / "waivers.yaml"
    entries = [WAIVER.format(rule=rule, department=department) for rule, department in named]
    path.write_text("waivers:\n" + "".join(entries), encoding="utf-8")
    return str(path)


@pytest.fixture
def slow(tmp_path: Path) -> str:
    """A submission whose one finding is a warning: EXE101 on the line of projects."""
    path = tmp_path / "slow.json"
    lines = {"project": {"adjusted_budget": "10万元", "spent": "2万元"}}
    whole = {
        "perfrules": "submission/1",
        "department": NAME,
        "period": {"to": "2022-06-30"},
        "lines": lines,
    }
    path.write_text(json.dumps(whole), encoding="utf-8")
    return str(path)


def test_what_is_waived_does_not_fail(slow: str, tmp_path: Path) -> None:
    call = ["check", slow, "--fail-on", "notice"]
    assert outcome(call) == 1
    assert outcome([*call, "--waivers", waivers(tmp_path, ("EXE101", NAME))]) == 0
    late = ["--waivers", waivers(tmp_path, ("EXE101", NAME)), "--review-date", "2023-01-01"]
    assert outcome([*call, *late]) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh",
            (
                "(复核日期 2022-06-30)",
                "已豁免 (1)\n   EXE101  项目支出: 合同约定验收后一次付清 (预算绩效股批准, 有效至 2022-12-31)",
                "豁免 1",
            ),
        ),
        (
            "en",
            (
                "(reviewed on",
                "Waived (1)\n   EXE101  project spending: ",
                "approved by 预算绩效股",
                "waived 1",
            ),
        ),
    ],
)
def test_the_terminal_shows_which_are_waived_and_why(
    slow: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, words: tuple[str, ...]
) -> None:
    path = waivers(tmp_path, ("EXE101", NAME))
    assert outcome(["check", slow, "--waivers", path, "--lang", language]) == 0
    told = capsys.readouterr().out
    for each in words:
        assert each in told


def test_json_names_the_file_and_the_waiver(
    slow: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = waivers(tmp_path, ("EXE101", NAME))
    pages = []
    for _ in range(2):
        assert outcome(["check", slow, "--waivers", path, "--format", "json"]) == 0
        pages.append(capsys.readouterr().out)
    assert pages[0] == pages[1]
    found = json.loads(pages[0])
    assert found["waivers"] == {"path": path, "sha256": sha256(Path(path).read_bytes()).hexdigest()}
    assert found["review_date"] == "2022-06-30"
    assert found["findings"] == []
    assert found["summary"]["waived"] == 1
    (entry,) = (each for each in found["ledger"] if each["outcome"] == "waived")
    span = [19, 25]  # of EXE101: after "waivers:\n  - rule: "
    assert entry["reasons"] == [
        {
            "reason": "waiver",
            "waiver": "waiver:EXE101 department/project",
            "because": "合同约定验收后一次付清",
            "approved_by": "预算绩效股",
            "expires": "2022-12-31",
            "location": {"source": path, "address": "¶2", "span": span},
        }
    ]
    about = [each["outcome"] for each in found["ledger"] if each["subject"] == entry["reasons"][0]["waiver"]]
    assert about == ["pass", "pass", "pass"]


def test_several_reports_name_the_file_too(
    slow: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = waivers(tmp_path, ("EXE101", NAME))
    outcome(["check", slow, slow, "--waivers", path, "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert found["waivers"]["path"] == path
    assert found["summary"]["waived"] == 2  # both are of the department named


def test_without_waivers_nothing_speaks_of_them(slow: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["check", slow, "--format", "json"]) == 0
    assert not {"waivers", "review_date"} & json.loads(capsys.readouterr().out).keys()


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "豁免文件中的这些部门不在本次核查之列: 安泉县网信办、安泉县农机站"),
        (
            "en",
            "the waivers name departments that are not among the submissions: 安泉县网信办, 安泉县农机站",
        ),
    ],
)
def test_departments_that_are_not_there_are_told_in_one_line(
    slow: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, line: str
) -> None:
    call = ["check", slow, "--format", "json", "--lang", language, "--waivers"]
    outcome([*call, waivers(tmp_path, ("EXE101", NAME))])
    told = json.loads(capsys.readouterr().out)
    more = waivers(
        tmp_path,
        *(
            ("EXE101", NAME),
            ("EXE106", "安泉县网信办"),
            ("EXE101", "安泉县网信办"),
            ("EXE101", "安泉县农机站"),
        ),
    )
    assert outcome([*call, more]) == 0
    page = capsys.readouterr()
    assert page.err.splitlines() == [line]
    assert json.loads(page.out)["ledger"] == told["ledger"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_at_fault_stops_the_run(
    slow: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    path, target = waivers(tmp_path, ("ARI101", NAME), ("EXE1O1", NAME)), tmp_path / "out.json"
    assert outcome(["check", slow, "--waivers", path, "--lang", language, "-o", str(target)]) == 2
    told = capsys.readouterr().err
    assert ("不可豁免" if language == "zh" else "cannot be waived") in told
    assert ("是否为 EXE101?" if language == "zh" else "did you mean EXE101?") in told
    assert not target.exists()


@pytest.mark.parametrize(
    "more",
    [["--waivers", "nowhere.yaml"], ["--review-date", "2022-12-31"], ["--review-date", "someday"]],
    ids=["no such file", "no waivers to review", "no date"],
)
def test_calls_that_cannot_be_meant_are_refused(
    slow: str, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    assert outcome(["check", slow, *more]) == 2
    assert "提示" in capsys.readouterr().err


def test_the_waivers_file_is_not_overwritten(slow: str, tmp_path: Path) -> None:
    path = waivers(tmp_path, ("EXE101", NAME))
    before = Path(path).read_bytes()
    assert outcome(["check", slow, "--waivers", path, "-o", path]) == 2
    assert Path(path).read_bytes() == before


def test_rules_show_says_what_cannot_be_waived(capsys: pytest.CaptureFixture[str]) -> None:
    for language, word in (("zh", "不可豁免"), ("en", "unwaivable")):
        said = []
        for rule in ("ARI101", "EXE101"):
            assert outcome(["rules", "show", rule, "--lang", language]) == 0
            said.append(word in capsys.readouterr().out)
        assert said == [True, False]


def test_a_waivers_file_among_the_reports_is_not_taken_for_one(slow: str, tmp_path: Path) -> None:
    path = waivers(tmp_path, ("EXE101", NAME))
    assert outcome(["check", str(Path(slow).parent), "--waivers", path, "--fail-on", "notice"]) == 0
