"""`perfrules check --jobs`: the same bytes however many processes there are, and an end at Ctrl-C that leaves what was done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import county
from perfrules import pipeline
from perfrules.parallel import worker
from perfrules.plugins import catalog
from perfrules.rules import load_waivers
from perfrules.rules.replies.bounds import bound_of

DEPARTMENTS = 12
CATALOG = catalog()
FORMS = {"rich": "txt", "json": "json", "html": "html", "xlsx": "xlsx", "markdown": "md", "csv": "csv"}
PLAIN = "from perfrules.cli.main import run\nif __name__ == '__main__': run()\n"
HELD = """
import sys, time
from pathlib import Path
from perfrules import pipeline

def held(name, done):
    def wait(*given):
        told = str(given)
        if any(each in told for each in {those!r}):
            Path({marks!r}, str(time.monotonic_ns())).touch()
            time.sleep(120)
        return done(*given)
    return wait

pipeline.{name} = held({name!r}, pipeline.{name})
"""
needs_signals = pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent to a group of processes")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    files, _ = county.county(DEPARTMENTS, 12, 7)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def call(reports: Path, folder: Path, jobs: int, program: str = PLAIN, *more: str) -> list[str]:
    """The command that writes every form into a folder."""
    folder.mkdir(exist_ok=True)
    script = folder.with_name(f"{folder.name}.py")
    script.write_text(program, encoding="utf-8")
    forms = [f"--format={name}={folder / f'report.{suffix}'}" for name, suffix in FORMS.items()]
    return [sys.executable, str(script), "check", str(reports), "--jobs", str(jobs), *forms, *more]


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_form_has_the_same_bytes_with_one_process_and_with_two(reports: Path, tmp_path: Path) -> None:
    calls = [call(reports, tmp_path / str(jobs), jobs) for jobs in (1, 2)]
    one, two = (subprocess.run(each, capture_output=True, check=False) for each in calls)
    assert (one.returncode, one.stdout, one.stderr) == (two.returncode, two.stdout, two.stderr)
    assert one.returncode == 2  # some files of a county cannot be read
    assert len(written(tmp_path / "1")) == len(FORMS)
    assert written(tmp_path / "1") == written(tmp_path / "2")


WAIVER = """waivers:
  - {rule: %s, department: %s, subject: "%s", reason: 约定, bound: "%s", approved_by: 预算股, expires: 2099-12-31}
  - {rule: %s, department: 别处, subject: "%s", reason: 约定, bound: "%s", approved_by: 预算股, expires: 2099-12-31}
