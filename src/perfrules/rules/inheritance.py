"""A ruleset that extends another: the parent's rules and parameters, with what it adds, replaces, sets and withdraws.

A lower tier may make things stricter; milder only what its parent leaves open. Replacing, withdrawing and setting need a
`because`. Whether a parameter's new value is milder is told when the rulesets are compiled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from attrs import evolve, field, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, RulesetError
from perfrules.location import Location
from perfrules.model.rule import Change, DatedValue, Example, Expression, Parameter, Rule, Ruleset, Severity


@frozen
class Setting:
    """What a ruleset sets of its parent's: a rule's severity, or the values of a parameter, and why."""

    name: str
    because: str
    location: Location
    severity: Severity | None = None
    values: tuple[DatedValue, ...] = ()


@frozen
class Head:
    """What a `ruleset.yaml` says: identity, parameters, and what it changes of the ruleset it extends."""

    id: str
    version: str
    title: Bilingual
    parameters: Mapping[str, Parameter] = field(factory=dict)
    extends: Expression | None = None
    is_open: bool = False
    settings: Mapping[str, Setting] = field(factory=dict)
    withdrawn: Mapping[str, Expression] = field(factory=dict)
    location: Location | None = None
    examples: Mapping[str, tuple[Example, ...]] = field(factory=dict)


def inherited(parent: Ruleset, own: Ruleset, head: Head) -> Ruleset:
    """The ruleset with everything of its parent that it does not change; raises RulesetError with all faults."""
    made = _Made(parent)
    for name, why in head.withdrawn.items():
        made.withdraw(name, why)
    for rule in own.rules.values():
        made.add(rule)
    for parameter in own.parameters.values():
        made.add_parameter(parameter)
    for setting in head.settings.values():
        made.set(setting, own.id)
    for name, examples in head.examples.items():
        if name not in made.rules:
            made.unknown(name, examples[0].location if examples else head.location, made.rules)
    if made.faults:
        raise RulesetError(made.faults)
    return evolve(
        own,
        sha256=f"{own.sha256}" if not parent.sha256 else _joined(parent.sha256, own.sha256),
        parameters=made.parameters,
        rules=made.rules,
        parent=parent,
        changes=(*parent.changes, *made.changes),
    )


def complain_of_orphans(own: Ruleset, head: Head) -> None:
    """Raises RulesetError where a ruleset without a parent changes or replaces something."""
    wrong = [
        *(each.location for each in head.settings.values()),
        *(each.location for each in head.withdrawn.values()),
    ]
    wrong += [rule.location for rule in own.rules.values() if rule.because]
    message = Bilingual("没有 extends, 无可更改", "there is no `extends`, so nothing to change")
    hint = Bilingual("写 extends: core, 或删去此处", "write extends: core, or leave this out")
    if wrong:
        raise RulesetError(Fault("ruleset.no_parent", message, where, hint) for where in wrong)


class _Made:
    """What becomes of the parent's rules and parameters, with the faults and the changes."""

    def __init__(self, parent: Ruleset) -> None:
        self.parent = parent
        self.rules, self.parameters = dict(parent.rules), dict(parent.parameters)
        self.faults: list[Fault] = []
        self.changes: list[Change] = []

    def withdraw(self, name: str, why: Expression) -> None:
        rule = self.rules.get(name)
        if rule is None:
            self.unknown(name, why.location, self.parent.rules)
        elif not self.is_open(rule):
            self.closed(name, why.location, "不得撤销", "cannot be withdrawn")
        else:
            del self.rules[name]
            for id, other in self.rules.items():
                self.rules[id] = evolve(
                    other, yields_to=tuple(each for each in other.yields_to if each != name)
                )
            self.changes.append(Change("withdraw", name, why.text))

    def add(self, rule: Rule) -> None:
        old = self.parent.rules.get(rule.id)
        if old is None and rule.because:
            self.unknown(rule.id, rule.location, self.parent.rules)
        elif old is not None and not rule.because:
            message = Bilingual(
                f"规则 {rule.id} 在 {old.origin} 中已有", f"rule {rule.id} is there already in {old.origin}"
            )
            hint = Bilingual("若要替换, 写明 because", "to replace it say why: because")
            self.faults.append(Fault("ruleset.because", message, rule.location, hint))
        elif old is not None and not self.is_open(old):
            self.closed(rule.id, rule.location, "不得替换", "cannot be replaced")
        else:
            self.rules[rule.id] = rule
            if old is not None:
                self.changes.append(Change("replace", rule.id, rule.because))

    def add_parameter(self, parameter: Parameter) -> None:
        old = self.parent.parameters.get(parameter.name)
        if old is not None:
            message = Bilingual(
                f"参数 ${parameter.name} 在 {old.origin} 中已有",
                f"${parameter.name} is there already in {old.origin}",
            )
            hint = Bilingual("在 set 中改变取值", "change its value under `set`")
            self.faults.append(Fault("ruleset.parameter_there", message, parameter.location, hint))
        self.parameters[parameter.name] = parameter

    def set(self, setting: Setting, origin: str) -> None:
        if setting.severity is not None:
            self.set_severity(setting, setting.severity)
        else:
            self.set_values(setting, origin)

    def set_severity(self, setting: Setting, severity: Severity) -> None:
        id, _, level = setting.name.partition(".")
        rule = self.rules.get(id)
        severities = severities_of(rule) if rule else {}
        old = severities.get(level)
        if rule is None or old is None:
            self.unknown(setting.name, setting.location, [*self._settable()])
        elif severity.rank > old.rank and not self.is_open(rule):
            self.closed(setting.name, setting.location, "级别只能提高", "can only be made graver")
        else:
            self.rules[id] = _with_severity(rule, level, severity)
            self.changes.append(Change("severity", setting.name, setting.because, old.value, severity.value))

    def _settable(self) -> Iterator[str]:
        """The names under which a severity can be set."""
        for rule in self.rules.values():
            yield from (f"{rule.id}.{level}" if level else rule.id for level in severities_of(rule))

    def set_values(self, setting: Setting, origin: str) -> None:
        old = self.parameters.get(setting.name)
        if old is None:
            self.unknown(setting.name, setting.location, self.parameters)
            return
        if not (self.parent.is_open or old.is_open or old.tighter):
            self.closed(f"${setting.name}", setting.location, "不得更改", "cannot be changed")
        first = old.values[0].since if old.values else date.min
        values = tuple(
            evolve(each, since=max(each.since, first), source=each.source or setting.because)
            for each in setting.values
        )
        where = setting.location
        new = evolve(old, values=values, origin=origin, because=setting.because, location=where, before=old)
        self.parameters[setting.name] = new
        before, after = (_said(each.values) for each in (old, new))
        self.changes.append(Change("parameter", setting.name, setting.because, before, after))

    def is_open(self, rule: Rule) -> bool:
        return rule.is_open or self.parent.is_open

    def closed(self, name: str, where: Location | None, zh: str, en: str) -> None:
        message = Bilingual(
            f"{name} {zh}: {self.parent.id} 没有放开", f"{name} {en}: {self.parent.id} leaves it closed"
        )
        hint = Bilingual(
            "可以从严; 放宽须由上级规则集写 open: true",
            "stricter is allowed; milder only if the parent says open: true",
        )
        self.faults.append(Fault("ruleset.closed", message, where, hint))

    def unknown(self, name: str, where: Location | None, known: Collection[str]) -> None:
        near = [each for each in known if each.startswith(f"{name}.")] or get_close_matches(name, known, 1)
        hint = Bilingual(f"是否为 {near[0]}?", f"did you mean {near[0]}?") if near else None
        message = Bilingual(f"{self.parent.id} 中没有 {name}", f"{self.parent.id} has no {name}")
        self.faults.append(Fault("ruleset.not_in_parent", message, where, hint))


