"""The log: the tool with its rules, what was read and what was not, and all results."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from perfrules.bilingual import Bilingual, Language
from perfrules.errors import Fault
from perfrules.location import Location
from perfrules.model.finding import Outcome, Verdict
from perfrules.model.report import Report, Results, RuleName
from perfrules.model.rule import Severity
from perfrules.model.submission import Unread
from perfrules.plugins.hooks import Detail, Page
from perfrules.reporters.facts_json import Json
from perfrules.reporters.findings_json import head_json
from perfrules.reporters.rows.names import named_apart
from perfrules.reporters.sarif.places import place_of, uri
from perfrules.reporters.sarif.results import LEVELS, findings_of, verdicts_of
from perfrules.reporters.words import WHY_UNREAD

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LANGUAGES = {"zh": "zh-CN", "en": "en-US"}


def findings_sarif(results: Results, language: Language, page: Page) -> str:
    """The whole log with one run; the same results give the same bytes."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(results, language, page.detail)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(results: Results, language: Language, detail: Detail) -> Json:
    rules = _rules(results.reports)
    index = {id: place for place, id in enumerate(rules)}
    written = [
        _of_department(result, department)
        for report, department in named_apart(results.reports, language)
        for result in (
            *findings_of(report, index, language),
            *verdicts_of(report, _shown(report, detail), index, rules, language),
        )
    ]
    return {
        "tool": {"driver": _driver(results.reports, rules, language)},
        "language": LANGUAGES[language],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\r", "\n"],
        "invocations": [_invocation(results, language)],
        "artifacts": list(_artifacts(results.reports)),
        "results": written,
        "properties": _properties(results.reports, language),
    }


def _of_department(result: Json, department: str) -> Json:
    properties = result["properties"]
    assert isinstance(properties, dict)
    return {**result, "properties": {"department": department, **properties}}


def _rules(reports: Sequence[Report]) -> Mapping[str, RuleName]:
    """Every rule that was asked, once; where its name is not known its id stands for it."""
    found = {rule.id: rule for report in reports for rule in report.rules}
    for report in reports:
        for each in report.findings:
            found.setdefault(
                each.rule, RuleName(each.rule, each.title, each.topic, each.severity, each.plugin)
            )
        for verdict in report.ledger.verdicts:
            id = verdict.rule
            found.setdefault(id, RuleName(id, Bilingual(id, id), "", Severity.NOTICE))
    return found


def _shown(report: Report, detail: Detail) -> list[Verdict]:
    """The verdicts that are results: undetermined and waived ones, or all of them."""
    shown = {Outcome.UNDETERMINED, Outcome.WAIVED}
    if detail is Detail.VERBOSE:
        shown |= {Outcome.PASS, Outcome.NOT_APPLICABLE}
    return [each for each in report.ledger.verdicts if each.outcome in shown]


def _driver(reports: Sequence[Report], rules: Mapping[str, RuleName], language: Language) -> Json:
    tool = reports[0].tool if reports else ""
    return {
        "name": "perfrules",
        **({"version": tool} if tool else {}),
        "language": LANGUAGES[language],
        "rules": [_rule(each, language) for each in rules.values()],
    }


def _rule(rule: RuleName, language: Language) -> Json:
    own: Json = {"title": {"zh": rule.title.zh, "en": rule.title.en}}
    if rule.topic:
        own |= {"topic": rule.topic, "tags": [rule.topic]}
    return {
        "id": rule.id,
        "name": rule.title.said(language),
        "shortDescription": {"text": rule.title.said(language)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": own | ({"plugin": rule.plugin} if rule.plugin else {}),
    }


def _invocation(results: Results, language: Language) -> Json:
    """How the run went: files that were not read make it fail, remarks on others and what is unread are told beside them."""
    told = [_file(each, "error", language) for each in results.faults]
    told += [_file(each, "note", language) for each in results.remarks]
    told += [_unread(each, language) for report in results.reports for each in report.unread]
    return {
        "executionSuccessful": not results.faults,
        **({"toolExecutionNotifications": told} if told else {}),
    }


def _file(fault: Fault, level: str, language: Language) -> Json:
    hint = f" ({fault.hint.said(language)})" if fault.hint else ""
    return _notification(fault.code, level, fault.message.said(language) + hint, fault.where, "")


def _unread(unread: Unread, language: Language) -> Json:
    why = WHY_UNREAD[unread.why].said(language) if unread.why in WHY_UNREAD else unread.why
    level = "warning" if unread.open else "note"
    said = f"“{' '.join(unread.quote.split())}” {why}"
    return _notification(f"unread.{unread.why}", level, said, unread.location, unread.quote)


def _notification(code: str, level: str, said: str, where: Location | None, words: str) -> Json:
    return {
        "descriptor": {"id": code},
        "level": level,
        "message": {"text": said},
        **({"locations": [place_of(where, words)]} if where is not None else {}),
    }


def _artifacts(reports: Sequence[Report]) -> Iterator[Json]:
    """Every file once, with the hash of its bytes; the waivers file behind the reports."""
    hashes = {each.path: each.sha256 for report in reports for each in report.inputs}
    for path, sha256 in hashes.items():
        yield _artifact(path, sha256, "analysisTarget")
    waivers = {each.waivers.path: each.waivers.sha256 for each in reports if each.waivers is not None}
    for path, sha256 in waivers.items():
        yield _artifact(path, sha256, "referencedOnCommandLine")


def _artifact(path: str, sha256: str, role: str) -> Json:
    return {"location": {"uri": uri(path)}, "roles": [role], "hashes": {"sha-256": sha256}}


def _properties(reports: Sequence[Report], language: Language) -> Json:
    """The ruleset, the plugins, and the light of each submission: SARIF has no place for them."""
    if not reports:
        return {}
    first = reports[0]
    submissions = [
        {
            "department": department,
            "status": each.status.value,
            "files": [uri(one.path) for one in each.inputs],
            "outcomes": {outcome.value: count for outcome, count in each.ledger.totals().items()},
            "openRequired": len(each.open_required),
        }
        for each, department in named_apart(reports, language)
    ]
    return {
        "ruleset": head_json(first.tool, first.ruleset)["ruleset"],
        "plugins": list(first.plugins.loaded),
        "submissions": submissions,
    }
