"""Digests of what was read: the same for the same words and figures wherever they stand, others for any other."""

from __future__ import annotations

from perfrules import readers
from perfrules.model.subject_types import CORE_TYPES
from perfrules.reporters.known_json import known_json

TEXT = "云岭县教育局2022年上半年绩效监控报告\n一、预算执行情况\n年初预算{}。\n二、存在的问题\n{}\n"


def content(money: str, words: str = "付款略慢。", before: str = "") -> dict[str, str | None]:
    data = (before + TEXT.format(money, words)).encode()
    submission = readers.READERS[2].read("a.txt", data, CORE_TYPES)
    found = known_json(submission, "zh")["content"]
    assert isinstance(found, dict)
    return found


def test_places_and_blanks_do_not_matter() -> None:
    assert content("12.50万元") == content("12.50万元", before="\n\n") == content("12.50 万元")


def test_words_and_figures_are_told_apart() -> None:
    first, other_words, other_figure = (
        content("12.50万元"),
        content("12.50万元", "付款较慢。"),
        content("12.51万元"),
    )
    assert first["figures"] == other_words["figures"]
    assert first["words"] != other_words["words"]
    assert first["figures"] != other_figure["figures"]


def test_nothing_has_no_digest() -> None:
    submission = readers.submission_from({}, "given", CORE_TYPES)
    assert known_json(submission, "zh")["content"] == {"words": None, "figures": None}
