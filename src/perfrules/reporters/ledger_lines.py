"""The end of a report: the ledger's sums, what is undetermined for want of what, and what was left unread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfrules.bilingual import Language
from perfrules.errors import Fault
from perfrules.language import lacks_said
from perfrules.location import Location
from perfrules.model.correction import Correction
from perfrules.model.finding import Outcome, Verdict
from perfrules.model.report import Report
from perfrules.model.submission import Unread
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, labelled, rendered
from perfrules.reporters.words import (
    FIGURES_UNREAD,
    NOT_READ,
    OUTCOMES,
    PAPERS_UNREAD,
    REMARKS,
    WHY_UNREAD,
    place_said,
    subject_said,
)

MOST = 20
_APART = re.compile(r"\t|[ \u3000]{2,}|(?<=[\d%])[ \u3000](?=-?\d)")
"""What parts the cells of a row."""


def ledger_lines(report: Report, language: Language, page: Page) -> Iterator[Styled]:
    """How every rule ended on every subject, in sums that add up, and the undetermined ones by rule."""
    totals = report.ledger.totals()
    sums = " + ".join(f"{OUTCOMES[outcome].said(language)} {count}" for outcome, count in totals.items())
    zh = language == "zh"
    yield Styled("")
    yield Styled("核查记录" if zh else "Ledger", "title")
    said = (
        f"规则 × 对象 {len(report.ledger.verdicts)} = {sums}"
        if zh
        else f"rules × subjects {len(report.ledger.verdicts)} = {sums}"
    )
    yield from block(said, page)
    for (rule, said), verdicts in _by_lack(report, language):
        yield from labelled(rule, f"{_subjects(verdicts, report, language)}; {said}", page, 3, 8)


def _by_lack(report: Report, language: Language) -> list[tuple[tuple[str, str], list[Verdict]]]:
    """Undetermined verdicts by rule and what they lack, those that had to be decided first."""
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in report.ledger.verdicts:
        if verdict.outcome is Outcome.UNDETERMINED:
            groups.setdefault((verdict.rule, lacks_said(verdict.lacks, language)), []).append(verdict)
    return sorted(groups.items(), key=lambda group: not _required(group[1], report))


def _required(verdicts: list[Verdict], report: Report) -> bool:
    return any(verdict in report.open_required for verdict in verdicts)


def _subjects(verdicts: list[Verdict], report: Report, language: Language) -> str:
    zh = language == "zh"
    names = list(dict.fromkeys(subject_said(verdict.subject, language) for verdict in verdicts))
    listed = ("、" if zh else ", ").join(names[:4]) + (" ..." if len(names) > 4 else "")
    mark = ("(应判断) " if zh else "(required) ") if _required(verdicts, report) else ""
    return f"{mark}{OUTCOMES[Outcome.UNDETERMINED].said(language)} {len(verdicts)}: {listed}"


def waived_lines(report: Report, language: Language, page: Page) -> Iterator[Styled]:
    """The violations that waivers take away, each with reason, approver and last day; nothing where there are none."""
    waived = [each for each in report.ledger.verdicts if each.waiver is not None]
    if not waived:
        return
    zh = language == "zh"
    yield Styled("")
    yield Styled(f"{'已豁免' if zh else 'Waived'} ({len(waived)})", "title")
    for each in waived:
        assert each.waiver is not None
        by, until = each.waiver.approved_by, each.waiver.expires
        approved = f"{by}批准, 有效至 {until}" if zh else f"approved by {by}, until {until}"
        said = f"{subject_said(each.subject, language)}: {each.waiver.reason} ({approved})"
        yield from labelled(each.rule, said, page, 3, 8)


def corrected_lines(corrections: Sequence[Correction], language: Language, page: Page) -> Iterator[Styled]:
    """What persons have corrected of the reading: the words, what they were read as and are, who, when, why."""
    if not corrections:
        return
    zh = language == "zh"
    yield Styled("")
    yield Styled(
        f"{'人工更正的读法' if zh else 'Readings corrected by a person'} ({len(corrections)})", "title"
    )
    for each in corrections:
        before = each.read_as or ("未读入" if zh else "unread")
        after = f"{each.owner} {each.item}".strip()
        where = f"{each.location.source} {place_said(each.location, language)}"
        if each.moved_from:
            old = place_said(Location(each.location.source, each.moved_from), language)
            where += f", 原在{old}" if zh else f", before: {old}"
        said = (
            f"“{''.join(each.quote.split())}” ({where}) {before} → {after}; {each.by} {each.on}: {each.why}"
        )
        yield from block(said, page)


def unread_lines(unread: Sequence[Unread], language: Language, page: Page) -> Iterator[Styled]:
    """Papers that were not read, then figures that were seen and not taken in, of each those a person should look at first."""
    several = len({each.location.source for each in unread}) > 1
    for title, is_paper in ((PAPERS_UNREAD, True), (FIGURES_UNREAD, False)):
        if listed := [each for each in unread if each.is_paper is is_paper]:
            yield Styled("")
            yield Styled(f"{title.said(language).capitalize()} ({len(listed)})", "title")
            yield from _unread(listed, language, page, several=several)


def _unread(unread: Sequence[Unread], language: Language, page: Page, *, several: bool) -> Iterator[Styled]:
    zh = language == "zh"
    for each in sorted(unread, key=lambda one: not one.open)[:MOST]:
        why = WHY_UNREAD[each.why].said(language) if each.why in WHY_UNREAD else each.why
        mark = ("请查看: " if zh else "please look: ") if each.open else ""
        where = place_said(each.location, language)
        if several or not where:
            where = f"{each.location.source} {where}".rstrip()
        yield from block(f"“{_on_one_line(each.quote)}” ({where}) {mark}{why}", page)
    rest = len(unread) - MOST
    if rest > 0:
        yield from block(
            f"另有 {rest} 个, 见 JSON 输出" if zh else f"{rest} more are in the JSON output", page
        )


def _on_one_line(quote: str) -> str:
    """Words without line ends and blanks, but that the figures of a row, and its cells, stay apart.

    >>> _on_one_line("防汛\\t100 50\\n万元")
    '防汛 100 50万元'
    """
    return "".join(_APART.sub("\0", quote).split()).replace("\0", " ")


def files_told(faults: Sequence[Fault], remarks: Sequence[Fault], language: Language, page: Page) -> str:
    """The files that are in no report because they cannot be read, and remarks on others, as text; nothing where there are none."""
    lines = list[Styled]()
    for title, style, told in ((NOT_READ, "error", faults), (REMARKS, "title", remarks)):
        if told:
            lines += [Styled(""), Styled(f"{title.said(language).capitalize()} ({len(told)})", style)]
        for each in told:
            lines += block(fault_said(each, language), page)
    return rendered(lines, page)


def fault_said(fault: Fault, language: Language) -> str:
    """A fault in one sentence, behind its place."""
    place = f"{fault.where}: " if fault.where else ""
    return f"{place}{fault.message.said(language)}"
