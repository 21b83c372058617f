"""The check contract: findings and ledger as JSON. Numbers are strings, exact; the same input gives the same bytes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date

from perfrules.bilingual import Language
from perfrules.errors import Fault
from perfrules.language import calculation, told
from perfrules.model.finding import Finding, Outcome, Verdict
from perfrules.model.report import Report, Results, RulesetName, Status
from perfrules.model.rule import Basis, Severity
from perfrules.model.submission import Document
from perfrules.model.trace import Trace
from perfrules.model.waiver import WAIVER, Waiver
from perfrules.reporters.causes_json import causes_json
from perfrules.reporters.facts_json import Json, corrections_json, place
from perfrules.reporters.known_json import known_json
from perfrules.reporters.lights import GREY_FIRST, grey_first
from perfrules.reporters.projects_json import projects_json
from perfrules.reporters.replies_json import replies_json, reply_json
from perfrules.reporters.values_json import evidence_json, reasons_json, subject_json, value_json
from perfrules.rules import margin_said

Period = tuple[date | None, date | None]


def findings_json(results: Results, language: Language) -> str:
    """One report as the contract; several as an object with the whole run's status, sums and the list of them."""
    written = [_report(each, language) for each in results.reports]
    status = _status(results)
    whole = {**written[0], "status": status} if len(written) == 1 else _run(results, status, written)
    told = {"not_read": results.faults, "remarks": results.remarks}
    files = {key: [_file(each, language) for each in found] for key, found in told.items() if found}
    return json.dumps({**whole, **files}, ensure_ascii=False, indent=2) + "\n"


def _status(results: Results) -> str:
    """The light of the run, grey first (decision 44): of one report its own, and never green where a file was not read."""
    first = grey_first(results.reports)[0].status
    is_grey = results.faults and (first is Status.GREEN or len(results.reports) > 1)
    return Status.GREY.value if is_grey else first.value


def _run(results: Results, status: str, written: Sequence[Json]) -> Json:
    reports = results.reports
    days = {each.as_of for each in reports}
    day = days.pop() if len(days) == 1 else None
    return {
        "tool": written[0]["tool"],
        "ruleset": written[0]["ruleset"],
        **_waivers(reports[0]),
        "as_of": day and day.isoformat(),
        "status": status,
        "summary": {
            "reports": len(reports),
            **{light.value: sum(each.status is light for each in reports) for light in GREY_FIRST},
            **_sums(reports),
        },
        "reports": list(written),
    }


def _file(fault: Fault, language: Language) -> Json:
    """What is told of a file: that it is in no report, or what to mind of one that is."""
    return {
        "code": fault.code,
        "source": fault.where.source if fault.where else None,
        "address": fault.where.address if fault.where else "",
        "message": fault.message.said(language),
        "hint": fault.hint and fault.hint.said(language),
    }


def head_json(tool: str, ruleset: RulesetName) -> Json:
    """The program and the ruleset that something was made with."""
    named = {"id": ruleset.id, "version": ruleset.version, "sha256": ruleset.sha256}
    return {"tool": {"name": "perfrules", "version": tool}, "ruleset": named}


def inputs_json(inputs: Sequence[Document], as_of: date | None, period: Period) -> Json:
    """The files of a submission, the day by which the ruleset was picked, and the period."""
    start, end = period
    return {
        "inputs": [{"path": each.path, "sha256": each.sha256} for each in inputs],
        "as_of": as_of and as_of.isoformat(),
        "period": {"from": start and start.isoformat(), "to": end and end.isoformat()},
    }


def _corrections(report: Report) -> Json:
    """What persons have corrected of the reading; nothing where nobody has."""
    said = corrections_json(report.corrections)
    return {"corrections": said} if said else {}


def _report(report: Report, language: Language) -> Json:
    return {
        **head_json(report.tool, report.ruleset),
        **_waivers(report),
        "plugins": {"loaded": list(report.plugins.loaded), "left_out": list(report.plugins.left_out)},
        **inputs_json(report.inputs, report.as_of, report.period),
        **_review_date(report),
        **_corrections(report),
        **replies_json(report),
        "status": report.status.value,
        "summary": {"department": report.department or None, **_sums([report])},
        "findings": [finding_json(each, language) for each in report.findings],
        **causes_json(report, language),
        "ledger": [_entry(each) for each in report.ledger.verdicts],
        **known_json(report.submission, language),
        "projects": projects_json(report.projects, language),
        "unread": [
            {"location": place(each.location), "quote": each.quote, "why": each.why, "open": each.open}
            for each in report.unread
        ],
    }


