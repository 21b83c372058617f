"""The conformance cases on every fast twin; what one of them leaves to the definition is declared in gaps.yaml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from tests.language.test_conformance import Case, asked, cases, is_text, path_of
from tests.screening.held import NotHeldError, held
from tests.screening.twins import (
    RELATIONS,
    BeyondError,
    CloseError,
    Database,
    Rule,
    by_definition,
    by_doubles,
    by_integers,
)

from perfrules.errors import ExpressionError
from perfrules.language import Checked, Context, Scope, check, to_python
from perfrules.language.to_sql import sql_text
from perfrules.model.subject import Subject
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.truth import Number, Unknown, Value
from perfrules.model.unit import Kind
from perfrules.screening.queries import counts_query, findings_query
from perfrules.screening.subjects import Record

GAPS = Path(__file__).with_name("gaps.yaml")
WORDS = {Kind.MONEY: "元", Kind.DAYS: "天", Kind.MONTHS: "个月"}
OUTCOMES = {True: None, False: 1}
CASES = {each.id: each.values[0] for each in cases() if "error" not in each.values[0]}  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def database() -> Database:
    return Database()


def written(value: Fraction, kind: Kind) -> str:
    return f"{value.numerator}{WORDS.get(kind, '')}"


def conditions(text: str, value: Value, kind: Kind) -> Iterator[str]:
    """Conditions that ask an expression of a kind for its value."""
    if kind is Kind.TRUTH:
        yield text
    elif isinstance(value, Number):
        kind = value.unit.kind if kind is Kind.MEASURE else kind
        interval = value.interval
        for end in {interval.low, interval.high} - {None}:
            assert end is not None
            for relation in ("==", "<", "<=") if interval.is_point else ("==", ">=", "<=", ">"):
                yield f"({text}) * {end.denominator} {relation} {written(end, kind)}"
    elif kind not in (Kind.TEXT, Kind.DATE):
        yield f"({text}) == {written(Fraction(0), kind)}"


def scope_of(case: Case) -> tuple[Scope, Mapping[str, Checked]]:
    given = case.get("parameters", {})
    assert isinstance(given, Mapping)
    empty = Scope(CORE_TYPES, ("department",), {})
    parameters = {name: check(each, empty, may_be_list=True) for name, each in given.items()}
    scope = Scope(
        CORE_TYPES,
        (asked(case),),
        {name: each.kind for name, each in parameters.items()},
        lists=frozenset(name for name, each in parameters.items() if each.listed),
        texts={name: (each.node.value,) for name, each in parameters.items() if is_text(each)},  # type: ignore[union-attr]
    )
    return scope, parameters


def asked_of(case: Case, database: Database) -> Iterator[tuple[str, str]]:
    """For each twin that leaves a case to the definition its name and the reason; the others agree."""
    scope, parameters = scope_of(case)
    path = path_of(case)
    traces = {name: to_python(each)(Context(path[:1], {})) for name, each in parameters.items()}
    whole = check(str(case["if"]), scope)
    value = to_python(whole)(Context(path, traces)).value
    try:
        frames, record = held(path)
    except NotHeldError as error:
        yield "dataset", str(error)
        return
    is_asked = False
    for text in conditions(str(case["if"]), value, whole.kind):
        try:
            checked = check(text, scope, Kind.TRUTH)
        except ExpressionError:  # what can only be so needs no asking
            continue
        is_asked = True
        wanted = to_python(checked)(Context(path, traces)).value
        rule = Rule(frames, checked, None, traces)
        yield from gaps(rule, record, wanted, database)
    if not is_asked:
        yield "dataset", "no condition asks for it"


def gaps(rule: Rule, record: Record, value: Value, database: Database) -> Iterator[tuple[str, str]]:
    """The twins that do not say what one condition comes to; all others must."""
    (outcome,) = [each for _, each in by_definition(rule, [record])] or [None]
    assert outcome == (2 if isinstance(value, Unknown) else OUTCOMES[value is True]), "the dataset is another"
    try:
        rule.question()
    except BeyondError as error:
        yield "whole numbers", str(error)
        return
    twins: dict[str, Callable[[], object]] = {
        "whole numbers": lambda: by_integers(rule, [record]),
        "doubles": lambda: by_doubles(rule, [record]),
        "SQL": lambda: database.asked(rule),
    }
    database.filled(rule.path[0], [record])
    for name, twin in twins.items():
        try:
            found = twin()
        except BeyondError as error:
            yield name, str(error)
            continue
        except CloseError:  # the whole numbers were asked
            continue
        assert found == by_definition(rule, [record]), name
    for dialect in ("spark", "postgres"):
        for query in (findings_query, counts_query):
            assert sql_text(query([rule.question()], RELATIONS), dialect)


@pytest.mark.parametrize("name", CASES)
def test_twins_agree_or_the_gap_is_declared(
    name: str, database: Database, declared: Mapping[str, set[str]]
) -> None:
    found = {f"{twin}: {why}" for twin, why in asked_of(CASES[name], database)}
    assert found == declared.get(name, set())


def test_every_gap_is_of_a_case(declared: Mapping[str, set[str]]) -> None:
    assert set(declared) <= set(CASES)


@pytest.fixture(scope="module")
def declared(request: pytest.FixtureRequest, database: Database) -> Mapping[str, set[str]]:
    """The gaps by case; written anew on request."""
    if request.config.getoption("--update-golden"):
        write(database)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for twin, reasons in yaml.safe_load(GAPS.read_text(encoding="utf-8")).items():
        for why, names in reasons.items():
            for name in names:
                found[name].add(f"{twin}: {why}")
    return found


HEAD = """# What a fast twin leaves to the definition: twin, reason, conformance cases. A test fails where a gap opens or closes.
# `dataset`: columns of a dataset do not hold such facts. `doubles`: no filter; whole numbers are computed from the start.
"""


def write(database: Database) -> None:
    found: dict[str, dict[str, list[str]]] = {}
    for name, case in CASES.items():
        for twin, why in sorted(set(asked_of(case, database))):
            found.setdefault(twin, {}).setdefault(why, []).append(name)
    text = yaml.safe_dump(found, allow_unicode=True, width=120, sort_keys=True)
    GAPS.write_text(HEAD + text, encoding="utf-8", newline="\n")


__all__ = ["Subject"]
