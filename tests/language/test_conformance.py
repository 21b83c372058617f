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
from perfrules.language import Context, Scope, calculation, check, parse, to_python, to_text
from perfrules.model.fact import Fact, State
from perfrules.model.interval import Interval
from perfrules.model.quantity import Qualifier, Quantity, printed_quantity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.truth import Number, Unknown
from perfrules.model.unit import MONEY_UNITS, NUMBER, PERCENT, Kind, Unit

FOLDER = Path(__file__).parents[1] / "conformance"
Case = Mapping[str, object]


def cases() -> Iterator[object]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for number, case in enumerate(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader), 1):
            yield pytest.param(case, id=f"{path.stem}-{number}-{case['if']}")


def value_of(text: str) -> Quantity | str | date:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    found = re.fullmatch(r"(约?)(-?[\d.]+)(余?)(\D*)", text)
    if not found:
        return text
    known = {**MONEY_UNITS, "%": PERCENT, "": NUMBER}
    unit = known.get(found[4]) or Unit(Kind.COUNT, found[4])
    qualifier = Qualifier.ABOUT if found[1] else Qualifier.AT_LEAST if found[3] else Qualifier.EXACT
    return printed_quantity(found[2], unit, qualifier)


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
    project = Subject(
        "project", "project:asked", "", facts(case.get("project", {})), table_of(case, "target")
    )
    claim = Subject("claim", "claim", "", facts(case.get("claim", {})))
    line = Subject("line", "department/project", "", facts(case.get("line", {})))
    department = Subject(
        "department",
        "department",
        "",
        facts(case.get("department", {})),
        table_of(case, "project"),
        {"project": line},
    )
    return {
        "department": (department,),
        "line": (department, line),
        "claim": (department, line, claim),
        "project": (department, project),
    }[asked(case)]


def table_of(case: Case, row: str) -> dict[str, Table]:
    name = f"{row}s"
    if name not in case:
        return {}
    rows = tuple(Subject(row, f"{row}:{n}", "", facts(each)) for n, each in enumerate(case[name]))
    return {name: Table(rows, Completeness(case.get("listed", "unknown")))}


def asked(case: Case) -> str:
    return str(case.get("of", "line"))


def expected_interval(text: str) -> Interval:
    found = re.fullmatch(r"([\[(])(\S+), (\S+)([\])])", text)
    if not found:
        return Interval.point(Fraction(text))
    low = None if found[2] == "-inf" else Fraction(found[2])
    high = None if found[3] == "inf" else Fraction(found[3])
    return Interval(low, high, found[1] == "[", found[4] == "]")


@pytest.mark.parametrize("case", list(cases()))
def test_the_case_holds(case: Case) -> None:
    text = str(case["if"])
    given = case.get("parameters", {})
    assert isinstance(given, Mapping)
    empty = Scope(CORE_TYPES, ("department",), {})
    parameters = {name: check(each, empty) for name, each in given.items()}
    scope = Scope(CORE_TYPES, (asked(case),), {name: each.kind for name, each in parameters.items()})
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
