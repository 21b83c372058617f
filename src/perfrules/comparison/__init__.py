"""Two results held against each other (`perfrules compare`): submissions that are checked, or result files, in any mix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from attrs import frozen

from perfrules import pipeline
from perfrules.bilingual import Language
from perfrules.comparison.developments import developments
from perfrules.comparison.pairing import paired
from perfrules.comparison.sides import Half, Side, half
from perfrules.documents.json_parts import loaded, parsed
from perfrules.documents.ours import is_ours
from perfrules.model.comparison import Alone, Comparison, Condition, Pair, Same
from perfrules.model.correction import Correction
from perfrules.plugins import Catalog
from perfrules.reporters.findings_json import findings_json
from perfrules.rules import CompiledRuleset, Replies, Waivers

__all__ = ["Given", "compare", "developments"]
APART = ("period", "as_of", "review_date")
"""Conditions that each submission has of its own."""


@frozen
class Given:
    """What reports are checked with, where a side has no result yet."""

    ruleset: CompiledRuleset
    catalog: Catalog
    as_of: date | None = None
    waivers: Waivers | None = None
    replies: Replies | None = None
    corrections: tuple[Correction, ...] = ()
    besides: tuple[Path, ...] = ()


def compare(
    old: Path, new: Path, given: Given, language: Language
) -> tuple[Comparison, tuple[pipeline.Run, ...], tuple[str, ...]]:
    """What became of the findings of `old` in `new`, the checks that were run for it, and the files that were read."""
    halves = [_half(each, given, language) for each in (old, new)]
    (before, _), (after, _) = halves
    pairs, only_old, only_new = paired(before.sides, after.sides)
    held = [_pair(*each) for each in pairs]
    shared = _shared([each.conditions for each in held])
    files = tuple(path for each in (*before.sides, *after.sides) for path, _ in each.files)
    return (
        Comparison(
            old=str(old),
            new=str(new),
            conditions=shared,
            pairs=tuple(_without(each, shared) for each in held),
            only_old=tuple(map(_alone, only_old)),
            only_new=tuple(map(_alone, only_new)),
            not_read_old=before.not_read,
            not_read_new=after.not_read,
        ),
        tuple(run for _, run in halves if run is not None),
        files,
    )


def _half(path: Path, given: Given, language: Language) -> tuple[Half, pipeline.Run | None]:
    if path.is_file() and path.suffix.lower() == ".json" and is_ours(path):
        return half(loaded(path)), None
    run = pipeline.check_paths(
        (path,),
        given.ruleset,
        given.catalog,
        given.as_of,
        given.waivers,
        given.corrections,
        given.besides,
        replies=given.replies,
    )
    return half(parsed(findings_json(run.results, language).encode(), str(path))), run


def _pair(old: Side, new: Side) -> Pair:
    return Pair(
        new.department or old.department,
        new.period,
        _same(old, new),
        tuple(_conditions(old, new)),
        developments(old, new),
    )


def _same(old: Side, new: Side) -> Same:
    if old.files and sorted(sha for _, sha in old.files) == sorted(sha for _, sha in new.files):
        return Same.FILES
    if not old.figures or old.figures != new.figures:
        return Same.NO
    return Same.CONTENT if old.words == new.words else Same.FIGURES


def _conditions(old: Side, new: Side) -> Iterable[Condition]:
    before, after = (
        {"department": each.department, "period": _period(each), **each.made_with} for each in (old, new)
    )
    for name, said in before.items():
        if said != after[name]:
            yield Condition(name, said, after[name])


def _period(side: Side) -> str:
    return " – ".join(each.isoformat() if each else "?" for each in side.period)


def _shared(all_conditions: Sequence[Sequence[Condition]]) -> tuple[Condition, ...]:
    """What holds for all pairs alike, and is told once."""
    first = all_conditions[0] if all_conditions else ()
    return tuple(each for each in first if all(each in others for others in all_conditions))


def _without(pair: Pair, shared: Sequence[Condition]) -> Pair:
    own = tuple(each for each in pair.conditions if each not in shared)
    return Pair(pair.department, pair.period, pair.same, own, pair.developments)


def _alone(side: Side) -> Alone:
    return Alone(side.department, side.period, tuple(path for path, _ in side.files))
