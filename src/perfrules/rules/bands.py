"""Rules with bands: ordered levels of one measure, without a gap and without an overlap.

In: the key `bands` of a rule. Out: its levels, the condition they come to, and faults where two neighbours do not meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import yaml

from perfrules.bilingual import Bilingual
from perfrules.errors import ExpressionError
from perfrules.language import parse, to_text
from perfrules.model.rule import Band, Expression, Severity
from perfrules.rules.yaml_file import Keys, YamlFile

LOW = {"from": True, "over": False}
HIGH = {"up_to": True, "under": False}
"""The keys of a band's two ends, and whether the end itself belongs to it."""


def bands_from(file: YamlFile, node: yaml.Node) -> tuple[Band, ...]:
    """The bands of a rule from the lowest up; faults for gaps, overlaps and levels named twice."""
    bands = tuple(_band(file, each) for each in file.items(node))
    for band, message in (*_open_ends(bands), *_unmet(bands), *_again(bands), *_all_alike(bands)):
        file.blame(band.location, "ruleset.bands", message)
    return bands


def _band(file: YamlFile, node: yaml.Node) -> Band:
    keys = file.mapping(node, Keys(("level", "title"), (*LOW, *HIGH, "severity", "message")))
    ends = []
    for kinds in (LOW, HIGH):
        given = [key for key in kinds if key in keys]
        if len(given) > 1:
            listed = "、".join(given)
            said = Bilingual(f"{listed} 只写一个", f"give one of {', '.join(given)}")
            file.blame(file.where(node), "ruleset.bands", said)
        ends.append((file.expression(keys[given[0]]), kinds[given[0]]) if given else (None, False))
    severity = file.choice(keys.get("severity"), [each.value for each in Severity], "notice")
    return Band(
        file.name(keys.get("level")),
        file.bilingual(keys.get("title")),
        file.where(node),
        ends[0][0],
        ends[1][0],
        ends[0][1],
        ends[1][1],
        Severity(severity) if "severity" in keys else None,
        file.bilingual(keys["message"]) if "message" in keys else None,
    )


def _open_ends(bands: Sequence[Band]) -> Iterator[tuple[Band, Bilingual]]:
    if bands and bands[0].low is not None:
        yield (
            bands[0],
            Bilingual(
                "最低一级不写下限, 否则更低的值没有级别",
                "the lowest level has no lower end, or lower values have no level",
            ),
        )
    if bands and bands[-1].high is not None:
        yield (
            bands[-1],
            Bilingual(
                "最高一级不写上限, 否则更高的值没有级别",
                "the highest level has no upper end, or higher values have no level",
            ),
        )


def _unmet(bands: Sequence[Band]) -> Iterator[tuple[Band, Bilingual]]:
    """A fault for each two neighbours that leave a value without a level, or give it two."""
    for below, above in pairwise(bands):
        if below.high is None or above.low is None:
            yield (
                above,
                Bilingual(
                    f"{below.level} 与 {above.level} 之间须写明界限",
                    f"say where {below.level} ends and {above.level} begins",
                ),
            )
        elif _canonical(below.high) != _canonical(above.low):
            zh = f"{below.level} 止于 {below.high.text}, {above.level} 起于 {above.low.text}: 两者之间有空隙或重叠"
            en = f"{below.level} ends at {below.high.text}, {above.level} begins at {above.low.text}: a gap or an overlap lies between"
            yield above, Bilingual(zh, en)
        elif below.high_closed and above.low_closed:
            yield above, Bilingual(f"{above.low.text} 同属两级", f"{above.low.text} belongs to both levels")
        elif not below.high_closed and not above.low_closed:
            yield (
                above,
                Bilingual(f"{above.low.text} 不属于任何一级", f"{above.low.text} belongs to neither level"),
            )


def _again(bands: Sequence[Band]) -> Iterator[tuple[Band, Bilingual]]:
    names = [band.level for band in bands]
    for index, band in enumerate(bands):
        if band.level in names[:index]:
            yield band, Bilingual(f"级别 {band.level} 写了两次", f"level {band.level} stands twice")


def _all_alike(bands: Sequence[Band]) -> Iterator[tuple[Band, Bilingual]]:
    if bands and len({band.severity is None for band in bands}) == 1:
        yield (
            bands[0],
            Bilingual(
                "须有带 severity 的级别, 也须有不带的", "some levels have a severity, and some have none"
            ),
        )


def _canonical(expression: Expression) -> str:
    try:
        return to_text(parse(expression.text))
    except ExpressionError:
        return expression.text


def condition_of(measure: Expression | None, bands: Sequence[Band]) -> Expression:
    """That the measure lies in a level without a finding; neighbours of that sort are one range."""
    runs = [list(run) for passes, run in groupby(bands, lambda band: band.severity is None) if passes]
    texts = [within(measure, run[0], run[-1]) for run in runs if measure is not None]
    return Expression(" or ".join(f"({text})" for text in texts), bands[0].location if bands else None)


def within(measure: Expression, first: Band, last: Band) -> str:
    """That the measure lies between the lower end of one level and the upper end of another, as an expression."""
    low, high = first.low, last.high
    parts = []
    if low is not None:
        parts.append(f"({measure.text}\n) {'>=' if first.low_closed else '>'} ({low.text}\n)")
    if high is not None:
        parts.append(f"({measure.text}\n) {'<=' if last.high_closed else '<'} ({high.text}\n)")
    return " and ".join(parts) or "1 == 1"
