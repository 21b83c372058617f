"""Values and traces as a person reads them and can type them into a calculator."""

from __future__ import annotations

from perfrules.bilingual import Bilingual, Language
from perfrules.language.amounts import AS_FRACTION, MOST_PLACES, exactly, fixed, shown
from perfrules.language.found_words import found_words
from perfrules.language.functions import BUILTINS
from perfrules.language.kinds import PLAIN
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity
from perfrules.model.subject_types import title_of
from perfrules.model.trace import Trace
from perfrules.model.truth import Number, Unknown, Value
from perfrules.model.unit import NUMBER, PER_MILLE, Kind, Unit

_SYMBOLS = {"+": "+", "-": "-", "*": "×", "/": "÷"}
_POWERS = {"+": 1, "-": 1, "*": 2, "/": 2}
_OPPOSITE = {"<": "≥", "<=": ">", ">": "≤", ">=": "<", "==": "≠", "!=": "=", "≈": "≠"}
_HELD = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠", "≈": "="}
_TESTS = {
    "has": (Bilingual("不含", "does not have"), Bilingual("含", "has")),
    "starts with": (Bilingual("开头不是", "does not start with"), Bilingual("开头是", "starts with")),
    "ends with": (Bilingual("结尾不是", "does not end with"), Bilingual("结尾是", "ends with")),
    "matches": (
        Bilingual("不合规定的式样", "has not the shape it should have"),
        Bilingual("合乎规定的式样", "has the shape it should have"),
    ),
    "in": (Bilingual("不属于", "is none of"), Bilingual("属于", "is one of")),
    "has_text": (Bilingual("不含", "has none of"), Bilingual("含任一", "has one of")),
    "has_row": (Bilingual("表中没有", "is not in the table"), Bilingual("表中有", "is in the table")),
    "is_blank": (Bilingual("不为空", "is not blank"), Bilingual("为空", "is blank")),
    "is_known": (Bilingual("未知", "is not known"), Bilingual("已知", "is known")),
    "is_exact": (Bilingual("非确数", "is not exact"), Bilingual("为确数", "is exact")),
    "is_printed": (Bilingual("未列", "is not printed"), Bilingual("已列", "is printed")),
    "agrees": (
        Bilingual("前后不一", "is printed with several values"),
        Bilingual("前后一致", "is printed alike"),
    ),
}
MOST_LETTERS = 40
MOST_PARTS = 12


def calculation(trace: Trace, language: Language) -> str:
    """How a value came about, in the printed figures: `2.7505万元 ÷ 13.91万元 = 19.77% < 30%`."""
    if trace.operator in _HELD:
        return _comparison(trace, language)
    match trace.operator:
        case "and" | "or":
            return "; ".join(dict.fromkeys(calculation(part, language) for part in _deciding(trace)))
        case "all" | "any":
            told = dict.fromkeys(calculation(part, language) for part in _like(trace))
            return "; ".join(list(told)[:3]) or shown(trace.value, language)
        case "not" | "or else":
            return calculation(trace.parts[0], language)
        case "if":
            return calculation(trace.parts[-1], language)
        case "is":
            return _words(trace.parts[0], language)
        case "is_known" | "is_exact" | "is_printed" if isinstance(trace.parts[0].value, Unknown):
            return shown(trace.parts[0].value, language)
        case operator if operator in _TESTS and not isinstance(trace.value, Unknown):
            return _about_words(trace, _TESTS[operator][trace.value is True].said(language), language)
        case _:
            return _with_result(trace, language)


def _deciding(trace: Trace) -> list[Trace]:
    """The parts of a logic step that decided it; conditions on words beside figures go without saying."""
    deciding = _like(trace)
    return [part for part in deciding if not _is_about_words(part)] or deciding


def _like(trace: Trace) -> list[Trace]:
    """The parts that came out as the whole did: those that hold, or are not known; of an `and` the first that fails."""
    if isinstance(trace.value, Unknown):
        return [part for part in trace.parts if isinstance(part.value, Unknown)] or list(trace.parts)
    parts = [part for part in trace.parts if part.value is trace.value] or list(trace.parts)
    return parts[:1] if trace.operator == "and" and trace.value is False else parts


