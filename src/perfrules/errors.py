"""What can stop a run: faults with a place and a hint. A finding about a report is never an error, nor the reverse."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from perfrules.bilingual import Bilingual, Language
from perfrules.location import Location


@frozen
class Fault:
    """One thing wrong with an input or a call: what, where, and what to do next.

    `code` names the kind of fault (`expression.unknown_name`); `excerpt` is the source line at fault and `caret` the
    half-open range of code points in it that a caret points at.
    """

    code: str
    message: Bilingual
    where: Location | None = None
    hint: Bilingual | None = None
    excerpt: str | None = None
    caret: tuple[int, int] | None = None

    def said(self, language: Language) -> str:
        """The fault as lines of text: place and message, excerpt with caret, hint."""
        place = f"{self.where}: " if self.where else ""
        lines = [f"{place}{self.message.said(language)}"]
        if self.excerpt is not None:
            excerpt, caret = _window(self.excerpt, self.caret or (0, 0))
            lines.append(f"    {excerpt}")
            if self.caret is not None:
                lines.append("    " + underline(excerpt, *caret))
        if self.hint:
            label = "提示" if language == "zh" else "hint"
            lines.append(f"    {label}: {self.hint.said(language)}")
        return "\n".join(lines)


WIDEST = 100
"""Characters of a line that are shown around a fault."""


def _window(excerpt: str, caret: tuple[int, int]) -> tuple[str, tuple[int, int]]:
    """The part of a long line around the caret, and the caret in it."""
    start, end = caret
    if len(excerpt) <= WIDEST:
        return excerpt, caret
    first = max(0, min(start - WIDEST // 3, len(excerpt) - WIDEST))
    shown = excerpt[first : first + WIDEST]
    before, after = "…" if first else "", "…" if first + WIDEST < len(excerpt) else ""
    shift = len(before) - first
    return f"{before}{shown}{after}", (start + shift, min(end + shift, len(before) + len(shown)))


def underline(excerpt: str, start: int, end: int) -> str:
    """Carets under `excerpt[start:end]`; a full-width character is two columns wide."""
    return " " * _columns(excerpt[:start]) + "^" * max(1, _columns(excerpt[start:end]))


def _columns(text: str) -> int:
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


class PerfrulesError(Exception):
    """The input or the call is at fault; carries every fault found, not only the first."""

    def __init__(self, faults: Iterable[Fault] | Fault) -> None:
        self.faults = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(fault.said("en") for fault in self.faults))

    def __reduce__(self) -> tuple[type[PerfrulesError], tuple[tuple[Fault, ...]]]:
        """It is made again of its faults, for another process."""
        return type(self), (self.faults,)

    def said(self, language: Language) -> str:
        """All faults as text in that language."""
        return "\n".join(fault.said(language) for fault in self.faults)


class ReadError(PerfrulesError):
    """A document or submission cannot be read."""


class ExpressionError(PerfrulesError):
    """An expression of the rule language is not well formed or not well typed."""


class RulesetError(PerfrulesError):
    """A ruleset cannot be loaded."""


class PluginError(PerfrulesError):
    """A plugin cannot be loaded or breaks its contract."""
