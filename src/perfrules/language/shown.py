"""Values and traces as a person reads them and can type them into a calculator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from perfrules.bilingual import Bilingual, Language
from perfrules.language.kinds import PLAIN
from perfrules.model.fact import Fact, State
from perfrules.model.interval import Interval
from perfrules.model.quantity import Quantity
from perfrules.model.subject_types import label_of
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Reason, Unknown, Value
from perfrules.model.unit import Kind, Unit

REASONS = {
    Reason.MISSING: Bilingual("缺", "missing"),
    Reason.APPROXIMATE: Bilingual("仅为约数:", "only approximate:"),
    Reason.ZERO_DIVISOR: Bilingual("除数可能为零:", "the divisor may be zero:"),
    Reason.SUSPECT: Bilingual("存疑:", "under suspicion:"),
    Reason.CONFLICTING: Bilingual("前后不一:", "conflicting:"),
    Reason.INCOMPLETE: Bilingual("未列全:", "not listed in full:"),
    Reason.UNIT: Bilingual("单位不合:", "units do not meet:"),
}
_SYMBOLS = {"+": "+", "-": "-", "*": "×", "/": "÷"}
_POWERS = {"+": 1, "-": 1, "*": 2, "/": 2}
_OPPOSITE = {"<": "≥", "<=": ">", ">": "≤", ">=": "<", "==": "≠", "!=": "=", "≈": "≠"}
_HELD = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠", "≈": "="}
MOST_PLACES = 10
MOST_PARTS = 12


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


def calculation(trace: Trace, language: Language) -> str:
    """How a value came about, in the printed figures: `2.7505万元 ÷ 13.91万元 = 19.77% < 30%`."""
    if trace.operator in _HELD:
        return _comparison(trace, language)
    match trace.operator:
        case "and" | "or":
            return "; ".join(dict.fromkeys(calculation(part, language) for part in _deciding(trace)))
        case "all" | "any":
            deciding = [part for part in trace.parts if part.value is trace.value] or list(trace.parts)
            return "; ".join(calculation(part, language) for part in deciding[:3]) or shown(
                trace.value, language
            )
        case "not" | "or else":
            return calculation(trace.parts[0], language)
        case "if":
            return calculation(trace.parts[-1], language)
        case _:
            return _with_result(trace, language)


def _deciding(trace: Trace) -> list[Trace]:
    """The parts of a logic step that decided it; conditions on words beside figures go without saying."""
    deciding = [part for part in trace.parts if part.value is trace.value] or list(trace.parts)
    if trace.operator == "and" and trace.value is False:
        return deciding[:1]
    return [part for part in deciding if not _is_about_words(part)] or deciding


def _is_about_words(trace: Trace) -> bool:
    if trace.operator in ("and", "or"):
        return all(_is_about_words(part) for part in _deciding(trace))
    return trace.operator in (*_HELD, "has", "starts with", "ends with") and isinstance(
        trace.parts[0].value, str
    )


def told(trace: Trace, language: Language) -> str:
    """A trace's value alone: rounded for reading where it was computed from figures, exact where it was given."""
    return shown(trace.value, language) if _stands_on_facts(trace) else _given(trace.value, language)


def _with_result(trace: Trace, language: Language) -> str:
    words, result = _words(trace, language), shown(trace.value, language)
    return words if words == result or not _is_computed(trace) else f"{words} = {result}"


def _comparison(trace: Trace, language: Language) -> str:
    left, right = trace.parts
    held = trace.value is True
    symbol = _HELD[trace.operator] if held else _OPPOSITE[trace.operator]
    if isinstance(trace.value, Unknown):
        symbol = "?"
    elif trace.by_rounding:
        symbol = "≈"
    if trace.operator in ("≈", "==", "!=") and _is_computed(right) and not _is_computed(left):
        left, right = right, left
    places = _places(left, right, alike=symbol in "=≈")
    return f"{_side(left, language, places)} {symbol} {_side(right, language, places)}"


def _side(trace: Trace, language: Language, places: int | None) -> str:
    if not _stands_on_facts(trace):
        return _given(trace.value, language)
    words = _words(trace, language)
    return f"{words} = {shown(trace.value, language, None, places)}" if _is_computed(trace) else words


def _given(value: Value, language: Language) -> str:
    """A value that comes from the ruleset alone: 30% and not 30.00%, for nothing was rounded."""
    exact = value.interval.exact if isinstance(value, Number) else None
    if (
        isinstance(value, Number)
        and value.unit.kind is Kind.RATIO
        and exact is not None
        and _exactly(exact * 100)
    ):
        return f"{_exactly(exact * 100)}%"
    return shown(value, language)


