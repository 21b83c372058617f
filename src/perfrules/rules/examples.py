"""Each rule's own examples: small submissions in the documented format, with the outcome the rule must have on them.

Examples run through the pipeline; this module only says what an example is about and what it should give.
"""

from __future__ import annotations

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault
from perfrules.model.finding import Outcome
from perfrules.model.report import Report
from perfrules.model.rule import Example, Rule


def disagreement(rule: Rule, example: Example, report: Report) -> Fault | None:
    """What is wrong with an example, given the report on its submission; None where it holds."""
    verdicts = [
        each
        for each in report.ledger.verdicts
        if each.rule == rule.id and example.at in ("", each.subject.id)
    ]
    if len(verdicts) != 1:
        ids = ", ".join(each.subject.id for each in report.ledger.verdicts if each.rule == rule.id) or "-"
        return _fault(
            rule,
            example,
            f"须以 at 指明一个对象, 现有: {ids}",
            f"name one subject with `at`; there are: {ids}",
        )
    found = verdicts[0].outcome
    if found is not Outcome(example.outcome):
        zh, en = (
            f"应为 {example.outcome}, 实为 {found.value}",
            f"expected {example.outcome}, came to {found.value}",
        )
        return _fault(rule, example, zh, en)
    topics = {finding.topic for finding in report.findings if finding.rule == rule.id}
    if example.topic and example.topic not in topics:
        zh, en = (
            f"主题应为 {example.topic}, 实为 {topics}",
            f"expected topic {example.topic}, came to {topics}",
        )
        return _fault(rule, example, zh, en)
    if example.level and example.level != verdicts[0].level:
        said = verdicts[0].level or "-"
        return _fault(
            rule,
            example,
            f"级别应为 {example.level}, 实为 {said}",
            f"expected level {example.level}, came to {said}",
        )
    return None


def _fault(rule: Rule, example: Example, zh: str, en: str) -> Fault:
    message = Bilingual(f"规则 {rule.id} 的示例不成立: {zh}", f"an example of {rule.id} does not hold: {en}")
    return Fault("ruleset.example", message, example.location)
