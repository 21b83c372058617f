"""The conditions of the catalogue at work: each passes, fails and stays quiet on the cases its line speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from perfrules.language import Context, Scope, check, to_python
from perfrules.model.fact import Fact, State
from perfrules.model.subject import Completeness, Field, Subject, SubjectType, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.trace import Trace
from perfrules.model.unit import Kind
from perfrules.readers.values import day, measure, quantity

from .test_catalogue import PARAMETERS, SAID, SCOPE, Condition, checked

CASES: Mapping[str, Mapping[str, list[Mapping[str, object]]]] = yaml.load(
    (Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
BY_ID = {each.id: each for each in SAID}
LINES = ("total", "basic", "project")


def fact(field: Field, text: str) -> Fact:
    state = State.PRINTED
    if text.startswith("!"):
        word, text = text[1:].split(" ")
        state = State(word)
    match field.kind:
        case Kind.TEXT:
            value: object = text
        case Kind.DATE:
            value = day(text)
        case Kind.MEASURE:
            value = measure(text) or text
        case Kind.NUMBER if text.endswith("%"):
            value = quantity(text, Kind.RATIO)
        case kind:
            value = quantity(text, kind)
    assert value is not None, (field.name, text)
    return Fact(field.name, value, state)  # type: ignore[arg-type]


def subject(kind: SubjectType, id: str, given: Mapping[str, object]) -> Subject:
    """A subject with the facts and tables among `given` that its type has."""
    fields = {each.name: each for each in kind.fields}
    tables = {each.name: each.row for each in kind.tables}
    facts = {
        name: fact(fields[name], text)
        for name, text in given.items()
        if name in fields and isinstance(text, str)
    }
    rows = {
        name: table(tables[name], id, listed)
        for name, listed in given.items()
        if name in tables and isinstance(listed, list)
    }
    return Subject(kind.id, id, str(given.get("name", "")), facts, rows)


def table(row: str, owner: str, listed: list[Mapping[str, object] | str]) -> Table:
    whole = Completeness.PARTIAL if "等" in listed else Completeness.COMPLETE
    named = [each for each in listed if isinstance(each, Mapping)]
    return Table(
        tuple(subject(CORE_TYPES[row], f"{owner}/{row}:{n}", each) for n, each in enumerate(named)), whole
    )


def path_of(asked: str, given: Mapping[str, object]) -> tuple[Subject, ...]:
    """From the department to the subject asked; a claim stands below a project with the facts `above`."""
    department = subject(CORE_TYPES["department"], "department", given)
    lines = {name: each for name in LINES if isinstance(each := given.get(name), Mapping)}
    members = {name: subject(CORE_TYPES["line"], f"department/{name}", each) for name, each in lines.items()}
    department = Subject("department", "department", "", department.facts, department.tables, members)
    own = () if asked == "department" else (subject(CORE_TYPES[asked], asked, given),)
    above = given.get("above", {})
    assert isinstance(above, Mapping)
    owner = (subject(CORE_TYPES["project"], "project", above),) if asked == "claim" else ()
    return (department, *owner, *own)


def verdict(each: Condition, asked: tuple[str, ...], type_: str, given: Mapping[str, object]) -> str:
    path = path_of(type_, given)
    values: dict[str, Trace] = {}
    for name, (_, value) in PARAMETERS.items():
        scope = Scope(CORE_TYPES, ("department",), SCOPE.parameters)
        values[name] = to_python(check(value, scope, may_be_list=True))(Context(path[:1], values))
    context = Context(path, values)
    if each.when and to_python(checked(each.when, asked))(context).value is not True:
        return "quiet"
    told = to_python(checked(each.condition, asked))(context).value
    return "passes" if told is True else "fails" if told is False else "quiet"


def cases() -> Iterator[object]:
    for id, outcomes in CASES.items():
        for outcome, listed in outcomes.items():
            for number, given in enumerate(listed, 1):
                yield pytest.param(id, outcome, given, id=f"{id}-{outcome}-{number}")


@pytest.mark.parametrize(("id", "outcome", "given"), list(cases()))
def test_a_condition_has_the_outcome_of_its_case(id: str, outcome: str, given: Mapping[str, object]) -> None:
    for asked in BY_ID[id].asked:
        for type_ in asked:
            found = verdict(BY_ID[id], asked, type_, given)
            assert found == outcome or (outcome == "quiet" and found == "passes")


def test_conditions_said_of_whole_tables_pass_once_and_fail_once() -> None:
    assert set(CASES) <= {each.id for each in SAID}
    assert all(outcomes["passes"] and outcomes["fails"] for outcomes in CASES.values())
    assert {name for outcomes in CASES.values() for name in outcomes} == {"passes", "fails", "quiet"}
