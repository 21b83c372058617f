"""How far a run is, as a bar on the error channel: for a person at a terminal, and only where there is something to wait for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from perfrules.bilingual import Bilingual, Language

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from perfrules.reading import Progress, Step

STAGES = {
    "read": Bilingual("读取", "reading"),
    "check": Bilingual("核查", "checking"),
    "screen": Bilingual("筛查", "screening"),
    "ask": Bilingual("逐部门", "departments"),
}
WIDE = 24
"""Columns of a bar."""
NAME = 24
"""Letters of the file, with its folder, or of the department that are shown beside the bar."""


def is_watched() -> bool:
    """Whether a person sees the error channel as it is written: a terminal that can write over its lines."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def progress(language: Language, *, shown: bool) -> Iterator[Progress | None]:
    """Takes the steps of a run and draws them while it lasts; None where nobody looks. The bars leave nothing behind."""
    if not (shown and is_watched()):
        yield None
        return
    drawn = _Drawn(language)
    try:
        yield drawn.draw
    finally:
        drawn.end()


class _Drawn:
    """The bars of a run, one for each stage; begun with the first step of several, for one file is no wait."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.bars: Bars | None = None
        self.tasks: dict[str, TaskID] = {}

    def draw(self, step: Step) -> None:
        """Shows how far the run is."""
        if step.total < 2 and step.stage != "screen":
            return
        from rich.markup import escape

        bars = self.bars or self._begun()
        if step.stage not in self.tasks:
            label = STAGES[step.stage].said(self.language)
            self.tasks[step.stage] = bars.add_task(label, total=step.total, name="")
        name = escape("/".join(step.name.split("/")[-2:])[:NAME])
        bars.update(self.tasks[step.stage], completed=step.done, total=step.total, name=name)

    def _begun(self) -> Bars:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bars

        label, name = TextColumn("{task.description}"), TextColumn("{task.fields[name]}")
        console = Console(stderr=True)
        self.bars = Bars(label, BarColumn(WIDE), MofNCompleteColumn(), name, console=console, transient=True)
        self.bars.start()
        return self.bars

    def end(self) -> None:
        """Wipes the bars."""
        if self.bars is not None:
            self.bars.stop()
