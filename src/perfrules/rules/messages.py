"""Messages with expressions in braces: `项目支出{spent}仅占{adjusted_budget}的{measure as %}`.

A message is checked when the ruleset is loaded and filled from traces when a rule is violated, so that it can only
show what the rule computed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from attrs import frozen

from perfrules.bilingual import Language
from perfrules.language import calculation, shown, told
from perfrules.model.quantity import Quantity
from perfrules.model.subject_types import label_of
from perfrules.model.trace import Trace
from perfrules.model.truth import Number, Unknown
from perfrules.model.unit import MONEY_UNITS, Kind

FORMATS = ("%", "百分点", "calculation", "label", "names", *MONEY_UNITS)
_PLACE = re.compile(r"\{([^{}]*)\}")


@frozen
class Slot:
    """One place of a message that is filled: the name or expression in braces, and the format after `as`."""

    text: str
    format: str = ""


def slots(message: str) -> tuple[Slot, ...]:
    """The places of a message in order."""
    return tuple(_slot(found.group(1)) for found in _PLACE.finditer(message))


def filled(message: str, language: Language, value_of: Callable[[Slot], Trace | str]) -> str:
    """The message with every place filled; `value_of` gives the trace, or a ready text, for a place."""

    def one(found: re.Match[str]) -> str:
        slot = _slot(found.group(1))
        value = value_of(slot)
        return value if isinstance(value, str) else formatted(value, slot.format, language)

    return _PLACE.sub(one, message)


def formatted(trace: Trace, form: str, language: Language) -> str:
    """A value as a message shows it: as printed where it was printed, else exact in its unit or as the format says."""
    value = trace.value
    if form == "calculation":
        return calculation(trace, language)
    if form == "label" and isinstance(value, str):
        return label_of(value).said(language)
    if form == "百分点":
        return points(value, language)
    if form in MONEY_UNITS:
        return shown(value, language, MONEY_UNITS[form])
    chosen = _chosen(trace)
    printed = chosen.fact.value if chosen.fact is not None else None
    if not form and isinstance(printed, Quantity) and printed.words and isinstance(value, Number):
        return "".join(printed.words.split())
    return told(trace, language)


def _chosen(trace: Trace) -> Trace:
    """The figure that an `if` or an `or else` has taken."""
    return _chosen(trace.parts[-1]) if trace.operator in ("if", "or else") and trace.parts else trace


def points(value: object, language: Language) -> str:
    """A difference of ratios in percentage points, two decimals, half up; its sign is left to the sentence."""
    if not isinstance(value, Number) or value.interval.exact is None:
        return shown(value if isinstance(value, Unknown) else Unknown(()), language)
    hundredths = int(abs(value.interval.exact) * 10000 + Fraction(1, 2))
    number = f"{hundredths // 100}.{hundredths % 100:02d}"
    return f"{number}个百分点" if language == "zh" else f"{number} percentage points"


def margin_said(margin: Number, language: Language) -> str:
    """A margin as people say it: percentage points for a ratio."""
    is_ratio = margin.unit.kind is Kind.RATIO and margin.interval.exact is not None
    return points(margin, language) if is_ratio else shown(margin, language)


def _slot(inside: str) -> Slot:
    text, joined, form = inside.rpartition(" as ")
    return Slot(text.strip(), form.strip()) if joined else Slot(inside.strip())