def severities_of(rule: Rule) -> Mapping[str, Severity]:
    """The severity of each level of a rule; of a rule without bands its own, under no name."""
    if not rule.bands:
        return {"": rule.severity}
    return {band.level: band.severity for band in rule.bands if band.severity}


def _with_severity(rule: Rule, level: str, severity: Severity) -> Rule:
    """The rule with another severity, or with another one of a level of its bands."""
    if not level:
        return evolve(rule, severity=severity)
    bands = tuple(evolve(each, severity=severity) if each.level == level else each for each in rule.bands)
    graver = min((each.severity for each in bands if each.severity), key=lambda each: each.rank)
    return evolve(rule, bands=bands, severity=graver)


def _said(values: tuple[DatedValue, ...]) -> str:
    return "; ".join(_value_said(each) for each in values)


def _value_said(value: DatedValue) -> str:
    if value.value is not None:
        return value.value.text
    return ", ".join(f"{month}: {each.text}" for month, each in value.by_month.items()) or "off"


def _joined(parent: str, own: str) -> str:
    from hashlib import sha256

    return sha256(f"{parent}\0{own}".encode()).hexdigest()


def tiers(ruleset: Ruleset) -> Iterator[Ruleset]:
    """The ruleset and those it extends, itself first."""
    yield ruleset
    if ruleset.parent is not None:
        yield from tiers(ruleset.parent)
