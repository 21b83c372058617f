"""The headings of forms, and the fields they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence

FUNDS = (
    ("forecast", re.compile("全年预计(?:执行|支出)")),
    ("rate", re.compile("执行率|支出进度")),
    ("adjusted_budget", re.compile("调整后预算|全年预算|调整预算数")),
    ("initial_budget", re.compile("年初预算")),
    ("appropriated", re.compile("到位|已?拨付")),
    ("spent", re.compile("执行数|支出数")),
    ("execution_weight", re.compile("分值|权重")),
    ("execution_score", re.compile("得分")),
)
"""The headings over a project's money, the more special first."""
TARGETS = (
    ("level1", re.compile("一级指标")),
    ("level2", re.compile("二级指标")),
    ("name", re.compile("三级指标|指标名称")),
    ("expected", re.compile("预计完成")),
    ("planned", re.compile("年度指标值|^指标值")),
    ("actual", re.compile("执行情况|完成值|完成情况")),
    ("weight", re.compile("分值|权重")),
    ("score", re.compile("得分")),
    ("unit", re.compile("度量单位|计量单位")),
    ("cause", re.compile("原因说明|偏差原因分析及改进措施|未完成原因")),
)
"""The headings over its targets."""
LIKELIHOODS = ("确定能", "有可能", "完全不可能")


def field_of(heading: str, fields: Sequence[tuple[str, re.Pattern[str]]]) -> str | None:
    """The field that a heading stands for; None for one that is not known, and for text too long to be a heading."""
    text = "".join(heading.split())
    return next((field for field, words in fields if len(text) < 30 and words.search(text)), None)