def _places(left: Trace, right: Trace, *, alike: bool) -> int | None:
    """Decimals of percentages at which two different ratios look different, two at least; those printed, if more."""
    a, b = left.value, right.value
    if not (isinstance(a, Number) and isinstance(b, Number) and Kind.RATIO in (a.unit.kind, b.unit.kind)):
        return None
    printed = max(_printed_places(left), _printed_places(right), 2)
    x, y = a.interval.exact, b.interval.exact
    if alike or x is None or y is None or x == y:
        return printed
    for places in range(printed, MOST_PLACES + 1):
        if _fixed(x * 100, places) != _fixed(y * 100, places):
            return places
    return MOST_PLACES


def _printed_places(trace: Trace) -> int:
    fact = trace.fact
    digits = fact.value.digits if fact is not None and isinstance(fact.value, Quantity) else ""
    return len(digits.partition(".")[2])


def _words(trace: Trace, language: Language, power: int = 0) -> str:
    """The figures of a computation as printed, with brackets where they are needed."""
    if trace.fact is not None:
        return _fact_words(trace, trace.fact, language, power)
    if not _stands_on_facts(trace):
        return _given(trace.value, language)
    if trace.operator in _SYMBOLS and len(trace.parts) == 2:
        mine = _POWERS[trace.operator]
        left, right = trace.parts
        stronger = mine + (trace.operator in "-/")
        text = (
            f"{_words(left, language, mine)} {_SYMBOLS[trace.operator]} {_words(right, language, stronger)}"
        )
        return f"({text})" if mine < power else text
    match trace.operator:
        case "-":
            return f"-{_words(trace.parts[0], language, 3)}"
        case "sum" if 0 < len(trace.parts) <= MOST_PARTS:
            text = " + ".join(_words(part, language, 1) for part in trace.parts)
            return f"({text})" if power > 1 and len(trace.parts) > 1 else text
        case "abs":
            return f"|{_words(trace.parts[0], language)}|"
        case "parameter" | "or else":
            return _words(trace.parts[0], language, power)
        case "" | "sum" | "count":
            return shown(trace.value, language)
        case _:
            return f"{trace.operator}({', '.join(_words(part, language) for part in trace.parts)})"


def _fact_words(trace: Trace, fact: Fact, language: Language, power: int) -> str:
    if fact.trace is not None and _is_computed(fact.trace):
        return _words(fact.trace, language, power)
    if isinstance(fact.value, Quantity) and fact.value.words:
        return "".join(fact.value.words.split())
    if isinstance(fact.value, str) and len(fact.value) <= 40:
        return f'"{fact.value}"'
    return shown(trace.value, language)


def _is_computed(trace: Trace) -> bool:
    """Whether there is something to calculate: not a figure that merely stands there."""
    if trace.fact is not None:
        return trace.fact.trace is not None and _is_computed(trace.fact.trace)
    return bool(trace.parts) and trace.operator not in ("count", "parameter") and _stands_on_facts(trace)


def _stands_on_facts(trace: Trace) -> bool:
    """Whether there is a figure of the report in it; the calendar and the ruleset's own numbers are none."""
    return any(_is_figure(fact) for fact in trace.facts())


def _is_figure(fact: Fact) -> bool:
    if not isinstance(fact.value, Quantity):
        return True
    return fact.state is State.PRINTED or fact.value.unit.kind not in PLAIN


def _number(value: Number, language: Language, unit: Unit, places: int | None) -> str:
    exact = value.interval.exact
    if exact is None:
        return _range(value.interval, language, unit)
    return _amount(exact, unit, places)


def _amount(exact: Fraction, unit: Unit, places: int | None) -> str:
    if unit.kind is Kind.RATIO:
        return f"{_fixed(exact * 100, 2 if places is None else places)}%"
    if unit.kind is Kind.NUMBER and places is not None:
        return f"{_fixed(exact * 100, places)}%"
    name = "" if unit.kind is Kind.NUMBER else unit.name
    scaled = exact / unit.scale
    return f"{_exactly(scaled) or _fixed(scaled, 4)}{name}"


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


def _exactly(number: Fraction) -> str:
    """The decimal where it ends within ten places, without trailing zeros; else nothing."""
    for places in range(MOST_PLACES + 1):
        if (number * 10**places).denominator == 1:
            return _fixed(number, places)
    return ""


def _fixed(number: Fraction, places: int) -> str:
    """Half away from zero at that many decimals."""
    whole = int(abs(number) * 10**places + Fraction(1, 2))
    sign = "-" if number < 0 and whole else ""
    digits = f"{whole:0{places + 1}d}"
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
