"""The schema takes every ruleset there is, refuses what the reader refuses for its shape, and knows the same keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from perfrules.cli.main import outcome
from perfrules.rules import bands, rule_from_yaml, waivers
from perfrules.rules.schema import schema

ROOT = Path(__file__).parents[2]
BROKEN = Path(__file__).parent / "broken"
SCHEMAS = {of: Draft202012Validator(schema(of)) for of in ("rule", "ruleset", "waivers")}
HEADS = sorted(ROOT.glob("rulesets/*/ruleset.yaml"))
RULES = [*sorted(ROOT.glob("rulesets/*/rules/*.yaml")), *sorted(ROOT.glob("plugins/*/src/*/rules.yaml"))]
PAGES = {
    "rulesets.md": ("ruleset", "anquan/ruleset.yaml"),
    "plugins.md": ("rule", "official_vehicles/src/perfrules_official_vehicles/rules.yaml"),
}
"""Examples in the documents, each with its form."""
SHAPES = [
    "rule-a_list_of_text",
    "rule-basis_without_document",
    "rule-bands_and_a_condition",
    "rule-bands_with_two_ends_on_one_side",
    "rule-bands_without_a_measure",
    "rule-condition_as_mapping",
    "rule-empty_id",
    "rule-missing_key",
    "rule-no_examples",
    "rule-no_violation_example",
    "rule-outcome_that_is_none",
    "rule-severity_that_is_none",
    "rule-submission_that_is_text",
    "rule-suspect_without_value",
    "rule-title_as_text",
    "rule-title_in_one_language",
    "rule-topic_that_is_none",
    "rule-truth_that_is_none",
    "rule-unknown_key",
    "ruleset-missing_title",
    "ruleset-month_that_is_none",
    "ruleset-parameter_of_no_kind",
    "ruleset-sets_nothing",
    "ruleset-sets_without_because",
    "ruleset-tighter_that_is_none",
    "ruleset-unknown_key",
    "ruleset-value_without_since",
]
"""Broken files whose fault is one of shape."""


OLD = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:value")
"""What YAML 1.1 reads and YAML 1.2 does not: dates, and `=` by itself."""


class Loader(yaml.SafeLoader):
    """Plain YAML 1.2 as editors read it: dates are texts."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in OLD]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path) -> Any:
    return as_editors(path.read_text(encoding="utf-8"))


def as_editors(text: str) -> Any:
    return json.loads(json.dumps(yaml.load(text, Loader=Loader)))


@pytest.mark.parametrize("of", SCHEMAS)
def test_the_schema_is_one(of: str) -> None:
    Draft202012Validator.check_schema(schema(of))


@pytest.mark.parametrize("path", HEADS, ids=lambda path: path.parent.name)
def test_every_head_there_is_is_taken(path: Path) -> None:
    assert list(SCHEMAS["ruleset"].iter_errors(read(path))) == []


def test_every_plugin_is_among_them() -> None:
    brought = {path.relative_to(ROOT / "plugins").parts[0] for path in RULES if "plugins" in path.parts}
    assert brought == {path.parent.name for path in ROOT.glob("plugins/*/pyproject.toml")}


@pytest.mark.parametrize("page", PAGES)
def test_an_example_in_the_documents_is_taken(page: str) -> None:
    of, name = PAGES[page]
    block = (ROOT / "docs" / page).read_text(encoding="utf-8").split(f"```yaml {name}\n")[1].split("```")[0]
    assert list(SCHEMAS[of].iter_errors(as_editors(block))) == []


@pytest.mark.parametrize("path", RULES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_every_rule_there_is_is_taken(path: Path) -> None:
    assert list(SCHEMAS["rule"].iter_errors(read(path))) == []


@pytest.mark.parametrize("name", SHAPES)
def test_a_broken_shape_is_refused(name: str) -> None:
    of = name.partition("-")[0]
    assert list(SCHEMAS[of].iter_errors(read(BROKEN / f"{name}.yaml")))


def test_the_keys_are_those_of_the_reader() -> None:
    rule, head, own = (schema(of)["$defs"] for of in ("rule", "ruleset", "waivers"))
    assert set(rule["Rule"]["properties"]) == set(rule_from_yaml.RULE.all)
    assert set(rule["Rule"]["required"]) == set(rule_from_yaml.RULE.required)
    assert set(own["Waiver"]["properties"]) == set(waivers.WAIVER.all)
    assert set(own["Waiver"]["required"]) == set(waivers.WAIVER.required)
    assert {*bands.LOW, *bands.HIGH} < set(rule["Band"]["properties"])
    assert head["Example"] == rule["Example"]


@pytest.mark.parametrize("key", rule_from_yaml.RULE.required)
def test_a_rule_without_a_key_it_must_have_is_refused(key: str) -> None:
    rule = read(ROOT / "rulesets" / "core" / "rules" / "EXE101.yaml")
    del rule[key]
    assert list(SCHEMAS["rule"].iter_errors(rule))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("severity", "grave"),
        ("topic", "weather"),
        ("since", "yesterday"),
        ("open", "perhaps"),
        ("asert", "1 == 1"),
        ("title", "one language"),
        ("bands", []),
        ("examples", {"pass": []}),
    ],
)
def test_a_rule_with_a_wrong_value_is_refused(key: str, value: object) -> None:
    rule = read(ROOT / "rulesets" / "core" / "rules" / "EXE101.yaml")
    assert list(SCHEMAS["rule"].iter_errors({**rule, key: value}))


def test_the_command_prints_it_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["rules", "schema", "--of", "waivers"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == schema("waivers")
    assert (
        printed["$defs"]["Waiver"]["properties"]["expires"]["description"] == "最后有效日 / last day it holds"
    )
