"""Findings in the groups that were asked for: by what they ask for, by rule, or by the figure they hang on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from perfrules.model.report import Report
from perfrules.model.rule import Severity
from perfrules.reporters.html.marks import Numbered
from perfrules.reporters.html.wording import Say
from perfrules.reporters.words import printed_said


@frozen
class Group:
    """Findings under a title; `kind` is the gravest severity among them."""

    title: str
    kind: str
    findings: tuple[Numbered, ...]


def groups(report: Report, findings: Sequence[Numbered], say: Say) -> tuple[Group, ...]:
    """The groups in the order of their gravest finding; every finding is in exactly one."""
    titles: Callable[[Numbered], str]
    match say.page.group_by:
        case "rule":
            titles = lambda each: f"{each.finding.rule} {say.of(each.finding.title)}"  # noqa: E731
        case "cause":
            causes = dict(_causes(report, say))
            titles = lambda each: causes.get(each.finding.fingerprint) or say("其他", "Others")  # noqa: E731
        case _:  # a department is a section of its own already
            titles = lambda each: say.severity(each.finding.severity)  # noqa: E731
    found: dict[str, list[Numbered]] = {}
    for each in findings:
        found.setdefault(titles(each), []).append(each)
    return tuple(_group(title, inside) for title, inside in found.items())


def _group(title: str, inside: Sequence[Numbered]) -> Group:
    gravest = min((each.finding.severity for each in inside), key=list(Severity).index)
    return Group(f"{title} ({len(inside)})", gravest.value, tuple(inside))


def _causes(report: Report, say: Say) -> Iterator[tuple[str, str]]:
    """For each finding the figures that it hangs on, in words."""
    for origin in report.origins:
        said = say.listed(
            printed_said(each, say.language, with_source=False) for each in origin.facts[:2] if each.quote
        )
        more = say(" 等", " and others") if len(origin.facts) > 2 else ""
        for fingerprint in origin.findings:
            yield fingerprint, said + more
