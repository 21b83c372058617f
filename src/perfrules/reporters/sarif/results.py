"""Findings and verdicts as SARIF results: fail for findings, open for what is undetermined, suppressed for what is waived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from perfrules.bilingual import Language
from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.finding import Finding, Outcome, Verdict
from perfrules.model.report import Origin, Report, RuleName
from perfrules.model.rule import Severity
from perfrules.reporters.facts_json import Json
from perfrules.reporters.findings_json import finding_json
from perfrules.reporters.rows.ledger import why
from perfrules.reporters.rows.names import Names, names_of
from perfrules.reporters.sarif.places import place_of
from perfrules.reporters.values_json import evidence_json, reasons_json, subject_json
from perfrules.reporters.words import OUTCOMES, printed_said

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
KINDS = {
    Outcome.PASS: "pass",
    Outcome.UNDETERMINED: "open",
    Outcome.NOT_APPLICABLE: "notApplicable",
    Outcome.WAIVED: "fail",
}
"""Violations are told as findings; one that is folded into another is named there."""
FINGERPRINT = "perfrulesFinding/v1"
_OF_OURS = (
    "topic", "subject", "values", "recomputed", "calculation", "cause", "measure", "limit", "margin",
    "explanation", "also", "basis",
)  # fmt: skip
"""What the contract says of a finding that SARIF has no place for."""


def findings_of(report: Report, index: Mapping[str, int], language: Language) -> Iterator[Json]:
    """A result for each finding; `index` tells where each rule stands in the list of rules."""
    origins = {finding: each for each in report.origins for finding in each.findings}
    for each in report.findings:
        yield _finding(each, report, index[each.rule], origins.get(each.fingerprint), language)


def _finding(finding: Finding, report: Report, index: int, origin: Origin | None, language: Language) -> Json:
    ours = finding_json(finding, language)
    located = [each for each in finding.evidence if each.location is not None]
    first, *others = [_place(each, language) for each in located] or [_whole(report)]
    related = [{"id": number, **each} for number, each in enumerate(others, 1)]
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": "fail",
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message.said(language)},
        "locations": [first],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {
            **{name: ours[name] for name in _OF_OURS},
            **_origin(origin),
        },
    }


def _origin(origin: Origin | None) -> Json:
    """Where to look first, and which findings come of the same; nothing where it stands alone."""
    if origin is None or len(origin.findings) < 2:
        return {}
    looked_at = [evidence_json(each) for each in origin.facts]
    return {"origin": {"facts": looked_at, "findings": list(origin.findings)}}


def verdicts_of(
    report: Report,
    verdicts: Sequence[Verdict],
    index: Mapping[str, int],
    rules: Mapping[str, RuleName],
    language: Language,
) -> Iterator[Json]:
    """A result for each of these verdicts, none of them a violation."""
    names = names_of(report, language)
    required = {(each.rule, each.subject.id) for each in report.open_required}
    for each in verdicts:
        is_required = (each.rule, each.subject.id) in required
        severity = rules[each.rule].severity
        yield _verdict(each, report, index[each.rule], severity, names, is_required=is_required)


def _verdict(
    verdict: Verdict, report: Report, index: int, severity: Severity, names: Names, *, is_required: bool
) -> Json:
    kind = KINDS[verdict.outcome]
    reason = why(verdict, names)
    said = f"{names.said(verdict.subject)}: {OUTCOMES[verdict.outcome].said(names.language)}"
    facts = verdict.trace.distinct_facts() if verdict.trace is not None else ()
    located = [each for each in facts if each.location is not None]
    return {
        "ruleId": verdict.rule,
        "ruleIndex": index,
        "kind": kind,
        "level": LEVELS[severity] if kind == "fail" else "none",
        "message": {"text": f"{said}; {reason}" if reason else said},
        "locations": [_place(each, names.language) for each in located[:1]] or [_whole(report)],
        **_suppressed(verdict, names),
        "properties": {
            "subject": subject_json(verdict.subject),
            "outcome": verdict.outcome.value,
            "required": is_required,
            "reasons": reasons_json(verdict.lacks),
        },
    }


def _suppressed(verdict: Verdict, names: Names) -> Json:
    """The waiver that takes a violation away, with its place; an empty list tells that there is none."""
    if verdict.waiver is None:
        return {}
    where = place_of(verdict.waiver.location, verdict.waiver.quote)
    justified = why(verdict, names)
    return {
        "suppressions": [
            {"kind": "external", "status": "accepted", "justification": justified, "location": where}
        ]
    }


def _place(fact: Fact, language: Language) -> Json:
    assert fact.location is not None
    said = printed_said(fact, language, with_source=False) if fact.quote else ""
    return place_of(fact.location, fact.quote, said)


def _whole(report: Report) -> Json:
    """The first document of a submission, where no figure has a place."""
    path = report.inputs[0].path if report.inputs else ""
    return place_of(Location(path)) if path else {"message": {"text": report.department}}
