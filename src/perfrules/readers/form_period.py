"""The reporting period of a table, from its title and its headings: 2023年, 1—7月执行数."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, MutableMapping, Sequence

from perfrules.documents.sheet import Cell
from perfrules.location import Location

_YEAR = re.compile(r"(20\d\d)\s*年")
_MONTHS = re.compile(r"(\d{1,2})\s*月?\s*[—–\-~～至到]\s*(\d{1,2})\s*月")
_NAMED = (("上半年", (1, 6)), ("前三季度", (1, 9)), ("全年执行", (1, 12)), ("一季度", (1, 3)))


def period_of(cells: Sequence[Cell], places: MutableMapping[str, Location]) -> Mapping[str, str] | None:
    """First and last day, where the cells name one year and one range of months; their place is noted."""
    years = {year for cell in cells for year in _YEAR.findall(cell.text)}
    told = {months: cell for cell in reversed(cells) for months in _months(cell.text)}
    if len(years) != 1 or len(told) != 1:
        return None
    (year,), ((first, last), cell) = years, next(iter(told.items()))
    places.update({"/period/from": cell.location, "/period/to": cell.location})
    return {
        "from": f"{year}-{first:02}-01",
        "to": f"{year}-{last:02}-{monthrange(int(year), last)[1]}",
    }


def _months(text: str) -> list[tuple[int, int]]:
    ranges = [(int(first), int(last)) for first, last in _MONTHS.findall(text)]
    named = [months for words, months in _NAMED if words in text]
    return [each for each in (*ranges, *named) if 1 <= each[0] <= each[1] <= 12]
