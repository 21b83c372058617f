"""Tasks done by several processes come to what they come to in one, whatever becomes of a process."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import define, field, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, PerfrulesError, ReadError
from perfrules.location import Location
from perfrules.parallel import Hands
from perfrules.parallel.hands import MOST
from perfrules.parallel.packing import packed, unpacked

PROGRAM = """
import os, signal, sys, threading
from pathlib import Path
from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.parallel import Hands
from perfrules.parallel import worker

METHOD, CASE, FOLDER = sys.argv[1:]
if METHOD == "spawn":
    worker.can_be_copied = lambda: False

def made_ready(given):
    if CASE == "unready":
        raise ReadError(Fault("given.wrong", Bilingual("不行", "no")))
    if CASE == "stillborn":
        os._exit(9)
    Path(FOLDER, str(os.getpid())).touch()
    return [given]

def doubled(ready, task):
    if CASE == "wrong" and task == 3:
        raise ReadError(Fault("task.wrong", Bilingual("三", "three")))
    if CASE == "killed" and task in (2, 5):
        os.kill(os.getpid(), signal.SIGKILL)
    if CASE == "memory" and task == 4:
        raise MemoryError
    if CASE == "broken" and task == 1:
        raise ZeroDivisionError("of the program itself")
    if CASE == "closure" and task == 1:
        return lambda: task
    return ready[0] * task

def said(answer):
    return answer.faults[0].code if isinstance(answer, Exception) else answer

if __name__ == "__main__":
    try:
        with Hands([2], 2, made_ready, 3) as hands:
            for tasks in (range(7), range(10, 12), ()):
                print(sorted((at, said(answer)) for at, answer in hands.each(doubled, tasks)))
    except ReadError as error:
        print("fault", error.faults[0].code)
    except Exception as error:
        print(type(error).__name__, error)
"""
WHOLE = "[(0, 0), (1, 2), (2, 4), (3, 6), (4, 8), (5, 10), (6, 12)]\n[(0, 20), (1, 22)]\n[]\n"


@pytest.fixture(params=["fork", "spawn"])
def method(request: pytest.FixtureRequest) -> str:
    if request.param == "fork" and sys.platform != "linux":
        pytest.skip("a process is copied on Linux alone")
    return str(request.param)


def told(case: str, method: str, tmp_path: Path) -> tuple[str, bool]:
    """What the program prints, and whether a process got ready by itself."""
    program, folder = tmp_path / "program.py", tmp_path / "ready"
    program.write_text(PROGRAM, encoding="utf-8")
    folder.mkdir()
    call = [sys.executable, str(program), method, case, str(folder)]
    done = subprocess.run(call, capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""
    return done.stdout, any(folder.iterdir())


def test_each_task_comes_to_what_it_does(method: str, tmp_path: Path) -> None:
    assert told("plain", method, tmp_path) == (WHOLE, method == "spawn")


def test_what_is_at_fault_with_a_task_is_what_it_comes_to(method: str, tmp_path: Path) -> None:
    assert told("wrong", method, tmp_path)[0] == WHOLE.replace("(3, 6)", "(3, 'task.wrong')")


def test_a_process_that_ends_costs_its_own_task(method: str, tmp_path: Path) -> None:
    expected = WHOLE.replace("(2, 4)", "(2, 'run.process_ended')").replace(
        "(5, 10)", "(5, 'run.process_ended')"
    )
    assert told("killed", method, tmp_path) == (expected, method == "spawn")


def test_want_of_memory_costs_one_task(method: str, tmp_path: Path) -> None:
    assert told("memory", method, tmp_path)[0] == WHOLE.replace("(4, 8)", "(4, 'run.process_ended')")


@pytest.mark.parametrize(("case", "cause"), [("broken", "ZeroDivisionError: of the program itself"), ("closure", "pickle")])  # fmt: skip
def test_an_error_of_the_program_is_loud(case: str, cause: str, method: str, tmp_path: Path) -> None:
    said = told(case, method, tmp_path)[0]
    assert said.startswith("RuntimeError in another process:")
    assert cause in said


def test_a_process_that_cannot_get_ready_says_why(tmp_path: Path) -> None:
    assert told("unready", "spawn", tmp_path)[0] == "fault given.wrong\n"


def test_processes_that_end_before_they_are_ready_end_the_run(tmp_path: Path) -> None:
    said, ready = told("stillborn", "spawn", tmp_path)
    assert said.startswith("PerfrulesError no process could be started beside this one")
    assert not ready


@pytest.mark.parametrize(
    ("jobs", "tasks", "processors", "expected"),
    [
        (1, 1000, 8, 1),
        (2, 1000, 8, 2),
        (16, 1000, 8, 16),
        (4, 3, 8, 3),
        (200, 1000, 8, MOST),
        (None, 1000, 8, 8),
        (None, 31, 8, 1),
        (None, 32, 8, 2),
        (None, 1000, 1, 1),
        (None, 0, 8, 0),
    ],
)
def test_how_many_processes_there_are(
    jobs: int | None, tasks: int, processors: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("perfrules.parallel.hands.cores", lambda: processors)
    assert Hands((), (), tuple, jobs)._number(tasks) == expected


def test_one_process_does_its_tasks_in_order_and_starts_none() -> None:
    with Hands((), (), tuple, 1) as hands:
        assert list(hands.each(lambda _, task: task * 2, [3, 1])) == [(0, 6), (1, 2)]
        assert hands._workers == []


@frozen
class Plain:
    one: object
    other: object = None


@frozen
class Alone:
    one: object


@define
class Counted:
    """Not made again of its fields: a part of it is not given."""

    one: int
    seen: int = field(init=False, default=0)


@frozen
class Finished:
    one: list[int]

    def __attrs_post_init__(self) -> None:
        self.one.append(len(self.one))


def test_data_come_back_as_they_were() -> None:
    counted = Counted(1)
    counted.seen = 5
    shared = Plain(Fraction(1, 3), (1, "二"))
    for value in (
        shared,
        Alone((1, 2)),
        Plain(Alone(Plain(None))),
        counted,
        Finished([7]),
        {1: shared, 2: Alone("")},
    ):
        assert unpacked(packed(value)) == value
    one, other = unpacked(packed((shared, shared)))
    assert one is other


def test_faults_come_back_with_their_error() -> None:
    error = ReadError(
        (Fault("a.b", Bilingual("一", "one"), Location("f.txt")), Fault("c", Bilingual("二", "two")))
    )
    again = unpacked(packed(error))
    assert type(again) is ReadError
    assert again.faults == error.faults
    assert str(again) == str(error)
    assert isinstance(again, PerfrulesError)
