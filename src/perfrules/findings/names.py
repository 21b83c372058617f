"""The rules that were asked, as reports name them: those of the ruleset, and the three that every waiver is asked."""

from __future__ import annotations

from collections.abc import Mapping

from perfrules.findings.check import Outcomes
from perfrules.findings.waiver_findings import TITLES
from perfrules.model.report import RuleName
from perfrules.model.rule import Rule


def rule_names(outcomes: Outcomes, rules: Mapping[str, Rule]) -> tuple[RuleName, ...]:
    """Every rule of the ledger once, in its order."""
    asked = dict.fromkeys(verdict.rule for verdict in outcomes.ledger.verdicts)
    return tuple(_named(rules[each]) if each in rules else _of_waivers(each) for each in asked)


def _named(rule: Rule) -> RuleName:
    return RuleName(rule.id, rule.title, rule.topic, rule.severity, rule.plugin)


def _of_waivers(rule: str) -> RuleName:
    topic, severity, title = TITLES[rule]
    return RuleName(rule, title, topic, severity)
