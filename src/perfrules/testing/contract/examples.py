"""Examples hold: every indicator has some, and comes to what they say; the rules' examples run as written."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules import pipeline, readers
from perfrules.errors import PerfrulesError, RulesetError
from perfrules.language import Context, Scope, check, shown, to_python
from perfrules.model.project_type import Indicator, IndicatorExample, ProjectType
from perfrules.model.rule import Example, Rule
from perfrules.model.subject import Subject
from perfrules.model.submission import Submission
from perfrules.model.truth import Number, Unknown, Value
from perfrules.rules.examples import disagreement
from perfrules.testing.contract.breach import Breach, Plugin, breach

NOWHERE = Context((Subject("department", "department"),), {})


def examples_hold(plugin: Plugin) -> Iterator[Breach]:
    """Every indicator has an example with a value and one without, and each comes to what it says."""
    for kind in plugin.types:
        for indicator in kind.indicators:
            valued = [each for each in indicator.examples if each.value is not None]
            if not valued or len(valued) == len(indicator.examples):
                zh = f"指标 {indicator.name} 至少要一个有值的示例和一个未知的示例"
                yield breach(
                    "examples",
                    zh,
                    f"indicator {indicator.name} needs an example with a value and one that is unknown",
                )
    for kind, indicator, example in plugin.cases():
        yield from _held(plugin, kind, indicator, example)


def _held(
    plugin: Plugin, kind: ProjectType, indicator: Indicator, example: IndicatorExample
) -> Iterator[Breach]:
    given = ", ".join(f"{name}: {value}" for name, value in example.given.items()) or "-"
    try:
        found = plugin.value(kind, indicator, example.given)
        expected = None if example.value is None else constant(example.value)
    except PerfrulesError as error:
        yield breach(
            "examples",
            f"指标 {indicator.name} 的示例 ({given}) 无法使用: {error.said('zh')}",
            f"an example of indicator {indicator.name} ({given}) cannot be used: {error.said('en')}",
        )
        return
    if _is(found, expected, example.missing):
        return
    wanted = example.value or f"unknown: {', '.join(example.missing)}"
    zh = f"指标 {indicator.name} 的示例 ({given}): 应为 {wanted}, 实为 {shown(found, 'zh')}"
    en = (
        f"an example of indicator {indicator.name} ({given}): expected {wanted}, came to {shown(found, 'en')}"
    )
    yield breach("examples", zh, en)


def constant(text: str) -> Value:
    """What an expression without names comes to."""
    return to_python(check(text, Scope({}, (), {})))(NOWHERE).value


def _is(found: Value, expected: Value | None, missing: tuple[str, ...]) -> bool:
    if isinstance(found, Unknown):
        return expected is None and {lack.field for lack in found.lacks} >= set(missing)
    if not isinstance(found, Number) or not isinstance(expected, Number):
        return found == expected
    return found.interval == expected.interval


def rules_hold(plugin: Plugin) -> Iterator[Breach]:
    """The plugin's rules fit the core's ruleset, pass and fail in their examples, and these come out as written."""
    if not plugin.catalog.rules.get(plugin.name):
        return
    try:
        ruleset = pipeline.prepare("core", plugin.catalog)
    except RulesetError as error:
        yield breach("rules", error.said("zh"), error.said("en"))
        return
    for rule in rules_of(plugin):
        outcomes = {example.outcome for example in rule.examples}
        if not {"pass", "violation"} <= outcomes:
            zh = f"规则 {rule.id} 要有通过和不符的示例"
            yield breach("rules", zh, f"rule {rule.id} needs examples that pass and that are violations")
        for example in rule.examples:
            report = pipeline.check(submission(plugin, example), ruleset, plugin.catalog)
            if fault := disagreement(rule, example, report):
                yield breach("rules", fault.message.zh, fault.message.en)


def rules_of(plugin: Plugin) -> list[Rule]:
    """The rules that the plugin brings; none where they do not load, which `rules_hold` tells."""
    try:
        ruleset = pipeline.prepare("core", plugin.catalog).ruleset
    except RulesetError:
        return []
    return [rule for rule in ruleset.rules.values() if rule.plugin == plugin.name]


def submission(plugin: Plugin, example: Example) -> Submission:
    """The submission of a rule's example."""
    return readers.submission_from(example.submission, "example", plugin.catalog.types)