def _waivers(report: Report) -> Json:
    """The waivers file; no key where none was given."""
    return (
        {"waivers": {"path": report.waivers.path, "sha256": report.waivers.sha256}} if report.waivers else {}
    )


def _review_date(report: Report) -> Json:
    files = [*([report.waivers] if report.waivers else []), *report.reply_forms]
    if not files:
        return {}
    day = files[0].review_date
    return {"review_date": day and day.isoformat()}


def _sums(reports: Sequence[Report]) -> Json:
    """Findings by severity, verdicts by outcome, and what is open, over all the reports."""
    found = Counter(finding.severity for each in reports for finding in each.findings)
    ended = Counter(verdict.outcome for each in reports for verdict in each.ledger.verdicts)
    unread = [one for each in reports for one in each.unread]
    papers = [each for each in unread if each.is_paper]
    return {
        **{f"{severity.value}s": found[severity] for severity in Severity},
        **{outcome.value: ended[outcome] for outcome in Outcome},
        "rules_by_subjects": ended.total(),
        "open_required": sum(len(each.open_required) for each in reports),
        "unread": len(unread) - len(papers),
        "unread_open": sum(each.open for each in unread if not each.is_paper),
        "papers_unread": len(papers),
        "papers_unread_open": sum(each.open for each in papers),
    }


def finding_json(finding: Finding, language: Language) -> Json:
    """A finding as the contract has it."""
    explanation = finding.explanation
    return {
        "rule": finding.rule,
        "plugin": finding.plugin or None,
        "topic": finding.topic,
        "title": finding.title.said(language),
        "severity": finding.severity.value,
        "subject": subject_json(finding.subject),
        "outcome": finding.outcome.value,
        **({"level": finding.level} if finding.level else {}),
        "message": finding.message.said(language),
        "values": {name: value_json(trace.value, language) for name, trace in finding.values.items()},
        "recomputed": finding.recomputed and _computed(finding.recomputed, language),
        "calculation": calculation(finding.trace, language),
        "cause": [
            {
                "id": each.id,
                "label": each.label.said(language),
                "calculation": calculation(each.trace, language),
                "locations": [evidence_json(fact) for fact in each.figures],
            }
            for each in finding.causes
        ],
        "measure": finding.measure and _computed(finding.measure, language),
        "limit": finding.limit
        and {**value_json(finding.limit.value, language), "shown": told(finding.limit, language)},
        "margin": finding.margin
        and {**value_json(finding.margin, language), "shown": margin_said(finding.margin, language)},
        "explanation": explanation and {"quote": explanation.quote, "location": place(explanation.location)},
        "also": [{"rule": each.rule, "subject": subject_json(each.subject)} for each in finding.also],
        "basis": [_basis(each) for each in finding.basis if each.confirmed],
        "locations": [evidence_json(fact) for fact in finding.evidence if fact.quote],
        "fingerprint": finding.fingerprint,
        **({"reply": reply_json(finding.reply)} if finding.reply else {}),
    }


def _basis(basis: Basis) -> Json:
    return {
        "document": basis.document,
        "number": basis.number,
        "article": basis.article,
        "quote": basis.quote,
        "confirmed": basis.confirmed,
    }


def _computed(trace: Trace, language: Language) -> Json:
    return {**value_json(trace.value, language), "calculation": calculation(trace, language)}


def _waived(waiver: Waiver) -> Json:
    return {
        "reason": "waiver",
        "waiver": f"{WAIVER}:{waiver.name}",
        "because": waiver.reason,
        "approved_by": waiver.approved_by,
        "expires": waiver.expires.isoformat(),
        "location": place(waiver.location),
    }


def _entry(verdict: Verdict) -> Json:
    reasons = reasons_json(verdict.lacks)
    if verdict.outcome is Outcome.NOT_APPLICABLE:
        reasons = [{"reason": "guard", "guard": verdict.guard}]
    if verdict.waiver is not None:
        reasons = [_waived(verdict.waiver)]
    return {
        "rule": verdict.rule,
        "subject": verdict.subject.id,
        "outcome": verdict.outcome.value,
        **({"level": verdict.level} if verdict.level else {}),
        "reasons": reasons,
    }
