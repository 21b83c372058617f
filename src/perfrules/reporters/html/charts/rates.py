"""How far money is spent, as exact shares; and the county's departments by that share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import frozen

from perfrules.language import shown
from perfrules.language.amounts import fixed
from perfrules.model.interval import Interval
from perfrules.model.quantity import Quantity
from perfrules.model.report import Report
from perfrules.model.subject import Subject
from perfrules.model.truth import Lack, Number, Reason, Unknown
from perfrules.model.unit import RATIO
from perfrules.reporters.html.charts.svg import box, drawing, line, words
from perfrules.reporters.html.markup import Markup, element
from perfrules.reporters.html.wording import Say

BINS = 10
WIDTH, HEIGHT, LEFT, FLOOR, ROOM = 420, 190, 12, 150, 110
STEP, APART = 31, 24


@frozen
class Chart:
    """A drawing, and the table of its numbers."""

    figure: Markup
    numbers: Markup


def rate_of(subject: Subject) -> Number | Unknown:
    """Spending over adjusted budget; unknown, with why, where either is missing, in doubt or not exact, or the budget is none."""
    spent, budget = _exact(subject, "spent"), _exact(subject, "adjusted_budget")
    lacks = [each for each in (spent, budget) if isinstance(each, Lack)]
    if isinstance(spent, Lack) or isinstance(budget, Lack):
        return Unknown(tuple(lacks))
    if budget <= 0:
        return Unknown((Lack(Reason.ZERO_DIVISOR, subject.id, "adjusted_budget"),))
    rate = Interval.point(spent / budget)
    return Number(rate, rate, RATIO)


def _exact(subject: Subject, field: str) -> Fraction | Lack:
    fact = subject.facts.get(field)
    if fact is None or not isinstance(fact.value, Quantity):
        return next(iter(subject.lacks.get(field, ())), Lack(Reason.MISSING, subject.id, field))
    if fact.doubt:
        return Lack(fact.doubt, subject.id, field)
    return Lack(Reason.APPROXIMATE, subject.id, field) if fact.value.exact is None else fact.value.exact


def exact_rate(subject: Subject | None) -> Fraction | None:
    """The share where it is a single number."""
    value = rate_of(subject) if subject is not None else None
    return value.interval.exact if isinstance(value, Number) else None


def total_of(report: Report) -> Subject | None:
    """The department's line of everything."""
    return report.submission.department.members.get("total")


def distribution(reports: Sequence[Report], say: Say) -> Chart:
    """Departments by how much of their adjusted budget is spent, those that cannot be told first; each once, by its last period."""
    last = last_of_each(reports)
    rates = [exact_rate(total_of(each)) for each in last]
    counts = [sum(rate is None for rate in rates)]
    counts += [sum(rate is not None and _bin(rate) == at for rate in rates) for at in range(BINS + 1)]
    names = [
        say("未知", "n/a"),
        *(f"{at * 10}–{at * 10 + 10}%" for at in range(BINS)),
        say("100%以上", "100% up"),
    ]
    title = say("各部门执行率的分布", "Departments by share spent")
    listed = "; ".join(f"{name}: {count}" for name, count in zip(names, counts, strict=True) if count)
    expected = _expected(last)
    about = say(
        "实际支出占调整预算的比例, 部门个数: ", "Spending over adjusted budget, number of departments: "
    )
    chart = drawing(
        "rates", WIDTH, HEIGHT, title, about + listed, _bars(counts, names, say), _line(expected, say)
    )
    rows = (element("tr", element("th", name, scope="row"), element("td", count)) for name, count in zip(names, counts, strict=True))  # fmt: skip
    heads = (say("执行率", "Share spent"), say("部门数", "Departments"))
    once = say("一个部门有几份的, 取期末最晚的一份。", "Of a department that filed more than once the last period counts.")  # fmt: skip
    note = element("p", once, class_="note") if len(last) < len(reports) else None
    return Chart(
        element("figure", element("figcaption", title), chart, note),
        data_table(title, heads, list(rows), say),
    )


def last_of_each(reports: Sequence[Report]) -> list[Report]:
    """One report for each department: of the last period, and of those of one period one whose share is known.

    Those whose department was not recognised are each by themselves.
    """

    def lateness(report: Report) -> tuple[date, bool]:
        return report.period[1] or date.min, exact_rate(total_of(report)) is not None

    found: dict[str | int, Report] = {}
    for at, each in enumerate(reports):
        key = each.department or at
        if key not in found or lateness(each) > lateness(found[key]):
            found[key] = each
    return list(found.values())


def _bin(rate: Fraction) -> int:
    """The bin of a share: its lower end belongs to it, and all from 100 % on are one."""
    return max(0, min(int(rate * BINS), BINS))


def _bars(counts: Sequence[int], names: Sequence[str], say: Say) -> list[Markup]:
    most = max(*counts, 1)
    parts = [line(LEFT, FLOOR, WIDTH - LEFT, FLOOR, "axis")]
    for at, (count, name) in enumerate(zip(counts, names, strict=True)):
        x = LEFT + at * STEP + (at > 0) * APART
        tall = Fraction(count * ROOM, most)
        if count:
            parts.append(box(x + 3, FLOOR - tall, STEP - 6, tall, "unknown" if at == 0 else "bar"))
            parts.append(words(x + Fraction(STEP, 2), FLOOR - tall - 5, str(count), "count", "middle"))
        if at in (0, BINS + 1):
            said = name if at == 0 else "≥100%"
            parts.append(words(x + Fraction(STEP, 2), FLOOR + 16, said, "tick", "middle"))
        elif at % 2 == 1:
            parts.append(words(x, FLOOR + 16, f"{(at - 1) * 10}%", "tick", "middle"))
    parts.append(
        words(
            Fraction(WIDTH, 2),
            FLOOR + 36,
            say("实际支出 ÷ 调整预算", "Spent ÷ adjusted budget"),
            "tick",
            "middle",
        )
    )
    return parts


def _expected(reports: Sequence[Report]) -> Fraction | None:
    """How far the departments should be of which that is known, where it is the same for all of them."""
    found = set()
    for total in map(total_of, reports):
        fact = total.facts.get("expected_progress") if total is not None else None
        if fact is not None and isinstance(fact.value, Quantity):
            found.add(fact.value.exact)
    return found.pop() if len(found) == 1 else None


def _line(expected: Fraction | None, say: Say) -> list[Markup]:
    if expected is None or not 0 <= expected <= 1:
        return []
    x = LEFT + STEP + APART + expected * BINS * STEP
    said = f"{say('应达', 'expected')} {fixed(expected * 100, 0)}%"
    return [line(x, 18, x, FLOOR, "expected"), words(x, 13, said, "tick", "middle")]


def data_table(title: str, heads: Sequence[str], rows: Sequence[Markup], say: Say) -> Markup:
    """The numbers of a chart as a table, folded."""
    head = element("thead", element("tr", (element("th", each, scope="col") for each in heads)))
    table = element("table", element("caption", title), head, element("tbody", rows))
    wide = element("div", table, class_="wide", role="group", aria_label=title, tabindex=0)
    return element(
        "details", element("summary", f"{say('数据表', 'the numbers')}: {title}"), wide, class_="numbers"
    )


def rate_said(value: Number | Unknown, say: Say) -> str:
    """A share as people read it, or what is lacking."""
    return shown(value, say.language)
