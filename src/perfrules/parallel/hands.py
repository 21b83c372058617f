"""Tasks done in this process, or by several others, each of which gets ready once and is given one task at a time.

So no more is under way than there are processes. One that ends before it answers costs the task it had, and another takes its
place.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, PerfrulesError

if TYPE_CHECKING:
    from perfrules.parallel.worker import Worker

Given = TypeVar("Given")
Ready = TypeVar("Ready")
Task = TypeVar("Task")
Result = TypeVar("Result")

WORTH = 16
"""Tasks that pay for one more process to get ready."""
MOST = 60
"""Processes at most: Windows waits for no more than 63."""
LOST = Fault(
    "run.process_ended",
    Bilingual(
        "处理它的进程意外结束, 可能是内存不足; 其余照常进行",
        "the process that worked on it ended by itself, perhaps for want of memory; the others went on",
    ),
    hint=Bilingual("单独核查它, 或减少 --jobs", "check it alone, or with fewer --jobs"),
)
NOT_STARTED = Fault(
    "run.process_not_started",
    Bilingual("无法启动并行的进程", "no process could be started beside this one"),
    hint=Bilingual("用 --jobs 1 在一个进程中核查", "--jobs 1 checks in one process"),
)


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Hands(Generic[Given, Ready]):
    """What does tasks: this process, with all that is `ready`, or others, which make it of what is `given`.

    There are as many as `jobs` says, and no more than tasks; where it is None, as many as there are processors and as the
    first tasks are worth. `made_ready` and what is done are functions of a module, found by their names.
    """

    def __init__(
        self, ready: Ready, given: Given, made_ready: Callable[[Given], Ready], jobs: int | None = None
    ) -> None:
        self._ready, self._given, self._made_ready, self._jobs = ready, given, made_ready, jobs
        self._workers: list[Worker] = []

    def __enter__(self) -> Hands[Given, Ready]:
        return self

    def __exit__(self, *_: object) -> None:
        """Ends all processes, whatever they are doing."""
        if self._workers:
            from perfrules.parallel.worker import ended

            ended(self._workers)
            self._workers = []

    def each(
        self, do: Callable[[Ready, Task], Result], tasks: Sequence[Task]
    ) -> Iterator[tuple[int, Result | PerfrulesError]]:
        """What each task came to, with its number, as they end: a result, or what was at fault with it.

        An error of the program itself is raised, in another process as in this one.
        """
        if not self._workers and (number := self._number(len(tasks))) > 1:
            self._begin(number)
        if self._workers:
            yield from self._shared(do, tasks)
            return
        for at, task in enumerate(tasks):
            yield at, came_to(do, self._ready, task)

    def _number(self, tasks: int) -> int:
        wanted = min(cores(), tasks // WORTH) if self._jobs is None else min(self._jobs, tasks)
        return min(wanted, MOST)

    def _begin(self, number: int) -> None:
        """So many more processes; raises PerfrulesError where there is none after all."""
        from perfrules.parallel.worker import begun

        self._workers += begun(number, self._ready, self._made_ready, self._given)
        if not self._workers:
            raise PerfrulesError(NOT_STARTED)

    def _shared(
        self, do: Callable[[Ready, Task], Result], tasks: Sequence[Task]
    ) -> Iterator[tuple[int, Result | PerfrulesError]]:
        from perfrules.parallel.worker import heard

        waiting = deque(enumerate(tasks))
        while waiting or any(each.at is not None for each in self._workers):
            for worker in self._workers:
                if waiting and worker.is_idle:
                    worker.begin(do, *waiting.popleft())
            for worker in heard(self._workers):
                at, was_ready = worker.at, worker.is_ready
                answer = worker.answer()
                if not worker.is_alive:
                    self._workers.remove(worker)
                    self._begin(1 if was_ready else 0)
                if at is not None:
                    yield at, answer if worker.is_alive else PerfrulesError(LOST)


def came_to(do: Callable[[Ready, Task], Result], ready: Ready, task: Task) -> Result | PerfrulesError:
    """What a task comes to; what is at fault with it is one of the things it may come to."""
    try:
        return do(ready, task)
    except PerfrulesError as error:
        return error
