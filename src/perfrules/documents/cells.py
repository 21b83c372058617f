"""One cell of a workbook as the text that stands in it: what is shown, from the value kept and its number format.

A cell keeps a binary fraction; the shortest decimal that gives the same fraction is what was typed.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal


def as_shown(value: object, number_format: str = "General") -> str:
    """The text of a cell; a percent format makes 0.35 35%, a date is written 2025-07-20.

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


def _plain(number: Decimal) -> str:
    """Without an exponent, and without zeros that nobody typed."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
