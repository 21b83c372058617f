"""perfrules checks budget-performance monitoring reports against a bureau's own rules, exactly and with evidence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from perfrules.screening.compiled import Compiled

__version__ = "0.1.0"

__all__ = ["__version__", "compile"]


def compile(  # noqa: A001: what `re.compile` is for patterns
    ruleset: str | PathLike[str] | None = None,
    layout: str | PathLike[str] | None = None,
    *,
    as_of: date | None = None,
) -> Compiled:
    """A ruleset (a name or a folder; default: core) for many submissions in the JSON of one system.

    `layout` is a file that says where that JSON holds what (docs/screening.md); without it submissions have the
    model's own names. Raises RulesetError or ReadError with all faults.

    >>> compiled = compile()
    >>> compiled.check('{"total_spent": 12, "total_adjusted_budget": 10}').violated[0]
    ('EXE115', 'department/total')
    """
    from perfrules.screening.service import compiled

    return compiled(ruleset, layout, as_of)
