"""The ends of a rule's bands, checked: of the measure's kind, and rising on every date on which a parameter changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from perfrules.bilingual import Bilingual
from perfrules.errors import ExpressionError, Fault
from perfrules.language import Checked, Context, Scope, check, shown, to_python
from perfrules.model.rule import Parameter, Rule
from perfrules.model.truth import Number
from perfrules.rules.parameters import CompiledParameter, parameter_values
from perfrules.rules.tightening import month_ends, on_day


def faults_of_bands(
    rule: Rule, scope: Scope, parameters: Mapping[str, Parameter], compiled: tuple[CompiledParameter, ...]
) -> list[Fault]:
    """Faults for ends that are not of the measure's kind, or that fall where they should rise."""
    faults: list[Fault] = []
    ends: list[Checked] = []
    try:
        kind = check(rule.measure, scope).kind if rule.measure else None
        for band in rule.bands:
            for end in (band.low, band.high):
                if end is not None:
                    ends.append(check(end, scope, kind))
    except ExpressionError as error:
        return list(error.faults)
    highs = ends[::2]  # of two neighbours, the end of one is the beginning of the next
    if not any(end.reads for end in ends):
        faults += list(_falling(rule, highs, parameters, compiled))[:1]
    return faults


def _falling(
    rule: Rule,
    ends: list[Checked],
    parameters: Mapping[str, Parameter],
    compiled: tuple[CompiledParameter, ...],
) -> Iterator[Fault]:
    used = [parameters[name] for name in {name for end in ends for name in end.parameters}]
    begun = [each.values[0].since for each in parameters.values() if each.values]
    first = max(begun, default=date.min)
    evaluates = [to_python(end) for end in ends]
    for day in month_ends(used, first) if used else (None,):
        asked = on_day(day or date.min)
        values = parameter_values(compiled, asked, day) if day else {}
        if not all(end.parameters <= values.keys() for end in ends):
            continue  # a level is off then, and the rule with it
        found = [evaluate(Context((asked.department,), values)).value for evaluate in evaluates]
        for (below, above), band in zip(pairwise(found), rule.bands[1:], strict=False):
            if isinstance(below, Number) and isinstance(above, Number) and not _rises(below, above):
                zh = f"级别 {band.level} 止于 {shown(above, 'zh')}, 不高于其起点 {shown(below, 'zh')}"
                en = f"level {band.level} ends at {shown(above, 'en')}, not above its beginning, {shown(below, 'en')}"
                if day:
                    zh, en = f"{day}: {zh}", f"on {day} {en}"
                yield Fault("ruleset.bands", Bilingual(zh, en), band.location)


def _rises(below: Number, above: Number) -> bool:
    low, high = below.interval.exact, above.interval.exact
    return low is None or high is None or low < high
