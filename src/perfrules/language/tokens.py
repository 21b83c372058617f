"""Expression text → tokens with spans. Bounded in length and digits; every character belongs to a token or is a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NoReturn

from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import ExpressionError
from perfrules.language.faults import fault_at
from perfrules.language.folding import folded
from perfrules.language.syntax import Span
from perfrules.language.words import KEYWORDS, OPERATORS, PHRASES, UNITS
from perfrules.location import Location
from perfrules.model.interval import Interval
from perfrules.model.truth import Number
from perfrules.model.unit import NUMBER

MAX_LENGTH = 10_000
MAX_DIGITS = 40
MAX_NAME = 100
_SKIPPED = r"(?:\s|\#[^\n]*+)*+"
_TOKEN = re.compile(
    rf"""{_SKIPPED}(?:
        (?P<date>\d{{4}}-\d{{2}}-\d{{2}}(?!\d))
      | (?P<number>\d+(?:\.(?!\.)\d+)?)
      | (?P<text>"[^"\n]*"|“[^”\n]*”|「[^」\n]*」)
      | (?P<parameter>\$[A-Za-z_\u4e00-\u9fff][\w]*)
      | (?P<name>[A-Za-z_\u4e00-\u9fff]\w*)
      | (?P<operator><=|>=|==|!=|~=|\.\.|[≈≤≥≠=<>+\-*/(),.\[\]])
      | (?P<end>\Z))""",
    re.VERBOSE,
)
_SKIP = re.compile(_SKIPPED)
_UNIT = re.compile("|".join(sorted(map(re.escape, UNITS), key=len, reverse=True)))


@frozen
class Token:
    """One token. `kind` is number, text, date, name, parameter, end, or the keyword or operator itself."""

    kind: str
    text: str
    span: Span
    value: Number | str | date | None = None


def tokens(text: str, within: Location | None = None) -> list[Token]:
    """The tokens of an expression, ending with one of kind `end`; raises ExpressionError."""
    if len(text) > MAX_LENGTH:
        message = Bilingual(
            f"表达式超过 {MAX_LENGTH} 个字符", f"an expression has at most {MAX_LENGTH} characters"
        )
        raise ExpressionError(evolve(fault_at("", (0, 0), "too_long", message, None, within), excerpt=None))
    found: list[Token] = []
    for token in _scan(text, within):
        phrase = PHRASES.get((found[-1].kind, token.kind)) if found else None
        if phrase is None:
            found.append(token)
        else:
            found[-1] = Token(phrase, phrase, (found[-1].span[0], token.span[1]))
    return found


def _scan(text: str, within: Location | None) -> Iterator[Token]:
    plain, at, group = folded(text), 0, ""
    while group != "end":
        found = _TOKEN.match(plain, at)
        if found is None:
            skipped = _SKIP.match(plain, at)
            assert skipped is not None  # it takes nothing, if there is nothing to skip
            _refuse(text, skipped.end(), within)
        group = str(found.lastgroup)
        if group in ("name", "parameter") and len(found[group]) > MAX_NAME:
            message = Bilingual(f"名称超过 {MAX_NAME} 个字符", f"a name has at most {MAX_NAME} characters")
            raise ExpressionError(fault_at(text, found.span(group), "name_too_long", message, None, within))
        token = _token(group, found, text, within)
        yield token
        at = token.span[1]


def _token(group: str, found: re.Match[str], text: str, within: Location | None) -> Token:
    said, span = found[group], found.span(group)
    match group:
        case "name":
            return Token(KEYWORDS.get(said, "name"), said, span)
        case "operator":
            return Token(OPERATORS.get(said, said), said, span)
        case "number":
            return _number(found, text, within)
        case "parameter":
            return Token("parameter", said[1:], span)
        case "text":
            return Token("text", said, span, text[span[0] + 1 : span[1] - 1])
        case "date":
            return Token("date", said, span, _day(said, span, text, within))
        case _:
            return Token("end", "", (len(text), len(text)))


def _number(found: re.Match[str], text: str, within: Location | None) -> Token:
    digits, (start, end) = found["number"], found.span("number")
    if len(digits) > MAX_DIGITS:
        message = Bilingual(f"数字超过 {MAX_DIGITS} 位", f"a number has at most {MAX_DIGITS} digits")
        raise ExpressionError(fault_at(text, (start, end), "too_many_digits", message, None, within))
    unit_found = _UNIT.match(found.string, end)
    unit = UNITS[unit_found.group()] if unit_found else NUMBER
    end = unit_found.end() if unit_found else end
    number = Fraction(digits) if "." in digits else Fraction(int(digits))
    value = Interval.point(number * unit.scale)
    return Token("number", digits + unit.name, (start, end), Number(value, value, unit))


def _day(said: str, span: Span, text: str, within: Location | None) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        message = Bilingual(f"{said} 不是日期", f"{said} is not a date")
        raise ExpressionError(fault_at(text, span, "not_a_date", message, None, within)) from None


def _refuse(text: str, at: int, within: Location | None) -> NoReturn:
    message = Bilingual(f"此处不能有 {text[at]}", f"{text[at]} cannot stand here")
    hint = None
    if folded(text[at]) in "%‰":
        hint = Bilingual("单位紧跟数字, 如 30%", "the unit follows its number directly, as in 30%")
    if folded(text[at]) in '"“「':
        message = Bilingual("引号没有成对", "a quotation mark is not closed")
        hint = Bilingual(
            "文字写在一对引号里, 不可换行", "text stands between two quotation marks on one line"
        )
    raise ExpressionError(fault_at(text, (at, at + 1), "character", message, hint, within))
