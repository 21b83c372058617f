"""Every example of every shipped rule holds, run through the whole pipeline."""

from __future__ import annotations

import pytest
from attrs import evolve

from perfrules import pipeline, readers
from perfrules.model.rule import Example, Rule
from perfrules.plugins import catalog
from perfrules.rehearsal import report_on
from perfrules.rules import load_ruleset
from perfrules.rules.examples import disagreement

CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG)
CASES = [
    pytest.param(rule, example, id=f"{rule.id}-{example.outcome}-{number}")
    for rule in CORE.ruleset.rules.values()
    for number, example in enumerate(rule.examples)
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_the_example_holds(rule: Rule, example: Example) -> None:
    fault = disagreement(rule, example, report_on(rule, example, CORE, CATALOG))
    assert fault is None, fault.said("en")


@pytest.mark.parametrize("rule", load_ruleset().rules.values(), ids=lambda rule: rule.id)
def test_a_rule_shows_what_passes_what_does_not_and_when_it_stays_silent(rule: Rule) -> None:
    outcomes = {example.outcome for example in rule.examples}
    assert {"pass", "violation"} <= outcomes
    assert outcomes & {"undetermined", "not_applicable"}


def test_an_example_that_does_not_hold_is_told() -> None:
    rule = CORE.ruleset.rules["ARI101"]
    wrong = next(each for each in rule.examples if each.outcome == "violation")
    good = next(each for each in rule.examples if each.outcome == "pass")
    submission = readers.submission_from(good.submission, "example", CATALOG.types)
    fault = disagreement(rule, wrong, pipeline.check(submission, CORE, CATALOG))
    assert fault is not None
    assert "violation" in fault.said("en")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"outcome": "violation"}, "expected violation, came to pass"),
        ({"outcome": "undetermined"}, "expected undetermined, came to pass"),
        ({"at": "project:nowhere"}, "name one subject with `at`; there are: department"),
        ({"topic": "wrong_base"}, "expected topic wrong_base, came to"),
    ],
)
def test_an_example_that_does_not_hold_is_told_with_what_came_of_it(
    changes: dict[str, str], said: str
) -> None:
    rule = CORE.ruleset.rules["ARI101"]
    example = next(each for each in rule.examples if each.outcome == "pass" and not each.at)
    report = pipeline.check(
        readers.submission_from(example.submission, "example", CATALOG.types), CORE, CATALOG
    )
    assert disagreement(rule, example, report) is None
    fault = disagreement(rule, evolve(example, **changes), report)
    assert fault is not None
    assert fault.code == "ruleset.example"
    assert said in fault.message.en
    assert fault.where == example.location