def _about_words(trace: Trace, symbol: str, language: Language) -> str:
    """A condition on a text: what the text is, and the words it was held against."""
    left, *rest = trace.parts
    said = _words(left, language)
    if left.fact is not None:
        label = title_of(left.fact).said(language)
        said = label if left.fact.lines else f"{label} = {said}"  # a section of the text is not repeated
    found = dict.fromkeys(str(left.value)[start:end] for start, end in found_words(trace))
    if found and trace.operator in ("has_text", "matches"):
        symbol, against = _TESTS["has"][True].said(language), ", ".join(map(_quoted, found))
    else:
        against = (
            ""
            if trace.operator in ("has_row", "matches")
            else ", ".join(_words(each, language) for each in rest)
        )
    return f"{said} {symbol} {against}".rstrip()


def _is_about_words(trace: Trace) -> bool:
    if trace.operator in ("and", "or"):
        return all(_is_about_words(part) for part in _like(trace))
    return trace.operator in (*_HELD, *_TESTS) and isinstance(trace.parts[0].value, str)


def told(trace: Trace, language: Language) -> str:
    """A trace's value alone: rounded for reading where it was computed from figures, exact where it was given."""
    return shown(trace.value, language) if _stands_on_facts(trace) else _given(trace.value, language)


def _with_result(trace: Trace, language: Language) -> str:
    words, result = _words(trace, language), shown(trace.value, language)
    return words if words == result or not _is_computed(trace) else f"{words} = {result}"


def _comparison(trace: Trace, language: Language) -> str:
    left, right = trace.parts
    if (
        trace.value is True
        and trace.operator == "=="
        and isinstance(left.value, str)
        and left.fact is not None
    ):
        return f"{title_of(left.fact).said(language)} = {_words(left, language)}"
    held = trace.value is True
    symbol = _HELD[trace.operator] if held else _OPPOSITE[trace.operator]
    if isinstance(trace.value, Unknown):
        symbol = "?"
    elif trace.by_rounding:
        symbol = "≈"
    if isinstance(left.value, str) and isinstance(right.value, str):
        return _about_words(trace, symbol, language)
    if trace.operator in ("≈", "==", "!=") and _is_computed(right) and not _is_computed(left):
        left, right = right, left
    places = _places(left, right, alike=symbol in "=≈")
    if trace.operator == "==" and not held and right.operator == "count":
        return f"{_side(left, language)} {symbol} {_counted(right, language)}"
    if trace.operator == "==" and not held and left.operator == "count":
        return f"{_counted(left, language)} {symbol} {_side(right, language)}"
    if _are_points(left, right) or _are_points(right, left):
        return f"{_side(left, language, unit=NUMBER)} {symbol} {_side(right, language, unit=NUMBER)}"
    return f"{_side(left, language, places)} {symbol} {_side(right, language, places)}"


def _are_points(printed: Trace, other: Trace) -> bool:
    """Whether a printed number, a score, is held against one that is computed from such numbers: a share of points is points."""
    return (
        _is_plain(printed)
        and _is_computed(other)
        and any(
            each.value.unit.kind is Kind.NUMBER for each in other.facts() if isinstance(each.value, Quantity)
        )
    )


def _is_plain(trace: Trace) -> bool:
    return trace.fact is not None and isinstance(trace.value, Number) and trace.value.unit.kind is Kind.NUMBER


def _side(trace: Trace, language: Language, places: int | None = None, unit: Unit | None = None) -> str:
    if not _stands_on_facts(trace):
        return _given(trace.value, language, places)
    words, result = _words(trace, language), shown(trace.value, language, unit, places)
    return f"{words} = {result}" if _is_computed(trace) and words != result else words


def _given(value: Value, language: Language, places: int | None = None) -> str:
    """A value that comes from the ruleset alone: 30% and not 30.00%, for nothing was rounded."""
    exact = value.interval.exact if isinstance(value, Number) else None
    if (
        isinstance(value, Number)
        and value.unit.kind is Kind.RATIO
        and value.unit != PER_MILLE
        and exact is not None
        and exactly(exact * 100)
    ):
        return f"{exactly(exact * 100)}%"
    return shown(value, language, None, places if exact is not None and not exactly(exact) else None)


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
        if fixed(x * 100, places) != fixed(y * 100, places):
            return places
    return AS_FRACTION


