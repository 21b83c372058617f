"""Conditions asked of every kind of subject: departments over projects and targets, claims, dates, texts, choices.

`asked_conditions` gives pairs of a subject type and a well-typed condition; `PARAMETERS` are the parameters they may use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hypothesis import reject
from hypothesis import strategies as st

from perfrules.errors import ExpressionError
from perfrules.language import Scope, check
from perfrules.model.subject_types import CORE_TYPES, MONEY_FIELDS
from perfrules.model.unit import Kind

PARAMETERS: Mapping[str, str] = {
    "floor": "30%",
    "least": "0.5万元",
    "few": "2",
    "day": "2022-06-30",
    "words": '["甲", "无"]',
    "steps": "[10%, 30%, 100%]",
}
"""Parameters by name, as expressions; two are lists."""
_KINDS = {"floor": Kind.RATIO, "least": Kind.MONEY, "few": Kind.NUMBER, "day": Kind.DATE, "words": Kind.TEXT}
_MONEY = tuple(each.name for each in MONEY_FIELDS)
_FIELDS: Mapping[str, Mapping[Kind, tuple[str, ...]]] = {
    "department": {
        Kind.MONEY: tuple(f"{line}.{name}" for line in ("total", "project") for name in _MONEY[3:6]),
        Kind.COUNT: ("posts", "staff"),
        Kind.NUMBER: ("month",),
        Kind.DATE: ("period_to", "filed_on"),
        Kind.TEXT: ("name", "duties"),
    },
    "line": {Kind.MONEY: _MONEY, Kind.TEXT: ("line", "reason"), Kind.COUNT: ("department.posts",)},
    "claim": {
        Kind.MONEY: ("numerator", "named_base"),
        Kind.RATIO: ("printed",) * 3,
        Kind.TEXT: ("numerator_name", "base_name"),
    },
    "project": {
        Kind.MONEY: (*_MONEY, "project.spent", "department.total.adjusted_budget"),
        Kind.RATIO: ("goal_rate",),
        Kind.COUNT: ("quantity",),
        Kind.NUMBER: ("execution_weight",),
        Kind.DATE: ("starts_on", "ends_on"),
        Kind.TEXT: ("name", "type"),
    },
    "target": {
        Kind.MONEY: ("project.spent",),
        Kind.NUMBER: ("weight", "score"),
        Kind.TEXT: ("name", "unit"),
        Kind.MEASURE: ("planned", "actual", "expected"),
    },
}
_ROWS = {
    "department": (("projects", "project"),) * 3 + (("project.claims", "claim"),),
    "line": (("claims", "claim"),),
    "project": (("targets", "target"),) * 3 + (("claims", "claim"),),
}
"""Tables by the subject type above, with the type of their rows; the more often, the likelier."""
_LITERALS: Mapping[Kind, tuple[str, ...]] = {
    Kind.MONEY: ("0元", "1元", "0.01元", "3万元", "1000亿元", "$least"),
    Kind.RATIO: ("0%", "30%", "100%", "19.77%", "0.005%", "$floor"),
    Kind.NUMBER: ("0", "1", "3", "0.5", "$few"),
    Kind.COUNT: ("0", "2", "3家"),
    Kind.DAYS: ("0天", "30天"),
    Kind.DATE: ("2022-06-30", "$day"),
    Kind.TEXT: ('"甲"', '"无"', '"spent"', '"it\'s a+ -b"', '""'),
    Kind.MEASURE: ("3", "30%", "1万元", "3家"),
}
_RELATIONS = ("<", "<=", ">", ">=", "==", "!=", "≈")
_FORMS: Mapping[Kind, tuple[str, ...]] = {
    Kind.MONEY: ("({m} * {r})", "({m} / {r})", "round({m}, 0)", "(round({m} / 1万元, 2) * 1万元)"),
    Kind.RATIO: ("({m} / {m})", "({m} / {m})", "round({m} / {m}, 4)", "({r} * {r})"),
    Kind.NUMBER: ("({n} * {n})", "floor({n})", "round({n}, 1)"),
    Kind.COUNT: ("({c} * {n})",),
    Kind.DAYS: ("({d} - {d})", "days_between({d}, {d})"),
    Kind.DATE: (),
    Kind.TEXT: (),
    Kind.MEASURE: ("({v} * 2)", "round({v}, 1)"),
}
_SAME = ("({x} + {x})", "({x} - {x})", "min({x}, {x})", "max({x}, {x})", "abs({x})", "(-{x})")
_CHOICES = ("({x} or else {x})", "(if {t} then {x} else {x})")
_LETTERS = {
    "m": Kind.MONEY,
    "r": Kind.RATIO,
    "n": Kind.NUMBER,
    "c": Kind.COUNT,
    "d": Kind.DATE,
    "v": Kind.MEASURE,
    "s": Kind.TEXT,
    "y": Kind.DAYS,
}
_TESTS = (
    "(not {t})",
    "({t} and {t})",
    "({t} or {t})",
    "({t} or else {t})",
    "(if {t} then {t} else {t})",
    "({m} in [{m}..{m}))",
    "({r} in $steps)",
    "({s} in $words)",
    "({s} in [{s}, {s}])",
    "({s} has {s})",
    "({s} starts with {s})",
    "({s} ends with {s})",
    "has_text({s}, {s})",
    "has_text({s}, $words)",
    "is_blank({s})",
    "({v} is count)",
    "({v} is money)",
    "is_set($few)",
    '({s} matches "[a-z]+.?")',
    "(year_of({d}) == 2022)",
    "(month_of({d}) >= {n})",
)
_STATES = ("is_known", "is_exact", "is_printed", "agrees")


def asked_conditions(depth: int = 2) -> st.SearchStrategy[tuple[str, str]]:
    """Pairs of a subject type and a condition that the checker takes when it is asked of it."""
    return _asked(depth)


def asked_scope(subject_type: str) -> Scope:
    """The scope in which such a condition is checked."""
    return Scope(
        CORE_TYPES,
        (subject_type,),
        {**_KINDS, "steps": Kind.RATIO},
        lists=frozenset(("words", "steps")),
    )


@st.composite
def _asked(draw: st.DrawFn, depth: int) -> tuple[str, str]:
    asked = draw(st.sampled_from(tuple(_FIELDS)))
    text = _Writer(draw).condition(asked, depth)
    try:
        check(text, asked_scope(asked), Kind.TRUTH)
    except ExpressionError:
        reject()
    return asked, text


class _Writer:
    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def one_of(self, *options: str) -> str:
        return self.draw(st.sampled_from(options))

    def filled(self, form: str, own: Kind, asked: str, depth: int) -> str:
        """A form with its gaps filled by expressions of the kinds that their letters stand for."""
        text, rest = "", form
        while "{" in rest:
            before, _, rest = rest.partition("{")
            letter, _, rest = rest.partition("}")
            gap = self.condition if letter == "t" else self.of_kind(_LETTERS.get(letter, own))
            text += before + gap(asked, depth - 1)
        return text + rest

    def of_kind(self, kind: Kind) -> Callable[[str, int], str]:
        return lambda asked, depth: self.value(kind, asked, depth)

    def value(self, kind: Kind, asked: str, depth: int) -> str:
        """An expression of a kind."""
        leaves = (*_FIELDS[asked].get(kind, ()) * 2, *_LITERALS[kind])
        if depth <= 0:
            return self.one_of(*leaves)
        composed = (*_FORMS[kind], *_CHOICES)
        if kind not in (Kind.TEXT, Kind.DATE):
            composed += _SAME
        way = self.draw(st.integers(0, 9))
        if way < 5:
            return self.one_of(*leaves)
        if way > 7 and asked in _ROWS:
            return self.aggregate(kind, asked, depth)
        return self.filled(self.one_of(*composed), kind, asked, depth)

    def aggregate(self, kind: Kind, asked: str, depth: int) -> str:
        table, row = self.draw(st.sampled_from(_ROWS[asked]))
        where = f" where {self.condition(row, depth - 1)}" if self.draw(st.booleans()) else ""
        if kind in (Kind.COUNT, Kind.NUMBER):
            if self.one_of("count", "distinct") == "count":
                return f"count({table}{where})"
            return f"count(distinct {self.value(Kind.TEXT, row, 0)} for {table}{where})"
        return f"{self.one_of('sum', 'sum', 'min', 'max')}({self.value(kind, row, depth - 1)} for {table}{where})"

    def condition(self, asked: str, depth: int) -> str:
        """A condition."""
        way = self.draw(st.integers(0, 9))
        if way > 6 and asked in _ROWS:
            table, row = self.draw(st.sampled_from(_ROWS[asked]))
            where = f" where {self.condition(row, depth - 1)}" if self.draw(st.booleans()) else ""
            return f"{self.one_of('all', 'any')}({self.condition(row, depth - 1)} for {table}{where})"
        if way > 3 and depth > 0:
            return self.filled(self.one_of(*_TESTS), Kind.MONEY, asked, depth)
        if way == 3 and (fields := [each for some in _FIELDS[asked].values() for each in some]):
            return f"{self.one_of(*_STATES)}({self.one_of(*fields)})"
        kinds = (
            *_FIELDS[asked],
            *(_FIELDS[asked].keys() & {Kind.MONEY, Kind.RATIO, Kind.MEASURE}),
            Kind.RATIO,
        )
        kind = self.draw(st.sampled_from(sorted(kinds, key=lambda each: each.value)))
        sides = self.value(kind, asked, depth), self.value(kind, asked, depth)
        return f"({sides[0]} {self.one_of(*_RELATIONS)} {sides[1]})"
