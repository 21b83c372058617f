"""The sheets of the workbook and the headings of their columns: written by one side, looked for by the other."""

from __future__ import annotations

PARAMETERS, RULES, HELP = "参数", "规则", "说明"
"""The sheets."""
NAME, TITLE, SINCE, VALUE, SOURCE, BECAUSE = "参数", "名称", "自何日起", "取值", "来源", "更改原因"
MONTHS = tuple(f"{month}月" for month in range(1, 13))
TIGHTER, OPEN, ORIGIN = "从严方向", "可放宽", "出自"
PARAMETER_COLUMNS = (NAME, TITLE, SINCE, VALUE, *MONTHS, SOURCE, BECAUSE, TIGHTER, OPEN, ORIGIN)
PARAMETER_NEEDED = (NAME, SINCE, VALUE, *MONTHS, SOURCE, BECAUSE)
ID, SEVERITY, NEW_SEVERITY, WITHDRAWN = "编号", "级别", "新级别", "撤销"
RULE_COLUMNS = (ID, TITLE, SEVERITY, NEW_SEVERITY, WITHDRAWN, BECAUSE)
RULE_NEEDED = (ID, NEW_SEVERITY, WITHDRAWN, BECAUSE)
NOT_READ = (TITLE, TIGHTER, OPEN, ORIGIN, SEVERITY)
"""Columns that are there to be seen, and are not read back."""
OFF = "不设"
SEVERITIES = {"请更正": "error", "请说明": "warning", "提示": "notice"}
HELP_LINES = (
    "怎样使用 / How to use this workbook",
    "",
    '1. 在“参数”表中改取值。可以写 30%、200万元、2025-07-20，也可以写算式（60% * $pace）或列表（["甲", "乙"]）。',
    "   Change values on the sheet 参数: 30%, 200万元, 2025-07-20, an expression (60% * $pace) or a list.",
    "2. 按月的参数把“取值”留空，在 1月 至 12月 中填写；没有填的月份沿用前面最近的一个月。",
    "   For a value by month leave 取值 empty and fill in the months; a month left empty has the value of the last one before it.",
    "3. “不设”表示不使用这个参数，用到它的规则不适用。",
    "   不设 means that the parameter is off, and rules that need it are not applicable.",
    "4. 每改一处，在“更改原因”写明理由；来源写明取值的出处。",
    "   Give the reason of every change under 更改原因, and where the value comes from under 来源.",
    "5. 从某日起换新值：复制这一行，改“自何日起”和取值。",
    "   For a new value from some day on copy the row, and change 自何日起 and the value.",
    "6. 在“规则”表中可以改级别（请更正、请说明、提示），或在“撤销”写“是”，都要写更改原因。",
    "   On the sheet 规则 a severity can be changed (请更正, 请说明, 提示), or a rule withdrawn (是), each with its reason.",
    "7. 灰色的列只供查看，不会读回。",
    "   Grey columns are there to be seen; they are not read back.",
    "8. 保存后读回 / Save, and read it back:",
    "   perfrules rules params -r {ruleset} --from 本文件.xlsx --to 新规则集的文件夹",
)
