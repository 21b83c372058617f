"""Random conditions over random datasets: generated code, the filter in doubles and SQL say what the definition says."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.screening.datasets import datasets
from tests.screening.twins import Database, Rule, by_definition, by_doubles, by_integers

from perfrules.language import Context, check, to_python
from perfrules.language.whole import BeyondError, Frame
from perfrules.model.subject import Subject
from perfrules.model.trace import Trace
from perfrules.screening.functions import CloseError
from perfrules.screening.questions import positions
from perfrules.screening.subjects import Record
from perfrules.testing.asked import PARAMETERS, asked_conditions, asked_scope

ROUNDS = int(os.environ.get("TWINS", "60"))
LONGEST = 10**15


def parameters() -> Mapping[str, Trace]:
    context = Context((Subject("department", "department"),), {})
    checked = {
        name: check(text, asked_scope("department"), may_be_list=True) for name, text in PARAMETERS.items()
    }
    return {name: to_python(each)(context) for name, each in checked.items()}


VALUES = parameters()


def rules(frame: Frame, asked: str, condition: str, guard: str | None) -> list[Rule]:
    """The condition asked at every place of a frame where such a subject stands."""
    scope = asked_scope(asked)
    texts = [None if each is None else check(each, scope) for each in (condition, guard)]
    return [
        Rule(path, texts[0], texts[1], VALUES)  # type: ignore[arg-type]
        for path in positions((frame,))
        if path[-1].type == asked
    ]


def is_short(record: Record) -> bool:
    """Whether every figure has digits that a double keeps, as the road in front of the filter makes sure."""
    return all(
        all(map(is_short, value))
        if isinstance(value, list)
        else not isinstance(value, int) or abs(value) < LONGEST
        for value in record.values()
    )


def disagreements(rule: Rule, records: Sequence[Record], database: Database, told: Counter[str]) -> list[str]:
    """What a twin says that the definition does not."""
    wanted = by_definition(rule, records)
    told["asked"] += 1
    try:
        rule.question()
    except BeyondError as error:
        told["beyond whole numbers"] += 1
        told[f"beyond: {error}"] += 1
        return []
    twins = {"whole numbers": by_integers, "doubles": by_doubles, "SQL": lambda rule, _: database.asked(rule)}
    if not all(map(is_short, records)):
        del twins["doubles"]
    wrong = []
    for name, twin in twins.items():
        try:
            found = twin(rule, records)
        except (BeyondError, CloseError) as error:
            told[f"beyond {name} {type(error).__name__}"] += 1
            if name == "SQL":
                told[f"beyond SQL {error}"] += 1
            continue
        told[name] += 1
        if found != wanted:
            wrong.append(f"{name}: {sorted(found ^ wanted)}, the definition {sorted(wanted)}")
    return wrong


ASKED = st.tuples(asked_conditions(), st.none() | asked_conditions(1))
told: Counter[str] = Counter()


def agree(database: Database, data, asked) -> None:
    frame, records = data
    (kind, condition), guarded = asked
    guard = guarded[1] if guarded and guarded[0] == kind else None
    database.filled(frame, records)
    for rule in rules(frame, kind, condition, guard):
        wrong = disagreements(rule, records, database, told)
        assert not wrong, (
            wrong,
            condition,
            guard,
            [each.label or each.type for each in rule.path],
            frame,
            records,
        )


def test_all_agree() -> None:
    database = Database()

    @settings(max_examples=ROUNDS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(datasets(), ASKED)
    def run(data, asked) -> None:
        agree(database, data, asked)

    run()
    print(told)
