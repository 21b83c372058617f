"""A compiled ruleset over frames → the questions that whole numbers answer, and those that only the definition can.

A question is a rule asked of one kind of subject: of departments, of a line, of projects, of a claim beside its figures, of
targets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.language import Function, Scope, check
from perfrules.language.whole import BeyondError, Frame, Inline, Path, Rows, lowered
from perfrules.language.whole.making import both, either, known, negated, stated
from perfrules.language.whole.nodes import FALSE, TRUE, Aggregates, Column, Truth, WhollyNode
from perfrules.language.whole.ranges import below, walk
from perfrules.language.whole.relief import relieved
from perfrules.model.rule import Expression, Rule
from perfrules.model.subject import SubjectType
from perfrules.model.trace import Trace
from perfrules.model.truth import Value
from perfrules.model.unit import Kind
from perfrules.rules import CompiledRuleset, compile_parameters
from perfrules.rules.bands import within
from perfrules.screening.asked import Question, question

ROWS = {"project": "projects", "target": "targets"}
"""What rows of tables are called among kinds of subjects: `department/project` is the line."""
Values = Mapping[str, Value | tuple[Value, ...]]


@frozen
class Beyond:
    """A rule that whole numbers do not say, asked of a kind of subject at a depth; and why."""

    rule: str
    subject: str
    path: Path
    why: Bilingual


@frozen
class Questions:
    """What is screened, and what is left to the definition; `doubting` are rules whose violation casts doubt on figures."""

    asked: tuple[Question, ...]
    beyond: tuple[Beyond, ...]
    paths: tuple[Path, ...]
    doubting: frozenset[str]


def questions(
    ruleset: CompiledRuleset,
    department: Frame,
    parameters: Mapping[str, Trace],
    as_of: date | None,
    types: Mapping[str, SubjectType],
    functions: Mapping[str, Function],
) -> Questions:
    """Every rule in force asked of every kind of subject that the frames have."""
    _, scope = compile_parameters(ruleset.ruleset.parameters.values(), types, functions)
    values = {name: plain(trace) for name, trace in parameters.items()}
    asked: list[Question] = []
    beyond: list[Beyond] = []
    paths: list[Path] = []
    for compiled in ruleset.rules:
        rule = compiled.rule
        if not _is_in_force(rule, as_of) or compiled.parameters - parameters.keys():
            continue
        for path in positions((department,)):
            if path[-1].type not in rule.for_types:
                continue
            name = "/".join(each.label or ROWS.get(each.type, each.type) for each in path)
            try:
                found = _asked(rule, evolve(scope, asked=rule.for_types), path, values)
            except BeyondError as error:
                beyond.append(Beyond(rule.id, name, path, error.said))
                continue
            asked.append(evolve(found, subject=name))
            paths.append(path)
    left = {each.rule for each in beyond}  # a rule is asked in one way, wherever it is asked
    kept = [(each, path) for each, path in zip(asked, paths, strict=True) if each.rule not in left]
    asked, paths = [each for each, _ in kept], [path for _, path in kept]
    doubting = frozenset(each.rule.id for each in ruleset.rules if each.rule.doubts)
    return Questions(tuple(asked), tuple(beyond), tuple(paths), doubting)


def positions(path: Path) -> Iterator[Path]:
    """Every kind of subject that frames have, as the path to it."""
    yield path
    for member in path[-1].members.values():
        yield from positions((*path, member))
    for table in path[-1].tables.values():
        for frame in table.frames if isinstance(table, Inline) else (table.frame,):
            yield from positions((*path, frame))


def _depths(department: Frame) -> dict[str, int]:
    """How deep each table lies."""
    tables = [table for path in positions((department,)) for table in path[-1].tables.values()]
    return {table.table: table.frame.depth for table in tables if isinstance(table, Rows)}


def _asked(rule: Rule, scope: Scope, path: Path, values: Values) -> Question:
    def truth(expression: Expression | str) -> Truth:
        return lowered(check(expression, scope, Kind.TRUTH), path, values)

    guard = truth(rule.when) if rule.when else TRUE
    may_apply = stated(guard, True) != FALSE
    found = asked_at(path, rule.id, guard, truth(rule.condition) if may_apply else TRUE)
    if not rule.bands or not rule.measure or not may_apply:
        return found
    tests = (truth(within(rule.measure, each, each)) for each in rule.bands)
    level = either(*(stated(each, True) for each in tests))  # a violation of no known level is undetermined
    return evolve(
        found,
        violated=relieved(both(found.violated, level)),
        unknown=relieved(either(found.unknown, both(found.violated, negated(level)))),
    )


def asked_at(path: Path, rule: str, guard: Truth, condition: Truth) -> Question:
    """A rule asked of the subjects at the end of a path, where they are there; raises BeyondError."""
    for each in (guard, condition):
        _look_down_only(each, _depths(path[0]))
    found = question(rule, "", path[-1].depth, guard, condition)
    if path[-1].present is None:
        return found
    there = known(Column(path[-1].present))
    violated, unknown = relieved(both(there, found.violated)), relieved(both(there, found.unknown))
    return evolve(found, violated=violated, unknown=unknown)


def _look_down_only(node: WhollyNode, depths: Mapping[str, int]) -> None:
    """Raises BeyondError where rows are asked about totals over their own table or one above, which come after them."""
    for each in walk(node):
        if isinstance(each, Aggregates):
            own = depths[each.table]
            inner = (other for part in below(each) for other in walk(part))
            if any(isinstance(other, Aggregates) and depths[other.table] <= own for other in inner):
                raise BeyondError("行的条件用到上级的合计", "rows asked about totals of the rows above")


def _is_in_force(rule: Rule, as_of: date | None) -> bool:
    if as_of is None:
        return rule.since is None and rule.until is None
    return (rule.since is None or rule.since <= as_of) and (rule.until is None or as_of <= rule.until)


def plain(trace: Trace) -> Value | tuple[Value, ...]:
    """A parameter's value; the items of a list."""
    if trace.operator == "list":
        return tuple(part.value for part in trace.parts)
    return trace.value
