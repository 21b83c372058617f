"""The findings of a report as they are sent: those not struck out, related ones joined, the gravest first, each with its number."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import frozen

from perfrules.model.finding import Finding
from perfrules.model.report import Report
from perfrules.model.rule import Severity
from perfrules.model.waiver import WAIVER


@frozen
class Item:
    """One matter of a letter: the finding that is told first and those that have the same origin; `numbers` are those of the form."""

    findings: tuple[Finding, ...]
    numbers: tuple[int, ...]

    @property
    def severity(self) -> Severity:
        """What is asked: that of its gravest finding."""
        return self.findings[0].severity


def sent(report: Report, struck: Collection[str]) -> tuple[Finding, ...]:
    """The findings that go to the department: none that was struck out, none on the office's own waivers."""
    return tuple(each for each in report.findings if each.subject.type != WAIVER and each.fingerprint not in struck)  # fmt: skip


def items(report: Report, struck: Collection[str] = ()) -> tuple[Item, ...]:
    """The matters of a report in the order of the form."""
    groups = _groups(report, {each.fingerprint: each for each in sent(report, struck)})
    found, number = [], 1
    for group in sorted(groups, key=lambda each: each[0].severity.rank):
        found.append(Item(group, tuple(range(number, number + len(group)))))
        number += len(group)
    return tuple(found)


def _groups(report: Report, findings: Mapping[str, Finding]) -> list[tuple[Finding, ...]]:
    """Findings by their origin; one that shares none is alone."""
    left, groups = dict(findings), list[tuple[Finding, ...]]()
    for origin in report.origins:
        group = [left.pop(each) for each in origin.findings if each in left]
        if group:
            groups.append(tuple(sorted(group, key=lambda each: each.severity.rank)))
    groups += [(each,) for each in left.values()]
    order = {each.fingerprint: at for at, each in enumerate(report.findings)}
    return sorted(groups, key=lambda group: order[group[0].fingerprint])
