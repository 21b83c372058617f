"""Verdicts as JUnit XML, for build servers: a suite for each submission, a case for each rule × subject.

Every violation is a failure and its `type` says how grave it is; a case passes only where its rule did. What is
undetermined or waived is skipped, with the reason; what is not applicable is counted and left out, unless all is asked for.
A file that was not read is an error; a remark on one that was read is a property of a suite without cases.

The failures of a suite are the violations of the ledger, as many as there are rules × subjects that did not hold. One cause gives
one finding, so reports have fewer: the properties of a suite tell how many, and how many violations were folded into those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from attrs import frozen

from perfrules.bilingual import Bilingual, Language
from perfrules.model.finding import Finding, Outcome, Verdict
from perfrules.model.report import Report, Results
from perfrules.model.submission import Unread
from perfrules.plugins.hooks import Detail, Page
from perfrules.reporters.evidence import evidence
from perfrules.reporters.ledger_lines import fault_said
from perfrules.reporters.rows.ledger import why
from perfrules.reporters.rows.names import Names, named_apart, names_of
from perfrules.reporters.words import (
    FIGURES_UNREAD,
    OUTCOMES,
    PAPERS_UNREAD,
    REMARKS,
    SEVERITIES,
    WHY_UNREAD,
    place_said,
)
from perfrules.reporters.xlsx.text import allowed

NOT_READ = Bilingual("未能读取的文件", "Files not read")
NO_TIME = "0"
"""Seconds of every case: a clock would make each file another."""


@frozen
class Case:
    """A case and how it ended: `failure`, `error`, `skipped`, or nothing; with what is said of it."""

    group: str
    name: str
    ended: str = ""
    kind: str = ""
    said: str = ""
    more: str = ""


@frozen
class Suite:
    """A suite with its cases and properties."""

    name: str
    cases: tuple[Case, ...]
    properties: tuple[tuple[str, str], ...] = ()


def findings_junit(results: Results, language: Language, page: Page) -> str:
    """The whole file; the same results give the same bytes."""
    suites = [_not_read(results, language)] if results.faults else []
    suites += [_remarks(results, language)] if results.remarks else []
    everything = page.detail is Detail.VERBOSE
    named = named_apart(results.reports, language)
    suites += [_suite(each, name, language, everything=everything) for each, name in named]
    cases = [case for each in suites for case in each.cases]
    inner = "".join(_suite_xml(each) for each in suites)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<testsuites name="perfrules" {_sums(cases)}>\n{inner}</testsuites>\n'


def _not_read(results: Results, language: Language) -> Suite:
    cases = []
    for number, fault in enumerate(results.faults, 1):
        place = fault.where.source if fault.where else str(number)
        cases.append(
            Case(fault.code, place, "error", fault.code, fault.message.said(language), fault.said(language))
        )
    return Suite(NOT_READ.said(language), tuple(cases))


def _remarks(results: Results, language: Language) -> Suite:
    told = ((each.code, fault_said(each, language)) for each in results.remarks)
    return Suite(REMARKS.said(language).capitalize(), (), tuple(told))


def _suite(report: Report, name: str, language: Language, *, everything: bool) -> Suite:
    names = names_of(report, language)
    found: dict[tuple[str, str], Finding] = {}
    for each in report.findings:
        found |= {(also.rule, also.subject.id): each for also in each.also}
    found |= {(each.rule, each.subject.id): each for each in report.findings}
    shown = [
        each for each in report.ledger.verdicts if everything or each.outcome is not Outcome.NOT_APPLICABLE
    ]
    cases = [_case(each, found, names, report) for each in shown]
    open_ = [each for each in report.unread if each.open]
    cases += [_unread(number, each, language) for number, each in enumerate(open_, 1)]
    return Suite(name, tuple(cases), _properties(report, language))


def _properties(report: Report, language: Language) -> tuple[tuple[str, str], ...]:
    start, end = report.period
    totals = report.ledger.totals()
    violations, findings = totals[Outcome.VIOLATION], len(report.findings)
    folded = violations - findings
    failures = f"{violations} 项不符 = {findings} 条发现 + 并入这些发现的 {folded} 项" if language == "zh" else f"{violations} violations = {findings} findings + {folded} folded into them"  # fmt: skip
    return (
        ("status", report.status.value),
        ("period", f"{start or ''}/{end or ''}"),
        ("ruleset", f"{report.ruleset.id} {report.ruleset.version} sha256:{report.ruleset.sha256}"),
        *((f"input sha256:{each.sha256}", each.path) for each in report.inputs),
        *((outcome.value, str(count)) for outcome, count in totals.items()),
        ("open_required", str(len(report.open_required))),
        ("findings", str(findings)),
        ("folded", str(folded)),
        ("failures", failures),
    )


def _case(verdict: Verdict, found: Mapping[tuple[str, str], Finding], names: Names, report: Report) -> Case:
    language = names.language
    group = f"{verdict.rule} {names.rule(verdict.rule)}".rstrip()
    name = f"{names.said(verdict.subject)} [{verdict.subject.id}]"
    match verdict.outcome:
        case Outcome.PASS:
            return Case(group, name)
        case Outcome.VIOLATION:
            finding = found.get((verdict.rule, verdict.subject.id))
            return _failure(Case(group, name, "failure"), verdict, finding, report, language)
        case _:
            said = OUTCOMES[verdict.outcome].said(language)
            reason = why(verdict, names)
            return Case(group, name, "skipped", said=f"{said}: {reason}" if reason else said)


def _failure(
    case: Case, verdict: Verdict, finding: Finding | None, report: Report, language: Language
) -> Case:
    """A violation with the words of its finding; one that was folded into another names that one."""
    if finding is None:
        return Case(case.group, case.name, "failure", "violation", OUTCOMES[verdict.outcome].said(language))
    lines = [f"{label or ' '}: {said}" if label else f"  {said}" for label, said in evidence(finding, report, language)]  # fmt: skip
    own = finding.rule == verdict.rule and finding.subject.id == verdict.subject.id
    folded = f"{'见' if language == 'zh' else 'see'} {finding.rule}: "
    said = finding.message.said(language) if own else folded + finding.message.said(language)
    asked = SEVERITIES[finding.severity].said(language)
    return Case(
        case.group, case.name, "failure", finding.severity.value, f"{asked}: {said}", "\n".join(lines)
    )


def _unread(number: int, unread: Unread, language: Language) -> Case:
    why_ = WHY_UNREAD[unread.why].said(language) if unread.why in WHY_UNREAD else unread.why
    place = f"{unread.location.source} {place_said(unread.location, language)}".rstrip()
    said = f"“{' '.join(unread.quote.split())}” {why_}"
    kind = PAPERS_UNREAD if unread.is_paper else FIGURES_UNREAD
    return Case(kind.said(language).capitalize(), f"{number}. {place}", "skipped", said=said)


def _suite_xml(suite: Suite) -> str:
    properties = "".join(
        f"      <property name={_quoted(name)} value={_quoted(value)}/>\n" for name, value in suite.properties
    )
    listed = f"    <properties>\n{properties}    </properties>\n" if properties else ""
    cases = "".join(map(_case_xml, suite.cases))
    return f"  <testsuite name={_quoted(suite.name)} {_sums(suite.cases)}>\n{listed}{cases}  </testsuite>\n"


def _case_xml(case: Case) -> str:
    head = f'    <testcase classname={_quoted(case.group)} name={_quoted(case.name)} time="{NO_TIME}"'
    if not case.ended:
        return f"{head}/>\n"
    kind = f" type={_quoted(case.kind)}" if case.kind else ""
    inner = f"<{case.ended} message={_quoted(case.said)}{kind}>{escape(allowed(case.more))}</{case.ended}>"
    return f"{head}>{inner}</testcase>\n"


def _sums(cases: Sequence[Case]) -> str:
    def count(ended: str) -> int:
        return sum(each.ended == ended for each in cases)

    return (
        f'tests="{len(cases)}" failures="{count("failure")}" errors="{count("error")}"'
        f' skipped="{count("skipped")}" time="{NO_TIME}"'
    )


def _quoted(text: str) -> str:
    return quoteattr(" ".join(allowed(text).split()))
