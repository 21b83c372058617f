"""What an expression is evaluated in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from perfrules.model.subject import Subject
from perfrules.model.trace import Trace


@frozen
class Context:
    """What an expression is evaluated in: the path from the department to the subject asked, and the parameters."""

    path: tuple[Subject, ...]
    parameters: Mapping[str, Trace]


Evaluate = Callable[[Context], Trace]
