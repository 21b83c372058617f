"""The command line: exit codes, messages in both languages, and nothing written where anything is at fault."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from perfrules.cli.main import outcome

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "examples" / "yunling" / "wangxinban.txt"
GOOD = ROOT / "examples" / "yunling" / "shuiwenzhan.txt"
GOOD_JSON = ROOT / "examples" / "yunling" / "nongjizhan.json"
HEAD = "id: t\nversion: 1\ntitle: {zh: a, en: b}\n"


def bad_inputs(folder: Path) -> dict[str, list[str]]:
    """A call for each kind of bad input."""
    (folder / "hollow").mkdir()
    (folder / "pictures").mkdir()
    (folder / "pictures" / "seal.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    files = {
        "empty.txt": b"",
        "binary.txt": b"\x00\x01\x02\x03" * 40,
        "latin.txt": "Überschuß größer als 3 Öre, naïve façade".encode("latin-1"),
        "word.txt": b"PK\x03\x04rest",
        "silent.txt": "今天天气很好。大家都去公园。".encode(),
        "broken.json": b'{"perfrules": "submission/1", "lines": {',
        "wrong.json": b'{"perfrules": "submission/1", "lines": {"total": {"spent": "12"}}}',
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    rules = folder / "ruleset"
    (rules / "rules").mkdir(parents=True)
    (rules / "ruleset.yaml").write_text(HEAD, encoding="utf-8")
    (rules / "rules" / "R1.yaml").write_text("id: R1\nfor: departmint\n", encoding="utf-8")
    calls = {name: ["check", str(folder / name)] for name in (*files, "absent.txt", "hollow", "pictures")}
    calls["ruleset"] = ["check", str(REPORT), "-r", str(rules)]
    calls["no ruleset"] = ["check", str(REPORT), "-r", "kore"]
    calls["too early"] = ["check", str(REPORT), "--as-of", "1999-01-01"]
    calls["no such plugin"] = ["check", str(REPORT), "--without", "nobody"]
    calls["no path"] = ["check"]
    calls["bad option"] = ["check", str(REPORT), "--colour"]
    calls["bad date"] = ["check", str(REPORT), "--as-of", "someday"]
    calls["bad format"] = ["check", str(REPORT), "--format", "xml"]
    return calls


KINDS = [
    "empty.txt", "binary.txt", "latin.txt", "word.txt", "silent.txt", "broken.json", "wrong.json", "absent.txt",
    "hollow", "pictures", "ruleset", "no ruleset", "too early", "no such plugin", "no path", "bad option", "bad date",
    "bad format",
]  # fmt: skip


def has_chinese(text: str) -> bool:
    return any("\u4e00" <= each <= "\u9fff" for each in text)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_input_gets_one_clear_message_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, language: str
) -> None:
    target = tmp_path / "out.json"
    call = bad_inputs(tmp_path)[kind]
    assert outcome([*call, "--lang", language, "-o", str(target)]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert not target.exists()
    assert "Traceback" not in told.err
    assert told.err.strip()
    assert has_chinese(told.err) == (language == "zh") or kind in ("broken.json", "wrong.json", "ruleset")
    assert ("提示" if language == "zh" else "hint") in told.err or kind == "ruleset"


def test_findings_give_1_and_none_give_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["check", str(REPORT)]) == 1
    assert outcome(["check", str(GOOD), str(GOOD_JSON)]) == 0
    assert "有待处理" in capsys.readouterr().out


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("warning", 1), ("notice", 1), ("never", 0)])
def test_fail_on(level: str, code: int) -> None:
    assert outcome(["check", str(REPORT), "--fail-on", level]) == code


def test_fail_on_looks_at_the_gravest_only(tmp_path: Path) -> None:
    slow = {"perfrules": "submission/1", "period": {"to": "2022-06-30"},
            "lines": {"project": {"adjusted_budget": "10万元", "spent": "1万元"}}}  # fmt: skip
    path = tmp_path / "slow.json"
    path.write_text(json.dumps(slow), encoding="utf-8")
    assert outcome(["check", str(path)]) == 0
    assert outcome(["check", str(path), "--fail-on", "warning"]) == 1


def test_what_can_be_read_of_several_is_still_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes(GOOD.read_bytes())
    (tmp_path / "b.txt").write_bytes(b"")
    assert outcome(["check", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert "水文监测站" in told.out
    assert "b.txt" in told.err


def test_the_output_goes_to_a_file_that_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old", encoding="utf-8")
    assert outcome(["check", str(REPORT), "--format", "json", "-o", str(target)]) == 1
    assert json.loads(target.read_text(encoding="utf-8"))["status"] == "findings"
    assert [each.name for each in tmp_path.iterdir()] == ["out.json"]
    assert outcome(["check", str(REPORT), "-o", str(tmp_path / "nowhere" / "x.txt")]) == 2


def test_a_gb18030_report_reads_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        path = tmp_path / "report.txt"
        path.write_bytes(REPORT.read_text(encoding="utf-8").encode(encoding))
        outcome(["check", str(path)])
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1] == texts[2]


@pytest.mark.parametrize(
    "call",
    [
        ["rules", "list"],
        ["rules", "show", "EXE101"],
        ["plugins", "list"],
        ["read", str(REPORT)],
        ["--help"],
        ["check", "--help"],
        ["eval", "--help"],
        ["fmt", "--help"],
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_other_commands_answer(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, call: list[str], language: str
) -> None:
    monkeypatch.setenv("PERFRULES_LANG", language)
    assert outcome(call) == 0
    assert capsys.readouterr().out.strip()


def test_rules_show_tells_the_whole_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["rules", "show", "EXE101"]) == 0
    told = capsys.readouterr().out
    for words in ("项目支出进度低于阶段线", "spent / adjusted_budget", "60% * $pace", "warning"):
        assert words in told
    assert outcome(["rules", "show", "EXE999"]) == 2


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from perfrules.cli.main import run; run()", *arguments]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environment}, check=False)


def test_a_console_in_gbk_gets_readable_output() -> None:
    done = run("check", str(REPORT), PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "请更正" in done.stdout.decode("gbk")
    assert not done.stderr


def test_a_pipe_gets_no_colour() -> None:
    assert b"\x1b" not in run("check", str(REPORT)).stdout


def test_heavy_libraries_are_not_loaded_for_a_text_report() -> None:
    heavy = "('openpyxl', 'xlrd', 'pdfplumber', 'hypothesis', 'duckdb', 'sqlglot', 'pyspark', 'msgspec', 'multiprocessing.pool')"
    program = (
        "import sys; from perfrules.cli.main import outcome; outcome(['rules', 'list']); "
        f"outcome(['read', {str(REPORT)!r}]); outcome(['check', {str(REPORT)!r}]); "
        f"print(*(each for each in {heavy} if each in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stderr.split() == []


def test_a_report_older_than_the_ruleset_stops_none_of_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes(GOOD.read_bytes())
    old = {
        "perfrules": "submission/1",
        "period": {"to": "2009-06-30"},
        "lines": {"total": {"spent": "3万元"}},
    }
    (tmp_path / "old.json").write_text(json.dumps(old), encoding="utf-8")
    assert outcome(["check", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert "水文监测站" in told.out
    assert "old.json" in told.err
    assert "2009-06-30" in told.err


def test_the_package_runs_as_a_module() -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "perfrules", "--help"], capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0
    assert "check" in done.stdout
