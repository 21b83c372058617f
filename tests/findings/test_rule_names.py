"""A report names the rules it asked, each once, with title and severity."""

from __future__ import annotations

from pathlib import Path

from perfrules import pipeline
from perfrules.plugins import catalog

EXAMPLES = Path(__file__).parents[2] / "examples" / "yunling"


def test_every_rule_of_the_ledger_has_its_name_in_the_report() -> None:
    found = catalog()
    run = pipeline.check_paths([EXAMPLES / "wangxinban.txt"], pipeline.prepare(None, found, with_examples=False), found)  # fmt: skip
    (report,) = run.reports
    names = [each.id for each in report.rules]
    assert names == list(dict.fromkeys(verdict.rule for verdict in report.ledger.verdicts))
    wrong_base = next(each for each in report.rules if each.id == "ARI106")
    assert (wrong_base.title.zh, wrong_base.severity.value) == ("占比所用分母与所称不符", "error")
    assert {each.id: each.title for each in report.rules}.items() >= {(each.rule, each.title) for each in report.findings if each.topic == "wrong_base"}  # fmt: skip
