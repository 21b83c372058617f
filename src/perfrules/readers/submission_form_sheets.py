"""The sheets of the form to fill in: what they ask for, by what words, and the help beside it."""

from __future__ import annotations

MARK = "perfrules submission/1"
"""The words in the first cell by which a workbook is known as such a form."""
REST = "其他"
"""The sheet of values by their pointers, for what no other sheet has a place for."""
YES = {"true": "是", "false": "否"}
NUMERATORS = {"实际支出": "spent", "已拨付": "appropriated"}
BASES = {"调整预算": "adjusted_budget", "年初预算": "initial_budget", "预算": "budget"}
CODES = {**NUMERATORS, **BASES}
"""What stands in the format for the words of a ratio."""
DEPARTMENT = {
    "/department": ("部门名称", "全称, 如 云岭县水务局"),
    "/period/from": ("期间起", "如 2022-01-01"),
    "/period/to": ("截止日期", "如 2022-06-30"),
    "/filed_on": ("报送日期", "如 2022-07-09"),
    "/unit": ("金额单位", "没有写单位的金额按此单位"),
    "/staffing/posts": ("编制", "如 9人"),
    "/staffing/staff": ("在编", "如 8人"),
    "/projects/complete": ("项目是否列全", "是: “项目”表列出了全部项目"),
    "/problem_projects/claimed": ("问题项目数", "报告称有几个项目进度偏慢, 如 2个"),
    "/sections/duties": ("部门职能", ""),
    "/sections/achievements": ("目标实现", ""),
    "/sections/problems": ("存在问题", "写明项目和原因"),
    "/sections/measures": ("整改措施", ""),
}
"""What is asked of the department, by pointer: the words and the help."""
LISTS = {
    "占比": ("claims", {"printed": "占比", "numerator": "分子", "base": "基数"}),
    "指标": (
        "targets",
        {
            "level1": "一级指标",
            "level2": "二级指标",
            "name": "三级指标",
            "operator": "指标性质",
            "planned": "年度指标值",
            "unit": "度量单位",
            "stage_planned": "阶段指标值",
            "actual": "完成值",
            "expected": "预计完成值",
            "weight": "权重",
            "score": "得分",
            "cause": "偏差原因",
            "likelihood": "完成可能性",
        },
    ),
    "资金来源": ("sources", {"name": "来源", "amount": "金额"}),
    "数量": ("counts", {"what": "内容", "value": "数值", "change": "增减幅度", "prior": "上年同期数"}),
}
"""The sheets with rows that belong to a line or a project: the key of their table, and their columns."""
DATES = ("/period/from", "/period/to", "/filed_on")
"""The values of the department that are dates, as 2022-06-30."""
FIGURES = "数字 (按“部门”表的金额单位) 或带单位, 如 29.5342万元; 印几位写几位; 没有的留空, 不填 0"
"""What is said beside a cell for money."""
FIGURE_FIELDS = (
    "initial_budget", "carried_over", "adjustment", "adjusted_budget", "appropriated", "spent", "unspent", "forecast", "amount",
    "printed", "value", "change", "prior", "weight", "score", "total_score", "execution_weight", "execution_score",
)  # fmt: skip
"""The fields whose cells hold figures, so that an entry without a digit is asked about."""
COLUMN_HELP = {
    "name": "全称, 与报告中一致",
    "adjustment": "追加为正, 调减为负, 如 -3万元; 没有调整而报告写明的填 0",
    "printed": "报告中印出的比例, 带 %, 如 46.30%",
    "planned": "指标值带单位, 如 8个、95%、3.2元/吨; 定性的写文字",
    "actual": "截至期末的完成值, 单位与指标值相同",
    "expected": "预计全年完成值",
    "cause": "没有达到目标的原因",
    "weight": "分值, 如 10",
    "score": "得分, 如 9.5",
    "amount": "这一来源的年初预算金额",
    "what": "数的是什么, 如 检查企业",
    "value": "数值带单位, 如 126家、约300户、20余次",
    "change": "同比增减, 带 %, 减少写负数",
}
"""What is said beside the cells of a column."""
CHOICES = {
    "numerator": tuple(NUMERATORS),
    "base": (*BASES, "已拨付"),
    "operator": ("≥", "≤", "=", "定性"),
    "likelihood": ("确定能", "有可能", "完全不可能"),
}
"""The columns whose words are chosen."""
WHOSE = "写 合计、基本支出、项目支出, 或“项目”表中的项目名称"
"""What is said beside the cells that tell whose a row is."""
HELP = (
    "填写“部门”“支出”“项目”各表; 有占比、绩效指标、资金来源、数量的, 填在各自的表, “属于”写 合计、基本支出、项目支出 或项目名称。",
    "金额可写数字 (按“部门”表中的金额单位), 也可带单位: 29.5342万元、1,286.50元、约3万元。写几位小数就是几位, 7.50 与 7.5 不同。",
    "没有的留空, 不要填 0: 空表示没有说明, 0 表示确实为零。不要改动表头和隐藏的行列。",
    "占比写成 46.30%; 分子填 实际支出 或 已拨付; 基数填 调整预算、年初预算、已拨付 或 预算。",
    "填好后核查: perfrules check 本文件.xlsx",
    "Fill in the sheets; leave empty what is not known, for 0 says that there is none. Leave headings and hidden rows as they are.",
)
"""What stands on the first sheet."""
