"""Parameters of a ruleset: compiled once, and evaluated for a submission on a date and at a month of cut-off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import ExpressionError, Fault, RulesetError
from perfrules.language import Checked, Context, Evaluate, Function, Node, Scope, check, to_python
from perfrules.language.syntax import Listing, Literal
from perfrules.model.rule import DatedValue, Expression, Parameter
from perfrules.model.subject import SubjectType
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Unknown
from perfrules.model.unit import Kind


@frozen
class Formula:
    """One expression of a parameter, compiled, and the parameters it cannot do without."""

    evaluate: Evaluate
    needs: frozenset[str]


@frozen
class CompiledValue:
    """What a parameter is from a date on: one formula, or one for each month that starts a new value."""

    since: date
    value: Formula | None
    by_month: Mapping[int, Formula]
    source: str


@frozen
class CompiledParameter:
    """A parameter with its values ordered by date."""

    parameter: Parameter
    values: tuple[CompiledValue, ...]


def compile_parameters(
    parameters: Iterable[Parameter], types: Mapping[str, SubjectType], functions: Mapping[str, Function]
) -> tuple[tuple[CompiledParameter, ...], Scope]:
    """The parameters, each after those it uses, and the scope in which they are known; raises RulesetError with all faults."""
    waiting = {parameter.name: parameter for parameter in parameters}
    scope = Scope(types, ("department",), {}, frozenset(), functions)
    done: list[CompiledParameter] = []
    while waiting:
        faults: list[Fault] = []
        settled = []
        for parameter in waiting.values():
            try:
                checked = _checked(parameter, scope)
            except ExpressionError as error:
                faults += error.faults
                continue
            scope = _with(scope, parameter, checked)
            done.append(_compiled(parameter, checked))
            settled.append(parameter.name)
        if not settled:  # what is left is wrong, or goes round in a circle
            raise RulesetError(faults)
        for name in settled:
            del waiting[name]
    return tuple(done), scope


def parameter_values(
    parameters: Iterable[CompiledParameter], submission: Submission, as_of: date | None = None
) -> Mapping[str, Trace]:
    """The value of each parameter for one submission, by name.

    `as_of` (default: the cut-off date) picks among dated values. A table by month takes the latest month not after that
    of the cut-off; before its first month the parameter is unset, and absent here, and so is every parameter that
    cannot do without it. Where the cut-off is not printed, or printed twice, what hangs on it is unknown by
    `period_to`. Raises RulesetError where the date lies before a parameter's first value.
    """
    cut_off = submission.cut_off
    day = as_of or (cut_off if isinstance(cut_off, date) else None)
    values: dict[str, Trace] = {}
    for each in parameters:
        name = each.parameter.name
        if not each.values:
            continue
        value = None if day is None else _dated(each, day)
        if isinstance(cut_off, Lack) and (value is None or value.by_month):
            values[name] = Trace(f"${name}", Unknown((cut_off,)))
            continue
        formula = None if value is None else _in_force(value, cut_off)
        if formula is not None and formula.needs <= values.keys():
            values[name] = formula.evaluate(Context((submission.department,), values))
    return values


def needed_by(parameters: Sequence[CompiledParameter], name: str) -> tuple[CompiledParameter, ...]:
    """The parameter of that name after all that it uses; nothing where there is none."""
    wanted = {name}
    found: list[CompiledParameter] = []
    for each in reversed(parameters):  # each stands after those it uses
        if each.parameter.name in wanted:
            found.append(each)
            wanted |= {need for formula in _formulas(each) for need in formula.needs}
    return tuple(reversed(found))


def _formulas(parameter: CompiledParameter) -> Iterator[Formula]:
    for value in parameter.values:
        yield from value.by_month.values()
        if value.value is not None:
            yield value.value


def _dated(parameter: CompiledParameter, as_of: date) -> CompiledValue:
    known = [value for value in parameter.values if value.since <= as_of]
    if known:
        return known[-1]
    name, first = parameter.parameter.name, parameter.values[0].since
    message = Bilingual(
        f"参数 ${name} 自 {first} 起才有值, 不能用于 {as_of}",
        f"${name} has no value before {first}, asked for {as_of}",
    )
    hint = Bilingual(
        "为更早的日期补充取值, 或更改 --as-of", "add a value for earlier dates, or change --as-of"
    )
    raise RulesetError(Fault("ruleset.before_first_value", message, parameter.parameter.location, hint))


def _in_force(value: CompiledValue, cut_off: date | Lack) -> Formula | None:
    if isinstance(cut_off, Lack) or not value.by_month:
        return value.value
    months = [each for each in sorted(value.by_month) if each <= cut_off.month]
    return value.by_month[months[-1]] if months else None


def _checked(parameter: Parameter, scope: Scope) -> dict[int, Checked]:
    """Every expression of a parameter by its identity, checked; raises ExpressionError with all their faults."""
    faults: list[Fault] = []
    checked = {}
    for expression in _telling(parameter):
        try:
            checked[id(expression)] = check(expression, scope, may_be_list=True)
        except ExpressionError as error:
            faults += error.faults
    if faults:
        raise ExpressionError(faults)
    return checked


def _telling(parameter: Parameter) -> list[Expression]:
    """The expressions that tell a parameter's kind: its own, and those it had before, of which it stays."""
    before = [] if parameter.before is None else _telling(parameter.before)
    return [*_expressions(parameter.values), *before]


