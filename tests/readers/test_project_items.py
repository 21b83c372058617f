"""Items that are projects, in the shapes in which reports list them: the project's money is read, and nothing else is taken for one.

Each text stands below a heading on projects, or on money; the lines are as a text file has them.
"""

from __future__ import annotations

import pytest
from tests.readers.test_money_sentences import facts

from perfrules.documents import text_document
from perfrules.model.submission import Submission
from perfrules.readers import read_text

PROJECTS = "二、项目情况"
MONEY = "二、预算执行情况"


def read(title: str, body: str) -> Submission:
    text = f"青禾县民政局2022年1-6月{title}绩效监控报告\n\n一、组织情况\n县局组织了监控。\n\n{body}\n"
    return read_text(text_document("report.txt", text.encode()))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "（1）殡葬设施维护\n年初预算20万元；4月调增5万元；支出12.5万元。\n（2）孤儿基本生活保障\n上年结转3万元；支出3万元。",
            "project:殡葬设施维护.initial_budget=20万元 project:殡葬设施维护.adjustment=5万元 project:殡葬设施维护.spent=12.5万元 project:孤儿基本生活保障.carried_over=3万元 project:孤儿基本生活保障.spent=3万元",
        ),
        (
            "①殡葬设施维护\n为了改善条件，今年继续推进设施更换，该项目年初预算20万元，支出12.5万元。\n②流浪救助\n该项目年初预算8万元。",
            "project:殡葬设施维护.initial_budget=20万元 project:殡葬设施维护.spent=12.5万元 project:流浪救助.initial_budget=8万元",
        ),
        ("（1）殡葬设施维护\n年初预算20万元；4月支出2.5万元。", "project:殡葬设施维护.initial_budget=20万元"),
        ("去年上半年项目支出为21.8万元，比今年少。", ""),
    ],
)  # fmt: skip
def test_a_name_alone_on_a_numbered_line(body: str, expected: str) -> None:
    assert facts(read("项目支出", f"{PROJECTS}\n{body}")) == set(expected.split())
    assert not [
        row.name for row in read("项目支出", body).department.table("projects").rows if "去年" in row.name
    ]
