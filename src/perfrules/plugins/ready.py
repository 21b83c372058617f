"""Project types made ready: their curves as expressions, every expression of theirs checked and compiled, in order.

An indicator is a field of its projects, so that rules and other indicators may use it by its name; one that refers to
itself, directly or by others, is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from attrs import frozen

from perfrules.errors import ExpressionError, Fault
from perfrules.language import Checked, Context, Evaluate, Function, Scope, check, to_python
from perfrules.language.words import UNITS
from perfrules.model.project_type import (
    FromRelease,
    Indicator,
    Linear,
    LumpSum,
    Monthly,
    ProjectType,
    SpendingCurve,
    Steps,
)
from perfrules.model.subject import Field, Subject, SubjectType
from perfrules.model.truth import Number
from perfrules.model.unit import NUMBER, Kind, Unit
from perfrules.plugins.faults import complain, plugin_fault

PACE = "pace"
"""The ruleset's parameter that says how far the year is: the only one that types may use."""


@frozen
class ReadyIndicator:
    """An indicator that can be computed: its expression as a closure, and the unit it is shown in."""

    indicator: Indicator
    evaluate: Evaluate
    unit: Unit


@frozen
class ReadyType:
    """A project type that can be applied: its indicators in an order in which each uses only earlier ones.

    `due` are the fields that its spending curve needs; `absences` the fields whose absence means a value.
    """

    type: ProjectType
    progress: Evaluate
    due: tuple[str, ...]
    indicators: tuple[ReadyIndicator, ...]
    absences: tuple[tuple[Field, Number], ...] = ()


def ready_types(
    brought: Mapping[str, Sequence[ProjectType]],
    types: Mapping[str, SubjectType],
    functions: Mapping[str, Function],
) -> Mapping[str, ReadyType]:
    """Every project type by its id, ready to be applied; raises PluginError with all faults of all expressions."""
    scope = Scope(types, ("project",), {PACE: Kind.RATIO}, frozenset(), functions)
    faults: list[Fault] = []
    ready: dict[str, ReadyType] = {}
    for plugin, kinds in brought.items():
        for kind in kinds:
            found = _Making(plugin, kind, scope, faults).ready()
            if found is not None:
                ready[kind.id] = found
    complain(faults)
    return ready


def fields_of(project_type: ProjectType) -> tuple[Field, ...]:
    """The fields a type adds to `project`: its own, and its indicators."""
    computed = (
        Field(each.name, each.title, unit_of(each).kind, is_computed=True) for each in project_type.indicators
    )
    return (*project_type.fields, *computed)


def unit_of(indicator: Indicator) -> Unit:
    """The unit an indicator comes in; a plain number where it names none."""
    return UNITS.get(indicator.unit, NUMBER)


def curve_expression(curve: SpendingCurve) -> str:
    """A spending curve in the rule language: the share of the year's budget that should be spent by `period_to`."""
    match curve:
        case Linear():
            return f"${PACE}"
        case LumpSum(due_on=day):
            return f"if {day} <= period_to then 100% else 0%"
        case Steps(steps=steps):
            return " + ".join(f"(if {step.due_on} <= period_to then {step.share} else 0%)" for step in steps)
        case Monthly(shares=shares):
            by_month = "".join(
                f"if months_ended(period_to) == {month} then {share} else "
                for month, share in enumerate(shares[:-1], 1)
            )
            return f"if months_ended(period_to) == 0 then 0% else {by_month}{shares[-1]}"
        case FromRelease(released_on=day):
            return (
                f"if {day} > period_to then 0% else if year_of({day}) < year_of(period_to)"
                f" then months_ended(period_to) / 12 else if month_of({day}) == 12 then 0%"
                f" else max(0%, (months_ended(period_to) - month_of({day})) / (12 - month_of({day})) * 100%)"
            )
        case _:
            assert_never(curve)


def days_of(curve: SpendingCurve) -> tuple[str, ...]:
    """The date fields of the project that a curve needs."""
    match curve:
        case LumpSum(due_on=day) | FromRelease(released_on=day):
            return (day,)
        case Steps(steps=steps):
            return tuple(dict.fromkeys(step.due_on for step in steps))
        case _:
            return ()


