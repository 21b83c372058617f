"""The rulesets that come with perfrules beside core: small, each set value shown at work, and dated."""

from __future__ import annotations

from datetime import date
from importlib.metadata import entry_points

import pytest

from perfrules import pipeline, readers
from perfrules.model.finding import Outcome
from perfrules.plugins import catalog
from perfrules.rehearsal import rehearse
from perfrules.rules import load_ruleset, shipped_names

CORE_ALONE = catalog(
    found=[each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
)
PROFILES = [name for name in shipped_names() if name != "core"]
UNNOTICEABLE = {("jilin-2024", "$zero_month: 1 → 0"), ("platform-lights", "$zero_month: 1 → 0")}
"""There is no month before the first."""


def test_the_profiles_are_there() -> None:
    assert PROFILES == [
        "default",
        "jilin-2024",
        "platform-lights",
        "shuozhou-2015",
        "sichuan-2025",
        "year-end",
    ]


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_is_small_and_extends_core(name: str) -> None:
    ruleset = load_ruleset(name)
    assert ruleset.parent is not None
    assert ruleset.parent.id == "core"
    assert sum(rule.origin == name for rule in ruleset.rules.values()) <= 5
    assert all(change.because for change in ruleset.changes)


@pytest.mark.parametrize("name", PROFILES)
def test_every_change_of_what_a_profile_sets_is_noticed(name: str) -> None:
    done = rehearse(name, CORE_ALONE, mutate=True)
    assert done.faults == ()
    assert set(done.unnoticed) <= UNNOTICEABLE


def outcome(name: str, rule: str, spent: str, last: date, as_of: date | None = None) -> Outcome:
    money = {"adjusted_budget": "100万元", "spent": spent}
    given = {"period": {"from": f"{last.year}-01-01", "to": last.isoformat()}, "lines": {"project": money}}
    report = pipeline.check(
        readers.submission_from(given, "x"), pipeline.prepare(name, CORE_ALONE), CORE_ALONE, as_of
    )
    (verdict,) = [
        each
        for each in report.ledger.verdicts
        if each.rule == rule and each.subject.id == "department/project"
    ]
    return verdict.outcome


@pytest.mark.parametrize(
    ("name", "rule", "spent", "last", "as_of", "expected"),
    [
        # a report of 2022 is judged by what counted in 2022, whenever it is checked, unless a date is asked for
        ("sichuan-2025", "EXE101", "35万元", date(2022, 6, 30), None, Outcome.PASS),
        ("sichuan-2025", "EXE101", "35万元", date(2022, 6, 30), date(2026, 1, 1), Outcome.VIOLATION),
        ("sichuan-2025", "EXE101", "35万元", date(2026, 6, 30), None, Outcome.VIOLATION),
        ("core", "EXE101", "35万元", date(2026, 6, 30), None, Outcome.PASS),
        ("default", "EXE101", "29万元", date(2026, 6, 30), None, Outcome.VIOLATION),
        ("platform-lights", "EXE101", "29万元", date(2026, 6, 30), None, Outcome.NOT_APPLICABLE),
        ("platform-lights", "EXE102", "29万元", date(2026, 6, 30), None, Outcome.VIOLATION),
        ("core", "EXE102", "29万元", date(2026, 6, 30), None, Outcome.NOT_APPLICABLE),
        ("shuozhou-2015", "EXE105", "10万元", date(2015, 9, 30), None, Outcome.PASS),
        ("jilin-2024", "EXE104", "0万元", date(2024, 4, 30), None, Outcome.VIOLATION),
        ("core", "EXE104", "0万元", date(2024, 4, 30), None, Outcome.NOT_APPLICABLE),
        ("year-end", "EXE101", "1万元", date(2024, 12, 31), None, Outcome.NOT_APPLICABLE),
    ],
)
def test_each_profile_asks_what_its_source_asks(
    name: str, rule: str, spent: str, last: date, as_of: date | None, expected: Outcome
) -> None:
    assert outcome(name, rule, spent, last, as_of) is expected
