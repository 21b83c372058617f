"""The headings of forms, and the fields they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence

FUNDS = (
    ("forecast", re.compile("全年预计(?:执行|支出)")),
    ("rate", re.compile("执行率|支出进度|支出率|执行进度")),
    ("adjusted_budget", re.compile("调整后预算|全年预算|调整预算数")),
    ("initial_budget", re.compile("年初预算|年初(?:批复|安排)")),
    ("unspent", re.compile("未支出|未执行|^结余|^剩余")),
    (
        "adjustment",
        re.compile(r"^(?:年中)?(?:追加|追减|追加追减|调整)(?:数|额|金额|资金)?(?:[（(][^）)]{1,3}[）)])?$"),
    ),
    ("appropriated", re.compile("到位|已?拨付")),
    (
        "spent",
        re.compile("执行数|支出数|(?:实际|累计|本期)(?:支出|执行|支付)|已(?:支出|支付)|^支出(?:金额|额)"),
    ),
    ("execution_weight", re.compile("分值|权重")),
    ("execution_score", re.compile("得分")),
)
"""The headings over a project's money, the more special first."""
NAMES_OF_ROWS = re.compile("项目名称|项目|支出类别|支出类型|类别")
"""The headings over what each row of a table of money is of."""
UNITS = re.compile(r"(?:[（(]|单位[:：])(?:金额单位[:：])?(元|万元|亿元)(?![\u4e00-\u9fff])")
"""The unit of money that words around a table print."""
MONEY_UNIT = re.compile(r"[（(](元|万元|亿元)[）)]")
"""The unit of money in the heading of a column."""
OTHER_YEAR = re.compile("上年|去年|同期|上一年")
"""Headings over figures of another year than the report's."""
TABLE_ENDS = re.compile("^(?:注|备注|说明|填表|填报人|审核|联系)[：:]?")
"""What opens the rows below a table."""
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