def _expressions(values: Iterable[DatedValue]) -> Iterable[Expression]:
    for value in values:
        yield from [value.value] if value.value else value.by_month.values()


def _with(scope: Scope, parameter: Parameter, checked: Mapping[int, Checked]) -> Scope:
    """The scope with one more parameter in it."""
    name, sorts = parameter.name, {(each.kind, each.listed) for each in checked.values()}
    if parameter.kind:
        kind_name, _, listing = parameter.kind.partition(" ")
        sorts.add((Kind(kind_name), bool(listing)))
    if len(sorts) != 1:
        raise _mixed(parameter, sorts)
    kind, listed = sorts.pop()
    written = [text for each in checked.values() for text in _written_texts(each.node)]
    return evolve(
        scope,
        parameters={**scope.parameters, name: kind},
        lists=scope.lists | {name} if listed else scope.lists,
        texts=scope.texts if None in written else {**scope.texts, name: tuple(filter(None, written))},
    )


def _written_texts(node: Node) -> list[str | None]:
    """The texts a parameter may be, where they are written out; None for anything else."""
    if isinstance(node, Listing):
        return [text for item in node.items for text in _written_texts(item)]
    return [node.value if isinstance(node, Literal) and isinstance(node.value, str) else None]


def _mixed(parameter: Parameter, sorts: Iterable[tuple[Kind, bool]]) -> RulesetError:
    if not sorts:
        message = Bilingual(f"参数 ${parameter.name} 没有取值", f"${parameter.name} has no value")
        hint = Bilingual(
            "写 values: [{since: …, value: …}]; 暂不设值的写 kind: ratio 之类",
            "write values: [{since: …, value: …}], or kind: ratio and the like where none is set",
        )
        return RulesetError(Fault("ruleset.no_value", message, parameter.location, hint))
    listed = ", ".join(sorted(f"{kind.value}{' list' * is_list}" for kind, is_list in sorts)) or "-"
    message = Bilingual(
        f"参数 ${parameter.name} 的取值种类不一: {listed}",
        f"the values of ${parameter.name} differ in kind: {listed}",
    )
    is_bare = {kind for kind, _ in sorts} == {Kind.NUMBER, Kind.RATIO}
    bare = Bilingual("比率写成 35%", "write a ratio as 35%") if is_bare else None
    return RulesetError(Fault("ruleset.mixed_kinds", message, parameter.location, bare))


def _compiled(parameter: Parameter, checked: Mapping[int, Checked]) -> CompiledParameter:
    def formula(expression: Expression) -> Formula:
        known = checked[id(expression)]
        return Formula(to_python(known), known.parameters)

    values = tuple(
        CompiledValue(
            value.since,
            formula(value.value) if value.value else None,
            {month: formula(each) for month, each in value.by_month.items()},
            value.source,
        )
        for value in parameter.values
    )
    return CompiledParameter(parameter, values)
