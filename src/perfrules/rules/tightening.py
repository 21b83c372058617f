"""A lower tier may tighten a parameter, and may loosen it only where its parent leaves it open.

Both tiers' values are computed for every month of every year in which one of them changes, and compared by the parameter's
`tighter`: a value that is milder anywhere, or cannot be compared, is a fault.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault
from perfrules.language import Function, shown
from perfrules.model.fact import Fact
from perfrules.model.interval import Interval
from perfrules.model.quantity import computed_quantity
from perfrules.model.rule import Parameter, Ruleset
from perfrules.model.subject import Subject, SubjectType
from perfrules.model.submission import Submission
from perfrules.model.truth import Number, Value
from perfrules.model.unit import NUMBER
from perfrules.rules.inheritance import tiers
from perfrules.rules.parameters import CompiledParameter, compile_parameters, parameter_values

MONTHS = range(1, 13)


def loosened(
    ruleset: Ruleset, types: Mapping[str, SubjectType], functions: Mapping[str, Function]
) -> list[Fault]:
    """A fault for each parameter that some tier makes milder without leave."""
    faults = []
    for tier in tiers(ruleset):
        parent = tier.parent
        changed = [] if parent is None or parent.is_open else [*_guarded(tier, parent)]
        if parent is not None and changed:
            mine, _ = compile_parameters(tier.parameters.values(), types, functions)
            theirs, _ = compile_parameters(parent.parameters.values(), types, functions)
            for name in changed:
                faults += list(_milder(tier.parameters[name], parent, mine, theirs))[:1]
    return faults


def _guarded(tier: Ruleset, parent: Ruleset) -> Iterator[str]:
    for name, parameter in tier.parameters.items():
        old = parent.parameters.get(name)
        if old is not None and parameter.origin == tier.id and not old.is_open:
            yield name


def _milder(
    parameter: Parameter,
    parent: Ruleset,
    mine: Iterable[CompiledParameter],
    theirs: Iterable[CompiledParameter],
) -> Iterator[Fault]:
    mine, theirs = tuple(mine), tuple(theirs)
    first = max(each.parameter.values[0].since for each in (*mine, *theirs) if each.parameter.values)
    for day in month_ends([parameter, parent.parameters[parameter.name]], first):
        here, there = (
            parameter_values(each, on_day(day), day).get(parameter.name) for each in (mine, theirs)
        )
        if there is not None and (here is None or not _as_strict(parameter.tighter, here.value, there.value)):
            yield _fault(parameter, parent, day, here.value if here else None, there.value)


def month_ends(parameters: Iterable[Parameter], first: date) -> Iterator[date]:
    """The last day of every month of every year in which one of the parameters changes, from the first day on."""
    years = {max(first, value.since).year for each in parameters for value in each.values}
    for year in sorted(years):
        for month in MONTHS:
            day = date(year, month, monthrange(year, month)[1])
            if day >= first:
                yield day


def _as_strict(tighter: str, here: Value, there: Value) -> bool:
    if not isinstance(here, Number) or not isinstance(there, Number):
        return here == there
    a, b = here.interval, there.interval
    return b.is_at_most(a) if tighter == "higher" else a.is_at_most(b)


def on_day(day: date) -> Submission:
    """A submission of nothing but its cut-off: parameters see its month and its year."""
    numbers = {"month": day.month, "year": day.year}
    facts = {"period_to": Fact("period_to", day)}
    for name, number in numbers.items():
        point = Interval.point(Fraction(number))
        facts[name] = Fact(name, computed_quantity(point, point, NUMBER))
    return Submission(Subject("department", "department", facts=facts))


def _fault(parameter: Parameter, parent: Ruleset, day: date, here: Value | None, there: Value) -> Fault:
    zh, en = ("无", "none") if here is None else (shown(here, "zh"), shown(here, "en"))
    message = Bilingual(
        f"参数 ${parameter.name} 在 {day} 为 {zh}, 比 {parent.id} 的 {shown(there, 'zh')} 宽",
        f"${parameter.name} is {en} on {day}, milder than {shown(there, 'en')} of {parent.id}",
    )
    hint = Bilingual(
        "从严, 或由上级规则集写 open: true", "make it stricter, or have the parent say open: true"
    )
    return Fault("ruleset.loosened", message, parameter.location, hint)
