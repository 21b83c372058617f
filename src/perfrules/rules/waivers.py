"""A waivers file → waivers checked against a ruleset, their bounds compiled against the rules' measures. All faults at once.

In: the file, a compiled ruleset, the types and functions that plugins bring. Out: waivers to hold beside verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from datetime import date
from hashlib import sha256
from pathlib import Path

import yaml
from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import ExpressionError, Fault, RulesetError
from perfrules.language import Evaluate, Function, Scope, check, to_python
from perfrules.language.folding import folded
from perfrules.location import Location
from perfrules.model.rule import Expression, Rule
from perfrules.model.subject import SubjectType
from perfrules.model.unit import Kind
from perfrules.model.waiver import Waiver
from perfrules.rules.compiled import CompiledRuleset
from perfrules.rules.parameters import compile_parameters
from perfrules.rules.ruleset_from_yaml import no_such_rule
from perfrules.rules.yaml_file import Keys, YamlFile, raise_all

WAIVER = Keys(("rule", "department", "subject", "reason", "approved_by", "expires"), ("bound", "approved_on"))
_OPERATOR = re.compile(r"\s*(?:[<>]=?|[≤≥])\s*")


@frozen
class CompiledWaiver:
    """A waiver and the closure that tells whether its bound holds; None where the rule has no measure.

    `asked` is the expression of that closure, empty where there is none.
    `fingerprint` is that of the finding it is for, where it came of a reply: subjects that are rows may have moved since.
    """

    waiver: Waiver
    bound: Evaluate | None
    fingerprint: str = ""
    asked: str = ""


@frozen
class Waivers:
    """A waivers file as loaded. `review_date` is the day by which they expire; None: the as-of date or the cut-off."""

    path: str
    sha256: str
    waivers: tuple[CompiledWaiver, ...]
    review_date: date | None = None

    def of(self, department: str) -> tuple[CompiledWaiver, ...]:
        """Those that name the department, in the order of the file."""
        return tuple(each for each in self.waivers if each.waiver.department == department)

    def elsewhere(self, departments: Set[str]) -> tuple[str, ...]:
        """The departments that are named and are none of these, each once."""
        named = dict.fromkeys(each.waiver.department for each in self.waivers)
        return tuple(each for each in named if each not in departments)


def load_waivers(
    path: Path,
    ruleset: CompiledRuleset,
    types: Mapping[str, SubjectType],
    functions: Mapping[str, Function],
    review_date: date | None = None,
) -> Waivers:
    """The waivers of a file; raises RulesetError with all its faults."""
    said, content = path.as_posix(), _content(path)
    try:
        file = YamlFile(said, content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        message = Bilingual("豁免文件须为 UTF-8", "a waivers file is UTF-8")
        hint = Bilingual("用编辑器另存为 UTF-8", "save it as UTF-8 in your editor")
        raise RulesetError(Fault("waivers.not_utf8", message, Location(said), hint)) from None
    _, scope = compile_parameters(ruleset.ruleset.parameters.values(), types, functions)
    waivers = _Reading(file, ruleset, scope).all()
    raise_all([file])
    return Waivers(said, sha256(content).hexdigest(), waivers, review_date)


def bound_of(asked: str, rule: Rule, scope: Scope) -> Evaluate:
    """The closure that tells whether the measure of a rule keeps to a bound; raises ExpressionError."""
    return to_python(check(asked, evolve(scope, asked=rule.for_types), Kind.TRUTH))


def as_data(waivers: Sequence[CompiledWaiver]) -> tuple[CompiledWaiver, ...]:
    """The same without closures, which do not go to another process."""
    return tuple(evolve(each, bound=None) for each in waivers)


def compiled_again(
    waivers: Sequence[CompiledWaiver],
    ruleset: CompiledRuleset,
    types: Mapping[str, SubjectType],
    functions: Mapping[str, Function],
) -> tuple[CompiledWaiver, ...]:
    """What `as_data` gave, with its closures."""
    _, scope = compile_parameters(ruleset.ruleset.parameters.values(), types, functions)
    rules = ruleset.ruleset.rules
    return tuple(
        evolve(each, bound=bound_of(each.asked, rules[each.waiver.rule], scope)) if each.asked else each
        for each in waivers
    )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        message = Bilingual("无法读取豁免文件", "the waivers file cannot be read")
        hint = Bilingual("检查 --waivers 后的文件名", "look at the name after --waivers")
        raise RulesetError(Fault("waivers.unreadable", message, Location(path.as_posix()), hint)) from None


class _Reading:
    """One waivers file while it is read."""

    def __init__(self, file: YamlFile, ruleset: CompiledRuleset, scope: Scope) -> None:
        self.file, self.ruleset, self.scope = file, ruleset.ruleset, scope
        self.places: dict[tuple[str, str, str], Location] = {}

    def all(self) -> tuple[CompiledWaiver, ...]:
        root = self.file.compose()
        listed = None if root is None else self.file.mapping(root, Keys(("waivers",))).get("waivers")
        return tuple(self.one(node) for node in (self.file.items(listed) if listed is not None else ()))

    def one(self, node: yaml.Node) -> CompiledWaiver:
        keys = self.file.mapping(node, WAIVER)
        rule, department, subject, reason, approved_by = (
            self.file.name(keys.get(key)) for key in WAIVER.required[:5]
        )
        expires, approved_on = (self.file.day(keys.get(key)) for key in ("expires", "approved_on"))
        named = keys.get("rule", node)
        start, end = named.start_mark.index, named.end_mark.index
        where = evolve(self.file.where(named), address=f"¶{named.start_mark.line + 1}", span=(start, end))
        waiver = Waiver(
            rule,
            department,
            subject,
            reason,
            approved_by,
            expires or date.max,  # without it the file is at fault, and the waiver not used
            where,
            self.file.text[start:end],
            self.file.expression(keys.get("bound")),
            approved_on,
        )
        if approved_on is not None and approved_on > waiver.expires:
            message = Bilingual(
                f"批准日期 {approved_on} 晚于到期日 {expires}",
                f"approved on {approved_on}, after it expires on {expires}",
            )
            self.file.blame(self.file.where(keys["approved_on"]), "waivers.dates", message)
        self.once(waiver)
        asked = self.asked(waiver) if rule else ""
        bound = bound_of(asked, self.ruleset.rules[rule], self.scope) if asked else None
        return CompiledWaiver(waiver, bound, asked=asked)

    def once(self, waiver: Waiver) -> None:
        key = (waiver.rule, waiver.department, waiver.subject)
        first = self.places.setdefault(key, waiver.location)
        if first is not waiver.location and all(key):
            message = Bilingual(
                f"{waiver.department}的 {waiver.name} 已在 {first} 豁免",
                f"{waiver.name} of {waiver.department} is waived already at {first}",
            )
            self.file.blame(waiver.location, "waivers.duplicate", message)

    def asked(self, waiver: Waiver) -> str:
        """The measure held against the bound; empty where there is none, or something is at fault."""
        rule, bound, where = self.ruleset.rules.get(waiver.rule), waiver.bound, waiver.location
        if rule is None:
            fault = no_such_rule(waiver.rule, self.ruleset, where)
            self.file.blame(where, fault.code, fault.message, fault.hint)
            return ""
        if rule.is_unwaivable:
            message = Bilingual(f"规则 {rule.id} 不可豁免", f"rule {rule.id} cannot be waived")
            hint = Bilingual("删去这一条豁免", "leave this waiver out")
            self.file.blame(where, "waivers.unwaivable", message, hint)
            return ""
        if rule.measure is None and bound is not None and bound.location is not None:
            message = Bilingual(
                f"规则 {rule.id} 没有 measure, 不能写 bound", f"rule {rule.id} has no measure to bound"
            )
            self.file.blame(bound.location, "waivers.no_measure", message)
        elif rule.measure is not None and bound is None:
            message = Bilingual(
                f"规则 {rule.id} 有 measure, 须写 bound", f"rule {rule.id} has a measure: a bound is needed"
            )
            measure = " ".join(rule.measure.text.split())
            hint = Bilingual(
                f'如 bound: ">= 15%", 比较的是 {measure}', f'as in bound: ">= 15%"; it is about {measure}'
            )
            self.file.blame(where, "waivers.no_bound", message, hint)
        elif rule.measure is not None and bound is not None:
            return self.compared(rule, rule.measure.text, bound)
        return ""

    def compared(self, rule: Rule, measure: str, bound: Expression) -> str:
        """The measure held against the bound; what is wrong with the bound alone is told at its own words."""
        assert bound.location is not None
        scope = evolve(self.scope, asked=rule.for_types)
        found = _OPERATOR.match(folded(bound.text))
        if found is None:
            message = Bilingual("bound 以比较符开头", "a bound begins with an operator")
            hint = Bilingual('如 ">= 15%"; 可用: >= <= > <', 'as in ">= 15%"; there are >= <= > <')
            self.file.blame(bound.location, "waivers.no_operator", message, hint)
            return ""
        operator, limit = bound.text[: found.end()], bound.text[found.end() :]
        column = bound.location.column
        after = evolve(bound.location, column=None if column is None else column + found.end())
        try:
            check(Expression(limit, after), scope)
        except ExpressionError as error:
            self.file.faults += error.faults
            return ""
        asked = f"({measure}\n) {operator} ({limit}\n)"
        try:
            bound_of(asked, rule, self.scope)
        except ExpressionError as error:  # the two do not go together
            said = " ".join(bound.text.split())
            self.file.faults += [
                evolve(fault, where=bound.location, excerpt=said, caret=(0, len(said)))
                for fault in error.faults
            ]
            return ""
        return asked