def _printed_places(trace: Trace) -> int:
    fact = trace.fact
    digits = fact.value.digits if fact is not None and isinstance(fact.value, Quantity) else ""
    return len(digits.partition(".")[2])


def _words(trace: Trace, language: Language, power: int = 0) -> str:
    """The figures of a computation as printed, with brackets where they are needed."""
    if trace.fact is not None:
        return _fact_words(trace, trace.fact, language, power)
    if not _stands_on_facts(trace):
        said = _quoted(trace.value) if isinstance(trace.value, str) else _given(trace.value, language)
        return f"({said})" if power and said.startswith("-") else said
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
            text = f"-{_words(trace.parts[0], language, 3)}"
            return f"({text})" if power else text
        case "sum" if len(trace.parts) <= MOST_PARTS:
            text = " + ".join(_words(part, language, 1) for part in trace.parts)
            return f"({text})" if power > 1 and len(trace.parts) > 1 else text
        case "abs":
            return f"|{_words(trace.parts[0], language)}|"
        case "parameter" | "or else":
            return _words(trace.parts[0], language, power)
        case "if":
            return _words(trace.parts[-1], language, power)
        case operator if operator in _HELD:
            text = f" {_HELD[operator]} ".join(_words(part, language, 1) for part in trace.parts)
            return f"({text})"
        case "in":
            value, *items = (_words(part, language) for part in trace.parts)
            return f"{value} in [{', '.join(items)}]"
        case "sum" | "count":
            return shown(trace.value, language)
        case _:
            function = BUILTINS.get(trace.operator)
            name = function.alias if function is not None and language == "zh" else trace.operator
            return f"{name}({', '.join(_words(part, language) for part in trace.parts)})"


def _counted(trace: Trace, language: Language) -> str:
    """How many there are, and the names of what was counted."""
    names = dict.fromkeys(str(name) for name in counted_names(trace))
    if not names or len(names) > MOST_PARTS:
        return shown(trace.value, language)
    number = shown(trace.value, language)
    return f"{number}个({'、'.join(names)})" if language == "zh" else f"{number} ({', '.join(names)})"


def counted_names(trace: Trace) -> tuple[str, ...]:
    """The names of the rows that a `count` has counted for certain; none where it counts values."""
    named = [each for each in trace.parts if each.fact is not None and each.fact.field == "name"]
    return tuple(each.value for each in named if isinstance(each.value, str))


def _fact_words(trace: Trace, fact: Fact, language: Language, power: int) -> str:
    if fact.trace is not None and _is_computed(fact.trace):
        return _words(fact.trace, language, power)
    if isinstance(fact.value, Quantity) and fact.value.words:
        words = "".join(fact.value.words.split())
        if words[:1].isdigit() and fact.value.interval is not None and fact.value.interval.is_negative:
            words = f"-{words}"  # 核减20余万元
        return f"({words})" if power and words.startswith("-") else words
    if isinstance(fact.value, str):
        return _quoted(fact.value)
    return shown(trace.value, language)


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return f'"{words if len(words) <= MOST_LETTERS else words[:MOST_LETTERS] + "…"}"'


def _is_computed(trace: Trace) -> bool:
    """Whether there is something to calculate: not a figure that merely stands there."""
    if trace.fact is not None:
        return trace.fact.trace is not None and _is_computed(trace.fact.trace)
    return bool(trace.parts) and trace.operator != "count" and _stands_on_facts(trace)


def _stands_on_facts(trace: Trace) -> bool:
    """Whether there is a figure of the report in it; the calendar and the ruleset's own numbers are none."""
    if trace.fact is not None:
        return _is_figure(trace.fact)
    return any(_stands_on_facts(part) for part in trace.parts)


def _is_figure(fact: Fact) -> bool:
    if not isinstance(fact.value, Quantity):
        return True
    return fact.state is State.PRINTED or fact.value.unit.kind not in PLAIN
