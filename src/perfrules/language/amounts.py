"""Values as a person reads them: exact where the decimal ends, rounded where it does not, with their unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from perfrules.bilingual import Bilingual, Language
from perfrules.language.kinds import PLAIN
from perfrules.model.interval import Interval
from perfrules.model.subject_types import label_of
from perfrules.model.truth import Lack, Number, Reason, Unknown, Value
from perfrules.model.unit import PER_MILLE, Kind, Unit

REASONS = {
    Reason.MISSING: Bilingual("缺", "missing"),
    Reason.UNREAD: Bilingual("可能在未归类的数字中:", "perhaps among the figures left unread:"),
    Reason.APPROXIMATE: Bilingual("仅为约数:", "only approximate:"),
    Reason.ZERO_DIVISOR: Bilingual("除数可能为零:", "the divisor may be zero:"),
    Reason.SUSPECT: Bilingual("存疑:", "under suspicion:"),
    Reason.CONFLICTING: Bilingual("前后不一:", "conflicting:"),
    Reason.INCOMPLETE: Bilingual("未列全:", "not listed in full:"),
    Reason.UNIT: Bilingual("单位不合:", "units do not meet:"),
    Reason.TOO_LARGE: Bilingual("数字过长:", "the numbers grow too long:"),
}
MOST_PLACES = 10
AS_FRACTION = MOST_PLACES + 1


def shown(value: Value, language: Language, unit: Unit | None = None, places: int | None = None) -> str:
    """One value: money exact in its unit, a ratio in percent with two decimals half up, a count with its word."""
    match value:
        case bool():
            said = Bilingual("成立", "holds") if value else Bilingual("不成立", "does not hold")
            return said.said(language)
        case Number():
            return _number(value, language, unit or value.unit, places)
        case Unknown():
            return _unknown(value, language)
        case date():
            return value.isoformat()
        case _:
            return value


def _number(value: Number, language: Language, unit: Unit, places: int | None) -> str:
    exact = value.interval.exact
    if exact is None:
        return _range(value.interval, language, unit)
    return _amount(exact, unit, places)


def _amount(exact: Fraction, unit: Unit, places: int | None) -> str:
    if places == AS_FRACTION and unit.kind in PLAIN:
        return f"{exact.numerator}/{exact.denominator}"
    if unit == PER_MILLE and places is None:
        return f"{exactly(exact * 1000) or fixed(exact * 1000, 2)}‰"
    if unit.kind is Kind.RATIO:
        return f"{fixed(exact * 100, 2 if places is None else places)}%"
    if unit.kind is Kind.NUMBER and places is not None:
        return f"{fixed(exact * 100, places)}%"
    scaled = exact / unit.scale
    return f"{exactly(scaled) or fixed(scaled, 4)}{unit.name}"


def _range(interval: Interval, language: Language, unit: Unit) -> str:
    low = "" if interval.low is None else _amount(interval.low, unit, None)
    high = "" if interval.high is None else _amount(interval.high, unit, None)
    if low and high:
        return f"{'[' if interval.low_closed else '('}{low}, {high}{']' if interval.high_closed else ')'}"
    if low:
        return f"至少{low}" if language == "zh" else f"at least {low}"
    if high:
        return f"不足{high}" if language == "zh" else f"below {high}"
    return Bilingual("不定", "anything").said(language)


def _unknown(value: Unknown, language: Language) -> str:
    said = lacks_said(value.lacks, language)
    return f"未知({said})" if language == "zh" else f"unknown ({said})"


def lacks_said(lacks: Sequence[Lack], language: Language) -> str:
    """What keeps something from being known, by reason: `缺 实际支出、调整预算`."""
    reasons: dict[Reason, list[str]] = {}
    for lack in lacks:
        names = reasons.setdefault(lack.reason, [])
        label = (lack.label or label_of(lack.field)).said(language)
        if label not in names:
            names.append(label)
    joint = "、" if language == "zh" else ", "
    return "; ".join(
        f"{REASONS[reason].said(language)} {joint.join(names)}" for reason, names in reasons.items()
    )


def exactly(number: Fraction) -> str:
    """The decimal where it ends within ten places, without trailing zeros; else nothing."""
    for places in range(MOST_PLACES + 1):
        if (number * 10**places).denominator == 1:
            return fixed(number, places)
    return ""


def fixed(number: Fraction, places: int) -> str:
    """Half away from zero at that many decimals."""
    whole = int(abs(number) * 10**places + Fraction(1, 2))
    sign = "-" if number < 0 and whole else ""
    digits = f"{whole:0{places + 1}d}"
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
