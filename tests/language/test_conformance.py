"""The conformance cases, through the parser, the checker and the definition; and the canonical text on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from perfrules.errors import ExpressionError
from perfrules.language import Checked, Context, Scope, calculation, check, parse, to_python, to_text
from perfrules.language.syntax import Literal
from perfrules.model.fact import Fact, State
from perfrules.model.interval import Interval
from perfrules.model.quantity import Qualifier, Quantity, printed_quantity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.truth import Number, Unknown
from perfrules.model.unit import DAY, MONEY_UNITS, MONTH, NUMBER, PERCENT, Kind, Unit

FOLDER = Path(__file__).parents[1] / "conformance"
Case = Mapping[str, object]


def cases() -> Iterator[object]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for number, case in enumerate(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader), 1):
            yield pytest.param(case, id=f"{path.stem}-{number}-{case['if']}")


def value_of(text: str) -> Quantity | str | date:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    found = re.fullmatch(r"(约|不足|)(-?\d+(?:\.\d+)?)(余?)([^\d.]*?)(以上)?", text)
    if not found or len(found[4]) > 3:
        return text
    known = {**MONEY_UNITS, "%": PERCENT, "天": DAY, "个月": MONTH, "": NUMBER}
    unit = known.get(found[4]) or Unit(Kind.COUNT, found[4])
    before = {"约": Qualifier.ABOUT, "不足": Qualifier.AT_MOST}
    after = Qualifier.AT_LEAST if found[3] or found[5] else Qualifier.EXACT
    return printed_quantity(found[2], unit, before.get(found[1], after), open_ended=bool(found[5]))


def facts(given: Mapping[str, str]) -> dict[str, Fact]:
    found = {}
    for name, text in given.items():
        state = State.PRINTED
        if text.startswith("!"):
            word, text = text[1:].split(" ")
            state = State(word)
        found[name] = Fact(name, value_of(text), state)
    return found


def path_of(case: Case) -> tuple[Subject, ...]:
    """The department, and below it the line, claim, project or target that is asked."""

    def subject(kind: str, name: str, rows: str = "") -> Subject:
        return Subject(kind, name, "", facts(case.get(kind, {})), tables_of(case, rows) if rows else {})

    project, target = subject("project", "project:asked", "targets"), subject("target", "target:asked")
    line, claim = subject("line", "department/project"), subject("claim", "claim")
    tables = {**tables_of(case, "projects"), **tables_of(case, "problem_projects")}
    department = Subject(
        "department", "department", "", facts(case.get("department", {})), tables, {"project": line}
    )
    return {
        "department": (department,),
        "line": (department, line),
        "claim": (department, line, claim),
        "project": (department, project),
        "target": (department, project, target),
    }[asked(case)]


ROWS = {"projects": "project", "problem_projects": "named_project", "targets": "target"}


def tables_of(case: Case, name: str) -> dict[str, Table]:
    """The table of that name, if the case has it; rows may have tables of their own."""
    if name not in case:
        return {}
    rows = []
    for number, row in enumerate(case[name]):
        plain = {key: value for key, value in row.items() if key not in (*ROWS, "listed")}
        kind = ROWS[name]
        rows.append(Subject(kind, f"{kind}:{number}", "", facts(plain), tables_of(row, "targets")))
    return {name: Table(tuple(rows), Completeness(case.get("listed", "unknown")))}


def asked(case: Case) -> str:
    return str(case.get("of", "line"))


def expected_interval(text: str) -> Interval:
    found = re.fullmatch(r"([\[(])(\S+), (\S+)([\])])", text)
    if not found:
        return Interval.point(Fraction(text))
    low = None if found[2] == "-inf" else Fraction(found[2])
    high = None if found[3] == "inf" else Fraction(found[3])
    return Interval(low, high, found[1] == "[", found[4] == "]")


def is_text(parameter: Checked) -> bool:
    return isinstance(parameter.node, Literal) and isinstance(parameter.node.value, str)


@pytest.mark.parametrize("case", list(cases()))
def test_the_case_holds(case: Case) -> None:
    text = str(case["if"])
    given = case.get("parameters", {})
    assert isinstance(given, Mapping)
    empty = Scope(CORE_TYPES, ("department",), {})
    parameters = {name: check(each, empty, may_be_list=True) for name, each in given.items()}
    scope = Scope(
        CORE_TYPES,
        (asked(case),),
        {name: each.kind for name, each in parameters.items()},
        lists=frozenset(name for name, each in parameters.items() if each.listed),
        texts={name: (each.node.value,) for name, each in parameters.items() if is_text(each)},
    )
    if "error" in case:
        with pytest.raises(ExpressionError) as caught:
            check(text, scope)
        fault = caught.value.faults[0]
        assert fault.code == f"expression.{case['error']}"
        assert fault.excerpt is not None
        assert fault.caret is not None
        assert fault.excerpt[slice(*fault.caret)] == case["at"]
        if "hint" in case:
            assert fault.hint is not None
            assert [fault.hint.zh, fault.hint.en] == case["hint"]
        return
    path = path_of(case)
    values = {name: to_python(each)(Context(path[:1], {})) for name, each in parameters.items()}
    trace = to_python(check(text, scope))(Context(path, values))
    assert parse(to_text(parse(text))) == parse(text)
    if "unknown" in case:
        assert isinstance(trace.value, Unknown)
        assert [f"{lack.reason.value} {lack.field}" for lack in trace.value.lacks] == case["unknown"]
    elif case["then"] in ("true", "false"):
        assert trace.value is (case["then"] == "true")
        assert trace.by_rounding is (case.get("by_rounding") == "true")
    else:
        assert isinstance(trace.value, Number)
        assert trace.value.interval == expected_interval(str(case["then"]))
    if "shown" in case:
        assert calculation(trace, "zh") == case["shown"]


def test_the_cases_are_many_and_many_say_how_they_were_worked() -> None:
    values = [case.values[0] for case in cases()]
    assert len(values) >= 500
    assert sum("why" in case for case in values) >= 150
