"""`--quiet`, `--verbose`, `--group-by`, the bar that shows how far a run is, and consoles that lack characters."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from perfrules.cli.consoles import sayable
from perfrules.cli.main import outcome

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "yunling"
REPORT = EXAMPLES / "wangxinban.txt"
PROGRAM = [sys.executable, "-c", "from perfrules.cli.main import run; run()"]
posix = pytest.mark.skipif(os.name != "posix", reason="terminals as POSIX has them")


def test_quiet_is_a_line_for_each_submission_and_the_sums(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["check", str(EXAMPLES), "--quiet"]) == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 3 + 2
    assert "共 3 份: 灰 0, 有待处理 1, 绿 2" in said.out
    assert said.err == ""


def test_quiet_makes_no_file_shorter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("sarif", "markdown", "rich", "json"):
        for quiet in ([], ["-q"]):
            target = tmp_path / f"{form}{len(quiet)}"
            outcome(["check", str(EXAMPLES), *quiet, "-f", f"{form}={target}"])
        assert (tmp_path / f"{form}1").read_bytes() == (tmp_path / f"{form}0").read_bytes()
    outcome(["check", str(EXAMPLES), "-q", "-f", "sarif"])
    assert capsys.readouterr().out == (tmp_path / "sarif0").read_text(encoding="utf-8")


def test_verbose_tells_passes_and_steps(capsys: pytest.CaptureFixture[str]) -> None:
    outcome(["check", str(REPORT), "-v", "--lang", "en"])
    said = capsys.readouterr().out
    assert "Passed (35)" in said
    assert "numerator / named base = 46.30%" in " ".join(said.split()).replace(" ÷ ", " / ")
    steps = [line for line in said.splitlines() if line.startswith("      ")]
    assert not any(
        "_" in line or "$" in line for line in steps
    )  # names of fields and parameters are no words


def test_findings_in_groups(capsys: pytest.CaptureFixture[str]) -> None:
    outcome(["check", str(REPORT), "--group-by", "rule"])
    assert "[ARI106] 占比所用分母与所称不符 (2)" in capsys.readouterr().out
    outcome(["check", str(REPORT), "--group-by", "cause"])
    assert "请先核对: “2.7505万元” 实际支出 (第31行) (2)" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_cannot_be_shown_is_said(capsys: pytest.CaptureFixture[str], language: str) -> None:
    assert outcome(["check", str(REPORT), "-q", "-v", "--lang", language]) == 2
    assert "--quiet" in capsys.readouterr().err
    assert outcome(["check", str(REPORT), "--group-by", "colour", "--lang", language]) == 2
    assert "severity, rule, department, cause" in capsys.readouterr().err


def test_a_file_gets_what_was_asked_for_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome(["check", str(REPORT), "--group-by", "rule", "-f", f"rich={tmp_path / 'found.txt'}"])
    assert "[ARI106]" in (tmp_path / "found.txt").read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""


def on_a_terminal(*arguments: str, channel: str = "stderr", **environment: str) -> tuple[str, bytes]:
    """What a run writes to the channel where that is a terminal, and to the other where it is a pipe."""
    import pty

    ours, theirs = pty.openpty()
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, channel: theirs}
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "100", **environment}
    with subprocess.Popen([*PROGRAM, *arguments], cwd=ROOT, env=env, **streams) as run:  # type: ignore[call-overload]
        os.close(theirs)
        seen = b"".join(iter(lambda: _read(ours), b""))
        other = (run.stdout or run.stderr).read()
    os.close(ours)
    return seen.decode(), other


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


@posix
def test_the_bar_is_on_the_error_channel_of_a_terminal_and_leaves_nothing_behind() -> None:
    seen, report = on_a_terminal("check", "examples/yunling")
    assert "读取" in seen
    assert "核查" in seen
    assert "3/3" in seen
    assert "\x1b[2K" in seen[seen.rindex("3/3") :]  # the lines are wiped
    assert "结论" in report.decode()
    assert b"\x1b" not in report


@posix
def test_no_bar_where_nobody_waits_or_nobody_wants_it() -> None:
    assert on_a_terminal("check", "examples/yunling", "--quiet")[0] == ""
    assert on_a_terminal("check", str(REPORT))[0] == ""
    assert on_a_terminal("check", "examples/yunling", TERM="dumb")[0] == ""


@posix
def test_colour_only_where_a_terminal_wants_it() -> None:
    coloured, errors = on_a_terminal("check", str(REPORT), channel="stdout")
    assert "\x1b[1;31m" in coloured
    assert errors == b""
    plain, _ = on_a_terminal("check", str(REPORT), channel="stdout", NO_COLOR="1")
    assert "\x1b" not in plain


@pytest.mark.parametrize("detail", ["--quiet", "--verbose"])
def test_a_console_in_gbk_gets_everything(tmp_path: Path, detail: str) -> None:
    text = REPORT.read_text(encoding="utf-8").replace("互联网信息办公室", "䶮溪互联网信息办公室")
    path = tmp_path / "报告.txt"
    path.write_text(text, encoding="utf-8")
    env = {**os.environ, "PYTHONIOENCODING": "gbk"}
    done = subprocess.run([*PROGRAM, "check", str(path), detail], capture_output=True, env=env, check=False)
    said = done.stdout.decode("gbk")
    assert done.returncode == 1
    assert "[U+4DAE]溪互联网" in said
    assert "?" not in said
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("character", "encoding", "said"),
    [
        ("✓", "gbk", "√"),
        ("•", "gbk", "·"),
        ("²", "gbk", "2"),
        ("≥", "ascii", ">="),
        ("ﬁ", "gbk", "fi"),
        ("䶮", "gbk", "[U+4DAE]"),
        ("😀", "gbk", "[U+1F600]"),
        ("\udce4", "gbk", "?"),
    ],
)
def test_a_character_is_said_otherwise(character: str, encoding: str, said: str) -> None:
    error = UnicodeEncodeError(encoding, f"a{character}b", 1, 2, "lacks it")
    assert sayable(error) == (said, 2)
