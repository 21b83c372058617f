"""Facts in every state, and whole trees of subjects: tables complete, partial and unknown, lines that are there or not."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from perfrules.location import Location
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Qualifier, Quantity, printed_quantity
from perfrules.model.subject import Completeness, Field, Subject, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.unit import DAY, MONEY_UNITS, MONTH, NUMBER, PER_MILLE, PERCENT, Kind, Unit

_COUNTED = tuple(Unit(Kind.COUNT, word) for word in ("家", "人", "期"))
_UNITS = (
    *(MONEY_UNITS[name] for name in ("元", "万元", "亿元")),
    PERCENT,
    PER_MILLE,
    NUMBER,
    DAY,
    MONTH,
    *_COUNTED,
)
_WORDS = ("", "无", "甲项目", "合同未到期", "total", "project", "家", "%")
_QUALIFIED = (Qualifier.EXACT, Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.ABOUT)


def units(kind: Kind | None = None) -> st.SearchStrategy[Unit]:
    """Units that reports print, of one kind or of any."""
    return st.sampled_from([unit for unit in _UNITS if kind in (None, Kind.MEASURE, unit.kind)])


@st.composite
def printed(draw: st.DrawFn, kind: Kind | None = None, *, signed: bool = False) -> Quantity:
    """Printed quantities of a kind: whole and with decimals, zero too, exact and with 余, 以上, 不足 or 约."""
    digits = draw(
        st.decimals(0, 10**6, places=2).map(str)
        | st.integers(0, 999).map(str)
        | st.sampled_from(["0.00", "0"])
    )
    sign = draw(st.sampled_from(["", "-"])) if signed else ""
    ends = draw(st.booleans())
    return printed_quantity(
        sign + digits, draw(units(kind)), draw(st.sampled_from(_QUALIFIED)), open_ended=ends
    )


@st.composite
def facts(draw: st.DrawFn, field: Field) -> Fact:
    """A fact of a field, of the field's kind as a rule, in any state; conflicting ones have a witness."""
    value = draw(_values(field))
    state = draw(
        st.sampled_from(
            [State.PRINTED] * 4 + [State.DERIVED, State.ASSUMED, State.SUSPECT, State.CONFLICTING]
        )
    )
    place = Location("报告.txt", f"¶{draw(st.integers(1, 9))}") if state is not State.ASSUMED else None
    other = (Fact(field.name, draw(_values(field)), location=place),) if state is State.CONFLICTING else ()
    return Fact(field.name, value, state, place, witnesses=other)


def _values(field: Field) -> st.SearchStrategy[Quantity | str | date]:
    texts, days = st.sampled_from(_WORDS), st.dates(date(2022, 6, 28), date(2022, 7, 2))
    match field.kind:
        case Kind.TEXT:
            return texts
        case Kind.DATE:
            return days
        case Kind.MEASURE:
            return printed(signed=True) | texts | days
        case _:
            return printed(field.kind, signed=not field.nonnegative)


@st.composite
def subjects(draw: st.DrawFn, subject_type: str = "department", number: int = 0, depth: int = 2) -> Subject:
    """A subject of a core type with some of its facts, members and tables, down to `depth` tables in one another."""
    kind = CORE_TYPES[subject_type]
    fields = draw(st.lists(st.sampled_from(kind.fields), max_size=6, unique_by=lambda field: field.name))
    own = {field.name: draw(facts(field)) for field in fields}
    tables, members = {}, {}
    for table in kind.tables if depth else ():
        if draw(st.booleans()):
            rows = [draw(subjects(table.row, each, depth - 1)) for each in range(draw(st.integers(0, 2)))]
            tables[table.name] = Table(tuple(rows), draw(st.sampled_from(Completeness)))
    for name, (member, _) in kind.members.items():
        if draw(st.booleans()):
            members[name] = draw(subjects(member, 0, 0))
    name = f"{subject_type}:{number}"
    return Subject(subject_type, name, name, own, tables, members)
