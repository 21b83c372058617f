"""Where output goes: files that are replaced whole or not at all, pipes, encodings; and complaints about the call."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from perfrules.cli.main import outcome
from perfrules.cli.output import emit
from perfrules.errors import ReadError

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "examples" / "yunling" / "wangxinban.txt"
GOOD = ROOT / "examples" / "yunling" / "shuiwenzhan.txt"
PROGRAM = [sys.executable, "-c", "from perfrules.cli.main import run; run()"]
posix = pytest.mark.skipif(os.name != "posix", reason="modes, links and devices as POSIX has them")


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


@posix
def test_a_new_file_has_the_rights_that_new_files_have(tmp_path: Path) -> None:
    (tmp_path / "touched").touch()
    emit("text", tmp_path / "out.txt")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("touched", "out.txt")}
    assert len(modes) == 1


@posix
def test_a_replaced_file_keeps_its_rights_and_a_link_keeps_pointing(tmp_path: Path) -> None:
    target, link = tmp_path / "out.txt", tmp_path / "link"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    emit("new", link)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@posix
def test_a_device_is_written_to_and_stays_a_device() -> None:
    emit("text", Path(os.devnull))
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@pytest.mark.parametrize(("name", "code"), [("folder", "folder"), ("nowhere/out.txt", "nowhere")])
def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ReadError) as told:
        emit("text", tmp_path / name)
    assert names(tmp_path) == {"folder"}
    assert not names(tmp_path / "folder")
    assert code in told.value.said("zh")
    assert [fault.code for fault in told.value.faults] == ["output.cannot_write"]


def test_a_write_that_fails_keeps_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ReadError):
        emit("new", target)
    assert target.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == {"out.txt"}


@pytest.mark.parametrize("command", ["check", "read"])
def test_an_input_is_never_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    report = tmp_path / "report.txt"
    report.write_bytes(GOOD.read_bytes())
    for source in (report, tmp_path):
        assert outcome([command, str(source), "-o", str(tmp_path / "." / "report.txt")]) == 2
        assert report.read_bytes() == GOOD.read_bytes()
    assert "不会被覆盖" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["check", "--fail-on", "never"], ["read"]])
def test_json_is_utf8_with_plain_line_ends_on_a_gbk_console_too(command: list[str]) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    call = [*PROGRAM, *command, str(REPORT), "--format", "json"]
    done = subprocess.run(call, capture_output=True, env=environment, check=True)
    assert b"\r" not in done.stdout
    assert json.loads(done.stdout.decode("utf-8"))


def test_a_file_gets_the_same_bytes_as_a_pipe(tmp_path: Path) -> None:
    call = [*PROGRAM, "check", str(REPORT), "--fail-on", "never", "--format", "json"]
    piped = subprocess.run(call, capture_output=True, check=True).stdout
    subprocess.run([*call, "-o", str(tmp_path / "out.json")], check=True)
    assert (tmp_path / "out.json").read_bytes() == piped


@posix
@pytest.mark.parametrize(("report", "code"), [(REPORT, 1), (GOOD, 0)])
def test_a_reader_that_stops_early_changes_neither_peace_nor_exit_code(report: Path, code: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, "check", str(report)], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (code, b"")


def test_files_not_read_stand_in_the_report_and_on_the_error_channel(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.txt").write_bytes(GOOD.read_bytes())
    (tmp_path / "empty.txt").write_bytes(b"")
    for form in ("rich", "json"):
        assert outcome(["check", str(tmp_path), "--format", form]) == 2
        told = capsys.readouterr()
        assert "empty.txt" in told.out
        assert "empty.txt" in told.err


@pytest.mark.parametrize(
    ("call", "zh", "en"),
    [
        (["chekc"], "没有命令 chekc", "there is no command chekc"),
        (["check", "x", "-r"], "选项 -r 后面缺少值", "a value is missing after -r"),
        (["rules", "show", "A", "B"], "多余的参数 B", "B is one argument too many"),
        (["rules", "show"], "缺少参数 ID", "ID is missing"),
        (["check", "x", "--colour"], "没有选项 --colour", "there is no option --colour"),
        (["check", "x", "--fail-on", "all"], "--fail-on 的值不可用", "this is no value for --fail-on"),
        (
            ["check", "x", "--as-of", "2022/6"],
            "--as-of 的值不可用; 写法如 2022-06-30",
            "write it as 2022-06-30",
        ),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_complaints_about_the_call_are_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    call: list[str],
    zh: str,
    en: str,
    language: str,
) -> None:
    monkeypatch.setenv("PERFRULES_LANG", language)
    assert outcome(call) == 2
    told = capsys.readouterr()
    assert (zh if language == "zh" else en) in told.err
    assert ("提示: 运行" if language == "zh" else "hint: ") in told.err
    assert any("\u4e00" <= each <= "\u9fff" for each in told.err) == (language == "zh")


def test_an_interrupted_run_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    from perfrules import pipeline

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "check_paths", interrupted)
    assert outcome(["check", str(GOOD)]) == 130


def test_a_fault_of_the_engine_is_loud(monkeypatch: pytest.MonkeyPatch) -> None:
    from perfrules import pipeline

    def broken(*_: object, **__: object) -> None:
        raise AssertionError("the engine is at fault")

    monkeypatch.setattr(pipeline, "check_paths", broken)
    with pytest.raises(AssertionError):
        outcome(["check", str(GOOD)])


@pytest.mark.parametrize(
    "command", [[], ["check"], ["read"], ["rules"], ["rules", "show"], ["plugins", "list"]]
)
def test_help_is_in_both_languages(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    assert outcome([*command, "--help"]) == 0
    told = capsys.readouterr().out
    assert "用法 / Usage:" in told
    assert "选项 / Options:" in told
    assert "显示用法 / show how it is used" in told


def test_help_and_import_load_nothing_heavy() -> None:
    heavy = "('openpyxl', 'xlrd', 'rich', 'yaml', 'pluggy', 'duckdb', 'hypothesis')"
    program = (
        "import sys, perfrules; from perfrules.cli.main import outcome; outcome(['--help']); "
        f"sys.exit(' '.join(each for each in {heavy} if each in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
