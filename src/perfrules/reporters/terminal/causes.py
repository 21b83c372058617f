"""Where to look first: the figures on which several findings hang, and what is not printed and would decide more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfrules.bilingual import Language
from perfrules.model.finding import Finding
from perfrules.model.quantity import Quantity
from perfrules.model.report import Decider, Origin, Report, Wanted
from perfrules.model.subject_types import label_of
from perfrules.plugins.hooks import Detail, Page
from perfrules.reporters.layout import Styled, block
from perfrules.reporters.words import printed_said, subject_said

MOST = 5
"""Figures to fill in that are shown; all of them where the page is verbose."""
MOST_FIGURES = 4


def cause_lines(
    report: Report, numbers: Mapping[str, int], language: Language, page: Page
) -> Iterator[Styled]:
    """The figures on which more than one finding hangs, with the numbers of those findings; nothing where there are none."""
    several = [each for each in report.origins if len(each.findings) > 1 and each.facts]
    if not several:
        return
    zh = language == "zh"
    yield Styled("")
    yield Styled("先核对这里" if zh else "Check these first", "title")
    for origin in several:
        listed = ("、" if zh else ", ").join(
            str(each) for each in sorted(numbers[one] for one in origin.findings)
        )
        which = f"第 {listed} 条" if zh else f"findings {listed}"
        yield from block(f"{figures_said(origin, report, language)}: {which}", page)


def figures_said(
    origin: Origin,
    report: Report,
    language: Language,
    *,
    brief: bool = False,
    most: int | None = MOST_FIGURES,
) -> str:
    """The figures of an origin, any of which may be the one, as printed and with their places; empty where there are none.

    In brief without the files' names. Of more than `most` the rest is counted; None is all of them.
    """
    zh = language == "zh"
    told = [each for each in origin.facts if each.quote]
    with_source = len(report.inputs) != 1 and not brief
    shown = [printed_said(each, language, with_source=with_source) for each in told[:most]]
    said = (" 或 " if zh else " or ").join(shown)
    if len(shown) < len(told):
        said += f" 等 {len(told)} 处" if zh else f", {len(told)} in all"
    return said


def look_first(finding: Finding, report: Report, language: Language) -> Iterator[tuple[str, str]]:
    """The one figure to look at where a finding by itself prints three or more and the arithmetic leaves one."""
    origin = next((each for each in report.origins if each.findings == (finding.fingerprint,)), None)
    figures = [each for each in finding.facts if each.quote and isinstance(each.value, Quantity)]
    if origin is None or finding.causes or len(figures) < 3 or len(origin.facts) != 1:
        return
    yield "先核对" if language == "zh" else "Look first", figures_said(origin, report, language)


def decider_lines(report: Report, language: Language, page: Page) -> Iterator[Styled]:
    """What to fill in so that more can be decided, what decides most first; nothing where no figure would."""
    if not report.deciders:
        return
    zh = language == "zh"
    most = len(report.deciders) if page.detail is Detail.VERBOSE else MOST
    yield Styled("")
    yield Styled("补充以下数据, 即可判断" if zh else "Filled in, these figures decide more", "title")
    for each in report.deciders[:most]:
        yield from block(_decider(each, language), page)
    rest = report.deciders[most:]
    if rest:
        count = sum(len(each.verdicts) for each in rest)
        yield from block(
            f"另有 {len(rest)} 组数据可判断 {count} 项, 见 --verbose"
            if zh
            else f"{len(rest)} more would decide {count}: --verbose",
            page,
        )


def _decider(decider: Decider, language: Language) -> str:
    zh = language == "zh"
    rules = list(dict.fromkeys(rule for rule, _ in decider.verdicts))
    listed = ("、" if zh else ", ").join(rules[:6]) + (" ..." if len(rules) > 6 else "")
    wanted = wanted_said(decider, language)
    return (
        f"{wanted}: {len(decider.verdicts)} 项 ({listed})"
        if zh
        else f"{wanted}: {len(decider.verdicts)} ({listed})"
    )


def wanted_said(decider: Decider, language: Language) -> str:
    """The figures that are wanted together, each subject once."""
    zh = language == "zh"
    subjects: dict[str, list[str]] = {}
    for each in (Wanted(decider.subject, decider.field, decider.label), *decider.besides):
        label = (each.label or label_of(each.field)).said(language)
        subjects.setdefault(subject_said(each.subject, language), []).append(label)
    between = "、" if zh else ", "
    return ("; ").join(f"{name} {between.join(labels)}" for name, labels in subjects.items())
