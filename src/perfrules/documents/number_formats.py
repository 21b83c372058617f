"""Number formats: what a spreadsheet program shows of a number, where that is sure.

A format may show a number a thousand or ten thousand times smaller than it is kept (`0.00,`, `0!.0000`), or not at all (`;;;`).
In: the number kept and its format. Out: the text that is shown, by how many places it is smaller, or that it cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from attrs import frozen

LONGEST = 255
"""Characters that a format has at most; a spreadsheet program takes no longer one."""
_MOST_PLACES = 10
"""Places behind the point that are shown at most."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<blank>_.|\*.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式|@)'
    r"|(?P<exponent>[Ee][+-])|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<end>;)|(?P<other>.)",
    re.S,
)
_COLOUR = re.compile(r"(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|[黑蓝青绿红白黄]色?|洋红|颜色 ?\d+|dbnum[1-4]|\$-[\da-f]*)", re.I)  # fmt: skip
_RED = re.compile("red|color ?\\d+|红色?|颜色 ?\\d+", re.I)
_CURRENCY = re.compile(r"\$(¥|￥|RMB|CNY|人民币|元)?(?:-[\da-fA-F]*)?")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d{1,30}(?:\.\d{1,30})?)")
_PLAIN_LETTERS = " -+()/:'¥￥$~{}<>=^&"
"""What a format shows as it stands, without quotes."""
_SIGNS = str.maketrans("", "", "-+()（）－▲△")
_YUAN = re.compile("[¥￥$]|RMB|CNY|人民币")
_MENDED = {
    '_("$"* #,##0.00_)_("$"* \\(#,##0.00\\)_("$"* "-"??_)_(@_)': '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)'
}  # fmt: skip
"""The one format that openpyxl names without the marks between its parts."""


@frozen
class Section:
    """One part of a format, for some of the numbers.

    `digits` are its places for digits with what stands between them; `before` and `after` the words around them. `kind` is
    `general`, `digits`, `exponent`, `fraction`, `none` for one that shows no digit, or empty for one that is not understood.
    """

    kind: str
    digits: str = ""
    before: str = ""
    after: str = ""
    percents: int = 0
    thousands: int = 0
    is_red: bool = False
    condition: tuple[str, Decimal] | None = None


@frozen
class Rendered:
    """What is shown of a number: its words, and by how many decimal places it is smaller than what is kept (4: 万)."""

    text: str
    places: int = 0


@lru_cache(maxsize=512)
def sections(number_format: str) -> tuple[Section, ...]:
    """The parts of a format; those of one that is too long are not understood."""
    number_format = _MENDED.get(number_format, number_format)
    if len(number_format) > LONGEST:
        return (Section(""),)
    parts: list[list[tuple[str, str]]] = [[]]
    for found in _TOKEN.finditer(number_format):
        name = found.lastgroup or "other"
        if name == "end":
            parts.append([])
        else:
            parts[-1].append((name, found[name]))
    return tuple(map(_section, parts))


def _section(tokens: Sequence[tuple[str, str]]) -> Section:
    brackets = [text for name, text in tokens if name == "bracket"]
    conditions = [found for text in brackets if (found := _CONDITION.fullmatch(text))]
    strange = [text for text in brackets if not (_COLOUR.fullmatch(text) or _CURRENCY.fullmatch(text) or _CONDITION.fullmatch(text))]  # fmt: skip
    if strange or len(conditions) > 1 or any(_is_strange(name, text) for name, text in tokens):
        return Section("")
    condition = (conditions[0][1], Decimal(conditions[0][2])) if conditions else None
    shown = [(name, text) for name, text in tokens if name not in ("bracket", "blank")]
    places = [at for at, (name, _) in enumerate(shown) if name in ("digit", "general")]
    first, last = (places[0], places[-1]) if places else (len(shown), len(shown) - 1)
    while last + 1 < len(shown) and shown[last + 1][0] in ("comma", "point") and places:
        last += 1
    before, inner, after = shown[:first], shown[first : last + 1], shown[last + 1 :]
    inner, thousands = _thousands(inner)
    return Section(
        _kind(inner) if all(name not in ("comma", "point", "exponent") for name, _ in (*before, *after)) else "",
        "".join(text if name in ("digit", "comma") else "." if name == "point" else f"\0{text}" for name, text in inner),
        "".join(text for name, text in before if name != "percent"),
        "".join(text for name, text in after if name != "percent"),
        sum(name == "percent" for name, _ in tokens),
        thousands,
        is_red=any(map(_RED.fullmatch, brackets)),
        condition=condition,
    )  # fmt: skip


def _is_strange(name: str, text: str) -> bool:
    """Whether a letter is one of a date, or of nothing that is known."""
    return name == "other" and text.isascii() and text not in _PLAIN_LETTERS


def _thousands(inner: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], int]:
    """The places without the commas that divide by a thousand each: those after the last digit before the point."""
    names = [name for name, _ in inner]
    point = names.index("point") if "point" in names else len(names)
    whole = [at for at in range(point) if names[at] == "digit"]
    if not whole:
        return list(inner), 0
    dividing = {at for at in range(len(names)) if names[at] == "comma" and at > whole[-1]}
    return [each for at, each in enumerate(inner) if at not in dividing], len(dividing)


def _kind(inner: Sequence[tuple[str, str]]) -> str:
    names = [name for name, _ in inner]
    if "general" in names:
        return "general" if len(names) == 1 else ""
    if "exponent" in names:
        return "exponent"
    if ("other", "/") in inner:
        return "fraction"
    return "digits" if names else "none"


