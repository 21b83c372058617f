"""Merging loses nothing, whatever rules declare of each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfrules import pipeline, readers
from perfrules.model.report import Report, Status
from perfrules.plugins import catalog

CATALOG = catalog()
RULE = """\
id: {id}
title: {{zh: 题, en: title}}
topic: sum_mismatch
severity: {severity}
for: department
assert: {condition}
message: {{zh: 句, en: sentence}}
why: {{zh: 因, en: because}}
examples: {{pass: [{{submission: {{}}}}], violation: [{{submission: {{}}}}]}}
{more}
"""


def report(folder: Path, *rules: tuple[str, str, str]) -> Report:
    """A report by rules that all fail, and one that passes."""
    (folder / "rules").mkdir()
    (folder / "ruleset.yaml").write_text("id: t\nversion: 1\ntitle: {zh: 试, en: test}\n", encoding="utf-8")
    texts = [
        RULE.format(id=name, severity=severity, condition="total.spent < 1元", more=more)
        for name, severity, more in rules
    ]
    texts.append(RULE.format(id="Z", severity="notice", condition="1 == 1", more=""))
    for number, text in enumerate(texts):
        (folder / "rules" / f"r{number}.yaml").write_text(text, encoding="utf-8")
    given = {"lines": {"total": {"spent": "3万元"}}}
    return pipeline.check(
        readers.submission_from(given, "given", CATALOG.types), pipeline.prepare(folder, CATALOG), CATALOG
    )


def told(found: Report) -> list[tuple[str, list[str]]]:
    return [(finding.rule, [also.rule for also in finding.also]) for finding in found.findings]


def test_one_gives_way_to_the_other(tmp_path: Path) -> None:
    assert told(report(tmp_path, ("A", "error", "yields_to: [B]"), ("B", "error", ""))) == [("B", ["A"])]


@pytest.mark.parametrize("names", ["AB", "ABC", "ABCDE"])
def test_rules_that_give_way_in_a_circle_leave_one_that_names_all(tmp_path: Path, names: str) -> None:
    ring = [(name, "error", f"yields_to: [{names[(i + 1) % len(names)]}]") for i, name in enumerate(names)]
    ((host, also),) = told(report(tmp_path, *ring))
    assert sorted([host, *also]) == sorted(names)


def test_giving_way_and_accusing_the_same_figure_leave_one(tmp_path: Path) -> None:
    figure = "figure: total.spent"
    found = report(tmp_path, ("A", "error", f"{figure}\nyields_to: [B]"), ("B", "error", figure))
    assert told(found) == [("B", ["A"])]
    assert found.status is Status.FINDINGS


def test_an_error_is_not_hidden_in_a_notice(tmp_path: Path) -> None:
    found = report(tmp_path, ("A", "error", "yields_to: [B]"), ("B", "notice", ""))
    assert told(found) == [("A", []), ("B", [])]
