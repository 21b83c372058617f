"""The light of a report in words, alike wherever people read it: what is open first, then what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from perfrules.bilingual import Bilingual, Language
from perfrules.model.finding import Finding, Outcome
from perfrules.model.report import Report, Status
from perfrules.model.rule import Severity
from perfrules.reporters.words import ASKED, LIGHTS, OUTCOMES, REQUIRED_OPEN, STATUSES

GREY_FIRST = (Status.GREY, Status.FINDINGS, Status.GREEN)
"""The order in which reports are counted: what nobody could look at comes first."""
PARTLY_GREY = Bilingual("[有待处理, 部分未能判断]", "[to be dealt with, partly undetermined]")
MOSTLY_GREY = Bilingual(
    "[灰] 应判断的多数未能判断, 不能视为通过",
    "[grey] most of what is required could not be decided: this is no pass",
)
WAIVED_GREEN = Bilingual(
    "[绿] 应判断的规则均已判断, 所有发现均已豁免",
    "[green] every required rule was decided; all that was found is waived",
)


def grey_first(reports: Iterable[Report]) -> list[Report]:
    """The reports in the order of their lights, the grey ones first, and otherwise as they came."""
    return sorted(reports, key=lambda each: GREY_FIRST.index(each.status))


def light_head(report: Report) -> Bilingual:
    """The light in a sentence; what has findings and is open besides says both."""
    if report.status is Status.GREEN and waived(report):
        return WAIVED_GREEN
    if report.status is Status.GREEN or not report.findings:
        return STATUSES[report.status]
    if report.status is Status.GREY:
        return MOSTLY_GREY
    return PARTLY_GREY if report.left_open else STATUSES[report.status]


def light_said(report: Report, language: Language) -> str:
    """The light with what is left open, then how many findings of each severity there are."""
    counts = [", ".join(counts_said(report.findings, language))] if report.findings else []
    told = [*left_open_said(report, language), *counts, *waived_said([report], language)]
    between = " " if report.status is Status.FINDINGS else "; "
    return between.join(each for each in (light_head(report).said(language), "; ".join(told)) if each)


def light_named(report: Report, language: Language) -> str:
    """The light in a word or two for a narrow column; a report with findings of which something is open is partly grey."""
    if report.status is Status.FINDINGS and report.left_open:
        return "有待处理*" if language == "zh" else "to do*"
    return LIGHTS[report.status].said(language)


def left_open_said(report: Report, language: Language) -> Iterator[str]:
    """What keeps a report from being green without being a finding: counted, never called passed."""
    zh = language == "zh"
    papers, figures = unread_open([report])
    if report.open_required:
        yield f"{REQUIRED_OPEN.said(language)} {len(report.open_required)}"
    if papers:
        yield f"{'未读入而需查看的材料' if zh else 'papers left unread, please look'} {papers}"
    if figures:
        yield f"{'未读入而需查看的数字' if zh else 'figures left unread, please look'} {figures}"


def waived(report: Report) -> int:
    """How many violations waivers take away."""
    return report.ledger.totals()[Outcome.WAIVED]


def waived_said(reports: Iterable[Report], language: Language) -> Iterator[str]:
    """How many violations are waived, with the word; nothing where none is."""
    if number := sum(map(waived, reports)):
        yield f"{OUTCOMES[Outcome.WAIVED].said(language)} {number}"


def unread_open(reports: Iterable[Report]) -> tuple[int, int]:
    """How many papers, and how many figures, were left unread and should be looked at."""
    kinds = [one.is_paper for each in reports for one in each.unread if one.open]
    return kinds.count(True), kinds.count(False)


def counts_said(findings: Sequence[Finding], language: Language) -> Iterator[str]:
    """How many findings of each severity there are, each with its word."""
    for each in Severity:
        yield f"{ASKED[each].said(language)} {counted(findings, each)}"


def counted(findings: Iterable[Finding], severity: Severity) -> int:
    """How many findings are of that severity."""
    return sum(finding.severity is severity for finding in findings)