class _Making:
    """Makes one type ready, gathering its faults."""

    def __init__(self, plugin: str, kind: ProjectType, scope: Scope, faults: list[Fault]) -> None:
        self.plugin, self.kind, self.scope, self.faults = plugin, kind, scope, faults

    def ready(self) -> ReadyType | None:
        before = len(self.faults)
        progress = self.progress()
        checked = {each.name: self.indicator(each) for each in self.kind.indicators}
        self.asked()
        absences = tuple(self.absences())
        if len(self.faults) > before or progress is None:
            return None
        sound = {name: each for name, each in checked.items() if each is not None}
        order = self.order(sound)
        indicators = tuple(
            ReadyIndicator(each, to_python(sound[each.name]), unit_of(each))
            for each in sorted(self.kind.indicators, key=lambda each: order.index(each.name))
        )
        return ReadyType(self.kind, to_python(progress), days_of(self.kind.curve), indicators, absences)

    def progress(self) -> Checked | None:
        curve = self.kind.curve
        known = {field.name: field for field in self.scope.types["project"].fields}
        for day in days_of(curve):
            if day not in known or known[day].kind is not Kind.DATE:
                zh = f"的类型 {self.kind.id}: 项目没有日期字段 {day}"
                self.fault(
                    "curve",
                    zh,
                    f"has a type {self.kind.id} due on {day}, which is no date field of a project",
                )
                return None
        checked = self.checked(curve_expression(curve), Kind.RATIO, "curve", "支出曲线", "spending curve")
        if checked is not None:
            self.shares(curve)
        return checked

    def shares(self, curve: SpendingCurve) -> None:
        """Faults for payment steps that do not make the whole, and months that fall or do not end with it."""
        if isinstance(curve, Steps) and sum(_or_nothing(_share(step.share)) for step in curve.steps) != 1:
            zh, en = "付款比例之和不是 100%", "payment steps that do not make 100%"
            self.fault("shares", f"的类型 {self.kind.id}: {zh}", f"has a type {self.kind.id} with {en}")
        if isinstance(curve, Monthly):
            shares = [_share(each) for each in curve.shares]
            if (
                len(shares) != 12
                or None in shares
                or shares != sorted(shares, key=_or_nothing)
                or shares[-1] != 1
            ):
                zh, en = (
                    "各月比例须十二个、不下降、以 100% 结束",
                    "months that are not twelve rising shares up to 100%",
                )
                self.fault("shares", f"的类型 {self.kind.id}: {zh}", f"has a type {self.kind.id} with {en}")

    def absences(self) -> Iterator[tuple[Field, Number]]:
        for field in self.kind.fields:
            if field.absence is not None:
                value = _constant(field.absence, field.kind)
                if value is None:
                    zh = f"的字段 {field.name}: 未提及时的值 {field.absence} 不是这一类的数"
                    self.fault(
                        "absence", zh, f"gives field {field.name} an absence that is no number of its kind"
                    )
                else:
                    yield field, value

    def asked(self) -> None:
        known = {field.name for field in self.scope.types["project"].fields}
        for name in self.kind.asks:
            if name not in known:
                zh = f"的类型 {self.kind.id} 要问的 {name} 不是项目的字段"
                self.fault(
                    "asks", zh, f"has a type {self.kind.id} that asks for {name}, no field of a project"
                )

    def indicator(self, indicator: Indicator) -> Checked | None:
        if indicator.unit and indicator.unit not in UNITS:
            zh, en = (
                f"的指标 {indicator.name}: 没有单位 {indicator.unit}",
                f"indicator {indicator.name}: there is no unit",
            )
            self.fault("unit", zh, f"{en} {indicator.unit}")
            return None
        zh, en = f"的指标 {indicator.name}", f"indicator {indicator.name}"
        kind = unit_of(indicator).kind
        for end in (each for each in (indicator.low, indicator.high) if each):
            self.checked(end, kind, "indicator", zh, en)
        return self.checked(indicator.expression, kind, "indicator", zh, en)

    def checked(self, text: str, kind: Kind, code: str, zh: str, en: str) -> Checked | None:
        try:
            return check(text, self.scope, kind)
        except ExpressionError as error:
            for fault in error.faults:
                self.fault(code, f"{zh}: {fault.message.zh}", f"{en}: {fault.message.en}")
            return None

    def order(self, checked: Mapping[str, Checked]) -> Sequence[str]:
        """Names of indicators, each after those it uses; a fault for one that refers to itself."""
        done: list[str] = []
        for name in checked:
            for circle in _visited(name, checked, done, ()):
                said = " → ".join(circle)
                self.fault(
                    "circle",
                    f"的指标 {circle[0]} 引用自身: {said}",
                    f"has an indicator that refers to itself: {said}",
                )
        return done

    def fault(self, code: str, zh: str, en: str) -> None:
        fault = plugin_fault(self.plugin, code, zh, en)
        if fault not in self.faults:
            self.faults.append(fault)


def _visited(
    name: str, checked: Mapping[str, Checked], done: list[str], above: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    if name in above:
        yield (*above[above.index(name) :], name)
        return
    if name in done:
        return
    for used in sorted(checked[name].reads & checked.keys()):
        yield from _visited(used, checked, done, (*above, name))
    if name not in done:
        done.append(name)


def _constant(text: str, kind: Kind) -> Number | None:
    """The number that an expression without names comes to; None where it comes to none of that kind."""
    try:
        checked = check(text, Scope({}, (), {}), kind)
    except ExpressionError:
        return None
    value = to_python(checked)(Context((Subject("department", "department"),), {})).value
    return value if isinstance(value, Number) else None


def _share(text: str) -> Fraction | None:
    """A share such as `30%` as a fraction of one; None for what is no single constant."""
    value = _constant(text, Kind.RATIO)
    return None if value is None else value.interval.exact


def _or_nothing(share: Fraction | None) -> Fraction:
    return Fraction(0) if share is None else share
