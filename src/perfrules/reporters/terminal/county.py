"""The county on one page for the director: lights, the grey first; findings by family of rules; where most was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from perfrules.bilingual import Bilingual, Language
from perfrules.model.finding import Finding
from perfrules.model.report import Report, Results, Status
from perfrules.model.rule import Severity
from perfrules.model.subject_types import label_of
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, columns, labelled
from perfrules.reporters.lights import counted, left_open_said, waived
from perfrules.reporters.rows.names import named_apart
from perfrules.reporters.rule_markdown import FAMILIES
from perfrules.reporters.terminal.overview import aligned, submissions_table
from perfrules.reporters.words import LIGHTS, NOT_READ, UNNAMED

WORST = 10
MOST_WANTED = 5
CELL = 9
OTHER = Bilingual("插件的规则", "rules of plugins")
WAIVED = Bilingual("豁免", "waivers")


def county_lines(results: Results, language: Language, page: Page) -> Iterator[Styled]:
    """The page, and below it the name of every submission that is grey with what it is grey for."""
    reports = results.reports
    zh = language == "zh"
    yield Styled("全县核查汇总" if zh else "The county in sum", "title")
    for label, said in _head(reports, language):
        yield from labelled(label, said, page, 0, 10 if zh else 13)
    yield from _lights(results, language, page)
    yield from _families(reports, language)
    yield from _worst(reports, language, page)
    yield from _wanted(reports, language, page)
    yield from _grey(reports, language, page)


def _head(reports: Sequence[Report], language: Language) -> Iterator[tuple[str, str]]:
    zh = language == "zh"
    rulesets = dict.fromkeys(
        f"{each.ruleset.id} {each.ruleset.version} (perfrules {each.tool})" for each in reports
    )
    yield "规则集" if zh else "Ruleset", "; ".join(rulesets)
    ends = Counter(str(each.period[1] or UNNAMED.said(language)) for each in reports)
    said = [f"{end} ({number})" for end, number in sorted(ends.items())]
    yield "截止日期" if zh else "Cut-off", ", ".join(said)


def _lights(results: Results, language: Language, page: Page) -> Iterator[Styled]:
    reports, zh = results.reports, language == "zh"
    yield Styled("")
    yield Styled(f"结论 (共 {len(reports)} 份)" if zh else f"Lights ({len(reports)} submissions)", "title")
    if results.faults:
        about = "个文件, 见末尾" if zh else "files, see the end"
        yield from _light(NOT_READ.said(language), len(results.faults), about, Status.GREY, page)
    for status in (Status.GREY, Status.FINDINGS, Status.GREEN):
        of_status = [each for each in reports if each.status is status]
        about = _about(status, of_status, language)
        yield from _light(LIGHTS[status].said(language), len(of_status), about, status, page)


def _light(label: str, number: int, about: str, status: Status, page: Page) -> Iterator[Styled]:
    for line in labelled(label, f"{number:>4}  {about}", page, 3, 10):
        yield Styled(line.text, status.value)


def _about(status: Status, reports: Sequence[Report], language: Language) -> str:
    zh = language == "zh"
    if status is Status.GREEN:
        excused = sum(waived(each) > 0 for each in reports)
        said = (
            "应判断的均已判断, 没有待处理的发现"
            if zh
            else "everything required was decided, nothing to deal with"
        )
        if not excused:
            return "应判断的均已判断, 未发现问题" if zh else "everything required was decided, nothing found"
        return said + (
            f"; 其中 {excused} 份的发现已豁免" if zh else f"; in {excused} what was found is waived"
        )
    if status is Status.GREY:
        also = sum(bool(each.findings) for each in reports)
        said = "没有核查完, 不能视为通过" if zh else "not decided, which is no pass"
        return said + (
            (f"; 其中 {also} 份已有发现" if zh else f"; {also} have findings already") if also else ""
        )
    also = sum(each.left_open > 0 for each in reports)
    return f"其中 {also} 份另有未能判断的内容" if zh else f"{also} of them are partly undetermined"


def _families(reports: Sequence[Report], language: Language) -> Iterator[Styled]:
    zh = language == "zh"
    findings = [(report, finding) for report in reports for finding in report.findings]
    if not findings:
        return
    heads = ("请更正", "请说明", "提示", "部门") if zh else ("Correct", "Explain", "Note", "Where")
    titles = list(dict.fromkeys(_family(finding) for _, finding in findings))
    ordered = sorted(titles, key=lambda each: list(_ORDER).index(each) if each in _ORDER else len(_ORDER))
    said = {each: _ORDER.get(each, OTHER).said(language) for each in ordered}
    wide = 5 + max(columns(each) for each in said.values())
    origins = sum(len(each.origins) for each in reports)
    total = (
        f"发现 {len(findings)} 条, 归于 {origins} 处"
        if zh
        else f"{len(findings)} findings at {origins} places"
    )
    yield Styled("")
    yield Styled(total, "title")
    yield from aligned("   " + ("规则类别" if zh else "rules"), heads, max(wide, 14) + 2)
    for family in ordered:
        own = [(report, finding) for report, finding in findings if _family(finding) == family]
        numbers = [counted([finding for _, finding in own], each) for each in Severity]
        cells = [*numbers, len({report.department or id(report) for report, _ in own})]
        yield from aligned(f"   {said[family]}", [str(each) for each in cells], max(wide, 14) + 2)


_ORDER = {**FAMILIES, "WVR": WAIVED}


def _family(finding: Finding) -> str:
    letters = finding.rule.rstrip("0123456789")
    return letters if letters in _ORDER else ""


def _worst(reports: Sequence[Report], language: Language, page: Page) -> Iterator[Styled]:
    def gravity(report: Report) -> tuple[int, ...]:
        return tuple(-counted(report.findings, each) for each in Severity)

    named = [each for each in named_apart(reports, language) if each[0].findings]
    worst = sorted(named, key=lambda each: gravity(each[0]))[:WORST]
    if worst:
        zh = language == "zh"
        yield Styled("")
        title = f"发现最多的部门 (前 {len(worst)})" if zh else f"Where most was found (first {len(worst)})"
        yield Styled(title, "title")
        yield from submissions_table(worst, language, page)


def _wanted(reports: Sequence[Report], language: Language, page: Page) -> Iterator[Styled]:
    """The fields whose filling in would decide most over all submissions."""
    zh = language == "zh"
    decided, lacking = Counter[tuple[str, ...]](), dict[tuple[str, ...], set[int]]()
    for at, report in enumerate(reports):
        for each in report.deciders:
            wanted = (
                (each.label or label_of(each.field)),
                *(one.label or label_of(one.field) for one in each.besides),
            )
            labels = tuple(dict.fromkeys(one.said(language) for one in wanted))
            decided[labels] += len(each.verdicts)
            lacking.setdefault(labels, set()).add(at)
    if not decided:
        return
    yield Styled("")
    yield Styled("补充以下数据, 即可判断" if zh else "Filled in, these figures decide more", "title")
    for labels, number in sorted(decided.items(), key=lambda each: -each[1])[:MOST_WANTED]:
        where = len(lacking[labels])
        named_by = ("、" if zh else ", ").join(labels)
        said = (
            f"{named_by}: {where} 份缺, 可判断 {number} 项"
            if zh
            else f"{named_by}: lacking in {where}, would decide {number}"
        )
        yield from block(said, page)


def _grey(reports: Sequence[Report], language: Language, page: Page) -> Iterator[Styled]:
    """Every submission that is grey, those together that are so for the same reason."""
    zh = language == "zh"
    reasons: dict[str, list[str]] = {}
    for each, name in named_apart(reports, language):
        if each.status is Status.GREY:
            why = "; ".join(left_open_said(each, language))
            why = why or ("没有可以判断的内容" if zh else "nothing could be decided")
            reasons.setdefault(why, []).append(name)
    if not reasons:
        return
    yield Styled("")
    number = sum(map(len, reasons.values()))
    yield Styled(f"{'灰: 没有核查完的' if zh else 'Grey: not decided'} ({number})", "title")
    for why, names in reasons.items():
        each_of = f" (每份; 共 {len(names)} 份)" if zh else f" (each of {len(names)})"
        shared = each_of if len(names) > 1 else ""
        yield from block(f"{why}{shared}: {('、' if zh else ', ').join(names)}", page)
