"""A comparison for a terminal: what the two were made with otherwise comes first, then each department, then all in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from perfrules.bilingual import Language
from perfrules.model.comparison import (
    Alone,
    Altered,
    Change,
    Comparison,
    Condition,
    Development,
    Pair,
    Same,
)
from perfrules.plugins.hooks import Page
from perfrules.reporters.comparison.wording import (
    CHANGES,
    CONDITIONS,
    HEADS,
    SAME,
    SAME_SHORT,
    address_said,
    altered_said,
    figure_said,
    why_said,
)
from perfrules.reporters.layout import Styled, block, columns, labelled, padded, rendered, wrapped
from perfrules.reporters.words import UNNAMED

GAP = {"zh": 10, "en": 14}
_STYLES = {Change.NEW: "error", Change.STILL: "warning", Change.MOVED: "warning", Change.UNDECIDED: "grey", Change.FIXED: "green"}  # fmt: skip
_FULL = (Change.NEW, Change.STILL, Change.MOVED, Change.UNDECIDED)
"""Kinds of change whose findings are told with their message; of the others the title says enough."""


def comparison_terminal(found: Comparison, language: Language, page: Page) -> str:
    """The whole comparison; a department where nothing happened has its line in the table alone."""
    several = len(found.pairs) > 1
    parts = [_head(found, language, page)]
    parts += [_pair(each, language, page) for each in found.pairs if not several or _is_worth_a_look(each)]
    if several:
        parts.append(_overview(found.pairs, language, page))
    parts.append(_alone(found, language, page))
    return rendered(chain.from_iterable(parts), page)


def _is_worth_a_look(pair: Pair) -> bool:
    return bool(pair.developments or pair.conditions)


def _head(found: Comparison, language: Language, page: Page) -> Iterator[Styled]:
    zh = language == "zh"
    yield Styled("核查结果对比" if zh else "Two results compared", "title")
    yield from labelled("上次" if zh else "Before", found.old, page, 0, GAP[language])
    yield from labelled("本次" if zh else "Now", found.new, page, 0, GAP[language])
    if found.conditions:
        yield Styled(
            "两次的条件不同, 先看这里:" if zh else "They were not made alike; look here first:", "warning"
        )
        yield from _conditions(found.conditions, language, page)
    yield Styled("")


def _conditions(conditions: Sequence[Condition], language: Language, page: Page) -> Iterator[Styled]:
    nothing = "无" if language == "zh" else "none"
    for each in conditions:
        told = f"{each.before or nothing} → {each.after or nothing}"
        yield from labelled(CONDITIONS[each.name].said(language), told, page, 3, GAP[language])


def _pair(pair: Pair, language: Language, page: Page) -> Iterator[Styled]:
    end = pair.period[1]
    name = pair.department or UNNAMED.said(language)
    yield from (Styled(line.text, "title") for line in block(f"{name}  {end or ''}".rstrip(), page, 0))
    yield from _conditions(pair.conditions, language, page)
    if pair.same is not Same.NO:
        yield from block(SAME[pair.same].said(language), page)
    yield from block(_counted(pair, language), page)
    number = 0
    for change in Change:
        found = [each for each in pair.developments if each.change is change]
        if found:
            yield Styled("")
            yield Styled(f"{CHANGES[change].said(language)} ({len(found)})", _STYLES.get(change, "title"))
        for each in found:
            number += 1
            yield from _development(number, each, language, page)
    yield Styled("")


def _counted(pair: Pair, language: Language) -> str:
    counts = pair.counts
    said = [f"{HEADS[each].said(language)} {counts[each]}" for each in Change if counts.get(each)]
    return ", ".join(said) or ("两次都没有发现" if language == "zh" else "no finding in either")


def _development(number: int, each: Development, language: Language, page: Page) -> Iterator[Styled]:
    known = each.known
    yield from block(f"{number}. {known.title} [{known.rule}] {known.subject}", page, 0)
    told = [*altered_said(each, language), why_said(each, language)]
    if said := "; ".join(part for part in told if part):
        yield from block(f"({said})", page)
    if each.change in _FULL:
        yield from block(known.message, page)
    if Altered.FIGURES in each.altered and each.before:
        yield from labelled(
            "上次" if language == "zh" else "Before", each.before.message, page, 3, GAP[language]
        )
    yield from figure_lines(each, language, page)
    if each.change in _FULL:
        yield from _printed(each, language, page)


def _printed(each: Development, language: Language, page: Page) -> Iterator[Styled]:
    """The words a finding stands on with their places, and where they stood before if that was elsewhere."""
    moved = {figure.after: figure.before for figure in each.figures if figure.is_moved}
    source = ""
    for at, place in enumerate(each.known.places):
        label = ("原文" if language == "zh" else "Printed") if not at else ""
        where = address_said(place, language)
        file = f"{place.source} " if place.source != source else ""
        if before := moved.get(place):
            where += f"{', 上次' if language == 'zh' else ', before: '}{address_said(before, language)}"
        yield from labelled(label, f"“{place.quote}” ({file}{where})", page, 3, GAP[language])
        source = place.source


def figure_lines(each: Development, language: Language, page: Page) -> Iterator[Styled]:
    """What the figures of a finding were and are, where they changed; of one that is mended also that they did not."""
    zh = language == "zh"
    told = [figure_said(figure, language) for figure in each.figures if figure.is_changed]
    if not told and each.change is Change.FIXED and each.figures:
        told = ["所列数字与上次相同" if zh else "the figures it stood on are the same as before"]
    for at, said in enumerate(told):
        yield from labelled(("数字" if zh else "Figures") if not at else "", said, page, 3, GAP[language])


def _overview(pairs: Sequence[Pair], language: Language, page: Page) -> Iterator[Styled]:
    """A line for each department, and their sums."""
    zh = language == "zh"
    shown = [each for each in Change if any(pair.counts.get(each) for pair in pairs)]
    heads = [HEADS[each].said(language) for each in shown]
    cell = max([9, *(columns(head) + 2 for head in heads)])
    wide = max(20, page.width - cell * len(shown))
    title = f"共 {len(pairs)} 份" if zh else f"{len(pairs)} submissions"
    yield Styled(title, "title")
    if not shown:
        yield from block("两次都没有发现" if zh else "no finding in either", page)
        return
    yield from _aligned("部门" if zh else "Department", heads, wide, cell)
    for pair in pairs:
        counts = [str(pair.counts.get(each, 0)) for each in shown]
        same = f" [{SAME_SHORT[pair.same].said(language)}]" if pair.same is not Same.NO else ""
        name = pair.department or UNNAMED.said(language)
        yield from _aligned(f"{name} {pair.period[1] or ''}{same}", counts, wide, cell)
    sums = [str(sum(pair.counts.get(each, 0) for pair in pairs)) for each in shown]
    yield from _aligned("合计" if zh else "Together", sums, wide, cell)
    yield Styled("")


def _aligned(name: str, cells: Sequence[str], wide: int, cell: int) -> Iterator[Styled]:
    beside = "".join(padded(each, cell) for each in cells)
    for line in wrapped(name, wide - 2):
        yield Styled((padded(line, wide) + beside).rstrip())
        beside = ""


def _alone(found: Comparison, language: Language, page: Page) -> Iterator[Styled]:
    """What only one of the two has, and what either could not read."""
    zh = language == "zh"
    parts = (
        (
            "只在上次中" if zh else "Only in the one before",
            [_named(each, language) for each in found.only_old],
        ),
        ("只在本次中" if zh else "Only in the one now", [_named(each, language) for each in found.only_new]),
        ("上次未能读取" if zh else "Not read before", list(found.not_read_old)),
        ("本次未能读取" if zh else "Not read now", list(found.not_read_new)),
    )
    for title, lines in parts:
        if lines:
            yield Styled(f"{title} ({len(lines)})", "grey")
        for each in lines:
            yield from block(each, page)


def _named(each: Alone, language: Language) -> str:
    told = [each.department or UNNAMED.said(language), str(each.period[1] or ""), "; ".join(each.files)]
    return "  ".join(part for part in told if part)
