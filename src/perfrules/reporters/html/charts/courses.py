"""Spending beside the course of the year: for each line and project how far it should be month by month, and where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import frozen

from perfrules.language import shown
from perfrules.language.amounts import fixed
from perfrules.model.project_report import Course
from perfrules.model.quantity import Quantity
from perfrules.model.report import Report
from perfrules.model.subject import Subject
from perfrules.model.truth import Number, Unknown, Value
from perfrules.reporters.html.charts.rates import data_table, exact_rate, rate_of, rate_said
from perfrules.reporters.html.charts.svg import Length, at, drawing, line, words
from perfrules.reporters.html.markup import Markup, element
from perfrules.reporters.html.wording import Say
from perfrules.reporters.words import subject_said

WIDTH, HEIGHT = 340, 176
LEFT, RIGHT, TOP, FLOOR = 42, 328, 30, 148
RADIUS = 5


@frozen
class Drawn:
    """A course that can be drawn: the shares expected at the ends of months, where spending is, and where it should be."""

    course: Course
    rate: Fraction
    expected: Fraction
    day: date


def courses_markup(report: Report, prefix: str, level: int, say: Say) -> Markup | None:
    """A chart for each line and project whose spending and course are known, and the numbers of all of them."""
    if not report.courses:
        return None
    subjects = {path[-1].id: path[-1] for path in report.submission.walk()}
    drawn = [found for each in report.courses if (found := _drawn(each, subjects, report)) is not None]
    charts = (_chart(each, f"{prefix}c{number}", say) for number, each in enumerate(drawn, 1))
    title = say("支出与应达进度", "Spending beside the expected course")
    left = len(report.courses) - len(drawn)
    told = say(
        f"{left} 项缺少数据, 没有画图, 见数据表。",
        f"{left} more lack figures and are not drawn; see the numbers.",
    )
    return element(
        "section",
        element(f"h{level}", title),
        element("div", charts, class_="charts") if drawn else None,
        element("p", told, class_="note") if left else None,
        _numbers(report, subjects, title, say),
        class_="courses",
        id=f"{prefix}courses",
    )


def _drawn(course: Course, subjects: Mapping[str, Subject], report: Report) -> Drawn | None:
    subject = subjects.get(course.subject.id)
    day = report.period[1]
    rate = exact_rate(subject)
    fact = subject.facts.get("expected_progress") if subject is not None else None
    expected = fact.value.exact if fact is not None and isinstance(fact.value, Quantity) else None
    if rate is None or expected is None or day is None or rate < 0:
        return None
    return Drawn(course, rate, expected, day)


def _chart(drawn: Drawn, id: str, say: Say) -> Markup:
    name = subject_said(drawn.course.subject, say.language)
    actual, expected = _percent(drawn.rate), _percent(drawn.expected)
    title = say(f"{name}: 支出与应达进度", f"{name}: spending beside the expected course")
    about = say(
        f"截至{drawn.day}, 实际支出占调整预算{actual}, 应达进度{expected}。",
        f"By {drawn.day}, {actual} of the adjusted budget was spent; expected was {expected}.",
    )
    top = max(Fraction(1), Fraction(-(-drawn.rate * 4 // 1), 4))
    x, y = _x(drawn.day), _y(drawn.rate, top)
    parts = (
        _axes(top, say),
        element("path", d=_path(drawn.course, top), class_="course"),
        line(x, y, x, _y(drawn.expected, top), "gap"),
        element("path", d=_diamond(x, _y(drawn.expected, top)), class_="due"),
        element("circle", cx=at(x), cy=at(y), r=RADIUS, class_="actual"),
        _legend(actual, expected, say),
    )
    return element("figure", element("figcaption", name), drawing(id, WIDTH, HEIGHT, title, about, parts))


def _legend(actual: str, expected: str, say: Say) -> list[Markup]:
    return [
        element("circle", cx=at(LEFT + 6), cy="12", r=RADIUS, class_="actual"),
        words(LEFT + 16, 16, f"{say('实际', 'spent')} {actual}", "key"),
        element("path", d=_diamond(LEFT + 146, 12), class_="due"),
        words(LEFT + 156, 16, f"{say('应达', 'expected')} {expected}", "key"),
    ]


def _axes(top: Fraction, say: Say) -> list[Markup]:
    parts = []
    for share in (Fraction(0), top / 2, top):
        y = _y(share, top)
        parts += [line(LEFT, y, RIGHT, y, "axis" if share == 0 else "guide")]
        parts += [words(LEFT - 5, y + 4, _percent(share, 0), "tick", "end")]
    for month in (3, 6, 9, 12):
        x = LEFT + Fraction(month, 12) * (RIGHT - LEFT)
        parts += [line(x, FLOOR, x, FLOOR + 4, "axis")]
        parts += [
            words(x, FLOOR + 18, say(f"{month}月", f"m{month}"), "tick", "middle" if month < 12 else "end")
        ]
    return parts


def _path(course: Course, top: Fraction) -> str:
    """The course through the ends of the months; it breaks off where it is not known."""
    commands: list[str] = []
    known: Fraction | None = Fraction(0)
    place: tuple[Length, Length] = (LEFT, FLOOR)
    for day, trace in course.points:
        share = _share(trace.value)
        if share is not None:
            if known is not None and (not commands or commands[-1] == ""):
                commands[-1:] = [f"M{at(place[0])} {at(place[1])}"]
            place = (_x(day), _y(share, top))
            commands.append(f"{'L' if known is not None else 'M'}{at(place[0])} {at(place[1])}")
        known = share
    return "".join(commands)


def _share(value: Value) -> Fraction | None:
    return value.interval.exact if isinstance(value, Number) else None


def _x(day: date) -> Fraction:
    """The place of a day in its year."""
    first = date(day.year, 1, 1)
    days = (date(day.year, 12, 31) - first).days + 1
    return LEFT + Fraction((day - first).days + 1, days) * (RIGHT - LEFT)


def _y(share: Fraction, top: Fraction) -> Fraction:
    return FLOOR - min(share, top) / top * (FLOOR - TOP)


def _diamond(x: Length, y: Length) -> str:
    return f"M{at(x - 6)} {at(y)}L{at(x)} {at(y - 6)}L{at(x + 6)} {at(y)}L{at(x)} {at(y + 6)}Z"


def _percent(share: Fraction, places: int = 2) -> str:
    return f"{fixed(share * 100, places)}%"


def _numbers(report: Report, subjects: Mapping[str, Subject], title: str, say: Say) -> Markup:
    months = [say(f"{day.month}月末", f"end of m{day.month}") for day, _ in report.courses[0].points]
    heads = [say("对象", "Subject"), say("执行率", "Share spent"), say("应达进度", "Expected"), *months]
    rows = [_row(each, subjects, say) for each in report.courses]
    return data_table(title, heads, rows, say)


def _row(course: Course, subjects: Mapping[str, Subject], say: Say) -> Markup:
    subject = subjects.get(course.subject.id)
    rate = rate_of(subject) if subject is not None else Unknown(())
    fact = subject.facts.get("expected_progress") if subject is not None else None
    due = fact.trace.value if fact is not None and fact.trace is not None else _lacking(subject)
    cells: Sequence[str] = [rate_said(rate, say), _due(due, say), *(_month(trace.value, say) for _, trace in course.points)]  # fmt: skip
    name = subject_said(course.subject, say.language)
    return element("tr", element("th", name, scope="row"), (element("td", each) for each in cells))


def _due(value: Value, say: Say) -> str:
    """What is expected at the cut-off, or what is lacking to say so."""
    share = _share(value)
    return shown(value, say.language) if share is None else _percent(share)


def _month(value: Value, say: Say) -> str:
    share = _share(value)
    return say("未知", "n/a") if share is None else _percent(share)


def _lacking(subject: Subject | None) -> Unknown:
    return Unknown(subject.lacks.get("expected_progress", ()) if subject is not None else ())
