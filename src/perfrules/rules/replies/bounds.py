"""How far a waiver that comes of an approved answer goes: to the measure that was looked at, as it was shown.

Where the measure fell short of the limit it must not fall further, where it was beyond it must not go on; where a rule has no
limit it must stay what it was. Shown digits are rounded outwards, so that what was looked at is within.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from perfrules.bilingual import Bilingual, Language
from perfrules.errors import ExpressionError
from perfrules.language import parse
from perfrules.model.finding import Finding
from perfrules.model.truth import Number
from perfrules.model.unit import MONEY_UNITS, Kind, Unit

_WORDS = {
    ">=": Bilingual("不低于", "at least"),
    "<=": Bilingual("不高于", "at most"),
    "==": Bilingual("等于", "equal to"),
}
_WITHIN = re.compile(r"in \[(.+)\.\.(.+)\]")
_PLACES = {Kind.RATIO: 2, Kind.DAYS: 0, Kind.MONTHS: 0}
_OTHERWISE = 4


def bound_of(finding: Finding) -> str:
    """The bound as the rule language has it, without the measure: `>= 19.77%`.

    Empty where the rule has no measure, and where it is not known well enough to hold anything against it.
    """
    said = _bound(finding)
    try:
        parse(f"0 {said}") if said else None
    except ExpressionError:  # a unit that the language has no word for
        return ""
    return said


def bound_said(bound: str, language: Language = "zh") -> str:
    """A bound in words, for the form that a department sees; what is no bound of these stays as it is.

    >>> bound_said(">= 19.77%"), bound_said("in [46.29%..46.30%]"), bound_said("in [2..2]")
    ('不低于 19.77%', '46.29% 至 46.30%', '等于 2')
    """
    if found := _WITHIN.fullmatch(bound):
        low, high = found.groups()
        both = f"{low} 至 {high}" if language == "zh" else f"{low} to {high}"
        return both if low != high else f"{_WORDS['=='].said(language)} {low}"
    operator, _, limit = bound.partition(" ")
    return f"{_WORDS[operator].said(language)} {limit}" if operator in _WORDS else bound


def bound_from(said: str) -> str:
    """The bound that words of the form say, as the rule language has it; what is none of these words as it is.

    >>> bound_from("不低于 19.77%"), bound_from("46.29% 至 46.30%"), bound_from("等于 2"), bound_from(">= 3")
    ('>= 19.77%', 'in [46.29%..46.30%]', '== 2', '>= 3')
    """
    low, between, high = (each.strip() for each in said.partition("至"))
    if between:
        return f"in [{low}..{high}]"
    words = ((sign, word.zh) for sign, word in _WORDS.items())
    return next(
        (f"{sign} {said.removeprefix(word).strip()}" for sign, word in words if said.startswith(word)), said
    )


def _bound(finding: Finding) -> str:
    value = finding.measure.value if finding.measure is not None else None
    limit = finding.limit.value if finding.limit is not None else None
    if isinstance(value, date):
        return f"== {value.isoformat()}"
    if not isinstance(value, Number) or not (
        value.unit.name.strip("%‰").isalpha() or value.unit.name in ("", "%", "‰")
    ):
        return ""  # 0.5公里/小时 would be a quotient
    low, high = value.interval.low, value.interval.high
    if isinstance(limit, Number) and _below(high, limit.interval.low):
        return f">= {_amount(low, value.unit, up=False)}" if low is not None else ""
    if isinstance(limit, Number) and _below(limit.interval.high, low):
        return f"<= {_amount(high, value.unit, up=True)}" if high is not None else ""
    if low is None or high is None:
        return ""
    return f"in [{_amount(low, value.unit, up=False)}..{_amount(high, value.unit, up=True)}]"


def _below(one: Fraction | None, other: Fraction | None) -> bool:
    return one is not None and other is not None and one <= other


def _amount(value: Fraction, unit: Unit, *, up: bool) -> str:
    """The value in its unit, rounded up or down at the places that are shown."""
    name = "%" if unit.kind is Kind.RATIO else unit.name
    scale = Fraction(1, 100) if name == "%" else MONEY_UNITS.get(name, unit).scale
    places = _PLACES.get(unit.kind, _OTHERWISE)
    scaled = value / scale * 10**places
    whole = -(-scaled.numerator // scaled.denominator) if up else scaled.numerator // scaled.denominator
    digits = f"{abs(whole):0{places + 1}d}"
    said = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    said = said.rstrip("0").rstrip(".") if places and unit.kind is not Kind.RATIO else said
    return f"{'-' if whole < 0 else ''}{said}{name}"
