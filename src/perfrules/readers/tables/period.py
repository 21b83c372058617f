"""The reporting period of a table: from its titles, its headings and its columns; 2023年, 1—7月执行数, 截至9月30日, 20240630.

Nothing is assumed: months and a year have to be printed, or a title that names a whole year on a table of a closed year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import frozen

from perfrules.documents.sheet import Cell
from perfrules.readers.tables.header import Rows
from perfrules.readers.tables.taken import Taken, bare

_YEAR = re.compile(r"(20\d\d)年")
_MONTHS = re.compile(r"(\d{1,2})月?(?:份)?[—–\-~～至到]+(\d{1,2})月")
_NAMED = (
    ("上半年", (1, 6)),
    ("前三季度", (1, 9)),
    ("三季度末", (1, 9)),
    ("全年执行", (1, 12)),
    ("一季度", (1, 3)),
)
_DAY = re.compile(r"截[至止](?:到)?(20\d\d)年(\d{1,2})月(?:(\d{1,2})日|底|末)?")
_END = re.compile(r"截[至止](?:到)?(?:(20\d\d)年)?(\d{1,2})月(?:(\d{1,2})日|底|末)")
_STAMP = re.compile(r"(20\d\d)[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
_MONITORS = re.compile("监控|监测|运行|预警|半年|季度|进度")
_WHOLE_YEAR = re.compile(r"(20\d\d)年度")
_CLOSED = re.compile("自评|评价|决算")
_PLANS = re.compile("申报|绩效目标表")
_FILED = re.compile(r"(?:填报|填表|报送|制表|填写)(?:日期|时间)[：:]?\s*(20\d\d)\D{1,2}(\d{1,2})")
_ENDS = re.compile("(?:监控|数据|统计)?截[至止](?:日期|时间)|统计(?:日期|截止)|数据日期")
_SPANS = re.compile("(?:监控|统计|报告|评价)(?:期间|时段|周期|区间)|期间")
_YEARS = re.compile("(?:预算|项目|监控|会计)?年度|年份")
Months = tuple[int, int]


_DAYS = re.compile(r"(20\d\d)年(\d{1,2})月(?:1日)?[—–\-~～至到]+(?:(20\d\d)年)?(\d{1,2})月(?:(\d{1,2})日)?")
_QUARTERS = (
    ("一季度", (1, 3)),
    ("二季度", (4, 6)),
    ("三季度", (7, 9)),
    ("四季度", (10, 12)),
    ("下半年", (7, 12)),
)


def spans_of(heading: str) -> list[Months]:
    """The parts of a year that a heading names: ranges of months, quarters, halves and single months."""
    text = "".join(heading.split())
    if told := months_of(text):
        return told
    named = [months for words, months in _QUARTERS if words in text]
    single = [
        (int(month), int(month))
        for month in re.findall(r"(?<![\d—–\-~～至到月])(\d{1,2})月(?![\d底末前])", text)
    ]
    return [*named, *(each for each in single if 1 <= each[0] <= 12)]


def _plain(found: re.Match[str]) -> str:
    """From day to day as a range of months, where both ends are those of months of one year."""
    year, first, other, last, day = found.groups()
    is_one = other in (None, year) and 1 <= int(last) <= 12
    is_end = not day or (is_one and int(day) == monthrange(int(year), int(last))[1])
    return f"{year}年{first}-{last}月" if is_one and is_end else "、"


def months_of(text: str) -> list[Months]:
    """The ranges of months that a text names."""
    text = _DAYS.sub(_plain, "".join(text.split()))
    ranges = [(int(first), int(last)) for first, last in _MONTHS.findall(text)]
    ranges += [(1, int(month)) for _, month, day in _END.findall(text)]
    named = [months for words, months in _NAMED if words in text]
    return [each for each in (*ranges, *named) if 1 <= each[0] <= each[1] <= 12]


@frozen
class Known:
    """What is known of the time that a table is of, while its columns are told apart: its months, and its year."""

    months: Months | None = None
    year: int | None = None


@frozen
class Told:
    """Where a table may tell its period: its titles, its headings, the cells below each of them, and all its rows."""

    titles: Sequence[Cell]
    headings: Sequence[Cell]
    columns: Mapping[str, Sequence[Cell]]
    rows: Rows

    @property
    def spans(self) -> list[Cell]:
        """The cells of a column of periods."""
        return [cell for words, cells in self.columns.items() if _SPANS.fullmatch(words) for cell in cells]


def period_of(told: Told, taken: Taken) -> Mapping[str, str] | None:
    """First and last day, where one year and one range of months are told; their place is noted."""
    if found := _day_told(told):
        return _noted(*found, taken)
    year = _year(told)
    own = [(months, cell) for cell in (*told.spans, *told.titles) for months in months_of(cell.text)]
    over = [(months, cell) for cell in told.headings for months in spans_of(cell.text)]
    if own:
        of = _single(own)
        several = {months for months, _ in over}
        if of is not None and len(several) == 1 and of[0] not in several:  # the one says this, the other that
            return None
    else:
        of = _single(over) if over or year is None else _whole_year(told, year)
    if of is None or year is None:
        return None
    (first, last), cell = of
    return _noted(date(year, first, 1), date(year, last, monthrange(year, last)[1]), cell, taken)


def _noted(first: date, last: date, cell: Cell, taken: Taken) -> Mapping[str, str]:
    for end in ("/period/from", "/period/to"):
        taken.put(end, cell)
    return {"from": first.isoformat(), "to": last.isoformat()}


def _single(told: Iterable[tuple[Months, Cell]]) -> tuple[Months, Cell] | None:
    """The range of months that is told, where there is one."""
    found: dict[Months, Cell] = {}
    for months, cell in told:
        found.setdefault(months, cell)
    return next(iter(found.items())) if len(found) == 1 else None


def known_of(titles: Sequence[Cell], headings: Sequence[Cell] = ()) -> Known:
    """The months and the year of a table by its titles; by the headings where no title names months, and all say the same."""
    own = {months for cell in titles for months in months_of(cell.text)}
    over = {months for cell in headings for months in months_of(cell.text)}
    told = own or over
    years = {int(year) for cell in titles for year in _YEAR.findall(bare(cell))}
    return Known(next(iter(told)) if len(told) == 1 else None, next(iter(years)) if len(years) == 1 else None)


def _year(told: Told) -> int | None:
    """The one year that titles and headings name; else the one in a column of years."""
    cells = (*told.spans, *told.titles, *told.headings)
    years = {year for cell in cells for year in _YEAR.findall(bare(cell))}
    for words, below in told.columns.items() if not years else ():
        if _YEARS.fullmatch(words):
            years |= {found[1] for cell in below if (found := re.fullmatch(r"(20\d\d)年?度?", bare(cell)))}
    return int(years.pop()) if len(years) == 1 else None


def _whole_year(told: Told, year: int) -> tuple[Months, Cell] | None:
    """The whole year, where the title names it as one and nothing says that the table is of a part of it."""
    said = [bare(cell) for cell in told.titles]
    is_plan = any(map(_PLANS.search, said))
    if any(map(_MONITORS.search, said)) or (not is_plan and _is_filed_in(told.rows, year)):
        return None
    pattern = _YEAR if is_plan or any(map(_CLOSED.search, said)) else _WHOLE_YEAR
    cell = next((cell for cell in told.titles if pattern.search(bare(cell))), None)
    return ((1, 12), cell) if cell is not None else None


def _is_filed_in(rows: Rows, year: int) -> bool:
    """Whether the table was filled in before that year had ended."""
    filed = (found for row in rows for cell in row for found in _FILED.findall(bare(cell)))
    return any((int(of), int(month)) < (year, 12) for of, month in filed)


def _day_told(told: Told) -> tuple[date, date, Cell] | None:
    """From the first day of the year to the cut-off that the title names, or a column of one date."""
    days: dict[date, Cell] = {}
    for cell in told.titles:
        for year, month, day in _DAY.findall(bare(cell)):
            _add(days, cell, year, month, day)
    for words, cells in told.columns.items():
        for cell in cells if _ENDS.fullmatch(words) else ():
            if found := _STAMP.fullmatch(bare(cell)):
                _add(days, cell, *found.groups())
    if len(days) != 1:
        return None
    ((last, cell),) = days.items()
    others = {months for each in told.titles for months in months_of(each.text)} - {(1, last.month)}
    return None if others else (date(last.year, 1, 1), last, cell)


def _add(days: dict[date, Cell], cell: Cell, year: str, month: str, day: str) -> None:
    if not 1 <= int(month) <= 12:
        return
    length = monthrange(int(year), int(month))[1]
    if 1 <= int(day or length) <= length:
        days.setdefault(date(int(year), int(month), int(day or length)), cell)
