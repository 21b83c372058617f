"""Datasets drawn at random: frames of every sort, and rows that are missing, zero, negative, huge, or exactly on a threshold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from attrs import evolve
from hypothesis import strategies as st

from perfrules.language.whole import Cell, Days, Figures, Frame, Given, Inline, Rows, Texts
from perfrules.language.words import UNITS
from perfrules.model.interval import Interval
from perfrules.model.truth import Number
from perfrules.model.unit import NUMBER, PERCENT, RATIO, Kind, Unit
from perfrules.screening.questions import positions

MONEY = (
    "initial_budget",
    "carried_over",
    "adjustment",
    "adjusted_budget",
    "appropriated",
    "spent",
    "unspent",
    "forecast",
)
HUGE = 10**16
"""1e14 yuan in fen."""
BASES = (1, 10, 1000, 10**6, 10**8 + 20, HUGE)
ON_THRESHOLDS = sorted(
    {
        sign * (base * up // down + by)
        for base in BASES
        for up, down in ((0, 1), (3, 10), (1, 2), (1, 1), (2, 1))
        for by in (-1, 0, 1)
        for sign in (1,)
    }
)
WORDS = ("甲", "无", " 无\n", "", "spent", "甲乙项目", "家", "it's a+ -b", "\\d")
DAYS = (date(2022, 6, 29), date(2022, 6, 30), date(2022, 7, 1), date(1969, 12, 31), date(2024, 2, 29))
Draw = st.DrawFn
_SIX = Interval.point(Fraction(6))


def steps() -> st.SearchStrategy[int]:
    """Whole numbers of steps: mostly those that stand on a threshold of one another."""
    near = [each for each in ON_THRESHOLDS if abs(each) <= HUGE]
    return st.sampled_from(near) | st.sampled_from([0, 0, -1, -30, -HUGE]) | st.integers(-100, 10**7)


@st.composite
def datasets(draw: Draw) -> tuple[Frame, list[dict[str, object]]]:
    """A frame of departments with projects and targets, and a few departments."""
    frame = draw(frames())
    records = draw(st.lists(_record(frame, 0), min_size=1, max_size=4))
    return _bounded(draw, frame, records), records


@st.composite
def frames(draw: Draw) -> Frame:
    """A frame with some of the columns there may be; bounds and units differ."""
    money = draw(_money())
    rounded = draw(st.booleans())

    def cells(
        depth: int, prefix: str, names: tuple[str, ...], make: Callable[[tuple[int, str]], Cell]
    ) -> dict[str, Cell]:
        kept = draw(st.lists(st.sampled_from(names), unique=True, min_size=len(names) // 2))
        return {name: make((depth, prefix + name)) for name in kept}

    def amounts(depth: int, prefix: str) -> dict[str, Cell]:
        return cells(depth, prefix, MONEY, lambda read: evolve(money, read=read, rounded=rounded))

    def plain(unit: Unit, step: Fraction) -> Callable[[tuple[int, str]], Cell]:
        return lambda read: Figures(read, unit, step)

    def claims(depth: int, prefix: str, own: dict[str, Cell]) -> Inline:
        found = []
        for numerator in ("spent", "appropriated"):
            read = (depth, f"{prefix}{numerator}_rate")
            printed = Figures(read, PERCENT, Fraction(1, 10000), rounded=draw(st.booleans()))
            given = {
                "printed": printed,
                "numerator": own.get(numerator),
                "named_base": own.get("adjusted_budget"),
            }
            held = {name: cell for name, cell in given.items() if cell is not None}
            names = {"numerator_name": Given(numerator), "base_name": Given("adjusted_budget")}
            found.append(Frame("claim", depth, {**held, **names}, label=f"claims/{numerator}", present=read))
        return Inline(tuple(found), draw(st.booleans()))

    def rows(name: str, frame: Frame) -> dict[str, Rows | Inline]:
        told = draw(st.sampled_from([True, True, False, (frame.depth - 1, f"{name}_complete")]))
        return {name: Rows(name, frame, told)}

    measure = draw(st.sampled_from(["家", "元", "%", "", "text"]))
    of_measure: Callable[[tuple[int, str]], Cell] = Texts
    if measure != "text":
        unit = UNITS.get(measure, NUMBER)
        of_measure = plain(unit, unit.scale / draw(st.sampled_from([1, 100])))
    target = Frame(
        "target",
        2,
        cells(2, "t_", ("name", "unit"), Texts)
        | cells(2, "t_", ("planned", "actual", "expected"), of_measure)
        | cells(2, "t_", ("weight", "score"), plain(NUMBER, Fraction(1, draw(st.sampled_from([1, 100]))))),
    )
    own = amounts(1, "p_")
    project = Frame(
        "project",
        1,
        own
        | cells(1, "p_", ("name", "type"), Texts)
        | cells(1, "p_", ("starts_on", "ends_on"), Days)
        | {"goal_rate": Figures((1, "p_goal_rate"), RATIO, Fraction(1, 10000))}
        | {"execution_weight": Figures((1, "p_weight"), NUMBER, Fraction(1, 10))}
        | {"quantity": Figures((1, "p_quantity"), Unit(Kind.COUNT, ""), Fraction(1))},
        {},
        {"claims": claims(1, "p_", own), **rows("targets", target)},
    )
    lines = {}
    for name in ("total", "project"):
        own = amounts(0, f"{name}_")
        tables = {"claims": claims(0, f"{name}_", own)}
        lines[name] = Frame("line", 0, {"line": Given(name), **own}, {}, tables, name)
    month = (
        Given(Number(_SIX, _SIX, NUMBER))
        if draw(st.booleans())
        else Figures((0, "month"), NUMBER, Fraction(1))
    )
    return Frame(
        "department",
        0,
        {"month": month}
        | cells(0, "", ("name", "duties"), Texts)
        | cells(0, "", ("period_to", "filed_on"), Days)
        | cells(0, "", ("posts", "staff"), plain(Unit(Kind.COUNT, ""), Fraction(1))),
        lines,
        rows("projects", project),
    )


@st.composite
def _money(draw: Draw) -> Figures:
    unit = UNITS[draw(st.sampled_from(["元", "万元", "亿元"]))]
    return Figures((0, ""), unit, unit.scale / 10 ** draw(st.sampled_from([0, 2, 4])))


@st.composite
def _record(draw: Draw, frame: Frame, depth: int) -> dict[str, object]:
    found: dict[str, object] = {}
    for path in positions((frame,)):
        if path[-1].depth != depth:
            continue
        for cell in path[-1].cells.values():
            if not isinstance(cell, Given) and cell.read not in found and cell.read[0] == depth:
                found[cell.read[1]] = draw(st.none() | _value(cell))
        for name, table in path[-1].tables.items():
            if isinstance(table, Rows) and not isinstance(table.complete, bool):
                found[table.complete[1]] = draw(st.sampled_from([True, True, False, None]))
            if isinstance(table, Rows):
                found[name] = draw(st.lists(_record(table.frame, depth + 1), max_size=3))
    return found


def _value(cell: Cell) -> st.SearchStrategy[object]:
    match cell:
        case Texts():
            return st.sampled_from(WORDS)
        case Days():
            return st.sampled_from(DAYS)
        case _:
            return steps()


def _bounded(draw: Draw, frame: Frame, records: list[dict[str, object]]) -> Frame:
    """The frame with what statistics would tell of its columns: nothing, their type, or their least and greatest."""
    held: dict[str, list[object]] = {}

    def gather(record: dict[str, object]) -> None:
        for name, value in record.items():
            if isinstance(value, list):
                for each in value:
                    gather(each)
            else:
                held.setdefault(name, []).append(value)

    for record in records:
        gather(record)
    told = draw(st.sampled_from(["nothing", "type", "statistics", "statistics"]))
    known = told == "statistics"
    bounds: dict[str, tuple[int | None, int | None, bool]] = {}
    for name, values in held.items():
        numbers = [each for each in values if isinstance(each, int)]
        if known:
            bounds[name] = (min(numbers, default=0), max(numbers, default=0), None not in values)
        else:
            bounds[name] = (None, None, False) if told == "nothing" else (-(2**63), 2**63 - 1, False)
    if known:
        bounds = {name: bounds.get(name, (0, 0, True)) for name in [*bounds]}

    def cell_of(cell: Cell) -> Cell:
        if not isinstance(cell, Figures) or cell.read[1] not in bounds:
            return cell
        low, high, is_known = bounds[cell.read[1]]
        return evolve(cell, low=low, high=high, is_known=is_known)

    def frame_of(each: Frame) -> Frame:
        tables: dict[str, Rows | Inline] = {
            name: evolve(table, frame=frame_of(table.frame))
            if isinstance(table, Rows)
            else evolve(table, frames=tuple(map(frame_of, table.frames)))
            for name, table in each.tables.items()
        }
        return evolve(
            each,
            cells={name: cell_of(cell) for name, cell in each.cells.items()},
            members={name: frame_of(member) for name, member in each.members.items()},
            tables=tables,
        )

    return frame_of(frame)
