"""Checked rules, ready to be asked: every expression compiled against the catalog's types and functions.

In: a ruleset as written and what plugins bring. Out: rules whose expressions are closures. All faults at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import ExpressionError, Fault, RulesetError
from perfrules.language import Context, Evaluate, Function, Scope, check, to_python
from perfrules.model.rule import Band, Expression, Rule, Ruleset, Suspect
from perfrules.model.subject import SubjectType
from perfrules.model.trace import Trace
from perfrules.model.unit import Kind
from perfrules.model.waiver import BUILT_IN
from perfrules.rules.bands import within
from perfrules.rules.messages import FORMATS, slots
from perfrules.rules.parameters import CompiledParameter, compile_parameters
from perfrules.rules.tightening import loosened

GIVEN = ("measure", "limit", "margin", "level", "causes", "conflicts", "explanation", "owner")
"""The places of a message that the rule itself fills, beside expressions."""
_KEYS = ("measure", "limit", "margin")


@frozen
class CompiledSuspect:
    """A suspect with the value it proposes and the test whether that reproduces the accused figure."""

    suspect: Suspect
    value: Evaluate
    test: Evaluate


@frozen
class CompiledBand:
    """A level with the test whether a subject lies in it."""

    band: Band
    test: Evaluate


@frozen
class CompiledRule:
    """A rule whose expressions are closures; `shown` are the expressions its messages show, by their text."""

    rule: Rule
    condition: Evaluate
    when: Evaluate | None
    measure: Evaluate | None
    limit: Evaluate | None
    margin: Evaluate | None
    figure: Evaluate | None
    suspects: tuple[CompiledSuspect, ...]
    bands: tuple[CompiledBand, ...]
    shown: Mapping[str, Evaluate]
    parameters: frozenset[str]


@frozen
class CompiledRuleset:
    """Rules in the order of their files, and parameters in an order in which each uses only earlier ones."""

    ruleset: Ruleset
    rules: tuple[CompiledRule, ...]
    parameters: tuple[CompiledParameter, ...]


def compile_ruleset(
    ruleset: Ruleset, types: Mapping[str, SubjectType], functions: Mapping[str, Function]
) -> CompiledRuleset:
    """The ruleset with every expression checked and compiled; raises RulesetError with all faults."""
    return _made(ruleset, types, functions, is_whole=True)


def faults_of_expressions(
    ruleset: Ruleset, types: Mapping[str, SubjectType], functions: Mapping[str, Function]
) -> tuple[Fault, ...]:
    """The faults of what expressions there are in a ruleset of which some files are at fault themselves."""
    try:
        _made(ruleset, types, functions, is_whole=False)
    except RulesetError as error:
        return error.faults
    return ()


def _made(
    ruleset: Ruleset, types: Mapping[str, SubjectType], functions: Mapping[str, Function], *, is_whole: bool
) -> CompiledRuleset:
    parameters, scope = compile_parameters(ruleset.parameters.values(), types, functions)
    faults = loosened(ruleset, types, functions) if ruleset.parent else list[Fault]()
    rules = []
    for rule in ruleset.rules.values():
        workshop = _Workshop(evolve(scope, asked=rule.for_types), faults, is_whole)
        faults += _misnamed(rule, ruleset, types) if is_whole else ()
        unsound = _unsound_bands(rule, workshop.scope, ruleset, parameters)
        faults += unsound
        if not unsound:
            rules.append(_compiled(rule, workshop))
    if faults:
        raise RulesetError(faults)
    return CompiledRuleset(ruleset, tuple(rules), parameters)


def _unsound_bands(
    rule: Rule, scope: Scope, ruleset: Ruleset, parameters: tuple[CompiledParameter, ...]
) -> list[Fault]:
    if not rule.bands or not all(each in scope.types for each in rule.for_types):
        return []
    from perfrules.rules.band_order import faults_of_bands

    return faults_of_bands(rule, scope, ruleset.parameters, parameters)


class _Workshop:
    """Compiles the expressions of one rule, gathering faults and the parameters used."""

    def __init__(self, scope: Scope, faults: list[Fault], is_whole: bool) -> None:
        self.scope, self.faults, self.is_whole = scope, faults, is_whole
        self.parameters: set[str] = set()

    def compiled(self, expression: Expression, kind: Kind | None = None) -> Evaluate | None:
        if not self.is_whole and not expression.text.strip():
            return None  # told where its key is missing
        try:
            checked = check(expression, self.scope, kind)
        except ExpressionError as error:
            self.faults += error.faults
            return None
        self.parameters |= checked.parameters
        return to_python(checked)

    def optional(self, expression: Expression | None, kind: Kind | None = None) -> Evaluate | None:
        return None if expression is None else self.compiled(expression, kind)


def _compiled(rule: Rule, workshop: _Workshop) -> CompiledRule:
    if not rule.for_types or not all(each in workshop.scope.types for each in rule.for_types):
        return CompiledRule(rule, _never, None, None, None, None, None, (), (), {}, frozenset())
    condition = workshop.compiled(rule.condition, Kind.TRUTH) or _never
    figure = Expression(rule.figure, rule.location) if rule.figure else None
    return CompiledRule(
        rule,
        condition,
        workshop.optional(rule.when, Kind.TRUTH),
        workshop.optional(rule.measure),
        workshop.optional(rule.limit),
        workshop.optional(rule.margin),
        workshop.optional(figure),
        tuple(filter(None, (_suspect(rule, each, workshop) for each in rule.suspects))),
        tuple(filter(None, (_band(rule, each, workshop) for each in rule.bands))),
        _shown(rule, workshop),
        frozenset(workshop.parameters),
    )


def _suspect(rule: Rule, suspect: Suspect, workshop: _Workshop) -> CompiledSuspect | None:
    value = workshop.compiled(suspect.value)
    if value is None or not rule.figure:
        return None
    test = workshop.compiled(Expression(f"{rule.figure} ≈ ({suspect.value.text}\n)", suspect.value.location))
    return CompiledSuspect(suspect, value, test) if test else None


def _band(rule: Rule, band: Band, workshop: _Workshop) -> CompiledBand | None:
    test = workshop.optional(
        Expression(within(rule.measure, band, band), band.location) if rule.measure else None
    )
    return CompiledBand(band, test) if test else None


def _shown(rule: Rule, workshop: _Workshop) -> Mapping[str, Evaluate]:
    shown: dict[str, Evaluate] = {}
    for message in _messages(rule):
        for slot in slots(message):
            if slot.format and slot.format not in FORMATS:
                listed = ", ".join(FORMATS)
                said = Bilingual(
                    f"格式 {slot.format} 不可用: {listed}", f"no such format {slot.format}: {listed}"
                )
                workshop.faults.append(Fault("ruleset.format", said, rule.location))
            if slot.format == "names" and slot.text.isidentifier():
                _expect_table(rule, slot.text, workshop)
            elif slot.text in _KEYS:
                _expect_key(rule, slot.text, workshop)
            elif slot.text not in GIVEN and slot.text not in shown:
                evaluate = workshop.compiled(Expression(slot.text, rule.location))
                if evaluate:
                    shown[slot.text] = evaluate
    return shown


def _expect_key(rule: Rule, key: str, workshop: _Workshop) -> None:
    if getattr(rule, key) is None:
        said = Bilingual(
            f"{rule.id}: 句中有 {{{key}}}, 规则没有 {key}",
            f"{rule.id}: a message shows {{{key}}}, the rule has none",
        )
        workshop.faults.append(Fault("ruleset.not_given", said, rule.location))


def _expect_table(rule: Rule, name: str, workshop: _Workshop) -> None:
    for each in rule.for_types:
        if name not in {table.name for table in workshop.scope.types[each].tables}:
            said = Bilingual(f"{each} 没有表 {name}", f"{each} has no table {name}")
            workshop.faults.append(Fault("ruleset.unknown_table", said, rule.location))


def _messages(rule: Rule) -> Iterable[str]:
    texts = [rule.message, *(band.message for band in rule.bands if band.message)]
    if rule.otherwise:
        texts.append(rule.otherwise.message)
    if rule.request:
        texts += [rule.request.explained, rule.request.unexplained]
    for text in texts:
        yield from (text.zh, text.en)


def _misnamed(rule: Rule, ruleset: Ruleset, types: Mapping[str, SubjectType]) -> list[Fault]:
    """Faults for subject types and rules that do not exist, and for suspects without a figure to accuse."""
    known: dict[str, tuple[Iterable[str], Collection[str]]] = {
        "for": (rule.for_types, types),
        "required": (rule.required, rule.for_types),
        "yields_to": (rule.yields_to, ruleset.rules),
    }
    faults = []
    fields = {field.name for each in rule.for_types if each in types for field in types[each].fields}
    known["doubts"] = (rule.doubts, fields)
    if rule.id in BUILT_IN:
        message = Bilingual(f"{rule.id} 是内置规则的编号", f"{rule.id} is the id of a rule that is built in")
        hint = Bilingual("换一个编号", "choose another")
        faults.append(Fault("ruleset.built_in", message, rule.location, hint))
    if not rule.for_types:
        message = Bilingual(
            f"{rule.id}: for 是空的, 没有对象可问", f"{rule.id}: for is empty, nothing is asked"
        )
        faults.append(Fault("ruleset.asks_nothing", message, rule.location))
    for key, (names, allowed) in known.items():
        for name in (each for each in names if each not in allowed):
            listed = ", ".join(sorted(allowed) if key == "doubts" else allowed)
            message = Bilingual(
                f"{rule.id}: {key} 中的 {name} 不存在", f"{rule.id}: {name} in {key} does not exist"
            )
            hint = Bilingual(f"可用: {listed}", f"known: {listed}")
            faults.append(Fault(f"ruleset.unknown_{key}", message, rule.location, hint))
    if rule.suspects and not rule.figure:
        message = Bilingual(f"{rule.id}: 有 suspects 须有 figure", f"{rule.id}: suspects need a figure")
        faults.append(Fault("ruleset.no_figure", message, rule.location))
    return faults


def _never(_: Context) -> Trace:
    raise AssertionError("a ruleset with faults is not asked")  # pragma: no cover
