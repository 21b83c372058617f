"""Another process that does tasks: how it begins, what is said to it, what it answers, how it ends.

On Linux it is a copy of this process (`fork`), which has all that is ready and costs next to nothing; where threads run, and
on other systems, it is started anew (`spawn`), and makes itself ready. Ctrl-C is for the process that hands out the tasks: the
others take no notice of it, end when they are told to, and when nobody is there to give them anything.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from attrs import define, frozen

from perfrules.errors import PerfrulesError
from perfrules.parallel.hands import LOST, Given, Ready, Task, came_to
from perfrules.parallel.packing import packed, unpacked

GRACE = 3
"""Seconds that a process has to end."""


@frozen
class Broken:
    """In place of an answer: the program itself is at fault, as its traceback tells."""

    told: str


@define(eq=False)
class Worker:
    """Another process; `at` is the number of the task it has."""

    process: BaseProcess
    connection: Connection
    is_ready: bool = False
    is_alive: bool = True
    at: int | None = None

    @property
    def is_idle(self) -> bool:
        """Whether it waits for a task."""
        return self.is_ready and self.at is None

    def begin(self, do: Callable[[Any, Task], object], at: int, task: Task) -> None:
        """Gives it a task."""
        self.at = at
        with suppress(OSError):  # it has ended, which it tells by not answering
            self.connection.send_bytes(packed((do, task)))

    def answer(self) -> Any:
        """What its task came to, after which it has none; None where it tells that it is ready, or is no longer alive."""
        self.at = None
        try:
            answer = unpacked(self.connection.recv_bytes())
        except (EOFError, OSError):
            self.is_alive = False
            ended([self])
            return None
        if isinstance(answer, Broken):
            raise RuntimeError(f"in another process:\n{answer.told}")
        if not self.is_ready and isinstance(answer, PerfrulesError):
            raise answer
        self.is_ready = True
        return answer


def begun(number: int, ready: Ready, made_ready: Callable[[Given], Ready], given: Given) -> list[Worker]:
    """So many processes that get ready, or as many as the system lets us have."""
    workers = list[Worker]()
    with uninterrupted(), suppress(OSError):
        for _ in range(number):
            if can_be_copied():
                workers.append(_worker("fork", _itself, ready))
            else:
                workers.append(_worker("spawn", made_ready, given))
    return workers


def can_be_copied() -> bool:
    """Whether a copy of this process can go on by itself: the locks of other threads would stay locked in it for ever."""
    return sys.platform == "linux" and threading.active_count() == 1


def _itself(ready: Ready) -> Ready:
    return ready


def _worker(method: str, made_ready: Callable[[Given], Ready], given: Given) -> Worker:
    context: Any = multiprocessing.get_context(method)
    ours, theirs = context.Pipe()
    copied = ours if method == "fork" else None
    begun_with = (theirs, copied, made_ready, given, gc.get_threshold())
    process = context.Process(target=_work, args=begun_with, daemon=True)
    process.start()
    theirs.close()
    return Worker(process, ours)


def heard(workers: Sequence[Worker]) -> list[Worker]:
    """Those that have said something, or ended, once there are any."""
    speaking = wait([each.connection for each in workers])
    return [each for each in workers if each.connection in speaking]


def ended(workers: Sequence[Worker]) -> None:
    """Ends processes, whatever they are doing; those that do not listen are ended by the system."""
    with uninterrupted():
        for each in workers:
            each.process.terminate()
        for each in workers:
            each.process.join(GRACE)
            if each.process.is_alive():
                each.process.kill()
                each.process.join()
            each.connection.close()


def _work(
    connection: Connection,
    copied: Connection | None,
    made_ready: Callable[[Given], Ready],
    given: Given,
    collecting: tuple[int, ...],
) -> None:
    """The whole life of another process: gets ready, says so, does what it is given until nobody gives it anything."""
    if copied is not None:
        copied.close()  # the other's end: as long as it is open here, nobody seems to have gone
    signal.signal(signal.SIGINT, _unheard)  # not SIG_IGN, which a program that it runs would inherit
    signal.signal(signal.SIGTERM, _told_to_end)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    gc.set_threshold(*collecting)
    with suppress(EOFError, OSError):
        ready, said = _made(made_ready, given)
        connection.send_bytes(packed(said))
        while ready is not None:
            do, task = unpacked(connection.recv_bytes())
            connection.send_bytes(_answer(do, ready, task))


def _made(made_ready: Callable[[Given], Ready], given: Given) -> tuple[Ready | None, object]:
    """What is ready, and what to say of it: nothing, where all is well."""
    try:
        return made_ready(given), None
    except PerfrulesError as error:
        return None, error
    except Exception:  # noqa: BLE001 - the outermost edge of this process: the other raises it
        return None, Broken(traceback.format_exc())


def _answer(do: Callable[[Ready, Task], object], ready: Ready, task: Task) -> bytes:
    try:
        return packed(came_to(do, ready, task))
    except MemoryError:
        return packed(PerfrulesError(LOST))
    except Exception:  # noqa: BLE001 - the outermost edge of this process: the other raises it
        return packed(Broken(traceback.format_exc()))


def _unheard(*_: object) -> None:
    """Ctrl-C reaches every process of a terminal; one of them decides what it means."""


def _told_to_end(*_: object) -> None:
    sys.exit(
        1
    )  # an exception, by which programs that were started and folders for a while are done away with


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until this is over, also in the processes that are started meanwhile. Windows has no such thing."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # else it starts with the first process, and lets signals through
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
