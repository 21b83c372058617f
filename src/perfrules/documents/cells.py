"""One cell of a workbook as the text that stands in it: what is shown, from the value kept and its number format.

A cell keeps a binary fraction; the shortest decimal that gives the same fraction is what was typed, and of a ratio that was
computed only the places that its format shows are printed.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal

_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
"""The digits that a spreadsheet program keeps: what is beyond is the noise of binary fractions."""
_PERCENT = re.compile(r"[0#?](?:\.([0#?]+))?\s*%")


def as_kept(value: object, number_format: str = "General") -> str:
    """The text of a cell as it was typed; a percent format makes 0.35 35%, a date is written 2025-07-20.

    Empty for an empty cell, and for what is no text, number, truth value or date.
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, int | float):
        return ""
    number = Decimal(repr(value))
    return f"{_plain(number * 100)}%" if "%" in number_format else _plain(number)


def as_shown(value: object, number_format: str = "General") -> str:
    """The text of a cell as a reader of the sheet sees it: a ratio with the places its format shows, rounded half away from zero.

    Otherwise as `as_kept`, without the noise that computing with binary fractions leaves beyond the fifteenth digit.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return as_kept(value, number_format)
    number = _FIFTEEN.create_decimal(Decimal(repr(value)))
    if "%" not in number_format:
        return _plain(number)
    places = _PERCENT.search(number_format.partition(";")[0])
    if places is None or abs(number) >= 10**12:
        return f"{_plain(number * 100)}%"
    shown = (number * 100).quantize(Decimal(1).scaleb(-min(len(places[1] or ""), 10)), ROUND_HALF_UP)
    # what was computed is shown with all places of the format; of what was typed nobody typed the zeros
    return f"{_plain(number * 100)}%" if shown == number * 100 else f"{shown:f}%"


def _plain(number: Decimal) -> str:
    """Without an exponent, and without zeros that nobody typed."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
