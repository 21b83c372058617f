"""The words in which findings go to a department: headings, places, printed figures, periods."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import PurePath

from perfrules.bilingual import Bilingual, Language
from perfrules.language import calculation
from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.finding import Finding
from perfrules.model.report import Report
from perfrules.model.subject_types import title_of
from perfrules.reporters.evidence import cause_said
from perfrules.reporters.words import ASKED, place_said, quote_said, subject_said

Titles = Mapping[str, Bilingual]
"""What rules are called, by id."""
_MOST = 8
"""Printed figures that are told of one finding."""
_LONG = 40


def heading(finding: Finding, number: int, language: Language) -> str:
    """What is asked, of what, and its number in the form."""
    asked, title = ASKED[finding.severity].said(language), finding.title.said(language)
    return f"【{asked}】{title} (反馈单第{number}项)" if language == "zh" else f"[{asked}] {title} (no. {number} of 反馈单)"  # fmt: skip


def lines(
    finding: Finding, number: int, language: Language, at: Fact | None, titles: Titles
) -> tuple[str, ...]:
    """A comment: heading, message, calculation, and the other figures it stands on. `at` is the one that is commented."""
    zh = language == "zh"
    found = [heading(finding, number, language), finding.message.said(language)]
    if said := calculation(finding.trace, language):
        found.append(f"计算: {said}" if zh else f"Computed: {said}")
    within = at.location.source if at and at.location else ""
    figure = partial(figure_said, language=language, within=within)
    for cause in finding.causes:
        found.append(f"{'相符分母' if zh else 'Agrees with'}: {cause_said(cause, language, figure)}")
    others = [each for each in printed(finding) if each != at]
    if others:
        shown = ("；" if zh else "; ").join(map(figure, others[:_MOST]))
        more = (" 等" if zh else " …") if len(others) > _MOST else ""
        found.append(f"相关数字: {shown}{more}" if zh else f"Figures: {shown}{more}")
    found += [f"{'一并核对' if zh else 'Together'}: {said}" for said in together(finding, titles, language)]
    return tuple(found)


def together(finding: Finding, titles: Titles, language: Language) -> list[str]:
    """What was folded into a finding: of which subject, and what it is about."""
    return [
        f"{subject_said(each.subject, language)} {titles[each.rule].said(language) if each.rule in titles else each.rule}".strip()
        for each in finding.also
    ]


def titles_of(report: Report) -> Titles:
    """The titles of the rules that were asked."""
    return {each.id: each.title for each in report.rules}


def printed(finding: Finding) -> Iterator[Fact]:
    """The printed figures a finding stands on, those behind derived ones too, each once."""
    return figures_of(finding.evidence)


def figures_of(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The printed figures among facts, those behind derived ones too, each once."""
    seen = set[tuple[Location | None, str]]()
    for fact in facts:
        behind = (fact, *(fact.trace.facts() if fact.trace is not None and not fact.quote else ()))
        for each in behind:
            key = (each.location, each.quote)
            if each.quote and each.location is not None and key not in seen:
                seen.add(key)
                yield each


def figure_said(fact: Fact, language: Language, within: str) -> str:
    """A printed figure: its words, what it is, and where it stands."""
    place = place_for_people(fact.location, language, within)
    return f"“{shortened(quote_said(fact, language))}” {title_of(fact).said(language)}" + (
        f" ({place})" if place else ""
    )


def first_of(words: Iterable[str], most: int) -> tuple[str, ...]:
    """Words, each once, and where there are more of them than `most` that there are."""
    found = tuple(dict.fromkeys(each for each in words if each))
    return (*found[:most], f"等{len(found)}处") if len(found) > most else found


def shortened(quote: str) -> str:
    """Printed words on one line, cut where they are long."""
    said = "".join(quote.split())
    return said if len(said) <= _LONG else f"{said[:_LONG]}…"


def only_file(report: Report) -> str:
    """The one file of a report; empty where it has several, so that each place names its own."""
    return report.inputs[0].path if len(report.inputs) == 1 else ""


def place_for_people(location: Location | None, language: Language, within: str) -> str:
    """A place as somebody looks for it: page and line, paragraph, or cell.

    The name of its file comes first, unless that is the one `within` which people read.
    """
    if location is None:
        return ""
    file = "" if location.source == within else PurePath(location.source).name
    return " ".join(filter(None, (file, place_said(location, language))))


def period_said(period: tuple[date | None, date | None]) -> str:
    """A period as titles have it: 2022年1—6月, 2022年度, 截至2022年6月30日."""
    start, end = period
    if end is None:
        return ""
    if start is None:
        return f"截至{end.year}年{end.month}月{end.day}日"
    whole = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if not whole or start.year != end.year:
        return f"{start.year}年{start.month}月{start.day}日至{end.year}年{end.month}月{end.day}日"
    if (start.month, end.month) == (1, 12):
        return f"{end.year}年度"
    months = f"{start.month}" if start.month == end.month else f"{start.month}—{end.month}"
    return f"{end.year}年{months}月"


def end_of(report: Report) -> str:
    """The last day of a report's period; empty where it is not known. The same finding of another period is another one."""
    return report.period[1].isoformat() if report.period[1] else ""


def department_said(report: Report) -> str:
    """The department, or that its name was not recognised."""
    return report.department or "未识别部门"
