"""Findings under the figures they hang on: one wrong figure is one origin, however many findings follow from it.

In: the findings of a report and all that was judged. Out: each finding in exactly one origin (decision 43). Where to look
is told, never what should stand there.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfrules.findings.judge import Judged
from perfrules.findings.origins.grouping import Group, grouped
from perfrules.findings.origins.troubles import Checks, trouble
from perfrules.model.finding import Finding
from perfrules.model.report import Origin

__all__ = ["origins"]


def origins(findings: Sequence[Finding], judged: Sequence[Judged]) -> tuple[Origin, ...]:
    """The findings in as few groups as there must be wrong figures, in the order of the report.

    Equalities that fail say that some figure is wrong, and are grouped first. What is only beyond a line joins such a
    group where every figure the group may hang on would clear it too; the others are grouped among themselves.
    """
    verdicts = {(each.verdict.rule, each.verdict.subject.id): each for each in judged}
    troubles = [trouble(each, verdicts) for each in findings]
    checks = Checks(judged)
    hard = [index for index, each in enumerate(troubles) if each.is_equality]
    groups = grouped(hard, troubles, checks, some_wrong=True)
    apart = []
    for index in range(len(troubles)):
        if index in hard:
            continue
        host = next((at for at, each in enumerate(groups) if each.also_clears(troubles[index])), None)
        if host is None:
            apart.append(index)
        else:
            groups[host] = groups[host].joined(index, troubles[index])
    groups += grouped(apart, troubles, checks, some_wrong=False)
    return tuple(_origin(each, findings) for each in sorted(groups, key=lambda group: group.members))


def _origin(group: Group, findings: Sequence[Finding]) -> Origin:
    members = [findings[index] for index in sorted(group.members)]
    return Origin(group.facts(members[0]), tuple(each.fingerprint for each in members))
