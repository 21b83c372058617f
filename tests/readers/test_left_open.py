"""Figures that are printed and were not read: no rule takes them for missing, and each asks for a look."""

from __future__ import annotations

import pytest

from perfrules import pipeline
from perfrules.documents import text_document
from perfrules.model.finding import Outcome
from perfrules.model.submission import Submission
from perfrules.plugins import catalog
from perfrules.readers import read_text

CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG)
TITLE = "石桥县水利局2024年1-6月部门整体绩效监控报告"


def read(body: str, title: str = TITLE) -> Submission:
    """A report of a half year, as it is read."""
    return read_text(text_document("report.txt", f"{title}\n{body}\n".encode()))


def outcomes(body: str, rule: str) -> set[Outcome]:
    """What a rule comes to on a report, without the subjects it does not apply to."""
    report = pipeline.check(read(body), CORE, CATALOG)
    found = {each.outcome for each in report.ledger.verdicts if each.rule == rule}
    return found - {Outcome.NOT_APPLICABLE}


@pytest.mark.parametrize(
    "body",
    [
        "年初预算2000万元。6月末支出进度为45%，较好地使用了预算资金900万元。",
        "年初预算2000万元，预算执行率45%。\n支出数见下：\n支出|1300|900",
    ],
)
def test_a_ratio_without_its_amount_is_undetermined_where_an_amount_was_left_unread(body: str) -> None:
    assert outcomes(body, "CMP101") == {Outcome.UNDETERMINED}


@pytest.mark.parametrize(
    "body",
    [
        "年初预算2000万元。6月末支出进度为45%。",
        "年初预算2000万元。6月末支出进度为45%，群众满意度为95%，党员参与率为88%。",
        "年初预算2000万元。6月末支出进度为45%。罚没收入上缴12万元。",  # decided to be none of the budget
    ],
)
def test_a_ratio_without_its_amount_is_asked_for_it_where_every_amount_was_read(body: str) -> None:
    assert outcomes(body, "CMP101") == {Outcome.VIOLATION}
