"""An expression asked of reports, outside any rule: how an author tries things out.

In: an expression, reports, and the ruleset whose parameters it may use. Out: an answer for each subject of each type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from attrs import evolve, frozen

from perfrules import pipeline
from perfrules.bilingual import Bilingual
from perfrules.errors import ExpressionError, Fault, RulesetError
from perfrules.language import Checked, Context, check, parse, to_python, to_text
from perfrules.model.answer import Answer, Asked, Asking
from perfrules.model.subject import SubjectType
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Reason, Unknown
from perfrules.plugins import Catalog
from perfrules.rules import CompiledParameter, compile_parameters, load_ruleset

PREFERRED = ("line", "project")
Tried = Mapping[str, "Checked | ExpressionError"]
"""An expression checked for several types by itself: what it is there, or what is wrong with it there."""


@frozen
class Question:
    """Where an expression is asked: the ruleset by name or folder, the types (empty: those it fits), the day."""

    ruleset: str | Path | None = None
    types: tuple[str, ...] = ()
    as_of: date | None = None


def ask(text: str, paths: Sequence[Path], catalog: Catalog, question: Question) -> Asking:
    """The answers for every submission below the paths; raises PerfrulesError where there can be none."""
    node = parse(text)
    named = tuple(dict.fromkeys(_type_of(each, catalog.types) for each in question.types))
    ruleset = load_ruleset(question.ruleset, with_examples=False)
    parameters, scope = compile_parameters(ruleset.parameters.values(), catalog.types, catalog.functions)
    reading = pipeline.read_paths(paths, catalog)
    tried: dict[str, Checked | ExpressionError] = {}
    for each in named or catalog.types:
        try:
            tried[each] = check(text, evolve(scope, asked=(each,)))
        except ExpressionError as error:
            tried[each] = error
    asked = _all_fit(tried) if named else _fitting(tried, catalog.types, _present(reading.submissions))
    done, faults = [], list(reading.faults)
    for submission in reading.submissions:
        try:
            done.append(_asked(submission, asked, parameters, catalog, question.as_of))
        except RulesetError as error:  # the parameters have no value for this report's date
            faults += [evolve(each, where=pipeline.where(submission) or each.where) for each in error.faults]
    if not done:
        raise RulesetError(faults)
    name = pipeline.named(ruleset)
    return Asking(
        text,
        to_text(node),
        tuple(asked),
        pipeline.version(),
        name,
        tuple(done),
        tuple(faults),
        reading.remarks,
    )


def _asked(
    submission: Submission,
    asked: Mapping[str, Checked],
    parameters: Iterable[CompiledParameter],
    catalog: Catalog,
    as_of: date | None,
) -> Asked:
    day = as_of or submission.period[1]
    whole, values = pipeline.completed(submission, parameters, catalog, as_of)
    paths = list(whole.walk())
    answers = []
    for name, checked in asked.items():
        evaluate = to_python(checked)
        unset = sorted(checked.parameters - set(values))  # a table by month whose first month has not come
        for path in (each for each in paths if each[-1].type == name):
            trace = _unset(checked, unset) if unset else evaluate(Context(path, values))
            answers.append(Answer(path, trace))
    return Asked(whole, day, tuple(answers))


def _unset(checked: Checked, names: Sequence[str]) -> Trace:
    return Trace(checked.text, Unknown(tuple(Lack(Reason.MISSING, "", f"${name}") for name in names)))


def _present(submissions: Iterable[Submission]) -> set[str]:
    return {path[-1].type for each in submissions for path in each.walk()}


def _all_fit(tried: Tried) -> Mapping[str, Checked]:
    """What was asked for by name, each type by itself; raises ExpressionError where it fits one of them not."""
    faults = [fault for each in tried.values() if isinstance(each, ExpressionError) for fault in each.faults]
    if faults:
        raise ExpressionError(dict.fromkeys(faults))
    return _checked(tried)


def _fitting(tried: Tried, types: Mapping[str, SubjectType], present: set[str]) -> Mapping[str, Checked]:
    """The types an expression speaks of: those of which it uses something of their own, lines and projects first.

    What fits no type is told by the faults of the nearest one: that with the fewest.
    """
    fitting = _checked(tried)
    if not fitting:
        raise min(_errors(tried, present), key=lambda error: len(error.faults))
    own = {name: each for name, each in fitting.items() if _speaks_of(name, fitting, types)}
    own = {name: each for name, each in own.items() if _is_whole(name, each)} or own
    here = {name: each for name, each in own.items() if name in present} or own
    return {name: each for name, each in here.items() if name in PREFERRED} or here


def _errors(tried: Tried, present: set[str]) -> Iterator[ExpressionError]:
    """The faults for each type, those of the report before others, lines and projects first."""
    order = sorted(tried, key=lambda name: (name not in present, name not in PREFERRED))
    yield from (error for error in (tried[name] for name in order) if isinstance(error, ExpressionError))


def _speaks_of(name: str, fitting: Mapping[str, Checked], types: Mapping[str, SubjectType]) -> bool:
    """Whether the expression uses something of this type that it would not find in a type above.

    `month >= 6` fits a line as well, for it finds the department's month from there; it speaks of departments.
    """
    above = [fitting[each] for each in types[name].parents if each in fitting]
    mine = list(fitting[name].meanings.values())
    return all(
        any(
            name in meaning.owners and meaning != other
            for meaning, other in zip(mine, each.meanings.values(), strict=True)
        )
        for each in above
    )


def _is_whole(name: str, checked: Checked) -> bool:
    """Whether all names of an expression are of that type's own: `total.spent > basic.spent` is of departments."""
    return all(name in meaning.owners for meaning in checked.meanings.values())


def _checked(tried: Tried) -> dict[str, Checked]:
    return {name: each for name, each in tried.items() if isinstance(each, Checked)}


def _type_of(said: str, types: Mapping[str, SubjectType]) -> str:
    """A subject type by its id or its Chinese label; raises ExpressionError with the nearest one."""
    names = {name: each.id for each in types.values() for name in (each.id, each.label.zh)}
    if said in names:
        return names[said]
    near = get_close_matches(said, names, 1)
    listed = ", ".join(f"{each.id} {each.label.zh}" for each in types.values())
    hint = Bilingual(f"可用: {listed}", f"known: {', '.join(types)}")
    if near:
        hint = Bilingual(f"是否为 {near[0]}?", f"did you mean {near[0]}?")
    message = Bilingual(f"没有对象类型 {said}", f"there is no subject type {said}")
    raise ExpressionError(Fault("question.unknown_type", message, None, hint))