def rendered(number: Decimal, number_format: str) -> Rendered | None:
    """What is shown of a number; None where nothing is shown, or where it cannot be told what.

    Digits that a format leaves out are kept (1.256 under `0.00`), and the zeros it shows are there (75 under `0.00` is 75.00);
    a number that is shown smaller has the digits shown.
    """
    told = sections(number_format)
    section, is_signed = _chosen(number, told)
    if section is None or not section.kind:
        return None
    before, after = _words(section.before), _words(section.after)
    if not _shows_sign(number, section, is_signed=is_signed) or re.search(r"\d", before + after):
        return None
    is_blank = section.kind == "digits" and not re.search("[0.]", section.digits) and number == 0
    if section.kind == "none" or is_blank:
        words = _YUAN.sub("", section.before + section.after).strip()
        return Rendered("0") if number == 0 and words in _NOTHING else None
    if section.kind == "fraction" and number != number.to_integral_value():
        return None
    body = _body(number, section)
    return None if body is None else Rendered(f"{before}{body.text}{after}", body.places)


_NOTHING = ("-", "－", "—", "–", "零")
"""What stands for a zero."""


def _chosen(number: Decimal, told: Sequence[Section]) -> tuple[Section | None, bool]:
    """The part for a number, and whether that is one of its own for negative numbers, which shows no sign by itself."""
    if any(each.condition for each in told[:3]):
        return _by_condition(number, told[:3]), False
    numeric = told[:3]
    if number < 0 and len(numeric) > 1:
        return numeric[1], True
    return (numeric[2] if number == 0 and len(numeric) > 2 else numeric[0]), False


def _by_condition(number: Decimal, told: Sequence[Section]) -> Section | None:
    """The first part whose condition holds; None for negative numbers, of which it is not sure what sign is shown."""
    if number < 0 or (len(told) == 3 and told[1].condition is None):
        return None
    for each in told:
        if each.condition is None or _holds(number, *each.condition):
            return each
    return None


def _holds(number: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": number < limit,
        "<=": number <= limit,
        ">": number > limit,
        ">=": number >= limit,
        "=": number == limit,
        "<>": number != limit,
    }[sign]


def _shows_sign(number: Decimal, section: Section, *, is_signed: bool) -> bool:
    """Whether what is shown is negative just where the number is: by a mark, by brackets, or in red."""
    is_bracketed = bool(re.search("[(（]", section.before) and re.search("[)）]", section.after))
    is_marked = is_bracketed or bool(re.search("[-－▲△]", section.before))
    if is_signed:
        return is_marked or section.is_red
    return not is_marked or number == 0


def _words(text: str) -> str:
    """The words before or after the digits, without signs, blanks and the mark of the currency."""
    return "".join(_YUAN.sub("", text).translate(_SIGNS).split())


def _body(number: Decimal, section: Section) -> Rendered | None:
    """The digits as they are shown."""
    literals = re.findall("\0(.+?)", section.digits, re.S)
    if section.percents:
        is_plain = section.percents == 1 and not literals and not section.thousands
        return Rendered(_percent(number, section.digits)) if is_plain else None
    if section.kind == "digits" and (literals or section.thousands):
        return _scaled(number, section, literals)
    if section.thousands:
        return None
    return Rendered(_padded(plain(number), section.digits) if section.kind == "digits" else plain(number))


def _padded(digits: str, shown: str) -> str:
    """The digits with as many zeros behind the point as the format shows: 75 under `0.00` is 75.00, which says no cent more."""
    places = min(shown.partition(".")[2].count("0"), _MOST_PLACES)
    whole, _, kept = digits.partition(".")
    return f"{whole}.{kept.ljust(places, '0')}" if places > len(kept) else digits


def _percent(number: Decimal, digits: str) -> str:
    """A ratio with the places its format shows, rounded as a spreadsheet program rounds it."""
    if abs(number) >= 10**12:
        return f"{plain(number * 100)}%"
    places = min(len(digits.partition(".")[2]), _MOST_PLACES)
    shown = (number * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{_padded(plain(shown), digits)}%"


def _scaled(number: Decimal, section: Section, literals: Sequence[str]) -> Rendered | None:
    """A number that is shown smaller than it is: divided by thousands, or with a point put between its digits."""
    if abs(number) >= 10**20:
        return None
    divided = abs(number).scaleb(-3 * section.thousands)
    sign = "-" if number < 0 else ""
    if not literals:
        whole, _, places = section.digits.partition(".")
        shown = f"{divided.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP):f}"
        return Rendered(sign + shown, 3 * section.thousands) if whole.endswith("0") else None
    whole, mark, places = section.digits.partition("\0.")
    if list(literals) != ["."] or re.search(r"[,.]", whole + places) or not (mark and whole and places):
        return None
    digits = f"{divided.quantize(Decimal(1), ROUND_HALF_UP):f}".zfill(len(places) + whole.count("0"))
    if len(digits) <= len(places) or set(places) != {"0"}:
        return None
    return Rendered(f"{sign}{digits[: -len(places)]}.{digits[-len(places) :]}", 3 * section.thousands + len(places))  # fmt: skip


def text_rendered(text: str, number_format: str) -> str | None:
    """What is shown of a text: only the fourth part of a format is for texts, or one with @; None where it is not shown."""
    if number_format in ("General", "@") or len(number_format) > LONGEST:
        return text
    told = sections(number_format)
    own = told[3] if len(told) > 3 else told[0] if len(told) == 1 and "@" in number_format else None
    if own is None:
        return text
    return f"{own.before}{text}{own.after}" if own.kind == "general" else None


def plain(number: Decimal) -> str:
    """Without an exponent, and without zeros that nobody typed."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