"""


def waived(run: pipeline.Run, ruleset: pipeline.CompiledRuleset) -> str:
    """A waivers file for a finding of the run that has a bound, and for the same in a department that is not there."""
    for report in run.reports:
        for each in report.findings:
            bound = bound_of(each)
            if bound.startswith((">=", "<=")) and not ruleset.ruleset.rules[each.rule].is_unwaivable:
                name = each.subject.id
                return WAIVER % (each.rule, report.department, name, bound, each.rule, name, bound)
    raise AssertionError("no finding of the county can be waived")


@pytest.mark.parametrize("is_copied", [True, False])
def test_runs_are_equal_and_tell_the_same_steps(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_copied: bool
) -> None:
    ruleset = pipeline.prepare(None, CATALOG, with_examples=False)
    listed = waived(pipeline.check_paths([reports], ruleset, CATALOG), ruleset)
    (tmp_path / "waivers.yaml").write_text(listed, encoding="utf-8")
    waivers = load_waivers(tmp_path / "waivers.yaml", ruleset, CATALOG.types, CATALOG.functions)
    if not is_copied:
        monkeypatch.setattr(worker, "can_be_copied", lambda: False)

    def run(jobs: int) -> tuple[pipeline.Run, list[pipeline.Step]]:
        steps: list[pipeline.Step] = []
        came = pipeline.check_paths(
            [reports], ruleset, CATALOG, waivers=waivers, progress=steps.append, jobs=jobs
        )
        return came, steps

    (one, steps), (two, others) = run(1), run(2)
    assert one == two
    assert one.elsewhere == ("别处",)
    assert any(each.waiver is not None for report in one.reports for each in report.ledger.verdicts)
    assert [(each.stage, each.done, each.total) for each in steps] == [
        (each.stage, each.done, each.total) for each in others
    ]
    assert sorted(each.name for each in steps) == sorted(each.name for each in others)


@pytest.mark.parametrize("stage", ["read_file", "check"])
def test_a_process_that_ends_is_the_fault_of_what_it_had(reports: Path, tmp_path: Path, stage: str) -> None:
    folder = sorted(reports.iterdir())[3]
    ends = f"os.kill(os.getpid(), 9) if {folder.name!r} in str(given) else plain(*given)"
    program = f"import os\nfrom perfrules import pipeline\nplain = pipeline.{stage}\npipeline.{stage} = lambda *given: {ends}\n"
    calls = [call(reports, tmp_path / name, 2, more + PLAIN) for name, more in (("a", ""), ("b", program))]
    ended = [
        subprocess.run(each, capture_output=True, check=False, text=True, encoding="utf-8") for each in calls
    ][-1]
    assert ended.returncode == 2
    lost = [line for line in ended.stderr.splitlines() if "处理它的进程意外结束" in line]
    assert lost
    assert all(folder.name in line for line in lost)
    assert "Traceback" not in ended.stderr
    before, after = (json.loads((tmp_path / name / "report.json").read_bytes()) for name in "ab")
    own = [each for each in before["reports"] if folder.name in str(each["inputs"])]
    assert own
    others = [each for each in after["reports"] if folder.name not in str(each)]
    assert others == [each for each in before["reports"] if folder.name not in str(each)]
    assert len(after["not_read"]) > len(before["not_read"])


@contextmanager
def started(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A command as the leader of its own group of processes, as a terminal starts it."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", start_new_session=True) as process:  # fmt: skip
        try:
            yield process
        finally:
            if any_left(process.pid):
                os.killpg(process.pid, signal.SIGKILL)


def any_left(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def until(is_so: Callable[[], bool]) -> bool:
    for _ in range(1200):
        if is_so():
            return True
        time.sleep(0.05)
    return False


def interrupted(
    reports: Path, tmp_path: Path, jobs: int, name: str, those: list[str], *more: str
) -> tuple[subprocess.Popen[str], str, str]:
    """A run that Ctrl-C ends once each of its processes waits at one of those; what is on its two channels."""
    marks = tmp_path / "marks"
    marks.mkdir()
    program = HELD.format(name=name, those=those, marks=str(marks)) + PLAIN
    with started(call(reports, tmp_path / "out", jobs, program, *more)) as process:
        assert until(lambda: len(list(marks.iterdir())) == jobs)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert until(lambda: not any_left(process.pid))
    return process, out, err


@needs_signals
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_leaves_the_reports_of_what_was_checked(reports: Path, tmp_path: Path, jobs: int) -> None:
    later = [f"/{each.name}/" for each in sorted(reports.iterdir())[5:]]
    process, out, err = interrupted(reports, tmp_path, jobs, "check", later)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert out == ""
    files = written(tmp_path / "out")
    assert set(files) == {f"report.{suffix}" for suffix in FORMS.values()}
    results: dict[str, Any] = json.loads(files["report.json"])
    submissions = pipeline.read_paths([reports], CATALOG).submissions
    firsts = [each.documents[0].path if each.documents else "" for each in submissions]
    done = [path for path in firsts if path and not any(name in path for name in later)]
    assert len(done) > 4
    assert [each["inputs"][0]["path"] for each in results["reports"]] == done
    left = [each for each in results["not_read"] if "没有核查: 运行中断" in str(each)]
    assert len(left) == len(submissions) - len(done)
    told = f"已中断: 结果只有已核查的 {len(done)} 份, 另有 {len(left)} 份没有核查, 见上"
    assert err.splitlines()[-1] == told
    assert err.count("没有核查: 运行中断") == len(left)


@needs_signals
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_before_all_is_read_writes_nothing_and_says_so(
    reports: Path, tmp_path: Path, jobs: int
) -> None:
    later = [f"/{each.name}/" for each in sorted(reports.iterdir())[2:]]
    process, out, err = interrupted(reports, tmp_path, jobs, "read_file", later, "--lang", "en")
    assert process.returncode == 130
    assert out == ""
    assert err == "interrupted: not everything was read; nothing was checked, and no results are written\n"
    assert written(tmp_path / "out") == {}


@needs_signals
def test_nothing_is_left_when_the_command_is_killed(reports: Path, tmp_path: Path) -> None:
    """The others end by themselves, once they are done with what they had."""
    marks = tmp_path / "marks"
    marks.mkdir()
    short = HELD.replace("time.sleep(120)", "time.sleep(1)")
    those = [each.name for each in sorted(reports.iterdir())[5:]]
    program = short.format(name="check", those=those, marks=str(marks)) + PLAIN
    with started(call(reports, tmp_path / "out", 2, program)) as process:
        assert until(lambda: len(list(marks.iterdir())) == 2)
        process.kill()
        assert "Traceback" not in process.communicate(timeout=60)[1]
        assert until(lambda: not any_left(process.pid))
    assert written(tmp_path / "out") == {}


def test_no_other_command_takes_a_part_for_the_whole(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from perfrules.cli.main import outcome

    calls = iter(range(3))

    def check(*_: object) -> None:
        if next(calls) == 2:
            raise KeyboardInterrupt
        raise pipeline.RulesetError(())

    monkeypatch.setattr(pipeline, "check", check)
    assert outcome(["bundle", str(reports), "-o", str(tmp_path / "bundle.json")]) == 130
    assert not (tmp_path / "bundle.json").exists()
    assert capsys.readouterr().err.strip() == "已中断, 没有写完的文件保持原样"
