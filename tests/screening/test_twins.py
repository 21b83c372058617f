"""Random conditions over random datasets: generated code, the filter in doubles and SQL say what the definition says.

python tests/screening/test_twins.py SECONDS [SEED]     goes on with further conditions
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.screening.datasets import datasets
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

from perfrules.language import Context, check, to_python
from perfrules.language.to_sql import sql_text
from perfrules.language.whole import Frame
from perfrules.model.subject import Subject
from perfrules.model.trace import Trace
from perfrules.screening.queries import counts_query, findings_query
from perfrules.screening.questions import positions
from perfrules.screening.subjects import Record
from perfrules.testing.asked import PARAMETERS, asked_conditions, asked_scope

ROUNDS = 120
LONGEST = 10**15
"""A figure of no more steps passes through a double without loss; the road in front of the filter makes sure of it."""
Dataset = tuple[Frame, list[dict[str, object]]]
Asked = tuple[tuple[str, str], tuple[str, str] | None]
"""A subject type with a condition, and perhaps one more, which is its guard where it is asked of the same type."""
ASKED = st.tuples(asked_conditions(), st.none() | asked_conditions(1))


def parameters() -> Mapping[str, Trace]:
    context, scope = Context((Subject("department", "department"),), {}), asked_scope("department")
    checked = {name: check(text, scope, may_be_list=True) for name, text in PARAMETERS.items()}
    return {name: to_python(each)(context) for name, each in checked.items()}


VALUES = parameters()


def rules(frame: Frame, asked: Asked) -> Iterator[Rule]:
    """The condition asked at every place of a frame where such a subject stands."""
    (kind, text), guarded = asked
    scope = asked_scope(kind)
    condition = check(text, scope)
    guard = check(guarded[1], scope) if guarded and guarded[0] == kind else None
    for path in positions((frame,)):
        if path[-1].type == kind:
            yield Rule(path, condition, guard, VALUES)


def is_short(record: Record) -> bool:
    """Whether every figure of a record and of the rows in it passes through a double without loss."""
    return all(
        all(map(is_short, value))
        if isinstance(value, list)
        else not isinstance(value, int) or abs(value) < LONGEST
        for value in record.values()
    )


def disagreements(rule: Rule, records: Sequence[Record], database: Database, told: Counter[str]) -> list[str]:
    """What a twin says that the definition does not; `told` counts who had something to say."""
    told["asked"] += 1
    try:
        question = rule.question()
    except BeyondError as error:
        told[f"left to the definition: {error}"] += 1
        return []
    for dialect in ("spark", "postgres"):
        for query in (findings_query, counts_query):
            said(lambda query=query, dialect=dialect: sql_text(query([question], RELATIONS), dialect))  # type: ignore[misc]
    twins = {
        "whole numbers": lambda: by_integers(rule, records),
        "doubles": lambda: by_doubles(rule, [each for each in records if is_short(each)]),
        "SQL": lambda: database.asked(rule),
    }
    wrong = []
    for name, twin in twins.items():
        found = said(twin)
        if found is None:
            told[f"not by {name}"] += 1
            continue
        told[f"by {name}"] += 1
        wanted = by_definition(rule, [each for each in records if name != "doubles" or is_short(each)])
        if found != wanted:
            wrong.append(f"{name}: {sorted(found)}, the definition: {sorted(wanted)}")  # type: ignore[call-overload]
    return wrong


def said(twin: object) -> object:
    """What a twin says; None where it leaves the answer to another."""
    try:
        return twin()  # type: ignore[operator]
    except (BeyondError, CloseError):
        return None


def agree(database: Database, dataset: Dataset, asked: Asked, told: Counter[str]) -> None:
    frame, records = dataset
    database.filled(frame, records)
    for rule in rules(frame, asked):
        wrong = disagreements(rule, records, database, told)
        place = [each.label or each.type for each in rule.path]
        assert not wrong, f"{asked} at {place}: {wrong}"


@pytest.fixture(scope="module")
def database() -> Database:
    return Database()


def test_all_say_what_the_definition_says(database: Database) -> None:
    told: Counter[str] = Counter()

    @settings(max_examples=ROUNDS, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(datasets(), ASKED)
    def run(dataset: Dataset, asked: Asked) -> None:
        agree(database, dataset, asked, told)

    run()
    assert told["by whole numbers"] >= told["asked"] * 4 // 5  # few are left to the definition
    # Figures without bounds, which fill some draws, are beyond SQL's numbers.
    assert told["by SQL"] >= told["asked"] // 4
    assert told["by doubles"] >= told["asked"] // 5


def main(seconds: float, first: int) -> int:
    """Goes on for so many seconds; prints every disagreement, and how many were asked."""
    database, told, failures, end = Database(), Counter[str](), 0, time.monotonic() + seconds
    while time.monotonic() < end:

        @seed(first)
        @settings(
            max_examples=100,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            report_multiple_bugs=False,
        )
        @given(datasets(), ASKED)
        def run(dataset: Dataset, asked: Asked) -> None:
            nonlocal failures
            try:
                agree(database, dataset, asked, told)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
                failures += 1
                print(f"{type(error).__name__}: {error} {asked}", flush=True)

        run()
        first += 1
    print(f"{failures} failures: {dict(told.most_common())}")
    return int(failures > 0)


if __name__ == "__main__":
    given_ = sys.argv[1:]
    raise SystemExit(main(float(given_[0]), int(given_[1]) if len(given_) > 1 else 1))
