"""What a reader of a ruleset would stop at, though it loads: no fault, but worth a look before it goes out.

In: a compiled ruleset, the catalog's types, and the days it is meant for. Out: remarks, each with its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import ExpressionError
from perfrules.language import Function, Scope, check
from perfrules.location import Location
from perfrules.model.rule import Expression, Rule
from perfrules.model.subject import SubjectType
from perfrules.rules.compiled import GIVEN, CompiledRuleset
from perfrules.rules.messages import slots
from perfrules.rules.parameters import compile_parameters

ACCUSING = (
    "违规",
    "违法",
    "弄虚作假",
    "虚报",
    "瞒报",
    "造假",
    "欺骗",
    "追责",
    "问责",
    "严重错误",
    "责令",
    "挪用",
    "套取",
    "截留",
    "隐瞒",
    "故意",
    "失职",
    "闲置沉淀",
    "系统认定",
    "violated the law",
    "falsified",
    "fraud",
    "misappropriat",
    "embezzl",
    "deliberate",
    "conceal",
    "negligen",
)
"""Words that say who is to blame, which a report never does."""
SUBJECTS = ("department", "line", "project", "claim", "count", "target")


@frozen
class Remark:
    """One thing to look at: its code, the rule or parameter or field it is about, what, and where."""

    code: str
    about: str
    message: Bilingual
    location: Location | None = None


def remarks(
    ruleset: CompiledRuleset,
    types: Mapping[str, SubjectType],
    functions: Mapping[str, Function],
    days: tuple[date | None, date | None] = (None, None),
) -> list[Remark]:
    """Every remark on a ruleset, rule by rule, then on its parameters and on the fields that no rule reads.

    `days` are the first and last cut-off it is meant for; None leaves that end open.
    """
    parameters, scope = compile_parameters(ruleset.ruleset.parameters.values(), types, functions)
    found: list[Remark] = []
    read: set[str] = set()
    used: set[str] = {name for each in parameters for value in each.values for name in _needs(value)}
    for compiled in ruleset.rules:
        rule = compiled.rule
        asked = [_read(expression, rule, scope) for expression in _expressions(rule)]
        own = set[str]().union(*(fields for fields, _ in asked))
        used |= set[str]().union(*(names for _, names in asked))
        read |= own
        found += [
            *_on_basis(rule, days),
            *_on_words(rule),
            *_on_days(rule, days),
            *_on_values(rule, own, scope),
        ]
    for name, parameter in ruleset.ruleset.parameters.items():
        if name not in used:
            said = Bilingual(f"没有规则使用参数 ${name}", f"no rule uses ${name}")
            found.append(Remark("unused_parameter", f"${name}", said, parameter.location))
    found += _unread(types, read)
    return found


def _needs(value: object) -> set[str]:
    formulas = [getattr(value, "value", None), *getattr(value, "by_month", {}).values()]
    return {name for each in formulas if each is not None for name in each.needs}


def _expressions(rule: Rule) -> Iterator[Expression]:
    named = (
        rule.condition,
        rule.when,
        rule.measure,
        rule.limit,
        rule.margin,
        *(each.value for each in rule.suspects),
        *(end for band in rule.bands for end in (band.low, band.high)),
    )
    yield from (each for each in named if each is not None)
    if rule.figure:
        yield Expression(rule.figure)


def _read(expression: Expression, rule: Rule, scope: Scope) -> tuple[set[str], set[str]]:
    checked = check(
        expression,
        Scope(
            scope.types,
            rule.for_types,
            scope.parameters,
            scope.unset,
            scope.functions,
            scope.lists,
            scope.texts,
        ),
    )
    return set(checked.reads), {name for name in scope.parameters if f"${name}" in expression.text}


def _on_basis(rule: Rule, days: tuple[date | None, date | None]) -> Iterator[Remark]:
    if not any(each.confirmed for each in rule.basis):
        said = Bilingual(
            "没有已确认的依据, 报告只称本轮参考线或计算关系",
            "no confirmed basis: reports cite the ruleset or arithmetic alone",
        )
        yield Remark("no_basis", rule.id, said, rule.location)
    for basis in rule.basis:
        if basis.repealed is not None and (days[1] is None or basis.repealed <= days[1]):
            said = Bilingual(
                f"{basis.document}自 {basis.repealed} 起废止",
                f"{basis.document} is repealed from {basis.repealed} on",
            )
            yield Remark("repealed", rule.id, said, rule.location)


def texts_of(rule: Rule) -> Iterator[Bilingual]:
    """Everything a rule says to a department: title, message, request, levels and causes, why it asks and how it is mended."""
    yield from (rule.title, rule.message, rule.why)
    if rule.fix:
        yield rule.fix
    if rule.otherwise:
        yield from (rule.otherwise.title, rule.otherwise.message)
    if rule.request:
        yield from (rule.request.explained, rule.request.unexplained)
    for band in rule.bands:
        yield from (band.title, *((band.message,) if band.message else ()))
    yield from (each.label for each in rule.suspects)


def _on_words(rule: Rule) -> Iterator[Remark]:
    texts = tuple(texts_of(rule))
    for word in ACCUSING:
        if any(word in text.zh or word in text.en for text in texts):
            yield Remark(
                "accusing", rule.id, Bilingual(f"措辞有“{word}”", f"its words accuse: {word}"), rule.location
            )


def _on_days(rule: Rule, days: tuple[date | None, date | None]) -> Iterator[Remark]:
    first, last = days
    empty = rule.since is not None and rule.until is not None and rule.since > rule.until
    late = rule.since is not None and last is not None and rule.since > last
    early = rule.until is not None and first is not None and rule.until < first
    if empty or late or early:
        said = Bilingual(
            f"在所给日期内不会适用: {rule.since or '…'} 至 {rule.until or '…'}",
            f"never applies on these dates: {rule.since or '…'} to {rule.until or '…'}",
        )
        yield Remark("never_applies", rule.id, said, rule.location)


def _on_values(rule: Rule, read: set[str], scope: Scope) -> Iterator[Remark]:
    """Values that a message shows and that the rule's expressions do not use, names and dates of the subject aside."""
    told = {
        slot.text
        for text in (rule.message.zh, rule.message.en)
        for slot in slots(text)
        if slot.text not in GIVEN
    }
    for text in sorted(told):
        try:
            shown, _ = _read(Expression(text), rule, scope)
        except ExpressionError:
            continue  # a table, shown as names
        for name in sorted(
            shown - read - {"name", "period_to", "period_from", "numerator_name", "base_name"}
        ):
            said = Bilingual(
                f"消息显示 {name}, 规则没有用它", f"the message shows {name}, which the rule does not use"
            )
            yield Remark("shown_unused", rule.id, said, rule.location)


def _unread(types: Mapping[str, SubjectType], read: set[str]) -> Iterator[Remark]:
    for name in SUBJECTS:
        unread = [
            field.name for field in types[name].fields if field.name not in read and not field.is_computed
        ]
        if unread:
            listed = ", ".join(unread)
            yield Remark(
                "unread_fields", name, Bilingual(f"没有规则读取: {listed}", f"no rule reads: {listed}")
            )
