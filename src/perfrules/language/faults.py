"""Faults of expressions: placed in the ruleset file they stand in, with the line and a caret."""

from __future__ import annotations

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault
from perfrules.language.syntax import Span
from perfrules.location import Location


def fault_at(
    text: str,
    span: Span,
    code: str,
    message: Bilingual,
    hint: Bilingual | None = None,
    within: Location | None = None,
) -> Fault:
    """A fault at a span of an expression; `within` is where the expression starts in its file."""
    before = text[: span[0]]
    row, column = before.count("\n"), span[0] - (before.rfind("\n") + 1)
    line = text.split("\n")[row]
    caret = (column, max(column + 1, min(column + span[1] - span[0], len(line))))
    return Fault(f"expression.{code}", message, _place(within, row, column), hint, line, caret)


def _place(within: Location | None, row: int, column: int) -> Location | None:
    if within is None or within.line is None:
        return within
    shown = None if within.column is None else column + (1 if row else within.column)
    return Location(within.source, within.address, None, within.line + row, shown)
