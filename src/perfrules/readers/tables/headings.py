"""The headings of forms and tables, and the fields they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfrules.documents.sheet import Cell

_WHEN, _WHAT = (
    "(?:年中|本年|年度|预算|财政)*",
    r"(?:预算|指标|资金|经费|数|额|金额)*(?:[（(](?:[+＋\-－]|(?:亿|万|千)?元)[）)])*",
)
FUNDS = (
    ("forecast", re.compile("全年预计(?:执行|支出)")),
    ("release_rate", re.compile("(?:到位|下达|拨付|拨款)[^（(]{0,2}(?:率|进度)")),
    ("use_rate", re.compile("(?:支付|使用)(?:率|进度)")),
    ("rate", re.compile("执行率|支出进度|支出率|执行进度")),
    (
        "carried_over",
        re.compile("^(?:上年|年初)度?(?:财政)?(?:拨款)?(?:结转|结余)|^结转(?:结余)?(?:资金|数|金额)?$"),
    ),
    (
        "adjusted_budget",
        re.compile("(?:调整后预算|全年预算|调整预算数|^调整预算(?:[（(]|$))(?!.{0,3}(?:执行|支出|支付))"),
    ),
    (
        "initial_budget",
        re.compile("(?:年初预算|年初(?:批复|安排)|^年初(?:数|金额)$)(?!.{0,3}(?:执行|支出|支付))"),
    ),
    ("unspent", re.compile("未支出|未执行|未支付|^结余|^剩余")),
    ("cut", re.compile(f"^{_WHEN}(?:追减|调减|核减|压减|减少|收回){_WHAT}$")),
    ("raised", re.compile(f"^{_WHEN}(?:追加|调增|核增|增加){_WHAT}$")),
    (
        "adjustment",
        re.compile(
            r"^(?:年中|本年|预算)*(?:追加|调增|追加减|调增减|(?:追加|调增)[、/及和]?(?:追减|调减)|调整|增减)(?:[（(][^）)]{1,4}[）)])?(?:预算)?(?:数|额|金额|资金)?(?:[（(][^）)]{1,4}[）)])?$"
        ),
    ),
    (
        "appropriated",
        re.compile(
            "(?<![应未待拟])(?:到位|已?拨付|已下达|^(?:财政|累计|实际)?下达(?:数|金额|资金)$|^财政(?:实际)?(?:下达|拨款|拨付)(?:数|金额)$)"
        ),
    ),
    (
        "spent",
        re.compile(
            r"执行数|决算数|\d月(?:份|[底末])?(?:累计|实际)*(?:支出|执行)(?:金额|数|额)?(?:[（(](?:亿|万|千)?元[）)])?$|(?<!预算)(?:支出|支付)数|(?:执行|支出|支付)情况(?:本[年期])?累计|(?:实际|累计|本期)(?:支出|执行|支付)|已(?:支出|支付)|支付金额|^支出(?:金额|额|数)?(?:[（(](?:亿|万)?元[）)]|$)"
        ),
    ),
    ("execution_weight", re.compile("分值|权重")),
    ("execution_score", re.compile("得分")),
)
"""The headings over a project's money, the more special first."""
MONEY = (
    "initial_budget",
    "carried_over",
    "adjustment",
    "adjusted_budget",
    "appropriated",
    "spent",
    "unspent",
    "forecast",
)
"""The fields of money that tables have columns for."""
NETTED = {"raised": 1, "cut": -1}
"""Columns that tell the two ways of an adjustment, each of them a positive number: the adjustment is one minus the other."""
NAMES_OF_PROJECTS = re.compile(
    "项目名称|项目|(?:预算|专项|具体|子|二级)项目(?:名称)?|项目(?:经费)?(?:内容|单位)|专项(?:资金|经费)?名称|经费名称"
)
"""The headings over the names of projects, a row for each."""
NAMES_OF_LINES = re.compile(
    "(?:支出|预算)?(?:类别|类型|分类|性质|科目|项目|内容|构成)(?:名称)?|资金(?:类别|性质|类型)|经费(?:类别|性质|类型)"
)
"""The headings over what each row of a table of a department's money is of."""
UNITS = re.compile(
    r"(?:[（(]|单位[:：])(?:金额单位[:：])?(?:人民币)?([千百]?万元|[百千]元|元|亿元)(?![\u4e00-\u9fff])"
)
"""The unit of money that words around a table print."""
MONEY_UNIT = re.compile(r"[（(]([千百]?万元|[百千]元|元|亿元)[）)]")
"""The unit of money in the heading of a column."""
OTHER_YEAR = re.compile(
    "上年(?!度?(?:财政)?(?:拨款)?(?:结转|结余))|去年|同期|上一年|同比|下年|次年|中期|三年|总投资|累计投资|预计(?!.{0,4}(?:执行|支出|支付|完成))"
)
"""Headings over figures of another year than the report's, or of several years."""
NOT_DONE = re.compile("计划|预计|申请|应[支拨付到执]|[待拟需尚](?:支|拨|付|到|执)|预期|目标")
"""Headings over money that has not moved: to be paid, asked for, planned."""
OF_A_SOURCE = re.compile(
    "^(?:中央|省级|市级|县级|区级|上级|本级|债券|自筹|自有|社会|单位|其他)(?:财政)?(?:专项)?(?:资金|补助|配套|拨款)"
    "|^(?:一般公共预算|政府性基金|国有资本|财政专户|非财政)|^财政(?:拨款|资金)(?=年初|全年|调整|支出|执行)"
)
"""Headings over what one source brings, or what was spent of it."""
PARTS_OF_BASIC = re.compile(
    "人员(?:经费|支出)|(?:日常)?公用(?:经费|支出)|工资福利支出|商品和服务支出|对个人和家庭的?补助(?:支出)?"
)
"""The parts of basic spending."""
TABLE_ENDS = re.compile("^(?:注|备注|说明|填表|填报|审核|联系|制表|单位负责人|单位领导|财务负责人|分管领导)")
"""What opens the rows below a table."""
TARGETS = (
    ("level1", re.compile("一级指标")),
    ("level2", re.compile("二级指标")),
    ("name", re.compile("三级指标|指标名称|指标内容")),
    ("expected", re.compile("预计完成")),
    ("", re.compile("(?:确定|设定)?依据|标准来源|完成率|完成比|评分标准|评[价分]规则|上年")),
    ("stage_planned", re.compile("(?:阶段|季度|监控期|半年)(?:性)?(?:目标|指标)(?:值)?")),
    ("planned", re.compile("年度指标值|^(?:年度|全年|年初|绩效|预期)*(?:指标值|目标值)")),
    ("actual", re.compile("执行情况|完成值|完成情况|完成数")),
    ("weight", re.compile("分值|权重")),
    ("score", re.compile("得分")),
    ("unit", re.compile("度量单位|计量单位|指标单位")),
    ("operator", re.compile("指标性质|计算符号|指标方向|运算符")),
    ("cause", re.compile("原因说明|偏差原因|未完成原因|原因分析")),
    ("likelihood", re.compile("(?:完成目标|目标完成|完成)(?:的)?可能性")),
)
"""The headings over its targets."""
LIST_OF_TARGETS = (("name", re.compile("^(?:三级|绩效|考核)?指标(?:名称|内容)?$")), *TARGETS)
"""The same in a list of nothing but targets, where 绩效指标 is what their names stand under."""
Headings = Sequence[tuple[str, re.Pattern[str]]]
"""Fields with the words of the headings over them."""
OWNERS = ("主管部门", "主管部门及代码", "主管部门名称", "主管单位", "部门名称", "部门(单位)名称", "预算部门", "部门", "实施单位", "项目单位", "项目实施单位", "预算单位", "单位名称", "填报单位", "填报部门", "编报单位")  # fmt: skip
"""The labels beside which the department or unit stands, the one that answers first."""
MONEY_WORDS = re.compile("预算|资金|支出|金额|执行|拨付|支付|经费|结转|结余|追加|追减|调整|万元")
"""Words of headings over money, whichever it is."""
SOURCE = re.compile(
    "(?:(?:本年|当年|年度|上年|中央|省级?|市级?|县级?|区级?|州|上级|本级|地方|各级)*(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?|社保基金|财政专户(?:管理)?|财政|单位|自有|自筹|其他|社会|结转|结余|债券|专项债券?|补助|配套|专项|转移支付|事业收入|经营收入|非税收入|银行贷款|贷款)+"
    "(?:拨款|资金|收入|补助|配套|经费|支出|投入|部分)*|(?:中央|省级?|市级?|县级?|区级?|上级|本级|地方)(?:补助|配套|资金|财政资金|投入|安排)*)"
)
"""What the sources of money are called."""
WHOLE = re.compile("小计|合计|总额|总数|总计|金额|总量|数额|资金总额")
"""A lower heading that says the same as the one above it."""
COUNTED = re.compile("序号|编号|序|NO.?|No.?")
"""The heading over the numbers of the rows."""
SUM_PLANNED = re.compile(
    "(?:年度|项目|本年)?(?:资金|预算)总(?:额|金额)|(?:年度|项目)?预算(?:资金|金额)[：:]?$"
)
"""The label of the money of a form that plans a project."""
LIKELIHOODS = ("确定能", "有可能", "完全不可能")


def field_of(heading: str, fields: Sequence[tuple[str, re.Pattern[str]]]) -> str | None:
    """The field that a heading stands for; None for one that is not known, and for text too long to be a heading."""
    if heading.isascii():  # empty, or a figure
        return None
    text = "".join(heading.split())
    return next((field for field, words in fields if len(text) < 30 and words.search(text)), None)


def names_rows(heading: str) -> bool:
    """Whether a heading stands over the names of projects, or of the lines of a department."""
    return bool(NAMES_OF_PROJECTS.fullmatch(heading) or NAMES_OF_LINES.fullmatch(heading))


def is_targets(row: Sequence[Cell]) -> bool:
    """Whether a row has the headings of a form's targets."""
    fields = {field_of(cell.text, TARGETS) for cell in row}
    return {"level1", "name", "planned"} <= fields


def is_list_of_targets(row: Sequence[Cell]) -> bool:
    """Whether a row has the headings of a list of nothing but targets."""
    fields = {field_of(cell.text, LIST_OF_TARGETS) for cell in row}
    return {"name", "planned", "actual"} <= fields
