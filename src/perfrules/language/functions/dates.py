"""Functions of dates: days and months between two, and the parts of one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from fractions import Fraction

from perfrules.language.values import point
from perfrules.model.truth import Value
from perfrules.model.unit import DAY, MONTH, NUMBER


def days_between(start: date, end: date) -> Value:
    """Days from one date to another; negative backwards."""
    return point(Fraction((end - start).days), DAY)


def months_between(start: date, end: date) -> Value:
    """Whole calendar months from one date to another; negative backwards.

    The last day of a month completes it: from 31 January to 28 February is one month.
    """
    if end < start:
        return point(Fraction(-_months(end, start)), MONTH)
    return point(Fraction(_months(start, end)), MONTH)


def year_of(day: date) -> Value:
    """The year of a date."""
    return point(Fraction(day.year), NUMBER)


def month_of(day: date) -> Value:
    """The month of a date, 1 to 12."""
    return point(Fraction(day.month), NUMBER)


def months_ended(day: date) -> Value:
    """How many months of its year have ended by the end of a day: 6 on 30 June, 5 on 29 June."""
    last = day.day == monthrange(day.year, day.month)[1]
    return point(Fraction(day.month if last else day.month - 1), NUMBER)


def _months(start: date, end: date) -> int:
    months = 12 * (end.year - start.year) + end.month - start.month
    at_month_end = end.day == monthrange(end.year, end.month)[1]
    return months - (end.day < start.day and not at_month_end)
