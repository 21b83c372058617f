"""One cell of a workbook as the text that stands in it: what is shown, from the value kept and its number format.

A cell keeps a binary fraction; the shortest decimal that gives the same fraction is what was typed, and of a ratio that was
computed only the places that its format shows are printed.
"""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from attrs import frozen

from perfrules.documents.number_formats import plain, rendered, text_rendered

_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
"""The digits that a spreadsheet program keeps: what is beyond is the noise of binary fractions."""


@frozen
class Shown:
    """The text that a reader of the sheet sees in a cell.

    `places` are the decimal places by which a number is shown smaller than it is kept: 4 where 3270000 is shown as 327.0000.
    Where it cannot be told what is shown, or nothing is, `is_sure` is false and the text is what is kept.
    """

    text: str
    places: int = 0
    is_sure: bool = True


def as_kept(value: object, number_format: str = "General") -> str:
    """The text of a cell as it was typed; a percent format makes 0.35 35%, a date is written 2025-07-20.

    Empty for an empty cell, and for what is no text, number, truth value, date or time.
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, int | float):
        return ""
    number = Decimal(repr(value))
    return f"{plain(number * 100)}%" if "%" in number_format else plain(number)


def as_shown(value: object, number_format: str = "General") -> Shown:
    """The text of a cell as a reader of the sheet sees it: a ratio with the places its format shows, rounded half away from zero.

    Otherwise as `as_kept`, with the words that the format adds, and without the noise that computing with binary fractions
    leaves beyond the fifteenth digit.
    """
    if isinstance(value, str):
        said = text_rendered(value.strip(), number_format)
        is_lost = said is None and any(each.isdigit() for each in value)
        return Shown(value.strip() if said is None else said, is_sure=not is_lost)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return Shown(as_kept(value, number_format))
    number = _FIFTEEN.create_decimal(Decimal(repr(value)))
    shown = rendered(number, number_format)
    return Shown(plain(number), is_sure=False) if shown is None else Shown(shown.text, shown.places)
